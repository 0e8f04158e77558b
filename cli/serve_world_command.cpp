// `serve` of a world: what the operator wrote becomes a plan, the plan a server.
#include <fmt/format.h>
#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>

#include "base/encoding.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/file_limit.h"
#include "cli/listen_warning.h"
#include "cli/places.h"
#include "cli/version.h"
#include "live/wall_clock.h"
#include "scenarios/engine/library.h"
#include "serve/server.h"

namespace cli {
namespace {

constexpr std::size_t most_ports = 6;  ///< control, four parties, proxy
/// Of each port of a party's, and of what stands behind the proxy for it; the system may allow fewer.
constexpr std::size_t most_connections_of_a_port = 1'000;
/// For the control port, those that have not told the proxy yet where they want to go, and whatever else.
constexpr std::size_t files_for_the_rest = 512;

bool is_named(const ServeCommand& command, std::string_view party) { return std::ranges::find(command.parties, party) != command.parties.end(); }

std::set<serve::Party> parties_of(const ServeCommand& command) {
  std::set<serve::Party> parties;
  for (const auto& name : command.parties) {
    if (const auto party = serve::party_named(name)) parties.insert(*party);
  }
  if (parties.empty() || is_named(command, "world")) parties.insert(serve::all_parties.begin(), serve::all_parties.end());
  return parties;
}

base::Result<serve::WorldPlan> plan_of(const ServeCommand& command) {
  serve::WorldPlan plan;
  if (!command.world.empty()) {
    auto loaded = scenarios::load_script(found_path(command.world));
    if (!loaded) return base::fail(loaded.error().text);
    plan.scenario = std::move(loaded->scenario);
    plan.seed = command.seed.value_or(plan.scenario.replay.seed);
    return plan;
  }
  auto start = base::Instant{std::chrono::floor<std::chrono::seconds>(live::system_time().wall().time_since_epoch())};
  if (command.start != "now") {
    const auto read = base::parse_rfc3339(command.start);
    if (!read) return base::fail("--start: " + read.error().message);
    start = *read;
  }
  if (start > scenarios::latest_start) return base::fail("--start: a world begins in 2100 at the latest");
  plan.scenario = serve::small_company(start, is_named(command, "devices"));
  plan.seed = command.seed.value_or(1);
  return plan;
}

base::Result<serve::ServerOptions> server_options(const ServeCommand& command) {
  serve::ServerOptions options;
  const auto mode = serve::parse_clock_mode(command.clock);
  if (!mode) return base::fail("--clock: " + mode.error().message);
  options.mode = *mode;
  boost::system::error_code error;
  boost::asio::ip::make_address(command.listen, error);
  if (error) return base::fail(fmt::format("--listen: '{}' is not an address, such as 127.0.0.1 or ::1", command.listen));
  const auto port = command.port.value_or(0);
  if (port > UINT16_MAX - most_ports) return base::fail(fmt::format("--port: {} leaves no room for those that follow it", port));
  auto plan = plan_of(command);
  if (!plan) return std::unexpected(plan.error());
  options.plan = *std::move(plan);
  options.control_port = port;
  options.version = version;
  options.gates.parties = parties_of(command);
  options.gates.listen = command.listen;
  options.gates.first_port = port == 0 ? port : static_cast<std::uint16_t>(port + 1);
  options.gates.tls = command.tls;
  options.gates.proxy = command.proxy;
  options.gates.tls_folder = command.tls_folder;
  const auto hosts = options.gates.parties.size() * (command.proxy && !command.tls ? 2 : 1);
  const auto files = raise_file_limit(hosts * most_connections_of_a_port + files_for_the_rest);
  options.gates.most_connections = files > 2 * files_for_the_rest ? (files - files_for_the_rest) / hosts : files_for_the_rest / hosts;
  for (const auto& host : command.hosts) options.gates.more_names.push_back(base::to_lower(host));
  if (command.verbose) options.log = [](const std::string& line) { fmt::print(stderr, "lockstep: {}\n", line); };
  return options;
}

}  // namespace

int serve_world(const ServeCommand& command) {
  auto options = server_options(command);
  if (!options) return complain(exit_usage, options.error().message);
  const auto seed = options->plan.seed;
  const auto title = options->plan.scenario.title;
  const auto start = options->plan.scenario.world.start;
  std::signal(SIGPIPE, SIG_IGN);  // of whoever reads standard output and goes
  auto server = serve::Server::start(*std::move(options));
  if (!server) return complain(exit_unavailable, server.error().message);
  const auto settings = serve::to_shell((*server)->settings());
  if (!command.environment_file.empty() && !write_file(command.environment_file, settings)) return exit_unavailable;
  fmt::print("{}", settings);
  std::fflush(stdout);
  warn_of_listening(command.listen, keys_of_a_world);
  fmt::print(stderr, "lockstep: serving '{}', seed {}, from {} on, clock {}; Ctrl-C ends it\n", title, seed, base::to_rfc3339(start), command.clock);
  (*server)->run();
  return exit_pass;
}

}  // namespace cli
