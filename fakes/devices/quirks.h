// What is not firmly documented of devices, each with a switch: a device without quirks does what the rule's text says.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "fakes/quirk_set.h"

namespace fakes::devices {

enum class DeviceQuirk {
  windows_folds_names,
  no_message_for_disabled,
  session_ends_with_the_flag,
  agent_sets_as_change,
  ctrl_alt_del_is_not_captured,
  login_window_shows_disabled,
  file_vault_comes_back,
  preboot_follows_at_once
};

using DeviceQuirks = fakes::QuirkSet<DeviceQuirk>;

using DeviceQuirkInfo = QuirkRow<DeviceQuirk>;

[[nodiscard]] std::span<const DeviceQuirkInfo> device_quirks();
[[nodiscard]] std::optional<DeviceQuirk> device_quirk_named(std::string_view name);

}  // namespace fakes::devices
