// Okta's SCIM client in the manner of an integration from its catalogue: PUT for profiles, PATCH for activation,
// deactivation and passwords, each update after a GET. Event-driven: seconds after the change.
// [Okta provisioning-clients 4.4-04] [Okta provisioning-clients 6-12]
#pragma once

#include <cstdint>
#include <deque>
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
#include "fakes/okta/org/org.h"

namespace fakes::okta {

/// One thing that the application has to be told. [Okta provisioning-clients 4.5-03] [Okta provisioning-clients 4.6-04]
struct Push {
  enum class Kind : std::uint8_t { create, update, password, deactivate };
  Kind kind = Kind::create;
  UserId user;
};

struct ScimClientConfig {
  AppId app;  ///< of the org, whose settings say what is sent
  base::Uri base_url;
  base::Secret token;
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
  ScimClient(Org& org, base::Scheduler& scheduler, base::Clock& clock, base::HttpTransport& transport, base::Trace& trace, base::SecretWitness& witness,
             base::Rng rng, ScimClientConfig config);
  ~ScimClient() { org_->changes().unlisten(listener_); }
  ScimClient(const ScimClient&) = delete;
  ScimClient& operator=(const ScimClient&) = delete;

  /// Sends what is queued, for ever.
  base::Task<void> run();
  /// Queues the failed pushes of one user again, as the admin's Retry does; false where there are none.
  bool retry(const UserId& user);

  [[nodiscard]] const std::vector<TaskRecord>& log() const { return log_; }

 private:
  struct Result {
    std::string action{};  ///< empty where there was nothing to send
    std::optional<std::string> problem{};
  };

  /// Queues what follows from the changes since the cursor.
  void read_changes();
  void report(const Push& push, const Result& result);
  base::Task<Result> process(Push push);
  base::Task<Result> create_or_link(User user);
  base::Task<Result> link(User user, std::string resource_id);
  base::Task<Result> put_profile(User user, std::string resource_id);
  base::Task<Result> patch(std::string resource_id, std::string action, base::JsonObject value);
  /// The user's own password is the first one there. [Okta provisioning-clients 4.6-01] [rule R61]
  [[nodiscard]] bool seeds_their_own() const;
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
  base::Event changed_;
  std::size_t listener_;
  std::uint64_t cursor_ = 0;
  /// The oldest stays until it is done: a crash between repeats it.
  std::deque<Push> pushes_;
  std::map<UserId, std::string> links_;
  std::vector<Push> failed_;
  std::vector<TaskRecord> log_;
};

}  // namespace fakes::okta
