#include "scenarios/catalog.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "scenarios/script/yaml_tree.h"

namespace scenarios {
namespace {

constexpr std::array<std::pair<RuleLevel, std::string_view>, 7> level_words{
    {{RuleLevel::must, "must"},
     {RuleLevel::must_not, "must_not"},
     {RuleLevel::should, "should"},
     {RuleLevel::should_not, "should_not"},
     {RuleLevel::may, "may"},
     {RuleLevel::implied, "implied"},
     {RuleLevel::field, "field"}}};

/// One string or a list of them.
std::vector<std::string> list_of(const YamlNode& map, std::string_view key) {
  const auto* value = map.member(key);
  std::vector<std::string> out;
  if (value == nullptr) return out;
  if (value->kind == YamlNode::Kind::scalar) out.push_back(value->scalar);
  for (const auto& item : value->items) out.push_back(item.scalar);
  return out;
}

/// Each is what it says, or a map of that and of its scripts.
std::expected<void, ScriptError> read_readings(const YamlNode& node, Rule& rule) {
  const auto* readings = node.member("readings");
  if (readings == nullptr) return {};
  for (const auto& item : readings->items) {
    const bool plain = item.kind == YamlNode::Kind::scalar;
    RuleReading reading{plain ? item.scalar : item.text("says"), list_of(item, "scripts")};
    if (reading.says.empty()) return std::unexpected(ScriptError{item.place, "a reading says something"});
    rule.readings.push_back(std::move(reading));
  }
  return {};
}

std::expected<void, ScriptError> read_level(const YamlNode& node, Rule& rule) {
  const auto* value = node.member("level");
  if (value == nullptr) return {};
  const auto word = std::ranges::find(level_words, std::string_view(value->scalar),
                                      [](const auto& entry) { return entry.second; });
  if (word == level_words.end())
    return std::unexpected(ScriptError{value->place, fmt::format("'{}' is no level", value->scalar)});
  rule.level = word->first;
  return {};
}

std::expected<void, ScriptError> read_link(const YamlNode& node, Rule& rule) {
  const auto* value = node.member("link");
  if (value == nullptr) return {};
  if (!value->scalar.starts_with("https://"))
    return std::unexpected(ScriptError{value->place, "a link begins with https://"});
  rule.link = value->scalar;
  return {};
}

/// `sources` and `reasons` are the file's texts that stand once for many rules; `reasons` may be null.
std::expected<Rule, ScriptError> read_rule(const YamlNode& node, const YamlNode& sources,
                                           const YamlNode* reasons) {
  Rule rule;
  rule.id = node.text("id");
  rule.title = node.text("title");
  rule.law = node.text("law");
  rule.why = node.text("why");
  rule.trust = node.text("trust");
  const auto detail = node.text("detail");
  for (const auto& key : list_of(node, "source")) {
    const auto* title = sources.member(key);
    auto source = title != nullptr ? title->scalar : key;
    if (!detail.empty()) source += fmt::format(" ({})", detail);
    rule.sources.push_back(std::move(source));
  }
  rule.untested = node.text("untested");
  if (const auto* shared = reasons == nullptr ? nullptr : reasons->member(rule.untested))
    rule.untested = shared->scalar;
  if (rule.id.empty() || rule.title.empty() || rule.law.empty() || rule.why.empty() || rule.sources.empty())
    return std::unexpected(ScriptError{node.place, "a rule has an id, a title, a law, a why and a source"});
  if (auto read = read_level(node, rule); !read) return std::unexpected(read.error());
  if (auto read = read_readings(node, rule); !read) return std::unexpected(read.error());
  if (auto read = read_link(node, rule); !read) return std::unexpected(read.error());
  return rule;
}

}  // namespace

std::string_view level_text(RuleLevel level) {
  return std::ranges::find(level_words, level, [](const auto& entry) { return entry.first; })->second;
}

base::Result<Catalog> Catalog::load() {
  Catalog catalog;
  for (const auto& file : embedded_catalog()) {
    if (auto added = catalog.add(file.name, file.text); !added) return std::unexpected(added.error());
  }
  return catalog;
}

base::Result<void> Catalog::add(std::string_view area, std::string_view yaml) {
  const auto root = read_yaml(yaml);
  const auto fail_at = [&](Place place, std::string_view why) {
    return base::fail(fmt::format("catalogue {}:{}:{}: {}", area, place.line, place.column, why));
  };
  if (!root) return fail_at(root.error().place, root.error().message);
  const auto* rules = root->member("rules");
  const auto* sources = root->member("sources");
  const auto* reasons = root->member("reasons");
  if (rules == nullptr || sources == nullptr) return fail_at(root->place, "sources and rules are expected");
  for (const auto& node : rules->items) {
    auto rule = read_rule(node, *sources, reasons);
    if (!rule) return fail_at(rule.error().place, rule.error().message);
    rule->area = std::string(area);
    if (!by_id_.emplace(rule->id, rules_.size()).second)
      return fail_at(node.place, "this id stands twice: " + rule->id);
    rules_.push_back(std::move(*rule));
  }
  return {};
}

const Rule* Catalog::find(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &rules_[found->second];
}

std::vector<std::string_view> Catalog::ids() const {
  std::vector<std::string_view> out;
  for (const auto& rule : rules_) out.emplace_back(rule.id);
  return out;
}

}  // namespace scenarios
