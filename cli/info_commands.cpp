// Commands that tell and run nothing: check, list, explain.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <set>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/places.h"
#include "scenarios/catalog.h"
#include "scenarios/engine/library.h"
#include "scenarios/script/nearest.h"
#include "scenarios/script/reference.h"
#include "scenarios/script/rule_references.h"

namespace cli {
namespace {

/// Rule id to the scripts with an expectation that names it; a mention in `covers` alone does not count.
std::map<std::string, std::set<std::string>> covers_of_rules(const std::vector<std::string>& paths) {
  std::map<std::string, std::set<std::string>> out;
  for (const auto& path : paths) {
    const auto script = scenarios::load_script(path);
    if (!script) continue;
    const auto add = [&](const scenarios::Expectation& expectation) {
      for (const auto& rule : expectation.rules) out[rule].insert(shown_path(path));
    };
    for (const auto& step : script->scenario.timeline) {
      if (const auto* expectation = std::get_if<scenarios::Expectation>(&step.action)) add(*expectation);
    }
    for (const auto& expectation : script->scenario.expect) add(expectation);
  }
  return out;
}

int list_scenarios(const std::vector<std::string>& paths) {
  for (const auto& path : paths) {
    const auto script = scenarios::load_script(path);
    if (!script) {
      fmt::print(stderr, "{}\n", script.error().text);
      return exit_usage;
    }
    fmt::print("{}\n    {}\n", shown_path(path), script->scenario.title);
  }
  return exit_pass;
}

int list_rules(const std::vector<std::string>& paths, bool coverage) {
  const auto catalog = scenarios::Catalog::load();
  if (!catalog) {
    fmt::print(stderr, "lockstep: {}\n", catalog.error().message);
    return exit_bench;
  }
  const auto covers = covers_of_rules(paths);
  std::size_t covered = 0;
  for (const auto& rule : catalog->rules()) {
    const auto found = covers.find(rule.id);
    const auto count = found == covers.end() ? 0 : found->second.size();
    covered += count > 0 ? 1 : 0;
    if (coverage) {
      fmt::print("{:6} {:70} {}\n", rule.id, rule.title,
                 count == 0 ? "-" : fmt::format("{}", fmt::join(found->second, " ")));
    } else {
      fmt::print("{:6} {}\n", rule.id, rule.title);
    }
  }
  if (coverage)
    fmt::print("{} of {} rules have an expectation that names them\n", covered, catalog->rules().size());
  return exit_pass;
}

}  // namespace

int check(const std::vector<std::string>& paths) {
  const auto scripts = scripts_at(paths);
  if (!scripts) return exit_usage;
  const auto catalog = scenarios::Catalog::load();
  bool failed = !catalog;
  for (const auto& path : *scripts) {
    const auto script = scenarios::load_script(path);
    if (!script) {
      fmt::print(stderr, "{}\n", script.error().text);
      failed = true;
      continue;
    }
    for (const auto& problem : unknown_rules(script->scenario, *catalog)) {
      fmt::print(stderr, "{}:{}:{}: {}\n", path, problem.place.line, problem.place.column, problem.message);
      failed = true;
    }
  }
  if (!failed)
    fmt::print("{} {} well-formed\n", scripts->size(), scripts->size() == 1 ? "script is" : "scripts are");
  return failed ? exit_usage : exit_pass;
}

int list(const std::string& what, bool coverage, const std::string& format) {
  if (what == "verbs") {
    fmt::print("{}", format == "markdown" ? scenarios::markdown_reference() : scenarios::text_reference());
    return exit_pass;
  }
  const auto paths = scripts_at({});
  if (!paths) return exit_usage;
  return what == "rules" ? list_rules(*paths, coverage) : list_scenarios(*paths);
}

int explain(const std::string& id) {
  const auto catalog = scenarios::Catalog::load();
  if (!catalog) {
    fmt::print(stderr, "lockstep: {}\n", catalog.error().message);
    return exit_bench;
  }
  const auto* rule = catalog->find(id);
  if (rule == nullptr) {
    const auto near = scenarios::nearest_key(id, catalog->ids());
    fmt::print(stderr, "lockstep: there is no rule '{}'{}\n", scenarios::shown_word(id),
               near ? fmt::format("; did you mean '{}'?", *near) : "; './lockstep list rules' lists them");
    return exit_usage;
  }
  fmt::print("{}  {}\n\n  {}\n  Why: {}\n", rule->id, rule->title, rule->law, rule->why);
  for (const auto& reading : rule->readings) fmt::print("  A reading: {}\n", reading);
  fmt::print("  Source: {} ({})\n", fmt::join(rule->sources, "; "), rule->trust);
  const auto paths = scripts_at({});
  if (!paths) return exit_pass;
  const auto covers = covers_of_rules(*paths);
  const auto found = covers.find(rule->id);
  if (found == covers.end()) {
    fmt::print("  Covered by: no script yet\n");
  } else {
    fmt::print("  Covered by: {}\n", fmt::join(found->second, "\n              "));
  }
  return exit_pass;
}

}  // namespace cli
