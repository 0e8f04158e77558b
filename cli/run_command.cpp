#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <memory>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/outside_target.h"
#include "cli/places.h"
#include "cli/planted.h"
#include "cli/progress.h"
#include "cli/second_process.h"
#include "cli/target_config.h"
#include "cli/version.h"
#include "cli/wall_clock.h"
#include "properties/law_book.h"
#include "reports/html_report.h"
#include "reports/json_report.h"
#include "reports/plain_text.h"
#include "reports/text_report.h"
#include "reports/trace_report.h"
#include "scenarios/catalog.h"
#include "scenarios/engine/library.h"
#include "scenarios/engine/live_arm.h"
#include "scenarios/engine/runner.h"
#include "scenarios/engine/twice.h"

namespace cli {
namespace {

using scenarios::RunRecord;
using scenarios::Verdict;

/// Runs that keep their exchanges for the report; later ones keep them only where something is wrong.
constexpr std::size_t full_records = 20;

/// What the command line says, else what the script does.
SeedRange seeds_for(const RunCommand& command, const scenarios::Scenario& scenario) {
  return command.seeds.value_or(SeedRange{scenario.replay.seed, scenario.replay.seed});
}

std::string replay_command(const RunCommand& command, const scenarios::LoadedScript& script, std::uint64_t seed) {
  auto text = fmt::format("{} run {} --seed {}", program_name(), reports::shell_word(script.path), seed);
  if (command.arm != "sim") text += " --arm " + command.arm;
  const bool by_script = script.scenario.replay.shuffle;
  const bool shuffled = command.shuffle_ties.value_or(by_script);
  if (shuffled) text += " --shuffle";
  if (!shuffled && by_script) text += " --no-shuffle";
  if (command.target != "core") text += " --target " + reports::shell_word(command.target);
  if (!command.config.empty()) text += " --config " + reports::shell_word(command.config);
  if (!command.planted.empty()) text += " --planted " + command.planted;
  return text;
}

/// Plays one script with one seed, twice where asked to.
RunRecord play(const RunCommand& command, const scenarios::LoadedScript& script, std::uint64_t seed,
               const OutsideTarget* target, const scenarios::StoreTemplate& store) {
  scenarios::RunOptions options;
  options.script = script.path;
  options.arm = command.arm;
  options.target = command.target;
  options.replay = replay_command(command, script, seed);
  options.cast.seed = seed;
  options.cast.shuffle_ties = command.shuffle_ties.value_or(script.scenario.replay.shuffle);
  options.cast.store = &store;
  options.cast.laws = &properties::law_book();
  options.cast.defects = planted(command.planted).value_or(scenarios::SeededDefects{});
  scenarios::LiveCarriage carriage;
  if (command.arm == "live") options.cast.carriage = &carriage;
  if (target != nullptr) {
    options.cast.external = &target->external;
    options.prepare = [target] { return reset_target(*target); };
  }
  if (!command.dispatch_log.empty()) {
    options.cast.recorder.dispatches_logged = 1'000'000;
    options.inspect = [&](scenarios::Cast& cast) { write_dispatch_log(command.dispatch_log, cast); };
  }
  const Stopwatch stopwatch;
  RunRecord record;
  if (command.twice) {
    auto twice = scenarios::run_twice(script.scenario, options);
    record = std::move(twice.first);
    if (twice.divergence) {
      record.verdict = Verdict::error;
      record.problem = "the run does not repeat itself: " + twice.divergence->text;
    }
  } else {
    record = scenarios::run_scenario(script.scenario, options);
  }
  record.measured.wall = stopwatch.elapsed();
  return record;
}

void trim(RunRecord& record, std::size_t index) {
  if (index < full_records || record.verdict == Verdict::violates || record.verdict == Verdict::error) return;
  record.exchanges_forgotten += record.exchanges.size();
  record.exchanges.clear();
  record.exchanges.shrink_to_fit();
  record.notes.clear();
  record.notes.shrink_to_fit();
}

std::optional<std::vector<scenarios::LoadedScript>> load_all(const std::vector<std::string>& paths) {
  std::vector<scenarios::LoadedScript> scripts;
  bool failed = false;
  for (const auto& path : paths) {
    auto script = scenarios::load_script(path);
    if (script) {
      script->path = shown_path(path);
      scripts.push_back(std::move(*script));
    } else {
      fmt::print(stderr, "{}\n", script.error().text);
      failed = true;
    }
  }
  if (failed) return std::nullopt;
  return scripts;
}

/// False where the reports cannot be written.
bool write_reports(const RunCommand& command, const scenarios::Session& session,
                   const reports::RuleText& laws) {
  bool written = true;
  if (!command.trace.empty()) written = write_file(command.trace, reports::to_trace(session));
  if (command.no_report) return written;
  const auto folder = command.report.empty() ? std::string("out/report") : command.report;
  written = write_file(folder + "/report.json", reports::to_json(session)) && written;
  written = write_file(folder + "/index.html", reports::to_html(session, laws)) && written;
  if (written && command.format == "text") fmt::print("report: {}/index.html\n", folder);
  return written;
}

}  // namespace

std::optional<SeedRange> parse_seeds(const std::string& text) {
  SeedRange range;
  const auto dots = text.find("..");
  const auto read = [](std::string_view digits, std::uint64_t& into) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), into);
    return error == std::errc{} && end == digits.data() + digits.size();
  };
  if (!read(std::string_view(text).substr(0, dots), range.first)) return std::nullopt;
  range.last = range.first;
  if (dots != std::string::npos && !read(std::string_view(text).substr(dots + 2), range.last))
    return std::nullopt;
  if (range.last < range.first) return std::nullopt;
  return range;
}

