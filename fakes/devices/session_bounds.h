// How long somebody who was suspended may go on, at a device and at Microsoft: what explorations, properties and judgements of runs
// measure against. Its figures are typed from the rules and taken from no option of a fake, since fakes are judged by them.
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

inline constexpr SessionBound microsoft{"expiry of the access token", "Graph U57",
                                        "Microsoft renews nothing for whoever is shut out; an access token lives until it expires"};

/// What `at once` may take: one poll is answered and its answer carried out. [rule R20] [rule V20]
inline constexpr base::Duration at_once = std::chrono::seconds{5};
/// The longest that Microsoft gives an access token: so long may somebody with one that is brand-new go on. [Graph K9]
inline constexpr base::Duration longest_access_token = std::chrono::minutes{90};

}  // namespace fakes::devices
