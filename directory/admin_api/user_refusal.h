// How the admin API refuses a change of a user.
#pragma once

#include "base/http.h"
#include "directory/core/core.h"
#include "directory/core/refusal.h"

namespace directory {

/// 400 for invalid, 403 for forbidden; a taken username or e-mail address says "User already exists", with
/// the status that the options choose. [rule D28] [rule D121]
[[nodiscard]] base::HttpResponse user_refusal(const Core& core, const Refusal& refusal);

}  // namespace directory
