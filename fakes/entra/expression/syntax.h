// The tree of an expression, and how it is written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace fakes::entra::expression {

struct Function;
struct Expression;

/// The place of an argument that was left empty, as the default in `Switch([a], , "x", "y")`.
struct Empty {
  bool operator==(const Empty&) const = default;
};

/// `[name]`
struct Attribute {
  std::string name;

  bool operator==(const Attribute&) const = default;
};

/// `"text"`, without quotes and escapes.
struct Text {
  std::string text;

  bool operator==(const Text&) const = default;
};

struct Number {
  std::int64_t value = 0;

  bool operator==(const Number&) const = default;
};

/// `True` or `False`
struct Boolean {
  bool value = false;

  bool operator==(const Boolean&) const = default;
};

/// `vbBinaryCompare` or `vbTextCompare`. [Entra provisioning-clients 2.19-14]
struct Constant {
  std::string name;

  bool operator==(const Constant&) const = default;
};

struct Call {
  const Function* function = nullptr;  ///< of the table in functions.h
  std::vector<Expression> arguments;

  bool operator==(const Call& other) const;
};

enum class Comparator { equal, unequal, greater, at_least, less, at_most };

/// `left = right` and its like; stands only as an argument. [Entra provisioning-clients 2.19-13]
struct Comparison {
  Comparator comparator = Comparator::equal;
  std::vector<Expression> sides;  ///< exactly two; a vector because the type is recursive

  bool operator==(const Comparison& other) const;
};

struct Expression {
  std::size_t offset = 0;  ///< of its first byte in the text that was read
  std::variant<Empty, Attribute, Text, Number, Boolean, Constant, Call, Comparison> node{};

  /// The same tree, wherever it was read.
  bool operator==(const Expression& other) const { return node == other.node; }
};

[[nodiscard]] bool is_empty(const Expression& expression);
[[nodiscard]] std::string_view sign(Comparator comparator);

/// One line, a comma and a blank between arguments; what is printed is read as the same tree again.
[[nodiscard]] std::string to_text(const Expression& expression);

/// The attributes that the expression names, in order, each as often as it does.
[[nodiscard]] std::vector<std::string> attributes_of(const Expression& expression);

}  // namespace fakes::entra::expression
