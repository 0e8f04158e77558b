#include "properties/invariants/invariant.h"

namespace properties {

const std::vector<Invariant>& invariants() {
  static const std::vector<Invariant> all{
      {"acknowledged-is-durable", "What was acknowledged is there after any crash.",
       judge_acknowledged_is_durable},
      {"no-duplicate-user", "No user exists twice.", judge_no_duplicate_user},
      {"no-session-of-suspended", "A suspended user has no session beyond its bound.",
       judge_no_session_of_suspended},
  };
  return all;
}

}  // namespace properties
