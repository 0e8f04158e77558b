// Users as the admin centre lets one download them (Users, Download users): a CSV file with a row for each.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace fakes::entra::provisioning {

struct CsvUser {
  std::size_t line = 0;         ///< of the file, from 1
  base::JsonObject properties;  ///< as Graph names them; a password is not among them
};

struct CsvUsers {
  std::vector<CsvUser> users;
  std::vector<std::string> ignored;  ///< columns that the tenant keeps nothing of, or that only the service writes
};

/// Names of columns are those of the portal or of Graph, whatever their letter case. Without `mailNickname` a user gets the
/// part of its name before the at sign, without `accountEnabled` it is enabled. An error names the line.
[[nodiscard]] std::expected<CsvUsers, std::string> read_users_csv(std::string_view text);

/// Rows and fields of a CSV text. [RFC4180 2]
[[nodiscard]] std::expected<std::vector<std::vector<std::string>>, std::string> read_csv(std::string_view text);

}  // namespace fakes::entra::provisioning
