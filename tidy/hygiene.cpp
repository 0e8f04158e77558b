// The words and folders looked for are spelled in another way than they are found, so that this file passes.
#include "tidy/hygiene.h"

#include <algorithm>
#include <array>

#include "tidy/source_text.h"
#include "tidy/source_tree.h"

namespace tidy {
namespace {

constexpr std::array<std::string_view, 4> markers{"todo", "fixme", "xxx", "hack"};
constexpr std::array<std::string_view, 3> homes{"work", "home", "root"};
constexpr std::string_view temporary = "tmp";

/// Whether the line has `word` in capitals, by itself.
bool has_marker(std::string_view line, std::string_view word) {
  std::string marker;
  for (const char c : word) marker += static_cast<char>(c - 'a' + 'A');
  for (auto at = line.find(marker); at != std::string_view::npos; at = line.find(marker, at + 1)) {
    const auto end = at + marker.size();
    const bool begins = at == 0 || !continues_word(line[at - 1]);
    if (begins && (end == line.size() || !continues_word(line[end]))) return true;
  }
  return false;
}

/// Whether a path begins here with the root's `folder`, rather than goes on: an address is nobody's machine.
bool has_path(std::string_view line, std::string_view folder) {
  static constexpr std::string_view before = " \t\"'`(=:,<>[{|@";
  const auto path = "/" + std::string(folder) + "/";
  for (auto at = line.find(path); at != std::string_view::npos; at = line.find(path, at + 1)) {
    if (at == 0 || before.find(line[at - 1]) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

std::vector<Finding> check_hygiene(const std::string& path, std::string_view text) {
  std::vector<Finding> findings;
  const bool unfinished = !text.empty() && text.back() != '\n';
  std::size_t number = 0;
  while (!text.empty()) {
    ++number;
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));

    const auto report = [&](std::string_view rule, std::string_view advice) {
      findings.push_back({path, number, std::string(rule), std::string(advice)});
    };
    if (line.find('\r') != std::string_view::npos) report("line-end", "end lines with a line feed alone");
    line = line.substr(0, line.find_last_not_of('\r') + 1);
    if (line.ends_with(' ') || line.ends_with('\t'))
      report("trailing-space", "remove the white space at the end");
    if (std::ranges::any_of(markers, [&](std::string_view word) { return has_marker(line, word); })) {
      report("marker", "finish it, or open an issue and say here what holds today");
    }
    const bool at_home =
        std::ranges::any_of(homes, [&](std::string_view home) { return has_path(line, home); });
    if (at_home || (!is_test(path) && has_path(line, temporary))) {
      report("machine-path", "name the file relative to the source root, or take it as an argument");
    }
    if (unfinished && text.empty()) report("final-newline", "end the last line with a line feed");
  }
  return findings;
}

std::vector<Finding> check_length(const std::string& path, std::string_view text) {
  static constexpr std::array<std::string_view, 3> data{"golden", "generated", "approved"};
  const auto named = [&](std::string_view folder) {
    return path.find("/" + std::string(folder) + "/") != std::string::npos ||
           path.find("." + std::string(folder) + ".") != std::string::npos;
  };
  const bool code = is_cpp(path) || path.ends_with(".cmake") || path.ends_with("CMakeLists.txt");
  if (!code || std::ranges::any_of(data, named)) return {};
  const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n'));
  if (lines <= longest_file) return {};
  return {
      {path, lines, "long-file", "split it by concept; 600 lines is the most, 400 is where to look twice"}};
}

}  // namespace tidy
