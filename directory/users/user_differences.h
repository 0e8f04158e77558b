// What changed about a user, as events tell it.
#pragma once

#include <vector>

#include "directory/insights/event.h"
#include "directory/users/user.h"

namespace directory {

/// The attributes that differ, under the names of the admin API. [rule DI24]
[[nodiscard]] std::vector<FieldChange> differences(const UserAttributes& before, const UserAttributes& after);
[[nodiscard]] std::vector<FieldChange> differences(const PasswordTerms& before, const PasswordTerms& after);

}  // namespace directory
