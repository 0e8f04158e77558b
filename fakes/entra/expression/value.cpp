#include "fakes/entra/expression/value.h"

#include <fmt/format.h>

#include <charconv>

#include "base/encoding.h"

namespace fakes::entra::expression {

bool is_null(const Value& value) { return std::holds_alternative<std::monostate>(value); }

bool is_null_or_empty(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return text->empty();
  if (const auto* list = std::get_if<Texts>(&value)) return list->empty();
  return is_null(value);
}

std::string_view spelling(bool truth) { return truth ? "True" : "False"; }

std::optional<std::string> as_text(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* truth = std::get_if<bool>(&value)) return std::string(spelling(*truth));
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* list = std::get_if<Texts>(&value); list != nullptr && list->size() == 1) return list->front();
  return std::nullopt;
}

std::optional<std::int64_t> as_integer(const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
  if (std::holds_alternative<bool>(value)) return std::nullopt;
  const auto text = as_text(value);
  return text ? read_integer(*text) : std::nullopt;
}

std::optional<bool> as_truth(const Value& value) {
  if (const auto* truth = std::get_if<bool>(&value)) return *truth;
  if (const auto number = as_integer(value)) return *number != 0;
  const auto text = as_text(value);
  for (const bool truth : {true, false}) {
    if (text && base::equals_ignoring_case(*text, spelling(truth))) return truth;
  }
  return std::nullopt;
}

Texts as_list(const Value& value) {
  if (const auto* list = std::get_if<Texts>(&value)) return *list;
  const auto text = as_text(value);
  return text ? Texts{*text} : Texts{};
}

std::string kind_of(const Value& value) {
  if (is_null(value)) return "null";
  if (std::holds_alternative<std::string>(value)) return "a text";
  if (std::holds_alternative<bool>(value)) return "a boolean";
  if (std::holds_alternative<std::int64_t>(value)) return "an integer";
  return fmt::format("a list of {} values", std::get<Texts>(value).size());
}

std::optional<std::int64_t> read_integer(std::string_view text) {
  int radix = 10;
  if (text.starts_with("&H") || text.starts_with("&h")) {
    radix = 16;
    text.remove_prefix(2);
    if (text.starts_with('-')) return std::nullopt;
  } else if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  std::int64_t number = 0;
  const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), number, radix);
  if (failure != std::errc{} || stop != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace fakes::entra::expression
