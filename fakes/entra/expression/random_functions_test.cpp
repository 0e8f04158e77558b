// What is drawn has the shape that was asked for, comes from the context's stream and from nowhere else.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "fakes/entra/expression/expression_fixture.h"

namespace fakes::entra::expression {
namespace random_functions_test {

std::string drawn(std::string_view text, SampleContext& context) {
  const auto outcome = evaluate(*parse(text), context);
  return outcome ? std::get<std::string>(outcome->value) : outcome.error().text;
}

std::ptrdiff_t count_of(std::string_view text, std::string_view characters) {
  return std::ranges::count_if(text, [characters](char c) { return characters.find(c) != std::string_view::npos; });
}

constexpr std::string_view numbers = "0123456789";
constexpr std::string_view capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view small = "abcdefghijklmnopqrstuvwxyz";

// [Entra provisioning-clients 2.19-05]
TEST(Guid, has_the_shape_of_a_version_4) {
  SampleContext context;
  std::set<std::string> met;
  for (int i = 0; i < 100; ++i) {
    const auto guid = drawn("Guid()", context);
    ASSERT_EQ(guid.size(), 36U);
    for (const std::size_t dash : {8U, 13U, 18U, 23U}) EXPECT_EQ(guid[dash], '-') << guid;
    EXPECT_EQ(count_of(guid, "0123456789abcdef"), 32) << guid;
    EXPECT_EQ(guid[14], '4') << guid;
    EXPECT_EQ(count_of(guid.substr(19, 1), "89ab"), 1) << guid;
    met.insert(guid);
  }
  EXPECT_EQ(met.size(), 100U);
}

// [Entra provisioning-clients 2.19-20]
TEST(RandomString, has_so_many_characters_of_each_kind) {
  SampleContext context;
  for (int i = 0; i < 200; ++i) {
    const auto plain = drawn("RandomString(6,3,0,0,3)", context);
    EXPECT_EQ(plain.size(), 6U);
    EXPECT_EQ(count_of(plain, numbers), 3) << plain;
    EXPECT_EQ(count_of(plain, small), 3) << plain;

    const auto mixed = drawn(R"(RandomString(10,2,2,2,1,"?,"))", context);
    EXPECT_EQ(mixed.size(), 10U);
    EXPECT_GE(count_of(mixed, numbers), 2) << mixed;
    EXPECT_GE(count_of(mixed, capitals), 2) << mixed;
    EXPECT_GE(count_of(mixed, small), 1) << mixed;
    EXPECT_GE(10 - count_of(mixed, numbers) - count_of(mixed, capitals) - count_of(mixed, small), 2) << mixed;
    EXPECT_EQ(count_of(mixed, "?,"), 0) << mixed;
  }
  EXPECT_EQ(drawn("RandomString(256,0,0,0,0)", context).size(), 256U);
  EXPECT_EQ(drawn("RandomString(0,0,0,0,0)", context), "");
}

// The minima come in no order of theirs.
TEST(RandomString, mixes_what_it_has_drawn) {
  SampleContext context;
  std::set<char> first;
  for (int i = 0; i < 200; ++i) first.insert(drawn(R"(RandomString(2,1,0,0,1,"023456789bcdefghijklmnopqrstuvwxyz"))", context)[0]);
  EXPECT_EQ(first, (std::set<char>{'1', 'a'}));
}

// [Entra provisioning-clients 2.19-20]
TEST(RandomString, refuses_what_cannot_be_drawn) {
  expect({
      {"RandomString(257,0,0,0,0)", "out_of_range"},
      {"RandomString(-1,0,0,0,0)", "out_of_range"},
      {"RandomString(3,1,1,1,1)", "out_of_range"},
      {"RandomString(6,-1,0,0,0)", "out_of_range"},
      {R"(RandomString(6,1,0,0,0,"0123456789"))", "bad_argument"},
      {R"(RandomString("six",1,0,0,0))", "wrong_type"},
  });
}

TEST(RandomString, is_the_same_for_the_same_seed) {
  SampleContext one;
  SampleContext same;
  SampleContext other;
  other.random = base::Rng(2);
  const auto text = drawn("RandomString(40,0,0,0,0)", one);
  EXPECT_EQ(drawn("RandomString(40,0,0,0,0)", same), text);
  EXPECT_NE(drawn("RandomString(40,0,0,0,0)", other), text);
}

TEST(RandomFunctions, fail_where_nothing_may_be_drawn) {
  SampleContext context;
  context.draws = false;
  EXPECT_EQ(result("Guid()", context), "no_randomness");
  EXPECT_EQ(result("RandomString(6,3,0,0,3)", context), "no_randomness");
}

}  // namespace random_functions_test
}  // namespace fakes::entra::expression
