#include "bench/load/wire.h"

#include <fmt/format.h>

#include "base/encoding.h"

namespace bench::load {
namespace {

constexpr auto scim_json = "application/scim+json";
constexpr auto core_user = "urn:ietf:params:scim:schemas:core:2.0:User";
constexpr auto core_group = "urn:ietf:params:scim:schemas:core:2.0:Group";
constexpr auto enterprise_user = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
constexpr auto patch_operation = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

std::string path_below(const base::Uri& base, std::string_view path) {
  auto root = base.path;
  while (root.ends_with('/')) root.pop_back();
  return root + std::string(path);
}

base::HttpRequest bare_request(const Endpoint& endpoint, std::string method, std::string_view path) {
  base::HttpRequest request(std::move(method), endpoint.base);
  request.target = path_below(endpoint.base, path);
  if (!endpoint.authorization.empty()) request.headers.add("Authorization", endpoint.authorization.reveal());
  for (const auto& [name, value] : endpoint.headers) request.headers.set(name, value.reveal());
  return request;
}

/// As each client is known to: Entra names no agent. [Entra provisioning-clients 2.1-18] [Okta provisioning-clients 4.1-01]
base::HttpRequest dressed(const Endpoint& endpoint, Dialect dialect, std::string method, std::string_view path,
                          const std::optional<base::JsonObject>& body = std::nullopt) {
  auto request = bare_request(endpoint, std::move(method), path);
  request.headers.add("Accept", scim_json);
  if (dialect == Dialect::okta) {
    request.headers.add("Accept-Charset", "utf-8");
    request.headers.add("User-Agent", "Okta SCIM Client 1.0.0");
  }
  if (body) {
    request.headers.add("Content-Type", dialect == Dialect::okta ? "application/scim+json; charset=utf-8" : scim_json);
    request.body = base::to_text(*body);
  }
  return request;
}

/// Entra writes blanks as plus signs, Okta as %20. [Entra provisioning-clients 2.1-20] [Okta provisioning-clients 4.3-01]
std::string user_filter(Dialect dialect, const std::string& user_name) {
  if (dialect == Dialect::entra) return fmt::format("/Users?filter=userName+eq+%22{}%22", base::percent_encode(user_name));
  return fmt::format("/Users?filter={}&startIndex=1&count={}", base::percent_encode(fmt::format(R"(userName eq "{}")", user_name)), page_size);
}

base::JsonArray mails(const std::string& address) {
  return {base::JsonObject{{"primary", true}, {"type", "work"}, {"value", address}}};
}

/// [Entra provisioning-clients 2.6-01]
base::JsonObject entra_user(const Names& names, std::size_t number) {
  const auto family = fmt::format("Load {:05}", number + 1);
  base::JsonObject body{{"schemas", base::JsonArray{core_user, enterprise_user}},
                        {"externalId", names.user(number)},
                        {"userName", names.user(number)},
                        {"active", true},
                        {"displayName", "Test " + family},
                        {"emails", mails(names.mail(number))},
                        {"meta", base::JsonObject{{"resourceType", "User"}}},
                        {"name", base::JsonObject{{"formatted", "Test " + family}, {"familyName", family}, {"givenName", "Test"}}},
                        {"roles", base::JsonArray{}}};
  body[enterprise_user] = base::JsonObject{{"department", "Operations"}};
  return body;
}

/// A password is always there. It is as where Okta's is synchronised: the random one of eight characters breaks many a policy, and what
/// is refused is not measured. [Okta provisioning-clients 4.3-06] [Okta provisioning-clients 4.3-08] [Okta provisioning-clients 4.3-09]
base::JsonObject okta_user(const Names& names, std::size_t number) {
  const auto family = fmt::format("Load {:05}", number + 1);
  return {{"schemas", base::JsonArray{core_user}},
          {"userName", names.user(number)},
          {"name", base::JsonObject{{"givenName", "Test"}, {"familyName", family}}},
          {"emails", mails(names.mail(number))},
          {"displayName", "Test " + family},
          {"locale", "en-US"},
          {"externalId", fmt::format("00u{}{:05}", names.mark, number + 1)},
          {"groups", base::JsonArray{}},
          {"password", fmt::format("Load-{}-{:05}", names.mark, number + 1)},
          {"active", true}};
}

/// Created without members. [Entra provisioning-clients 2.10-01] [Entra provisioning-clients 2.10-02]
base::JsonObject entra_group_body(const Names& names, std::size_t number) {
  return {{"schemas", base::JsonArray{core_group, "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"}},
          {"externalId", names.group(number)},
          {"displayName", names.group(number)},
          {"meta", base::JsonObject{{"resourceType", "Group"}}}};
}

base::JsonObject patch_of(base::JsonArray list) {
  return {{"schemas", base::JsonArray{patch_operation}}, {"Operations", std::move(list)}};
}

/// Without the compatibility flag: capitalised, one operation an attribute, `active` as a string.
/// [Entra provisioning-clients 2.7-01] [Entra provisioning-clients 2.7-04] [Entra provisioning-clients 2.7-05]
base::JsonObject entra_update(const Step& step) {
  base::JsonArray list;
  if (!step.department.empty()) {
    list.push_back(base::JsonObject{{"op", "Replace"}, {"path", fmt::format("{}:department", enterprise_user)}, {"value", step.department}});
  }
  if (step.active) list.push_back(base::JsonObject{{"op", "Replace"}, {"path", "active"}, {"value", *step.active ? "True" : "False"}});
  return patch_of(std::move(list));
}

/// [Entra provisioning-clients 2.10-03]
base::JsonObject entra_member(const std::string& id) {
  const base::JsonArray value{base::JsonObject{{"$ref", nullptr}, {"value", id}}};
  return patch_of({base::JsonObject{{"op", "Add"}, {"path", "members"}, {"value", value}}});
}

/// What was read, with the change in it. [Okta provisioning-clients 4.4-02]
base::JsonObject okta_replacement(base::JsonObject read, const std::string& department) {
  read["displayName"] = "Test of " + department;
  return read;
}

std::string user_path(const std::string& id) { return "/Users/" + base::percent_encode(id); }
/// [Entra provisioning-clients 2.5-07]
std::string group_look_up(const std::string& name) {
  return fmt::format("/Groups?excludedAttributes=members&filter=displayName+eq+%22{}%22", base::percent_encode(name));
}

Reading wrong(std::string why) { return {Reading::Kind::wrong, std::move(why), {}}; }

bool is_status_of(Operation operation, int status) {
  switch (operation) {
    case Operation::create_user:
    case Operation::create_group: return status == 201;
    // [Entra provisioning-clients 2.1-09]
    case Operation::update_user:
    case Operation::add_member: return status == 200 || status == 204;
    default: return status == 200;
  }
}

Reading list_reading(const Step& step, base::Json body) {
  const auto total = base::integer_member(body, "totalResults");
  if (!total) return wrong("the answer is no list: totalResults is missing");
  const auto* resources = base::member(body, "Resources");
  const auto shown = resources != nullptr && resources->is_array() ? resources->get_array().size() : 0;
  if (step.operation == Operation::list_users) {
    // [Okta provisioning-clients 4.7-04]
    const auto named = base::integer_member(body, "itemsPerPage");
    if (!named || static_cast<std::size_t>(*named) != shown) return wrong(fmt::format("itemsPerPage is not the {} that there are", shown));
    const auto left = static_cast<std::size_t>(*total) >= step.start;
    if (left && shown == 0) return wrong("a page within totalResults is empty");
  } else if (static_cast<std::size_t>(*total) != step.expected) {
    return wrong(fmt::format("{} found in place of {}", *total, step.expected));
  }
  return {Reading::Kind::right, {}, std::move(body)};
}

}  // namespace

std::string Names::user(std::size_t number) const {
  const auto name = fmt::format("{}{}-{:05}", prefix, mark, number + 1);
  return user_name_is_mail ? name + "@" + domain : name;
}
std::string Names::mail(std::size_t number) const { return fmt::format("{}{}-{:05}@{}", prefix, mark, number + 1, domain); }
std::string Names::group(std::size_t number) const { return fmt::format("{}{}-group-{:04}", prefix, mark, number + 1); }

bool can_be_sent(const Step& step, const Ids& ids) {
  switch (step.operation) {
    case Operation::read_user:
    case Operation::update_user:
    case Operation::replace_user: return !ids.users[step.user].empty();
    case Operation::add_member: return !ids.users[step.user].empty() && !ids.groups[step.group].empty();
    default: return true;
  }
}

base::HttpRequest request_of(const Step& step, const Endpoint& endpoint, const Names& names, const Ids& ids, const base::JsonObject& read) {
  const auto send = [&](const char* method, const std::string& path, const std::optional<base::JsonObject>& body = std::nullopt) {
    return dressed(endpoint, step.dialect, method, path, body);
  };
  const bool okta = step.dialect == Dialect::okta;
  switch (step.operation) {
    case Operation::look_up_user: return send("GET", user_filter(step.dialect, names.user(step.user)));
    case Operation::create_user: return send("POST", "/Users", okta ? okta_user(names, step.user) : entra_user(names, step.user));
    case Operation::read_user: return send("GET", user_path(ids.users[step.user]));
    case Operation::update_user: return send("PATCH", user_path(ids.users[step.user]), entra_update(step));
    case Operation::replace_user: return send("PUT", user_path(ids.users[step.user]), okta_replacement(read, step.department));
    case Operation::list_users: return send("GET", fmt::format("/Users?startIndex={}&count={}", step.start, page_size));
    case Operation::look_up_group: return send("GET", group_look_up(names.group(step.group)));
    case Operation::create_group: return send("POST", "/Groups", entra_group_body(names, step.group));
    case Operation::add_member:
      return send("PATCH", "/Groups/" + base::percent_encode(ids.groups[step.group]), entra_member(ids.users[step.user]));
  }
  return {};
}

base::HttpRequest removal_of(const Endpoint& endpoint, std::string_view collection, std::string_view id) {
  return bare_request(endpoint, "DELETE", fmt::format("{}/{}", collection, base::percent_encode(id)));
}

base::HttpRequest search_for(const Endpoint& endpoint, std::string_view collection, std::string_view name) {
  const auto* attribute = collection == "/Users" ? "userName" : "displayName";
  const auto filter = base::percent_encode(fmt::format(R"({} eq "{}")", attribute, name));
  auto request = bare_request(endpoint, "GET", fmt::format("{}?filter={}", collection, filter));
  request.headers.add("Accept", scim_json);
  return request;
}

Reading reading_of(const Step& step, const base::HttpResponse& response, const Ids& ids) {
  // Okta takes a 404 for nobody as well. [Okta provisioning-clients 4.3-03]
  const bool nobody = step.operation == Operation::look_up_user && step.dialect == Dialect::okta && response.status == 404;
  if (nobody && step.expected == 0) return {};
  if (!is_status_of(step.operation, response.status)) {
    constexpr std::size_t shown = 160;
    return {Reading::Kind::status, fmt::format("{} {}", response.status, response.body.substr(0, shown)), {}};
  }
  const bool may_be_empty = step.operation == Operation::update_user || step.operation == Operation::add_member;
  if (may_be_empty && response.body.empty()) return {};
  auto body = base::parse_json(response.body);
  if (!body || !body->is_object()) return wrong("the body is no JSON object");
  switch (step.operation) {
    case Operation::look_up_user:
    case Operation::look_up_group:
    case Operation::list_users: return list_reading(step, *std::move(body));
    default: break;
  }
  // [Entra provisioning-clients 2.1-06]
  const auto id = base::string_or(*body, "id", "");
  if (id.empty()) return wrong("the resource has no id");
  const bool of_known_user = step.operation == Operation::read_user || step.operation == Operation::update_user || step.operation == Operation::replace_user;
  if (of_known_user && id != ids.users[step.user]) return wrong("the resource has another id than was asked for");
  return {Reading::Kind::right, {}, *std::move(body)};
}

std::optional<Step> next_page(const Step& step, const base::Json& body) {
  if (step.operation != Operation::list_users) return std::nullopt;
  const auto* resources = base::member(body, "Resources");
  const auto shown = resources != nullptr && resources->is_array() ? resources->get_array().size() : 0;
  const auto total = base::integer_member(body, "totalResults").value_or(0);
  auto next = step;
  next.start += shown;
  if (shown == 0 || static_cast<std::int64_t>(next.start) > total) return std::nullopt;
  return next;
}

}  // namespace bench::load
