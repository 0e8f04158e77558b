// Ids begin with the time of creation: they keep users in order, and tell when those who never changed were last modified. What an index
// would say once more is one page less to write for everybody who comes.
#pragma once

namespace directory {

inline constexpr const char* order_of_ids_migration = R"sql(
DROP INDEX users_in_order;
DROP INDEX users_by_modified;
CREATE INDEX users_by_change ON users(modified) WHERE modified <> created;
)sql";

}  // namespace directory
