// Directory usernames from SCIM userNames, for integrations whose userName is a login of any shape.
#pragma once

#include <string>
#include <string_view>

#include "directory/core/options.h"

namespace directory::scim {

/// The local part where the login is an e-mail address, with an underscore for each run of characters that a
/// username cannot hold, and a letter in front where there is none. Never empty. [rule R44] [rule RT10]
[[nodiscard]] std::string username_from(std::string_view login, UsernameDots dots = UsernameDots::allowed);

/// The n-th other spelling of a username that is taken: `amy2`, `amy3`, …
[[nodiscard]] std::string numbered(std::string_view username, int number);

}  // namespace directory::scim
