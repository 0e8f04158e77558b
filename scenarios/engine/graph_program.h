// A program of the company that works with Microsoft Graph: it signs in as an app, sends requests, and keeps copies of the
// tenant by delta queries.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/http_transport.h"
#include "base/oauth_tokens.h"
#include "base/result.h"
#include "base/scheduler.h"
#include "fakes/graph/delta_reader.h"

namespace scenarios {

/// What the copy of users holds beside their ids.
inline constexpr std::array<std::string_view, 5> copied_properties{"displayName", "userPrincipalName", "accountEnabled", "department", "jobTitle"};

class GraphProgram {
 public:
  /// All outlive it. `graph` is the root of the API, without a version.
  GraphProgram(base::HttpTransport& transport, base::Scheduler& scheduler, base::Clock& clock, base::Uri graph, base::OauthClient client);

  /// `path` is below the version. The error says why there is no token.
  base::Task<base::Result<base::HttpResult>> send(std::string method, std::string path, std::string body, bool eventual);
  /// "users" or "groups".
  base::Task<base::Result<void>> read_delta(std::string collection);
  [[nodiscard]] const fakes::graph::DeltaReader& copy_of(std::string_view collection) const;

 private:
  base::HttpTransport* transport_;
  base::Uri graph_;
  base::OauthTokens tokens_;
  fakes::graph::DeltaReader users_;
  fakes::graph::DeltaReader groups_;
};

}  // namespace scenarios
