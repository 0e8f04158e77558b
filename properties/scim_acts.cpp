#include "properties/scim_acts.h"

#include <fmt/format.h>

#include <array>
#include <map>
#include <optional>
#include <set>

#include "base/json.h"
#include "properties/models/scim_body.h"
#include "properties/models/scim_group.h"
#include "properties/models/scim_user.h"
#include "properties/timeline.h"

namespace properties {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using Kind = ScimAct::Kind;

constexpr std::uint64_t user_slots = 5;
constexpr std::uint64_t group_slots = 2;

constexpr std::array<std::string_view, 6> attributes{"title", "displayName", "name.givenName", "name.familyName", "nickName", "externalId"};
constexpr std::array<std::string_view, 5> texts{"Amy", "Zoë", "O'Neil", "a\"b\\c", "山田"};

struct KindRow {
  Kind kind;
  std::string_view name;
  std::uint32_t weight;
};
constexpr std::array kinds{KindRow{Kind::create, "create", 10},          KindRow{Kind::create_twin, "create_twin", 3},
                           KindRow{Kind::patch, "patch", 10},            KindRow{Kind::patch_names, "patch_names", 2},
                           KindRow{Kind::switch_active, "switch_active", 4}, KindRow{Kind::add_mail, "add_mail", 3},
                           KindRow{Kind::remove_mail, "remove_mail", 2}, KindRow{Kind::put, "put", 2},
                           KindRow{Kind::remove, "remove", 2},           KindRow{Kind::find, "find", 6},
                           KindRow{Kind::page, "page", 3},               KindRow{Kind::create_group, "create_group", 3},
                           KindRow{Kind::add_member, "add_member", 4},   KindRow{Kind::remove_member, "remove_member", 2},
                           KindRow{Kind::rename_group, "rename_group", 2}};

/// With the names that a script has for what it has created.
struct UserModel : models::ScimUser {
  std::string name;  ///< of the answer that created it

  [[nodiscard]] std::string id() const { return fmt::format("${{{}.id}}", name); }
  [[nodiscard]] std::string path() const { return fmt::format("${{{}.path}}", name); }
};

struct GroupModel : models::ScimGroup<std::string> {
  std::string name;

  [[nodiscard]] std::string path() const { return fmt::format("${{{}.path}}", name); }
};

JsonObject patch_of(JsonObject operation) { return models::patch_body({std::move(operation)}); }

class Session {
 public:
  explicit Session(ScimScript& out) : out_(out) {}

  void play(const ScimAct& act) {
    auto& user = users_[act.slot % user_slots];
    auto& group = groups_[act.slot % group_slots];
    switch (act.kind) {
      case Kind::create: return create(user, act);
      case Kind::create_twin: return create_twin(user, act);
      case Kind::patch: return patch(user, act);
      case Kind::patch_names: return patch_names(user, act);
      case Kind::switch_active: return switch_active(user, act);
      case Kind::add_mail: return add_mail(user);
      case Kind::remove_mail: return remove_mail(user);
      case Kind::put: return put(user, act);
      case Kind::remove: return remove(user);
      case Kind::find: return find(user, act);
      case Kind::page: return page();
      case Kind::create_group: return create_group(group, act);
      case Kind::add_member: return add_member(group, users_[act.other % user_slots]);
      case Kind::remove_member: return remove_member(group, users_[act.other % user_slots]);
      case Kind::rename_group: return rename_group(group, act);
    }
  }

  void begin_act(std::size_t act) { act_ = act; }

  /// What is there is removed, whatever came of it.
  void clean_up() {
    for (auto& [slot, group] : groups_) {
      if (group.exists) send("DELETE", group.path(), {}, {}, scenarios::Outcome::any);
    }
    for (auto& [slot, user] : users_) {
      if (user.exists) send("DELETE", user.path(), {}, {}, scenarios::Outcome::any);
    }
  }

 private:
  struct Sent {
    Json body{};
    Json query{};
    std::string name{};
  };

