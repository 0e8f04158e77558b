// Administrators of the directory, and the key of Entra's integration. [rule R31]
#include <fmt/format.h>

#include <utility>

#include "base/json.h"
#include "scenarios/engine/perform.h"

namespace scenarios {
namespace {

using base::JsonObject;

std::string_view role_called(std::string_view word) {
  for (const auto& [known, name] :
       {std::pair<std::string_view, std::string_view>{"billing", "Administrator With Billing"},
        {"manager", "Manager"},
        {"help_desk", "Help Desk"},
        {"read_only", "Read Only"}}) {
    if (known == word) return name;
  }
  return "Administrator";
}

/// What the administrator of that key asks of the directory.
base::Task<base::HttpResult> ask_with_key(Cast& cast, base::Secret key, std::string method,
                                          std::string path) {
  auto request = cast.directory_request(std::move(method), std::move(path));
  request.headers.add("x-api-key", key.reveal());
  auto result = co_await cast.world()
                    .network()
                    .transport(cast.browsers())
                    .send(std::move(request), std::chrono::seconds{30});
  co_return result;
}

/// A key out of an answer.
base::Secret key_in(Cast& cast, const base::HttpResult& answer, std::string_view member) {
  const auto body = base::parse_json(answer->body);
  base::Secret key(body ? base::string_or(*body, member, "") : std::string());
  cast.world().recorder().witness(key);
  return key;
}

Performed no_such_administrator(const std::string& name) {
  return refused(fmt::format("there is no administrator '{}'", name));
}

}  // namespace

base::Task<Performed> perform(Cast& cast, AdminSetAdministrator verb) {
  JsonObject body{{"roleName", base::json_text(role_called(verb.role))}};
  if (const auto known = cast.administrators().find(verb.administrator);
      known != cast.administrators().end()) {
    const auto changed =
        co_await ask_as_admin(cast, "PUT", "/api/users/" + known->second.id, std::move(body));
    co_return from_response(changed);
  }
  body["email"] = verb.administrator + "@example.test";
  const auto created = co_await ask_as_admin(cast, "POST", "/api/users", std::move(body));
  if (!created || !created->ok()) co_return from_response(created);
  const auto id = base::string_or(base::parse_json(created->body).value_or(base::Json{}), "_id", "");
  const auto issued = co_await ask_as_admin(cast, "POST", fmt::format("/api/users/{}/apikey", id));
  if (!issued || !issued->ok()) co_return from_response(issued);
  cast.administrators()[verb.administrator] = {id, key_in(cast, issued, "apiKey")};
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, AdminRemoveAdministrator verb) {
  const auto known = cast.administrators().find(verb.administrator);
  if (known == cast.administrators().end()) co_return no_such_administrator(verb.administrator);
  const auto removed = co_await ask_as_admin(cast, "DELETE", "/api/users/" + known->second.id);
  co_return from_response(removed);
}

base::Task<Performed> perform(Cast& cast, AdminRenewSecretToken verb) {
  const auto known = cast.administrators().find(verb.as);
  if (known == cast.administrators().end()) co_return no_such_administrator(verb.as);
  const auto key = known->second.key;
  const auto listed = co_await ask_with_key(cast, key, "GET", "/api/v2/integrations");
  if (!listed || !listed->ok()) co_return from_response(listed);
  const auto list = base::parse_json(listed->body).value_or(base::Json{});
  std::string integration;
  if (list.is_array()) {
    for (const auto& entry : list.get_array()) {
      if (base::string_or(entry, "type", "") == "entra") integration = base::string_or(entry, "id", "");
    }
  }
  if (integration.empty()) co_return refused("the directory has no integration with Entra");
  const auto renewed =
      co_await ask_with_key(cast, key, "POST", fmt::format("/api/v2/integrations/{}/key", integration));
  if (!renewed || !renewed->ok()) co_return from_response(renewed);
  cast.set_scim_token(key_in(cast, renewed, "key"));
  co_return Performed{};
}

}  // namespace scenarios
