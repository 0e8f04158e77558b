// What `serve` is given on the command line.
#pragma once

#include "cli/commands.h"

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own
class App;
}

namespace cli {

void add_serve(CLI::App& app, ServeCommand& command);

}  // namespace cli
