// A round of a tenant's delta query every so often: page by page, as fast as the tenant's pace allows, with its end written down for
// the next round. A link that the service has forgotten is begun anew, where it says so if it does. [Graph DL1] to [Graph DL19]
#pragma once

#include <optional>
#include <string>

#include "base/task.h"
#include "directory/cloud_sync/drift.h"
#include "directory/cloud_sync/tenant_pace.h"
#include "directory/cloud_sync/tenant_session.h"
#include "directory/core/core.h"

namespace directory {

class TenantComparison {
 public:
  /// All outlive it.
  TenantComparison(Core& core, CloudDirectoryId id, TenantSession& session, TenantPace& pace)
      : core_(&core), id_(std::move(id)), session_(&session), pace_(&pace) {}

  /// When the next round is due; nothing while it is under way, or while there is no account to compare.
  [[nodiscard]] std::optional<base::Instant> due(const CloudDirectory& directory);
  /// One round; it wakes whoever waits for `cloud_changed` at its end. Called once it is due, and not again before it has ended.
  [[nodiscard]] base::Task<void> run();
  void begin() { under_way_ = true; }
  [[nodiscard]] bool is_under_way() const { return under_way_; }

 private:
  /// Where a round is.
  struct Round {
    std::string path{};  ///< of the next page; empty: the round has ended
    bool tells_everything = false;
    bool begun_anew = false;
    UntoldAccounts untold{};
    int failures = 0;             ///< in a row
    bool to_be_repeated = false;  ///< whether something was passed over
  };

  [[nodiscard]] std::optional<CloudDirectory> current();
  [[nodiscard]] Round first_page(const CloudDirectory& directory);
  /// False: not in this round any more.
  [[nodiscard]] base::Task<bool> may_send();
  void take_page(Round& round, const GraphAnswer& answer, base::Instant asked);
  void begin_anew(Round& round, const std::string& location);
  void fail(Round& round, const GraphAnswer& answer, base::Instant sent);
  void note_pause();
  /// The next round, at its time.
  void conclude();

  Core* core_;
  CloudDirectoryId id_;
  TenantSession* session_;
  TenantPace* pace_;
  Disputes disputes_;
  bool under_way_ = false;
};

}  // namespace directory
