// What the tenant writes down of its changes: the directoryAudits of Graph. [Graph O6]
#pragma once

#include <string>
#include <vector>

#include "base/instant.h"
#include "fakes/entra/actor.h"
#include "fakes/entra/directory_object.h"

namespace fakes::entra {

struct AuditRecord {
  struct Change {
    std::string property;
    std::string before;  ///< JSON text, or empty
    std::string after;
  };

  std::string id;
  std::string correlation_id;
  base::Instant at{};
  std::string activity;  ///< `Add user`, `Update user`, …
  std::string category;  ///< UserManagement, GroupManagement
  Actor initiated_by;
  ObjectId target;
  ObjectKind target_kind = ObjectKind::user;
  std::string target_name;  ///< display name
  std::string target_upn{};
  std::vector<Change> changes{};
};

}  // namespace fakes::entra
