// How long somebody who was suspended may go on at a device: what explorations, properties and judgements of runs measure against.
#pragma once

#include <chrono>
#include <string_view>

#include "base/clock.h"

namespace fakes::devices {

struct SessionBound {
  std::string_view name;
  std::string_view rule;
  std::string_view law;
};

inline constexpr SessionBound connected{"at once", "V20",
                                        "an agent that is in contact ends the session when the directory says so"};
inline constexpr SessionBound offline{"next contact", "V31",
                                      "a device out of contact goes on until its agent hears of the suspension"};
inline constexpr SessionBound windows_home{"next unlock or sign-in", "V21",
                                           "Windows Home ends no session, and lets nobody back in"};

/// What `at once` may take: one poll is answered and its answer carried out. [rule R20] [rule V20]
inline constexpr base::Duration at_once = std::chrono::seconds{5};

}  // namespace fakes::devices
