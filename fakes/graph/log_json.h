// Records of the logs as Graph shows them. [Graph O6] [Graph O7]
#pragma once

#include "base/json.h"
#include "fakes/entra/audit_log.h"
#include "fakes/entra/sign_in_log.h"
#include "fakes/entra/tenant.h"

namespace fakes::graph {

[[nodiscard]] base::JsonObject log_json(const entra::AuditRecord& record, const entra::Tenant& tenant);
[[nodiscard]] base::JsonObject log_json(const entra::SignInRecord& record, const entra::Tenant& tenant);

}  // namespace fakes::graph
