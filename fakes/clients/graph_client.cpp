#include "fakes/clients/graph_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/encoding.h"

namespace fakes::clients {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr base::Duration token_timeout = std::chrono::seconds{30};
constexpr base::Duration token_margin = std::chrono::minutes{1};
constexpr std::size_t most_in_a_batch = 20;
constexpr int most_pages = 10'000;
constexpr std::string_view delta_properties = "displayName,userPrincipalName,accountEnabled,department";

std::string odata_literal(std::string_view text, bool doubled) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' && doubled) out += '\'';
    out += c;
  }
  return out + "'";
}

JsonObject body_of_account(const NewAccount& account) {
  JsonObject out{{"accountEnabled", true},
                 {"displayName", account.display_name},
                 {"mailNickname", account.nickname},
                 {"userPrincipalName", account.user_name},
                 {"passwordProfile", JsonObject{{"password", account.password.reveal()}, {"forceChangePasswordNextSignIn", false}}}};
  for (const auto& [name, value] : {std::pair("givenName", &account.given_name), std::pair("surname", &account.surname), std::pair("department", &account.department)}) {
    if (!value->empty()) out[name] = *value;
  }
  return out;
}

/// `amy@example.test` becomes `amy2@example.test`.
std::string another_name(const std::string& user_name) {
  const auto at = user_name.find('@');
  return user_name.substr(0, at) + "2" + (at == std::string::npos ? std::string() : user_name.substr(at));
}

std::string error_code(const Json& body) {
  const auto* error = base::member(body, "error");
  return error == nullptr ? std::string() : base::string_or(*error, "code", "");
}

std::string what_came(const base::HttpResult& result) {
  if (!result) return result.error().message;
  return fmt::format("answered {}", result->status);
}

Json json_of_answer(const base::HttpResult& result) { return result ? base::parse_json(result->body).value_or(Json()) : Json(); }

/// The link with a parameter that was not in it: what comes of putting links together by hand.
std::string rebuilt(const std::string& link) { return link + (link.contains('?') ? "&" : "?") + "%24select=id"; }

const JsonArray* entries_of(const Json& page) {
  const auto* value = base::member(page, "value");
  return value != nullptr && value->is_array() ? &value->get_array() : nullptr;
}

}  // namespace

GraphClient::GraphClient(base::HttpTransport& transport, base::Clock& clock, base::Uri graph, base::OauthClient app, Quirks quirks)
    : graph_(std::move(graph)), app_(std::move(app)), transport_(&transport), caller_(transport, clock, std::move(quirks)) {}

base::HttpRequest GraphClient::request_for(std::string method, std::string_view path, const std::string& query) const {
  auto uri = graph_;
  uri.path += path;
  if (!query.empty()) uri.query = query;
  return {std::move(method), uri};
}

base::HttpRequest GraphClient::request_for_link(const std::string& link) const {
  const auto uri = base::parse_uri(link);
  if (uri) return {"GET", *uri};
  auto request = request_for("GET", "", "");
  request.target = link;
  return request;
}

base::Task<std::string> GraphClient::see_to_token() {
  const bool kept = token_ && caller_.clock().now() < token_ends_ && !caller_.has(Quirk::token_for_each_request);
  if (kept) co_return std::string();
  auto granted = co_await base::fetch_token(*transport_, app_, token_timeout);
  if (!granted) co_return granted.error().message;
  token_ = std::move(granted->token);
  token_ends_ = caller_.clock().now() + granted->lifetime.value_or(std::chrono::hours{1}) - token_margin;
  co_return std::string();
}

base::Task<base::HttpResult> GraphClient::send(base::HttpRequest request, Repeat repeat) {
  for (int attempt = 0;; ++attempt) {
    const auto problem = co_await see_to_token();
    if (!problem.empty()) co_return std::unexpected(base::TransportFailure{base::TransportFailure::Kind::unreachable, problem});
    auto copy = request;
    copy.headers.set("Authorization", "Bearer " + token_->reveal());
    copy.headers.set("Accept", "application/json");
    auto result = co_await caller_.send(std::move(copy), repeat);
    const bool refused = result && result->status == 401 && !caller_.has(Quirk::refused_token_ends_it);
    if (!refused || attempt > 0) co_return result;
    if (!caller_.has(Quirk::refused_token_is_kept)) token_.reset();
  }
}