  void send(std::string method, std::string path, const Sent& sent, JsonObject expect, scenarios::Outcome outcome = scenarios::Outcome::ok) {
    scenarios::ScimRequest request;
    request.method = std::move(method);
    request.path = std::move(path);
    if (!sent.body.is_null()) request.body.text = base::to_text(sent.body);
    if (!sent.query.is_null()) request.query.text = base::to_text(sent.query);
    if (!sent.name.empty()) request.answer = sent.name;
    if (!expect.empty()) request.expect.json.text = base::to_text(Json(std::move(expect)));
    add_step(out_.scenario, std::move(request), outcome);
    out_.act_of.push_back(act_);
  }

  static std::string text_of(std::uint64_t value) { return std::string(texts[value % texts.size()]); }

  /// A look at all that the model knows.
  void look(const UserModel& user) {
    JsonObject body{{"active", user.active}, {"password", JsonObject{{"missing", true}}}, {"emails", JsonObject{{"count", user.has_second_mail ? 2 : 1}}}};
    for (const auto& [attribute, known] : user.values) {
      if (known) {
        body[base::json_key(attribute)] = base::json_text(*known);
      } else {
        body[base::json_key(attribute)] = JsonObject{{"absent", true}};
      }
    }
    send("GET", user.path(), {}, {{"status", 200}, {"body", std::move(body)}});
  }

  void look(const GroupModel& group) {
    if (!group.is_sure) return;
    JsonObject body{{"displayName", base::json_text(group.shown)}};
    if (group.members.empty()) {
      body["members"] = JsonObject{{"absent", true}};
    } else {
      JsonArray ids;
      for (const auto& member : group.members) ids.push_back(base::json_text(fmt::format("${{{}.id}}", member)));
      body["members"] = JsonObject{{"count", group.members.size()}};
      body["members[*].value"] = JsonObject{{"one_of", std::move(ids)}};
    }
    send("GET", group.path(), {}, {{"status", 200}, {"body", std::move(body)}});
  }

  void create(UserModel& user, const ScimAct& act) {
    if (user.exists) return look(user);
    user.name = fmt::format("a{}", ++created_);
    const auto address = fmt::format("${{run}}.{}@example.test", user.name);
    user.create(address, address, {});
    JsonObject body{{"schemas", JsonArray{base::json_text(models::core_user)}},
                    {"userName", user.user_name},
                    {"active", true},
                    {"emails", JsonArray{JsonObject{{"value", user.mail}, {"type", "work"}, {"primary", true}}}}};
    if (act.way % 3 == 0) body["password"] = "Correct-horse-7-battery";
    for (std::size_t i = 0; i < attributes.size(); ++i) {
      const bool given = ((act.value >> i) & 1U) != 0;
      std::optional<std::string> value;
      if (given) value = attributes[i] == "externalId" ? fmt::format("X-${{run}}-{}", user.name) : text_of(act.value + i);
      if (value) models::put_value(body, attributes[i], base::json_text(*value));
      user.values[std::string(attributes[i])] = value;
    }
    send("POST", "/Users", {.body = std::move(body), .name = user.name},
         {{"status", 201}, {"body", JsonObject{{"id", JsonObject{{"present", true}}}, {"password", JsonObject{{"missing", true}}}}}});
    look(user);
  }

  void create_twin(const UserModel& user, const ScimAct& act) {
    if (!user.exists) return;
    const auto name = act.way % 2 == 0 ? fmt::format("${{{}.userName}}", user.name) : fmt::format("${{upper:{}.userName}}", user.name);
    JsonObject body{{"schemas", JsonArray{base::json_text(models::core_user)}}, {"userName", name}};
    send("POST", "/Users", {.body = std::move(body)}, {{"status", 409}});
  }

  void gone(const UserModel& user) {
    if (!user.was_deleted) return;
    send("GET", user.path(), {}, {{"status", 404}});
    send("PATCH", user.path(), {.body = patch_of({{"op", "replace"}, {"path", "title"}, {"value", "Nobody"}})}, {{"status", 404}});
  }

