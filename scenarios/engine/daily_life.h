// What the bench knows of people who go about their days: who has which computer and which password, and what they have done so far.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace scenarios {

enum class DailyAct { sign_in, attribute_change, joiner, leaver, password_change, federated_login };
inline constexpr std::size_t daily_acts = 6;

/// In the order of the enumerators, of several.
inline constexpr std::array<std::string_view, daily_acts> daily_act_names{
    "device sign-ins", "attribute changes", "joiners", "leavers", "password changes", "federated logins"};

/// Somebody of the population who was onboarded.
struct Employee {
  std::string name;
  std::string device{};       ///< empty: none
  std::int64_t password = 0;  ///< number of the present one
  bool federated = false;     ///< signs in to the portal at the identity provider
  bool busy = false;          ///< does something that is not over yet
  bool left = false;
};

/// How often something went well, and why it did not where it did not.
struct DailyCount {
  std::int64_t done = 0;
  std::int64_t failed = 0;
  std::string first_failure{};
};

struct DailyLife {
  std::deque<Employee> employees{};  ///< in a deque, as tasks refer to them while others join
  std::array<DailyCount, daily_acts> counts{};
  DailyCount onboarding{};
  std::int64_t working_days = 0;
  std::int64_t entra_cycles = 0;
  std::int64_t joined = 0;        ///< who was given a name of a joiner
  std::int64_t devices_given = 0;  ///< of the fleet, to joiners
};

}  // namespace scenarios
