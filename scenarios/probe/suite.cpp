#include "scenarios/probe/suite.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <set>

#include "scenarios/probe/decode_probe.h"
#include "scenarios/probe/product.h"

namespace scenarios::probe {
namespace {

namespace fs = std::filesystem;

/// Clauses that other cases need without saying so, since their steps create, read, change and remove.
constexpr std::array<std::string_view, 10> foundations{"P-4-1",   "P-4-2",   "P-4-3",    "P-3.3-1",     "P-3.4.1-1",
                                                       "P-3.4.2-1", "P-3.5-1", "P-3.5.2-14", "P-3.5.2.3-2", "P-3.6-1"};

std::expected<Probe, LoadError> load_case(const fs::path& path, const fs::path& folder) {
  std::ifstream in(path, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  if (!in.good() && !in.eof()) return std::unexpected(LoadError{path.string(), fmt::format("{}: cannot be read", path.string())});
  auto relative = fs::relative(path, folder);
  relative.replace_extension();
  auto probe = decode_probe(text, relative.generic_string());
  const auto fail_at = [&](Place place, std::string_view why) {
    return std::unexpected(LoadError{path.string(), fmt::format("{}:{}:{}: {}", path.string(), place.line, place.column, why)});
  };
  if (!probe) return fail_at(probe.error().place, probe.error().message);
  for (const auto& need : probe->needs) {
    if (!Product::is_need(need)) return fail_at({1, 1}, fmt::format("'{}' is no need", need));
  }
  return *probe;
}

bool covers(const Probe& probe, std::string_view clause) {
  return std::ranges::find(probe.covers, clause) != probe.covers.end();
}

/// Depth first along `after`, in the order of foundations and then of ids; rings are cut where they close.
std::vector<Probe> in_order(std::vector<Probe> cases) {
  const auto rank = [](const Probe& probe) {
    const auto found = std::ranges::find_if(foundations, [&](std::string_view clause) { return covers(probe, clause); });
    return std::distance(foundations.begin(), found);
  };
  std::ranges::stable_sort(cases, {}, [&](const Probe& probe) { return std::pair(rank(probe), probe.id); });
  std::vector<Probe> out;
  std::set<std::string> seen;
  const std::function<void(const Probe&)> visit = [&](const Probe& probe) {
    if (!seen.insert(probe.id).second) return;
    for (const auto& clause : probe.after) {
      for (const auto& other : cases) {
        if (covers(other, clause)) visit(other);
      }
    }
    out.push_back(probe);
  };
  for (const auto& probe : cases) visit(probe);
  return out;
}

}  // namespace

std::vector<std::string> suite_names(const std::string& folder) {
  std::vector<std::string> out;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.is_directory()) out.push_back(entry.path().filename().string());
  }
  std::ranges::sort(out);
  return out;
}

std::expected<Suite, LoadError> load_suite(const std::string& folder, const std::string& name) {
  Suite suite{name, {}, 0};
  for (const auto& other : suite_names(folder)) {
    const auto paths = find_scripts({(fs::path(folder) / other).string()});
    if (!paths) continue;  // a suite without cases yet
    for (const auto& path : *paths) {
      auto probe = load_case(path, folder);
      if (!probe) return std::unexpected(probe.error());
      const bool tagged = std::ranges::find(probe->tags, name) != probe->tags.end();
      if (other == name || tagged) suite.cases.push_back(std::move(*probe));
    }
  }
  if (suite.cases.empty()) return std::unexpected(LoadError{folder, fmt::format("{}: no suite of the name {}", folder, name)});
  suite.cases = in_order(std::move(suite.cases));
  return suite;
}

bool selects(const Probe& probe, std::string_view word) {
  const auto begins = [&](std::string_view id, std::string_view separators) {
    return id == word || (id.starts_with(word) && separators.find(id[word.size()]) != std::string_view::npos);
  };
  return begins(probe.id, "/") || std::ranges::any_of(probe.covers, [&](const std::string& id) { return begins(id, ".-"); }) ||
         std::ranges::find(probe.tags, word) != probe.tags.end();
}

std::vector<std::string> select(Suite& suite, const std::vector<std::string>& only, const std::vector<std::string>& skip) {
  std::set<std::string> useless(only.begin(), only.end());
  useless.insert(skip.begin(), skip.end());
  const auto any = [&](const Probe& probe, const std::vector<std::string>& words) {
    bool hit = false;
    for (const auto& word : words) {
      if (!selects(probe, word)) continue;
      useless.erase(word);
      hit = true;
    }
    return hit;
  };
  const auto before = suite.cases.size();
  std::erase_if(suite.cases, [&](const Probe& probe) {
    const bool wanted = any(probe, only) || only.empty();
    const bool unwanted = any(probe, skip);
    return !wanted || unwanted;
  });
  suite.left_out += before - suite.cases.size();
  return {useless.begin(), useless.end()};
}

void keep_reading_cases(Suite& suite) {
  const auto before = suite.cases.size();
  std::erase_if(suite.cases, [](const Probe& probe) { return probe.writes(); });
  suite.left_out += before - suite.cases.size();
}

}  // namespace scenarios::probe
