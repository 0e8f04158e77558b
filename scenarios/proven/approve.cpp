// Plays the library with every seeded defect and writes scenarios/proven/turned.yaml anew; with names of defects, those alone. Says of
// each what the tests would: rules that no script finds broken, and scripts that fail without naming one.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <string_view>

#include "scenarios/proven/seeded_library.h"

namespace {

using scenarios::SeededDefect;
using scenarios::proven::Names;
using scenarios::proven::SeededLibrary;
using scenarios::proven::Turned;

void tell(const SeededLibrary& library, const SeededDefect& defect, const Turned& turned) {
  const auto asking = std::ranges::count_if(library.scripts(), [&](const auto& script) { return script.asked.meets(defect.alone); });
  fmt::print("{} [{}]: {} red of {} that ask about it\n", defect.name, fmt::join(defect.rules, " "), turned.size(), asking);
  for (const auto& rule : defect.rules) {
    Names missed = library.covers().contains(rule) ? library.covers().find(rule)->second : Names{};
    const auto all = missed.size();
    for (const auto& [script, rules] : turned) {
      if (rules.contains(rule)) missed.erase(script);
    }
    if (!missed.empty() || all == 0) fmt::print("  {:5} {} of {}; green: {}\n", rule, all - missed.size(), all, fmt::join(missed, " "));
  }
  for (const auto& [script, rules] : turned) {
    const auto& named = library.find(script)->named;
    const bool names = std::ranges::any_of(defect.rules, [&](const auto& rule) { return named.contains(rule); });
    if (!names) fmt::print("  beside {}\n", script);
  }
}

}  // namespace

int main(int count, char** words) {
  const std::string root = LOCKSTEP_SOURCE_DIR;
  const SeededLibrary library(root);
  if (!library.problem().empty()) {
    fmt::print(stderr, "{}\n", library.problem());
    return 1;
  }
  const std::set<std::string_view> wanted(words + 1, words + count);
  auto known = scenarios::proven::load_proven_table();
  std::map<std::string, Turned, std::less<>> all;
  for (const auto& defect : scenarios::all_seeded_defects()) {
    if (defect.rules.empty()) continue;
    if (!wanted.empty() && !wanted.contains(defect.name)) {
      if (known) all[std::string(defect.name)] = known->turned[std::string(defect.name)];
      continue;
    }
    auto turned = library.play(defect);
    tell(library, defect, turned);
    std::fflush(stdout);
    all.insert_or_assign(std::string(defect.name), std::move(turned));
  }
  std::ofstream out(root + "/scenarios/proven/turned.yaml", std::ios::binary);
  out << scenarios::proven::write_turned(all);
  out.close();
  return out ? 0 : 1;
}
