// A request on its way to an answer: what it can use, who sent it, and which keys its path names.
#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "fakes/okta/api/answer.h"
#include "fakes/okta/api/caller.h"
#include "fakes/okta/api/event_hooks.h"
#include "fakes/okta/api/options.h"
#include "fakes/okta/api/search_index.h"
#include "fakes/okta/org/org.h"

namespace fakes::okta::api {

/// A connection that is stored once somebody has tested it.
struct UntestedConnection {
  AppId app;
  ProvisioningConnection connection;
  Actor actor{};
};

struct Context {
  const ApiOptions& options;
  Org& org;
  SearchIndex& index;
  RateLimits& limits;
  EventHooks& hooks;
  base::Rng& rng;
  base::Instant now;
  std::optional<UntestedConnection>* to_test;  ///< of the current request; null: nobody tests, and it is stored at once

  [[nodiscard]] bool has(Quirk quirk) const { return options.quirks.has(quirk); }
};

struct Call {
  const Context& context;
  const Request& request;
  const Caller& caller;
  std::string request_id{};
  std::vector<std::string> keys{};  ///< of the path, in its order

  [[nodiscard]] Org& org() const { return context.org; }
  /// Whom the log names: the user who made the token, or the client. [Okta provisioning-clients 5.7-03]
  [[nodiscard]] Actor actor() const;
};

/// What the API says where the org refuses.
[[nodiscard]] ApiError error_of(const Refusal& refusal);
template <class T>
[[nodiscard]] Outcome<T> told(okta::Outcome<T> outcome) {
  if (!outcome) return std::unexpected(error_of(outcome.error()));
  if constexpr (std::is_void_v<T>) {
    return {};
  } else {
    return *std::move(outcome);
  }
}

/// By id, login, the login's short form, or `me`. [Okta provisioning-clients 5.2-12]
[[nodiscard]] Outcome<UserId> user_of(const Call& call, const std::string& key);
[[nodiscard]] Outcome<const Group*> group_of(const Call& call, const std::string& key);
[[nodiscard]] Outcome<const App*> app_of(const Call& call, const std::string& key);

}  // namespace fakes::okta::api
