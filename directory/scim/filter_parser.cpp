// Recursive descent over the text of a filter. Recursion is bounded by the number of open brackets. The first
// error is kept and everything above it returns nothing.
#include <fmt/format.h>

#include <charconv>

#include "base/encoding.h"
#include "directory/scim/filter.h"
#include "directory/scim/scim_error.h"

namespace directory::scim {
namespace {

/// The number that a JSON text of one says, to the last bit; nothing for any other text.
std::optional<base::Json> read_number(std::string_view text) {
  const auto json = base::parse_json(text);
  if (!json || !json->is_number()) return std::nullopt;
  const auto* begin = text.data();
  const auto* end = begin + text.size();
  if (std::int64_t integer = 0; std::from_chars(begin, end, integer).ptr == end)
    return base::Json(integer);
  double decimal = 0;
  if (const auto [last, error] = std::from_chars(begin, end, decimal);
      last != end || error != std::errc{}) {
    return std::nullopt;
  }
  return base::Json(decimal);
}

class Parser {
 public:
  explicit Parser(std::string_view text) : rest_(text) {}

  base::Result<Filter> whole_filter() {
    if (too_long()) return base::fail(error_);
    auto filter = any(Scope::resource);
    if (filter && !rest_.empty()) filter = fail(fmt::format("'{}' is left over", excerpt(rest_, 32)));
    if (!filter) return base::fail(error_);
    return std::move(*filter);
  }

  base::Result<TargetPath> whole_path() {
    if (too_long()) return base::fail(error_);
    TargetPath path;
    if (!attribute(path.attribute)) return base::fail(error_);
    if (rest_.starts_with('[')) {
      path.filter = bracketed(path.attribute);
      if (!path.filter) return base::fail(error_);
      if (rest_.starts_with('.') && !sub_attribute(path.attribute.sub_attribute)) return base::fail(error_);
    }
    if (!rest_.empty()) return base::fail(fmt::format("'{}' is left over", excerpt(rest_, 32)));
    return path;
  }

 private:
  enum class Scope { resource, value };  ///< a value has no values of its own

  std::nullopt_t fail(std::string message) {
    if (error_.empty()) error_ = std::move(message);
    return std::nullopt;
  }

  bool too_long() {
    if (rest_.size() > longest_filter) error_ = fmt::format("a filter has at most {} bytes", longest_filter);
    skip_spaces();
    return !error_.empty();
  }

  void skip_spaces() {
    while (rest_.starts_with(' ')) rest_.remove_prefix(1);
  }

  /// Up to a space, a bracket or a quotation mark.
  std::string_view peek_word() const { return rest_.substr(0, rest_.find_first_of(" ()[]\"")); }

  /// Takes `word` in any letter case where it stands next.
  bool take(std::string_view word) {
    if (!base::equals_ignoring_case(peek_word(), word)) return false;
    rest_.remove_prefix(word.size());
    skip_spaces();
    return true;
  }

  bool take(char bracket) {
    if (!rest_.starts_with(bracket)) return false;
    rest_.remove_prefix(1);
    skip_spaces();
    return true;
  }

  std::optional<Filter> any(Scope scope) {
    std::vector<Filter> parts;
    do {
      auto part = all(scope);
      if (!part) return std::nullopt;
      parts.push_back(std::move(*part));
    } while (take("or"));
    if (parts.size() == 1) return std::move(parts.front());
    return Filter{Any{std::move(parts)}};
  }

  std::optional<Filter> all(Scope scope) {
    std::vector<Filter> parts;
    do {
      auto part = single(scope);
      if (!part) return std::nullopt;
      parts.push_back(std::move(*part));
    } while (take("and"));
    if (parts.size() == 1) return std::move(parts.front());
    return Filter{All{std::move(parts)}};
  }

  std::optional<Filter> single(Scope scope) {
    if (rest_.starts_with('(')) return grouped(scope);
    if (const auto start = rest_; take("not")) {
      if (rest_.starts_with('(')) {
        auto inner = grouped(scope);
        if (!inner) return std::nullopt;
        Not negation;
        negation.part.push_back(std::move(*inner));
        return Filter{std::move(negation)};
      }
      rest_ = start;  // an attribute may be called so
    }
    return expression(scope);
  }

  std::optional<Filter> grouped(Scope scope) {
    if (++depth_ > deepest_filter)
      return fail(fmt::format("a filter has at most {} brackets in one another", deepest_filter));
    take('(');
    auto inner = any(scope);
    if (inner && !take(')')) return fail("a bracket is not closed");
    --depth_;
    return inner;
  }

  /// `[filter]` behind `path`, up to the closing bracket; a sub-attribute in `path` is an error.
  std::optional<Filter> bracketed(const AttributePath& path) {
    if (++depth_ > deepest_filter)
      return fail(fmt::format("a filter has at most {} brackets in one another", deepest_filter));
    if (!path.sub_attribute.empty())
      return fail("a filter of values follows an attribute, not a sub-attribute");
    take('[');
    auto inner = any(Scope::value);
    if (inner && !rest_.starts_with(']')) return fail("a square bracket is not closed");
    if (inner) rest_.remove_prefix(1);
    --depth_;
    return inner;
  }

