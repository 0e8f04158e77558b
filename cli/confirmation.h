// Asking whoever sits at the terminal before a target beyond this machine is written to.
#pragma once

#include <string_view>

namespace cli {

/// After what will be done has been said. Without a terminal only --yes is an answer, which is said with `hint` behind it.
[[nodiscard]] bool confirmed_at_the_terminal(std::string_view hint = {});

}  // namespace cli