  void patch(UserModel& user, const ScimAct& act) {
    if (!user.exists) return gone(user);
    const auto attribute = attributes[act.other % (attributes.size() - 1)];  // the last one is set once
    const auto value = text_of(act.value);
    JsonObject operation;
    switch (act.way % 5) {
      case 0:
        operation = {{"op", "add"}, {"path", base::json_text(attribute)}, {"value", value}};
        break;
      case 1: {
        JsonObject whole;
        models::put_value(whole, attribute, base::json_text(value));
        // By the whole name, the other part is another act's.
        if (attribute.starts_with("name.")) {
          operation = {{"op", "replace"}, {"path", base::json_text(attribute)}, {"value", value}};
        } else {
          operation = {{"op", "replace"}, {"value", std::move(whole)}};
        }
        break;
      }
      case 2:
        operation = {{"op", "remove"}, {"path", base::json_text(attribute)}};
        break;
      default:
        operation = {{"op", "replace"}, {"path", base::json_text(attribute)}, {"value", value}};
    }
    const bool removes = act.way % 5 == 2;
    send("PATCH", user.path(), {.body = patch_of(std::move(operation))}, {{"status", JsonArray{200, 204}}});
    user.values[std::string(attribute)] = removes ? std::nullopt : std::optional(value);
    look(user);
  }

  /// Parts that are not named stay. [RFC7644 3.5.2.3]
  void patch_names(UserModel& user, const ScimAct& act) {
    if (!user.exists) return gone(user);
    const auto value = text_of(act.value);
    send("PATCH", user.path(), {.body = patch_of({{"op", "replace"}, {"path", "name"}, {"value", JsonObject{{"givenName", value}}}})},
         {{"status", JsonArray{200, 204}}});
    user.values["name.givenName"] = value;
    look(user);
  }

  void switch_active(UserModel& user, const ScimAct& act) {
    if (!user.exists) return gone(user);
    user.active = act.value % 2 == 0;
    JsonObject operation{{"op", "replace"}};
    if (act.way % 2 == 0) {
      operation["path"] = "active";
      operation["value"] = user.active;
    } else {
      operation["value"] = JsonObject{{"active", user.active}};
    }
    send("PATCH", user.path(), {.body = patch_of(std::move(operation))}, {{"status", JsonArray{200, 204}}});
    look(user);
  }

  void add_mail(UserModel& user) {
    if (!user.exists) return gone(user);
    Json mail = JsonObject{{"value", fmt::format("home.{}", user.mail)}, {"type", "home"}};
    send("PATCH", user.path(), {.body = patch_of({{"op", "add"}, {"path", "emails"}, {"value", JsonArray{std::move(mail)}}})}, {{"status", JsonArray{200, 204}}});
    user.has_second_mail = true;
    look(user);
  }

  void remove_mail(UserModel& user) {
    if (!user.exists || !user.has_second_mail) return;
    send("PATCH", user.path(), {.body = patch_of({{"op", "remove"}, {"path", "emails[type eq \"home\"]"}})}, {{"status", JsonArray{200, 204}}});
    user.has_second_mail = false;
    look(user);
  }

  /// What a PUT leaves out may be kept or cleared. [RFC7644 3.5.1]
  void put(UserModel& user, const ScimAct& act) {
    if (!user.exists) return gone(user);
    JsonObject body{{"schemas", JsonArray{base::json_text(models::core_user)}},
                    {"userName", user.user_name},
                    {"active", user.active},
                    {"emails", JsonArray{JsonObject{{"value", user.mail}, {"type", "work"}, {"primary", true}}}}};
    models::ScimValues given;
    if (const auto external = user.values["externalId"]) {
      body["externalId"] = base::json_text(*external);
      given["externalId"] = external;
    }
    for (std::size_t i = 0; i + 1 < attributes.size(); ++i) {
      if (((act.value >> i) & 1U) == 0) continue;
      const auto value = text_of(act.value + i);
      models::put_value(body, attributes[i], base::json_text(value));
      given[std::string(attributes[i])] = value;
    }
    user.replace(std::move(given));
    send("PUT", user.path(), {.body = std::move(body)}, {{"status", 200}});
    look(user);
  }

