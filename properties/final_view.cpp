#include "properties/final_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace properties {
namespace {

using scenarios::Cast;

constexpr std::size_t page_size = 100;

/// Every entry of a listing that takes `limit` and `skip`; `key` names the member of the answer that holds them, empty: the answer is
/// the list. Nothing where a page is refused.
base::Task<std::optional<std::vector<base::Json>>> all_of(Cast& cast, std::string path, std::string key) {
  std::vector<base::Json> entries;
  for (;;) {
    auto page = fmt::format("{}?limit={}&skip={}", path, page_size, entries.size());
    const auto result = co_await cast.ask_directory(cast.inspector(), "GET", std::move(page), std::nullopt, Cast::Credentials::admin);
    const auto body = result && result->ok() ? base::parse_json(result->body) : base::fail("no answer");
    const auto* list = !body ? nullptr : key.empty() ? &*body : base::member(*body, key);
    if (list == nullptr || !list->is_array()) co_return std::nullopt;
    const auto& found = list->get_array();
    entries.insert(entries.end(), found.begin(), found.end());
    if (found.size() < page_size) co_return entries;
  }
}

base::Task<std::optional<std::vector<std::string>>> ids_of(Cast& cast, std::string path) {
  const auto entries = co_await all_of(cast, std::move(path), "");
  if (!entries) co_return std::nullopt;
  std::vector<std::string> ids;
  for (const auto& entry : *entries) ids.push_back(base::string_or(entry, "id", ""));
  co_return ids;
}

DirectoryUserView shown_user(const base::Json& user) {
  const auto flag = [&](std::string_view name) { return base::bool_member(user, name).value_or(false); };
  return {.id = base::string_or(user, "_id", ""),
          .username = base::string_or(user, "username", ""),
          .email = base::string_or(user, "email", ""),
          .state = base::string_or(user, "state", ""),
          .external_id = base::string_or(user, "externalId", ""),
          .has_password = flag("activated"),
          .locked = flag("account_locked"),
          .password_expired = flag("password_expired"),
          .shown = user};
}

ConnectionView shown_connection(const base::Json& entry) {
  const auto* status = base::member(entry, "syncStatus");
  ConnectionView out{.object_id = base::string_or(entry, "externalId", ""), .status = "none", .message = {}};
  if (status != nullptr) {
    out.status = base::string_or(*status, "code", "");
    out.message = base::string_or(*status, "message", "");
  }
  return out;
}

base::Task<bool> read_cloud(Cast& cast, FinalView& view) {
  const auto instances = co_await all_of(cast, "/api/v2/office365s", "");
  if (!instances) co_return false;
  if (instances->empty()) co_return true;
  const auto& instance = instances->front();
  const auto id = base::string_or(instance, "id", "");
  const auto* authorization = base::member(instance, "oAuthStatus");
  view.cloud_authorization = authorization == nullptr ? "none" : base::string_or(*authorization, "status", "");
  for (const auto* kind : {"users", "usergroups"}) {
    const auto entries = co_await all_of(cast, fmt::format("/api/v2/office365s/{}/{}", id, kind), "");
    if (!entries) co_return false;
    auto& connections = std::string_view(kind) == "users" ? view.connections : view.group_connections;
    for (const auto& entry : *entries) connections[base::string_or(entry, "id", "")] = shown_connection(entry);
  }
  co_return true;
}

/// Of the one kind of rule that worlds have: one attribute equal to a text.
std::optional<std::pair<std::string, std::string>> rule_of(const base::Json& group) {
  const auto* query = base::member(group, "memberQuery");
  const auto* filters = query == nullptr ? nullptr : base::member(*query, "filters");
  if (filters == nullptr || !filters->is_array() || filters->get_array().size() != 1) return std::nullopt;
  const auto& filter = filters->get_array().front();
  const auto field = base::string_member(filter, "field");
  const auto value = base::string_member(filter, "value");
  if (!field || !value || base::string_or(filter, "operator", "") != "eq") return std::nullopt;
  return std::pair{*field, *value};
}

base::Task<bool> read_groups_and_systems(Cast& cast, FinalView& view) {
  const auto groups = co_await all_of(cast, "/api/v2/usergroups", "");
  if (!groups) co_return false;
  for (const auto& group : *groups) {
    GroupView shown{base::string_or(group, "id", ""), base::string_or(group, "name", ""), {}, rule_of(group)};
    auto members = co_await ids_of(cast, fmt::format("/api/v2/usergroups/{}/membership", shown.id));
    if (!members) co_return false;
    shown.members = std::move(*members);
    view.groups.push_back(std::move(shown));
  }
  const auto systems = co_await all_of(cast, "/api/systems", "results");
  if (!systems) co_return false;
  for (const auto& system : *systems) {
    SystemView shown{base::string_or(system, "_id", ""), base::string_or(system, "hostname", ""), {}};
    auto users = co_await ids_of(cast, fmt::format("/api/v2/systems/{}/users", shown.id));
    if (!users) co_return false;
    shown.users = std::move(*users);
    view.systems.push_back(std::move(shown));
  }
  co_return true;
}

base::Task<bool> read_events(Cast& cast, FinalView& view) {
  base::JsonObject query{{"service", base::JsonArray{"directory"}}, {"start_time", "1970-01-01T00:00:00Z"}, {"limit", 10'000}};
  const auto answer = co_await cast.ask_directory(cast.inspector(), "POST", "/insights/directory/v1/events", std::move(query), Cast::Credentials::admin);
  const auto body = answer && answer->ok() ? base::parse_json(answer->body) : base::fail("no answer");
  if (!body || !body->is_array()) co_return false;
  const auto& list = body->get_array();
  view.events.assign(list.begin(), list.end());
  co_return true;
}

base::Task<bool> read_portal_sessions(Cast& cast, FinalView& view) {
  for (const auto& [name, person] : cast.people()) {
    if (!person.portal_session) continue;
    const auto session = co_await cast.ask_directory(cast.inspector(), "GET", "/portal/session", std::nullopt, Cast::Credentials::portal, &person);
    if (!session) co_return false;
    view.portal_sessions[name] = session->status == 200;
  }
  co_return true;
}

base::Task<bool> read_settings(Cast& cast, FinalView& view) {
  const auto organizations = co_await all_of(cast, "/api/organizations", "results");
  if (!organizations || organizations->empty()) co_return false;
  const auto* settings = base::member(organizations->front(), "settings");
  if (settings != nullptr) view.takes_over_passwords = base::bool_member(*settings, "passwordTakeover").value_or(view.takes_over_passwords);
  co_return true;
}

}  // namespace

const DirectoryUserView* FinalView::user(std::string_view id) const {
  const auto found = std::ranges::find(users, id, &DirectoryUserView::id);
  return found == users.end() ? nullptr : &*found;
}

const scenarios::Person* FinalView::person_of(std::string_view username) const {
  for (const auto& [name, person] : cast->people()) {
    if (person.username == username || person.email == username) return &person;
  }
  return nullptr;
}

base::Task<void> read_final_view(Cast& cast, FinalView& view, bool& done) {
  view.cast = &cast;
  const auto users = co_await all_of(cast, "/api/systemusers", "results");
  if (!users) co_return;
  for (const auto& user : *users) view.users.push_back(shown_user(user));
  constexpr std::array rest{read_portal_sessions, read_settings, read_cloud, read_groups_and_systems, read_events};
  for (const auto read : rest) {
    const bool answered = co_await read(cast, view);
    if (!answered) co_return;
  }
  done = true;
}

}  // namespace properties
