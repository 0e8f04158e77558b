#include "fakes/entra/provisioning/memory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fakes::entra::provisioning {
namespace memory_test {

using ::testing::IsEmpty;
using ::testing::SizeIs;

const ObjectId amy("amy");
const ObjectId bob("bob");

TEST(Memory, knows_whose_resource_is_whose) {
  Memory memory;
  memory.link(ObjectKind::user, amy, "1");
  memory.link(ObjectKind::group, bob, "1");
  ASSERT_NE(memory.owner_of(ObjectKind::user, "1"), nullptr);
  EXPECT_EQ(*memory.owner_of(ObjectKind::user, "1"), amy);
  EXPECT_EQ(*memory.owner_of(ObjectKind::group, "1"), bob);
  memory.link(ObjectKind::user, amy, "2");
  EXPECT_EQ(memory.owner_of(ObjectKind::user, "1"), nullptr) << "it has another one now";
  EXPECT_EQ(memory.find(amy)->anchor, "2");
  memory.unlink(amy);
  memory.unlink(amy);
  EXPECT_EQ(memory.owner_of(ObjectKind::user, "2"), nullptr);
  EXPECT_EQ(memory.find(amy), nullptr);
  EXPECT_EQ(memory.count(ObjectKind::user), 0U);
  EXPECT_EQ(memory.count(ObjectKind::group), 1U);
}

TEST(Memory, a_resource_that_two_objects_got_is_the_second_ones) {
  Memory memory;
  memory.link(ObjectKind::user, amy, "1");
  memory.link(ObjectKind::user, bob, "1");
  EXPECT_EQ(*memory.owner_of(ObjectKind::user, "1"), bob);
  memory.unlink(amy);
  ASSERT_NE(memory.owner_of(ObjectKind::user, "1"), nullptr);
  EXPECT_EQ(*memory.owner_of(ObjectKind::user, "1"), bob);
  EXPECT_THAT(memory.links(), SizeIs(1));
}

TEST(Memory, counts_whose_last_evaluation_was_no_failure) {
  Memory memory;
  memory.note_success(amy, Memory::Evaluation{7, false, true});
  memory.note_success(amy, Memory::Evaluation{8, true, true});
  memory.note_failure(bob, true);
  EXPECT_EQ(memory.healthy(), 1U);
  memory.note_success(bob, std::nullopt);
  EXPECT_EQ(memory.healthy(), 2U) << "one who is gone as well";
  EXPECT_EQ(memory.evaluation_of(bob), nullptr);
  memory.note_failure(amy, std::nullopt);
  EXPECT_EQ(memory.healthy(), 1U);
  ASSERT_NE(memory.evaluation_of(amy), nullptr);
  EXPECT_EQ(memory.evaluation_of(amy)->sequence, 8U);
  memory.forget_outcomes();
  EXPECT_EQ(memory.healthy(), 0U);
  EXPECT_NE(memory.evaluation_of(amy), nullptr);
}

TEST(Memory, a_failure_leaves_of_an_evaluation_but_the_scope) {
  Memory memory;
  memory.note_success(amy, Memory::Evaluation{7, false, true});
  memory.note_failure(amy, false);
  EXPECT_EQ(memory.evaluation_of(amy)->sequence, 7U);
  EXPECT_FALSE(memory.evaluation_of(amy)->in_scope);
}

TEST(Memory, forgets_all_but_who_is_healthy) {
  Memory memory;
  memory.link(ObjectKind::user, amy, "1");
  memory.note_success(amy, Memory::Evaluation{7, false, true});
  memory.note_references_done(amy, 7);
  memory.staged.insert(bob);
  memory.unconfirmed.insert(bob);
  memory.forget_objects();
  EXPECT_THAT(memory.links(), IsEmpty());
  EXPECT_EQ(memory.owner_of(ObjectKind::user, "1"), nullptr);
  EXPECT_EQ(memory.evaluation_of(amy), nullptr);
  EXPECT_EQ(memory.references_done(amy), 0U);
  EXPECT_THAT(memory.staged, IsEmpty());
  EXPECT_THAT(memory.unconfirmed, IsEmpty());
  EXPECT_EQ(memory.healthy(), 1U);
}

}  // namespace memory_test
}  // namespace fakes::entra::provisioning
