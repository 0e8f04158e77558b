// The approved outputs of every reporter for the sample session, and what the reporters give now.
#pragma once

#include <string>
#include <vector>

namespace reports {

struct GoldenFile {
  std::string path;  ///< below the source root
  std::string text;  ///< as of now
};

[[nodiscard]] std::vector<GoldenFile> golden_files();

/// The current text of the golden file of that name, such as `session.json`.
[[nodiscard]] std::string golden_text(const std::string& name);
/// What the file below `source_root` holds; empty where there is none.
[[nodiscard]] std::string approved_text(const std::string& source_root, const std::string& path);

}  // namespace reports
