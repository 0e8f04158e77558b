// Reads maps of settings from a YAML tree, strictly: each key has a reader, and an unknown one is an error with the nearest
// known key. For files that are read field by field: cases and the configuration of targets.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/instant.h"
#include "scenarios/probe/probe.h"
#include "scenarios/script/nearest.h"
#include "scenarios/script/yaml_tree.h"

namespace scenarios::probe {

/// A node as JSON: plain scalars that YAML reads as numbers, booleans or null are those, everything else is text.
[[nodiscard]] Value to_value(const YamlNode& node);

using Pairs = std::vector<std::pair<std::string, Value>>;

/// Keeps the first error; what is read after it is of no use.
class StrictReader {
 public:
  using Fields = std::map<std::string_view, std::function<void(const YamlNode&)>>;

  std::optional<ScriptError> error;

  void fail(const YamlNode& node, std::string message);
  std::string text(const YamlNode& node);
  /// One text or a list of them.
  std::vector<std::string> texts(const YamlNode& node);
  bool boolean(const YamlNode& node);
  std::int64_t number(const YamlNode& node, std::int64_t least, std::int64_t most);
  base::Duration duration(const YamlNode& node);
  Pairs pairs(const YamlNode& node);
  Level level(const YamlNode& node);
  Severity severity(const YamlNode& node);
  /// Hands each member of a map to the reader of its key.
  void members(const YamlNode& node, const Fields& fields);

  /// One of these words.
  template <class Enum>
  Enum word(const YamlNode& node, const std::vector<std::pair<std::string_view, Enum>>& words) {
    std::vector<std::string_view> names;
    for (const auto& [name, value] : words) {
      if (node.kind == YamlNode::Kind::scalar && node.scalar == name) return value;
      names.push_back(name);
    }
    fail(node, fmt::format("'{}' is none of: {}", shown_word(node.scalar), fmt::join(names, ", ")));
    return words.front().second;
  }
};

}  // namespace scenarios::probe
