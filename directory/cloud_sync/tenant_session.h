// Speaks to one tenant's Graph on behalf of the admin who authorised: keeps an access token, which a refresh token renews, and
// sends calls alone or as a batch. [Graph K20] [Graph B1]
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/secret.h"
#include "base/task.h"
#include "directory/cloud_sync/account_plan.h"
#include "directory/cloud_sync/cloud_directory.h"
#include "directory/cloud_sync/graph_answer.h"
#include "directory/core/core.h"

namespace directory {

/// Most calls of a batch. [Graph B1]
inline constexpr std::size_t largest_batch = 20;

/// What sign-in grants for a code or for a refresh token.
struct TenantTokens {
  base::Secret access;
  base::Duration lifetime{};
  std::optional<base::Secret> refresh{};
  base::Json body{};  ///< the whole answer
};

/// Why it grants nothing: for good, until an admin authorises anew, or just now.
struct NoTokens {
  bool for_good = false;
  std::string message{};
};

/// Asks sign-in; `grant` is the grant's own part of the form. Fails for good where the answer is an OAuth error about the grant.
[[nodiscard]] base::Task<std::expected<TenantTokens, NoTokens>> fetch_tenant_tokens(Core& core, std::string tenant, std::string grant);

class TenantSession {
 public:
  TenantSession(Core& core, CloudDirectoryId directory) : core_(&core), directory_(std::move(directory)) {}

  /// Sees to it that there is an access token for the next minutes. An authorisation that has ended is written down. Whoever
  /// calls meanwhile waits for the same token.
  [[nodiscard]] base::Task<std::expected<void, NoTokens>> prepare();
  /// The next prepare() fetches another one. A token that was valid may be refused once. [Graph F8]
  void drop_token() { access_.reset(); }

  /// An answer for each call, in their order; one call goes by itself. Without a token none is sent.
  [[nodiscard]] base::Task<std::vector<GraphAnswer>> send(std::vector<GraphCall> calls);
  [[nodiscard]] base::Task<GraphAnswer> send_one(GraphCall call);

 private:
  [[nodiscard]] base::HttpRequest request_for(const GraphCall& call) const;

  Core* core_;
  CloudDirectoryId directory_;
  [[nodiscard]] base::Task<std::expected<void, NoTokens>> renew();

  std::optional<base::Secret> access_;
  base::Instant renewal_{};
  bool renewing_ = false;
};

}  // namespace directory