std::string GraphClient::first_delta() const {
  auto uri = graph_;
  uri.path += "/users/delta";
  uri.query = fmt::format("$select={}", delta_properties);
  return uri.text();
}

Outcome GraphClient::what_is_known() const {
  Outcome out;
  out.knows_users = true;
  for (const auto& [id, name] : copy_) out.users.push_back(name);
  std::ranges::sort(out.users);
  return out;
}

void GraphClient::take_entry(const Json& entry) {
  const auto id = base::string_or(entry, "id", "");
  if (id.empty()) return;
  if (base::member(entry, "@removed") != nullptr) {
    if (!caller_.has(Quirk::removals_ignored)) copy_.erase(id);
    fresh_.erase(id);
    return;
  }
  // Of a change only what has changed need be told.
  auto name = base::string_member(entry, "userPrincipalName");
  if (!name) name = copy_[id];
  copy_[id] = *name;
  if (resyncing_) fresh_[id] = *name;
}

std::string GraphClient::take_page(const Json& page) {
  const auto* entries = entries_of(page);
  if (entries == nullptr) return "a page has no value";
  for (const auto& entry : *entries) take_entry(entry);
  auto next = base::string_member(page, "@odata.nextLink");
  const bool stops = next && (caller_.has(Quirk::stops_after_first_page) || (caller_.has(Quirk::stops_at_an_empty_page) && entries->empty()));
  if (next && !stops) {
    next_ = caller_.has(Quirk::next_link_rebuilt) ? rebuilt(*next) : *std::move(next);
    return {};
  }
  round_over_ = true;
  auto delta = base::string_member(page, "@odata.deltaLink");
  next_ = delta ? *std::move(delta) : std::string();
  if (caller_.has(Quirk::delta_link_rebuilt) && !next_.empty()) next_ = rebuilt(next_);
  if (caller_.has(Quirk::delta_link_forgotten)) next_.clear();
  if (resyncing_ && !caller_.has(Quirk::resync_keeps_what_is_gone)) copy_ = fresh_;
  resyncing_ = false;
  fresh_.clear();
  return {};
}

void GraphClient::begin_again(const base::Headers& answer) {
  const auto location = answer.find("Location");
  next_ = location && !caller_.has(Quirk::resync_location_ignored) ? std::string(*location) : std::string();
  resyncing_ = true;
  fresh_.clear();
}

base::Task<Outcome> GraphClient::sync() {
  round_over_ = false;
  for (int page = 0; page < most_pages; ++page) {
    auto request = request_for_link(next_.empty() ? first_delta() : next_);
    const auto result = co_await send(std::move(request), Repeat::freely);
    const auto body = json_of_answer(result);
    const auto code = error_code(body);
    const bool forgotten = result && (result->status == 410 || code == "syncStateNotFound" || code == "SyncStateNotFound" || code == "resyncRequired");
    if (forgotten && !caller_.has(Quirk::resync_gives_up)) {
      begin_again(result->headers);
      continue;
    }
    if (!result || result->status != 200) co_return failed(what_came(result));
    auto problem = take_page(body);
    if (!problem.empty()) co_return failed(std::move(problem));
    if (round_over_) break;
  }
  if (caller_.has(Quirk::reads_each_user_alone)) {
    const auto known = copy_;
    for (const auto& [id, name] : known) {
      auto request = request_for("GET", "/users/" + id, "$select=id");
      const auto read = co_await send(std::move(request), Repeat::freely);
      if (!read) co_return failed(what_came(read));
    }
  }
  if (caller_.has(Quirk::writes_without_a_change) && !copy_.empty()) {
    const auto id = copy_.begin()->first;
    auto request = request_for("PATCH", "/users/" + id, "");
    request.headers.add("Content-Type", "application/json");
    request.body = base::to_text(JsonObject{{"accountEnabled", true}});
    const auto written = co_await send(std::move(request), Repeat::freely);
    if (!written || !written->ok()) co_return failed(what_came(written));
  }
  co_return what_is_known();
}

