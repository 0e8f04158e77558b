// Deleted users and groups: reading, restoring, removing for good. [Graph U42] to [Graph U50]
#pragma once

#include "fakes/graph/call.h"

namespace fakes::graph {

[[nodiscard]] Reply list_deleted_users(const Call& call);
[[nodiscard]] Reply list_deleted_groups(const Call& call);
[[nodiscard]] Reply read_deleted_item(const Call& call);
[[nodiscard]] Reply restore_deleted_item(const Call& call);
[[nodiscard]] Reply remove_deleted_item(const Call& call);
/// A list needs the type. [Graph U42]
[[nodiscard]] Reply list_deleted_items(const Call& call);

}  // namespace fakes::graph
