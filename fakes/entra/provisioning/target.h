// The SCIM endpoint as the provisioning service calls it: requests, look-ups and what their answers mean.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/http_transport.h"
#include "base/json.h"
#include "base/task.h"
#include "fakes/entra/provisioning/job.h"
#include "fakes/entra/provisioning/quarantine.h"
#include "fakes/entra/service_token.h"

namespace fakes::entra::provisioning {

/// What the log says of a request that failed.
struct TargetFailure {
  std::string code;
  std::string reason;
  /// Where not this object but the endpoint is at fault: credentials that are not accepted, a query that finds no endpoint.
  /// [Entra provisioning-clients 2.14-01] [Entra provisioning-clients 2.1-04]
  std::optional<QuarantineError> endpoint{};
};

template <class T>
using Answered = std::expected<T, TargetFailure>;

class Target {
 public:
  /// All outlive it. Settings are read anew for each request: an admin may change the token at any time.
  Target(base::Clock& clock, base::HttpTransport& transport, ServiceTokens& service_tokens, const Settings& settings)
      : clock_(&clock), transport_(&transport), service_tokens_(&service_tokens), settings_(&settings) {}

  /// The resources that a filter finds. [Entra provisioning-clients 2.3-03]
  base::Task<Answered<std::vector<base::Json>>> find(ObjectKind kind, std::string filter);
  base::Task<Answered<base::Json>> read(ObjectKind kind, std::string id);
  /// The new resource, which has an id.
  base::Task<Answered<base::Json>> create(ObjectKind kind, base::JsonObject body);
  /// The resource, where the answer holds it. [Entra provisioning-clients 2.1-09]
  base::Task<Answered<std::optional<base::Json>>> patch(ObjectKind kind, std::string id, base::JsonObject body);
  /// A resource that is gone already is no failure.
  base::Task<Answered<void>> remove(ObjectKind kind, std::string id);
  /// A look-up of what cannot be there; empty where the answer is an empty list. [Entra provisioning-clients 2.2-01]
  base::Task<std::optional<TargetFailure>> probe(ObjectKind kind, std::string random_value);
  /// Whether the references are there already. [Entra provisioning-clients 2.5-08]
  base::Task<bool> holds_reference(ObjectKind kind, std::string id, std::string attribute, std::string value);

  /// Of one attribute; the path's filter is encoded, blanks are plus signs. [Entra provisioning-clients 2.1-20]
  [[nodiscard]] std::string equals_filter(std::string_view path, std::string_view value) const;
  /// Of the base without a flag. [Entra provisioning-clients 2.8-01]
  [[nodiscard]] std::string url_of(ObjectKind kind) const;

 private:
  base::Task<base::HttpResult> call(std::string method, std::string path, std::optional<base::JsonObject> body);

  base::Clock* clock_;
  base::HttpTransport* transport_;
  ServiceTokens* service_tokens_;
  const Settings* settings_;
  base::Instant next_turn_{};
};

}  // namespace fakes::entra::provisioning
