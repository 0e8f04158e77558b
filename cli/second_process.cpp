#include "cli/second_process.h"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "base/json.h"
#include "cli/places.h"
#include "scenarios/engine/library.h"
#include "scenarios/engine/live_arm.h"
#include "scenarios/engine/twice.h"

namespace cli {
namespace {

/// Standard output of this program with other arguments; empty where it could not be started.
std::string output_of(std::vector<std::string> arguments) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) return {};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addclose(&actions, ends[0]);
  posix_spawn_file_actions_addclose(&actions, ends[1]);
  std::vector<char*> argv;
  for (auto& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  // Freed and fresh memory is filled with a pattern, so that reading it uninitialised shows.
  std::string perturb = "MALLOC_PERTURB_=165";
  std::array<char*, 2> environment{perturb.data(), nullptr};
  pid_t child = 0;
  const int status =
      posix_spawn(&child, program_path().c_str(), &actions, nullptr, argv.data(), environment.data());
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  std::string output;
  if (status == 0) {
    std::array<char, 65536> buffer{};
    for (ssize_t size = 0; (size = read(ends[0], buffer.data(), buffer.size())) > 0;) {
      output.append(buffer.data(), static_cast<std::size_t>(size));
    }
    int ended = 0;
    waitpid(child, &ended, 0);
  }
  close(ends[0]);
  return output;
}

std::vector<std::string> arguments_for(const RunCommand& command, const std::vector<std::string>& paths,
                                       const std::optional<SeedRange>& seeds) {
  std::vector<std::string> arguments{program_path(), "run", "--format", "json", "--no-report", "--arm", command.arm};
  if (seeds) arguments.insert(arguments.end(), {"--seeds", fmt::format("{}..{}", seeds->first, seeds->last)});
  if (command.shuffle_ties) arguments.emplace_back(*command.shuffle_ties ? "--shuffle" : "--no-shuffle");
  arguments.insert(arguments.end(), paths.begin(), paths.end());
  return arguments;
}

/// A member as its digits: seeds use all of 64 bits.
std::string number_text(const base::Json& object, std::string_view name) {
  const auto* value = base::member(object, name);
  return value == nullptr ? std::string{} : base::to_text(*value);
}

scenarios::RunTrace read_dispatch_log(const std::string& path, std::uint64_t fingerprint) {
  scenarios::RunTrace trace;
  trace.fingerprint = fingerprint;
  std::ifstream in(path);
  std::string line;
  while (std::getline(in, line)) {
    std::istringstream words(line);
    sim::LoggedDispatch dispatch;
    std::int64_t at = 0;
    words >> dispatch.id >> dispatch.parent >> at >> dispatch.digest;
    std::getline(words >> std::ws, dispatch.task);
    dispatch.at = base::Instant{base::Duration{at}};
    trace.dispatches.push_back(std::move(dispatch));
  }
  return trace;
}

/// Both sides once more, with their dispatches logged, to name where they part.
std::string locate(const RunCommand& command, const scenarios::RunRecord& record,
                   std::uint64_t other_fingerprint) {
  const auto script = scenarios::load_script(record.script);
  if (!script) return script.error().text;
  scenarios::RunOptions options;
  options.cast.seed = record.seed;
  options.cast.shuffle_ties = command.shuffle_ties.value_or(script->scenario.replay.shuffle);
  options.cast.recorder.dispatches_logged = 1'000'000;
  scenarios::LiveCarriage carriage;
  if (command.arm == "live") options.cast.carriage = &carriage;
  scenarios::RunTrace here;
  here.fingerprint = record.fingerprint;
  options.inspect = [&](scenarios::Cast& cast) { here.dispatches = cast.world().recorder().dispatch_log(); };
  static_cast<void>(scenarios::run_scenario(script->scenario, options));

  const auto log =
      (std::filesystem::temp_directory_path() / fmt::format("lockstep-{}.log", getpid())).string();
  auto arguments = arguments_for(command, {record.script}, SeedRange{record.seed, record.seed});
  arguments.insert(arguments.end(), {"--dispatch-log", log});
  static_cast<void>(output_of(std::move(arguments)));
  const auto there = read_dispatch_log(log, other_fingerprint);
  std::filesystem::remove(log);
  const auto divergence = scenarios::compare(here, there);
  return divergence ? divergence->text : "the runs agree now";
}

}  // namespace

void compare_with_second_process(const RunCommand& command, scenarios::Session& session) {
  std::vector<std::string> paths;
  for (const auto& record : session.runs) {
    if (paths.empty() || paths.back() != record.script) paths.push_back(record.script);
  }
  std::map<std::pair<std::string, std::string>, std::string> fingerprints;
  std::istringstream lines(output_of(arguments_for(command, paths, command.seeds)));
  for (std::string line; std::getline(lines, line);) {
    const auto json = base::parse_json(line);
    if (!json) continue;
    fingerprints.insert_or_assign({base::string_or(*json, "script", ""), number_text(*json, "seed")},
                                  base::string_or(*json, "fingerprint", ""));
  }
  for (auto& record : session.runs) {
    const auto found = fingerprints.find({record.script, std::to_string(record.seed)});
    const auto other = found == fingerprints.end() ? std::string("none") : found->second;
    if (other == scenarios::fingerprint_text(record.fingerprint)) continue;
    record.verdict = scenarios::Verdict::error;
    record.problem = fmt::format("a second process gives fingerprint {}", other);
    if (found != fingerprints.end())
      record.problem += ": " + locate(command, record, std::stoull(other, nullptr, 16));
  }
}

void write_dispatch_log(const std::string& path, scenarios::Cast& cast) {
  std::ofstream out(path);
  for (const auto& dispatch : cast.world().recorder().dispatch_log()) {
    out << dispatch.id << ' ' << dispatch.parent << ' ' << dispatch.at.time_since_epoch().count() << ' '
        << dispatch.digest << ' ' << dispatch.task << '\n';
  }
}

}  // namespace cli
