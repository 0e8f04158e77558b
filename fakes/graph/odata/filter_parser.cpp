#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>

#include "base/encoding.h"
#include "base/instant.h"
#include "fakes/graph/odata/filter.h"
#include "fakes/graph/odata/lexer.h"
#include "fakes/graph/representation.h"

namespace fakes::graph {
namespace {

using base::Json;
using entra::Property;
using entra::PropertyType;

constexpr int deepest = 32;

std::unexpected<GraphError> invalid_clause(std::string_view why) {
  return refuse(400, "BadRequest", fmt::format("Invalid filter clause: {}", why));
}

struct Operator {
  std::string_view word;
  Filter::Kind kind;
  std::string_view name;  ///< in messages
};
constexpr std::array operators{
    Operator{"eq", Filter::Kind::equal, "Equal"},
    Operator{"ne", Filter::Kind::not_equal, "NotEqual"},
    Operator{"ge", Filter::Kind::at_least, "GreaterThanOrEqual"},
    Operator{"le", Filter::Kind::at_most, "LessThanOrEqual"},
};

std::string_view edm_type(PropertyType type) {
  switch (type) {
    case PropertyType::boolean: return "Edm.Boolean";
    case PropertyType::time: return "Edm.DateTimeOffset";
    case PropertyType::texts: return "Collection(Edm.String)";
    default: return "Edm.String";
  }
}

class FilterParser {
 public:
  FilterParser(std::vector<Token> tokens, std::string_view text, entra::ObjectKind kind)
      : tokens_(std::move(tokens)), text_(text), kind_(kind) {}

  Outcome<Filter> parse() {
    auto filter = one_of();
    if (!filter) return filter;
    if (now().kind != Token::Kind::end) return syntax_error();
    return filter;
  }

 private:
  [[nodiscard]] const Token& now() const { return tokens_[at_]; }
  [[nodiscard]] bool is_word(std::string_view word) const { return now().kind == Token::Kind::word && now().text == word; }
  bool take(Token::Kind kind) {
    if (now().kind != kind) return false;
    ++at_;
    return true;
  }
  bool take_word(std::string_view word) {
    if (!is_word(word)) return false;
    ++at_;
    return true;
  }
  [[nodiscard]] std::unexpected<GraphError> syntax_error() const {
    return invalid_clause(fmt::format("Syntax error at position {} in '{}'.", now().position, text_));
  }

  Outcome<Filter> one_of() { return chain(Filter::Kind::one_of, "or", &FilterParser::all_of); }
  Outcome<Filter> all_of() { return chain(Filter::Kind::all_of, "and", &FilterParser::unary); }

  Outcome<Filter> chain(Filter::Kind kind, std::string_view word, Outcome<Filter> (FilterParser::*next)()) {
    auto first = (this->*next)();
    if (!first || !is_word(word)) return first;
    Filter out{kind, {*std::move(first)}};
    while (take_word(word)) {
      auto operand = (this->*next)();
      if (!operand) return operand;
      out.operands.push_back(*std::move(operand));
    }
    return out;
  }

  Outcome<Filter> unary() {
    if (++depth_ > deepest) return invalid_clause("the expression is nested too deeply.");
    auto out = take_word("not") ? negation() : primary();
    --depth_;
    return out;
  }

  Outcome<Filter> negation() {
    auto operand = unary();
    if (!operand) return operand;
    return Filter{Filter::Kind::negation, {*std::move(operand)}};
  }

  Outcome<Filter> primary() {
    if (take(Token::Kind::open)) {
      auto inner = one_of();
      if (inner && !take(Token::Kind::close)) return syntax_error();
      return inner;
    }
    if (now().kind != Token::Kind::word) return syntax_error();
    const auto word = now().text;
    const bool is_call = at_ + 1 < tokens_.size() && tokens_[at_ + 1].kind == Token::Kind::open;
    if (is_call && base::equals_ignoring_case(word, "startsWith")) return call(Filter::Kind::starts_with);
    if (is_call && base::equals_ignoring_case(word, "endsWith")) return call(Filter::Kind::ends_with);
    if (is_call) return invalid_clause(fmt::format("An unknown function with name '{}' was found.", word));
    return comparison();
  }

  /// A property, or the variable of the enclosing lambda, for which the pointer is null.
  Outcome<const Property*> operand() {
    if (now().kind != Token::Kind::word) return syntax_error();
    const auto name = now().text;
    if (!variable_.empty() && name == variable_) {
      ++at_;
      return nullptr;
    }
    const auto* property = entra::find_property(kind_, name);
    if (property == nullptr)
      return invalid_clause(fmt::format("Could not find a property named '{}' on type '{}'.", name, type_of(kind_).substr(1)));
    ++at_;
    return property;
  }

