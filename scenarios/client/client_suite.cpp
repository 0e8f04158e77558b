#include "scenarios/client/client_suite.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <utility>

#include "scenarios/client/decode_client_case.h"
#include "scenarios/client/decode_pattern.h"

namespace scenarios::client {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 2> graph_parties{"graph", "login"};
constexpr std::array<std::string_view, 1> sign_in_parties{"login"};
constexpr std::array<std::string_view, 1> scim_parties{"directory"};

constexpr std::array graph_tasks{
    TaskInfo{"sync", "bring your copy of the tenant's users up to date (result: {users: [user principal names]})"},
    TaskInfo{"create_user", "give the person an account in the tenant"},
    TaskInfo{"create_users", "give all of these people accounts in the tenant, as you do when there are many"},
    TaskInfo{"update_user", "change the person's account"},
    TaskInfo{"disable_user", "disable the person's account"},
    TaskInfo{"create_group", "make a security group of that name in the tenant, with these people (user principal names) as members"},
    TaskInfo{"add_member", "the person joins the group"},
    TaskInfo{"remove_member", "the person leaves the group, and stays in the tenant"},
    TaskInfo{"find_user", "look the account up by its display name (result: {users: [user principal names]})"},
    TaskInfo{"list_users", "read the users of the tenant who are not in the department that is given (result: {users: [user principal names]})"},
};
constexpr std::array sign_in_tasks{
    TaskInfo{"sign_in", "sign in as the person, in a browser that has not been here before"},
};
constexpr std::array scim_tasks{
    TaskInfo{"sync", "provision whatever has changed at your side: nothing has"},
    TaskInfo{"create_user", "provision the person"},
    TaskInfo{"update_user", "the person has changed at your side: provision that"},
    TaskInfo{"disable_user", "the person has left: deactivate the account"},
    TaskInfo{"delete_user", "remove the person's account for good"},
};

constexpr std::string_view tenant_world = R"({"entra": {"job": false}, "network": {"latency": "1ms..3ms"}})";
constexpr std::string_view provider_world = R"({"network": {"latency": "1ms..3ms"}})";

constexpr std::array suite_table{
    SuiteInfo{"graph-client", "programs that work with Microsoft Graph", graph_parties, graph_tasks, tenant_world},
    SuiteInfo{"oidc-rp", "applications whose people sign in with OpenID Connect", sign_in_parties, sign_in_tasks, tenant_world},
    SuiteInfo{"scim-client", "programs that provision into SCIM service providers", scim_parties, scim_tasks, provider_world},
};

std::expected<Case, LoadError> load_client_case(const fs::path& path, const fs::path& folder, const SuiteInfo& info) {
  std::ifstream in(path, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  if (!in.good() && !in.eof()) return std::unexpected(LoadError{path.string(), fmt::format("{}: cannot be read", path.string())});
  auto relative = fs::relative(path, folder);
  relative.replace_extension();
  auto one = decode_client_case(text, relative.generic_string(), info);
  if (one) return *std::move(one);
  const auto& error = one.error();
  return std::unexpected(LoadError{path.string(), fmt::format("{}:{}:{}: {}", path.string(), error.place.line, error.place.column, error.message)});
}

/// What shows that the product is there at all comes first.
bool comes_first(const Case& one) { return one.id.find("/first/") != std::string::npos; }

bool word_selects(const Case& one, std::string_view word) {
  const auto begins = [&](std::string_view id, std::string_view separators) {
    return id == word || (id.starts_with(word) && separators.find(id[word.size()]) != std::string_view::npos);
  };
  return begins(one.id, "/") || std::ranges::any_of(one.covers, [&](const std::string& id) { return begins(id, ".-"); }) ||
         std::ranges::find(one.tags, word) != one.tags.end();
}

}  // namespace

std::span<const SuiteInfo> client_suites() { return suite_table; }

const SuiteInfo* client_suite_named(std::string_view name) {
  const auto found = std::ranges::find(suite_table, name, &SuiteInfo::name);
  return found == suite_table.end() ? nullptr : &*found;
}

std::expected<Suite, LoadError> load_client_suite(const std::string& folder, const SuiteInfo& info) {
  const auto paths = find_scripts({(fs::path(folder) / info.name).string()});
  if (!paths) return std::unexpected(paths.error());
  Suite suite;
  suite.info = &info;
  for (const auto& path : *paths) {
    auto one = load_client_case(path, folder, info);
    if (!one) return std::unexpected(one.error());
    suite.cases.push_back(*std::move(one));
  }
  std::ranges::stable_sort(suite.cases, {}, [](const Case& one) { return std::pair(!comes_first(one), one.id); });
  return suite;
}

std::vector<std::string> select(Suite& suite, const std::vector<std::string>& only, const std::vector<std::string>& skip) {
  std::set<std::string> useless(only.begin(), only.end());
  useless.insert(skip.begin(), skip.end());
  const auto any = [&](const Case& one, const std::vector<std::string>& words) {
    bool hit = false;
    for (const auto& word : words) {
      if (!word_selects(one, word)) continue;
      useless.erase(word);
      hit = true;
    }
    return hit;
  };
  const auto before = suite.cases.size();
  std::erase_if(suite.cases, [&](const Case& one) {
    const bool wanted = any(one, only) || only.empty();
    const bool unwanted = any(one, skip);
    return !wanted || unwanted;
  });
  suite.left_out += before - suite.cases.size();
  return {useless.begin(), useless.end()};
}

Value with_product_host(Value step, std::string_view host) {
  if (!step.is_object()) return step;
  for (auto at = step.begin(); at != step.end(); ++at) {
    const bool names_host = at.key() == "from" || at.key() == "to" || at.key() == "host";
    auto& value = at.value();
    if (names_host && value.is_string() && value.get<std::string>() == product_placeholder) {
      value = std::string(host);
    } else if (value.is_object()) {
      value = with_product_host(value, host);
    }
  }
  return step;
}

std::string client_cases_reference() {
  std::string out;
  for (const auto& suite : suite_table) {
    out += fmt::format("### `{}`: {}\n\n| task | the product is to |\n| --- | --- |\n", suite.name, suite.title);
    for (const auto& task : suite.tasks) out += fmt::format("| `{}` | {} |\n", task.name, task.says);
    out += "\n";
  }
  out += "### Laws\n\n| key | holds where |\n| --- | --- |\n";
  for (const auto name : law_names()) out += fmt::format("| `{}` | {} |\n", name, law_help(name));
  return out;
}

}  // namespace scenarios::client
