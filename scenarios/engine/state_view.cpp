#include "scenarios/engine/state_view.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/json.h"
#include "live/worker.h"
#include "scenarios/engine/cast.h"
#include "sim/redactor.h"

namespace scenarios {
namespace {

using Fields = std::map<std::string, std::string, std::less<>>;

constexpr std::size_t page = 100;
/// What changes with every poll, or never and means nothing to a person.
constexpr std::array<std::string_view, 9> untold{"_id",          "id",   "organization", "created", "createdDateTime", "lastContact",
                                                 "agentVersion", "arch", "type"};

/// Scalars and lists of them, members of members as `member.member`.
void add_fields(Fields& fields, const std::string& prefix, const base::Json& json) {
  if (json.is_object()) {
    for (const auto& member : json.get_object()) {
      const auto key = std::string_view(member.key().data(), member.key().size());
      if (std::ranges::find(untold, key) != untold.end()) continue;
      add_fields(fields, prefix.empty() ? std::string(key) : fmt::format("{}.{}", prefix, key), member.value());
    }
    return;
  }
  const bool says_nothing = json.is_null() || (json.is_array() && json.get_array().empty());
  if (says_nothing) return;
  auto text = json.is_string() ? std::string(base::as_text(json.get_string())) : base::to_text(json);
  if (!text.empty()) fields[prefix] = std::move(text);
}

class DirectoryReader {
 public:
  DirectoryReader(Cast& cast, base::HttpService& service, StateView& view) : cast_(&cast), service_(&service), view_(&view) {}

  static base::Task<void> read(DirectoryReader& self) {
    co_await read_users(self);
    co_await read_systems(self);
    co_await read_groups(self);
    self.cast_->scheduler().stop();
  }

 private:
  static base::Task<std::optional<base::Json>> get(DirectoryReader& self, std::string path) {
    auto request = self.cast_->directory_request("GET", std::move(path));
    self.cast_->add_credentials(request, Cast::Credentials::admin, nullptr);
    const auto response = co_await self.service_->handle(std::move(request));
    if (response.status != 200) co_return std::nullopt;
    auto json = base::parse_json(response.body);
    if (!json) co_return std::nullopt;
    co_return std::move(*json);
  }

  /// The items of one page: of the list itself, or of its `results`.
  static std::vector<base::Json> items_of(const std::optional<base::Json>& json) {
    if (!json) return {};
    const auto* list = json->is_array() ? &*json : base::member(*json, "results");
    if (list == nullptr || !list->is_array()) return {};
    return {list->get_array().begin(), list->get_array().end()};
  }

  static base::Task<std::vector<base::Json>> get_all(DirectoryReader& self, std::string path) {
    std::vector<base::Json> all;
    for (;;) {
      const auto json = co_await get(self, fmt::format("{}?limit={}&skip={}", path, page, all.size()));
      const auto items = items_of(json);
      all.insert(all.end(), items.begin(), items.end());
      if (items.size() < page) co_return all;
    }
  }

  static base::Task<void> read_users(DirectoryReader& self) {
    const auto users = co_await get_all(self, "/api/systemusers");
    for (const auto& user : users) {
      const auto name = base::string_or(user, "username", "?");
      self.names_[base::string_or(user, "_id", "")] = name;
      add_fields((*self.view_)["directory user " + name], "", user);
    }
  }

  static base::Task<void> read_systems(DirectoryReader& self) {
    const auto systems = co_await get_all(self, "/api/systems");
    for (const auto& system : systems) {
      auto& fields = (*self.view_)["directory system " + base::string_or(system, "displayName", "?")];
      add_fields(fields, "", system);
      const auto users = co_await get_all(self, fmt::format("/api/v2/systems/{}/users", base::string_or(system, "_id", "")));
      self.add_list(fields, "users", users);
    }
  }

  static base::Task<void> read_groups(DirectoryReader& self) {
    const auto groups = co_await get_all(self, "/api/v2/usergroups");
    for (const auto& group : groups) {
      auto& fields = (*self.view_)["directory group " + base::string_or(group, "name", "?")];
      const auto members = co_await get_all(self, fmt::format("/api/v2/usergroups/{}/members", base::string_or(group, "id", "")));
      self.add_list(fields, "members", members);
    }
  }

