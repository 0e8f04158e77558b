#include "scenarios/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <expected>
#include <utility>

#include "scenarios/script/yaml_tree.h"

namespace scenarios {
namespace {

/// `reasons` holds what stands once for many facts, and may be null.
std::expected<Fact, ScriptError> read_fact(const YamlNode& node, std::string_view prefix, const YamlNode& sources,
                                           const YamlNode* reasons) {
  const auto fail = [&](std::string_view why) { return std::unexpected(ScriptError{node.place, std::string(why)}); };
  for (const auto& [key, value] : node.members) {
    if (key.scalar != "id" && key.scalar != "says" && key.scalar != "source" && key.scalar != "trust" && key.scalar != "untested")
      return fail(fmt::format("'{}' is no part of a fact", key.scalar));
  }
  Fact fact;
  const auto id = node.text("id");
  const auto source = node.text("source");
  fact.id = fmt::format("{} {}", prefix, id);
  fact.says = node.text("says");
  fact.trust = node.text("trust");
  if (id.empty() || fact.says.empty() || source.empty()) return fail("a fact has an id, says something, and has a source");
  const auto* title = sources.member(source);
  if (title == nullptr) return fail(fmt::format("'{}' is none of the sources", source));
  fact.source = title->scalar;
  if (fact.trust != "firm" && fact.trust != "medium" && fact.trust != "low") return fail("trust is firm, medium or low");
  fact.untested = node.text("untested");
  if (const auto* shared = reasons == nullptr ? nullptr : reasons->member(fact.untested)) fact.untested = shared->scalar;
  return fact;
}

}  // namespace

base::Result<Facts> Facts::load() {
  Facts facts;
  for (const auto& file : embedded_facts()) {
    if (auto added = facts.add(file.name, file.text); !added) return std::unexpected(added.error());
  }
  return facts;
}

base::Result<void> Facts::add(std::string_view file, std::string_view yaml) {
  const auto fail_at = [&](Place place, std::string_view why) {
    return base::fail(fmt::format("facts {}:{}:{}: {}", file, place.line, place.column, why));
  };
  const auto root = read_yaml(yaml);
  if (!root) return fail_at(root.error().place, root.error().message);
  const auto* facts = root->member("facts");
  const auto* sources = root->member("sources");
  const auto prefix = root->text("cited_as");
  if (facts == nullptr || sources == nullptr || prefix.empty())
    return fail_at(root->place, "cited_as, sources and facts are expected");
  for (const auto& node : facts->items) {
    auto fact = read_fact(node, prefix, *sources, root->member("reasons"));
    if (!fact) return fail_at(fact.error().place, fact.error().message);
    if (!by_id_.emplace(fact->id, facts_.size()).second) return fail_at(node.place, "this id stands twice: " + fact->id);
    facts_.push_back(std::move(*fact));
  }
  if (std::ranges::find(prefixes_, prefix) == prefixes_.end()) prefixes_.push_back(prefix);
  return {};
}

const Fact* Facts::find(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &facts_[found->second];
}

std::map<std::string, std::vector<std::string>> tests_of_facts(const std::vector<CoveringTest>& tests) {
  std::map<std::string, std::vector<std::string>> out;
  for (const auto& test : tests) {
    for (const auto& id : test.facts) out[id].push_back(fmt::format("{} {}", test.path, test.name));
  }
  return out;
}

std::string markdown_of_untested(const Facts& facts, const std::vector<CoveringTest>& tests) {
  const auto tested = tests_of_facts(tests);
  std::string rows;
  std::size_t count = 0;
  for (const auto& fact : facts.all()) {
    if (tested.contains(fact.id)) continue;
    ++count;
    rows += fmt::format("| {} | {} | {} |\n", fact.id, fact.says, fact.untested.empty() ? "no reason is given" : fact.untested);
  }
  const auto all = facts.all().size();
  return fmt::format(
      "# Facts without a test\n\n"
      "Of the {} facts in `scenarios/facts/`, {} are cited by a test and {} are not ({:.1f} %). Written by\n"
      "`./lockstep list facts --format markdown > docs/facts-without-a-test.md`.\n\n"
      "| fact | what it says | why no test shows it |\n| --- | --- | --- |\n{}",
      all, all - count, count, all == 0 ? 0.0 : 100.0 * static_cast<double>(count) / static_cast<double>(all), rows);
}

}  // namespace scenarios
