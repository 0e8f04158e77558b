// Okta's SCIM client for one app: it reads what has happened in the org and tells the app seconds later, one thing after the
// other; it imports when an admin or the schedule says so. [Okta provisioning-clients 6-12]
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/http_transport.h"
#include "base/json.h"
#include "base/result.h"
#include "base/rng.h"
#include "base/scheduler.h"
#include "base/secret.h"
#include "base/task.h"
#include "base/trace.h"
#include "base/wait.h"
#include "fakes/okta/org/connection_tester.h"
#include "fakes/okta/org/org.h"
#include "fakes/okta/scim_client/caller.h"
#include "fakes/okta/scim_client/group_push.h"
#include "fakes/okta/scim_client/importer.h"
#include "fakes/okta/scim_client/settings.h"
#include "fakes/okta/scim_client/task_log.h"
#include "fakes/okta/scim_client/user_push.h"

namespace fakes::okta::scim_client {

/// What the client acts through; all outlive it.
struct Ports {
  Org* org = nullptr;
  base::Scheduler* scheduler = nullptr;
  base::Clock* clock = nullptr;
  base::HttpTransport* transport = nullptr;
  base::Trace* trace = nullptr;
  base::SecretWitness* witness = nullptr;
};

class Client final : public ConnectionTester {
 public:
  Client(Ports ports, base::Rng rng, Settings settings);
  ~Client() override;
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// For ever. What was not done when a task was cut off is done by the next one.
  base::Task<void> run();

  /// What failed for a user is tried again, as by an admin's Retry; false where nothing did. [Okta provisioning-clients 4.9-04]
  bool retry(const UserId& user);
  /// The button "Import Now".
  void request_import();
  [[nodiscard]] const std::vector<ImportResult>& imports() const { return imports_; }
  [[nodiscard]] const std::vector<ImportedUser>& waiting_imports() const { return importer_.waiting(); }
  base::Result<UserId> confirm_import(const std::string& account_id) { return importer_.confirm(account_id); }

  /// Saving or testing the credentials: reads two users and a hundred groups. [Okta provisioning-clients 4.2-01]
  base::Task<base::Result<void>> test_connection();
  /// The same of one that is not saved yet. Assumed: of an app that has no client nothing is asked, and it is fine.
  base::Task<base::Result<void>> test(AppId of, ProvisioningConnection connection) override;
  /// The admin is back from the application's login page with a code.
  base::Task<base::Result<void>> complete_authorization(std::string code);

  [[nodiscard]] const std::vector<TaskRecord>& log() const { return log_; }
  /// What the endpoints of roles and entitlements gave, by endpoint. [Okta provisioning-clients 4.1-11]
  [[nodiscard]] const std::map<std::string, std::vector<base::JsonObject>>& entitlements() const { return entitlements_; }
  [[nodiscard]] Settings& settings() { return settings_; }

 private:
  struct DiscoverEntitlements {};
  struct Work {
    base::Instant due{};
    std::variant<UserWork, GroupWork, DiscoverEntitlements> what;
  };

  void read_feed();
  void take(const ChangeEntry& entry);
  /// Tells the app of a user who is still assigned, which only a defect does.
  void tell_of(const ChangeEntry& entry, Defect defect);
  void take_of_app(const ChangeEntry& entry);
  void take_of_group(const ChangeEntry& entry);
  void take_app(const ChangeEntry& entry);
  void add(base::Instant at, std::variant<UserWork, GroupWork, DiscoverEntitlements> what);
  base::Task<void> do_first();
  void conclude(const UserWork& work, const UserPushed& done);
  void conclude(const GroupWork& work, const GroupPushed& done);
  void push_groups_of(const UserId& user);
  base::Task<void> import();
  base::Task<base::Result<void>> reach(ProvisioningConnection connection);
  base::Task<std::optional<Failure>> discover();
  [[nodiscard]] bool import_is_due();
  [[nodiscard]] std::optional<base::Instant> next_instant() const;
  [[nodiscard]] const App* app() const { return ports_.org->find(settings_.app); }

  Ports ports_;
  Settings settings_;
  Caller caller_;
  UserPush users_;
  GroupPush groups_;
  Importer importer_;
  base::Event wake_;
  std::size_t listener_ = 0;
  std::uint64_t cursor_ = 0;  ///< of the org's feed
  std::deque<Work> works_;
  std::vector<UserWork> failed_;
  bool import_requested_ = false;
  std::optional<base::Instant> next_import_{};
  bool discovered_ = false;
  std::map<std::string, std::vector<base::JsonObject>> entitlements_;
  std::vector<ImportResult> imports_;
  std::vector<TaskRecord> log_;
};

}  // namespace fakes::okta::scim_client
