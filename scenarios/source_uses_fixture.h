// Where the sources of a folder use the values of an enumeration: lists of what stands in the code are held against it.
#pragma once

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <utility>

namespace scenarios {

/// Each `ENUMERATION::value` with the path of its source below the project's root, as often as it stands there; tests and `table`, the
/// folder's source that lists them, are left out.
inline std::multiset<std::pair<std::string, std::string>> uses_in_sources(const std::string& folder, const std::string& enumeration, const std::string& table) {
  namespace fs = std::filesystem;
  std::multiset<std::pair<std::string, std::string>> out;
  const std::regex use(enumeration + "::([a-z_]+)");
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(LOCKSTEP_SOURCE_DIR) / folder)) {
    const auto path = entry.path().lexically_relative(LOCKSTEP_SOURCE_DIR).string();
    if (entry.path().extension() != ".cpp" || path.ends_with("_test.cpp") || path == folder + "/" + table) continue;
    std::ifstream in(entry.path());
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const std::sregex_iterator end;
    for (auto at = std::sregex_iterator(text.begin(), text.end(), use); at != end; ++at) out.emplace((*at)[1].str(), path);
  }
  return out;
}

}  // namespace scenarios
