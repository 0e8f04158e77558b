#include "fakes/devices/windows/screen.h"

#include <string>

namespace fakes::devices::windows {
namespace {

/// [rule V28] [rule V81]
std::string message_of(const WindowsState& state) {
  switch (state.notice.kind) {
    case Notice::Kind::none: return "";
    case Notice::Kind::disabled:
      if (state.quirks.has(DeviceQuirk::no_message_for_disabled) || state.defects.contains(Defect::says_nothing_of_disabled)) return "";
      return "Your account has been disabled. Please see your system administrator.";
    case Notice::Kind::wrong_password: return "The user name or password is incorrect.";
    case Notice::Kind::password_changed_elsewhere:
      return "Your password was changed on a different device. You must sign in to this device once with your new password, and "
             "then you can sign in with your PIN.";
    case Notice::Kind::wrong_pin: return "The PIN is incorrect. Try again.";
  }
  return "";
}

}  // namespace

bool has_tile(const WindowsState& state, const WindowsAccount& account) {
  return account.enabled || state.defects.contains(Defect::windows_shows_disabled);
}

Screen screen_of(const WindowsState& state, std::string_view device) {
  Screen screen;
  screen.device = std::string(device);
  screen.platform = "windows";
  switch (stage_of(state)) {
    case Stage::off:
      return screen;
    case Stage::desktop:
      screen.kind = Screen::Kind::desktop;
      screen.account = *state.sessions.front;
      return screen;
    case Stage::web_view:
      screen.kind = Screen::Kind::web_view;
      screen.web_host = state.web_host;
      return screen;
    case Stage::locked:
      screen.kind = Screen::Kind::locked;
      screen.account = *state.sessions.front;
      break;
    case Stage::login:
      screen.kind = Screen::Kind::login;
      for (const auto& [name, account] : state.accounts) {
        if (has_tile(state, account)) screen.tiles.push_back({name, account.full_name});
      }
      if (!state.offer.empty()) screen.offers.push_back(state.offer);
      break;
  }
  screen.message = message_of(state);
  screen.typed_name = state.notice.typed_name;
  return screen;
}

}  // namespace fakes::devices::windows
