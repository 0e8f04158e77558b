// The Entra provisioning service: a SCIM client that runs an initial cycle and then incremental ones every 40
// minutes, and pushes one user at once on demand.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/http_transport.h"
#include "base/secret.h"
#include "base/task.h"
#include "base/trace.h"
#include "base/uri.h"
#include "fakes/entra/attribute_mapping.h"
#include "fakes/entra/tenant.h"

namespace fakes::entra {

struct ProvisioningConfig {
  std::string app_id;    ///< the app whose assignments decide who is provisioned
  base::Uri tenant_url;  ///< the SCIM base [rule R30]
  base::Secret token;    ///< [rule R31]
  base::Duration interval = std::chrono::minutes{40};  ///< [rule R40] [Entra provisioning-clients 2.4-01]
  std::vector<MappingRow> mapping = article_mapping();
  PatchDialect dialect = PatchDialect::classic;
  // Target object actions. [rule R34]
  bool create = true;
  bool update = true;
  bool remove = true;
};

enum class LogStatus { success, failure, skipped };

/// A line of the provisioning log. [Entra provisioning-clients 2.20-02]
struct LogRecord {
  base::Instant at{};
  ObjectId user;
  std::string user_principal_name;
  std::string action;  ///< create, update, disable, delete, other
  LogStatus status = LogStatus::success;
  std::string code;    ///< RedundantExport, NotEffectivelyEntitled, …; empty on success
  std::string reason;
};

class ProvisioningService {
 public:
  ProvisioningService(Tenant& tenant, base::Clock& clock, base::HttpTransport& transport, base::Trace& trace,
                      ProvisioningConfig config);

  /// The job: cycles for ever, back to back with the configured interval.
  base::Task<void> run_job();
  /// Evaluates one user now. [rule R41]
  base::Task<LogRecord> provision_on_demand(ObjectId id);
  /// The "Test Connection" button: a look-up of a random value that must find nothing. Empty on success, else what
  /// the portal shows. [rule R32] [Entra provisioning-clients 2.2-01]
  base::Task<std::optional<std::string>> test_connection(std::string random_value);

  [[nodiscard]] const std::vector<LogRecord>& log() const { return log_; }
  [[nodiscard]] std::uint64_t cycles_completed() const { return cycles_completed_; }
  /// The anchors that are cached: which resource of the target is which user.
  [[nodiscard]] const std::map<ObjectId, std::string>& links() const { return links_; }

 private:
  /// A failed object waits here for its next attempt. [Entra provisioning-clients 2.13-02]
  struct Escrow {
    base::Instant began{};
    base::Instant next_attempt{};
    int attempts = 0;
  };

  base::Task<void> cycle();
  /// A living user or a deleted item; empty for one who is gone for good.
  [[nodiscard]] std::optional<SourceUser> source_of(const ObjectId& id) const;
  [[nodiscard]] bool is_assigned(const ObjectId& id) const;
  /// Users who changed, or whose assignment did, in order of their last change.
  [[nodiscard]] std::vector<ObjectId> changed_since(std::uint64_t watermark) const;
  [[nodiscard]] std::vector<ObjectId> removed_since(std::uint64_t watermark) const;
  base::Task<LogRecord> process(SourceUser user, PatchDialect dialect);
  base::Task<LogRecord> create_or_match(SourceUser user, PatchDialect dialect);
  /// Reads the target's resource first where the caller does not have it. [Entra provisioning-clients 2.4-11]
  base::Task<LogRecord> update_linked(SourceUser user, std::string anchor, std::optional<base::Json> target, PatchDialect dialect);
  base::Task<LogRecord> remove_linked(ObjectId id, std::string anchor);
  base::Task<base::HttpResult> call(std::string method, std::string path, std::optional<base::JsonObject> body);
  [[nodiscard]] LogRecord record(const SourceUser& user, std::string action, LogStatus status, std::string code = {},
                                 std::string reason = {}) const;
  [[nodiscard]] LogRecord failure(const SourceUser& user, std::string action, const base::HttpResult& result) const;
  void conclude(const LogRecord& record);
  [[nodiscard]] std::string matching_filter(const SourceUser& user) const;

  Tenant* tenant_;
  base::Clock* clock_;
  base::HttpTransport* transport_;
  base::Trace* trace_;
  ProvisioningConfig config_;
  std::uint64_t watermark_ = 0;
  std::uint64_t cycles_completed_ = 0;
  std::map<ObjectId, std::string> links_;
  std::set<ObjectId> unassigned_;  ///< when they were evaluated last
  std::map<ObjectId, Escrow> escrows_;
  std::set<ObjectId> being_processed_;
  std::vector<LogRecord> log_;
};

}  // namespace fakes::entra