base::Task<GraphClient::Found> GraphClient::look_up(std::string user_name) {
  auto request = request_for("GET", "/users/" + base::percent_encode(user_name), "$select=id,userPrincipalName");
  const auto result = co_await send(std::move(request), Repeat::freely);
  if (result && result->status == 200) co_return Found::yes;
  co_return result && result->status == 404 ? Found::no : Found::unknown;
}

base::Task<Outcome> GraphClient::create(NewAccount account) {
  for (int attempt = 0; attempt < Caller::most_attempts; ++attempt) {
    const auto found = co_await look_up(account.user_name);
    if (found == Found::yes) co_return Outcome{};
    if (found == Found::unknown) co_return failed("nobody can be looked up");
    auto request = request_for("POST", "/users", "");
    request.headers.add("Content-Type", "application/json");
    request.body = base::to_text(body_of_account(account));
    const auto result = co_await send(std::move(request), Repeat::never);
    if (result && (result->ok() || error_code(json_of_answer(result)) == "Request_BadRequest")) {
      // What was refused may be what an answer that got lost has made.
      if (result->ok() && !caller_.has(Quirk::creates_again_what_is_not_found)) co_return Outcome{};
      const auto there = co_await look_up(account.user_name);
      if (result->ok() && there == Found::no) {
        account.user_name = another_name(account.user_name);
        continue;
      }
      co_return there == Found::yes ? Outcome{} : failed(what_came(result));
    }
    if (result && (result->status < 500 || caller_.has(Quirk::gives_up_when_throttled))) co_return failed(what_came(result));
    if (caller_.has(Quirk::lost_create_counts_as_done)) co_return Outcome{};
    if (caller_.has(Quirk::lost_create_takes_another_name)) account.user_name = another_name(account.user_name);
    auto headers = result ? result->headers : base::Headers{};
    co_await caller_.wait(attempt, std::move(headers));
  }
  co_return failed("no answer to the create");
}

base::Task<Outcome> GraphClient::update(std::string user_name, JsonObject changes) {
  auto request = request_for("PATCH", "/users/" + base::percent_encode(user_name), "");
  request.headers.add("Content-Type", "application/json");
  request.body = base::to_text(changes);
  const auto repeat = caller_.has(Quirk::lost_update_is_dropped) ? Repeat::never : Repeat::freely;
  const auto result = co_await send(std::move(request), repeat);
  if (!result && caller_.has(Quirk::lost_update_is_dropped)) co_return Outcome{};
  co_return result && result->ok() ? Outcome{} : failed(what_came(result));
}

base::Task<std::string> GraphClient::id_of_user(std::string user_name) {
  auto request = request_for("GET", "/users/" + base::percent_encode(user_name), "$select=id");
  const auto result = co_await send(std::move(request), Repeat::freely);
  co_return base::string_or(json_of_answer(result), "id", "");
}

base::Task<std::string> GraphClient::id_of_group(std::string name) {
  const auto filter = fmt::format("displayName eq {}", odata_literal(name, true));
  auto request = request_for("GET", "/groups", fmt::format("$filter={}&$select=id", base::percent_encode(filter)));
  const auto result = co_await send(std::move(request), Repeat::freely);
  const auto body = json_of_answer(result);
  const auto* entries = entries_of(body);
  co_return entries == nullptr || entries->empty() ? std::string() : base::string_or(entries->front(), "id", "");
}

