#include "fakes/okta/scim_client/caller.h"

#include "fakes/okta/scim_client/retry.h"

namespace fakes::okta::scim_client {
namespace {

base::HttpResult nowhere(std::string message) {
  return std::unexpected(base::TransportFailure{base::TransportFailure::Kind::unreachable, std::move(message)});
}

Authorization authorization_of(const base::Secret& token, const Settings& settings) {
  switch (settings.authorization) {
    case AuthStyle::bearer:
      return BearerToken{token};
    case AuthStyle::header:
      return HeaderToken{token};
    case AuthStyle::basic:
      return BasicCredentials{settings.basic_user, token};
    case AuthStyle::oauth:
      break;
  }
  return settings.oauth;
}

}  // namespace

base::Result<Connection> connection_of(const ProvisioningConnection& connection, AppTemplate made_from, const Settings& settings) {
  if (settings.endpoint) return Connection{*settings.endpoint, authorization_of(connection.token, settings)};
  auto url = parse_base_url(connection.base_url, made_from);
  if (!url) return std::unexpected(url.error());
  return Connection{*std::move(url), authorization_of(connection.token, settings)};
}

bool Caller::can_refresh() const {
  return settings_->authorization == AuthStyle::oauth && !settings_->oauth.refresh_token.empty();
}

bool Caller::has_expired() const { return settings_->oauth.expires && *settings_->oauth.expires <= clock_->now(); }

base::Task<base::Result<void>> Caller::fetch_tokens(base::HttpRequest request) {
  const auto answer = co_await transport_->send(std::move(request), socket_timeout);
  auto given = with_tokens(settings_->oauth, answer, clock_->now());
  if (!given) co_return std::unexpected(given.error());
  settings_->oauth = *std::move(given);
  witness_->witness(settings_->oauth.access_token);
  if (!settings_->oauth.refresh_token.empty()) witness_->witness(settings_->oauth.refresh_token);
  co_return base::Result<void>();
}

base::Task<base::Result<void>> Caller::exchange(std::string code) {
  const auto* app = org_->find(settings_->app);
  auto request = code_request(settings_->oauth, app == nullptr ? std::string{} : app->name, code);
  auto outcome = co_await fetch_tokens(std::move(request));
  co_return outcome;
}

base::Task<base::HttpResult> Caller::send(std::string method, std::string path, std::optional<base::JsonObject> body, std::optional<ProvisioningConnection> by) {
  const auto* app = org_->find(settings_->app);
  if (app == nullptr) co_return nowhere("the app is gone");
  const auto connection = connection_of(by ? *by : app->connection, app->made_from, *settings_);
  if (!connection) co_return nowhere(connection.error().message);
  auto request = request_of(*connection, std::move(method), path, body, settings_->transport_headers);
  auto result = co_await transport_->send(std::move(request), socket_timeout);
  co_return result;
}

base::Task<base::HttpResult> Caller::call_once(std::string method, std::string path, std::optional<base::JsonObject> body,
                                               std::optional<ProvisioningConnection> by) {
  const bool refreshes = can_refresh();
  if (refreshes && has_expired()) {
    auto request = refresh_request(settings_->oauth);
    const auto refreshed = co_await fetch_tokens(std::move(request));
    if (!refreshed) co_return nowhere(refreshed.error().message);
  }
  auto result = co_await send(method, path, body, by);
  // Assumed: a token that is refused before its time is renewed once.
  if (!refreshes || !result || result->status != 401) co_return result;
  auto request = refresh_request(settings_->oauth);
  const auto refreshed = co_await fetch_tokens(std::move(request));
  if (!refreshed) co_return result;
  auto again = co_await send(std::move(method), std::move(path), std::move(body), std::move(by));
  co_return again;
}

base::Task<base::HttpResult> Caller::call(std::string method, std::string path, std::optional<base::JsonObject> body,
                                          std::function<void()> paused) {
  RetrySchedule schedule(settings_->quirks);
  for (;;) {
    auto result = co_await call_once(method, path, body);
    if (!result || result->status != 429) co_return result;
    const auto pause = schedule.refused(result->headers.find("Retry-After"));
    if (!pause) co_return result;
    if (paused) paused();
    settings_->probing.reached(Probe::okta_is_throttled);
    co_await clock_->sleep_for(*pause);
  }
}

}  // namespace fakes::okta::scim_client
