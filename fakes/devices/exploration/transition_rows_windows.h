// Which outcomes an act of a person may have at a Windows computer, and what is on the screen afterwards: typed from the rules and
// from how Windows is operated, not from the step function, which is checked against it. An outcome without a row is a mistake, and
// so is a row that nothing reaches.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "fakes/devices/windows/acts.h"
#include "fakes/devices/windows/step.h"

namespace fakes::devices::rows {

using windows::Stage;

// Sets of stages
inline constexpr unsigned off = 1, login = 2, desktop = 4, locked = 8, web = 16;
inline constexpr unsigned running = login | desktop | locked | web;

constexpr unsigned bit_of(Stage stage) { return 1U << static_cast<unsigned>(stage); }

// Sets of acts
enum class Kind : std::uint8_t {
  power_on, power_off, restart, sign_in, lock, switch_user, sign_out, elevate, open_view, close_view, add, disable, enable, reset,
  hello, set_pin, remove_pin, change, save, recover, migrate
};
inline constexpr unsigned kinds_in_all = static_cast<unsigned>(Kind::migrate) + 1;
template <class... Kinds>
constexpr std::uint32_t of(Kinds... kinds) {
  return ((1U << static_cast<unsigned>(kinds)) | ...);
}
inline constexpr std::uint32_t anything = (1U << kinds_in_all) - 1;
inline constexpr std::uint32_t by_admin = of(Kind::add, Kind::disable, Kind::enable, Kind::reset, Kind::migrate);
inline constexpr std::uint32_t at_ones_desktop =
    of(Kind::elevate, Kind::set_pin, Kind::remove_pin, Kind::change, Kind::save, Kind::recover) | by_admin;

// How the account that an act names stands: whose session is in front, or another.
inline constexpr unsigned nobody = 1, absent = 2, front = 4, front_disabled = 8, other = 16, other_disabled = 32;
inline constexpr unsigned is_enabled = front | other, is_disabled = front_disabled | other_disabled, present = is_enabled | is_disabled;
inline constexpr unsigned whoever = nobody | absent | present;

enum class Next { stay, off, login, desktop, locked, web_view };

struct Row {
  unsigned stages;
  std::uint32_t acts;
  unsigned standings;
  Outcome outcome;
  Next next = Next::stay;
};

inline constexpr std::array windows_rows{
    // Power
    Row{off, anything & ~of(Kind::power_on), whoever, Outcome::off},
    Row{off, of(Kind::power_on), nobody, Outcome::ok, Next::login},
    Row{running, of(Kind::power_on), nobody, Outcome::already},
    Row{running, of(Kind::power_off), nobody, Outcome::ok, Next::off},
    Row{running, of(Kind::restart), nobody, Outcome::ok, Next::login},
    // Signing in with a password [rule V21] [rule V27] [rule V28]
    Row{login | locked, of(Kind::sign_in), absent, Outcome::no_such_account},
    Row{login | locked, of(Kind::sign_in), is_enabled, Outcome::wrong_password},
    Row{login | locked, of(Kind::sign_in), is_enabled, Outcome::ok, Next::desktop},
    Row{login | locked, of(Kind::sign_in), is_disabled, Outcome::disabled},
    Row{login | locked, of(Kind::sign_in), is_disabled, Outcome::not_shown},
    Row{desktop, of(Kind::sign_in), front, Outcome::wrong_password},
    Row{desktop, of(Kind::sign_in), front, Outcome::ok},
    Row{desktop, of(Kind::sign_in), front_disabled, Outcome::disabled},
    Row{desktop, of(Kind::sign_in), front_disabled, Outcome::not_shown},
    Row{desktop, of(Kind::sign_in, Kind::hello), absent | other | other_disabled, Outcome::in_use},
    Row{web, of(Kind::sign_in, Kind::hello), absent | present, Outcome::in_use},
    // With Hello [rule V80] [rule V81] [rule V82]
    Row{login | locked, of(Kind::hello), absent, Outcome::no_such_account},
    Row{login | locked, of(Kind::hello), present, Outcome::no_pin},
    Row{login | locked, of(Kind::hello), is_disabled, Outcome::disabled},
    Row{login | locked, of(Kind::hello), is_enabled, Outcome::password_needed},
    Row{login | locked, of(Kind::hello), is_enabled, Outcome::wrong_pin},
    Row{login | locked, of(Kind::hello), is_enabled, Outcome::ok, Next::desktop},
    Row{desktop, of(Kind::hello), front | front_disabled, Outcome::no_pin},
    Row{desktop, of(Kind::hello), front_disabled, Outcome::disabled},
    Row{desktop, of(Kind::hello), front, Outcome::password_needed},
    Row{desktop, of(Kind::hello), front, Outcome::wrong_pin},
    Row{desktop, of(Kind::hello), front, Outcome::ok},
    // Sessions [rule V21]
    Row{login | web, of(Kind::lock, Kind::switch_user, Kind::sign_out), nobody, Outcome::not_signed_in},
    Row{desktop | locked, of(Kind::lock), nobody, Outcome::ok, Next::locked},
    Row{desktop | locked, of(Kind::switch_user), nobody, Outcome::ok, Next::login},
    Row{desktop, of(Kind::sign_out), nobody, Outcome::ok, Next::login},
    Row{locked, of(Kind::sign_out), nobody, Outcome::locked},
    // The login window's offer [rule V40] [rule V46]
    Row{login, of(Kind::open_view), nobody, Outcome::not_offered},
    Row{login, of(Kind::open_view), nobody, Outcome::ok, Next::web_view},
    Row{desktop | locked, of(Kind::open_view), nobody, Outcome::in_use},
    Row{web, of(Kind::open_view), nobody, Outcome::already},
    Row{login | desktop | locked, of(Kind::close_view), nobody, Outcome::already},
    Row{web, of(Kind::close_view), nobody, Outcome::ok, Next::login},
    // What needs somebody's desktop
    Row{login | web, at_ones_desktop, whoever, Outcome::not_signed_in},
    Row{locked, at_ones_desktop, whoever, Outcome::locked},
    Row{desktop, of(Kind::elevate), absent, Outcome::no_such_account},
    Row{desktop, of(Kind::elevate), is_disabled, Outcome::disabled},
    Row{desktop, of(Kind::elevate), is_enabled, Outcome::wrong_password},  // [rule V35]
    Row{desktop, of(Kind::elevate), is_enabled, Outcome::not_administrator},
    Row{desktop, of(Kind::elevate), is_enabled, Outcome::ok},
    Row{desktop, of(Kind::set_pin), nobody, Outcome::ok},
    Row{desktop, of(Kind::set_pin), nobody, Outcome::not_here},  // for business, joined to nothing [rule V82]
    Row{desktop, of(Kind::remove_pin), nobody, Outcome::ok},
    Row{desktop, of(Kind::remove_pin), nobody, Outcome::no_pin},
    // Ctrl+Alt+Del [rule V85] [rule V89]
    Row{desktop, of(Kind::change), nobody, Outcome::ok},
    Row{desktop, of(Kind::change), nobody, Outcome::wrong_password},
    Row{desktop, of(Kind::change), nobody, Outcome::too_simple},
    Row{desktop, of(Kind::change), nobody, Outcome::not_here},
    // DPAPI [rule V83] [rule V84]
    Row{desktop, of(Kind::save), nobody, Outcome::ok},
    Row{desktop, of(Kind::save), nobody, Outcome::blocked},
    Row{desktop, of(Kind::recover), nobody, Outcome::ok},
    Row{desktop, of(Kind::recover), nobody, Outcome::wrong_password},
    // An administrator of the computer
    Row{desktop, by_admin, absent | present, Outcome::not_administrator},
    Row{desktop, of(Kind::add), absent, Outcome::ok},
    Row{desktop, of(Kind::add), absent, Outcome::name_not_allowed},  // [rule V55]
    Row{desktop, of(Kind::add), present, Outcome::exists},
    Row{desktop, by_admin & ~of(Kind::add), absent, Outcome::no_such_account},
    Row{desktop, of(Kind::disable, Kind::enable, Kind::reset, Kind::migrate), present, Outcome::ok},
    Row{desktop, of(Kind::reset), present, Outcome::not_here},    // Microsoft's or a domain's [rule V52]
    Row{desktop, of(Kind::migrate), present, Outcome::not_here},  // no domain's [rule V56]
};

/// What kind of act it is, and whom it names.
struct Told {
  Kind kind;
  std::optional<std::string_view> name{};
};

inline Told told(const PersonAct& act) {
  constexpr std::array kinds{Kind::power_on, Kind::power_off, Kind::restart, Kind::sign_in, Kind::lock, Kind::switch_user,
                             Kind::sign_out, Kind::elevate, Kind::open_view, Kind::close_view, Kind::add, Kind::disable,
                             Kind::enable, Kind::reset};
  static_assert(std::variant_size_v<PersonAct> == kinds.size());
  return std::visit(
      [&](const auto& one) {
        Told result{kinds.at(act.index())};
        if constexpr (requires { one.name; }) result.name = one.name;
        if constexpr (requires { one.account.name; }) result.name = one.account.name;
        return result;
      },
      act);
}

inline Told told(const windows::Act& act) {
  constexpr std::array kinds{Kind::hello, Kind::set_pin, Kind::remove_pin, Kind::change, Kind::save, Kind::recover, Kind::migrate};
  static_assert(std::variant_size_v<windows::Act> == kinds.size() + 1);
  if (const auto* person = std::get_if<PersonAct>(&act)) return told(*person);
  return std::visit(
      [&](const auto& one) {
        Told result{kinds.at(act.index() - 1)};
        if constexpr (requires { one.name; }) result.name = one.name;
        return result;
      },
      act);
}

inline unsigned standing_in(const windows::WindowsState& state, const Told& act) {
  if (!act.name) return nobody;
  const auto* account = windows::find(state, *act.name);
  if (account == nullptr) return absent;
  if (state.sessions.in_front(*act.name)) return account->enabled ? front : front_disabled;
  return account->enabled ? other : other_disabled;
}

inline Stage stage_after(Next next, Stage before) {
  switch (next) {
    case Next::stay: return before;
    case Next::off: return Stage::off;
    case Next::login: return Stage::login;
    case Next::desktop: return Stage::desktop;
    case Next::locked: return Stage::locked;
    case Next::web_view: return Stage::web_view;
  }
  return before;
}

}  // namespace fakes::devices::rows
