#include "properties/invariants/history.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/encoding.h"

namespace properties {
namespace {

constexpr std::string_view enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/// False as JSON has it, or as Entra's classic dialect does.
bool is_false(const base::Json* value) {
  if (value == nullptr) return false;
  if (value->is_bool()) return !value->get_bool();
  return value->is_string() && base::to_lower(std::string_view(value->get_string())) == "false";
}

/// What the admin API calls the attributes of SCIM's user resource.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> core_names{{{"name.givenName", "firstname"},
                                                                                  {"name.familyName", "lastname"},
                                                                                  {"title", "jobTitle"},
                                                                                  {"displayName", "displayname"},
                                                                                  {"userType", "employeeType"},
                                                                                  {"locale", "location"}}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> enterprise_names{
    {{"department", "department"}, {"costCenter", "costCenter"}, {"organization", "company"}, {"employeeNumber", "employeeIdentifier"}}};
constexpr std::array<std::string_view, 10> admin_names{"firstname",    "lastname",   "jobTitle", "displayname",        "employeeType",
                                                       "location", "department", "costCenter",   "company", "employeeIdentifier"};

std::optional<std::string> admin_name_of(std::string_view scim) {
  for (const auto& [name, admin] : core_names) {
    if (name == scim) return std::string(admin);
  }
  if (scim.starts_with(enterprise) && scim.size() > enterprise.size()) scim.remove_prefix(enterprise.size() + 1);
  for (const auto& [name, admin] : enterprise_names) {
    if (name == scim) return std::string(admin);
  }
  return std::nullopt;
}

void put(AttributeValues& values, std::string_view scim, const base::Json& value) {
  const auto name = admin_name_of(scim);
  if (!name) return;
  if (value.is_string()) values[*name] = std::string(base::as_text(value.get_string()));
  if (value.is_null()) values[*name] = std::nullopt;
}

/// Members of an object, whose names may be dotted, and of the objects in it.
void put_members(AttributeValues& values, const std::string& prefix, const base::Json& object) {
  if (!object.is_object()) return;
  for (const auto& [key, value] : object.get_object()) {
    const std::string name(key.data(), key.size());
    if (value.is_object() && (name == "name" || name == enterprise)) {
      put_members(values, name == "name" ? "name." : std::string(enterprise) + ":", value);
    } else {
      put(values, prefix + name, value);
    }
  }
}

AttributeValues values_of_patch(const base::Json& body) {
  AttributeValues values;
  const auto* operations = base::member(body, "Operations");
  if (operations == nullptr || !operations->is_array()) return values;
  for (const auto& operation : operations->get_array()) {
    const auto path = base::string_or(operation, "path", "");
    const auto* value = base::member(operation, "value");
    if (base::to_lower(base::string_or(operation, "op", "")) == "remove") {
      if (const auto name = admin_name_of(path)) values[*name] = std::nullopt;
    } else if (value != nullptr && path.empty()) {
      put_members(values, "", *value);
    } else if (value != nullptr && value->is_object()) {
      put_members(values, path + (path == enterprise ? ":" : "."), *value);
    } else if (value != nullptr) {
      put(values, path, *value);
    }
  }
  return values;
}

AttributeValues values_of_admin(const base::Json& body) {
  AttributeValues values;
  for (const auto name : admin_names) {
    const auto* value = base::member(body, name);
    if (value == nullptr) continue;
    if (value->is_string()) values[std::string(name)] = std::string(base::as_text(value->get_string()));
    if (value->is_null()) values[std::string(name)] = std::nullopt;
  }
  return values;
}

/// What follows `begin`, up to any of the characters of `ends`; empty where `begin` is not there.
std::string text_between(std::string_view text, std::string_view begin, std::string_view ends) {
  const auto at = text.find(begin);
  if (at == std::string_view::npos) return {};
  const auto rest = text.substr(at + begin.size());
  return std::string(rest.substr(0, rest.find_first_of(ends)));
}

/// The password that a request sets; nothing where it sets none.
std::optional<std::string> password_in(const base::Json& body) {
  if (auto fresh = base::string_member(body, "new_password")) return fresh;
  if (auto plain = base::string_member(body, "password")) return plain;
  const auto* operations = base::member(body, "Operations");
  if (operations == nullptr || !operations->is_array()) return std::nullopt;
  for (const auto& operation : operations->get_array()) {
    const auto* value = base::member(operation, "value");
    if (base::string_or(operation, "path", "") == "password") return base::string_member(operation, "value");
    if (value == nullptr) continue;
    if (auto within = base::string_member(*value, "password")) return within;
  }
  return std::nullopt;
}

/// The id that a creation was answered with.
std::string id_answered(const sim::Exchange& exchange) {
  const auto body = is_acknowledged(exchange) ? base::parse_json((*exchange.result)->body) : base::fail("no answer");
  return body ? base::string_or(*body, "id", base::string_or(*body, "_id", "")) : std::string();
}

}  // namespace

