#include "cli/confirmation.h"

#include <fmt/format.h>
#include <unistd.h>

#include <iostream>
#include <string>

namespace cli {

bool confirmed_at_the_terminal(std::string_view hint) {
  if (isatty(STDIN_FILENO) == 0) {
    fmt::print(stderr, "lockstep: say --yes to go on{}\n", hint);
    return false;
  }
  fmt::print(stderr, "Go on? [y/N] ");
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

}  // namespace cli
