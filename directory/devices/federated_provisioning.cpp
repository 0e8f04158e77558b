#include "directory/devices/federated_provisioning.h"

#include <fmt/format.h>

#include <optional>

#include "directory/associations/association_changes.h"
#include "directory/devices/account_provisioning.h"
#include "directory/federation/routing_policy.h"
#include "directory/portal/sessions.h"
#include "directory/server/responses.h"
#include "directory/users/user_changes.h"
#include "directory/users/user_store.h"

namespace directory {
namespace {

struct Provisioning {
  SystemId system;
  UserId user;
  bool password_sync = true;
  std::string stage;
  std::string why;
};

constexpr std::string_view columns = "system_id, user_id, password_sync, stage, why";

Provisioning provisioning_in(Row row) {
  return {SystemId{row.text(0)}, UserId{row.text(1)}, row.boolean(2), row.text(3), row.text(4)};
}

std::optional<Provisioning> at_the_provider(Core& core, const base::Secret& state) {
  return core.db().first(
      fmt::format("SELECT {} FROM device_provisionings WHERE state_digest = ?1 AND stage = 'under_way' AND expires > ?2",
                  columns),
      provisioning_in, token_digest(state), core.now());
}

/// What has been reached holds as long again as the sign-in might take.
void move_on(Core& core, const SystemId& system, std::string_view stage, std::string_view why = "") {
  core.db().run("UPDATE device_provisionings SET stage = ?2, why = ?3, expires = ?4 WHERE system_id = ?1",
                system.text(), stage, why, core.now() + sign_in_lifetime);
}

/// Why the user whom the login window named does not come in; empty where nothing is in the way. Whatever was true
/// when the person set out may have changed meanwhile.
std::string why_not(Core& core, const User& user, const std::string& email) {
  const auto signed_in = find_user_by_email(core.db(), email);  // [rule D96]
  if (!signed_in || signed_in->id != user.id) return "somebody else has signed in at the identity provider";
  if (user.state != UserState::activated) return "the user is not active";
  if (!signs_in_at_provider(core.db(), user.id)) return "no routing policy sends the user to the identity provider";
  return {};
}

base::HttpResponse page_that_leads_back() {
  return {200, "text/html; charset=utf-8",
          "<!doctype html><html lang=\"en\"><head><title>Signed in</title></head>"
          "<body><p role=\"status\">You are signed in. Go on at the login window.</p></body></html>"};
}

}  // namespace

void begin_device_sign_in(Core& core, const System& system, const User& user, const ProvisioningTicket& ticket,
                          const base::Secret& state) {
  auto& db = core.db();
  db.run("DELETE FROM device_provisionings WHERE expires <= ?1 OR system_id = ?2", core.now(), system.id.text());
  db.run(
      "INSERT INTO device_provisionings (system_id, user_id, ticket_digest, state_digest, password_sync, stage, expires) "
      "VALUES (?1, ?2, ?3, ?4, ?5, 'under_way', ?6)",
      system.id.text(), user.id.text(), token_digest(ticket.ticket), token_digest(state), ticket.password_sync,
      core.now() + sign_in_lifetime);
}

base::HttpResponse conclude_device_sign_in(Core& core, const base::Secret& state, const std::string& email) {
  return core.transact([&]() -> Decided {
    const auto provisioning = at_the_provider(core, state);
    const auto user = provisioning ? find_user(core.db(), provisioning->user) : std::nullopt;
    if (!user) return error_response(400, "the login window has begun anew");
    auto why = why_not(core, *user, email);
    move_on(core, provisioning->system, why.empty() ? "signed_in" : "refused", why);
    Event event{"user_login_attempt", actor_of(*user), subject_of(*user)};
    event.success = why.empty();
    event.error_message = why;
    core.events.write(core.now(), event);
    return why.empty() ? Decided(page_that_leads_back()) : kept(error_response(403, why));
  });
}

void refuse_device_sign_in(Core& core, const base::Secret& state, const std::string& why) {
  // Where this cannot be stored the device asks until the ticket expires.
  static_cast<void>(core.transact([&] {
    if (const auto provisioning = at_the_provider(core, state)) move_on(core, provisioning->system, "refused", why);
    return base::HttpResponse(204);
  }));
}

Decided complete_device_sign_in(Core& core, const System& system, const base::Secret& ticket,
                                const std::vector<std::string>& local_accounts) {
  const auto provisioning = core.db().first(
      fmt::format("SELECT {} FROM device_provisionings WHERE system_id = ?1 AND ticket_digest = ?2 AND expires > ?3",
                  columns),
      provisioning_in, system.id.text(), token_digest(ticket), core.now());
  if (!provisioning) return error_response(404, "no such provisioning is under way; begin again");
  if (provisioning->stage == "under_way") return json_response(202, base::JsonObject{});
  if (provisioning->stage == "refused") return error_response(403, provisioning->why);
  const auto user = find_user(core.db(), provisioning->user);
  if (!user) return error_response(404, "the user is gone");
  if (provisioning->stage == "bound") return json_response(201, provisioned_json(*user));
  // The sign-in said who it is; whether that person may have an account here is asked of this moment.
  if (user->state != UserState::activated) return error_response(403, "the user is not active");
  if (auto refusal = refuse_account(core, system, *user, local_accounts, provisioning->password_sync)) return *refusal;
  bind_user(core, {.system = system.id, .user = user->id, .password_sync = provisioning->password_sync},
            actor_of(*user), *user, system);
  move_on(core, system.id, "bound");
  return json_response(201, provisioned_json(*user));
}

}  // namespace directory