  Outcome<Filter> call(Filter::Kind kind) {
    at_ += 2;
    const auto property = operand();
    if (!property) return std::unexpected(property.error());
    if (!take(Token::Kind::comma)) return syntax_error();
    if (now().kind != Token::Kind::text) return syntax_error();
    Filter out{kind, {}, *property, {base::json_text(now().text)}};
    ++at_;
    if (!take(Token::Kind::close)) return syntax_error();
    // `startsWith(x, 'y') eq true` says the same.
    if (is_word("eq") && tokens_[at_ + 1].text == "true") at_ += 2;
    return out;
  }

  Outcome<Filter> comparison() {
    const auto property = operand();
    if (!property) return std::unexpected(property.error());
    if (*property != nullptr && take(Token::Kind::slash)) return lambda(**property);
    if (now().kind != Token::Kind::word) return syntax_error();
    if (take_word("in")) return membership(*property);
    // [Graph Q4]
    if (is_word("gt") || is_word("lt")) return unsupported_query();
    for (const auto& one : operators) {
      if (!take_word(one.word)) continue;
      auto value = literal(*property, one.name);
      if (!value) return std::unexpected(value.error());
      return Filter{one.kind, {}, *property, {*std::move(value)}};
    }
    return syntax_error();
  }

  Outcome<Filter> membership(const Property* property) {
    if (!take(Token::Kind::open)) return syntax_error();
    Filter out{Filter::Kind::in, {}, property};
    do {
      auto value = literal(property, "Equal");
      if (!value) return std::unexpected(value.error());
      out.values.push_back(*std::move(value));
    } while (take(Token::Kind::comma));
    if (!take(Token::Kind::close)) return syntax_error();
    return out;
  }

  /// `otherMails/any(m:m eq 'x')`. [Graph Q5]
  Outcome<Filter> lambda(const Property& property) {
    if (is_word("all")) return unsupported_query();
    if (property.type != PropertyType::texts || !variable_.empty() || !take_word("any") || !take(Token::Kind::open)) return syntax_error();
    Filter out{Filter::Kind::any, {}, &property};
    if (take(Token::Kind::close)) return out;
    if (now().kind != Token::Kind::word) return syntax_error();
    variable_ = now().text;
    ++at_;
    if (!take(Token::Kind::colon)) return syntax_error();
    auto condition = one_of();
    variable_.clear();
    if (!condition) return condition;
    if (!take(Token::Kind::close)) return syntax_error();
    out.operands.push_back(*std::move(condition));
    return out;
  }

  Outcome<Json> literal(const Property* property, std::string_view operation) {
    const auto& token = now();
    if (token.kind != Token::Kind::text && token.kind != Token::Kind::word) return syntax_error();
    ++at_;
    if (token.kind == Token::Kind::word && token.text == "null") return Json();
    const auto type = property == nullptr ? PropertyType::text : property->type;
    const auto mismatch = [&](std::string_view found) {
      return invalid_clause(fmt::format("A binary operator with incompatible types was detected. Found operand types '{}' and '{}' for operator kind '{}'.",
                                        edm_type(type), found, operation));
    };
    if (token.kind == Token::Kind::text) {
      if (type != PropertyType::text) return mismatch("Edm.String");
      return base::json_text(token.text);
    }
    if (token.text == "true" || token.text == "false") {
      if (type != PropertyType::boolean) return mismatch("Edm.Boolean");
      return Json(token.text == "true");
    }
    if (base::parse_rfc3339(token.text)) {
      if (type != PropertyType::time) return mismatch("Edm.DateTimeOffset");
      return base::json_text(token.text);
    }
    std::int64_t number = 0;
    const auto read = std::from_chars(token.text.data(), token.text.data() + token.text.size(), number);
    if (read.ec == std::errc{} && read.ptr == token.text.data() + token.text.size()) return mismatch("Edm.Int32");
    --at_;
    return syntax_error();
  }

  std::vector<Token> tokens_;
  std::string_view text_;
  entra::ObjectKind kind_;
  std::string variable_{};
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

Outcome<Filter> parse_filter(std::string_view text, entra::ObjectKind kind) {
  auto tokens = tokens_of(text);
  if (!tokens) return invalid_clause(fmt::format("There is an unterminated string literal at position {} in '{}'.", tokens.error().position, text));
  return FilterParser(*std::move(tokens), text, kind).parse();
}

}  // namespace fakes::graph