  bool attribute(AttributePath& into) {
    const auto word = peek_word();
    if (word.empty()) {
      fail("an attribute is missing where an expression begins");
      return false;
    }
    auto path = parse_attribute_path(word);
    if (!path) {
      fail(path.error().message);
      return false;
    }
    into = std::move(*path);
    rest_.remove_prefix(word.size());
    return true;
  }

  /// `.name` directly behind a square bracket.
  bool sub_attribute(std::string& into) {
    rest_.remove_prefix(1);
    AttributePath name;
    if (!attribute(name)) return false;
    if (!name.schema.empty() || !name.sub_attribute.empty()) {
      fail("one sub-attribute follows a filter of values");
      return false;
    }
    into = std::move(name.attribute);
    return true;
  }

  std::optional<Filter> expression(Scope scope) {
    AttributePath path;
    if (!attribute(path)) return std::nullopt;
    if (rest_.starts_with('[')) {
      if (scope == Scope::value) return fail("a filter of values cannot hold another");
      return value_path(std::move(path));
    }
    skip_spaces();
    return attribute_expression(std::move(path));
  }

  std::optional<Filter> value_path(AttributePath path) {
    auto inner = bracketed(path);
    if (!inner) return std::nullopt;
    if (rest_.starts_with('.')) {
      AttributePath sub;
      if (!sub_attribute(sub.attribute)) return std::nullopt;
      skip_spaces();
      auto condition = attribute_expression(std::move(sub));
      if (!condition) return std::nullopt;
      All both;
      both.parts.push_back(std::move(*inner));
      both.parts.push_back(std::move(*condition));
      inner = Filter{std::move(both)};
    }
    skip_spaces();
    ValuePath value_path{std::move(path), {}};
    value_path.filter.push_back(std::move(*inner));
    return Filter{std::move(value_path)};
  }

  /// What follows the path: `pr`, or an operator and a value.
  std::optional<Filter> attribute_expression(AttributePath path) {
    if (++comparisons_ > most_comparisons)
      return fail(fmt::format("a filter has at most {} comparisons", most_comparisons));
    if (take("pr")) return Filter{Presence{std::move(path)}};
    const auto word = peek_word();
    if (word.empty()) return fail(fmt::format("'{}' is not compared with anything", excerpt(path.text())));
    for (const auto op : {Operator::eq, Operator::ne, Operator::co, Operator::sw, Operator::ew, Operator::gt,
                          Operator::lt, Operator::ge, Operator::le}) {
      if (!take(to_text(op))) continue;
      auto compared = value();
      if (!compared) return std::nullopt;
      return Filter{Comparison{std::move(path), op, std::move(*compared)}};
    }
    return fail(fmt::format("the operator '{}' is not supported", excerpt(word, 32)));
  }

  std::optional<base::Json> value() {
    if (rest_.starts_with('"')) return quoted();
    const auto word = peek_word();
    if (word.empty()) return fail("the value of a comparison is missing");
    const auto behind = rest_.substr(word.size(), 1);
    if (behind == "\"" || behind == "[" || behind == "(")
      return fail(fmt::format("'{}' is no value", excerpt(word, 32)));
    if (!base::is_utf8(word)) return fail("a value is not UTF-8");
    rest_.remove_prefix(word.size());
    skip_spaces();
    if (base::equals_ignoring_case(word, "true")) return base::Json(true);
    if (base::equals_ignoring_case(word, "false")) return base::Json(false);
    if (base::equals_ignoring_case(word, "null")) return base::Json(nullptr);
    if (auto number = read_number(word)) return number;
    return base::json_text(word);
  }

  std::optional<base::Json> quoted() {
    std::size_t size = 1;
    while (size < rest_.size() && rest_[size] != '"') size += rest_[size] == '\\' ? 2 : 1;
    if (size >= rest_.size()) return fail("a quoted value does not end");
    auto json = base::parse_json(rest_.substr(0, size + 1));
    if (!json || !json->is_string()) return fail("a quoted value is not a JSON string");
    rest_.remove_prefix(size + 1);
    const auto behind = rest_.substr(0, 1);
    if (!behind.empty() && behind != " " && behind != ")" && behind != "]")
      return fail("a space is missing behind a value");
    skip_spaces();
    return std::move(*json);
  }

  std::string_view rest_;
  std::string error_;
  std::size_t depth_ = 0;
  std::size_t comparisons_ = 0;
};

}  // namespace

base::Result<Filter> parse_filter(std::string_view text) {
  return Parser(text).whole_filter();
}

base::Result<TargetPath> parse_target_path(std::string_view text) {
  return Parser(text).whole_path();
}

}  // namespace directory::scim