  void remove(UserModel& user) {
    if (!user.exists) return gone(user);
    send("DELETE", user.path(), {}, {{"status", 204}});
    user.remove();
    for (auto& [slot, group] : groups_) {
      if (group.members.contains(user.name)) group.is_sure = false;
    }
    gone(user);
  }

  /// Those that the session has created and the model knows to match.
  void found(std::string filter, const std::vector<const UserModel*>& wanted) {
    JsonObject body{{"totalResults", wanted.size()}};
    if (!wanted.empty()) {
      JsonArray ids;
      for (const auto* user : wanted) ids.push_back(base::json_text(user->id()));
      body["Resources"] = JsonObject{{"count", wanted.size()}};
      body["Resources[*].id"] = JsonObject{{"one_of", std::move(ids)}};
    }
    send("GET", "/Users", {.query = JsonObject{{"filter", std::move(filter)}}}, {{"status", 200}, {"body", std::move(body)}});
  }

  template <class Wanted>
  std::optional<std::vector<const UserModel*>> those(const Wanted& wanted) const {
    std::vector<const UserModel*> out;
    for (const auto& [slot, user] : users_) {
      if (!user.exists) continue;
      const std::optional<bool> matches = wanted(user);
      if (!matches) return std::nullopt;
      if (*matches) out.push_back(&user);
    }
    return out;
  }

  void find(const UserModel& user, const ScimAct& act) {
    const std::string of_session = "userName sw \"${run}\"";
    switch (act.way % 5) {
      case 0:
        if (user.exists) found(fmt::format("userName eq \"${{{}.userName}}\"", user.name), {&user});
        return;
      case 1:
        if (user.exists) found(fmt::format("userName eq \"${{upper:{}.userName}}\"", user.name), {&user});
        return;
      case 2: {
        const auto external = user.values.find("externalId");
        if (user.exists && external != user.values.end() && external->second) found(fmt::format("externalId eq \"{}\"", *external->second), {&user});
        return;
      }
      case 3: {
        const bool active = act.value % 2 == 0;
        if (const auto wanted = those([&](const UserModel& one) { return std::optional(one.active == active); }))
          found(fmt::format("active eq {} and {}", active, of_session), *wanted);
        return;
      }
      default: {
        const auto value = text_of(act.value);
        if (value.find('"') != std::string::npos || value.find('\\') != std::string::npos) return;
        const auto wanted = those([&](const UserModel& one) -> std::optional<bool> {
          const auto known = one.values.find("title");
          if (known == one.values.end()) return std::nullopt;
          return known->second == value;
        });
        if (wanted) found(fmt::format("title eq \"{}\" and {}", value, of_session), *wanted);
      }
    }
  }

  /// One a page, and no page like the one before.
  void page() {
    std::size_t all = 0;
    for (const auto& [slot, user] : users_) all += user.exists ? 1 : 0;
    if (all < 2) return;
    ++pages_;
    for (std::size_t at = 1; at <= all; ++at) {
      const auto name = fmt::format("p{}x{}", pages_, at);
      JsonObject body{{"totalResults", all}, {"Resources", JsonObject{{"count", 1}}}};
      if (at > 1) body["Resources[0].id"] = JsonObject{{"not", fmt::format("${{p{}x{}.Resources[0].id}}", pages_, at - 1)}};
      send("GET", "/Users", {.query = JsonObject{{"filter", "userName sw \"${run}\""}, {"startIndex", at}, {"count", 1}}, .name = name},
           {{"status", 200}, {"body", std::move(body)}});
    }
  }

