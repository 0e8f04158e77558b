// Okta's SCIM client in the manner of an integration from its catalogue: PUT for profiles, PATCH for activation,
// deactivation and passwords, each update after a GET. Event-driven: seconds after the change.
// [Okta provisioning-clients 4.4-04] [Okta provisioning-clients 6-12]
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/http_transport.h"
#include "base/json.h"
#include "base/task.h"
#include "base/trace.h"
#include "base/uri.h"
#include "fakes/okta/org.h"

namespace fakes::okta {

/// What a new account in the application gets as its password. [Okta provisioning-clients 4.6-01]
enum class PasswordSeed {
  okta,   ///< the user's own, and every change of it
  random  ///< a placeholder that nobody knows, and no changes
};

struct ScimClientConfig {
  base::Uri base_url;
  base::Secret token;
  PasswordSeed seed = PasswordSeed::okta;  ///< [rule R61]
  /// From a change to its push.
  base::Duration delay = std::chrono::seconds{5};
};

enum class TaskStatus { success, failure };

/// What became of one push: a line of the system log or, on failure, of the admin's list of tasks.
/// [Okta provisioning-clients 4.9-04]
struct TaskRecord {
  base::Instant at{};
  UserId user;
  std::string action;  ///< create, link, update, activate, password, deactivate
  TaskStatus status = TaskStatus::success;
  std::string detail{};  ///< what the application said
};

class ScimClient {
 public:
  ScimClient(Org& org, base::Clock& clock, base::HttpTransport& transport, base::Trace& trace, base::SecretWitness& witness,
             base::Rng rng, ScimClientConfig config);

  /// Sends what is queued, for ever.
  base::Task<void> run();
  /// Queues the failed pushes of one user again, as the admin's Retry does; false where there are none.
  bool retry(const UserId& user);

  [[nodiscard]] const std::vector<TaskRecord>& log() const { return log_; }

 private:
  struct Outcome {
    std::string action{};  ///< empty where there was nothing to send
    std::optional<std::string> problem{};
  };

  base::Task<Outcome> process(Push push);
  base::Task<Outcome> create_or_link(User user);
  base::Task<Outcome> link(User user, std::string resource_id);
  base::Task<Outcome> put_profile(User user, std::string resource_id);
  base::Task<Outcome> patch(std::string resource_id, std::string action, base::JsonObject value);
  /// Sends, and again after a 429. [Okta provisioning-clients 4.9-01] [Okta provisioning-clients 4.9-02]
  base::Task<base::HttpResult> call(std::string method, std::string path, std::optional<base::JsonObject> body);
  [[nodiscard]] base::HttpRequest request(std::string method, std::string path, const std::optional<base::JsonObject>& body) const;
  [[nodiscard]] base::JsonObject create_body(const User& user);

  Org* org_;
  base::Clock* clock_;
  base::HttpTransport* transport_;
  base::Trace* trace_;
  base::SecretWitness* witness_;
  base::Rng rng_;
  ScimClientConfig config_;
  std::map<UserId, std::string> links_;
  std::vector<Push> failed_;
  std::vector<TaskRecord> log_;
};

}  // namespace fakes::okta
