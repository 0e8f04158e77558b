// The hosts that sign-in has in reality.
#pragma once

#include <array>
#include <string_view>

namespace fakes::entra::sign_in {

inline constexpr std::array<std::string_view, 4> real_names{"login.microsoftonline.com", "login.microsoft.com", "login.windows.net", "sts.windows.net"};

}  // namespace fakes::entra::sign_in
