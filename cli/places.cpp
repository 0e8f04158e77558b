#include "cli/places.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <string_view>

namespace cli {

namespace fs = std::filesystem;
namespace {

/// PREFIX/share/lockstep of a program PREFIX/bin/lockstep; empty where no library is there.
std::string installed_root() {
  std::error_code error;
  const auto folder = fs::path(program_path()).parent_path();
  const auto root = folder.parent_path() / "share" / "lockstep";
  const bool is_there = folder.filename() == "bin" && fs::is_directory(root / "scenarios" / "library", error);
  return is_there ? root.string() : std::string{};
}

}  // namespace

std::string program_path() {
  std::error_code error;
  return fs::read_symlink("/proc/self/exe", error).string();
}

std::string project_root() {
  auto installed = installed_root();
  if (!installed.empty()) return installed;
  std::error_code error;
  for (auto folder = fs::path(program_path()).parent_path(); folder.has_relative_path();
       folder = folder.parent_path()) {
    if (fs::is_directory(folder / "scenarios" / "library", error)) return folder.string();
  }
  return {};
}

bool is_installed() {
  return !installed_root().empty();
}

std::string program_name() {
  return is_installed() ? "lockstep" : "./lockstep";
}

std::string as_called(std::string text) {
  constexpr std::string_view in_tree = "./lockstep";
  if (!is_installed()) return text;
  for (auto at = text.find(in_tree); at != std::string::npos; at = text.find(in_tree, at)) text.erase(at, 2);
  return text;
}

std::string found_path(const std::string& path) {
  std::error_code error;
  if (path.empty() || fs::path(path).is_absolute() || fs::exists(path, error)) return path;
  const auto below = fs::path(project_root()) / path;
  return below.is_absolute() && fs::exists(below, error) ? below.string() : path;
}

std::string shown_path(const std::string& path) {
  std::error_code error;
  auto here = fs::path(path).lexically_proximate(fs::current_path(error)).string();
  if (!here.starts_with("..")) return here;
  const auto root = project_root();
  if (root.empty()) return path;
  const auto below = fs::path(path).lexically_proximate(root).string();
  // Only what found_path() takes back.
  return below.starts_with("..") || fs::exists(below, error) ? path : below;
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