base::Task<Outcome> GraphClient::create_group(std::string name, std::vector<std::string> members) {
  std::string id;
  for (int attempt = 0; id.empty() && attempt < Caller::most_attempts; ++attempt) {
    if (attempt == 0 || !caller_.has(Quirk::group_create_is_sent_blindly)) id = co_await id_of_group(name);
    if (!id.empty()) break;
    auto request = request_for("POST", "/groups", "");
    request.headers.add("Content-Type", "application/json");
    request.body = base::to_text(JsonObject{{"displayName", name}, {"mailNickname", name}, {"mailEnabled", false}, {"securityEnabled", true}});
    const auto result = co_await send(std::move(request), Repeat::never);
    if (result && result->ok()) id = base::string_or(json_of_answer(result), "id", "");
    if (result && !result->ok() && result->status < 500) co_return failed(what_came(result));
    if (!id.empty()) break;
    auto headers = result ? result->headers : base::Headers{};
    co_await caller_.wait(attempt, std::move(headers));
  }
  if (id.empty()) co_return failed("no answer to the create");
  for (auto& member : members) {
    auto added = co_await add_member(name, std::move(member));
    if (!added.done) co_return added;
  }
  co_return Outcome{};
}

base::Task<Outcome> GraphClient::add_member(std::string group, std::string user_name) {
  const auto group_id = co_await id_of_group(std::move(group));
  const auto user_id = co_await id_of_user(std::move(user_name));
  if (group_id.empty() || user_id.empty()) co_return failed("the group or the person cannot be found");
  auto request = request_for("POST", "/groups/" + group_id + "/members/$ref", "");
  request.headers.add("Content-Type", "application/json");
  auto graph = graph_;
  graph.path += "/directoryObjects/" + user_id;
  request.body = base::to_text(JsonObject{{"@odata.id", graph.text()}});
  const auto result = co_await send(std::move(request), Repeat::freely);
  const bool is_there = result && result->status == 400 && result->body.contains("already exist");
  if (is_there && !caller_.has(Quirk::member_there_is_an_error)) co_return Outcome{};
  co_return result && result->ok() ? Outcome{} : failed(what_came(result));
}

base::Task<Outcome> GraphClient::remove_member(std::string group, std::string user_name) {
  const auto group_id = co_await id_of_group(std::move(group));
  const auto user_id = co_await id_of_user(std::move(user_name));
  if (group_id.empty() || user_id.empty()) co_return failed("the group or the person cannot be found");
  const std::string_view ending = caller_.has(Quirk::member_is_deleted_without_ref) ? "" : "/$ref";
  auto request = request_for("DELETE", fmt::format("/groups/{}/members/{}{}", group_id, user_id, ending), "");
  const auto result = co_await send(std::move(request), Repeat::freely);
  if (result && result->status == 404 && !caller_.has(Quirk::member_gone_is_an_error)) co_return Outcome{};
  co_return result && result->ok() ? Outcome{} : failed(what_came(result));
}

base::Task<Outcome> GraphClient::read_pages(std::string first, bool advanced) {
  Outcome out;
  out.knows_users = true;
  auto link = std::move(first);
  for (int page = 0; page < most_pages; ++page) {
    auto request = request_for_link(link);
    const bool only_first = caller_.has(Quirk::consistency_level_on_first_page) && page > 0;
    if (advanced && !only_first && !caller_.has(Quirk::consistency_level_missing)) request.headers.add("ConsistencyLevel", "eventual");
    const auto result = co_await send(std::move(request), Repeat::freely);
    const auto body = json_of_answer(result);
    const auto* entries = entries_of(body);
    if (!result || result->status != 200 || entries == nullptr) co_return failed(what_came(result));
    for (const auto& entry : *entries) out.users.push_back(base::string_or(entry, "userPrincipalName", ""));
    auto next = base::string_member(body, "@odata.nextLink");
    const bool stops = caller_.has(Quirk::stops_after_first_page) || (caller_.has(Quirk::stops_at_an_empty_page) && entries->empty());
    if (!next || stops) break;
    link = caller_.has(Quirk::next_link_rebuilt) ? rebuilt(*next) : *std::move(next);
  }
  std::ranges::sort(out.users);
  co_return out;
}

base::Task<Outcome> GraphClient::find(std::string display_name) {
  auto out = co_await read_pages(users_where("displayName eq", display_name, ""), false);
  co_return out;
}

