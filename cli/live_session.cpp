#include "cli/live_session.h"

#include <fmt/format.h>

#include "live/http_client.h"
#include "live/loop.h"

namespace cli {
namespace {

using scenarios::probe::SessionOptions;
using scenarios::probe::SessionResult;

base::Task<void> judge_and_stop(const scenarios::probe::Suite& suite, const scenarios::Catalog& catalog,
                                const SessionOptions& options, SessionResult& into, live::Loop& loop) {
  into = co_await judge_product(suite, catalog, options);
  loop.stop();
}

}  // namespace

bool is_loopback(const base::Uri& url) {
  return url.host == "localhost" || url.host == "[::1]" || url.host.starts_with("127.");
}

std::expected<SessionResult, std::string> judge_outside(const scenarios::probe::Suite& suite, const scenarios::Catalog& catalog,
                                                        const TargetConfig& config, SessionOptions options) {
  const auto url = parse_target_url(config.target);
  if (!url) return std::unexpected(url.error().message);
  const bool beyond_us = config.oauth || config.rate > 0 || config.tls.insecure || !config.tls.certificate_file.empty();
  if (beyond_us) return std::unexpected("oauth, rate, insecure and client certificates are not offered by this version");
  live::Loop loop;
  live::HttpClientOptions client_options;
  if (url->scheme == "http") client_options.plain.insert(url->authority());
  client_options.authorities = config.tls.ca_file;
  auto client = live::HttpClient::make(loop, std::move(client_options));
  if (!client) return std::unexpected(client.error().message);
  auto& target = options.target;
  target.base = *url;
  target.transport = client->get();
  target.scheduler = &loop.scheduler();
  target.second = config.second_auth;
  target.headers = config.headers;
  target.timeout = config.timeout;
  target.circumstances.remote = !is_loopback(*url);
  target.circumstances.second_credential = config.second_auth.has_value();
  target.circumstances.token_endpoint = config.oauth.has_value();
  if (config.auth) target.authorization = *config.auth;
  options.started = loop.clock().now();
  SessionResult result;
  const auto scope = loop.scheduler().make_scope("session");
  base::spawn(loop.scheduler(), scope, "judges", judge_and_stop(suite, catalog, options, result, loop));
  loop.run();
  loop.scheduler().kill(*scope);
  return result;
}

}  // namespace cli