bool is_acknowledged(const sim::Exchange& exchange) {
  return exchange.result && *exchange.result && !exchange.distorted && (*exchange.result)->status / 100 == 2;
}

bool is_doubtful(const sim::Exchange& exchange) {
  return !exchange.result || !*exchange.result || exchange.distorted;
}

std::optional<std::string> id_after(std::string_view target, std::string_view prefix) {
  if (!target.starts_with(prefix)) return std::nullopt;
  const auto rest = target.substr(prefix.size());
  return std::string(rest.substr(0, rest.find_first_of("/?")));
}

std::optional<std::string> user_addressed(std::string_view target) {
  auto id = id_after(target, "/scim/v2/Users/");
  return id ? id : id_after(target, "/api/systemusers/");
}

AttributeValues values_of_scim_user(const base::Json& resource) {
  AttributeValues values;
  put_members(values, "", resource);
  return values;
}

bool asks_for_suspension(const base::Json& request) {
  if (is_false(base::member(request, "active"))) return true;
  const auto* operations = base::member(request, "Operations");
  if (operations == nullptr || !operations->is_array()) return false;
  return std::ranges::any_of(operations->get_array(), [](const base::Json& operation) {
    const auto* value = base::member(operation, "value");
    if (base::string_or(operation, "path", "") == "active") return is_false(value);
    return value != nullptr && value->is_object() && is_false(base::member(*value, "active"));
  });
}

std::vector<AttributeWrite> attribute_writes(const sim::Recorder& recorder) {
  std::vector<AttributeWrite> writes;
  for (const auto& exchange : recorder.exchanges()) {
    const auto& request = exchange.request;
    if (exchange.to != "directory" || request.method == "GET" || request.method == "DELETE") continue;
    const bool scim = request.target.starts_with("/scim/v2/Users");
    const bool creates = request.method == "POST" && (request.target == "/scim/v2/Users" || request.target == "/api/systemusers");
    const bool changes = request.method == "PUT" || request.method == "PATCH";
    if (!creates && !changes) continue;
    const auto id = creates ? id_answered(exchange) : user_addressed(request.target).value_or("");
    const auto body = base::parse_json(request.body);
    if (id.empty() || !body) continue;
    auto values = request.method == "PATCH" ? values_of_patch(*body) : scim ? values_of_scim_user(*body) : values_of_admin(*body);
    writes.push_back({id, &exchange, std::move(values)});
  }
  return writes;
}

base::Instant created_at(const sim::Recorder& recorder, std::string_view user) {
  const auto& exchanges = recorder.exchanges();
  const auto found = std::ranges::find_if(exchanges, [&](const sim::Exchange& exchange) {
    return exchange.to == "directory" && exchange.request.method == "POST" && is_acknowledged(exchange) && id_answered(exchange) == user;
  });
  return found == exchanges.end() ? base::Instant::max() : *found->concluded;
}

std::vector<base::Instant> script_times(const FinalView& view, std::string_view verb, std::string_view about) {
  std::vector<base::Instant> out;
  for (const auto& note : view.cast->world().recorder().notes()) {
    if (note.party == "script" && note.text.starts_with(verb) && note.text.contains(about)) out.push_back(note.at);
  }
  return out;
}

