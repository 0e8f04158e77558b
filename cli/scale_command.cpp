#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <optional>
#include <string>

#include "base/duration_text.h"
#include "base/json.h"
#include "bench/scale/scale_run.h"
#include "bench/scale/scale_text.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/wall_clock.h"

namespace cli {
namespace {

constexpr std::int64_t users_to_a_group = 20;
constexpr std::int64_t most_groups = 50'000;
constexpr std::int64_t users_to_a_computer = 5;
constexpr std::int64_t most_computers = 200'000;

/// Of this process, as the kernel counts them.
std::uint64_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::uint64_t all = 0;
  std::uint64_t resident = 0;
  file >> all >> resident;
  return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

bench::scale::ScaleOptions options_of(const ScaleCommand& command, std::int64_t users, const Stopwatch& watch, const Progress& line) {
  bench::scale::ScaleOptions out;
  out.users = users;
  out.groups = command.groups.value_or(std::min(users / users_to_a_group, most_groups));
  out.computers = std::min(command.computers.value_or(std::min(users / users_to_a_computer, most_computers)), users);
  out.days = command.days;
  out.seed = command.seed;
  out.steady = [&watch] { return watch.elapsed(); };
  out.memory = resident_bytes;
  out.progress = [&line, users](std::string_view phase, base::Duration in_world) {
    line.show(fmt::format("{} users: {}, {} of virtual time", users, phase, base::to_text(in_world)));
  };
  out.stop = interrupted;
  return out;
}

/// What a process of its own makes of one size, so that none has the memory of another; empty where it came to no end.
std::optional<base::JsonObject> in_its_own_process(const ScaleCommand& command, std::int64_t users) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) return std::nullopt;
  const auto child = fork();
  if (child == 0) {
    close(ends[0]);
    const Stopwatch watch;
    const Progress line;
    const auto text = base::to_text(bench::scale::scale_json(bench::scale::run_scale(options_of(command, users, watch, line))));
    line.clear();
    const auto written = write(ends[1], text.data(), text.size());
    // Not exit(): what this program has in its buffers is written by the parent.
    _exit(written == static_cast<ssize_t>(text.size()) ? 0 : exit_bench);
  }
  close(ends[1]);
  std::string text;
  std::array<char, 4096> buffer{};
  for (ssize_t size = 0; child > 0 && (size = read(ends[0], buffer.data(), buffer.size())) > 0;) text.append(buffer.data(), static_cast<std::size_t>(size));
  close(ends[0]);
  int status = 0;
  if (child > 0) waitpid(child, &status, 0);
  const auto json = base::parse_json(text);
  if (!json || !json->is_object()) return std::nullopt;
  return json->get_object();
}

}  // namespace

int scale(const ScaleCommand& command) {
  auto sizes = command.users;
  std::ranges::sort(sizes);
  base::JsonArray all;
  bool failed = false;
  bool lost = false;
  for (const auto users : sizes) {
    if (interrupted()) break;
    const auto result = in_its_own_process(command, users);
    if (!result) {
      lost = !interrupted();
      break;
    }
    if (command.format == "text") fmt::print("{}\n", bench::scale::scale_text(*result));
    std::fflush(stdout);
    failed = failed || base::member(*result, "problem") != nullptr;
    all.emplace_back(*result);
  }
  const auto text = base::to_text(base::JsonObject{{"lockstep_scale", 1}, {"seed", command.seed}, {"sizes", all}}) + "\n";
  if (command.format == "json") fmt::print("{}", text);
  if (!command.out.empty()) {
    std::ofstream file(command.out, std::ios::binary);
    if (!(file << text).flush()) return complain(exit_unavailable, fmt::format("{}: cannot be written", command.out));
  }
  if (interrupted()) return exit_interrupted;
  if (lost) return complain(exit_bench, "the process of a size has ended without a word; there may be too little memory for it");
  return failed ? exit_violation : exit_pass;
}

}  // namespace cli
