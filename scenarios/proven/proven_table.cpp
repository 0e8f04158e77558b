#include "scenarios/proven/proven_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include "scenarios/probe/strict_reader.h"

namespace scenarios::proven {
namespace {

using probe::StrictReader;

constexpr std::string_view heading =
    "# Which scripts each seeded defect turns red, and on which of the rules that it breaks. Written by the target approve_proven;\n"
    "# the tests beside it play every defect and compare.\n"
    "proven: 1\n";

Names read_rules(StrictReader& in, const YamlNode& node) {
  Names out;
  if (node.kind != YamlNode::Kind::sequence) in.fail(node, "a list of rules is expected here");
  for (const auto& item : node.items) {
    if (!out.insert(in.text(item)).second) in.fail(item, fmt::format("'{}' stands here twice", shown_word(item.scalar)));
  }
  return out;
}

Turned read_turned(StrictReader& in, const YamlNode& node) {
  Turned out;
  if (node.kind != YamlNode::Kind::map) in.fail(node, "a map of scripts is expected here");
  for (const auto& [script, rules] : node.members) out.emplace(script.scalar, read_rules(in, rules));
  return out;
}

std::string read_reason(StrictReader& in, const YamlNode& node) {
  auto out = in.text(node);
  if (out.empty()) in.fail(node, "a reason is expected here");
  return out;
}

/// Reads one file of two keys: its version, and a map that `entry` is given the members of.
std::optional<ScriptError> read_file(std::string_view yaml, std::string_view key,
                                     const std::function<void(StrictReader&, const std::string&, const YamlNode&)>& entry) {
  const auto root = read_yaml(yaml);
  if (!root) return root.error();
  StrictReader in;
  bool versioned = false;
  const auto read = [&](const YamlNode& node) {
    if (node.kind != YamlNode::Kind::map) in.fail(node, "a map is expected here");
    for (const auto& [name, value] : node.members) entry(in, name.scalar, value);
  };
  in.members(*root, {{"proven", [&](const YamlNode& value) { versioned = in.number(value, 1, 1) == 1; }}, {key, read}});
  if (!versioned) in.fail(*root, "a table begins with proven: 1");
  return in.error;
}

const std::string* embedded_text(std::string_view name) {
  const auto& texts = embedded_proven();
  const auto found = std::ranges::find(texts, name, &EmbeddedText::name);
  return found == texts.end() ? nullptr : &found->text;
}

}  // namespace

RuleProof proof_of(const ProvenTable& table, std::string_view rule, const Names& scripts) {
  RuleProof proof{{}, scripts};
  for (const auto& [defect, turned] : table.turned) {
    for (const auto& [script, rules] : turned) {
      if (!rules.contains(rule)) continue;
      proof.defects.insert(defect);
      proof.missed.erase(script);
    }
  }
  return proof;
}

std::string path_in_library(std::string_view path) {
  constexpr std::string_view folder = "scenarios/";
  const auto at = path.rfind(folder);
  if (at == std::string_view::npos) return {};
  const auto rest = path.substr(at + folder.size());
  const bool ours = rest.starts_with("library/") || rest.starts_with("regressions/");
  return ours ? std::string(rest) : std::string();
}

std::expected<ProvenTable, ScriptError> read_proven_table(std::string_view turned, std::string_view unproven) {
  ProvenTable table;
  const auto add_turned = [&](StrictReader& in, const std::string& defect, const YamlNode& value) {
    table.turned.emplace(defect, read_turned(in, value));
  };
  if (auto error = read_file(turned, "turned", add_turned)) return std::unexpected(*std::move(error));
  const auto add_reason = [&](StrictReader& in, const std::string& rule, const YamlNode& value) {
    table.unproven.emplace(rule, read_reason(in, value));
  };
  if (auto error = read_file(unproven, "unproven", add_reason)) return std::unexpected(*std::move(error));
  return table;
}

std::string write_turned(const std::map<std::string, Turned, std::less<>>& turned) {
  std::string out(heading);
  out += "turned:\n";
  for (const auto& [defect, scripts] : turned) {
    out += fmt::format("  {}:{}\n", defect, scripts.empty() ? " {}" : "");
    for (const auto& [script, rules] : scripts) out += fmt::format("    {}: [{}]\n", script, fmt::join(rules, ", "));
  }
  return out;
}

base::Result<ProvenTable> load_proven_table() {
  const auto* turned = embedded_text("turned");
  const auto* unproven = embedded_text("unproven");
  if (turned == nullptr || unproven == nullptr) return base::fail("the program holds no table of what is proven");
  auto table = read_proven_table(*turned, *unproven);
  if (!table) {
    const auto& [place, message] = table.error();
    return base::fail(fmt::format("scenarios/proven:{}:{}: {}", place.line, place.column, message));
  }
  return *std::move(table);
}

}  // namespace scenarios::proven
