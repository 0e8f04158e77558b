#include "tidy/arrows.h"

#include <algorithm>
#include <functional>
#include <set>
#include <span>

#include "tidy/source_tree.h"

namespace tidy {
namespace {

struct Folder {
  std::string_view name;
  std::vector<std::string_view> may_include;  ///< folders, or single files or folders of one
};

/// A folder may always include itself.
const std::vector<Folder>& folders() {
  static const std::vector<Folder> table{
      {"base", {}},
      {"directory", {"base"}},
      {"sim", {"base"}},
      {"live", {"base"}},
      {"fakes", {"base"}},
      {"scenarios", {"base", "directory", "sim", "live", "fakes"}},
      {"properties", {"base", "directory", "sim", "live", "fakes", "scenarios"}},
      {"reports", {"base", "scenarios/campaign_record.h", "scenarios/conformance_record.h", "scenarios/run_record.h"}},
      {"serve", {"base", "sim", "live", "fakes", "scenarios", "reports"}},
      {"bench", {"base", "directory", "sim", "live", "fakes", "scenarios", "properties", "reports"}},
      {"cli", {"base", "directory", "sim", "live", "fakes", "scenarios", "properties", "reports", "serve", "bench/load", "bench/scale"}},
      {"tidy", {"base"}},
  };
  return table;
}

const Folder* find_folder(std::string_view name) {
  const auto found = std::ranges::find(folders(), name, &Folder::name);
  return found == folders().end() ? nullptr : &*found;
}

std::string_view folder_of(std::string_view path) {
  const auto slash = path.find('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

/// Code of a test program: tests and what they share.
bool is_test_code(std::string_view path) {
  return is_test(path) || path.ends_with("_fixture.h");
}

/// The libraries that know nothing of the simulator are tested in it.
bool is_tested_in_simulation(const Folder& folder) {
  return folder.name == "directory" || folder.name == "fakes";
}

bool may_include(const Folder& from, std::string_view including, std::string_view path) {
  const auto to = folder_of(path);
  if (to == from.name) return true;
  if (is_test(path)) return false;
  if (to == "sim" && is_test_code(including) && is_tested_in_simulation(from)) return true;
  return std::ranges::any_of(from.may_include,
                             [&](std::string_view entry) {
    return entry == to || entry == path || path.starts_with(std::string(entry) + '/');
  });
}

std::string allowed_text(const Folder& folder) {
  if (folder.may_include.empty()) return "nothing of ours";
  std::string text;
  for (const auto entry : folder.may_include) text += (text.empty() ? "" : ", ") + std::string(entry);
  return text;
}

using Graph = std::map<std::string, std::set<std::string>, std::less<>>;

/// A ring of the graph as `a -> b -> a`, or nothing. Depth first, in the order of names.
std::vector<std::string> find_ring(const Graph& graph) {
  std::set<std::string, std::less<>> finished;
  std::vector<std::string> path;
  std::vector<std::string> ring;
  const std::function<bool(const std::string&)> visit = [&](const std::string& node) {
    if (finished.contains(node)) return false;
    if (const auto seen = std::ranges::find(path, node); seen != path.end()) {
      ring.assign(seen, path.end());
      ring.push_back(node);
      return true;
    }
    path.push_back(node);
    if (const auto next = graph.find(node); next != graph.end()) {
      if (std::ranges::any_of(next->second, visit)) return true;
    }
    path.pop_back();
    finished.insert(node);
    return false;
  };
  for (const auto& [node, next] : graph) {
    if (visit(node)) break;
  }
  return ring;
}

std::string ring_text(std::span<const std::string> ring) {
  std::string text;
  for (const auto& node : ring) text += (text.empty() ? "" : " -> ") + node;
  return text;
}

/// The words of a CMake call's arguments between its keyword and the next one.
std::vector<std::string> words_after(std::string_view call, std::string_view keyword) {
  std::vector<std::string> words;
  bool taking = false;
  while (!call.empty()) {
    const auto begin = std::min(call.find_first_not_of(" \t\n"), call.size());
    call.remove_prefix(begin);
    const auto word = call.substr(0, call.find_first_of(" \t\n"));
    call.remove_prefix(word.size());
    const bool is_keyword = one_of(word, {"PLAIN", "COROUTINES", "DEPENDS", "PACKAGES"});
    if (is_keyword) taking = word == keyword;
    if (taking && !is_keyword && !word.empty()) words.emplace_back(word);
  }
  return words;
}

}  // namespace

std::vector<Finding> check_includes(const std::string& path, const SourceText& source, const Sources& tree) {
  std::vector<Finding> findings;
  if (path.ends_with(".h") && !source.pragma_once) {
    findings.push_back({path, 1, "pragma-once", "begin the header's code with #pragma once"});
  }
  const auto* from = find_folder(folder_of(path));
  if (from == nullptr) {
    findings.push_back(
        {path, 1, "arrow", "no such folder in the table of arrows; add it to the table or move the file"});
    return findings;
  }
  for (const auto& include : source.includes) {
    const auto report = [&](std::string rule, std::string advice) {
      findings.push_back(
          {path, include.line, std::move(rule), "'" + include.path + "': " + std::move(advice)});
    };
    const bool ours = find_folder(folder_of(include.path)) != nullptr;
    if (include.angled && !(ours && tree.contains(include.path))) continue;
    if (include.angled || !ours || include.path.find("..") != std::string::npos) {
      report("root-relative-include", "include ours as \"folder/file.h\" and others' in angle brackets");
    } else if (!tree.contains(include.path) || !include.path.ends_with(".h")) {
      report("missing-include", "include a header that is in the tree");
    } else if (!may_include(*from, path, include.path)) {
      report("arrow", std::string(from->name) + " may include " + allowed_text(*from) +
                          "; turn the dependency round with a port in base, or move the code");
    }
  }
  return findings;
}

std::vector<Finding> check_cycles(const Sources& tree) {
  Graph files;
  Graph between_folders;
  for (const auto& [path, source] : tree) {
    for (const auto& include : source.includes) {
      if (include.angled || !tree.contains(include.path)) continue;
      files[path].insert(include.path);
      const auto from = folder_of(path);
      const auto to = folder_of(include.path);
      if (from != to) between_folders[std::string(from)].insert(std::string(to));
    }
  }
  std::vector<Finding> findings;
  const auto line_of = [&](const std::string& path, const std::string& included) -> std::size_t {
    const auto& includes = tree.find(path)->second.includes;
    return std::ranges::find(includes, included, &Include::path)->line;
  };
  if (const auto ring = find_ring(files); !ring.empty()) {
    findings.push_back({ring[0], line_of(ring[0], ring[1]), "include-cycle",
                        ring_text(ring) + "; move what both need into a third file"});
  }
  if (const auto ring = find_ring(between_folders); !ring.empty()) {
    for (const auto& [path, source] : tree) {
      const auto into_ring = [&](const Include& include) {
        return folder_of(path) == ring[0] && folder_of(include.path) == ring[1] && !include.angled;
      };
      const auto found = std::ranges::find_if(source.includes, into_ring);
      if (found == source.includes.end()) continue;
      findings.push_back({path, found->line, "include-cycle",
                          "folders " + ring_text(ring) + "; one of these arrows has to go"});
      break;
    }
  }
  return findings;
}

std::vector<Finding> check_cmake_arrows(const std::string& path, std::string_view text) {
  static constexpr std::string_view command = "lockstep_folder(";
  const auto* folder = find_folder(folder_of(path));
  const auto call = text.find(command);
  if (folder == nullptr || call == std::string_view::npos) return {};
  const auto arguments = text.substr(call + command.size(), text.find(')', call) - call - command.size());
  const auto line = 1 + static_cast<std::size_t>(std::ranges::count(text.substr(0, call), '\n'));

  std::vector<Finding> findings;
  for (const auto& target : words_after(arguments, "DEPENDS")) {
    const auto allows = [&](std::string_view entry) { return entry == target || folder_of(entry) == target; };
    // A folder's parts may be targets of their own, which depend on the folder's.
    if (find_folder(target) == nullptr || target == folder->name || std::ranges::any_of(folder->may_include, allows)) continue;
    findings.push_back(
        {path, line, "arrow",
         "'" + target + "': " + std::string(folder->name) + " may depend on " + allowed_text(*folder)});
  }
  return findings;
}

}  // namespace tidy
