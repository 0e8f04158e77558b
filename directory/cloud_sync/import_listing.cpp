#include "directory/cloud_sync/import_listing.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "base/encoding.h"

namespace directory {
namespace {

constexpr std::int64_t largest_import_page = 999;
constexpr std::size_t longest_parameter = 4096;
constexpr std::array<std::string_view, 4> shown_fields{"id", "userPrincipalName", "givenName", "surname"};  // [rule D69]

std::string skip_token_of(const std::string& next_link) {
  const auto link = base::parse_uri(next_link);
  const auto target = link ? base::parse_target(link->target()) : std::nullopt;
  return target ? target->parameter("$skiptoken").value_or("") : std::string();
}

}  // namespace

base::Result<ImportQuery> read_import_query(const base::Target& target) {
  ImportQuery query;
  for (const auto& [name, into] : {std::pair{"skipToken", &query.skip_token}, {"filter", &query.filter}, {"search", &query.search},
                                   {"orderby", &query.order_by}}) {
    *into = target.parameter(name).value_or("");
    if (into->size() > longest_parameter) return base::fail(fmt::format("{} has at most {} bytes", name, longest_parameter));
  }
  query.count = target.parameter("count") == "true";
  query.eventual = target.parameter("consistencyLevel") == "eventual";
  if (const auto top = target.parameter("top")) {
    const auto* const end = top->data() + top->size();
    const auto [last, error] = std::from_chars(top->data(), end, query.top);
    if (error != std::errc{} || last != end || query.top < 1 || query.top > largest_import_page) {
      return base::fail(fmt::format("top is a number from 1 to {}", largest_import_page));
    }
  }
  return query;
}

GraphCall import_listing(const ImportQuery& query, ImportCandidates candidates) {
  std::string filter = candidates == ImportCandidates::active ? "accountEnabled eq true" : "";
  if (!query.filter.empty()) filter += fmt::format("{}({})", filter.empty() ? "" : " and ", query.filter);
  auto path = fmt::format("/users?$select=id,accountEnabled,userPrincipalName,givenName,surname&$top={}", query.top);
  if (!filter.empty()) path += "&$filter=" + base::percent_encode(filter);
  if (!query.search.empty()) path += "&$search=" + base::percent_encode(query.search);
  if (!query.order_by.empty()) path += "&$orderby=" + base::percent_encode(query.order_by);
  if (query.count) path += "&$count=true";
  if (!query.skip_token.empty()) path += "&$skiptoken=" + base::percent_encode(query.skip_token);
  return {"GET", std::move(path), {}, query.eventual};
}

base::JsonObject import_page(const base::Json& answer, ImportCandidates candidates) {
  base::JsonArray users;
  const auto* accounts = base::member(answer, "value");
  if (accounts != nullptr && accounts->is_array()) {
    for (const auto& account : accounts->get_array()) {
      // A filter of the admin's own may have let others in.
      if (candidates == ImportCandidates::active && !base::bool_member(account, "accountEnabled").value_or(false)) continue;
      base::JsonObject user;
      for (const auto name : shown_fields) user[base::json_key(name)] = base::string_or(account, name, "");
      users.push_back(std::move(user));
    }
  }
  base::JsonObject page{{"users", std::move(users)}};
  if (const auto token = skip_token_of(base::string_or(answer, "@odata.nextLink", "")); !token.empty()) page["skipToken"] = token;
  return page;
}

}  // namespace directory
