// What an agent decides about the accounts of a device: a pure function from what is there and what the directory wants to a list of
// requests to the operating system.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fakes/devices/account.h"
#include "fakes/devices/agent_act.h"
#include "fakes/devices/defects.h"
#include "fakes/devices/sessions.h"

namespace fakes::devices {

/// A user who is bound to the device.
struct BoundUser {
  std::string user_id{};
  std::string local_account{};  ///< the name to pair with [rule V2]
  std::string display_name{};
  bool enabled = true;
  bool admin = false;
  bool sudo_without_password = false;
  /// A hand-off, opened, that is newer than what the device has.
  std::optional<PasswordId> handed_on{};
};

struct PlanView {
  Platform platform = Platform::windows;
  bool ends_sessions_of_disabled = true;  ///< not on Windows Home [rule V21]
  std::vector<const Account*> accounts{};
  const Sessions* sessions = nullptr;
  bool folds_names = false;  ///< names that differ in letter case are one
  Defects defects{};
};

struct AccountsPlan {
  std::vector<AgentAct> acts{};
  std::vector<std::string> notes{};  ///< why something that is wanted does not come about
};

/// In order; once it is carried out, the same call gives no acts. An account is found by the user it is managed for, else by its exact
/// name; one that is managed for a user who is not wanted is disabled, and released for whoever comes next. Where two users want
/// one name, the first by id has it.
/// [rule V1] [rule V3] [rule V4] [rule V5] [rule V8] [rule V14] [rule V20] [rule V26] [rule V52]
[[nodiscard]] AccountsPlan plan_accounts(const PlanView& device, const std::vector<BoundUser>& wanted);

}  // namespace fakes::devices
