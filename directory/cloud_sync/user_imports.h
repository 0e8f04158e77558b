// Carries out the jobs that import users, one batch of accounts after the other, whichever may go on first. What a batch brought is one
// transaction with the users that it made, so that after a crash nobody is imported twice and nobody left out. At the end whoever
// started the job is sent the User Import Complete mail, whatever came of it. [rule R85]
#pragma once

#include <map>

#include "base/task.h"
#include "directory/cloud_sync/import_job.h"
#include "directory/cloud_sync/tenant_paces.h"
#include "directory/cloud_sync/tenant_session.h"
#include "directory/core/core.h"

namespace directory {

/// Assumed: how long Microsoft may keep a job waiting, after which the rest is not imported.
inline constexpr base::Duration longest_import = std::chrono::hours{24};

class UserImports {
 public:
  UserImports(Core& core, TenantPaces& paces) : core_(&core), paces_(&paces) {}

  /// For ever; sleeps while there is no job.
  base::Task<void> run();

 private:
  base::Task<void> advance(ImportJob job);
  void postpone(ImportJob job, base::Instant until);
  /// `paused_until`: what the tenant has asked for.
  void settle(ImportJob job, std::vector<ImportEntry> entries, const std::vector<GraphAnswer>& answers, base::Instant paused_until);
  /// The rest of the job is not imported.
  void give_up(ImportJob job, std::string_view why);
  /// Inside a transaction, once nothing is pending.
  void finish(ImportJob job);

  Core* core_;
  TenantPaces* paces_;
  std::map<CloudDirectoryId, TenantSession> sessions_;
};

}  // namespace directory
