// What became of the pushes of one app: what an admin reads under Dashboard > Tasks where they failed.
// [Okta provisioning-clients 4.9-04] [Okta provisioning-clients 4.9-07] [Okta provisioning-clients 4.9-08]
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "fakes/okta/org/ids.h"

namespace fakes::okta::scim_client {

enum class TaskStatus : std::uint8_t { success, failure };

/// One push; of a user or of a group.
struct TaskRecord {
  base::Instant at{};
  UserId user{};
  GroupId group{};
  /// create, link, update, password, deactivate; push, link, rename, members, push_now, remove of a group.
  std::string action;
  TaskStatus status = TaskStatus::success;
  std::string detail{};  ///< what the application said
  std::string text{};    ///< the task's sentence; empty on success
};

/// `Automatic provisioning of user a@b to app Example failed: Error while creating user Amy Lee: too short`
[[nodiscard]] std::string task_text(std::string_view action, std::string_view user_name, std::string_view app,
                                    std::string_view display_name, std::string_view detail);

/// `Push new user to external application FAILURE: Conflict. Errors reported by remote server: taken`; 0: no answer.
[[nodiscard]] std::string push_failure_text(std::string_view action, int status, std::string_view detail);

}  // namespace fakes::okta::scim_client
