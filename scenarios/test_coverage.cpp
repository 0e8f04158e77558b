#include "scenarios/test_coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <optional>

namespace scenarios {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 6> macros{
    "TEST(", "TEST_F(", "TEST_P(", "TYPED_TEST(", "RC_GTEST_PROP(", "RC_GTEST_FIXTURE_PROP("};
/// What begins the ids of facts.
constexpr std::array<std::string_view, 3> fact_families{"Graph", "Entra provisioning-clients", "Okta provisioning-clients"};
constexpr std::array<std::string_view, 6> families{"RT", "DI", "R", "D", "V", "F"};

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return is_ascii_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/// `R44`, `RT2`, `D5a`, `DI20`, `V6`, `F15`.
bool is_rule_id(std::string_view text) {
  for (const auto family : families) {
    if (!text.starts_with(family)) continue;
    auto number = text.substr(family.size());
    if (!number.empty() && number.back() >= 'a' && number.back() <= 'z') number.remove_suffix(1);
    return !number.empty() && number.front() != '0' && std::ranges::all_of(number, is_ascii_digit);
  }
  return false;
}

std::string_view trimmed(std::string_view line) {
  while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
  while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.remove_suffix(1);
  return line;
}

void add_once(std::vector<std::string>& rules, std::string_view id) {
  if (is_rule_id(id) && std::ranges::find(rules, id) == rules.end()) rules.emplace_back(id);
}

void add_cited(std::vector<std::string>& rules, std::string_view comment) {
  constexpr std::string_view mark = "[rule ";
  for (auto at = comment.find(mark); at != std::string_view::npos; at = comment.find(mark, at + 1)) {
    const auto begin = at + mark.size();
    const auto end = comment.find(']', begin);
    if (end == std::string_view::npos) return;
    add_once(rules, comment.substr(begin, end - begin));
  }
}

std::vector<std::string> each_once(std::vector<std::string> facts) {
  std::vector<std::string> out;
  for (auto& id : facts) {
    if (std::ranges::find(out, id) == out.end()) out.push_back(std::move(id));
  }
  return out;
}

/// What a comment line says, for it to be joined to the lines above it: a citation may go on in the next line.
std::string said_by(std::string_view comment_line) {
  comment_line.remove_prefix(std::min(comment_line.find_first_not_of('/'), comment_line.size()));
  return fmt::format("{} ", trimmed(comment_line));
}

void add_named(std::vector<std::string>& rules, std::string_view name) {
  while (!name.empty()) {
    const auto end = name.find('_');
    add_once(rules, name.substr(0, end));
    if (end == std::string_view::npos) return;
    name.remove_prefix(end + 1);
  }
}

/// The words between the parentheses of a test macro, which may end on a later line: `Suite`, `test`.
std::optional<std::pair<std::string, std::string>> names_after(std::string_view text) {
  const auto word = [&]() -> std::string {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\n' || text.front() == '\r')) text.remove_prefix(1);
    std::size_t size = 0;
    while (size < text.size() && is_word(text[size])) ++size;
    const std::string taken(text.substr(0, size));
    text.remove_prefix(size);
    return taken;
  };
  auto suite = word();
  if (suite.empty() || text.empty() || text.front() != ',') return std::nullopt;
  text.remove_prefix(1);
  auto test = word();
  if (test.empty()) return std::nullopt;
  return std::pair{std::move(suite), std::move(test)};
}

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// Files below the folder whose names are wanted, in order; build folders are left out.
std::vector<fs::path> files_below(const std::string& root, const std::function<bool(std::string_view)>& wanted) {
  std::vector<fs::path> out;
  std::error_code error;
  for (auto entry = fs::recursive_directory_iterator(root, error); !error && entry != fs::recursive_directory_iterator();
       entry.increment(error)) {
    const auto name = entry->path().filename().string();
    if (entry->is_directory() && entry.depth() == 0 && (name == "build" || name == "out" || name.starts_with('.'))) {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file() && wanted(name)) {
      out.push_back(entry->path());
    }
  }
  std::ranges::sort(out);
  return out;
}

}  // namespace

std::vector<std::string> facts_cited_in(std::string_view comment) {
  std::vector<std::string> out;
  for (auto at = comment.find('['); at != std::string_view::npos; at = comment.find('[', at + 1)) {
    const auto inside = comment.substr(at + 1, comment.find(']', at) == std::string_view::npos ? 0 : comment.find(']', at) - at - 1);
    for (const auto family : fact_families) {
      if (!inside.starts_with(family) || !inside.substr(family.size()).starts_with(' ')) continue;
      auto ids = inside.substr(family.size());
      while (!ids.empty()) {
        const auto comma = std::min(ids.find(','), ids.size());
        out.push_back(fmt::format("{} {}", family, trimmed(ids.substr(0, comma))));
        ids.remove_prefix(std::min(comma + 1, ids.size()));
      }
    }
  }
  return out;
}

std::vector<CoveringTest> covering_tests(std::string_view path, std::string_view source) {
  std::vector<CoveringTest> found;
  std::vector<std::string> cited;
  std::string comment;
  for (std::size_t begin = 0; begin < source.size();) {
    const auto end = std::min(source.find('\n', begin), source.size());
    const auto line = trimmed(source.substr(begin, end - begin));
    if (line.starts_with("//")) {
      add_cited(cited, line);
      comment += said_by(line);
    } else {
      for (const auto macro : macros) {
        if (!line.starts_with(macro)) continue;
        const auto names = names_after(source.substr(source.find(macro, begin) + macro.size()));
        if (!names) break;
        CoveringTest test{std::string(path), names->first + "." + names->second, cited, each_once(facts_cited_in(comment))};
        add_named(test.rules, names->second);
        if (!test.rules.empty() || !test.facts.empty()) found.push_back(std::move(test));
        break;
      }
      cited.clear();
      comment.clear();
    }
    begin = end + 1;
  }
  return found;
}

std::vector<CitedFact> find_cited_facts(const std::string& root) {
  std::vector<CitedFact> found;
  const auto sources = files_below(root, [](std::string_view name) { return name.ends_with(".cpp") || name.ends_with(".h"); });
  for (const auto& path : sources) {
    const auto source = text_of(path);
    std::size_t number = 0;
    std::string comment;  // of lines that follow each other
    const auto take = [&] {
      for (auto& id : facts_cited_in(comment))
        found.push_back({fmt::format("{}:{}", path.lexically_relative(root).string(), number), std::move(id)});
      comment.clear();
    };
    for (std::size_t begin = 0; begin < source.size();) {
      const auto end = std::min(source.find('\n', begin), source.size());
      const auto line = trimmed(std::string_view(source).substr(begin, end - begin));
      const auto comment_at = line.find("//");
      if (comment_at != 0) take();
      ++number;
      if (comment_at != std::string_view::npos) comment += said_by(line.substr(comment_at));
      begin = end + 1;
    }
    take();
  }
  return found;
}

std::vector<CoveringTest> find_covering_tests(const std::string& root) {
  std::vector<CoveringTest> found;
  for (const auto& source : files_below(root, [](std::string_view name) { return name.ends_with("_test.cpp"); })) {
    auto tests = covering_tests(source.lexically_relative(root).string(), text_of(source));
    std::ranges::move(tests, std::back_inserter(found));
  }
  return found;
}

}  // namespace scenarios
