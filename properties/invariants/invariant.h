// Laws that every world obeys once it has healed, judged on what the wire and the devices show.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/engine/cast.h"
#include "scenarios/script/scenario.h"

namespace properties {

/// A user as the directory's admin API shows it at the end.
struct DirectoryUserView {
  std::string id;
  std::string username;
  std::string email;
  std::string state;
  std::string external_id;
};

/// What the judges look at. They share nothing with the directory.
struct FinalView {
  std::vector<DirectoryUserView> users;
  std::map<std::string, bool, std::less<>> portal_sessions;  ///< person to whether the last session is open
  scenarios::Cast* cast = nullptr;                           ///< history and devices
};

struct Violation {
  std::string invariant;
  std::string text;
  /// Fails wherever the law is broken in this way: makes a replayable script of the counterexample.
  scenarios::Expectation expectation;
};

/// The law that nothing else can be judged without: once all is mended, the directory answers.
inline constexpr std::string_view answers_after_healing = "answers-after-healing";

struct Invariant {
  std::string_view id;
  std::string_view law;
  std::optional<Violation> (*judge)(const FinalView& view);
};

/// Every acknowledged creation and change of state is there in the end, unless something later may have
/// undone it.
std::optional<Violation> judge_acknowledged_is_durable(const FinalView& view);
/// No two users share a username or an e-mail address in any letter case, or an object of the tenant. [rule
/// D21]
std::optional<Violation> judge_no_duplicate_user(const FinalView& view);
/// Nobody who is suspended has a session, on a device or in the portal, `healing_time` after the last fault.
/// [rule R20] [rule V20] [rule V31]
std::optional<Violation> judge_no_session_of_suspended(const FinalView& view);

[[nodiscard]] const std::vector<Invariant>& invariants();

}  // namespace properties
