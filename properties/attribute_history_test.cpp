// What one value alone can follow, and what only a search can judge.
#include "properties/invariants/attribute_history.h"

#include <gtest/gtest.h>

namespace properties {
namespace attribute_history_test {

using Kind = AttributeOperation::Kind;
using namespace std::chrono_literals;

AttributeOperation from_to(Kind kind, std::string value, base::Duration invoked, std::optional<base::Duration> returned) {
  return {kind, std::move(value), nullptr, {base::Instant{invoked}, returned ? std::optional(base::Instant{*returned}) : std::nullopt}};
}

const AttributeOperation first = from_to(Kind::write, "Sales", 1s, 2s);
const AttributeOperation second = from_to(Kind::write, "Design", 3s, 4s);
const AttributeOperation look = from_to(Kind::read, "?", 10s, 11s);

TEST(AttributeHistory, allows_the_value_that_was_written_last) {
  EXPECT_EQ(only_value_at({first, second, look}, look), "Design");
}

TEST(AttributeHistory, knows_nothing_of_what_nobody_has_written) {
  EXPECT_EQ(only_value_at({look}, look), std::nullopt);
}

TEST(AttributeHistory, pays_no_heed_to_what_is_written_after_the_look) {
  EXPECT_EQ(only_value_at({first, look, from_to(Kind::write, "Legal", 12s, 13s)}, look), "Sales");
}

TEST(AttributeHistory, leaves_open_what_is_under_way_during_the_look) {
  EXPECT_EQ(only_value_at({first, from_to(Kind::write, "Legal", 9s, 10500ms), look}, look), std::nullopt);
}

TEST(AttributeHistory, leaves_open_what_was_never_answered) {
  EXPECT_EQ(only_value_at({from_to(Kind::write, "Legal", 1s, std::nullopt), second, look}, look), std::nullopt);
}

TEST(AttributeHistory, leaves_open_which_of_two_at_once_came_last_until_a_third) {
  const auto at_once = from_to(Kind::write, "Legal", 1500ms, 2500ms);
  EXPECT_EQ(only_value_at({first, at_once, look}, look), std::nullopt);
  EXPECT_EQ(only_value_at({first, at_once, second, look}, look), "Design");
}

TEST(AttributeHistory, leaves_open_what_a_replacement_does_not_name) {
  EXPECT_EQ(only_value_at({first, from_to(Kind::drop, "", 3s, 4s), look}, look), std::nullopt);
}

}  // namespace attribute_history_test
}  // namespace properties