  void create_group(GroupModel& group, const ScimAct& act) {
    if (group.exists) return look(group);
    group.name = fmt::format("g{}", ++created_);
    group.create(fmt::format("${{run}} {}", group.name), {});
    JsonArray members;
    for (auto& [slot, user] : users_) {
      if (!user.exists || ((act.value >> slot) & 1U) == 0) continue;
      group.members.insert(user.name);
      members.push_back(JsonObject{{"value", user.id()}});
    }
    JsonObject body{{"schemas", JsonArray{base::json_text(models::core_group)}}, {"displayName", base::json_text(group.shown)}};
    if (!members.empty()) body["members"] = std::move(members);
    send("POST", "/Groups", {.body = std::move(body), .name = group.name}, {{"status", 201}});
    look(group);
  }

  void add_member(GroupModel& group, const UserModel& user) {
    if (!group.exists || !user.exists) return;
    Json member = JsonObject{{"value", user.id()}};
    send("PATCH", group.path(), {.body = patch_of({{"op", "add"}, {"path", "members"}, {"value", JsonArray{std::move(member)}}})}, {{"status", JsonArray{200, 204}}});
    group.members.insert(user.name);
    look(group);
  }

  void remove_member(GroupModel& group, const UserModel& user) {
    if (!group.exists || !group.members.contains(user.name)) return;
    send("PATCH", group.path(), {.body = patch_of({{"op", "remove"}, {"path", fmt::format("members[value eq \"{}\"]", user.id())}})},
         {{"status", JsonArray{200, 204}}});
    group.members.erase(user.name);
    look(group);
  }

  void rename_group(GroupModel& group, const ScimAct& act) {
    if (!group.exists) return;
    group.shown = fmt::format("${{run}} {} {}", group.name, act.value % 3);
    JsonObject operation{{"op", "replace"}};
    if (act.way % 2 == 0) {
      operation["path"] = "displayName";
      operation["value"] = base::json_text(group.shown);
    } else {
      operation["value"] = JsonObject{{"displayName", base::json_text(group.shown)}};
    }
    send("PATCH", group.path(), {.body = patch_of(std::move(operation))}, {{"status", JsonArray{200, 204}}});
    look(group);
  }

  ScimScript& out_;
  std::size_t act_ = 0;
  std::map<std::uint64_t, UserModel> users_;
  std::map<std::uint64_t, GroupModel> groups_;
  int created_ = 0;
  int pages_ = 0;
};

Kind draw_kind(base::Rng& rng) {
  std::uint32_t total = 0;
  for (const auto& row : kinds) total += row.weight;
  auto left = rng.below(total);
  for (const auto& row : kinds) {
    if (left < row.weight) return row.kind;
    left -= row.weight;
  }
  return Kind::create;
}

}  // namespace

std::string_view kind_name(ScimAct::Kind kind) {
  for (const auto& row : kinds) {
    if (row.kind == kind) return row.name;
  }
  return "";
}

std::vector<std::string_view> scim_act_kinds() {
  std::vector<std::string_view> names;
  for (const auto& row : kinds) names.push_back(row.name);
  return names;
}

std::vector<ScimAct> draw_scim_session(base::Rng rng, std::size_t acts) {
  std::vector<ScimAct> session;
  for (std::size_t i = 0; i < acts; ++i) {
    ScimAct act;
    act.kind = draw_kind(rng);
    act.slot = rng.below(user_slots);
    act.other = rng.below(60);
    act.way = rng.below(60);
    act.value = rng.below(64);
    session.push_back(act);
  }
  return session;
}

ScimScript script_of_session(const std::vector<ScimAct>& acts) {
  ScimScript out;
  out.scenario.title = "A session with a SCIM service provider";
  out.scenario.world.entra.job = false;
  out.scenario.needs = std::vector<std::string>{"scim"};
  Session session(out);
  for (std::size_t i = 0; i < acts.size(); ++i) {
    session.begin_act(i);
    session.play(acts[i]);
  }
  session.begin_act(acts.size());
  session.clean_up();
  return out;
}

}  // namespace properties