bool script_did(const FinalView& view, std::string_view verb, std::string_view about) { return !script_times(view, verb, about).empty(); }

bool is_of_entra(const FinalView& view, std::string_view address) {
  return std::ranges::any_of(view.cast->people(), [&](const auto& entry) { return entry.second.entra_id && base::equals_ignoring_case(entry.second.email, address); });
}

std::vector<GraphRequest> graph_requests(const sim::Exchange& exchange) {
  const auto without_version = [](std::string_view target) {
    if (!target.starts_with("/v1.0") && !target.starts_with("/beta")) return std::string(target);
    return std::string(target.substr(5));
  };
  const auto& request = exchange.request;
  const bool answered = is_acknowledged(exchange);
  if (!request.target.ends_with("/$batch")) return {{request.method, without_version(request.target), request.body, answered}};
  std::map<std::string, int, std::less<>> statuses;
  const auto answer = answered ? base::parse_json((*exchange.result)->body) : base::fail("no answer");
  const auto* responses = answer ? base::member(*answer, "responses") : nullptr;
  if (responses != nullptr && responses->is_array()) {
    for (const auto& item : responses->get_array()) {
      statuses[base::string_or(item, "id", "")] = static_cast<int>(base::integer_member(item, "status").value_or(0));
    }
  }
  std::vector<GraphRequest> requests;
  const auto body = base::parse_json(request.body);
  const auto* items = body ? base::member(*body, "requests") : nullptr;
  if (items == nullptr || !items->is_array()) return requests;
  for (const auto& item : items->get_array()) {
    const auto* content = base::member(item, "body");
    GraphRequest one{base::string_or(item, "method", ""), without_version(base::string_or(item, "url", "")), content == nullptr ? "" : base::to_text(*content)};
    if (const auto found = statuses.find(base::string_or(item, "id", "")); found != statuses.end()) one.status = found->second;
    one.done = one.status.value_or(0) / 100 == 2;
    requests.push_back(std::move(one));
  }
  return requests;
}

std::vector<PasswordSet> passwords_set(const FinalView& view) {
  std::vector<PasswordSet> found;
  std::map<std::string, std::string, std::less<>> sessions;  // to usernames
  std::map<std::string, std::string, std::less<>> tokens;
  for (const auto& [name, person] : view.cast->people()) {
    for (const auto& mail : view.cast->mail().mails_to(person.email)) tokens[text_between(mail.text, "?token=", " \n\r")] = person.username;
  }
  for (const auto& exchange : view.cast->world().recorder().exchanges()) {
    if (exchange.to != "directory" || exchange.request.body.find("assword") == std::string::npos) continue;
    const auto& target = exchange.request.target;
    const auto body = base::parse_json(exchange.request.body);
    if (!body || exchange.request.method == "GET") continue;
    if (target == "/portal/login") {
      const std::string cookie(is_acknowledged(exchange) ? (*exchange.result)->headers.find("Set-Cookie").value_or("") : "");
      if (!cookie.empty()) sessions[text_between(cookie, "session=", ";")] = base::string_or(*body, "username", "");
      continue;
    }
    PasswordSet set;
    set.acknowledged = is_acknowledged(exchange);
    set.sent = exchange.sent;
    const auto password = password_in(*body);
    if (!password) continue;
    set.password = *password;
    if (target == "/portal/activate") {
      const auto found_token = tokens.find(base::string_or(*body, "token", ""));
      if (found_token != tokens.end()) set.username = found_token->second;
    } else if (target == "/portal/password") {
      const std::string cookie(exchange.request.headers.find("Cookie").value_or(""));
      const auto session = sessions.find(text_between(cookie, "session=", ";"));
      if (session != sessions.end()) set.username = session->second;
      set.changes = true;
    } else if (target.starts_with("/agent/")) {
      set.user = base::string_or(*body, "user_id", "");
      set.device = exchange.from;
    } else if (const auto id = user_addressed(target)) {
      set.user = *id;
    } else {
      set.user = id_answered(exchange);
    }
    found.push_back(std::move(set));
  }
  return found;
}

}  // namespace properties
