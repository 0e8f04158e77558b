#include "fakes/devices/quirks.h"

#include <array>

namespace fakes::devices {
namespace {

constexpr std::array table{
    DeviceQuirkInfo{DeviceQuirk::windows_folds_names, "windows_folds_names",
                    "Windows takes names that differ in letter case for one.", "V3"},
    DeviceQuirkInfo{DeviceQuirk::no_message_for_disabled, "no_message_for_disabled",
                    "Windows does not say that an account is disabled.", "V28"},
    DeviceQuirkInfo{DeviceQuirk::session_ends_with_the_flag, "session_ends_with_the_flag",
                    "Disabling an account on Windows ends its session by itself.", "V29"},
    DeviceQuirkInfo{DeviceQuirk::agent_sets_as_change, "agent_sets_as_change",
                    "A password that the agent sets on Windows keeps the secrets of DPAPI readable.", "V84"},
    DeviceQuirkInfo{DeviceQuirk::ctrl_alt_del_is_not_captured, "ctrl_alt_del_is_not_captured",
                    "A password changed with Ctrl+Alt+Del does not reach the directory.", "V86"},
    DeviceQuirkInfo{DeviceQuirk::login_window_shows_disabled, "login_window_shows_disabled",
                    "A Mac's login window goes on showing disabled accounts.", "V24"},
    DeviceQuirkInfo{DeviceQuirk::file_vault_comes_back, "file_vault_comes_back",
                    "An account that is enabled again unlocks FileVault as before.", "V25"},
    DeviceQuirkInfo{DeviceQuirk::preboot_follows_at_once, "preboot_follows_at_once",
                    "FileVault's window knows a new password at once.", "V72"}};

}  // namespace

std::span<const DeviceQuirkInfo> device_quirks() { return table; }

std::optional<DeviceQuirk> device_quirk_named(std::string_view name) {
  return fakes::quirk_named(device_quirks(), name);
}

}  // namespace fakes::devices
