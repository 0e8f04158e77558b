// A program of the company that works with Microsoft Graph: it signs in as an app, sends requests, and keeps copies of the
// tenant by delta queries, which it makes when it is told to, or when a notification says that there is something new.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/http_service.h"
#include "base/http_transport.h"
#include "base/oauth_tokens.h"
#include "base/result.h"
#include "base/scheduler.h"
#include "base/wait.h"
#include "fakes/graph/delta_reader.h"

namespace scenarios {

/// What the copy of users holds beside their ids.
inline constexpr std::array<std::string_view, 5> copied_properties{"displayName", "userPrincipalName", "accountEnabled", "department", "jobTitle"};

class GraphProgram final : public base::HttpService {
 public:
  /// All outlive it. `graph` is the root of the API, without a version; notifications come to a path below `own`.
  GraphProgram(base::HttpTransport& transport, base::Scheduler& scheduler, base::Clock& clock, base::Uri graph, base::OauthClient client,
               base::Uri own);

  /// `path` is below the version. The error says why there is no token.
  base::Task<base::Result<base::HttpResult>> send(std::string method, std::string path, std::string body, bool eventual);
  /// "users" or "groups".
  base::Task<base::Result<void>> read_delta(std::string collection);
  /// Wants to be told of changes of the collection, for as long as Graph grants it. [Graph N1]
  base::Task<base::Result<base::HttpResult>> subscribe(std::string collection);
  /// Takes notifications, and shows that it is there. [Graph N3] [Graph N5]
  base::Task<base::HttpResponse> handle(base::HttpRequest request) override;
  /// Reads what it was told of, for ever.
  base::Task<void> run();
  /// How many changes of the collection it was told of.
  [[nodiscard]] std::int64_t told_of(std::string_view collection) const;
  [[nodiscard]] const fakes::graph::DeltaReader& copy_of(std::string_view collection) const;

 private:
  base::HttpTransport* transport_;
  base::Clock* clock_;
  base::Uri graph_;
  base::Uri own_;
  base::OauthTokens tokens_;
  fakes::graph::DeltaReader users_;
  fakes::graph::DeltaReader groups_;
  base::Event told_;
  std::set<std::string> unread_;                       ///< collections
  std::map<std::string, std::int64_t, std::less<>> changes_;  ///< by collection
};

}  // namespace scenarios
