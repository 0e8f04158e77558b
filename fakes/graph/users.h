// Users: create, read, update, delete, and the actions on them. [Graph U1] to [Graph U58]
#pragma once

#include "fakes/graph/call.h"

namespace fakes::graph {

[[nodiscard]] Reply list_users(const Call& call);
[[nodiscard]] Reply count_users(const Call& call);
[[nodiscard]] Reply create_user(const Call& call);
[[nodiscard]] Reply read_user(const Call& call);
[[nodiscard]] Reply update_user(const Call& call);
[[nodiscard]] Reply delete_user(const Call& call);
[[nodiscard]] Reply revoke_sessions(const Call& call);
[[nodiscard]] Reply change_password(const Call& call);
[[nodiscard]] Reply read_manager(const Call& call);
[[nodiscard]] Reply set_manager(const Call& call);
[[nodiscard]] Reply remove_manager(const Call& call);
[[nodiscard]] Reply list_direct_reports(const Call& call);

/// One object with its context; `$select` and `$expand` of the request apply.
[[nodiscard]] Reply one_answer(const Call& call, int status, const DirectoryObject& object, bool with_type = false);

}  // namespace fakes::graph
