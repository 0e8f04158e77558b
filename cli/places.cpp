#include "cli/places.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

namespace cli {

namespace fs = std::filesystem;

std::string program_path() {
  std::error_code error;
  return fs::read_symlink("/proc/self/exe", error).string();
}

std::string project_root() {
  std::error_code error;
  for (auto folder = fs::path(program_path()).parent_path(); folder.has_relative_path();
       folder = folder.parent_path()) {
    if (fs::is_directory(folder / "scenarios" / "library", error)) return folder.string();
  }
  return {};
}

std::string shown_path(const std::string& path) {
  std::error_code error;
  const auto relative = fs::path(path).lexically_proximate(fs::current_path(error)).string();
  return relative.starts_with("..") ? path : relative;
}

bool write_file(const std::string& path, const std::string& text) {
  std::error_code error;
  const auto folder = fs::path(path).parent_path();
  if (!folder.empty()) fs::create_directories(folder, error);
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (out) return true;
  fmt::print(stderr, "lockstep: {} cannot be written\n", path);
  return false;
}

}  // namespace cli
