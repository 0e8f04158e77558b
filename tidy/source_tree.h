// The real tree, read from disk: every text file that is not ignored, by its path from the root.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace tidy {

using Files = std::map<std::string, std::string, std::less<>>;

/// Leaves out `.git`, the root folders that .gitignore names as `/folder/`, and files with a NUL byte.
[[nodiscard]] Files read_tree(const std::filesystem::path& root);

/// C++, to which the rules for code apply.
[[nodiscard]] bool is_cpp(std::string_view path);
[[nodiscard]] bool is_test(std::string_view path);

}  // namespace tidy
