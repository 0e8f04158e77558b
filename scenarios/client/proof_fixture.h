// What the tests of the suites for clients share: the suites that come with the program, and the table that says which mistake
// turns which cases red.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/catalog.h"
#include "scenarios/client/client_session.h"
#include "scenarios/client/in_world_stage.h"
#include "scenarios/client/sample_products.h"
#include "scenarios/script/yaml_tree.h"

namespace scenarios::client {

inline const std::string client_cases = std::string(LOCKSTEP_SOURCE_DIR) + "/scenarios/client_conformance";

inline const Suite& shipped_suite(const std::string& name) {
  static std::map<std::string, Suite> kept;
  const auto known = kept.find(name);
  if (known != kept.end()) return known->second;
  const auto* info = client_suite_named(name);
  auto suite = info == nullptr ? std::expected<Suite, LoadError>(std::unexpected(LoadError{name, "no such suite"})) : load_client_suite(client_cases, *info);
  EXPECT_TRUE(suite.has_value()) << (suite ? "" : suite.error().text);
  return kept.emplace(name, suite.value_or(Suite{})).first->second;
}

inline YamlNode yaml_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  auto root = read_yaml(std::string(std::istreambuf_iterator<char>(in), {}));
  EXPECT_TRUE(root.has_value()) << path << (root ? "" : ": " + root.error().message);
  return root ? *std::move(root) : YamlNode{};
}

/// Suite, mistake, and the cases that it turns red, without the suite's name.
inline std::vector<std::pair<std::pair<std::string, std::string>, std::set<std::string>>> proof_rows() {
  const auto root = yaml_of(client_cases + "/proof.yaml");
  std::vector<std::pair<std::pair<std::string, std::string>, std::set<std::string>>> out;
  for (const auto& [suite, rows] : root.members) {
    for (const auto& [mistake, cases] : rows.members) {
      std::set<std::string> names;
      for (const auto& one : cases.items) names.insert(one.scalar);
      out.push_back({{suite.scalar, mistake.scalar}, std::move(names)});
    }
  }
  return out;
}

inline ConformanceRecord judged(const Suite& suite, ProductMaker product, SeededDefects defects = {}) {
  static const auto store = make_store_template();
  static const auto catalog = Catalog::load();
  ClientOptions options;
  options.product = "a product";
  options.target = "sample";
  options.twice = false;
  return judge_client(suite, *catalog, stages_in_world(std::move(product), {.seed = 1, .defects = std::move(defects), .store = &store}), options);
}

/// The ids of cases that violate or deviate, without the suite's name; with why, for whoever reads a failed test.
inline std::map<std::string, std::string> red_cases(const ConformanceRecord& record) {
  std::map<std::string, std::string> out;
  for (const auto& one : record.cases) {
    if (one.verdict == Verdict::violates || one.verdict == Verdict::deviates) out[one.id.substr(one.id.find('/') + 1)] = one.summary;
  }
  return out;
}

}  // namespace scenarios::client
