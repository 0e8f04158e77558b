// Commands that tell and run nothing: check, list, explain.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/fidelity.h"
#include "cli/places.h"
#include "directory/fault_points.h"
#include "fakes/devices/quirks.h"
#include "cli/target_api_config.h"
#include "fakes/entra/provisioning/client_quirks.h"
#include "fakes/entra/sign_in/quirks.h"
#include "fakes/clients/quirks.h"
#include "fakes/graph/quirks.h"
#include "fakes/okta/api/quirks.h"
#include "fakes/okta/scim_client/client_quirks.h"
#include "fakes/okta/sign_in/quirks.h"
#include "fakes/scim/quirks.h"

#include "properties/invariants/invariant.h"
#include "scenarios/client/client_suite.h"
#include "scenarios/catalog.h"
#include "scenarios/coverage.h"
#include "scenarios/engine/library.h"
#include "scenarios/engine/probe_logs.h"
#include "scenarios/engine/seeded_defects.h"
#include "scenarios/facts.h"
#include "scenarios/probe/suite.h"
#include "scenarios/proven/proven_table.h"
#include "scenarios/script/nearest.h"
#include "scenarios/script/reference.h"
#include "scenarios/script/rule_references.h"
#include "scenarios/script/schema.h"

namespace cli {
namespace {

void print_cover(const scenarios::Cover& cover) {
  for (const auto& script : cover.scripts) fmt::print("         script    {}\n", shown_path(script));
  for (const auto& test : cover.tests) fmt::print("         test      {}\n", test);
  for (const auto& one : cover.cases) fmt::print("         case      {}\n", shown_path(one));
}

/// Whether scripts that expect a rule are known to fail where it is broken.
enum class Proof { none, some, proven };

/// Which seeded defects turn the scripts red that expect the rule, or why there are none.
Proof print_proof(const scenarios::proven::ProvenTable& table, const std::string& rule, const scenarios::Cover& cover) {
  scenarios::proven::Names scripts;
  for (const auto& script : cover.scripts) {
    auto path = scenarios::proven::path_in_library(script);
    if (!path.empty()) scripts.insert(std::move(path));
  }
  if (scripts.empty()) return Proof::none;
  const auto proof = scenarios::proven::proof_of(table, rule, scripts);
  for (const auto& defect : proof.defects) fmt::print("         proven    by {}\n", defect);
  if (proof.holds()) return Proof::proven;
  const auto reason = table.unproven.find(rule);
  fmt::print("         unproven  {}\n", reason == table.unproven.end() ? "no reason is given" : reason->second);
  return Proof::some;
}

/// What proves the rules of this project: `scripts`, its tests and its conformance cases.
std::map<std::string, scenarios::Cover> covers_with(std::vector<std::string> scripts) {
  const auto root = project_root() + "/scenarios/";
  const auto cases = scenarios::find_scripts({root + "conformance", root + "client_conformance"});
  if (cases) scripts.insert(scripts.end(), cases->begin(), cases->end());
  return scenarios::covers_of_rules(scripts, project_root());
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

/// What tests seed to show that the scripts can fail; nothing here switches them on.
int list_defects() {
  for (const auto& defect : scenarios::all_seeded_defects())
    fmt::print("{:36} {:10} {}\n    {}\n", defect.name, defect.part, fmt::join(defect.rules, " "), defect.what);
  return exit_pass;
}

int list_laws() {
  for (const auto& invariant : properties::invariants()) {
    const auto level = invariant.level == properties::Level::safety ? "at every moment" : "once the faults are over";
    fmt::print("{:28} {:24} {}\n    {}\n", invariant.id, level, invariant.rules, invariant.law);
  }
  return exit_pass;
}

/// What random worlds are to come to, and what holds in them.
int list_probes(const std::string& format) {
  if (format == "markdown") {
    fmt::print("| probe | kind | | where | what |\n| --- | --- | --- | --- | --- |\n");
    for (const auto& probe : scenarios::all_probes())
      fmt::print("| `{}` | {} | {} | {} | {} |\n", probe.id, name_of(probe.kind), probe.is_rare() ? "rare" : "", probe.place, probe.what);
    return exit_pass;
  }
  for (const auto& probe : scenarios::all_probes())
    fmt::print("{:52} {:12} {:5} {}\n    {}\n", probe.id, name_of(probe.kind), probe.is_rare() ? "rare" : "", probe.place, probe.what);
  return exit_pass;
}

/// What a script's world.fault_points can name.
int list_fault_points(const std::string& format) {
  if (format == "markdown") {
    fmt::print("| fault point | where | what |\n| --- | --- | --- |\n");
    for (const auto& row : directory::fault_point_rows()) fmt::print("| `{}` | directory/{} | {} |\n", row.name, row.place, row.what);
    return exit_pass;
  }
  for (const auto& row : directory::fault_point_rows()) fmt::print("{:32} directory/{}\n    {}\n", row.name, row.place, row.what);
  return exit_pass;
}

/// All are off unless they are switched on, but those that say otherwise.
void print_quirks(std::string_view heading, const auto& quirks) {
  fmt::print("\n{}\n\n", heading);
  for (const auto& quirk : quirks) {
    fmt::print("{:40} {}\n    {}", quirk.name, quirk.what, quirk.source);
    if constexpr (requires { quirk.date; }) {
      if (!quirk.date.empty()) fmt::print("; {}", quirk.date);
    }
    if constexpr (requires { quirk.on; }) fmt::print("{}", quirk.on ? "; on by default" : "");
    fmt::print("\n");
  }
}

int list_quirks() {
  fmt::print("Of the SCIM provider: ./lockstep conform SUITE --target fake --quirk NAME\n\n");
  for (const auto& quirk : fakes::scim::all_quirks()) fmt::print("{:40} {:13} {}\n", quirk.name, quirk.clause, quirk.what);
  print_quirks("Of Entra's provisioning service: world.entra.provisioning.quirks in a script", fakes::entra::provisioning::all_client_quirks());
  print_quirks("Of Microsoft Graph: graph.set in a script", fakes::graph::all_quirks());
  print_quirks("Of Okta's SCIM client: world.okta.quirks in a script", fakes::okta::scim_client::all_client_quirks());
  print_quirks("Of sign-in with Microsoft Entra", fakes::entra::sign_in::all_quirks());
  print_quirks("Of Okta's management API: world.okta.quirks in a script", fakes::okta::api::all_quirks());
  print_quirks("Of sign-in with Okta: world.okta.quirks in a script", fakes::okta::sign_in::all_quirks());
  print_quirks("Of the small clients: ./lockstep conform graph-client, oidc-rp or scim-client --target sample --quirk NAME; with the rule that each breaks", fakes::clients::all_quirks());
  print_quirks("Of Windows and macOS devices: quirks of a device of world.devices", fakes::devices::device_quirks());
  return exit_pass;
}

/// Of whichever kind of product.
void print_cases(const auto& cases) {
  for (const auto& one : cases)
    fmt::print("{:56} {:6} {:8} {}\n    {}\n", one.id, to_text(one.level), to_text(one.severity), fmt::join(one.covers, " "), one.title);
}

int list_cases() {
  const auto folder = project_root() + "/scenarios/conformance";
  for (const auto& name : scenarios::probe::suite_names(folder)) {
    auto suite = scenarios::probe::load_suite(folder, name);
    if (!suite) return complain(exit_usage, suite.error().text);
    // Those that the suite takes from another one are listed there.
    std::erase_if(suite->cases, [&](const auto& one) { return !one.id.starts_with(name + "/"); });
    std::ranges::sort(suite->cases, {}, &scenarios::probe::Probe::id);
    print_cases(suite->cases);
  }
  for (const auto& info : scenarios::client::client_suites()) {
    const auto suite = scenarios::client::load_client_suite(project_root() + "/scenarios/client_conformance", info);
    if (!suite) return complain(exit_usage, suite.error().text);
    print_cases(suite->cases);
  }
  return exit_pass;
}

int list_rules(const std::vector<std::string>& paths, bool coverage) {
  const auto catalog = scenarios::Catalog::load();
  if (!catalog) return complain(exit_bench, catalog.error().message);
  if (!coverage) {
    for (const auto& rule : catalog->rules()) fmt::print("{:6} {}\n", rule.id, rule.title);
    return exit_pass;
  }
  const auto proven = scenarios::proven::load_proven_table();
  if (!proven) return complain(exit_bench, proven.error().message);
  const auto covers = covers_with(paths);
  std::size_t covered = 0;
  std::size_t excused = 0;
  std::map<Proof, std::size_t> proofs;
  for (const auto& rule : catalog->rules()) {
    fmt::print("{:6} {}\n", rule.id, rule.title);
    const auto found = covers.find(rule.id);
    if (found != covers.end()) {
      ++covered;
      print_cover(found->second);
      ++proofs[print_proof(*proven, rule.id, found->second)];
    } else {
      excused += rule.untested.empty() ? 0 : 1;
      fmt::print("         untested  {}\n", rule.untested.empty() ? "no reason is given" : rule.untested);
    }
  }
  const auto all = catalog->rules().size();
  fmt::print(
      "{} of {} rules are proved by an expectation, a test that carries their id or a conformance case; {} "
      "are untested for a reason, {} without one\n",
      covered, all, excused, all - covered - excused);
  fmt::print("{} of the {} rules that scripts expect are proven: each of these scripts fails under a seeded defect against the rule\n",
             proofs[Proof::proven], proofs[Proof::proven] + proofs[Proof::some]);
  if (is_installed()) fmt::print("the tests stand in the project's tree and are not counted here\n");
  return exit_pass;
}

int list_facts(bool coverage, const std::string& format) {
  const auto facts = scenarios::Facts::load();
  if (!facts) return complain(exit_bench, facts.error().message);
  const auto tests = scenarios::find_covering_tests(project_root());
  if (format == "markdown") {
    fmt::print("{}", scenarios::markdown_of_untested(*facts, tests));
    return exit_pass;
  }
  const auto tested = scenarios::tests_of_facts(tests);
  for (const auto& fact : facts->all()) {
    fmt::print("{:34} {}\n", fact.id, fact.says);
    if (!coverage) continue;
    if (const auto found = tested.find(fact.id); found != tested.end()) {
      for (const auto& test : found->second) fmt::print("         test      {}\n", test);
    } else {
      fmt::print("         untested  {}\n", fact.untested.empty() ? "no reason is given" : fact.untested);
    }
  }
  return exit_pass;
}

int explain_fact(const scenarios::Fact& fact) {
  fmt::print("{}\n\n  {}\n  Source: {} ({})\n", fact.id, fact.says, fact.source, fact.trust);
  const auto tested = scenarios::tests_of_facts(scenarios::find_covering_tests(project_root()));
  if (const auto found = tested.find(fact.id); found != tested.end()) {
    fmt::print("  Tested by:\n");
    for (const auto& test : found->second) fmt::print("         test      {}\n", test);
  } else {
    fmt::print("  Tested by: {}{}\n", is_installed() ? "tests stand in the project's tree" : "nothing yet",
               fact.untested.empty() ? "" : "; " + fact.untested);
  }
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
  if (format == "json-schema" && what != "verbs")
    return complain(exit_usage, "the format json-schema is that of scripts: list verbs");
  if (what == "verbs") {
    if (format == "json-schema") {
      fmt::print("{}", scenarios::json_schema());
      return exit_pass;
    }
    fmt::print("{}", format == "markdown" ? scenarios::markdown_reference() : scenarios::text_reference());
    return exit_pass;
  }
  if (what == "operations") {
    fmt::print("{}", format == "markdown" ? markdown_of_operations() : text_of_operations());
    return exit_pass;
  }
  if (what == "mappings") {
    fmt::print("{}", format == "markdown" ? markdown_of_targets() : text_of_targets());
    return exit_pass;
  }
  if (what == "quirks") return list_quirks();
  if (what == "defects") return list_defects();
  if (what == "laws") return list_laws();
  if (what == "probes") return list_probes(format);
  if (what == "fault-points") return list_fault_points(format);
  if (what == "cases") return list_cases();
  if (what == "client-cases") {
    fmt::print("{}", scenarios::client::client_cases_reference());
    return exit_pass;
  }
  if (what == "facts") return list_facts(coverage, format);
  const auto paths = scripts_at({});
  if (!paths) return exit_usage;
  return what == "rules" ? list_rules(*paths, coverage) : list_scenarios(*paths);
}

int explain(const std::string& id) {
  const auto catalog = scenarios::Catalog::load();
  if (!catalog) return complain(exit_bench, catalog.error().message);
  const auto* rule = catalog->find(id);
  if (rule == nullptr) {
    const auto facts = scenarios::Facts::load();
    if (!facts) return complain(exit_bench, facts.error().message);
    if (const auto* fact = facts->find(id)) return explain_fact(*fact);
    const auto near = scenarios::nearest_key(id, catalog->ids());
    fmt::print(stderr, "lockstep: there is no rule '{}'{}\n", scenarios::shown_word(id),
               near ? fmt::format("; did you mean '{}'?", *near) : as_called("; './lockstep list rules' lists them"));
    return exit_usage;
  }
  fmt::print("{}  {}\n\n  {}\n  Why: {}\n", rule->id, rule->title, rule->law, rule->why);
  for (const auto& reading : rule->readings) {
    fmt::print("  A reading: {}\n", reading.says);
    for (const auto& script : reading.scripts) fmt::print("    followed by scenarios/{}\n", script);
  }
  if (rule->level) fmt::print("  Level: {}\n", scenarios::level_text(*rule->level));
  fmt::print("  Source: {} ({})\n", fmt::join(rule->sources, "; "), rule->trust);
  if (!rule->link.empty()) fmt::print("  Link: {}\n", rule->link);
  const auto paths = scripts_at({});
  if (!paths) return exit_pass;
  const auto covers = covers_with(*paths);
  const auto found = covers.find(rule->id);
  if (found != covers.end()) {
    fmt::print("  Covered by:\n");
    print_cover(found->second);
  } else {
    fmt::print("  Covered by: {}{}\n", is_installed() ? "no script of the library" : "nothing yet",
               rule->untested.empty() ? "" : "; " + rule->untested);
  }
  return exit_pass;
}

}  // namespace cli
