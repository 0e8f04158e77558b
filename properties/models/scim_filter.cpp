#include "properties/models/scim_filter.h"

#include <algorithm>

namespace properties::models {
namespace {

std::string in_small_letters(std::string text) {
  for (auto& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

std::string_view op_text(ScimTest::Op op) {
  switch (op) {
    case ScimTest::Op::eq: return "eq";
    case ScimTest::Op::co: return "co";
    case ScimTest::Op::sw: return "sw";
    case ScimTest::Op::ew: return "ew";
    case ScimTest::Op::pr: return "pr";
  }
  return "";
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

bool holds(ScimTest::Op op, const std::string& there, const std::string& value) {
  switch (op) {
    case ScimTest::Op::eq: return there == value;
    case ScimTest::Op::co: return there.find(value) != std::string::npos;
    case ScimTest::Op::sw: return there.starts_with(value);
    case ScimTest::Op::ew: return there.ends_with(value);
    case ScimTest::Op::pr: return !there.empty();
  }
  return false;
}

std::optional<bool> passes(const ScimTest& test, const ScimUser& user) {
  std::optional<std::string> there = user.user_name;
  if (test.attribute != "userName") {
    const auto known = user.values.find(test.attribute);
    if (known == user.values.end()) return std::nullopt;
    there = known->second;
  }
  bool passed = false;
  if (there) {
    const bool exact = test.attribute == "externalId";
    passed = exact ? holds(test.op, *there, test.value) : holds(test.op, in_small_letters(*there), in_small_letters(test.value));
  }
  return passed != test.negated;
}

}  // namespace

std::string text_of(const ScimFilter& filter) {
  std::string out;
  for (const auto& [test, is_or] : filter.terms) {
    if (!out.empty()) out += is_or ? " or " : " and ";
    std::string one = test.attribute + " " + std::string(op_text(test.op));
    if (test.op != ScimTest::Op::pr) one += " " + quoted(test.value);
    out += test.negated ? "not (" + one + ")" : one;
  }
  return out;
}

std::optional<bool> selects(const ScimFilter& filter, const ScimUser& user) {
  bool any = false;
  bool all = true;
  for (std::size_t i = 0; i < filter.terms.size(); ++i) {
    const auto passed = passes(filter.terms[i].test, user);
    if (!passed) return std::nullopt;
    if (i > 0 && filter.terms[i].is_or) {
      any = any || all;
      all = true;
    }
    all = all && *passed;
  }
  return any || all;
}

}  // namespace properties::models
