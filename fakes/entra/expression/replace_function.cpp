// Replace, whose mode is a matter of which arguments are given. [Entra provisioning-clients 2.19-22]
#include <fmt/format.h>

#include "fakes/entra/expression/families.h"
#include "fakes/entra/expression/replacement.h"

namespace fakes::entra::expression {
namespace {

constexpr std::size_t source = 0;
constexpr std::size_t old_value = 1;
constexpr std::size_t regex_pattern = 2;
constexpr std::size_t regex_group_name = 3;
constexpr std::size_t replacement_value = 4;
constexpr std::size_t replacement_attribute = 5;
constexpr std::size_t text_template = 6;

/// `within` with every `old` replaced.
Value replace_text(Arguments& arguments, const std::string& within, const std::string& old, const std::string& replacement) {
  if (old.empty()) return arguments.fail(ErrorCode::bad_argument, "oldValue is empty");
  std::string out;
  for (std::size_t at = 0; at <= within.size();) {
    const auto found = std::min(within.find(old, at), within.size());
    out.append(within, at, found - at);
    if (found == within.size()) break;
    out += replacement;
    if (!arguments.fits(out.size())) return {};
    at = found + old.size();
  }
  return out;
}

Value from_optional(Arguments& arguments, std::optional<std::string> text) {
  if (text) return *std::move(text);
  arguments.fits(longest_text + 1);
  return {};
}

std::optional<Pattern> pattern_of(Arguments& arguments) {
  auto pattern = Pattern::compile(arguments.text_or_empty(regex_pattern));
  if (!pattern) {
    arguments.fail(ErrorCode::bad_pattern, fmt::format("the regular expression cannot be used: {}", pattern.error()));
    return std::nullopt;
  }
  if (!arguments.given(regex_group_name)) return *std::move(pattern);
  const auto group = arguments.text_or_empty(regex_group_name);
  if (!pattern->has_group(group)) {
    arguments.fail(ErrorCode::bad_argument, fmt::format("the regular expression has no group '{}'", group));
    return std::nullopt;
  }
  return *std::move(pattern);
}

Value by_pattern(Arguments& arguments, const std::optional<std::string>& text) {
  const auto pattern = pattern_of(arguments);
  if (!pattern) return {};
  const auto group = arguments.text_or_empty(regex_group_name);
  if (arguments.given(replacement_attribute)) {
    if (text && !text->empty()) return *text;
    const auto found = pattern->extract(arguments.text_or_empty(replacement_attribute), group);
    return found ? Value(*found) : Value();
  }
  const auto replacement = arguments.text_or_empty(replacement_value);
  if (!text || arguments.failed()) return {};
  return from_optional(arguments, arguments.given(regex_group_name)
                                      ? pattern->replace_group(*text, group, replacement, longest_text)
                                      : pattern->replace_all(*text, replacement, longest_text));
}

}  // namespace

/// Assumed: a source that is null stays null, but where another attribute stands in for it.
Value replace(Arguments& arguments) {
  const auto has = [&arguments](std::size_t i) { return arguments.given(i); };
  const auto text = arguments.text(source);
  const bool with_group = has(regex_group_name);
  const bool replaces = has(replacement_value);
  if (has(old_value) && !has(regex_pattern) && !with_group && !has(replacement_attribute) && replaces != has(text_template)) {
    const auto old = arguments.text_or_empty(old_value);
    const auto other = arguments.text_or_empty(replaces ? replacement_value : text_template);
    if (!text || arguments.failed()) return {};
    return replaces ? replace_text(arguments, *text, old, other) : replace_text(arguments, other, old, *text);
  }
  const bool stands_in = has(replacement_attribute) && with_group;
  if (has(regex_pattern) && !has(old_value) && !has(text_template) && replaces != stands_in &&
      (stands_in || !has(replacement_attribute))) {
    return by_pattern(arguments, text);
  }
  return arguments.fail(ErrorCode::bad_argument,
                        "give oldValue with replacementValue or template, or regexPattern with replacementValue, with "
                        "regexGroupName and replacementValue, or with regexGroupName and replacementAttributeName");
}

}  // namespace fakes::entra::expression
