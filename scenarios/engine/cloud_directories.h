// The directory's instances of Microsoft 365, as scripts name them.
#pragma once

#include <expected>
#include <string>

#include "base/json.h"
#include "scenarios/engine/perform.h"

namespace scenarios {

struct MicrosoftInstance {
  std::string id;
  base::Json shown;  ///< as the admin API shows it
};

/// The instance of that name; an answer instead where there is none.
base::Task<std::expected<MicrosoftInstance, Performed>> find_microsoft(Cast& cast, sim::Host& from, std::string name);

/// The directory's id of a group of users, by its name.
base::Task<std::expected<std::string, Performed>> group_id(Cast& cast, std::string group);
base::Task<std::expected<std::string, Performed>> group_id(Cast& cast, std::string group, sim::Host& from);

}  // namespace scenarios
