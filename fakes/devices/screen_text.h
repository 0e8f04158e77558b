// A screen in words, for expectations and for who cannot see its picture.
#pragma once

#include <string>

#include "fakes/devices/screen.h"

namespace fakes::devices {

/// One line, never empty: what kind of screen, then message, prompt, pop-ups and offers, parted by `; `. `login screen: amy, bob;
/// Sign in with JumpCloud`. Accounts go by their account names.
[[nodiscard]] std::string to_text(const Screen& screen);

}  // namespace fakes::devices
