#include "fakes/entra/expression/value.h"

#include <gtest/gtest.h>

namespace fakes::entra::expression {
namespace value_test {

TEST(Value, of_nothing_is_null_or_empty) {
  EXPECT_TRUE(is_null_or_empty(Value{}));
  EXPECT_TRUE(is_null_or_empty(Value{""}));
  EXPECT_TRUE(is_null_or_empty(Value{Texts{}}));
  EXPECT_FALSE(is_null_or_empty(Value{" "}));
  EXPECT_FALSE(is_null_or_empty(Value{false}));
  EXPECT_FALSE(is_null_or_empty(Value{std::int64_t{0}}));
}

TEST(Value, becomes_a_text) {
  EXPECT_EQ(as_text(Value{"x"}), "x");
  EXPECT_EQ(as_text(Value{true}), "True");
  EXPECT_EQ(as_text(Value{std::int64_t{-7}}), "-7");
  EXPECT_EQ(as_text(Value{Texts{"only"}}), "only");
  EXPECT_EQ(as_text(Value{Texts{"one", "two"}}), std::nullopt);
  EXPECT_EQ(as_text(Value{}), std::nullopt);
}

TEST(Value, becomes_a_number_where_it_writes_one) {
  EXPECT_EQ(as_integer(Value{"42"}), 42);
  EXPECT_EQ(as_integer(Value{"&Hff"}), 255);
  EXPECT_EQ(as_integer(Value{Texts{"42"}}), 42);
  for (const auto* text : {"", "+", "-", "4 2", " 42", "4.2", "&H-1", "+-1", "0x10"}) EXPECT_EQ(as_integer(Value{text}), std::nullopt) << text;
  EXPECT_EQ(as_integer(Value{true}), std::nullopt);
}

TEST(Value, is_true_or_false_or_neither) {
  for (const auto& value : {Value{true}, Value{"True"}, Value{"TRUE"}, Value{"1"}, Value{std::int64_t{-1}}}) {
    EXPECT_EQ(as_truth(value), true) << kind_of(value);
  }
  for (const auto& value : {Value{false}, Value{"false"}, Value{"0"}, Value{std::int64_t{0}}}) {
    EXPECT_EQ(as_truth(value), false) << kind_of(value);
  }
  for (const auto& value : {Value{}, Value{""}, Value{"yes"}, Value{Texts{"True", "True"}}}) {
    EXPECT_EQ(as_truth(value), std::nullopt) << kind_of(value);
  }
}

}  // namespace value_test
}  // namespace fakes::entra::expression
