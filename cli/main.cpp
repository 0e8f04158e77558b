#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <exception>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/version.h"

namespace {

constexpr auto about =
    "Lockstep plays scripts of directory synchronisation on a virtual clock: a fake Entra tenant, devices "
    "and mail\n"
    "around a real directory, the same bytes for the same seed.\n";

constexpr auto examples =
    "\nExamples:\n"
    "  ./lockstep run                                   play the whole library\n"
    "  ./lockstep run scenarios/library/entra           play one folder\n"
    "  ./lockstep run my.yaml --seeds 1..100            one script, a hundred seeds\n"
    "  ./lockstep run my.yaml --twice                   prove that a run repeats itself\n"
    "  ./lockstep run my.yaml --arm live                carry the messages over loopback HTTP\n"
    "  ./lockstep check my.yaml                         validate without running\n"
    "  ./lockstep explain R42                           a rule: what, why, source, what covers it\n"
    "\nExit codes: 0 pass, 1 violation, 2 inconclusive only, 64 bad usage or script, 70 a bug of the "
    "bench.\n";

void add_run(CLI::App& app, cli::RunCommand& command, std::string& seeds, std::string& seed) {
  auto* run = app.add_subcommand("run", "Play scripts: files, folders, or without either the whole library");
  run->add_option("PATH", command.paths, "script, or folder of scripts");
  auto* one = run->add_option("--seed", seed, "seed of the run")->default_str("1");
  run->add_option("--seeds", seeds, "range of seeds, A..B")->excludes(one);
  run->add_option("--arm", command.arm, "sim hands messages over; live carries them over loopback HTTP")
      ->check(CLI::IsMember({"sim", "live"}));
  run->add_option("--target", command.target, "core, or the SCIM base URL of a provider outside");
  run->add_option("--config", command.config, "file with the credentials for a target outside");
  run->add_flag("--twice", command.twice, "play each run again, here and in a second process, and compare");
  run->add_flag("--shuffle", command.shuffle_ties,
                "draw the order of what happens at one instant from the seed");
  run->add_option("--report", command.report, "folder for the report (default out/report)");
  run->add_option("--trace", command.trace, "file for the trace: exchanges and notes as lines of JSON");
  run->add_option("--format", command.format, "text, or json: one line a run")
      ->check(CLI::IsMember({"text", "json"}));
  run->add_flag("--no-report", command.no_report, "write no report");
  run->add_option("--dispatch-log", command.dispatch_log)->group("");
}

int dispatch(int argc, char** argv) {
  CLI::App app(about, "lockstep");
  app.footer(examples);
  app.set_version_flag("--version", cli::version);
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);

  cli::RunCommand run;
  std::string seeds;
  std::string seed = "1";
  add_run(app, run, seeds, seed);

  std::vector<std::string> check_paths;
  auto* check = app.add_subcommand("check", "Validate scripts without running them");
  check->add_option("PATH", check_paths, "script, or folder of scripts")->required();

  std::string what;
  bool coverage = false;
  std::string list_format = "text";
  auto* list = app.add_subcommand("list", "List scenarios, rules or verbs");
  list->add_option("WHAT", what, "scenarios, rules or verbs")
      ->required()
      ->check(CLI::IsMember({"scenarios", "rules", "verbs"}));
  list->add_flag("--coverage", coverage, "with rules: what proves each, scripts and tests, or why nothing does");
  list->add_option("--format", list_format, "with verbs: text or markdown")
      ->check(CLI::IsMember({"text", "markdown"}));

  std::string id;
  auto* explain = app.add_subcommand("explain", "Explain a rule: what, why, source, what covers it");
  explain->add_option("ID", id, "id of a rule, such as R42")->required();

  // These two are the entry script's; they stand here so that --help shows them.
  app.add_subcommand("test", "Build and run the whole test suite");
  app.add_subcommand("bench", "Build and run the benchmarks");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? cli::exit_pass : cli::exit_usage;
  }
  if (app.got_subcommand("run")) {
    const bool is_range = app.get_subcommand("run")->count("--seeds") > 0;
    const auto range = cli::parse_seeds(is_range ? seeds : seed);
    if (!range || (!is_range && range->first != range->last)) {
      const auto* kind = is_range ? "range of seeds; write it like 1..50" : "seed; write it like 7";
      fmt::print(stderr, "lockstep: '{}' is no {}\n", is_range ? seeds : seed, kind);
      return cli::exit_usage;
    }
    run.seeds = *range;
    return cli::run(run);
  }
  if (app.got_subcommand("check")) return cli::check(check_paths);
  if (app.got_subcommand("list")) return cli::list(what, coverage, list_format);
  if (app.got_subcommand("explain")) return cli::explain(id);
  fmt::print(stderr,
             "lockstep: './lockstep test' and './lockstep bench' are commands of the script at the project's "
             "root\n");
  return cli::exit_usage;
}

}  // namespace

int main(int argc, char** argv) {
  cli::catch_interrupts();
  try {
    return dispatch(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "lockstep: a bug of the bench: {}\n", error.what());
    return cli::exit_bench;
  }
}
