#include "scenarios/probe/check.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <regex>

#include "base/duration_text.h"
#include "base/encoding.h"
#include "base/uri.h"
#include "scenarios/probe/json_path.h"
#include "scenarios/script/nearest.h"

namespace scenarios::probe {
namespace {

constexpr std::array<std::string_view, 27> operators{
    "is",    "not",  "one_of", "type",    "present", "absent", "missing", "matches",     "contains", "lacks", "starts",   "ends",  "same_word",
    "count", "min",  "max",    "keys",    "unique",  "every",  "some",    "exactly_one", "none",     "has",   "at_least", "later", "same_instant", "number"};
constexpr std::array<std::string_view, 10> types{"string", "boolean", "integer", "number",   "object",
                                                 "array",  "null",    "datetime", "uri", "base64"};
/// Longer texts are not matched against a regular expression: std::regex recurses.
constexpr std::size_t longest_matched = 10'000;
constexpr std::size_t longest_shown = 300;

bool is_operator_map(const Value& check) {
  return check.is_object() && !check.empty();
}

std::optional<base::Instant> instant_of(const Value& value) {
  if (!value.is_string()) return std::nullopt;
  const auto parsed = base::parse_rfc3339(value.get<std::string>());
  return parsed ? std::optional(*parsed) : std::nullopt;
}

bool is_reference(const std::string& text) {
  if (text.empty() || text.find_first_of(" \t\r\n<>\"{}|\\^`") != std::string::npos) return false;
  const auto colon = text.find(':');
  const auto slash = text.find('/');
  if (colon == std::string::npos || (slash != std::string::npos && slash < colon)) return true;  // relative
  return colon > 0;
}

bool is_base64(const std::string& text) { return base::from_base64(text).has_value() || base::from_base64url(text).has_value(); }

bool has_type(const Value& value, std::string_view type) {
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "null") return value.is_null();
  if (type == "datetime") return instant_of(value).has_value();
  if (!value.is_string()) return false;
  return type == "uri" ? is_reference(value.get<std::string>()) : is_base64(value.get<std::string>());
}

bool holds(const Value* value, const Value& check);

bool contains(const Value& value, const Value& wanted) {
  if (value.is_string() && wanted.is_string())
    return value.get<std::string>().find(wanted.get<std::string>()) != std::string::npos;
  if (!value.is_array()) return false;
  return std::ranges::any_of(value, [&](const Value& element) { return holds(&element, wanted); });
}

/// Compiling takes longer than matching, and a case that watches asks the same of a thousand answers.
const std::regex& compiled(const std::string& pattern) {
  constexpr std::size_t most_kept = 256;
  static std::map<std::string, std::regex> kept;
  const auto known = kept.find(pattern);
  if (known != kept.end()) return known->second;
  if (kept.size() >= most_kept) kept.clear();
  return kept.emplace(pattern, std::regex(pattern)).first->second;
}

bool matches(const Value& value, const Value& pattern) {
  if (!value.is_string()) return false;
  const auto text = value.get<std::string>();
  return text.size() <= longest_matched && std::regex_search(text, compiled(pattern.get<std::string>()));
}

std::ptrdiff_t count_holding(const Value& list, const Value& check) {
  return std::ranges::count_if(list, [&](const Value& element) { return holds(&element, check); });
}

bool is_unique(const Value& list) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (equal(list[i], list[j])) return false;
    }
  }
  return true;
}

/// Whether the text is the word, or one of the words, in whatever letter case.
bool is_word(std::string_view text, const Value& words) {
  if (words.is_array()) return std::ranges::any_of(words, [&](const Value& word) { return is_word(text, word); });
  return words.is_string() && base::equals_ignoring_case(text, words.get_ref<const std::string&>());
}

bool has_only(const Value& value, const Value& keys) {
  return value.is_object() && std::ranges::all_of(value.items(), [&](const auto& item) { return is_word(item.key(), keys); });
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// What stands between groups of digits in front of `rest`; nothing where no group of exactly three follows.
std::string_view group_separator(std::string_view rest) {
  // The last three: no-break space, narrow no-break space, apostrophe of typographers.
  for (const std::string_view one : {",", ".", "'", "_", " ", "\u00A0", "\u202F", "\u2019"}) {
    if (!rest.starts_with(one)) continue;
    const auto group = rest.substr(one.size(), 4);
    const auto digits = std::ranges::find_if_not(group, is_digit) - group.begin();
    if (digits == 3) return one;
  }
  return {};
}

/// Whether the number stands in the text, its digits grouped by thousands or not.
bool tells_number(std::string_view text, const std::string& wanted) {
  std::string grouped;
  bool joined = false;  // to the group in front of it, by what can be nothing but a separator
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    if (at == begin) {
      ++at;
      continue;
    }
    const auto digits = text.substr(begin, at - begin);
    grouped += digits;
    const auto separator = group_separator(text.substr(at));
    const bool ends = separator.empty() || separator == " ";
    if (ends && (grouped == wanted || (!joined && digits == wanted))) return true;
    if (separator.empty()) grouped.clear();
    joined = !ends;
    at += separator.size();
  }
  return false;
}

