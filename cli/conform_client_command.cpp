#include "cli/conform_client_command.h"

#include <fmt/format.h>
#include <boost/asio/ip/address.hpp>

#include <charconv>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <optional>
#include <utility>

#include "base/duration_text.h"
#include "base/encoding.h"
#include "base/uri.h"
#include "cli/conform_conclusion.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/listen_warning.h"
#include "cli/places.h"
#include "cli/product_operator.h"
#include "cli/progress.h"
#include "cli/quirk_words.h"
#include "cli/target_config.h"
#include "cli/version.h"
#include "cli/wall_clock.h"
#include "live/wall_clock.h"
#include "reports/plain_text.h"
#include "scenarios/catalog.h"
#include "scenarios/client/client_session.h"
#include "scenarios/client/core_products.h"
#include "scenarios/client/in_world_stage.h"
#include "scenarios/client/sample_products.h"
#include "scenarios/script/world_spec.h"
#include "serve/client_edge.h"

namespace cli {
namespace {

namespace client = scenarios::client;

constexpr base::Duration usual_patience = std::chrono::minutes{5};

bool is_outside_product(const ConformCommand& command) { return !command.run.empty() || !command.listen.empty(); }

struct ListenPlace {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0: free ones
};

/// `[ADDRESS:]PORT`; an IPv6 address stands in brackets.
std::expected<ListenPlace, std::string> place_to_listen(const std::string& text) {
  ListenPlace out;
  if (text.empty()) return out;
  const auto colon = text.rfind(':');
  const auto port = colon == std::string::npos ? text : text.substr(colon + 1);
  if (colon != std::string::npos) out.address = text.substr(0, colon);
  if (out.address.starts_with('[') && out.address.ends_with(']')) out.address = out.address.substr(1, out.address.size() - 2);
  const auto* end = port.data() + port.size();
  const auto [at, wrong] = std::from_chars(port.data(), end, out.port);
  if (wrong != std::errc{} || at != end) return std::unexpected(fmt::format("--listen: '{}' has no port; write 9000 or 127.0.0.1:9000", text));
  boost::system::error_code error;
  boost::asio::ip::make_address(out.address, error);
  if (error) return std::unexpected(fmt::format("--listen: '{}' is not an address, such as 127.0.0.1 or ::1", out.address));
  return out;
}

std::string target_in_world(const ConformCommand& command, const client::SuiteInfo& info) {
  return command.target.empty() ? std::string(client::default_product(info.name)) : command.target;
}

std::expected<client::ProductMaker, std::string> product_of(const ConformCommand& command, const client::SuiteInfo& info) {
  const auto target = target_in_world(command, info);
  if (target == "sample") {
    auto quirks = sample_quirks_of(command.quirks, info.name);
    if (!quirks) return std::unexpected(quirks.error());
    return client::sample_product(info.name, *std::move(quirks));
  }
  if (!command.quirks.empty()) return std::unexpected("--quirk is for --target sample");
  if (auto product = client::product_named(info.name, target)) return *std::move(product);
  return std::unexpected(fmt::format("--target: '{}' is no client; a product of yours is started by --run CMD, or by you with --listen PORT. There are {} and sample", target,
                                     info.name == "scim-client" ? "entra, okta" : "core"));
}

/// The configuration that is named, or what is known of a product that comes with the program. Empty: there is none.
std::string config_of(const ConformCommand& command, const std::string& target, const std::string& cases) {
  if (!command.config.empty() || is_outside_product(command)) return command.config;
  auto known = fmt::format("{}/known/{}.yaml", cases, target);
  std::error_code error;
  return std::filesystem::exists(known, error) ? known : std::string();
}

/// All that a case depends on, ready for a shell.
std::string client_replay_command(const ConformCommand& command) {
  auto text = fmt::format("{} conform {}", program_name(), command.suite);
  const auto add = [&](std::string_view option, const std::string& value) {
    if (!value.empty()) text += fmt::format(" {} {}", option, reports::shell_word(value));
  };
  add("--target", command.target);
  for (const auto& quirk : command.quirks) add("--quirk", quirk);
  add("--run", command.run);
  add("--listen", command.listen);
  if (command.patience) add("--patience", base::to_text(*command.patience));
  if (command.tls) text += " --tls";
  if (command.proxy) text += " --proxy";
  if (command.tls_folder != ConformCommand{}.tls_folder) add("--tls-folder", command.tls_folder);
  for (const auto& host : command.hosts) add("--host", host);
  for (const auto& uri : command.redirect_uris) add("--redirect-uri", uri);
  add("--config", command.config);
  add("--cases", command.cases);
  if (command.seed) add("--seed", std::to_string(*command.seed));
  return text;
}

std::expected<serve::ClientEdgeOptions, std::string> edge_options(const ConformCommand& command, const client::SuiteInfo& info, serve::Operator& product) {
  const auto place = place_to_listen(command.listen);
  if (!place) return std::unexpected(place.error());
  serve::ClientEdgeOptions options;
  options.suite = &info;
  options.seed = command.seed.value_or(1);
  // A person answers when it is done.
  if (!command.run.empty()) options.patience = command.patience.value_or(usual_patience);
  options.product = &product;
  options.redirect_uris = command.redirect_uris;
  options.stop = interrupted;
  options.gates.listen = place->address;
  options.gates.first_port = place->port;
  options.gates.tls = command.tls;
  options.gates.proxy = command.proxy;
  options.gates.tls_folder = command.tls_folder;
  for (const auto& host : command.hosts) options.gates.more_names.push_back(base::to_lower(host));
  return options;
}

/// Judges a product outside, over sockets. An error is usage's; where what is needed cannot be had `unavailable` is set.
std::expected<scenarios::ConformanceRecord, std::string> judge_listening(const ConformCommand& command, const client::Suite& suite, const scenarios::Catalog& catalog,
                                                                         client::ClientOptions options, bool& unavailable) {
  const auto product = command.run.empty() ? operator_by_hand(*suite.info) : operator_by_command(command.run);
  auto edge_settings = edge_options(command, *suite.info, *product);
  if (!edge_settings) return std::unexpected(edge_settings.error());
  options.stop = [&] { return interrupted() ? "interrupted" : product->gone(); };
  const auto listen = edge_settings->gates.listen;
  auto edge = serve::ClientEdge::open(*std::move(edge_settings));
  unavailable = !edge.has_value();
  if (!edge) return std::unexpected(edge.error().message);
  warn_of_listening(listen, keys_of_a_world);
  const auto settings = (*edge)->settings();
  if (!settings) return std::unexpected(settings.error().message);
  if (command.run.empty()) fmt::print(stderr, "{}", serve::to_shell(*settings));
  return client::judge_client(suite, catalog, (*edge)->stages(), options);
}

/// Why the options do not go together; empty where they do.
std::string contradiction(const ConformCommand& command, const client::SuiteInfo& info) {
  const bool outside = is_outside_product(command);
  if (outside && !command.target.empty()) return "--target names a client that comes with the program; --run and --listen are for others";
  const bool asks = !command.token_file.empty() || !command.basic_file.empty() || !command.oauth_file.empty() || command.rate > 0 || command.read_only || command.plan;
  if (asks) return fmt::format("{} is asked by the product: --token-file, --basic, --oauth, --rate, --read-only and --plan are of suites that ask one", info.name);
  if (command.patience && command.run.empty()) return "--patience is of --run: whoever sits at a terminal takes as long as it takes";
  if (!command.redirect_uris.empty() && info.name != "oidc-rp") return "--redirect-uri is of oidc-rp";
  if (!outside && (command.tls || command.proxy || !command.hosts.empty() || !command.redirect_uris.empty())) {
    return "--tls, --proxy, --host and --redirect-uri are for a product outside: say --run CMD or --listen PORT";
  }
  for (const auto& uri : command.redirect_uris) {
    if (!base::parse_uri(uri)) return fmt::format("--redirect-uri: '{}' is no address, such as http://localhost:3000/callback", uri);
  }
  return {};
}

}  // namespace

int conform_client(const ConformCommand& command, const client::SuiteInfo& info) {
  const bool outside = is_outside_product(command);
  if (const auto why = contradiction(command, info); !why.empty()) return complain(exit_usage, why);
  const auto folder = command.cases.empty() ? project_root() + "/scenarios/client_conformance" : command.cases;
  auto suite = client::load_client_suite(folder, info);
  if (!suite) return complain(exit_usage, suite.error().text);
  const auto useless = client::select(*suite, command.only, command.skip);
  if (!useless.empty()) return complain(exit_usage, fmt::format("'{}' selects no case of the suite", useless.front()));
  const auto catalog = scenarios::Catalog::load();
  if (!catalog) return complain(exit_bench, catalog.error().message);
  const auto target = outside ? (command.run.empty() ? "a product that is started by hand" : command.run) : target_in_world(command, info);
  TargetConfig config;
  if (const auto path = config_of(command, target, folder); !path.empty()) {
    auto read = read_target_config(path);
    if (!read) return complain(exit_usage, read.error().message);
    config = *std::move(read);
  }
  const auto baseline = baseline_of(command);
  if (!baseline) return complain(exit_usage, baseline.error());

  client::ClientOptions options;
  options.target = target;
  options.product = config.product.empty() ? options.target : config.product;
  options.seed = command.seed.value_or(1);
  options.version = version;
  options.replay = client_replay_command(command);
  options.known = config.known;
  options.stop = [] { return std::string(interrupted() ? "interrupted" : ""); };
  // In a world the second time is the first.
  options.twice = outside && !command.run.empty();
  options.started = outside ? live::system_time().wall() : scenarios::default_start;
  const Progress progress;
  const bool shows = !outside || !command.run.empty();
  options.progress = [&](const scenarios::CaseRecord& one, std::size_t done, std::size_t all) {
    if (shows) progress.show(done, all, one.id);
  };

  const Stopwatch stopwatch;
  scenarios::ConformanceRecord record;
  if (outside) {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGCHLD, SIG_DFL);  // or nobody could tell how the product has ended
    bool unavailable = false;
    auto judged = judge_listening(command, *suite, *catalog, options, unavailable);
    if (!judged) return complain(unavailable ? exit_unavailable : exit_usage, judged.error());
    record = *std::move(judged);
  } else {
    auto product = product_of(command, info);
    if (!product) return complain(exit_usage, product.error());
    const auto store = scenarios::make_store_template();
    client::InWorldOptions in_world;
    in_world.seed = options.seed;
    in_world.store = &store;
    record = client::judge_client(*suite, *catalog, client::stages_in_world(*std::move(product), in_world), options);
  }
  progress.clear();
  record.measured.wall = stopwatch.elapsed();
  return conclude_conform(command, std::move(record), *baseline);
}

}  // namespace cli
