#include "tidy/source_tree.h"

#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <vector>

namespace tidy {
namespace {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::set<std::string> ignored_folders(const std::filesystem::path& root) {
  std::set<std::string> names{".git"};
  std::istringstream lines(read_file(root / ".gitignore"));
  for (std::string line; std::getline(lines, line);) {
    if (line.size() > 2 && line.front() == '/' && line.back() == '/')
      names.insert(line.substr(1, line.size() - 2));
  }
  return names;
}

}  // namespace

Files read_tree(const std::filesystem::path& root) {
  Files files;
  const auto ignored = ignored_folders(root);
  for (std::filesystem::recursive_directory_iterator at(root), end; at != end; ++at) {
    const auto path = at->path().lexically_relative(root).generic_string();
    if (ignored.contains(path)) {
      // In a linked worktree .git is a file.
      if (at->is_directory()) at.disable_recursion_pending();
      continue;
    }
    if (!at->is_regular_file() || at->is_symlink()) continue;
    auto text = read_file(at->path());
    if (text.find('\0') == std::string::npos) files.emplace(path, std::move(text));
  }
  return files;
}

bool is_cpp(std::string_view path) {
  return path.ends_with(".h") || path.ends_with(".cpp");
}

bool is_test(std::string_view path) {
  return path.find("_test.") != std::string_view::npos;
}

}  // namespace tidy
