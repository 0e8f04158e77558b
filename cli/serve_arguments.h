// What `serve` is given on the command line.
#pragma once

#include "cli/commands.h"

namespace CLI {
class App;
}

namespace cli {

void add_serve(CLI::App& app, ServeCommand& command);

}  // namespace cli
