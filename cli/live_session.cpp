#include "cli/live_session.h"

#include <fmt/format.h>

#include <optional>

#include "base/duration_text.h"
#include "base/patient_transport.h"
#include "base/rate_limited.h"
#include "live/http_client.h"
#include "live/loop.h"

namespace cli {
namespace {

using scenarios::probe::SessionOptions;
using scenarios::probe::SessionResult;

using Outcome = std::expected<SessionResult, std::string>;

base::Task<void> judge_and_stop(const scenarios::probe::Suite& suite, const scenarios::Catalog& catalog,
                                const SessionOptions& options, Outcome& into, live::Loop& loop) {
  base::Result<void> authorized;
  if (auto* tokens = options.target.tokens; tokens != nullptr) {
    // Before anything is judged: without a token every finding would be about its lack.
    if (const auto token = co_await tokens->token(); !token) authorized = base::fail(token.error().message);
  }
  if (authorized) {
    into = co_await judge_product(suite, catalog, options);
  } else {
    into = std::unexpected(authorized.error().message);
  }
  loop.stop();
}

live::HttpClientOptions client_options_of(const TargetConfig& config, const base::Uri& url) {
  live::HttpClientOptions options;
  if (url.scheme == "http") options.plain.insert(url.authority());
  if (config.oauth && config.oauth->token_url.scheme == "http") options.plain.insert(config.oauth->token_url.authority());
  options.authorities = config.tls.authorities;
  options.certificate = config.tls.certificate;
  options.key = config.tls.key;
  options.insecure = config.tls.insecure;
  options.connect_timeout = config.timeout;
  return options;
}

}  // namespace

bool is_loopback(const base::Uri& url) {
  return url.host == "localhost" || url.host == "[::1]" || url.host.starts_with("127.");
}

std::expected<SessionResult, std::string> judge_outside(const scenarios::probe::Suite& suite, const scenarios::Catalog& catalog,
                                                        const TargetConfig& config, SessionOptions options) {
  const auto url = parse_target_url(config.target);
  if (!url) return std::unexpected(url.error().message);
  live::Loop loop;
  auto client = live::HttpClient::make(loop, client_options_of(config, *url));
  if (!client) return std::unexpected(client.error().message);
  std::optional<base::RateLimited> limited;
  if (config.rate > 0) limited.emplace(**client, loop.scheduler(), config.rate);
  base::PatientTransport patient(limited ? static_cast<base::HttpTransport&>(*limited) : **client, loop.scheduler());
  std::optional<base::OauthTokens> tokens;
  if (config.oauth) tokens.emplace(**client, loop.scheduler(), *config.oauth, config.timeout);
  auto& target = options.target;
  target.base = *url;
  target.transport = &patient;
  target.tokens = tokens ? &*tokens : nullptr;
  target.scheduler = &loop.scheduler();
  target.second = config.second_auth;
  target.headers = config.headers;
  target.timeout = config.timeout;
  target.circumstances.remote = !is_loopback(*url);
  target.circumstances.second_credential = config.second_auth.has_value();
  target.circumstances.token_endpoint = config.oauth.has_value();
  if (config.auth) target.authorization = *config.auth;
  options.started = loop.clock().now();
  Outcome outcome;
  const auto scope = loop.scheduler().make_scope("session");
  base::spawn(loop.scheduler(), scope, "judges", judge_and_stop(suite, catalog, options, outcome, loop));
  loop.run();
  loop.scheduler().kill(*scope);
  if (outcome && patient.waits() > 0) {
    fmt::print(stderr, "lockstep: the product asked {} times to wait (429 or 503 with Retry-After): {} in all\n", patient.waits(),
               base::to_text(patient.waited()));
  }
  return outcome;
}

}  // namespace cli
