#include "scenarios/proof/proof_table.h"

#include <fmt/format.h>

#include <utility>

#include "scenarios/probe/strict_reader.h"

namespace scenarios::proof {
namespace {

using probe::StrictReader;

/// `scim/create/location`, or `{scim/sort/not_offered: refused}`.
void read_case(StrictReader& in, const YamlNode& node, Turned& into) {
  const auto add = [&](const YamlNode& id, Turn turn) {
    if (id.scalar.empty()) return in.fail(id, "the id of a case is expected here");
    if (!into.emplace(id.scalar, turn).second) in.fail(id, fmt::format("'{}' stands here twice", shown_word(id.scalar)));
  };
  if (node.kind == YamlNode::Kind::scalar) return add(node, Turn::red);
  if (node.kind != YamlNode::Kind::map || node.members.size() != 1)
    return in.fail(node, "a case is expected here: its id, or {ID: refused}");
  const auto& [id, verdict] = node.members.front();
  add(id, in.word<Turn>(verdict, {{"refused", Turn::refused}, {"unclear", Turn::unclear}}));
}

Turned read_cases(StrictReader& in, const YamlNode& node) {
  Turned out;
  if (node.kind != YamlNode::Kind::sequence || node.items.empty()) in.fail(node, "a list of cases is expected here");
  for (const auto& item : node.items) read_case(in, item, out);
  return out;
}

std::string read_reason(StrictReader& in, const YamlNode& node) {
  auto out = in.text(node);
  if (out.empty()) in.fail(node, "a reason is expected here");
  return out;
}

Beside read_beside(StrictReader& in, const YamlNode& node) {
  Beside out;
  in.members(node, {{"why", [&](const YamlNode& value) { out.why = read_reason(in, value); }},
                    {"cases", [&](const YamlNode& value) { out.cases = read_cases(in, value); }}});
  if (out.why.empty() || out.cases.empty()) in.fail(node, "both why and cases are expected here");
  return out;
}

template <class Value>
std::map<std::string, Value, std::less<>> read_map(StrictReader& in, const YamlNode& node,
                                                   Value (*read)(StrictReader&, const YamlNode&)) {
  std::map<std::string, Value, std::less<>> out;
  if (node.kind != YamlNode::Kind::map) in.fail(node, "a map is expected here");
  for (const auto& [key, value] : node.members) out.emplace(key.scalar, read(in, value));
  return out;
}

std::set<std::string, std::less<>> read_unseen(StrictReader& in, const YamlNode& node) {
  std::set<std::string, std::less<>> out;
  if (node.kind != YamlNode::Kind::sequence) in.fail(node, "a list of switches is expected here");
  for (const auto& item : node.items) {
    if (!out.insert(in.text(item)).second) in.fail(item, fmt::format("'{}' stands here twice", shown_word(item.scalar)));
  }
  return out;
}

/// Where a list says of a switch what another denies.
void refuse_contradictions(StrictReader& in, const YamlNode& section, std::string_view name, const ProofTable& table) {
  if (name == "unseen") {
    for (const auto& item : section.items) {
      if (table.switches.contains(item.scalar) || table.beside.contains(item.scalar))
        in.fail(item, fmt::format("'{}' is unseen, and turns cases red above", shown_word(item.scalar)));
    }
  }
  if (name != "beside") return;
  for (const auto& [key, value] : section.members) {
    const auto own = table.switches.find(key.scalar);
    if (own == table.switches.end()) continue;
    for (const auto& [id, turn] : table.beside.at(key.scalar).cases) {
      if (own->second.contains(id)) in.fail(key, fmt::format("'{}' stands among its switches too", shown_word(id)));
    }
  }
}

}  // namespace

std::string_view to_text(Turn turn) {
  switch (turn) {
    case Turn::refused: return "refused";
    case Turn::unclear: return "unclear";
    case Turn::red: break;
  }
  return "red";
}

Turned ProofTable::expected(std::string_view name) const {
  Turned out;
  if (const auto own = switches.find(name); own != switches.end()) out = own->second;
  if (const auto more = beside.find(name); more != beside.end()) out.insert(more->second.cases.begin(), more->second.cases.end());
  return out;
}

std::expected<ProofTable, ScriptError> read_proof_table(std::string_view yaml) {
  const auto root = read_yaml(yaml);
  if (!root) return std::unexpected(root.error());
  ProofTable table;
  StrictReader in;
  int version = 0;
  in.members(*root, {{"proof", [&](const YamlNode& value) { version = static_cast<int>(in.number(value, 1, 1)); }},
                     {"switches", [&](const YamlNode& value) { table.switches = read_map<Turned>(in, value, read_cases); }},
                     {"beside", [&](const YamlNode& value) { table.beside = read_map<Beside>(in, value, read_beside); }},
                     {"unseen", [&](const YamlNode& value) { table.unseen = read_unseen(in, value); }},
                     {"unproven", [&](const YamlNode& value) { table.unproven = read_map<std::string>(in, value, read_reason); }}});
  if (version == 0) in.fail(*root, "a table begins with proof: 1");
  if (!in.error) {
    for (const auto& [key, section] : root->members) refuse_contradictions(in, section, key.scalar, table);
  }
  if (in.error) return std::unexpected(*in.error);
  return table;
}

}  // namespace scenarios::proof