bool compare_instants(const Value& value, std::string_view name, const Value& wanted) {
  const auto left = instant_of(value);
  const auto right = instant_of(wanted);
  if (!left || !right) return false;
  if (name == "later") return *left > *right;
  return name == "at_least" ? *left >= *right : *left == *right;
}

/// Operators over a list's elements; nothing where the name is none of them.
std::optional<bool> list_operator(const Value& value, std::string_view name, const Value& wanted) {
  if (name != "every" && name != "some" && name != "none" && name != "exactly_one" && name != "unique" && name != "count")
    return std::nullopt;
  if (!value.is_array()) return false;
  if (name == "count") return holds(std::array{Value(value.size())}.data(), wanted);
  if (name == "unique") return is_unique(value) == wanted.get<bool>();
  const auto held = count_holding(value, wanted);
  if (name == "every") return held == std::ssize(value);
  if (name == "some") return held > 0;
  return name == "none" ? held == 0 : held == 1;
}

bool text_operator(const Value& value, std::string_view name, const Value& wanted) {
  if (!value.is_string()) return false;
  const auto text = value.get<std::string>();
  if (name == "same_word") return is_word(text, wanted);
  if (!wanted.is_string()) return false;
  const auto want = wanted.get<std::string>();
  return name == "starts" ? text.starts_with(want) : text.ends_with(want);
}

bool operator_holds(const Value* value, std::string_view name, const Value& wanted) {
  if (name == "present") return is_present(value) == wanted.get<bool>();
  if (name == "absent") return is_unassigned(value) == wanted.get<bool>();
  if (name == "missing") return (value == nullptr) == wanted.get<bool>();
  if (name == "not") return value == nullptr || !equal(*value, wanted);
  if (name == "lacks") return value == nullptr || !contains(*value, wanted);
  if (name == "none" && value == nullptr) return true;
  if (value == nullptr) return false;
  if (name == "is") return equal(*value, wanted);
  if (name == "one_of") return std::ranges::any_of(wanted, [&](const Value& one) { return equal(*value, one); });
  if (name == "type") return has_type(*value, wanted.get<std::string>());
  if (name == "matches") return matches(*value, wanted);
  if (name == "contains") return contains(*value, wanted);
  if (name == "number") return value->is_string() && wanted.is_number_integer() && tells_number(value->get<std::string>(), wanted.dump());
  if (name == "min") return value->is_number() && value->get<double>() >= wanted.get<double>();
  if (name == "max") return value->is_number() && value->get<double>() <= wanted.get<double>();
  if (name == "keys") return has_only(*value, wanted);
  if (const auto list = list_operator(*value, name, wanted)) return *list;
  if (name == "has") {
    return std::ranges::all_of(wanted.items(), [&](const auto& item) {
      return std::ranges::all_of(find_all(*value, item.key()),
                                 [&](const Found& found) { return holds(found.value, item.value()); });
    });
  }
  if (name == "at_least" || name == "later" || name == "same_instant") return compare_instants(*value, name, wanted);
  return text_operator(*value, name, wanted);
}

bool holds(const Value* value, const Value& check) {
  if (!is_operator_map(check)) return value != nullptr && equal(*value, check);
  return std::ranges::all_of(check.items(),
                             [&](const auto& item) { return operator_holds(value, item.key(), item.value()); });
}

/// A text that is a name and nothing else, and stands for whatever that is.
bool is_name(const Value& wanted) {
  if (!wanted.is_string()) return false;
  const auto& text = wanted.get_ref<const std::string&>();
  return text.starts_with("${") && text.ends_with('}');
}

/// A list, or a name that may stand for one.
bool may_be_list(const Value& wanted) { return is_name(wanted) || (wanted.is_array() && !wanted.empty()); }

