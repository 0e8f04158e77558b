// /api/v2/office365s/*/import: the accounts of a tenant that can be imported, and the jobs that import those an admin has chosen. The
// vendor publishes the listing; of the jobs it publishes nothing, and their addresses and shapes are Assumed. [rule D69] [rule R78]
#pragma once

#include "base/task.h"
#include "directory/cloud_sync/tenant_paces.h"
#include "directory/core/core.h"
#include "directory/insights/event.h"
#include "directory/server/router.h"

namespace directory {

class ImportsApi {
 public:
  /// Both outlive it.
  ImportsApi(Core& core, TenantPaces& paces) : core_(&core), paces_(&paces) {}

  void add_routes(Router& router);

 private:
  /// One page of active accounts, asked of Microsoft anew. 409 while the instance is not authorised, 503 while the tenant wants to
  /// be left alone, 502 where it does not answer.
  base::Task<base::HttpResponse> list_accounts(RoutedRequest request);
  /// `{users: [id, …]}`, 1 to 10,000 of Microsoft's ids: 201 with the job, which then goes on by itself.
  base::HttpResponse start_job(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse list_jobs(const RoutedRequest& request, const Actor& actor);
  /// How far it is; up to 100 accounts with a result for each, beyond with the link alone. [rule R83] [rule R84]
  base::HttpResponse read_job(const RoutedRequest& request, const Actor& actor);
  /// All results as a table. [rule R85]
  base::HttpResponse download_results(const RoutedRequest& request, const Actor& actor);

  Core* core_;
  TenantPaces* paces_;
};

}  // namespace directory
