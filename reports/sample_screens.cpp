#include "reports/sample_screens.h"

#include <string>

namespace reports {
namespace {

using scenarios::ScreenRecord;
using Kind = ScreenRecord::Kind;
using namespace std::chrono_literals;

ScreenRecord screen_of(base::Instant at, std::string device, Kind kind, std::string text) {
  ScreenRecord screen;
  screen.at = at;
  screen.platform = device.starts_with("mac") ? "macos" : "windows";
  screen.device = std::move(device);
  screen.kind = kind;
  screen.text = std::move(text);
  return screen;
}

ScreenRecord refused_by_name(base::Instant at) {
  auto screen = screen_of(at, "windows-1", Kind::login,
                          "login screen: guest, otto, anna (typed); Your account has been disabled. Please see your system administrator.; "
                          "Sign in with JumpCloud");
  screen.tiles = {{.account = "guest", .full_name = ""}, {.account = "otto", .full_name = "Otto Okonkwo-Featherstonehaugh"}};
  screen.typed_name = "anna";
  screen.message = "Your account has been disabled. Please see your system administrator.";
  screen.offers = {"Sign in with JumpCloud"};
  return screen;
}

ScreenRecord password_changed_elsewhere(base::Instant at) {
  auto screen = screen_of(at, "windows-2", Kind::login, "login screen: anna (chosen); Your password was changed on a different device.");
  screen.tiles = {{.account = "anna", .full_name = "Anna Andersson", .selected = true}};
  screen.message =
      "Your password was changed on a different device. You must sign in to this device once with your new password, and then you can sign in "
      "with your PIN.";
  return screen;
}

ScreenRecord shaking_mac(base::Instant at) {
  auto screen = screen_of(at, "mac-1", Kind::login, "login screen: anna, bo, carla (chosen); the window shakes; Sign in with JumpCloud; Wi-Fi; Refresh");
  screen.tiles = {{.account = "anna", .full_name = "Anna Andersson"},
                  {.account = "bo", .full_name = "Bo Berg"},
                  {.account = "carla", .full_name = "Carla Conti", .selected = true}};
  screen.shaking = true;
  screen.offers = {"Sign in with JumpCloud", "Wi-Fi", "Refresh"};
  return screen;
}

ScreenRecord file_vault(base::Instant at) {
  auto screen = screen_of(at, "mac-2", Kind::preboot, "FileVault: anna, six more");
  for (const auto* name : {"anna", "bo", "carla", "dario", "emil", "fatma"}) screen.tiles.push_back({.account = name, .full_name = ""});
  return screen;
}

ScreenRecord locked(base::Instant at) {
  auto screen = screen_of(at, "windows-2", Kind::locked, "lock screen of anna");
  screen.account = "anna";
  return screen;
}

ScreenRecord desktop_with_popups(base::Instant at) {
  auto screen = screen_of(at, "windows-1", Kind::desktop, "desktop of anna; Your password expires in 5 days.");
  screen.account = "anna";
  screen.popups = {"Your password expires in 7 days.", "Your password expires in 5 days. Change it in the JumpCloud app."};
  return screen;
}

ScreenRecord keychain(base::Instant at) {
  auto screen = screen_of(at, "mac-1", Kind::desktop, "desktop of anna; The system was unable to unlock your login keychain");
  screen.account = "anna";
  screen.prompt = ScreenRecord::Prompt{.title = "The system was unable to unlock your login keychain",
                                       .text = "",
                                       .fields = {},
                                       .choices = {"Continue Log In", "Create New Keychain", "Update Keychain Password"}};
  return screen;
}

ScreenRecord app_window(base::Instant at) {
  auto screen = screen_of(at, "mac-2", Kind::desktop, "desktop of </svg><script>alert(5)</script>; Almost done! Sync your keychain.");
  screen.account = "</svg><script>alert(5)</script>";
  screen.prompt = ScreenRecord::Prompt{.title = "Almost done! Sync your keychain.",
                                       .text = "Give the previous password, so that what it keeps can be read with the new one as well.",
                                       .fields = {"Previous password"},
                                       .choices = {"Skip", "Sync"}};
  return screen;
}

ScreenRecord web_view(base::Instant at) {
  auto screen = screen_of(at, "mac-2", Kind::web_view, "web view of login.example.test");
  screen.web_host = "login.example.test";
  return screen;
}

}  // namespace

std::vector<ScreenRecord> sample_screens(base::Instant at) {
  return {screen_of(at, "mac-3", Kind::off, "off"),
          screen_of(at, "mac-3", Kind::setup, "Setup Assistant"),
          refused_by_name(at),
          password_changed_elsewhere(at + 1s),
          shaking_mac(at + 1s),
          desktop_with_popups(at + 2s),
          file_vault(at + 2s),
          locked(at + 3s),
          keychain(at + 3s),
          app_window(at + 4s),
          web_view(at + 5s)};
}

}  // namespace reports
