#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/places.h"
#include "cli/version.h"
#include "scenarios/catalog.h"
#include "scenarios/probe/session.h"

namespace cli {

int conform(const ConformCommand& command) {
  const auto folder = command.cases.empty() ? project_root() + "/scenarios/conformance" : command.cases;
  auto suite = scenarios::probe::load_suite(folder, command.suite);
  if (!suite) return complain(exit_usage, suite.error().text);
  const auto useless = scenarios::probe::select(*suite, command.only, command.skip);
  for (const auto& word : useless) fmt::print(stderr, "lockstep: '{}' selects no case\n", word);
  const auto catalog = scenarios::Catalog::load();
  if (!catalog) return complain(exit_bench, catalog.error().message);
  scenarios::probe::SessionOptions options;
  options.target.name = options.target.text = "core";
  options.run_mark = "1";
  options.version = version;
  options.replay = fmt::format("./lockstep conform {}", command.suite);
  options.stop = interrupted;
  options.progress = [](const scenarios::CaseRecord& one, std::size_t, std::size_t) {
    fmt::print("{:<14} {}  {}\n", to_text(one.verdict), one.id, one.summary);
    if (one.verdict == scenarios::Verdict::conforms) return;
    for (const auto& check : one.checks) {
      for (const auto& difference : check.differences)
        fmt::print("                 {}: {}: {} instead of {}\n", check.what, difference.where, difference.found, difference.expected);
    }
  };
  const auto result = scenarios::probe::judge_core(*suite, *catalog, options);
  return exit_code(result.record, false);
}

}  // namespace cli
