// Changes of a user's state that wait for their day. They stand in the store, so that a restart takes them
// up; one whose day has passed is done at once. [rule D11]
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/core/core.h"
#include "directory/core/refusal.h"
#include "directory/users/activation.h"
#include "directory/users/user.h"

namespace directory {

struct ScheduledState {
  std::string id;
  UserId user;
  UserState state = UserState::suspended;
  base::Instant at{};
  MailChoice mail{};
  Actor admin;  ///< who asked for it, and who is said to have done it then
};

/// Stores it under a fresh id. Refused where the user has too many that wait.
Change<ScheduledState> schedule_state(Core& core, const User& user, ScheduledState wanted);

[[nodiscard]] std::optional<ScheduledState> find_scheduled_state(Database& db, std::string_view id);
/// By time; of one user, or of all where the id is empty.
[[nodiscard]] std::vector<ScheduledState> list_scheduled_states(Database& db, const UserId& user,
                                                                std::int64_t skip, std::int64_t limit);
/// Forgets it.
void cancel_scheduled_state(Core& core, const ScheduledState& scheduled, const Actor& actor);

[[nodiscard]] std::optional<base::Instant> next_scheduled_state(Core& core);
/// Does some of those whose time has come, inside a transaction. What the user's state no longer allows is
/// dropped.
void do_scheduled_states(Core& core);

}  // namespace directory
