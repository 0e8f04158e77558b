// The table of operations, and the quirks' names.
#include "fakes/graph/routes.h"

#include <set>

#include "fakes/graph/graph_fixture.h"

namespace fakes::graph {
namespace routes_test {

using ::testing::HasSubstr;
using Routes = GraphTest;

// [Graph E5]
TEST_F(Routes, an_operation_that_is_absent_answers_501_and_names_itself) {
  std::size_t absent = 0;
  for (const auto& route : all_routes()) {
    if (fidelity_of(route) != Fidelity::absent) continue;
    ++absent;
    std::string place(route.path);
    for (auto at = place.find("{}"); at != std::string::npos; at = place.find("{}")) place.replace(at, 2, "x");
    const auto response = send(std::string(route.method), place);
    EXPECT_EQ(response.status, 501) << route.method << " " << route.path << " " << response.body;
    EXPECT_EQ(at(response, "/error/code"), "NotImplemented");
    EXPECT_THAT(at(response, "/error/message"), HasSubstr(std::string(route.method) + " " + std::string(route.path)));
  }
  EXPECT_GT(absent, 50U);
}

TEST_F(Routes, the_table_names_each_operation_once_and_answers_all_that_is_not_absent) {
  std::set<std::pair<std::string, std::string>> seen;
  for (const auto& route : all_routes()) {
    EXPECT_TRUE(seen.emplace(route.method, route.path).second) << route.method << " " << route.path;
    if (fidelity_of(route) == Fidelity::absent) continue;
    EXPECT_FALSE(route.permit.delegated.empty()) << route.path;
    if (fidelity_of(route) == Fidelity::partial) EXPECT_FALSE(route.note.empty()) << route.path;
  }
}

TEST(GraphQuirks, are_found_by_name_in_the_order_of_the_enumeration) {
  std::size_t index = 0;
  for (const auto& info : all_quirks()) {
    EXPECT_EQ(static_cast<std::size_t>(info.quirk), index++) << info.name;
    EXPECT_EQ(find_quirk(info.name), info.quirk);
    EXPECT_FALSE(info.source.empty());
  }
  EXPECT_EQ(index, static_cast<std::size_t>(Quirk::batch_one_dependency) + 1);
  EXPECT_FALSE(find_quirk("nothing").has_value());
}

}  // namespace routes_test
}  // namespace fakes::graph
