// A password that its owner has changed on a device, in the agent's app or in the operating system. [rule R16]
// [rule V61] [rule V86]
#pragma once

#include "base/json.h"
#include "directory/core/core.h"
#include "directory/devices/desired_state.h"

namespace directory {

/// `{user_id, old_password, new_password, captured}`, inside a transaction: 200 `{password_set}`; 400 for a password
/// that the policy refuses, 403 for a wrong old one, 404 for a user who is not bound here, 423 while the user is locked.
///
/// `captured` says that the device has the new password already, as after Ctrl+Alt+Del. Whatever of that the directory
/// refuses is 409 instead of 400, and the device is handed the directory's password again: the directory is the
/// authority. Assumed: no article says what becomes of a captured change that is refused. [rule V86] [rule R13]
[[nodiscard]] Decided take_password_change(Core& core, const System& system, const base::JsonObject& body);

}  // namespace directory
