#include "scenarios/proven/seeded_library.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "scenarios/engine/library.h"
#include "scenarios/engine/runner.h"
#include "scenarios/script/rule_references.h"

namespace scenarios::proven {
namespace {

void add_broken(const std::vector<std::string>& rules, const std::vector<std::string>& own, Names& into) {
  for (const auto& rule : rules) {
    if (std::ranges::find(own, rule) != own.end()) into.insert(rule);
  }
}

/// Of the rules that are looked for, those that an outcome or an expectation of the run finds broken.
Names broken_in(const RunRecord& record, const std::vector<std::string>& rules) {
  Names out;
  for (const auto& step : record.steps) {
    if (step.verdict != Verdict::conforms) add_broken(step.rules, rules, out);
  }
  for (const auto& judgement : record.judgements) {
    if (judgement.verdict != Verdict::conforms) add_broken(judgement.rules, rules, out);
  }
  return out;
}

RunRecord run_with(const LibraryScript& script, const SeededDefects& defects) {
  RunOptions options;
  options.script = script.path;
  options.cast.defects = defects;
  return run_scenario(script.scenario, options);
}

}  // namespace

SeededLibrary::SeededLibrary(const std::string& root) {
  const auto paths = find_scripts({root + "/scenarios/library", root + "/scenarios/regressions"});
  if (!paths) {
    problem_ = paths.error().text;
    return;
  }
  for (const auto& path : *paths) {
    auto script = load_script(path);
    if (!script) {
      problem_ = script.error().text;
      return;
    }
    LibraryScript read{path_in_library(path), std::move(script->scenario), {}, {}, {}};
    read.expected = rules_expected(read.scenario);
    read.named = read.expected;
    read.named.insert(read.scenario.covers.begin(), read.scenario.covers.end());
    for (const auto& rule : read.expected) covers_[rule].insert(read.path);
    SeededDefects none;
    none.note_questions_in(read.asked);
    if (run_with(read, none).verdict != Verdict::conforms) {
      problem_ = fmt::format("{} fails without any defect", read.path);
      return;
    }
    scripts_.push_back(std::move(read));
  }
}

const LibraryScript* SeededLibrary::find(std::string_view path) const {
  const auto found = std::ranges::find(scripts_, path, &LibraryScript::path);
  return found == scripts_.end() ? nullptr : &*found;
}

Turned SeededLibrary::play(const SeededDefect& defect) const {
  Turned turned;
  for (const auto& script : scripts_) {
    if (!script.asked.meets(defect.alone)) continue;
    const auto record = run_with(script, defect.alone);
    if (record.verdict != Verdict::conforms) turned.emplace(script.path, broken_in(record, defect.rules));
  }
  return turned;
}

}  // namespace scenarios::proven
