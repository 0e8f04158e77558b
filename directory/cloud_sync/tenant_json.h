// The shapes in which the admin API speaks of tenants and of accounts in them, and the events about tenants. [rule D63] to [rule D66]
#pragma once

#include <string_view>
#include <vector>

#include "base/json.h"
#include "directory/cloud_sync/cloud_account.h"
#include "directory/cloud_sync/cloud_directory.h"
#include "directory/cloud_sync/cloud_group.h"
#include "directory/core/core.h"

namespace directory {

/// `{id, name, tenant, defaultDomain{id, domain}, groupsEnabled, userLockoutAction, userPasswordExpirationAction, upnSource,
/// accountLookup, oAuthStatus{status, error, authorizedBy}, warnings[]}`. Warnings say of instances that will take accounts from each other.
[[nodiscard]] base::JsonObject to_json(Core& core, const CloudDirectory& directory);
[[nodiscard]] base::JsonObject to_json(const CloudDomain& domain);
/// `{code, message, syncedAt}` of an account or a group. [rule D63]
[[nodiscard]] base::JsonObject sync_status(const SyncProgress& row);

/// [rule DI50]
void write_tenant_event(Core& core, std::string_view type, const CloudDirectory& directory, const Actor& actor,
                        const std::vector<FieldChange>& changes = {});

}  // namespace directory
