#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <expected>
#include <optional>
#include <string_view>

#include "base/duration_text.h"
#include "bench/load/load_html.h"
#include "bench/load/load_json.h"
#include "bench/load/load_run.h"
#include "bench/load/load_text.h"
#include "bench/load/verdict.h"
#include "cli/commands.h"
#include "cli/confirmation.h"
#include "cli/exit_codes.h"
#include "cli/file_limit.h"
#include "cli/interrupt.h"
#include "cli/live_session.h"
#include "cli/places.h"
#include "cli/progress.h"
#include "cli/target_config.h"
#include "live/system_entropy.h"

namespace cli {
namespace {

using bench::load::LoadOptions;
using bench::load::LoadResult;
using bench::load::LoadVerdict;

template <class T>
using Read = std::expected<T, std::string>;

/// Empty: as fast as it goes.
Read<std::optional<double>> rate_of(const std::string& text) {
  if (text == "max") return std::nullopt;
  double rate = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), rate);
  constexpr double most = 1e6;
  constexpr double least = 1e-3;
  const bool fits = error == std::errc() && end == text.data() + text.size() && std::isfinite(rate) && rate >= least && rate <= most;
  if (!fits) return std::unexpected(fmt::format("--rate: '{}' is no number of requests a second, and not max", text));
  return rate;
}

Read<TargetConfig> load_config(const LoadCommand& command) {
  TargetConfig config;
  config.timeout = std::chrono::seconds{30};
  if (!command.config.empty()) {
    auto read = read_target_config(command.config);
    if (!read) return std::unexpected(read.error().message);
    config = std::move(*read);
    if (config.oauth) return std::unexpected(fmt::format("{}: auth: oauth is for conform; load takes a token_file", command.config));
  }
  if (!command.target.empty()) config.target = command.target;
  if (!command.token_file.empty()) {
    const auto secret = read_secret(command.token_file);
    if (!secret) return std::unexpected(secret.error().message);
    config.auth = scenarios::probe::Authorization{scenarios::probe::Authorization::Scheme::bearer, *secret};
  }
  if (config.target.empty()) return std::unexpected("--target URL is missing, or --config FILE that names one");
  if (config.target == "core" || config.target == "fake") return std::unexpected(fmt::format("--target: '{}' is for conform; load takes a URL", config.target));
  return config;
}

Read<LoadOptions> load_options(const LoadCommand& command, const TargetConfig& config) {
  LoadOptions out;
  const auto url = parse_target_url(config.target);
  if (!url) return std::unexpected(fmt::format("--target: {}", url.error().message));
  const auto rate = rate_of(command.rate);
  if (!rate) return std::unexpected(rate.error());
  auto& plan = out.plan;
  plan.rate = *rate;
  if (!command.duration.empty()) {
    const auto duration = base::parse_duration(command.duration);
    if (!duration) return std::unexpected(fmt::format("--duration: {}", duration.error().message));
    if (*duration <= base::Duration{0}) return std::unexpected("--duration: no time at all");
    plan.duration = *duration;
  }
  plan.profile = *bench::load::profile_named(command.profile);
  plan.users = command.users;
  plan.clients = command.clients;
  plan.seed = command.seed;
  plan.any_answer = command.any_answer;
  plan.target = url->text();
  // One that no earlier run has used: names must be free.
  plan.mark = fmt::format("{:06x}", live::SystemEntropy().next() & 0xFFFFFFU);
  plan.prefix = config.data.prefix + "load-";
  out.names = {plan.prefix, plan.mark, config.data.domain, config.data.user_name_is_mail};
  out.endpoint.base = *url;
  if (config.auth) out.endpoint.authorization = base::Secret(config.auth->header());
  out.endpoint.headers = config.headers;
  out.tls = config.tls;
  out.timeout = config.timeout;
  out.keep = command.keep;
  return out;
}

/// Names the target and asks.
bool may_be_loaded(const LoadCommand& command, const LoadOptions& options) {
  if (command.yes || is_loopback(options.endpoint.base)) return true;
  const auto rate = options.plan.rate ? fmt::format("{:g} requests a second", *options.plan.rate) : std::string("as many requests as it takes");
  fmt::print(stderr, "lockstep: the load '{}' will send {} and create and remove users and groups named {}… at\n    {}\n", command.profile, rate,
             options.plan.prefix, options.endpoint.base.text());
  return confirmed_at_the_terminal();
}

void show_progress(const Progress& line, const bench::load::LoadProgress& at) {
  const auto of = at.all == 0 ? std::string() : fmt::format("/{}", at.all);
  line.show(fmt::format("{} {}{}, {} requests, {} errors", at.stage, at.done, of, at.requests, at.failed));
}

void list_left(const LoadResult& result) {
  if (result.left.empty()) return;
  fmt::print(stderr, "lockstep: not removed, {} in all:\n", result.left.size());
  for (const auto& one : result.left) fmt::print(stderr, "    {}\n", one);
}

int code_of(const LoadResult& result, const LoadVerdict& verdict) {
  if (result.interrupted || interrupted()) return exit_interrupted;
  switch (verdict.kind) {
    case LoadVerdict::Kind::pass: return exit_pass;
    case LoadVerdict::Kind::fail: return exit_violation;
    case LoadVerdict::Kind::not_judged: return exit_not_judged;
  }
  return exit_bench;
}

}  // namespace

int load(const LoadCommand& command) {
  const auto config = load_config(command);
  if (!config) return complain(exit_usage, config.error());
  auto options = load_options(command, *config);
  if (!options) return complain(exit_usage, options.error());
  if (!may_be_loaded(command, *options)) return exit_usage;
  constexpr std::size_t beside_connections = 64;
  raise_file_limit(command.clients + beside_connections);
  catch_two_interrupts();
  const Progress line;
  options->stop = [] { return interrupts() > 0; };
  options->give_up = [] { return interrupts() > 1; };
  options->progress = [&line](const bench::load::LoadProgress& at) { show_progress(line, at); };
  const auto result = bench::load::run_load(*options);
  line.clear();
  if (!result) return complain(exit_usage, result.error());
  const auto verdict = bench::load::verdict_of(*result);
  const auto json = bench::load::load_json(*result, verdict);
  fmt::print("{}", command.format == "json" ? json : bench::load::load_text(*result, verdict));
  list_left(*result);
  if (!command.report.empty()) {
    const bool written = write_file(command.report + "/load.json", json) && write_file(command.report + "/index.html", bench::load::load_html(*result, verdict));
    if (!written) return exit_bench;
    if (command.format == "text") fmt::print("report: {}/index.html\n", command.report);
  }
  return code_of(*result, verdict);
}

}  // namespace cli
