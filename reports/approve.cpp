// Writes the golden files of reports/ anew. Read the difference before you keep it: it is what users will
// see.
#include <fmt/format.h>

#include <fstream>

#include "reports/golden_files.h"

int main() {
  const std::string root = LOCKSTEP_SOURCE_DIR;
  for (const auto& file : reports::golden_files()) {
    const bool changed = reports::approved_text(root, file.path) != file.text;
    if (changed) {
      std::ofstream out(root + "/" + file.path, std::ios::binary);
      out << file.text;
      out.close();
      if (!out) {
        fmt::print(stderr, "{} cannot be written\n", file.path);
        return 1;
      }
    }
    fmt::print("{} {}\n", file.path, changed ? "written" : "unchanged");
  }
  return 0;
}
