// What all policies that reach one system bring about there, directly and through system groups. [rule R68]
#pragma once

#include "directory/core/core.h"
#include "directory/devices/desired_state.h"
#include "directory/policies/policy.h"

namespace directory {

/// Where policies contradict each other, the one that grants less has its way. Assumed: no article says.
struct EffectivePolicy {
  /// The directory's app is not shown, so that nobody changes a password with it. [rule R67] [rule V88]
  bool hide_app = false;
  /// Accounts may be provisioned by further users once the first has one. [rule V41]
  bool several_users = false;
};

/// Policies for another family of systems have no effect.
[[nodiscard]] EffectivePolicy effective_policy(Database& db, const System& system);

}  // namespace directory
