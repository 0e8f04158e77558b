// `scale` as people call it.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "cli/program_fixture.h"

namespace cli {
namespace scale_command_test {

using ::testing::AllOf;
using ::testing::HasSubstr;

using ScaleProgram = Program;

TEST_F(ScaleProgram, has_a_table_for_each_size_and_json_of_all) {
  const auto ended = call({"scale", "--users", "200,100", "--computers", "5", "--days", "2", "--out", "scale.json"});
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  EXPECT_THAT(ended.out, AllOf(HasSubstr("100 users, 5 groups, 5 computers"), HasSubstr("200 users, 10 groups, 5 computers"), HasSubstr("mass suspension")));
  const auto json = nlohmann::json::parse(read("scale.json"));
  ASSERT_EQ(json.at("sizes").size(), 2);
  EXPECT_EQ(json.at("sizes").at(0).at("users"), 100);
  EXPECT_EQ(json.at("sizes").at(1).at("phases").back().at("phase"), "2 days of ordinary life");
}

TEST_F(ScaleProgram, takes_no_size_below_a_hundred_nor_beyond_a_million) {
  EXPECT_EQ(call({"scale", "--users", "1000001"}).exit_code, 64);
  EXPECT_EQ(call({"scale", "--users", "99"}).exit_code, 64);
}

}  // namespace scale_command_test
}  // namespace cli
