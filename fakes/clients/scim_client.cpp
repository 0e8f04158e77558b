#include "fakes/clients/scim_client.h"

#include <fmt/format.h>

#include <utility>

#include "base/encoding.h"

namespace fakes::clients {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr std::string_view user_schema = "urn:ietf:params:scim:schemas:core:2.0:User";
constexpr std::string_view patch_schema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

JsonArray one_text(std::string_view text) {
  JsonArray out;
  out.push_back(base::json_text(text));
  return out;
}

JsonObject body_of_user(const NewUser& user) {
  JsonArray emails;
  emails.push_back(JsonObject{{"value", user.email}, {"type", "work"}, {"primary", true}});
  JsonObject out{{"schemas", one_text(user_schema)},
                 {"userName", user.user_name},
                 {"name", JsonObject{{"givenName", user.given_name}, {"familyName", user.surname}}},
                 {"displayName", user.display_name},
                 {"emails", std::move(emails)},
                 {"active", true}};
  if (!user.title.empty()) out["title"] = user.title;
  return out;
}

/// At a path of one or two names: "title", "name.familyName".
void put_at(JsonObject& body, std::string_view path, const Json& value) {
  const auto dot = path.find('.');
  if (dot == std::string_view::npos) {
    body[path] = value;
    return;
  }
  auto& outer = body[path.substr(0, dot)];
  if (!outer.is_object()) outer = JsonObject{};
  outer.get_object()[path.substr(dot + 1)] = value;
}

std::string outcome_text(const base::HttpResult& result) {
  if (!result) return result.error().message;
  return fmt::format("answered {}", result->status);
}

Json answer_body(const base::HttpResult& result) { return result ? base::parse_json(result->body).value_or(Json()) : Json(); }

}  // namespace

ScimClient::ScimClient(base::HttpTransport& transport, base::Clock& clock, base::Uri provider, base::Secret token, Quirks quirks)
    : provider_(std::move(provider)), token_(std::move(token)), caller_(transport, clock, std::move(quirks)) {}

base::Task<base::HttpResult> ScimClient::send(std::string method, std::string path, std::string query, std::string body, Repeat repeat) {
  auto uri = provider_;
  uri.path += path;
  if (!query.empty()) uri.query = std::move(query);
  base::HttpRequest request(std::move(method), uri);
  request.headers.add("Authorization", "Bearer " + token_.reveal());
  request.headers.add("Accept", "application/scim+json");
  if (request.method == "PATCH" && caller_.has(Quirk::version_is_made_up)) request.headers.add("If-Match", "W/\"made up\"");
  if (!body.empty()) request.headers.add("Content-Type", caller_.has(Quirk::plain_json) ? "application/json" : "application/scim+json");
  request.body = std::move(body);
  auto result = co_await caller_.send(std::move(request), repeat);
  co_return result;
}

base::Task<ScimClient::LookedUp> ScimClient::look_up(std::string user_name) {
  // A value of a filter is a JSON string. [RFC7644 3.4.2.2]
  const auto literal = caller_.has(Quirk::filter_values_not_escaped) ? "\"" + user_name + "\"" : base::to_text(base::json_text(user_name));
  const auto filter = base::percent_encode("userName eq " + literal);
  const auto result = co_await send("GET", "/Users", "filter=" + filter, {}, Repeat::freely);
  if (!result || result->status != 200) co_return LookedUp{};
  const auto body = answer_body(result);
  const auto* resources = base::member(body, "Resources");
  LookedUp out;
  out.known = true;
  if (resources == nullptr || !resources->is_array() || resources->get_array().empty()) co_return out;
  out.id = base::string_or(resources->get_array().front(), "id", "");
  co_return out;
}

base::Task<Outcome> ScimClient::create(NewUser user) {
  addresses_[user.user_name] = user.email;
  for (int attempt = 0; attempt < Caller::most_attempts; ++attempt) {
    if (!caller_.has(Quirk::creates_without_looking)) {
      const auto there = co_await look_up(user.user_name);
      if (!there.known) co_return failed("nobody can be looked up");
      if (!there.id.empty()) {
        ids_[user.user_name] = there.id;
        co_return Outcome{};
      }
    }
    const auto result = co_await send("POST", "/Users", {}, base::to_text(body_of_user(user)), Repeat::never);
    if (result && result->ok()) {
      ids_[user.user_name] = base::string_or(answer_body(result), "id", "");
      co_return Outcome{};
    }
    if (result && result->status == 409 && !caller_.has(Quirk::conflict_is_the_end)) {
      const auto there = co_await look_up(user.user_name);
      if (there.id.empty()) co_return failed("refused with 409, and nobody is there");
      ids_[user.user_name] = there.id;
      co_return Outcome{};
    }
    if (result && (result->status < 500 || caller_.has(Quirk::gives_up_when_throttled))) co_return failed(outcome_text(result));
    if (caller_.has(Quirk::lost_create_is_sent_blindly)) user.user_name += "2";
    auto headers = result ? result->headers : base::Headers{};
    co_await caller_.wait(attempt, std::move(headers));
  }
  co_return failed("no answer to the create");
}

