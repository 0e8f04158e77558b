#include "scenarios/engine/library.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace scenarios {
namespace {

namespace fs = std::filesystem;

std::unexpected<LoadError> fail(const std::string& path, std::string_view why) {
  return std::unexpected(LoadError{path, fmt::format("{}: {}", path, why)});
}

constexpr std::size_t largest_input = 16'000'000;

/// Reads the text of a file that a script names.
std::expected<void, LoadError> load_input(const std::string& script, InputFile& input) {
  if (input.path.empty()) return {};
  const auto path = fs::path(script).parent_path() / input.path;
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail(script, fmt::format("the file {} cannot be read", input.path));
  input.text.assign(largest_input + 1, '\0');
  in.read(input.text.data(), static_cast<std::streamsize>(input.text.size()));
  input.text.resize(static_cast<std::size_t>(in.gcount()));
  if (input.text.size() > largest_input) return fail(script, fmt::format("the file {} is longer than the {} bytes that are read", input.path, largest_input));
  return {};
}

}  // namespace

std::expected<std::vector<std::string>, LoadError> find_scripts(const std::vector<std::string>& paths) {
  std::vector<std::string> found;
  for (const auto& path : paths) {
    std::error_code error;
    const auto status = fs::status(path, error);
    if (!fs::exists(status)) return fail(path, "there is no such file or folder");
    if (!fs::is_directory(status)) {
      found.push_back(path);
      continue;
    }
    std::vector<std::string> inside;
    for (const auto& entry : fs::recursive_directory_iterator(path, error)) {
      if (entry.is_regular_file() && entry.path().extension() == ".yaml")
        inside.push_back(entry.path().string());
    }
    if (error) return fail(path, error.message());
    if (inside.empty()) return fail(path, "there is no script (*.yaml) in this folder");
    std::ranges::sort(inside);
    found.insert(found.end(), inside.begin(), inside.end());
  }
  return found;
}

std::expected<LoadedScript, LoadError> load_script(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail(path, "the file cannot be read");
  // One byte more than a script may have is enough to see that it is too long.
  std::string text(largest_script + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad()) return fail(path, "the file cannot be read");
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > largest_script)
    return fail(path, fmt::format("the script is longer than the {} bytes that are read", largest_script));
  auto scenario = decode_scenario(text);
  if (!scenario) {
    const auto& [place, message] = scenario.error();
    return std::unexpected(
        LoadError{path, fmt::format("{}:{}:{}: {}", path, place.line, place.column, message)});
  }
  for (auto* input : {&scenario->world.entra.users, &scenario->world.entra.provisioning.schema}) {
    if (const auto loaded = load_input(path, *input); !loaded) return std::unexpected(loaded.error());
  }
  return LoadedScript{path, std::move(*scenario)};
}

}  // namespace scenarios
