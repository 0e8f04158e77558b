// The admin's import of users from a Microsoft tenant: pages of the list, a choice, and the job.
#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "scenarios/engine/importable_accounts.h"
#include "scenarios/engine/perform.h"

namespace scenarios {

using base::JsonArray;
using base::JsonObject;

base::Task<std::expected<std::vector<ImportableAccount>, Performed>> importable_accounts(Cast& cast, sim::Host& from, std::string instance) {
  constexpr int page = 50;
  std::vector<ImportableAccount> accounts;
  std::string token;
  do {
    auto path = fmt::format("/api/v2/office365s/{}/import/users?top={}", instance, page);
    if (!token.empty()) path += "&skipToken=" + base::percent_encode(token);
    const auto result = co_await cast.ask_directory(from, "GET", std::move(path), std::nullopt, Cast::Credentials::admin);
    if (!result || !result->ok()) co_return std::unexpected(from_response(result));
    const auto body = base::parse_json(result->body);
    const auto* users = body ? base::member(*body, "users") : nullptr;
    if (users == nullptr || !users->is_array()) co_return std::unexpected(refused("the directory's list of accounts cannot be read"));
    for (const auto& user : users->get_array()) accounts.push_back({base::string_or(user, "id", ""), base::string_or(user, "userPrincipalName", "")});
    token = base::string_or(*body, "skipToken", "");
  } while (!token.empty());
  co_return accounts;
}

base::Task<Performed> perform(Cast& cast, AdminImportUsers verb) {
  const auto instance = co_await find_microsoft(cast, cast.browsers(), verb.directory);
  if (!instance) co_return instance.error();
  const auto listed = co_await importable_accounts(cast, cast.browsers(), instance->id);
  if (!listed) co_return listed.error();
  JsonArray chosen;
  if (verb.users.empty()) {
    for (const auto& account : *listed) chosen.emplace_back(account.id);
  }
  for (const auto& user : verb.users) {
    const auto& upn = cast.person(user).email;
    const auto found = std::ranges::find_if(*listed, [&](const ImportableAccount& account) { return base::equals_ignoring_case(account.upn, upn); });
    if (found == listed->end()) co_return refused(fmt::format("the list of accounts has no {}", upn));
    chosen.emplace_back(found->id);
  }
  JsonObject body{{"users", std::move(chosen)}};
  const auto result = co_await cast.ask_directory(cast.browsers(), "POST", fmt::format("/api/v2/office365s/{}/import/jobs", instance->id),
                                                  std::move(body), Cast::Credentials::admin);
  co_return from_response(result);
}

}  // namespace scenarios