base::Task<Outcome> GraphClient::list_outside(std::string department) {
  auto out = co_await read_pages(users_where("department ne", department, "&$count=true&$top=50"), true);
  co_return out;
}

std::string GraphClient::users_where(std::string_view comparison, std::string_view value, std::string_view options) const {
  const auto filter = fmt::format("{} {}", comparison, odata_literal(value, !caller_.has(Quirk::quotes_not_doubled)));
  auto uri = graph_;
  uri.path += "/users";
  uri.query = fmt::format("$filter={}{}&$select=id,userPrincipalName", base::percent_encode(filter), options);
  return uri.text();
}

std::vector<JsonObject> GraphClient::not_done(const std::vector<JsonObject>& requests, const Json& answer, base::Headers& wait) const {
  std::vector<JsonObject> out;
  const auto* responses = base::member(answer, "responses");
  if (responses == nullptr || !responses->is_array()) return requests;
  const auto& list = responses->get_array();
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const Json* response = nullptr;
    if (caller_.has(Quirk::batch_by_position)) {
      response = i < list.size() ? &list[i] : nullptr;
    } else {
      const auto id = base::string_or(requests[i], "id", "");
      const auto* found = std::ranges::find_if(list, [&](const Json& one) { return base::string_or(one, "id", "") == id; });
      response = found == list.end() ? nullptr : &*found;
    }
    const auto status = response == nullptr ? 0 : base::integer_member(*response, "status").value_or(0);
    if (status >= 200 && status < 500 && status != 429 && status != 424) continue;
    out.push_back(requests[i]);
    const auto* headers = response == nullptr ? nullptr : base::member(*response, "headers");
    const auto after = headers == nullptr ? std::nullopt : base::string_member(*headers, "Retry-After");
    if (!after) continue;
    // The longest of them counts.
    base::Headers own;
    own.set("Retry-After", *after);
    if (!wait.find("Retry-After") || caller_.pause_before(0, &own) > caller_.pause_before(0, &wait)) wait = std::move(own);
  }
  if (!out.empty() && caller_.has(Quirk::batch_sent_again_whole)) return requests;
  return out;
}

base::Task<Outcome> GraphClient::send_batch(std::vector<JsonObject> requests) {
  for (int attempt = 0; attempt < Caller::most_attempts; ++attempt) {
    JsonArray items;
    for (const auto& one : requests) items.push_back(one);
    auto request = request_for("POST", "/$batch", "");
    request.headers.add("Content-Type", "application/json");
    request.body = base::to_text(JsonObject{{"requests", std::move(items)}});
    const auto result = co_await send(std::move(request), Repeat::never);
    if (result && !result->ok() && result->status < 500 && result->status != 424) co_return failed(what_came(result));
    auto wait = result ? result->headers : base::Headers{};
    auto left = result && result->ok() ? not_done(requests, json_of_answer(result), wait) : requests;
    if (left.empty() || caller_.has(Quirk::batch_failures_dropped)) co_return Outcome{};
    requests = std::move(left);
    co_await caller_.wait(attempt, std::move(wait));
  }
  co_return failed("a batch was not taken");
}

base::Task<Outcome> GraphClient::create_all(std::vector<NewAccount> accounts) {
  const auto most = caller_.has(Quirk::batch_of_more_than_twenty) ? accounts.size() : most_in_a_batch;
  for (std::size_t begin = 0; begin < accounts.size(); begin += most) {
    std::vector<JsonObject> requests;
    for (std::size_t i = begin; i < std::min(begin + most, accounts.size()); ++i) {
      requests.push_back(JsonObject{{"id", std::to_string(i + 1)},
                                    {"method", "POST"},
                                    {"url", "/users"},
                                    {"headers", JsonObject{{"Content-Type", "application/json"}}},
                                    {"body", body_of_account(accounts[i])}});
    }
    auto sent = co_await send_batch(std::move(requests));
    if (!sent.done) co_return sent;
  }
  co_return Outcome{};
}

}  // namespace fakes::clients
