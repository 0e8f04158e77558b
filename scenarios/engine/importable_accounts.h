// The accounts that the directory offers for import from a Microsoft tenant, all pages of them.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "scenarios/engine/cloud_directories.h"

namespace scenarios {

struct ImportableAccount {
  std::string id;  ///< Microsoft's
  std::string upn;
};

/// By the instance's id; an answer instead where a page cannot be had.
base::Task<std::expected<std::vector<ImportableAccount>, Performed>> importable_accounts(Cast& cast, sim::Host& from, std::string instance);

}  // namespace scenarios
