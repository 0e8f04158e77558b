// Writes the reports under reports/samples/ as the program makes them now, and the picture in README.md of
// one of them. The picture needs Chromium; without one it is left as it is.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "cli/sample_reports.h"
#include "reports/browser/browser.h"

namespace {

constexpr auto picture = "docs/conformance.png";
constexpr int width = 1000;
/// The picture ends with a whole finding.
constexpr auto height =
    "Math.round(document.querySelector('.findings > li:nth-child(5)').getBoundingClientRect().bottom + 1)";

bool write(const std::string& path, const std::string& bytes) {
  const auto file = std::filesystem::path(LOCKSTEP_SOURCE_DIR) / path;
  std::error_code ignored;  // opening the file says it as well
  std::filesystem::create_directories(file.parent_path(), ignored);
  std::ofstream out(file, std::ios::binary);
  out << bytes;
  out.close();
  fmt::print("{} {}\n", path, out ? "written" : "cannot be written");
  return static_cast<bool>(out);
}

std::expected<std::string, std::string> picture_of(const std::string& page) {
  const auto browser = reports::Browser::start(reports::find_chromium());
  if (!browser) return std::unexpected(browser.error());
  const auto tab = (*browser)->open_tab();
  if (!tab) return std::unexpected(tab.error());
  if (const auto sized = (*tab)->resize(width, width); !sized) return std::unexpected(sized.error());
  if (const auto light = (*tab)->emulate(reports::Scheme::light); !light)
    return std::unexpected(light.error());
  if (const auto opened = (*tab)->open(page); !opened) return std::unexpected(opened.error());
  const auto end = (*tab)->evaluate(height);
  if (!end) return std::unexpected(end.error());
  return (*tab)->screenshot({.x = 0, .y = 0, .width = width, .height = end->get<int>()});
}

}  // namespace

int main() {
  const auto samples = cli::sample_reports(LOCKSTEP_SOURCE_DIR);
  if (!samples) {
    fmt::print(stderr, "{}\n", samples.error());
    return 1;
  }
  for (const auto& sample : *samples) {
    if (!write(sample.path, sample.text)) return 1;
  }
  if (reports::find_chromium().empty()) {
    fmt::print("{} is left: chromium is not installed\n", picture);
    return 0;
  }
  const auto taken = picture_of(std::string(LOCKSTEP_SOURCE_DIR) + "/" + cli::pictured_sample);
  if (!taken) {
    fmt::print(stderr, "{}\n", taken.error());
    return 1;
  }
  return write(picture, *taken) ? 0 : 1;
}