base::Task<Outcome> ScimClient::patch(std::string id, JsonObject changes) {
  JsonArray operations;
  for (const auto& change : changes) {
    JsonObject operation{{"op", caller_.has(Quirk::patch_operations_misspelt) ? "update" : "replace"}, {"path", change.key()}, {"value", change.value()}};
    const bool spelt_out = change.key() == "active" && caller_.has(Quirk::active_as_text);
    if (spelt_out) operation["value"] = change.value() == Json(true) ? "True" : "False";
    operations.push_back(std::move(operation));
  }
  JsonObject body{{"Operations", std::move(operations)}};
  if (!caller_.has(Quirk::patch_without_schemas)) body["schemas"] = one_text(patch_schema);
  const auto repeat = caller_.has(Quirk::lost_update_is_dropped) ? Repeat::never : Repeat::freely;
  const auto result = co_await send("PATCH", "/Users/" + id, {}, base::to_text(body), repeat);
  if (!result && caller_.has(Quirk::lost_update_is_dropped)) co_return Outcome{};
  co_return result && result->ok() ? Outcome{} : failed(outcome_text(result));
}

base::Task<Outcome> ScimClient::put(std::string id, std::string user_name, JsonObject changes) {
  JsonArray emails;
  emails.push_back(JsonObject{{"value", addresses_[user_name]}, {"type", "work"}, {"primary", true}});
  JsonObject body{{"schemas", one_text(user_schema)}, {"userName", user_name}, {"emails", std::move(emails)}};
  for (const auto& change : changes) put_at(body, change.key(), change.value());
  const auto result = co_await send("PUT", "/Users/" + id, {}, base::to_text(body), Repeat::freely);
  co_return result && result->ok() ? Outcome{} : failed(outcome_text(result));
}

base::Task<Outcome> ScimClient::update(std::string user_name, JsonObject changes) {
  if (!ids_.contains(user_name)) {
    const auto there = co_await look_up(user_name);
    if (there.id.empty()) co_return failed("the user is not there");
    ids_[user_name] = there.id;
  }
  const auto id = ids_.at(user_name);
  if (caller_.has(Quirk::puts_what_it_knows)) {
    auto put_outcome = co_await put(id, user_name, std::move(changes));
    co_return put_outcome;
  }
  auto outcome = co_await patch(id, std::move(changes));
  co_return outcome;
}

base::Task<Outcome> ScimClient::disable(std::string user_name) {
  if (caller_.has(Quirk::deletes_who_leaves)) {
    auto removed = co_await remove(std::move(user_name));
    co_return removed;
  }
  JsonObject changes{{"active", false}};
  auto outcome = co_await update(std::move(user_name), std::move(changes));
  co_return outcome;
}

base::Task<Outcome> ScimClient::remove(std::string user_name) {
  if (!ids_.contains(user_name)) {
    const auto there = co_await look_up(user_name);
    if (!there.known) co_return failed("nobody can be looked up");
    if (there.id.empty()) co_return Outcome{};
    ids_[user_name] = there.id;
  }
  const auto id = ids_.at(user_name);
  const auto result = co_await send("DELETE", "/Users/" + id, {}, {}, Repeat::freely);
  const bool gone = result && (result->ok() || (result->status == 404 && !caller_.has(Quirk::missing_at_delete_is_an_error)));
  if (gone) ids_.erase(user_name);
  co_return gone ? Outcome{} : failed(outcome_text(result));
}

base::Task<Outcome> ScimClient::sync() {
  if (!caller_.has(Quirk::sends_what_has_not_changed)) co_return Outcome{};
  const auto known = ids_;
  for (const auto& [user_name, id] : known) {
    auto outcome = co_await patch(id, JsonObject{{"active", true}});
    if (!outcome.done) co_return outcome;
  }
  co_return Outcome{};
}

}  // namespace fakes::clients
