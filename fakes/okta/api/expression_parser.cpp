// By recursive descent over the text; brackets within brackets are bounded, so the stack is.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/encoding.h"
#include "fakes/okta/api/expression.h"

namespace fakes::okta::api {
namespace {

using Kind = Expression::Kind;
using Parsed = std::expected<Expression, std::string>;

constexpr std::array<std::pair<std::string_view, Operator>, 10> operators{{{"eq", Operator::eq},
                                                                           {"ne", Operator::ne},
                                                                           {"co", Operator::co},
                                                                           {"sw", Operator::sw},
                                                                           {"ew", Operator::ew},
                                                                           {"gt", Operator::gt},
                                                                           {"ge", Operator::ge},
                                                                           {"lt", Operator::lt},
                                                                           {"le", Operator::le},
                                                                           {"pr", Operator::pr}}};

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-' || c == ':' || c == '+';
}

class Parser {
 public:
  explicit Parser(std::string_view text) : rest_(text) {}

  Parsed parse() {
    auto expression = joined(Kind::any);
    if (!expression) return expression;
    skip_blanks();
    if (!rest_.empty()) return std::unexpected(fmt::format("cannot be read from \"{}\" on", rest_));
    return expression;
  }

 private:
  /// Parts that `or` joins, each of which is of parts that `and` joins.
  Parsed joined(Kind kind) {
    auto left = kind == Kind::any ? joined(Kind::all) : single();
    std::vector<Expression> parts;
    while (left && take_word(kind == Kind::any ? "or" : "and")) {
      parts.push_back(*std::move(left));
      left = kind == Kind::any ? joined(Kind::all) : single();
    }
    if (!left || parts.empty()) return left;
    parts.push_back(*std::move(left));
    return Expression{kind, {}, {}, {}, std::move(parts)};
  }

  Parsed single() {
    if (take('(')) return bracketed();
    if (take_word("not")) {
      if (!take('(')) return std::unexpected("brackets have to follow not");
      auto inner = bracketed();
      if (!inner) return inner;
      return Expression{Kind::negation, {}, {}, {}, {*std::move(inner)}};
    }
    return comparison();
  }

  Parsed bracketed() {
    if (++depth_ > deepest_expression) return std::unexpected("has too many brackets within brackets");
    auto inner = joined(Kind::any);
    if (!inner) return inner;
    if (!take(')')) return std::unexpected("has a bracket that is not closed");
    --depth_;
    return inner;
  }

  Parsed comparison() {
    Expression out;
    out.path = word();
    if (out.path.empty()) return std::unexpected("ends, or has a sign, where an attribute is expected");
    const auto name = base::to_lower(word());
    const auto* found = std::ranges::find(operators, std::string_view(name), &std::pair<std::string_view, Operator>::first);
    if (found == operators.end()) return std::unexpected(fmt::format("has no operator behind {}", out.path));
    out.op = found->second;
    if (out.op == Operator::pr) return out;
    auto operand = value();
    if (!operand) return std::unexpected(fmt::format("has no value for {}", out.path));
    out.operand = *std::move(operand);
    return out;
  }

  std::optional<base::Json> value() {
    skip_blanks();
    std::size_t size = 0;
    if (rest_.starts_with('"')) {
      for (size = 1; size < rest_.size() && rest_[size] != '"'; ++size) size += rest_[size] == '\\' ? 1 : 0;
      ++size;
    } else {
      while (size < rest_.size() && is_word_character(rest_[size])) ++size;
    }
    if (size > rest_.size()) return std::nullopt;
    auto parsed = base::parse_json(rest_.substr(0, size));
    if (!parsed) return std::nullopt;
    rest_.remove_prefix(size);
    return *std::move(parsed);
  }

  void skip_blanks() {
    while (rest_.starts_with(' ')) rest_.remove_prefix(1);
  }
  [[nodiscard]] std::size_t word_size() {
    skip_blanks();
    std::size_t size = 0;
    while (size < rest_.size() && is_word_character(rest_[size])) ++size;
    return size;
  }
  std::string word() {
    const auto size = word_size();
    std::string out(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return out;
  }
  bool take_word(std::string_view wanted) {
    const auto size = word_size();
    if (!base::equals_ignoring_case(rest_.substr(0, size), wanted)) return false;
    rest_.remove_prefix(size);
    return true;
  }
  bool take(char c) {
    skip_blanks();
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::string_view rest_;
  std::size_t depth_ = 0;
};

}  // namespace

std::expected<Expression, std::string> parse_expression(std::string_view text) {
  if (text.size() > longest_expression) return std::unexpected("is too long");
  return Parser(text).parse();
}

}  // namespace fakes::okta::api
