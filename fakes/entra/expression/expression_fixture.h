// A user for expressions, and outcomes as one text, so that a test is a table of expressions and what they make.
#pragma once

#include <gtest/gtest.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fakes/entra/expression/evaluation.h"
#include "fakes/entra/expression/parser.h"

namespace fakes::entra::expression {

using Attributes = std::map<std::string, Value, std::less<>>;

struct SampleContext final : Context {
  explicit SampleContext(Attributes values = {}) : attributes(std::move(values)) {}

  [[nodiscard]] Value attribute(std::string_view name) const override {
    const auto found = attributes.find(name);
    return found == attributes.end() ? Value{} : found->second;
  }
  [[nodiscard]] base::Instant now() const override { return instant; }
  [[nodiscard]] base::Rng* rng() override { return draws ? &random : nullptr; }
  [[nodiscard]] bool unchanged(std::string_view name) const override { return unchanged_names.contains(name); }
  [[nodiscard]] bool forgets_unchanged() const override { return has_fault; }

  Attributes attributes;
  base::Instant instant = base::parse_rfc3339("2021-07-02T15:33:38Z").value();
  base::Rng random{1};
  bool draws = true;
  std::set<std::string, std::less<>> unchanged_names{};
  bool has_fault = false;
};

/// `null`, `"a text"`, `True`, `42` or `["one", "two"]`.
inline std::string shown(const Value& value) {
  const auto quoted = [](std::string_view text) { return fmt::format("\"{}\"", text); };
  if (is_null(value)) return "null";
  if (const auto* text = std::get_if<std::string>(&value)) return quoted(*text);
  const auto* list = std::get_if<Texts>(&value);
  if (list == nullptr) return *as_text(value);
  std::vector<std::string> parts;
  for (const auto& text : *list) parts.push_back(quoted(text));
  return fmt::format("[{}]", fmt::join(parts, ", "));
}

/// The value, with `ignored` or `redacted` behind it; of an error its code; of what cannot be parsed why.
inline std::string result(std::string_view text, Context& context) {
  const auto expression = parse(text);
  if (!expression) return expression.error().message;
  const auto outcome = evaluate(*expression, context);
  if (!outcome) return std::string(to_text(outcome.error().code));
  return shown(outcome->value) + (outcome->ignored ? " ignored" : "") + (outcome->redacted ? " redacted" : "");
}

inline std::string result(std::string_view text, Attributes attributes = {}) {
  SampleContext context(std::move(attributes));
  return result(text, context);
}

struct Example {
  std::string_view expression;
  std::string result;
  Attributes attributes{};
};

inline void expect(const std::vector<Example>& examples) {
  for (const auto& [expression, wanted, attributes] : examples) {
    EXPECT_EQ(result(expression, attributes), wanted) << expression;
  }
}

}  // namespace fakes::entra::expression
