// docs/target-openapi.yaml against the requests that the library of scripts sends: neither lacks what the other has.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/sanitized.h"
#include "scenarios/engine/library.h"
#include "scenarios/engine/runner.h"
#include "scenarios/script/yaml_tree.h"

namespace scenarios {
namespace target_openapi_test {

using ::testing::IsEmpty;

YamlNode page() {
  std::ifstream in(LOCKSTEP_SOURCE_DIR "/docs/target-openapi.yaml", std::ios::binary);
  const auto tree = read_yaml(std::string(std::istreambuf_iterator<char>(in), {}));
  EXPECT_TRUE(tree) << tree.error().place.line << ": " << tree.error().message;
  return tree.value_or(YamlNode{});
}

std::vector<std::string> segments_of(std::string_view path) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < path.size();) {
    const auto end = std::min(path.find('/', at + 1), path.size());
    out.emplace_back(path.substr(at, end - at));
    at = end;
  }
  return out;
}

bool fits(const std::string& pattern, std::string_view path) {
  return std::ranges::equal(segments_of(pattern), segments_of(path),
                            [](const std::string& wanted, const std::string& given) { return wanted.starts_with("/{") || wanted == given; });
}

constexpr std::array<std::string_view, 5> methods{"get", "post", "put", "patch", "delete"};

struct Operation {
  std::string method;  ///< in capitals
  std::string path;
  const YamlNode* node = nullptr;
};

std::vector<Operation> operations_in(const YamlNode& paths) {
  std::vector<Operation> out;
  for (const auto& [path, item] : paths.members) {
    for (const auto& [key, operation] : item.members) {
      if (std::ranges::find(methods, key.scalar) == methods.end()) continue;
      auto method = key.scalar;
      for (auto& c : method) c = static_cast<char>(c - 'a' + 'A');
      out.push_back({std::move(method), path.scalar, &operation});
    }
  }
  return out;
}

/// Methods and paths of the requests that reach the directory, and which script sends each.
std::map<std::pair<std::string, std::string>, std::string> requests_of_library() {
  std::map<std::pair<std::string, std::string>, std::string> out;
  const auto paths = find_scripts({LOCKSTEP_SOURCE_DIR "/scenarios/library", LOCKSTEP_SOURCE_DIR "/scenarios/regressions"});
  EXPECT_TRUE(paths) << paths.error().text;
  if (!paths) return out;
  for (const auto& path : *paths) {
    const auto script = load_script(path);
    EXPECT_TRUE(script) << script.error().text;
    if (!script) continue;
    const auto record = run_scenario(script->scenario, {});
    for (const auto& exchange : record.exchanges) {
      if (exchange.to == "directory") out.try_emplace({exchange.method, exchange.target.substr(0, exchange.target.find('?'))}, path);
    }
  }
  return out;
}

TEST(TargetOpenapi, has_every_request_of_the_library_and_no_other) {
  if (base::sanitized) GTEST_SKIP() << "it plays the whole library, to compare names";
  const auto tree = page();
  const auto* paths = tree.member("paths");
  ASSERT_NE(paths, nullptr);
  const auto operations = operations_in(*paths);
  std::set<std::string> used;
  for (const auto& [request, script] : requests_of_library()) {
    const auto found = std::ranges::find_if(operations, [&](const Operation& one) { return one.method == request.first && fits(one.path, request.second); });
    if (found == operations.end()) {
      ADD_FAILURE() << request.first << " " << request.second << " of " << script << " is missing";
    } else {
      used.insert(found->method + " " + found->path);
    }
  }
  for (const auto& one : operations)
    EXPECT_NE(used.contains(one.method + " " + one.path), one.node->member("x-unplayed") != nullptr) << one.method << " " << one.path;
}

TEST(TargetOpenapi, each_operation_belongs_to_one_capability_that_is_explained) {
  const auto tree = page();
  std::set<std::string> known;
  const auto* tags = tree.member("tags");
  ASSERT_NE(tags, nullptr);
  for (const auto& tag : tags->items) {
    ASSERT_NE(tag.member("name"), nullptr);
    known.insert(tag.member("name")->scalar);
    EXPECT_NE(tag.member("description"), nullptr);
  }
  std::set<std::string> named;
  for (const auto* part : {"paths", "webhooks"}) {
    const auto* items = tree.member(part);
    ASSERT_NE(items, nullptr);
    for (const auto& [method, path, node] : operations_in(*items)) {
      const auto* own = node->member("tags");
      ASSERT_TRUE(own != nullptr && own->items.size() == 1) << method << " " << path;
      EXPECT_TRUE(known.contains(own->items[0].scalar)) << method << " " << path;
      EXPECT_NE(node->member("summary"), nullptr) << method << " " << path;
      named.insert(own->items[0].scalar);
    }
  }
  EXPECT_EQ(named, known);
  for (const auto capability : capabilities) EXPECT_TRUE(known.contains(std::string(capability))) << capability;
}

}  // namespace target_openapi_test
}  // namespace scenarios
