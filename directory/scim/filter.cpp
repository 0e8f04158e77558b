#include "directory/scim/filter.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace directory::scim {
namespace {

constexpr std::array<std::string_view, 9> operator_names{"eq", "ne", "co", "sw", "ew",
                                                         "gt", "lt", "ge", "le"};

/// Prints `filter`, in brackets where a part of an `and` (or of an `or`) needs them to be read as it is.
std::string in_brackets(const Filter& filter, bool needed) {
  return needed ? fmt::format("({})", to_text(filter)) : to_text(filter);
}

std::string joined(const std::vector<Filter>& parts, std::string_view joiner, bool brackets_any) {
  std::string out;
  for (const auto& part : parts) {
    if (!out.empty()) out += joiner;
    const bool same_kind = brackets_any ? std::holds_alternative<All>(part.node) : false;
    out += in_brackets(part, same_kind || std::holds_alternative<Any>(part.node));
  }
  return out;
}

struct Printer {
  std::string operator()(const Comparison& comparison) const {
    return fmt::format("{} {} {}", comparison.path.text(), to_text(comparison.op),
                       base::to_text(comparison.value));
  }
  std::string operator()(const Presence& presence) const { return presence.path.text() + " pr"; }
  std::string operator()(const All& all) const { return joined(all.parts, " and ", true); }
  std::string operator()(const Any& any) const { return joined(any.parts, " or ", false); }
  std::string operator()(const Not& negation) const {
    return fmt::format("not ({})", to_text(negation.part.front()));
  }
  std::string operator()(const ValuePath& value_path) const {
    return fmt::format("{}[{}]", value_path.path.text(), to_text(value_path.filter.front()));
  }
};

}  // namespace

bool All::operator==(const All& other) const {
  return parts == other.parts;
}
bool Any::operator==(const Any& other) const {
  return parts == other.parts;
}
bool Not::operator==(const Not& other) const {
  return part == other.part;
}
bool ValuePath::operator==(const ValuePath& other) const {
  return path == other.path && filter == other.filter;
}

std::string to_text(const Filter& filter) {
  return std::visit(Printer{}, filter.node);
}

std::string to_text(const TargetPath& path) {
  if (!path.filter) return path.attribute.text();
  const auto& attribute = path.attribute;
  return fmt::format("{}[{}]{}{}", AttributePath{attribute.schema, attribute.attribute, {}}.text(),
                     to_text(*path.filter), attribute.sub_attribute.empty() ? "" : ".",
                     attribute.sub_attribute);
}

std::string_view to_text(Operator op) {
  return operator_names[static_cast<std::size_t>(op)];
}

std::vector<const Comparison*> conjunction(const Filter& filter) {
  if (const auto* comparison = std::get_if<Comparison>(&filter.node)) return {comparison};
  const auto* all = std::get_if<All>(&filter.node);
  if (all == nullptr) return {};
  std::vector<const Comparison*> comparisons;
  for (const auto& part : all->parts) {
    const auto inner = conjunction(part);
    if (inner.empty()) return {};
    comparisons.insert(comparisons.end(), inner.begin(), inner.end());
  }
  return comparisons;
}

}  // namespace directory::scim
