// Walks by themselves, over rows that a test lays down: what they arrive at, by which paths, and that indexes
// serve every step of them.
#include "directory/associations/graph_walk.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "directory/groups/group_store.h"
#include "sim/disk.h"

namespace directory {
namespace graph_walk_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class GraphWalk : public ::testing::Test {
 protected:
  void SetUp() override {
    make_group(GraphType::user_group, "staff");
    make_group(GraphType::user_group, "guests");
    make_group(GraphType::system_group, "fleet");
  }

  void make_group(GraphType type, std::string_view name) {
    Group group;
    group.id = GroupId{std::string(name)};
    group.type = type;
    group.fields.name = name;
    insert_group(*db_, group);
  }
  void join(const GraphObject& from, const GraphObject& to, AssociationAttributes attributes = {}) {
    put_association(*db_, {from, to, attributes});
  }
  void part(const GraphObject& from, const GraphObject& to) { delete_association(*db_, from, to); }
  bool has_directory() { return !reach(*db_, amy_, GraphType::office_365, 0, 100).empty(); }

  sim::SimulatedDisk disk_{base::Rng(1), {}};
  std::unique_ptr<Database> db_ = Database::open(disk_, base::Rng(2)).value();
  const GraphObject amy_{GraphType::user, "amy"};
  const GraphObject staff_{GraphType::user_group, "staff"};
  const GraphObject guests_{GraphType::user_group, "guests"};
  const GraphObject fleet_{GraphType::system_group, "fleet"};
  const GraphObject laptop_{GraphType::system, "laptop"};
  const GraphObject tenant_{GraphType::office_365, "tenant"};
};

// [rule R89] [rule D61]
TEST_F(GraphWalk, a_user_gains_a_cloud_directory_directly_or_through_a_group) {
  EXPECT_FALSE(has_directory());
  join(amy_, tenant_);
  EXPECT_TRUE(has_directory());
  part(amy_, tenant_);
  join(staff_, tenant_);
  EXPECT_FALSE(has_directory());
  insert_member(*db_, GroupId{"staff"}, "amy");
  EXPECT_TRUE(has_directory());
  EXPECT_THAT(reach(*db_, tenant_, GraphType::user, 0, 100), SizeIs(1)) << "and seen from the directory";
}

// [rule R102] [rule R104] [rule D61]
TEST_F(GraphWalk, a_user_loses_it_with_the_last_group_and_the_direct_connection) {
  for (const auto* group : {"staff", "guests"}) insert_member(*db_, GroupId{group}, "amy");
  for (const auto& from : {amy_, staff_, guests_}) join(from, tenant_);
  EXPECT_THAT(reach(*db_, amy_, GraphType::office_365, 0, 100).at(0).paths, SizeIs(3));
  part(amy_, tenant_);
  EXPECT_TRUE(has_directory());
  delete_member(*db_, GroupId{"staff"}, "amy");
  EXPECT_TRUE(has_directory());
  part(guests_, tenant_);
  EXPECT_FALSE(has_directory()) << "the group that was the only connection is disconnected";
}

// [rule D61] [rule V11]
TEST_F(GraphWalk, a_path_tells_its_steps_and_what_its_association_grants) {
  insert_member(*db_, GroupId{"staff"}, "amy");
  insert_member(*db_, GroupId{"fleet"}, "laptop");
  join(staff_, fleet_, {true, false, false});
  join(amy_, laptop_, {false, false, true});
  const auto reached = reach(*db_, amy_, GraphType::system, 0, 100);
  ASSERT_THAT(reached, SizeIs(1));
  EXPECT_EQ(reached[0].object, laptop_);
  EXPECT_EQ(reached[0].attributes, (AssociationAttributes{true, false, true})) << "any path grants";
  EXPECT_THAT(reached[0].paths, ElementsAre(Path{{laptop_, AssociationAttributes{false, false, true}}},
                                            Path{{staff_, std::nullopt},
                                                 {fleet_, AssociationAttributes{true, false, false}},
                                                 {laptop_, std::nullopt}}));
}

TEST_F(GraphWalk, what_is_reached_comes_in_pages) {
  for (int i = 0; i < 5; ++i) join(amy_, {GraphType::system, fmt::format("system{}", i)});
  const auto ids = [&](std::int64_t skip, std::int64_t limit) {
    std::vector<std::string> found;
    for (const auto& reached : reach(*db_, amy_, GraphType::system, skip, limit))
      found.push_back(reached.object.id);
    return found;
  };
  EXPECT_THAT(ids(0, 2), ElementsAre("system0", "system1"));
  EXPECT_THAT(ids(4, 2), ElementsAre("system4"));
  EXPECT_THAT(ids(5, 2), IsEmpty());
}

// A group of ten thousand is walked in as many steps, not in as many times the table.
TEST_F(GraphWalk, no_step_reads_a_whole_table) {
  for (const auto direction : {WalkDirection::forward, WalkDirection::backward}) {
    for (const auto paths : {WalkPaths::kept, WalkPaths::left_out}) {
      std::string plan;
      db_->query(
          fmt::format("EXPLAIN QUERY PLAN WITH RECURSIVE {} SELECT origin, id FROM walk WHERE type = ?3",
                      walk_sql(direction, paths)),
          [&](Row row) { plan += row.text(3) + "\n"; }, "user", "[]", "system");
      EXPECT_THAT(plan, HasSubstr("SEARCH m USING"));
      EXPECT_THAT(plan, HasSubstr("SEARCH a USING"));
      for (const auto* table : {"SCAN m", "SCAN a", "SCAN g"}) EXPECT_THAT(plan, Not(HasSubstr(table)));
    }
  }
}

}  // namespace graph_walk_test
}  // namespace directory
