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
#include "scenarios/test_coverage.h"

namespace cli {
namespace {

/// What proves a rule: expectations of scripts, and tests. A mention in a script's `covers` alone does not count.
struct Cover {
  std::set<std::string> scripts;
  std::set<std::string> tests;

  [[nodiscard]] bool empty() const { return scripts.empty() && tests.empty(); }
};

std::map<std::string, Cover> covers_of_rules(const std::vector<std::string>& paths) {
  std::map<std::string, Cover> out;
  for (const auto& path : paths) {
    const auto script = scenarios::load_script(path);
    if (!script) continue;
    const auto add = [&](const scenarios::Expectation& expectation) {
      for (const auto& rule : expectation.rules) out[rule].scripts.insert(shown_path(path));
    };
    for (const auto& step : script->scenario.timeline) {
      if (const auto* expectation = std::get_if<scenarios::Expectation>(&step.action)) add(*expectation);
    }
    for (const auto& expectation : script->scenario.expect) add(expectation);
  }
  const auto root = project_root();
  if (root.empty()) return out;
  for (const auto& test : scenarios::find_covering_tests(root)) {
    for (const auto& rule : test.rules) out[rule].tests.insert(fmt::format("{} {}", test.path, test.name));
  }
  return out;
}

void print_cover(const Cover& cover) {
  for (const auto& script : cover.scripts) fmt::print("         script    {}\n", script);
  for (const auto& test : cover.tests) fmt::print("         test      {}\n", test);
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
  if (!coverage) {
    for (const auto& rule : catalog->rules()) fmt::print("{:6} {}\n", rule.id, rule.title);
    return exit_pass;
  }
  const auto covers = covers_of_rules(paths);
  std::size_t covered = 0;
  std::size_t excused = 0;
  for (const auto& rule : catalog->rules()) {
    fmt::print("{:6} {}\n", rule.id, rule.title);
    const auto found = covers.find(rule.id);
    if (found != covers.end()) {
      ++covered;
      print_cover(found->second);
    } else {
      excused += rule.untested.empty() ? 0 : 1;
      fmt::print("         untested  {}\n", rule.untested.empty() ? "no reason is given" : rule.untested);
    }
  }
  const auto all = catalog->rules().size();
  fmt::print("{} of {} rules are proved by an expectation or a test that carries their id; {} are untested for a reason, {} without one\n",
             covered, all, excused, all - covered - excused);
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
  if (found != covers.end()) {
    fmt::print("  Covered by:\n");
    print_cover(found->second);
  } else {
    fmt::print("  Covered by: nothing yet{}\n", rule->untested.empty() ? "" : "; " + rule->untested);
  }
  return exit_pass;
}

}  // namespace cli
