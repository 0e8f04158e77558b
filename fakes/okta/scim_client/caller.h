// Sends the client's requests: with the app's credentials, at most sixty seconds each, and again after a 429.
// [Okta provisioning-clients 4.1-07] [Okta provisioning-clients 4.9-01]
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/http_transport.h"
#include "base/json.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/task.h"
#include "fakes/okta/org/org.h"
#include "fakes/okta/scim_client/settings.h"

namespace fakes::okta::scim_client {

inline constexpr base::Duration socket_timeout = std::chrono::seconds{60};

/// What the app and its client's settings say together; the error is what an admin would be told.
[[nodiscard]] base::Result<Connection> connection_of(const ProvisioningConnection& connection, AppTemplate made_from, const Settings& settings);

class Caller {
 public:
  /// All outlive it. The settings are read anew for each request, and tokens of an authorization code are written there.
  Caller(const Org& org, base::Clock& clock, base::HttpTransport& transport, base::SecretWitness& witness, Settings& settings)
      : org_(&org), clock_(&clock), transport_(&transport), witness_(&witness), settings_(&settings) {}

  /// `paused` is told of each wait after a 429.
  base::Task<base::HttpResult> call(std::string method, std::string path, std::optional<base::JsonObject> body = std::nullopt,
                                    std::function<void()> paused = {});
  /// Once, without waiting out a refusal; by another connection than the app's where one is given.
  base::Task<base::HttpResult> call_once(std::string method, std::string path, std::optional<base::JsonObject> body = std::nullopt,
                                         std::optional<ProvisioningConnection> by = std::nullopt);

  /// The end of the authorization code grant: the admin came back with this code.
  base::Task<base::Result<void>> exchange(std::string code);

 private:
  base::Task<base::HttpResult> send(std::string method, std::string path, std::optional<base::JsonObject> body, std::optional<ProvisioningConnection> by);
  base::Task<base::Result<void>> fetch_tokens(base::HttpRequest request);
  [[nodiscard]] bool can_refresh() const;
  [[nodiscard]] bool has_expired() const;

  const Org* org_;
  base::Clock* clock_;
  base::HttpTransport* transport_;
  base::SecretWitness* witness_;
  Settings* settings_;
};

}  // namespace fakes::okta::scim_client
