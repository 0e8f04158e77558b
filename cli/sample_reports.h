// Reports as `conform` writes them, kept in the tree for readers who have not built anything: of the core,
// and of a product that gets some things wrong. Both are judged in a world, so the same cases give the same
// bytes.
#pragma once

#include <expected>
#include <string>
#include <vector>

namespace cli {

struct SampleReport {
  std::string path;  ///< below the source root
  std::string text;  ///< as of now
};

/// The page of the product that gets things wrong, which the picture in README.md shows.
inline constexpr auto pictured_sample = "reports/samples/broken/index.html";

/// Judges both by the suite `scim` below `source_root`. An error is for a person.
[[nodiscard]] std::expected<std::vector<SampleReport>, std::string> sample_reports(
    const std::string& source_root);

}  // namespace cli
