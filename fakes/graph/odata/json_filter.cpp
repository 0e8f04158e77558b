#include "fakes/graph/odata/json_filter.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/encoding.h"
#include "base/instant.h"
#include "fakes/graph/odata/lexer.h"

namespace fakes::graph {
namespace {

using base::Json;
using Kind = JsonFilter::Kind;

constexpr std::array<std::pair<std::string_view, Kind>, 6> json_operators{{{"eq", Kind::equal},
                                                                      {"ne", Kind::not_equal},
                                                                      {"ge", Kind::at_least},
                                                                      {"le", Kind::at_most},
                                                                      {"gt", Kind::above},
                                                                      {"lt", Kind::below}}};

class JsonFilterParser {
 public:
  JsonFilterParser(std::vector<Token> tokens, std::string_view text) : tokens_(std::move(tokens)), text_(text) {}

  Outcome<JsonFilter> parse() {
    JsonFilter out;
    do {
      auto condition = one();
      if (!condition) return error();
      out.conditions.push_back(*std::move(condition));
    } while (take_word("and"));
    if (now().kind != Token::Kind::end) return error();
    return out;
  }

 private:
  [[nodiscard]] const Token& now() const { return tokens_[at_]; }
  bool take(Token::Kind kind) {
    if (now().kind != kind) return false;
    ++at_;
    return true;
  }
  bool take_word(std::string_view word) {
    if (now().kind != Token::Kind::word || now().text != word) return false;
    ++at_;
    return true;
  }
  [[nodiscard]] std::unexpected<GraphError> error() const {
    return refuse(400, "BadRequest", fmt::format("Invalid filter clause: Syntax error at position {} in '{}'.", now().position, text_));
  }

  std::optional<JsonFilter::Condition> one() {
    if (take(Token::Kind::open)) {
      auto inner = one();
      return inner && take(Token::Kind::close) ? inner : std::nullopt;
    }
    const bool is_call = now().kind == Token::Kind::word && base::equals_ignoring_case(now().text, "startsWith") && tokens_[at_ + 1].kind == Token::Kind::open;
    if (!is_call) return comparison({});
    at_ += 2;
    JsonFilter::Condition out;
    out.kind = Kind::starts_with;
    if (!path(out.path) || !take(Token::Kind::comma) || !value(out.value) || !take(Token::Kind::close)) return std::nullopt;
    return out;
  }

  std::optional<JsonFilter::Condition> comparison(JsonFilter::Condition out) {
    if (!path(out.path)) return std::nullopt;
    if (!out.in_list && out.path.size() == 2 && out.path.back() == "any" && take(Token::Kind::open)) {
      const auto variable = now().text;
      if (!take(Token::Kind::word) || !take(Token::Kind::colon) || !take_word(variable) || !take(Token::Kind::slash)) return std::nullopt;
      JsonFilter::Condition inner;
      inner.in_list = true;
      inner.path = {out.path.front()};
      auto read = comparison(std::move(inner));
      return read && take(Token::Kind::close) ? read : std::nullopt;
    }
    const auto* found = std::ranges::find(json_operators, now().text, &std::pair<std::string_view, Kind>::first);
    if (now().kind != Token::Kind::word || found == json_operators.end()) return std::nullopt;
    ++at_;
    out.kind = found->second;
    if (!value(out.value)) return std::nullopt;
    return out;
  }

  bool path(std::vector<std::string>& out) {
    do {
      if (now().kind != Token::Kind::word) return false;
      out.push_back(now().text);
      ++at_;
    } while (take(Token::Kind::slash));
    return true;
  }

  bool value(Json& out) {
    const auto& token = now();
    if (token.kind != Token::Kind::text && token.kind != Token::Kind::word) return false;
    ++at_;
    std::int64_t number = 0;
    const auto read = std::from_chars(token.text.data(), token.text.data() + token.text.size(), number);
    if (token.kind == Token::Kind::text || base::parse_rfc3339(token.text)) {
      out = base::json_text(token.text);
    } else if (token.text == "true" || token.text == "false") {
      out = token.text == "true";
    } else if (token.text == "null") {
      out = nullptr;
    } else if (read.ec == std::errc{} && read.ptr == token.text.data() + token.text.size()) {
      out = number;
    } else {
      return false;
    }
    return true;
  }

  std::vector<Token> tokens_;
  std::string_view text_;
  std::size_t at_ = 0;
};

std::optional<int> compare(const Json& value, const Json& wanted) {
  if (value.is_int64() && wanted.is_int64()) return value.get_int64() < wanted.get_int64() ? -1 : static_cast<int>(value.get_int64() > wanted.get_int64());
  if (!value.is_string() || !wanted.is_string()) return std::nullopt;
  const auto left = base::as_text(value.get_string());
  const auto right = base::as_text(wanted.get_string());
  const auto left_time = base::parse_rfc3339(left);
  const auto right_time = base::parse_rfc3339(right);
  if (left_time && right_time) return *left_time < *right_time ? -1 : static_cast<int>(*left_time > *right_time);
  return base::to_lower(left).compare(base::to_lower(right));
}

bool holds(const JsonFilter::Condition& condition, const Json& value) {
  if (condition.kind == Kind::starts_with) {
    if (!value.is_string() || !condition.value.is_string()) return false;
    return base::to_lower(base::as_text(value.get_string())).starts_with(base::to_lower(base::as_text(condition.value.get_string())));
  }
  const auto result = compare(value, condition.value);
  const bool is_equal = result ? *result == 0 : value == condition.value;
  switch (condition.kind) {
    case Kind::equal: return is_equal;
    case Kind::not_equal: return !is_equal;
    case Kind::at_least: return result && *result >= 0;
    case Kind::at_most: return result && *result <= 0;
    case Kind::above: return result && *result > 0;
    case Kind::below: return result && *result < 0;
    case Kind::starts_with: break;
  }
  return false;
}

bool holds(const JsonFilter::Condition& condition, const Json& json, std::size_t from) {
  const auto* at = &json;
  for (std::size_t i = from; i < condition.path.size(); ++i) {
    at = base::member(*at, condition.path[i]);
    if (at == nullptr) return false;
    if (!condition.in_list || i > 0 || !at->is_array()) continue;
    return std::ranges::any_of(at->get_array(), [&](const Json& element) { return holds(condition, element, 1); });
  }
  return holds(condition, *at);
}

}  // namespace

Outcome<JsonFilter> parse_json_filter(std::string_view text) {
  auto tokens = tokens_of(text);
  if (!tokens) return refuse(400, "BadRequest", fmt::format("Invalid filter clause: There is an unterminated string literal at position {} in '{}'.", tokens.error().position, text));
  return JsonFilterParser(*std::move(tokens), text).parse();
}

bool matches(const JsonFilter& filter, const base::JsonObject& record) {
  if (filter.conditions.empty()) return true;
  const Json json(record);
  return std::ranges::all_of(filter.conditions, [&](const JsonFilter::Condition& condition) { return holds(condition, json, 0); });
}

}  // namespace fakes::graph
