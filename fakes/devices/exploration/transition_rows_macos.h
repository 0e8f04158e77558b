// What each act may lead to on each screen of a Mac: the table that the step function is held against, in every state that can be
// reached. A refusal leaves the stage as it is.
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "fakes/devices/macos/acts.h"
#include "fakes/devices/macos/state.h"
#include "fakes/devices/outcome.h"

namespace fakes::devices::macos {

/// The account that an act names.
enum class Standing { none, absent, disabled, enabled, stale, front, behind };

struct Row {
  std::string_view act;
  std::vector<MacStage> from;
  std::vector<Standing> who;       ///< empty: whoever it is
  std::vector<Outcome> refusals;
  std::vector<MacStage> ok_leads_to;  ///< empty: ok is not possible
};

inline std::vector<Row> transition_rows() {
  using enum MacStage;
  using O = Outcome;
  using W = Standing;
  const std::vector<MacStage> on{setup, preboot, login, desktop, locked, keychain_prompt, web_view};
  const std::vector<MacStage> up{login, desktop, locked, keychain_prompt, web_view};
  const std::vector<MacStage> before{login, web_view};
  std::vector<Row> rows{
      {"PowerOn", {off}, {}, {}, {setup, preboot, login}},
      {"PowerOn", on, {}, {O::already}, {}},
      {"PowerOff", {off}, {}, {O::off}, {}},
      {"PowerOff", on, {}, {}, {off}},
      {"Restart", {off}, {}, {O::off}, {}},
      {"Restart", {setup}, {}, {}, {setup}},
      {"Restart", {preboot}, {}, {}, {preboot}},
      {"Restart", up, {}, {}, {login, preboot}},

      {"CompleteSetup", {off}, {}, {O::off}, {}},
      {"CompleteSetup", {setup}, {W::absent}, {}, {desktop}},
      {"CompleteSetup", {preboot}, {}, {O::preboot}, {}},
      {"CompleteSetup", up, {}, {O::already}, {}},

      {"UnlockDisk", {off}, {}, {O::off}, {}},
      {"UnlockDisk", {setup}, {}, {O::in_setup}, {}},
      {"UnlockDisk", {preboot}, {W::absent}, {O::no_such_account}, {}},
      {"UnlockDisk", {preboot}, {W::disabled}, {O::no_secure_token, O::not_shown, O::wrong_password}, {login}},
      {"UnlockDisk", {preboot}, {W::enabled}, {O::no_secure_token, O::not_shown, O::wrong_password}, {login, desktop, keychain_prompt}},
      {"UnlockDisk", up, {}, {O::already}, {}},

      {"SignIn", {off}, {}, {O::off}, {}},
      {"SignIn", {setup}, {}, {O::in_setup}, {}},
      {"SignIn", {preboot}, {}, {O::preboot}, {}},
      {"SignIn", {login, locked}, {W::absent}, {O::no_such_account}, {}},
      {"SignIn", {login, locked}, {W::disabled}, {O::disabled}, {}},
      {"SignIn", {login}, {W::enabled, W::behind, W::stale}, {O::wrong_password}, {desktop, keychain_prompt}},
      {"SignIn", {locked}, {W::enabled, W::behind, W::front}, {O::wrong_password}, {desktop, keychain_prompt}},
      {"SignIn", {desktop}, {W::front}, {O::wrong_password}, {desktop}},
      {"SignIn", {desktop}, {W::absent, W::enabled, W::behind}, {O::in_use}, {}},
      {"SignIn", {desktop}, {W::disabled}, {O::in_use, O::disabled}, {}},
      {"SignIn", {keychain_prompt, web_view}, {}, {O::in_use}, {}},

      {"SignIn by tile", {off}, {}, {O::off}, {}},
      {"SignIn by tile", {setup}, {}, {O::in_setup}, {}},
      {"SignIn by tile", {preboot}, {}, {O::preboot}, {}},
      {"SignIn by tile", {login, locked}, {W::absent}, {O::no_such_account}, {}},
      {"SignIn by tile", {login}, {W::enabled, W::behind}, {O::wrong_password}, {desktop, keychain_prompt}},
      {"SignIn by tile", {login, locked}, {W::disabled}, {O::not_shown}, {}},
      {"SignIn by tile", {login}, {W::stale}, {O::not_shown}, {}},
      {"SignIn by tile", {locked}, {W::enabled, W::behind, W::front}, {O::wrong_password}, {desktop, keychain_prompt}},
      {"SignIn by tile", {desktop}, {W::front}, {O::wrong_password}, {desktop}},
      {"SignIn by tile", {desktop}, {W::absent, W::enabled, W::behind}, {O::in_use}, {}},
      {"SignIn by tile", {desktop}, {W::disabled}, {O::in_use, O::not_shown}, {}},
      {"SignIn by tile", {keychain_prompt, web_view}, {}, {O::in_use}, {}},

      {"Lock", {desktop, keychain_prompt, locked}, {}, {}, {locked}},
      {"SwitchUser", {desktop, keychain_prompt, locked}, {}, {}, {login}},
      {"SignOut", {desktop, keychain_prompt}, {}, {}, {login}},
      {"SignOut", {locked}, {}, {O::locked}, {}},
      {"Lock", before, {}, {O::not_signed_in}, {}},
      {"SwitchUser", before, {}, {O::not_signed_in}, {}},

      {"Continue Log In", {keychain_prompt}, {}, {}, {desktop}},
      {"Continue Log In", {desktop}, {}, {O::already}, {}},
      {"Create New Keychain", {keychain_prompt}, {}, {}, {desktop}},
      {"Create New Keychain", {desktop}, {}, {O::already}, {}},
      {"Update Keychain Password", {keychain_prompt}, {}, {O::wrong_password}, {desktop}},
      {"Update Keychain Password", {desktop}, {}, {O::wrong_password, O::already}, {desktop}},

      {"ConfirmNow", {desktop}, {}, {O::not_offered, O::wrong_password}, {desktop}},
      {"GivePrevious", {desktop}, {}, {O::not_offered, O::wrong_password}, {desktop}},
      {"SkipPrevious", {desktop}, {}, {O::not_offered}, {desktop}},
      {"SaveItem", {desktop}, {}, {O::blocked, O::already}, {desktop}},
      {"ChangeInSettings", {desktop}, {}, {O::wrong_password}, {desktop}},
      {"GrantToken", {desktop}, {W::enabled, W::behind, W::disabled, W::front, W::absent},
       {O::not_administrator, O::no_such_account, O::no_secure_token, O::disabled, O::wrong_password, O::already}, {desktop}},
      {"AddToFileVault", {desktop}, {W::enabled, W::behind, W::disabled, W::front, W::absent},
       {O::not_administrator, O::no_such_account, O::not_here, O::disabled, O::wrong_password, O::already}, {desktop}},
      {"TurnFileVaultOn", {desktop}, {}, {O::not_administrator, O::no_secure_token, O::already}, {desktop}},
      {"RemoveDisabledToken", {desktop}, {W::enabled, W::behind, W::disabled, W::front, W::absent},
       {O::not_administrator, O::no_such_account}, {desktop}},
      {"DisableAccount", {desktop}, {W::enabled, W::behind, W::disabled, W::front, W::absent},
       {O::not_administrator, O::no_such_account}, {desktop}},

      {"OpenWebView", {login}, {}, {O::blocked}, {web_view}},
      {"OpenWebView", {web_view}, {}, {O::already}, {}},
      {"OpenWebView", {desktop, locked, keychain_prompt}, {}, {O::in_use}, {}},
      {"CloseWebView", {web_view}, {}, {}, {login}},
      {"CloseWebView", {login, desktop, locked, keychain_prompt}, {}, {O::already}, {}},
      {"ChooseWifi", {login}, {}, {O::already}, {login}},
      {"ChooseWifi", {web_view}, {}, {O::already}, {}},
      {"RefreshLoginWindow", before, {}, {}, before},
      {"ChooseWifi", {desktop, locked, keychain_prompt}, {}, {O::not_offered}, {}},
      {"RefreshLoginWindow", {desktop, locked, keychain_prompt}, {}, {O::not_offered}, {}},

      {"BreakServiceAccount", up, {}, {O::no_such_account, O::already}, up},
  };
  // Whatever needs a desktop is refused alike without one.
  for (const std::string_view act : {"Continue Log In", "Create New Keychain", "Update Keychain Password", "ConfirmNow", "GivePrevious",
                                     "SkipPrevious", "SaveItem", "ChangeInSettings", "GrantToken", "AddToFileVault",
                                     "TurnFileVaultOn", "RemoveDisabledToken", "DisableAccount", "SignOut"}) {
    rows.push_back({act, before, {}, {O::not_signed_in}, {}});
    if (act != "SignOut") rows.push_back({act, {locked}, {}, {O::locked}, {}});
    const bool at_prompt = act == "SignOut" || act == "Continue Log In" || act == "Create New Keychain" || act == "Update Keychain Password";
    if (!at_prompt) rows.push_back({act, {keychain_prompt}, {}, {O::in_use}, {}});
  }
  // And whatever needs macOS, without it.
  for (const std::string_view act :
       {"Continue Log In", "Create New Keychain", "Update Keychain Password", "ConfirmNow", "GivePrevious", "SkipPrevious", "SaveItem",
        "ChangeInSettings", "GrantToken", "AddToFileVault", "TurnFileVaultOn", "RemoveDisabledToken", "DisableAccount", "SignOut",
        "Lock", "SwitchUser", "OpenWebView", "CloseWebView", "ChooseWifi", "RefreshLoginWindow", "BreakServiceAccount"}) {
    rows.push_back({act, {off}, {}, {O::off}, {}});
    rows.push_back({act, {setup}, {}, {O::in_setup}, {}});
    rows.push_back({act, {preboot}, {}, {O::preboot}, {}});
  }
  return rows;
}

}  // namespace fakes::devices::macos
