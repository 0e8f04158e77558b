// Scenario text as a tree of our own, with the place of every node. YAML is read strictly: what makes a
// script mean something other than it shows (duplicate keys, anchors, tags, a second document) is refused,
// not interpreted.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scenarios {

/// Where something stands in a script: 1-based, columns in bytes.
struct Place {
  int line = 0;
  int column = 0;

  bool operator==(const Place&) const = default;
};

/// What is wrong with a script, and where.
struct ScriptError {
  Place place;
  std::string message;

  bool operator==(const ScriptError&) const = default;
};

struct YamlNode {
  enum class Kind { null, scalar, sequence, map };

  YamlNode();  // elsewhere: a pair of nodes cannot be made inside the node's own definition

  Kind kind = Kind::null;
  std::string scalar;   ///< the text of a scalar, quotes and escapes resolved
  bool quoted = false;  ///< written in quotes or as a block (`|`, `>`): never a number, boolean or null
  Place place;          ///< an empty value has the place of its key, or of its dash
  std::vector<YamlNode> items;                         ///< of a sequence
  std::vector<std::pair<YamlNode, YamlNode>> members;  ///< of a map, in order; keys are scalars

  /// The value of a map's key; null where there is none.
  [[nodiscard]] const YamlNode* member(std::string_view key) const;
  /// The text of that value, if it is a scalar; empty where there is none.
  [[nodiscard]] std::string text(std::string_view key) const;
};

/// The longest text that is read, in bytes.
inline constexpr std::size_t largest_script = 1 << 20;
/// How many lists and maps may stand inside each other, the outermost counted.
inline constexpr int deepest_nesting = 64;

/// Reads one YAML document. A leading byte order mark is skipped; an empty document is a null node. Refused,
/// each with its place: more than `largest_script` bytes, invalid UTF-8, control characters other than tab
/// and line ends, nesting deeper than `deepest_nesting`, anchors, aliases, explicit tags, a second document,
/// duplicate keys (naming the line of the first), keys that are not text, and whatever the YAML library
/// refuses. Linear in the length of the text.
[[nodiscard]] std::expected<YamlNode, ScriptError> read_yaml(std::string_view text);

}  // namespace scenarios