std::optional<std::string> wrong_operand(std::string_view name, const Value& wanted) {
  const auto needs = [&](bool fits, std::string_view what) -> std::optional<std::string> {
    if (fits) return std::nullopt;
    return fmt::format("'{}' takes {}", name, what);
  };
  if (name == "present" || name == "absent" || name == "missing" || name == "unique")
    return needs(wanted.is_boolean(), "true or false");
  if (name == "one_of" || name == "keys") return needs(may_be_list(wanted), "a list");
  if (name == "same_word") return needs(wanted.is_string() || may_be_list(wanted), "a text or a list of texts");
  if (name == "min" || name == "max") return needs(wanted.is_number(), "a number");
  if (name == "number") return needs(wanted.is_number_integer() || is_name(wanted), "a whole number");
  if (name == "type") {
    const bool known = wanted.is_string() && std::ranges::find(types, wanted.get<std::string>()) != types.end();
    return needs(known, fmt::format("one of: {}", fmt::join(types, ", ")));
  }
  if (name == "matches") {
    if (!wanted.is_string()) return needs(false, "a regular expression");
    try {
      static_cast<void>(std::regex(wanted.get<std::string>()));
    } catch (const std::regex_error& error) {
      return fmt::format("this is no regular expression: {}", error.what());
    }
    return std::nullopt;
  }
  if (name == "every" || name == "some" || name == "none" || name == "exactly_one" || name == "count")
    return wrong_check(wanted);
  if (name == "has") {
    if (!wanted.is_object()) return needs(false, "a map of paths");
    for (const auto& [path, check] : wanted.items()) {
      if (auto wrong = wrong_check(check)) return wrong;
    }
  }
  return std::nullopt;
}

}  // namespace

bool equal(const Value& left, const Value& right) {
  if (left.is_number() && right.is_number()) return left.get<double>() == right.get<double>();
  if (left.type() != right.type()) return false;
  if (left.is_array()) return std::ranges::equal(left, right, [](const Value& a, const Value& b) { return equal(a, b); });
  if (!left.is_object()) return left == right;
  if (left.size() != right.size()) return false;
  return std::ranges::all_of(left.items(), [&](const auto& item) {
    const auto other = right.find(item.key());
    return other != right.end() && equal(item.value(), *other);
  });
}

bool is_unassigned(const Value* value) {
  return value == nullptr || value->is_null() || (value->is_array() && value->empty());
}

bool is_present(const Value* value) {
  if (is_unassigned(value)) return false;
  if (value->is_string()) return !value->get_ref<const std::string&>().empty();
  return !value->is_object() || !value->empty();
}

std::string shown(const Value* value) {
  if (value == nullptr) return "nothing";
  auto text = value->dump(-1, ' ', false, Value::error_handler_t::replace);
  if (text.size() <= longest_shown) return text;
  return fmt::format("{}… ({} bytes)", base::utf8_prefix(text, longest_shown), text.size());
}

std::optional<std::string> wrong_check(const Value& check) {
  if (!is_operator_map(check)) return std::nullopt;
  for (const auto& [name, wanted] : check.items()) {
    if (std::ranges::find(operators, name) == operators.end())
      return unknown_key_message(name, operators) + "; write {is: …} for an object";
    if (auto wrong = wrong_operand(name, wanted)) return wrong;
  }
  return std::nullopt;
}

std::string check_text(const Value& check) {
  if (!is_operator_map(check)) return shown(&check);
  std::vector<std::string> parts;
  for (const auto& [name, wanted] : check.items()) {
    const bool flag = wanted.is_boolean() && (name == "present" || name == "absent" || name == "missing" || name == "unique");
    if (flag) {
      parts.push_back(fmt::format("{}{}", wanted.get<bool>() ? "" : "not ", name));
    } else if (name == "every" || name == "some" || name == "none" || name == "exactly_one" || name == "count") {
      parts.push_back(fmt::format("{}: {}", name == "exactly_one" ? "exactly one" : name, check_text(wanted)));
    } else if (name == "is") {
      parts.push_back(shown(&wanted));
    } else {
      std::string word(name);
      std::ranges::replace(word, '_', ' ');
      parts.push_back(fmt::format("{} {}", word, shown(&wanted)));
    }
  }
  return fmt::format("{}", fmt::join(parts, " and "));
}

void apply_check(const Value& document, std::string_view path, const Value& check, std::string_view subject,
                 std::vector<Difference>& out) {
  for (const auto& found : find_all(document, path)) {
    if (holds(found.value, check)) continue;
    out.push_back({fmt::format("{} {}", subject, found.where), check_text(check), shown(found.value)});
  }
}

}  // namespace scenarios::probe
