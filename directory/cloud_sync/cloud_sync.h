// Keeps the accounts and groups of all authorised tenants as they ought to be. Each tenant has a worker: it takes what is due, asks
// for the next step of each, sends the steps as batches with one request in flight for each object, and writes down what the
// answers say. What is due stands in the store, so that a restart goes on where it was. [rule R73]
#pragma once

#include <map>
#include <memory>

#include "base/task.h"
#include "directory/cloud_sync/cloud_directory.h"
#include "directory/cloud_sync/tenant_paces.h"
#include "directory/core/core.h"

namespace directory {

class CloudSync {
 public:
  /// Both outlive it.
  CloudSync(Core& core, TenantPaces& paces);
  ~CloudSync();
  CloudSync(const CloudSync&) = delete;
  CloudSync& operator=(const CloudSync&) = delete;

  /// For ever: starts a worker for each tenant that has been authorised, as soon as it has.
  base::Task<void> run();

 private:
  class Worker;

  Core* core_;
  TenantPaces* paces_;
  std::map<CloudDirectoryId, std::unique_ptr<Worker>> workers_;
};

}  // namespace directory
