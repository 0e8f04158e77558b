// The groups of the small tenant: of any kind, several of a name if need be, with members who are users or something else.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/encoding.h"
#include "base/http.h"
#include "base/json.h"
#include "base/uri.h"

namespace directory {

class SmallGroups {
 public:
  struct Group {
    base::JsonObject properties;
    std::set<std::string> members{};  ///< object ids of users
    std::set<std::string> devices{};  ///< of members of another kind
  };

  /// A security group, unless the properties say otherwise; its id.
  std::string add(std::string_view name, std::set<std::string> members = {}, base::JsonObject properties = {}) {
    base::JsonObject all{{"displayName", base::json_text(name)}, {"mailNickname", "group"},         {"groupTypes", base::JsonArray{}},
                         {"mailEnabled", false},                 {"securityEnabled", true}};
    for (const auto& [key, value] : properties) all[key] = value;
    auto id = fmt::format("group-{}", ++made_);
    groups[id] = Group{std::move(all), std::move(members)};
    return id;
  }
  /// Ids of those with that name, whatever their kind.
  [[nodiscard]] std::vector<std::string> named(std::string_view name) const {
    std::vector<std::string> found;
    for (const auto& [id, group] : groups) {
      if (base::equals_ignoring_case(base::string_or(group.properties, "displayName", ""), name)) found.push_back(id);
    }
    return found;
  }

  std::map<std::string, Group> groups;
  std::size_t page = 100;                 ///< members on a page
  std::set<std::string> not_yet_known;    ///< users whom references do not find yet [Graph F1]

  /// What Graph answers below /groups; `users` are the tenant's.
  base::HttpResponse act(const std::string& method, const base::Json& body, const base::Target& target, const std::set<std::string>& users) {
    const auto path = target.segments();
    if (path.size() == 1 && method == "GET") return search(target.parameter("$filter").value_or(""));
    if (path.size() == 1) return create(body, users);
    const auto found = groups.find(path[1]);
    if (found == groups.end()) return refusal(404);
    auto& group = found->second;
    if (path.size() == 2) return update(group, body, users);
    if (path[2] != "members") return refusal(400);
    if (path.size() == 3) return list(path[1], group, target.parameter("$skiptoken").value_or("0"));
    if (method == "POST") return bind(group, {reference_of(*base::member(body, "@odata.id"))}, users);
    return group.members.erase(path[3]) == 1 ? base::HttpResponse(204) : refusal(404);
  }

 private:
  static base::HttpResponse answer(int status, const base::Json& body) { return {status, "application/json", base::to_text(body)}; }
  static base::HttpResponse refusal(int status) {
    return answer(status, base::JsonObject{{"error", base::JsonObject{{"code", status == 404 ? "Request_ResourceNotFound" : "Request_BadRequest"},
                                                                      {"message", "refused"}}}});
  }
  static std::string reference_of(const base::Json& url) {
    const std::string text(base::as_text(url.as_string()));
    return text.substr(text.rfind('/') + 1);
  }
  static std::vector<std::string> bound(const base::Json& body) {
    std::vector<std::string> ids;
    if (const auto* list = base::member(body, "members@odata.bind")) {
      for (const auto& url : list->as_array()) ids.push_back(reference_of(url));
    }
    return ids;
  }

  base::HttpResponse search(std::string_view filter) {
    const auto property = filter.substr(0, filter.find(' '));
    const auto begin = filter.find('\'') + 1;
    const auto value = filter.substr(begin, filter.rfind('\'') - begin);
    base::JsonArray found;
    for (const auto& [id, group] : groups) {
      if (!base::equals_ignoring_case(base::string_or(group.properties, property, ""), value)) continue;
      auto object = group.properties;
      object["id"] = id;
      found.push_back(std::move(object));
    }
    return answer(200, base::JsonObject{{"value", std::move(found)}});
  }

  base::HttpResponse create(const base::Json& body, const std::set<std::string>& users) {
    Group group{body.as_object()};
    group.properties.erase("members@odata.bind");
    if (auto done = bind(group, bound(body), users); done.status != 204) return done;
    const auto id = fmt::format("group-{}", ++made_);
    groups[id] = std::move(group);
    return answer(201, base::JsonObject{{"id", id}});
  }

  base::HttpResponse update(Group& group, const base::Json& body, const std::set<std::string>& users) {
    for (const auto& [name, value] : body.as_object()) {
      if (name != "members@odata.bind") group.properties[name] = value;
    }
    return bind(group, bound(body), users);
  }

  /// All or nobody. [Graph GR7] [Graph E23]
  base::HttpResponse bind(Group& group, const std::vector<std::string>& ids, const std::set<std::string>& users) {
    if (ids.size() > 20) return refusal(400);
    for (const auto& id : ids) {
      if (!users.contains(id) || not_yet_known.contains(id)) return refusal(404);
      if (group.members.contains(id)) return refusal(400);
    }
    group.members.insert(ids.begin(), ids.end());
    return base::HttpResponse(204);
  }

  base::HttpResponse list(const std::string& id, const Group& group, const std::string& token) {
    std::vector<std::pair<std::string, std::string>> all;
    for (const auto& member : group.members) all.emplace_back(member, "#microsoft.graph.user");
    for (const auto& member : group.devices) all.emplace_back(member, "#microsoft.graph.device");
    const auto from = std::min<std::size_t>(std::stoul(token), all.size());
    const auto to = std::min(from + page, all.size());
    base::JsonArray value;
    for (auto i = from; i < to; ++i) value.push_back(base::JsonObject{{"@odata.type", all[i].second}, {"id", all[i].first}});
    base::JsonObject body{{"value", std::move(value)}};
    if (to < all.size()) body["@odata.nextLink"] = fmt::format("https://graph.microsoft.com/v1.0/groups/{}/members?$skiptoken={}", id, to);
    return answer(200, body);
  }

  std::size_t made_ = 0;
};

}  // namespace directory
