// What a step of a device does beside changing its state: what its shell traces, logs and counts.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "fakes/devices/outcome.h"

namespace fakes::devices {

/// For the trace.
struct Note {
  std::string text;
  bool operator==(const Note&) const = default;
};
/// For the operating system's log of attempts, which its agent reads. [rule V34] [rule V35]
struct Attempt {
  std::string account;
  bool elevation = false;
  bool success = false;
  bool at_lock_screen = false;  ///< of that account's own session
  bool operator==(const Attempt&) const = default;
};
struct SessionBegan {
  std::string account;
  bool operator==(const SessionBegan&) const = default;
};
struct SessionEnded {
  std::string account;
  std::string why;
  bool operator==(const SessionEnded&) const = default;
};
using Effect = std::variant<Note, Attempt, SessionBegan, SessionEnded>;

struct Step {
  Outcome outcome = Outcome::ok;
  std::vector<Effect> effects{};

  Step& add(Effect effect) {
    effects.push_back(std::move(effect));
    return *this;
  }
  Step& note(std::string text) { return add(Note{std::move(text)}); }
  bool operator==(const Step&) const = default;
};

}  // namespace fakes::devices
