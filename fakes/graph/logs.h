// The audit log and the sign-ins. [Graph O6] [Graph O7]
#pragma once

#include "fakes/graph/call.h"

namespace fakes::graph {

[[nodiscard]] Reply list_directory_audits(const Call& call);
[[nodiscard]] Reply read_directory_audit(const Call& call);
[[nodiscard]] Reply list_sign_ins(const Call& call);
[[nodiscard]] Reply read_sign_in(const Call& call);

}  // namespace fakes::graph
