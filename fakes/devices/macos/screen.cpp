#include "fakes/devices/macos/screen.h"

namespace fakes::devices::macos {
namespace {

/// The directory's app after a change made elsewhere. [rule V63] [rule V64]
std::optional<Screen::Prompt> app_window(AppWindow window) {
  switch (window) {
    case AppWindow::none: return std::nullopt;
    case AppWindow::confirm_now:
      return Screen::Prompt{"Your password was changed", "Enter the new password as your current password.", {"Current password"},
                            {"Confirm Now"}};
    case AppWindow::sync_keychain:
      return Screen::Prompt{"Almost done! Sync your keychain.", "", {"Previous password"}, {"Skip", "Sync"}};
    case AppWindow::sync_keychain_again:
      return Screen::Prompt{"Almost done! Sync your keychain.", "That password does not open it.", {"Previous password"},
                            {"Skip", "Sync"}};
  }
  return std::nullopt;
}

void add_tiles(const MacState& state, Screen& screen) {
  for (const auto& [name, account] : state.accounts) {
    if (has_tile(state, account)) screen.tiles.push_back({name, account.full_name});
  }
}

void add_notice(const MacState& state, Screen& screen) {
  screen.shaking = state.notice.kind != Notice::Kind::none;
  screen.typed_name = state.notice.typed_name;
}

void add_login_window(const MacState& state, Screen& screen) {
  add_tiles(state, screen);
  if (state.offer.empty()) return;
  screen.offers = {state.offer, "Wi-Fi", "Refresh"};  // [rule V40] [rule V46]
  if (state.defects.contains(Defect::wifi_is_not_offered)) std::erase(screen.offers, "Wi-Fi");
}

}  // namespace

bool has_tile(const MacState& state, const MacAccount& account) {
  const bool everybody = state.defects.contains(Defect::preboot_shows_everybody);
  if (stage_of(state) == MacStage::preboot) return everybody || (account.secure_token && account.file_vault_user);
  const bool shown = account.enabled || state.quirks.has(DeviceQuirk::login_window_shows_disabled) || state.defects.contains(Defect::mac_shows_disabled);
  return shown && !state.stale.contains(account.name);
}

std::vector<std::string> users_and_groups(const MacState& state) {
  std::vector<std::string> names;
  for (const auto& [name, account] : state.accounts) {
    if (account.enabled) names.push_back(name);
  }
  return names;
}

Screen screen_of(const MacState& state, std::string_view device) {
  Screen screen;
  screen.device = std::string(device);
  screen.platform = "macos";
  if (const auto* account = in_front(state)) screen.account = account->name;
  switch (stage_of(state)) {
    case MacStage::off:
      break;
    case MacStage::setup:
      screen.kind = Screen::Kind::setup;
      break;
    case MacStage::preboot:
      screen.kind = Screen::Kind::preboot;
      add_tiles(state, screen);
      add_notice(state, screen);
      break;
    case MacStage::login:
      screen.kind = Screen::Kind::login;
      add_login_window(state, screen);
      add_notice(state, screen);
      break;
    case MacStage::locked:
      screen.kind = Screen::Kind::locked;
      add_notice(state, screen);
      break;
    case MacStage::desktop:
      screen.kind = Screen::Kind::desktop;
      screen.prompt = app_window(in_front(state)->app);
      break;
    case MacStage::keychain_prompt:
      screen.kind = Screen::Kind::desktop;
      screen.prompt = Screen::Prompt{"The system was unable to unlock your login keychain", "", {},
                                     {"Continue Log In", "Create New Keychain", "Update Keychain Password"}};  // [rule V65]
      break;
    case MacStage::web_view:
      screen.kind = Screen::Kind::web_view;
      screen.web_host = state.web_host;
      break;
  }
  return screen;
}

}  // namespace fakes::devices::macos
