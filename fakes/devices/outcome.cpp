#include "fakes/devices/outcome.h"

namespace fakes::devices {

std::string_view to_text(Outcome outcome) {
  switch (outcome) {
    case Outcome::ok: return "ok";
    case Outcome::off: return "off";
    case Outcome::preboot: return "the disk is locked";
    case Outcome::in_setup: return "in Setup Assistant";
    case Outcome::no_such_account: return "no such account";
    case Outcome::not_shown: return "not on the login screen";
    case Outcome::disabled: return "disabled";
    case Outcome::wrong_password: return "wrong password";
    case Outcome::wrong_pin: return "wrong PIN";
    case Outcome::no_pin: return "no PIN is set";
    case Outcome::password_needed: return "the password was changed on a different device";
    case Outcome::in_use: return "in use";
    case Outcome::not_signed_in: return "nobody is signed in";
    case Outcome::locked: return "locked";
    case Outcome::not_administrator: return "not an administrator";
    case Outcome::not_offered: return "not offered";
    case Outcome::not_here: return "not possible here";
    case Outcome::too_simple: return "the password is too simple";
    case Outcome::no_secure_token: return "no secure token";
    case Outcome::exists: return "there is an account of that name";
    case Outcome::name_not_allowed: return "the name is not allowed";
    case Outcome::blocked: return "blocked";
    case Outcome::already: return "already so";
  }
  return "";
}

}  // namespace fakes::devices