  void add_list(Fields& fields, std::string_view field, const std::vector<base::Json>& links) {
    std::vector<std::string> names;
    for (const auto& link : links) {
      const auto* to = base::member(link, "to");
      const auto id = base::string_or(to == nullptr ? link : *to, "id", "");
      const auto name = names_.find(id);
      names.push_back(name == names_.end() ? id : name->second);
    }
    std::ranges::sort(names);
    if (!names.empty()) fields[std::string(field)] = fmt::format("{}", fmt::join(names, " "));
  }

  Cast* cast_;
  base::HttpService* service_;
  StateView* view_;
  std::map<std::string, std::string> names_;  ///< of users, by id
};

void add_directory(Cast& cast, StateView& view) {
  auto* host = cast.world().find_host("directory");
  if (host == nullptr || host->service() == nullptr) return;
  DirectoryReader reader(cast, *host->service(), view);
  cast.inspector().spawn("state", DirectoryReader::read(reader));
  static_cast<void>(cast.scheduler().run_until(cast.scheduler().now() + std::chrono::minutes{1}));
}

void add_tenant(Cast& cast, StateView& view) {
  const auto& tenant = cast.tenant();
  const auto add = [&](const fakes::entra::DirectoryObject& object, std::string_view kind, std::string_view name_property) {
    auto& fields = view[fmt::format("{} {}", kind, object.text(name_property))];
    for (const auto& value : object.values()) {
      const bool is_told = value.property->name != name_property && std::ranges::find(untold, value.property->name) == untold.end();
      if (is_told) add_fields(fields, std::string(value.property->name), value.json);
    }
    return &fields;
  };
  using fakes::entra::ObjectKind;
  for (const auto& [id, user] : tenant.living(ObjectKind::user)) add(user, "entra user", "userPrincipalName");
  for (const auto& [id, user] : tenant.deleted(ObjectKind::user)) add(user, "entra deleted user", "userPrincipalName");
  for (const auto& [id, group] : tenant.living(ObjectKind::group)) {
    auto* fields = add(group, "entra group", "displayName");
    std::vector<std::string> names;
    for (const auto& [member, since] : tenant.members_of(id).present) {
      const auto* user = tenant.find(member);
      names.emplace_back(user == nullptr ? member.text() : std::string(user->text("userPrincipalName")));
    }
    std::ranges::sort(names);
    if (!names.empty()) (*fields)["members"] = fmt::format("{}", fmt::join(names, " "));
  }
}

void add_okta(Cast& cast, StateView& view) {
  for (const auto& [id, user] : cast.okta().users()) {
    auto& fields = view["okta user " + user.login()];
    fields["status"] = name_of(user.status);
    for (const auto& [name, value] : user.profile) {
      if (name != "login" && !value.empty()) fields[name] = value;
    }
  }
  for (const auto& [id, group] : cast.okta().groups()) {
    if (id == cast.okta().everyone()) continue;
    std::vector<std::string> names;
    for (const auto& [member, why] : group.members) {
      const auto* user = cast.okta().find(member);
      names.push_back(user == nullptr ? member.text() : user->login());
    }
    std::ranges::sort(names);
    view["okta group " + group.profile.name]["members"] = fmt::format("{}", fmt::join(names, " "));
  }
}

std::string_view kind_text(fakes::devices::Screen::Kind kind) {
  using Kind = fakes::devices::Screen::Kind;
  switch (kind) {
    case Kind::off:
      return "off";
    case Kind::setup:
      return "setup";
    case Kind::preboot:
      return "preboot";
    case Kind::login:
      return "login";
    case Kind::locked:
      return "locked";
    case Kind::desktop:
      return "desktop";
    case Kind::web_view:
      return "web view";
  }
  return "";
}

void add_devices(Cast& cast, StateView& view) {
  for (const auto& [name, party] : cast.devices()) {
    const auto& device = *party.device;
    auto& fields = view["device " + name];
    const auto screen = device.screen();
    fields["screen"] = kind_text(screen.kind);
    if (!screen.account.empty()) fields["screen"] += " of " + screen.account;
    if (!screen.message.empty()) fields["message"] = screen.message;
    const auto& sessions = device.sessions().open;
    if (!sessions.empty()) fields["sessions"] = fmt::format("{}", fmt::join(sessions, " "));
    if (!device.powered()) fields["power"] = "off";
    for (const auto* account : device.accounts()) {
      auto& entry = view[fmt::format("device {} account {}", name, account->name)];
      entry["enabled"] = account->enabled ? "true" : "false";
      entry["admin"] = account->admin ? "true" : "false";
      if (account->managed()) entry["managed"] = "true";
      if (!account->full_name.empty()) entry["full_name"] = account->full_name;
    }
  }
}

void add_hosts(Cast& cast, StateView& view) {
  for (const auto& name : cast.world().host_names()) {
    const auto* host = cast.world().find_host(name);
    if (!host->up()) view["host " + name]["state"] = "down";
    if (host->paused()) view["host " + name]["state"] = "paused";
  }
}

std::string fields_text(const Fields& fields) {
  std::vector<std::string> texts;
  for (const auto& [field, value] : fields) {
    if (value != "false") texts.push_back(fmt::format("{} {}", field, value));
  }
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::string difference_text(const Fields& before, const Fields& after) {
  std::vector<std::string> texts;
  for (const auto& [field, value] : before) {
    const auto now = after.find(field);
    if (now == after.end()) texts.push_back(fmt::format("{} {} -> nothing", field, value));
    if (now != after.end() && now->second != value) texts.push_back(fmt::format("{} {} -> {}", field, value, now->second));
  }
  for (const auto& [field, value] : after) {
    if (!before.contains(field)) texts.push_back(fmt::format("{} nothing -> {}", field, value));
  }
  return fmt::format("{}", fmt::join(texts, ", "));
}

/// Takes events and time.
StateView state_of(Cast& cast) {
  StateView view;
  // What takes no time first: the directory's answers take some.
  add_hosts(cast, view);
  add_tenant(cast, view);
  add_okta(cast, view);
  add_devices(cast, view);
  add_directory(cast, view);
  const sim::Redactor redact(cast.world().recorder().secrets());
  for (auto& [thing, fields] : view) {
    for (auto& [field, value] : fields) value = redact(value);
  }
  return view;
}

}  // namespace

std::optional<StateView> look_at_state(Cast& cast) {
  live::Worker copy([&](std::string_view) { return encode_state(state_of(cast)); });
  const auto received = live::ask_and_wait(copy, "look");
  if (!received.answer) return std::nullopt;
  auto state = decode_state(*received.answer);
  return state ? std::optional(*std::move(state)) : std::nullopt;
}

std::vector<std::string> changes_between(const StateView& before, const StateView& after) {
  std::vector<std::string> lines;
  for (const auto& [thing, fields] : before) {
    const auto now = after.find(thing);
    if (now == after.end()) {
      lines.push_back("- " + thing);
    } else if (now->second != fields) {
      lines.push_back(fmt::format("~ {}: {}", thing, difference_text(fields, now->second)));
    }
  }
  for (const auto& [thing, fields] : after) {
    if (!before.contains(thing)) lines.push_back(fmt::format("+ {}: {}", thing, fields_text(fields)));
  }
  std::ranges::sort(lines, {}, [](const std::string& line) { return std::string_view(line).substr(2); });
  return lines;
}

std::string encode_state(const StateView& state) {
  base::JsonObject out;
  for (const auto& [thing, fields] : state) {
    base::JsonObject values;
    for (const auto& [field, value] : fields) values[base::json_key(field)] = base::json_text(value);
    out[base::json_key(thing)] = std::move(values);
  }
  return base::to_text(base::Json(std::move(out)));
}

base::Result<StateView> decode_state(std::string_view line) {
  const auto json = base::parse_json(line);
  if (!json) return std::unexpected(json.error());
  if (!json->is_object()) return base::fail("no state");
  StateView out;
  for (const auto& thing : json->get_object()) {
    auto& fields = out[std::string(thing.key().data(), thing.key().size())];
    if (!thing.value().is_object()) continue;
    for (const auto& field : thing.value().get_object()) {
      if (field.value().is_string()) fields[std::string(field.key().data(), field.key().size())] = base::as_text(field.value().get_string());
    }
  }
  return out;
}

}  // namespace scenarios
