// The suites for clients: who serves what, what their products can be asked to do, and their cases on disk.
#pragma once

#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/client/client_case.h"
#include "scenarios/engine/library.h"

namespace scenarios::client {

/// Something that a product is asked to do.
struct TaskInfo {
  std::string_view name;
  std::string_view says;  ///< to a person, who is to make the product do it
};

struct SuiteInfo {
  std::string_view name;
  std::string_view title;
  std::span<const std::string_view> parties;  ///< hosts whose exchanges with the product are the history
  std::span<const TaskInfo> tasks;
  std::string_view world;  ///< JSON, below what cases say
};

[[nodiscard]] std::span<const SuiteInfo> client_suites();
/// Null where there is none of that name.
[[nodiscard]] const SuiteInfo* client_suite_named(std::string_view name);

struct Suite {
  const SuiteInfo* info = nullptr;
  std::vector<Case> cases{};   ///< in order of their ids, those of `first` in front
  std::size_t left_out = 0;    ///< by a selection
};

/// Every case below `folder`/SUITE. An error is `path:line:column: message`.
[[nodiscard]] std::expected<Suite, LoadError> load_client_suite(const std::string& folder, const SuiteInfo& info);

/// Keeps what any word of `only` selects (all, where there is none) and none of `skip` does: a case, a folder of cases, a clause,
/// a tag. Words that select nothing are returned.
[[nodiscard]] std::vector<std::string> select(Suite& suite, const std::vector<std::string>& only, const std::vector<std::string>& skip);

/// With the real host of the product in the place of `product`.
[[nodiscard]] Value with_product_host(Value step, std::string_view host);

/// Generated: what scenarios/client_conformance/README.md says of tasks and of the keys of cases.
[[nodiscard]] std::string client_cases_reference();

}  // namespace scenarios::client
