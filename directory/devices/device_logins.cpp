#include "directory/devices/device_logins.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "directory/passwords/login_check.h"
#include "directory/users/user_changes.h"
#include "directory/users/user_store.h"

namespace directory {
namespace {

/// [rule DI27]
constexpr std::array<std::int64_t, 9> logon_types{2, 3, 4, 5, 7, 8, 9, 10, 11};

std::expected<DeviceLogin, std::string> read_login(const base::Json& entry) {
  const auto sequence = base::integer_member(entry, "sequence");
  const auto success = base::bool_member(entry, "success");
  const auto user = base::string_member(entry, "user_id");
  const auto at = base::parse_rfc3339(base::string_or(entry, "at", ""));
  const auto kind = base::string_or(entry, "kind", "sign_in");
  if (!sequence || *sequence < 1 || !success || !user || !at) {
    return std::unexpected("an attempt to sign in has sequence, user_id, success and at");
  }
  if (kind != "sign_in" && kind != "elevation") return std::unexpected("kind is one of sign_in, elevation");
  const auto logon_type = base::integer_member(entry, "logon_type").value_or(DeviceLogin{}.logon_type);
  if (std::ranges::find(logon_types, logon_type) == logon_types.end()) {
    return std::unexpected(fmt::format("logon_type is one of {}", fmt::join(logon_types, ", ")));
  }
  return DeviceLogin{*sequence, UserId{*user},
                     kind == "elevation" ? DeviceLogin::Kind::elevation : DeviceLogin::Kind::sign_in,
                     *success, *at, logon_type};
}

void record(Core& core, const System& system, const User& user, const DeviceLogin& login) {
  const bool elevation = login.kind == DeviceLogin::Kind::elevation;
  auto event = systems_event("login_attempt", system, user);
  event.success = login.success;
  event.details["system_timestamp"] = base::to_rfc3339(login.at);
  if (system.os == "windows") {
    event.details["windows_meta"] = base::JsonObject{{"elevated", elevation}, {"logon_type", login.logon_type}};
  }
  core.events.write(core.now(), event);
  const Actor device{Actor::Kind::device, system.id.text(), system.hostname};
  if (login.success) {
    forget_failed_logins(core, user, device);
    return;
  }
  const bool counts_twice = elevation && !core.has(Defect::elevation_counts_once);  // [rule D113]
  const auto counted = count_failed_logins(core, user, counts_twice ? 2 : 1, device);
  if (counted.locked && !user.locked)
    core.events.write(core.now(), systems_event("user_lockout", system, user));
}

}  // namespace

Event systems_event(std::string type, const System& system, const User& user) {
  Event event{.type = std::move(type),
              .actor = {Actor::Kind::user, user.id.text(), user.attributes.username},
              .subject = subject_of(user),
              .service = EventService::systems,
              .system = EventSystem{system.id.text(), system.hostname, system.hostname}};
  event.details["username"] = user.local_account();
  return event;
}

std::expected<std::vector<DeviceLogin>, std::string> read_device_logins(const base::Json& list) {
  if (!list.is_array() || list.get_array().size() > most_reported_logins) {
    return std::unexpected(fmt::format("login_attempts must be a list of at most {}", most_reported_logins));
  }
  std::vector<DeviceLogin> logins;
  for (const auto& entry : list.get_array()) {
    auto login = read_login(entry);
    if (!login) return std::unexpected(std::move(login.error()));
    logins.push_back(std::move(*login));
  }
  std::ranges::sort(logins, {}, &DeviceLogin::sequence);
  return logins;
}

void record_device_logins(Core& core, const System& system, const std::vector<DeviceLogin>& logins) {
  const auto known = core.db().first(
      "SELECT login_sequence FROM systems WHERE id = ?1", [](Row row) { return row.integer(0); },
      system.id.text());
  auto newest = known.value_or(0);
  for (const auto& login : logins) {
    if (login.sequence <= newest) continue;
    newest = login.sequence;
    const auto user = find_user(core.db(), login.user);
    const auto bound =
        user && core.db().exists("SELECT 1 FROM bindings WHERE system_id = ?1 AND user_id = ?2",
                                 system.id.text(), user->id.text());
    if (bound) record(core, system, *user, login);
  }
  core.db().run("UPDATE systems SET login_sequence = ?2 WHERE id = ?1", system.id.text(), newest);
}

}  // namespace directory