std::optional<std::vector<std::string>> scripts_at(const std::vector<std::string>& paths) {
  std::vector<std::string> wanted;
  for (const auto& path : paths) wanted.push_back(found_path(path));
  if (wanted.empty()) {
    const auto root = project_root();
    if (root.empty()) {
      fmt::print(stderr, "lockstep: the library of scripts is not beside the program; name a script\n");
      return std::nullopt;
    }
    wanted.push_back(root + "/scenarios/library");
    wanted.push_back(root + "/scenarios/regressions");
  }
  auto found = scenarios::find_scripts(wanted);
  if (!found) {
    fmt::print(stderr, "{}\n", found.error().text);
    return std::nullopt;
  }
  return *found;
}

int run(const RunCommand& given) {
  auto command = given;
  std::optional<TargetConfig> config;
  if (!read_outside_config(command.config, command.target, config)) return exit_usage;
  if (!planted(command.planted)) return exit_usage;
  const auto paths = scripts_at(command.paths);
  if (!paths) return exit_usage;
  const auto scripts = load_all(*paths);
  if (!scripts) return exit_usage;
  std::optional<OutsideTarget> target;
  if (command.target != "core") {
    if (command.twice) {
      fmt::print(stderr, "lockstep: --twice needs the core; a target outside does not begin anew\n");
      return exit_usage;
    }
    target = prepare_outside_target(command.target, command.config, *config);
    if (!target) return exit_usage;
  }
  const auto catalog = scenarios::Catalog::load();
  if (!catalog) return complain(exit_bench, catalog.error().message);
  const reports::RuleText laws = [&](std::string_view id) {
    const auto* rule = catalog->find(id);
    return rule == nullptr ? std::string{} : rule->law;
  };

  const bool text = command.format == "text";
  const bool colour = text && isatty(STDOUT_FILENO) != 0;
  const bool many_seeds = command.seeds && command.seeds->last > command.seeds->first;
  const auto store = scenarios::make_store_template();
  scenarios::Session session;
  session.version = version;
  {
    Progress progress;
    const auto all = scripts->size() * (many_seeds ? command.seeds->last - command.seeds->first + 1 : 1);
    for (const auto& script : *scripts) {
      const auto seeds = seeds_for(command, script.scenario);
      for (auto seed = seeds.first;; ++seed) {
        if (interrupted()) break;
        progress.show(session.runs.size() + 1, all, script.path);
        auto record = play(command, script, seed, target ? &*target : nullptr, store);
        progress.clear();
        if (text) {
          fmt::print("{}", reports::run_line(record, colour,
                                             many_seeds ? reports::Seeds::shown : reports::Seeds::hidden));
        } else {
          scenarios::Session one{version, {record}};
          fmt::print("{}", reports::to_json_lines(one));
        }
        std::fflush(stdout);
        trim(record, session.runs.size());
        session.runs.push_back(std::move(record));
        if (seed == seeds.last) break;
      }
    }
  }
  if (command.twice && !interrupted()) compare_with_second_process(command, session);
  if (text) {
    for (const auto& record : session.runs) fmt::print("{}", reports::failures(record, laws, colour));
    fmt::print("{}", reports::summary(session, colour));
  }
  if (!write_reports(command, session, laws)) return exit_bench;
  if (interrupted()) {
    fmt::print(stderr, "lockstep: interrupted; what was played until then is in the report\n");
    return exit_interrupted;
  }
  return scenarios::exit_code(session);
}

}  // namespace cli
