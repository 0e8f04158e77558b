#include <fmt/format.h>

#include <filesystem>
#include <string_view>
#include <vector>

#include "base/rng.h"
#include "cli/commands.h"
#include "cli/confirmation.h"
#include "cli/conform_client_command.h"
#include "cli/conform_conclusion.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/live_session.h"
#include "cli/places.h"
#include "cli/progress.h"
#include "cli/quirk_words.h"
#include "cli/target_config.h"
#include "cli/version.h"
#include "cli/wall_clock.h"
#include "live/system_entropy.h"
#include "reports/plain_text.h"
#include "scenarios/catalog.h"
#include "scenarios/probe/fake_session.h"
#include "scenarios/script/nearest.h"

namespace cli {
namespace {

namespace probe = scenarios::probe;
using scenarios::CaseRecord;

/// The configuration file's settings, with what the command line says in their place.
std::expected<TargetConfig, std::string> configuration_of(const ConformCommand& command) {
  TargetConfig config;
  if (!command.config.empty()) {
    auto read = read_target_config(command.config);
    if (!read) return std::unexpected(read.error().message);
    config = std::move(*read);
  }
  if (!command.target.empty()) config.target = command.target;
  if (config.target.empty()) config.target = "core";
  if (command.rate > 0) config.rate = std::max<std::int64_t>(1, static_cast<std::int64_t>(command.rate));
  const auto take = [&](const std::string& file, probe::Authorization::Scheme scheme) -> std::expected<void, std::string> {
    if (file.empty()) return {};
    const auto secret = read_secret(file);
    if (!secret) return std::unexpected(secret.error().message);
    config.auth = probe::Authorization{scheme, *secret};
    config.oauth.reset();
    return {};
  };
  if (auto taken = take(command.token_file, probe::Authorization::Scheme::bearer); !taken) return std::unexpected(taken.error());
  if (auto taken = take(command.basic_file, probe::Authorization::Scheme::basic); !taken) return std::unexpected(taken.error());
  if (!command.oauth_file.empty()) {
    auto read = read_target_config(command.oauth_file);
    if (!read) return std::unexpected(read.error().message);
    if (!read->oauth) return std::unexpected(fmt::format("{}: auth: {{oauth: …}} is missing", command.oauth_file));
    config.oauth = std::move(read->oauth);
    config.auth.reset();
  }
  return config;
}

bool is_outside(const TargetConfig& config) { return config.target != "core" && config.target != "fake"; }

/// Names the target and asks.
bool confirmed(const ConformCommand& command, const TargetConfig& config, const base::Uri& url) {
  if (command.yes || command.plan || command.read_only || is_loopback(url)) return true;
  fmt::print(stderr, "lockstep: the suite '{}' will create, change and remove users and groups named {}… at\n    {}\n",
             command.suite, config.data.prefix, url.text());
  return confirmed_at_the_terminal("; --plan shows every write first");
}

int print_plan(const probe::SessionResult& result) {
  std::string last;
  for (const auto& write : result.planned) {
    if (write.case_id != last) fmt::print("\n{}\n", write.case_id);
    last = write.case_id;
    fmt::print("  {} {}\n", write.method, write.target);
    if (!write.body.empty()) fmt::print("      {}\n", write.body);
  }
  fmt::print("\n{} writes; none was sent\n", result.planned.size());
  return exit_pass;
}

std::string replay_command(const ConformCommand& command, const TargetConfig& config) {
  auto text = fmt::format("{} conform {}", program_name(), command.suite);
  if (config.target != "core") text += " --target " + reports::shell_word(config.target);
  for (const auto& quirk : command.quirks) text += " --quirk " + reports::shell_word(quirk);
  for (const auto& [option, value] : {std::pair("--config", command.config), std::pair("--token-file", command.token_file),
                                      std::pair("--basic", command.basic_file), std::pair("--oauth", command.oauth_file)}) {
    if (!value.empty()) text += fmt::format(" {} {}", option, reports::shell_word(value));
  }
  return text;
}

/// A mark that no earlier run has used; of a seed where one is given, so that a run can be repeated byte for byte.
std::string run_mark(const ConformCommand& command, const TargetConfig& config) {
  if (!is_outside(config)) return "1";
  const auto word = command.seed ? base::Rng(*command.seed).fork("run").next() : live::SystemEntropy().next();
  return fmt::format("{:06x}", word & 0xFFFFFFU);
}

/// Where there is no suite of that name, the one that may be meant.
std::string other_suite_of(const std::string& folder, const std::string& name) {
  std::error_code error;
  if (std::filesystem::exists(std::filesystem::path(folder) / name, error)) return {};
  std::vector<std::string_view> names{"scim", "entra", "okta", "jumpcloud", "validator"};
  for (const auto& info : scenarios::client::client_suites()) names.push_back(info.name);
  const auto near = scenarios::nearest_key(name, names);
  return near ? fmt::format("; did you mean '{}'?", *near) : std::string();
}

}  // namespace

int conform(const ConformCommand& command) {
  if (const auto* suite = scenarios::client::client_suite_named(command.suite)) return conform_client(command, *suite);
  if (!command.run.empty() || !command.listen.empty()) return complain(exit_usage, "--run and --listen are for the suites of clients: graph-client, oidc-rp, scim-client");
  const auto config = configuration_of(command);
  if (!config) return complain(exit_usage, config.error());
  if (!command.quirks.empty() && config->target != "fake") return complain(exit_usage, "--quirk is for --target fake");
  const auto folder = command.cases.empty() ? project_root() + "/scenarios/conformance" : command.cases;
  auto suite = probe::load_suite(folder, command.suite);
  if (!suite) return complain(exit_usage, suite.error().text + other_suite_of(folder, command.suite));
  const auto useless = probe::select(*suite, command.only, command.skip);
  if (!useless.empty()) return complain(exit_usage, fmt::format("'{}' selects no case of the suite", useless.front()));
  if (command.read_only) probe::keep_reading_cases(*suite);
  const auto catalog = scenarios::Catalog::load();
  if (!catalog) return complain(exit_bench, catalog.error().message);

  probe::SessionOptions options;
  options.target.name = config->product.empty() ? config->target : config->product;
  options.target.text = config->target;
  options.data = config->data;
  // A mail address is no username there, so the configuration cannot ask for one. [rule R44]
  if (command.suite == "jumpcloud") options.data.user_name_is_mail = false;
  options.known = config->known;
  options.seed = command.seed.value_or(1);
  options.run_mark = run_mark(command, *config);
  options.plan = command.plan;
  options.version = version;
  options.replay = replay_command(command, *config);
  options.stop = interrupted;
  const Progress progress;
  options.progress = [&](const CaseRecord& one, std::size_t done, std::size_t all) { progress.show(done, all, one.id); };

  const auto baseline = baseline_of(command);
  if (!baseline) return complain(exit_usage, baseline.error());
  probe::SessionResult result;
  const Stopwatch stopwatch;
  if (is_outside(*config)) {
    const auto url = parse_target_url(config->target);
    if (!url) return complain(exit_usage, fmt::format("--target: {}", url.error().message));
    if (!confirmed(command, *config, *url)) return exit_usage;
    auto judged = judge_outside(*suite, *catalog, *config, options);
    if (!judged) return complain(exit_usage, judged.error());
    result = std::move(*judged);
  } else if (config->target == "fake") {
    const auto quirks = fake_quirks_of(command.quirks);
    if (!quirks) return complain(exit_usage, quirks.error());
    result = probe::judge_fake(*suite, *catalog, {*quirks}, options).result;
  } else {
    result = probe::judge_core(*suite, *catalog, options);
  }
  progress.clear();
  result.record.measured.wall = stopwatch.elapsed();
  if (command.plan) return print_plan(result);
  return conclude_conform(command, std::move(result.record), *baseline);
}

}  // namespace cli
