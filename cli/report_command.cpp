// Commands over reports that are there already: nothing is judged, and no product is asked.
#include <fmt/format.h>

#include <filesystem>

#include "cli/commands.h"
#include "cli/conform_reports.h"
#include "cli/exit_codes.h"

namespace cli {
namespace {

namespace fs = std::filesystem;

/// Where `render` writes without being told; empty for a file that is not the report of a folder, beside which
/// half a dozen others would come as a surprise.
std::string folder_of(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return path;
  const fs::path file(path);
  if (file.filename() != "report.json") return "";
  return file.has_parent_path() ? file.parent_path().string() : ".";
}

}  // namespace

int render_report(const RenderCommand& command) {
  const auto record = read_conformance_report(command.path);
  if (!record) return complain(exit_usage, record.error());
  const auto folder = command.report.empty() ? folder_of(command.path) : command.report;
  if (folder.empty()) {
    return complain(exit_usage, fmt::format("{} is no report.json in a folder of its own: say where to write "
                                            "with --report DIR",
                                            command.path));
  }
  if (!write_conformance_reports(folder, *record)) return exit_bench;
  fmt::print("report: {}\n", (fs::path(folder) / "index.html").string());
  return exit_pass;
}

}  // namespace cli
