#include "directory/store/schema.h"

#include <array>

#include "directory/store/migrations/administrators.h"
#include "directory/store/migrations/cloud_groups.h"
#include "directory/store/migrations/cloud_imports.h"
#include "directory/store/migrations/cloud_pairing.h"
#include "directory/store/migrations/cloud_sync.h"
#include "directory/store/migrations/device_management.h"
#include "directory/store/migrations/device_provisioning.h"
#include "directory/store/migrations/devices.h"
#include "directory/store/migrations/federation.h"
#include "directory/store/migrations/groups.h"
#include "directory/store/migrations/mail_and_events.h"
#include "directory/store/migrations/order_of_ids.h"
#include "directory/store/migrations/organization.h"
#include "directory/store/migrations/recovery_keys.h"
#include "directory/store/migrations/scim.h"
#include "directory/store/migrations/sparse_indexes.h"
#include "directory/store/migrations/system_names.h"
#include "directory/store/migrations/users.h"

namespace directory {
namespace {

// Instants are nanoseconds since the epoch. A `_key` column is the lower-cased twin that a unique index serves.
// No column holds a password, token or key: only argon2id hashes, SHA-256 digests of random tokens, and boxes
// sealed to their receiver. Appended to, never reordered: the n-th entry brings a database from version n to n + 1.
constexpr std::array schema{users_migration, administrators_migration, devices_migration, mail_and_events_migration,
                            device_management_migration, organization_migration,
                            groups_migration, scim_migration, federation_migration,
                            device_provisioning_migration, recovery_keys_migration, cloud_sync_migration, cloud_groups_migration,
                            cloud_imports_migration, cloud_pairing_migration, sparse_indexes_migration,
                            system_names_migration, order_of_ids_migration};

}  // namespace

std::span<const char* const> migrations() { return schema; }

}  // namespace directory
