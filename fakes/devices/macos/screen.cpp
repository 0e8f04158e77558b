#include "fakes/devices/macos/screen.h"

namespace fakes::devices::macos {

bool has_tile(const MacState& state, const MacAccount& account) {
  return account.enabled || state.quirks.has(DeviceQuirk::login_window_shows_disabled);
}

Screen screen_of(const MacState& state, std::string_view device) {
  Screen screen;
  screen.device = std::string(device);
  screen.platform = "macos";
  switch (stage_of(state)) {
    case MacStage::off:
      return screen;
    case MacStage::desktop:
      screen.kind = Screen::Kind::desktop;
      screen.account = *state.sessions.front;
      if (keychain_of(state, screen.account) == KeychainState::out_of_sync) {  // [rule V65]
        screen.prompt = Screen::Prompt{"The system was unable to unlock your login keychain", "", {},
                                       {"Continue Log In", "Create New Keychain", "Update Keychain Password"}};
      }
      return screen;
    case MacStage::web_view:
      screen.kind = Screen::Kind::web_view;
      screen.web_host = state.web_host;
      return screen;
    case MacStage::locked:
      screen.kind = Screen::Kind::locked;
      screen.account = *state.sessions.front;
      break;
    case MacStage::login:
      screen.kind = Screen::Kind::login;
      for (const auto& [name, account] : state.accounts) {
        if (has_tile(state, account)) screen.tiles.push_back({name, account.full_name});
      }
      if (!state.offer.empty()) screen.offers.push_back(state.offer);
      break;
  }
  screen.shaking = state.notice.kind != Notice::Kind::none;
  screen.typed_name = state.notice.typed_name;
  return screen;
}

}  // namespace fakes::devices::macos
