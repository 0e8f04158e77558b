// Browser sessions of the org's users. [Okta provisioning-clients 5.3-10] [Okta provisioning-clients 5.7-06]
#include <algorithm>
#include <iterator>

#include "fakes/okta/org/org.h"

namespace fakes::okta {
namespace {

Actor as_user(const User& user, const Actor& client) {
  auto actor = Actor::of(user);
  actor.ip_address = client.ip_address;
  actor.user_agent = client.user_agent;
  actor.transaction_id = client.transaction_id;
  return actor;
}

}  // namespace

Outcome<Session> Org::open_session(const UserId& id, const Actor& client) {
  constexpr std::size_t id_bytes = 12;
  const auto found = user_of(id);
  if (!found) return std::unexpected(found.error());
  if ((*found)->status != UserStatus::active) return refuse(ErrorCode::inactive_user, "status");
  // Those that have run out are found now, and logged then. [Okta provisioning-clients 5.7-06]
  std::vector<SessionId> run_out;
  auto& known = sessions_of_[id];
  std::ranges::copy_if(known, std::back_inserter(run_out), [&](const SessionId& session) { return sessions_.at(session).expires <= now(); });
  for (const auto& session : run_out) {
    record(EventType::session_expire, Actor::system(), {target_of(**found)});
    sessions_.erase(session);
    known.erase(session);
  }
  Session session{.id = SessionId{"102" + rng_.hex(id_bytes)}, .user = id, .created = now(), .expires = now() + options_.session_lifetime};
  witness(base::Secret(session.id.text()));  // it is the browser's cookie
  record(EventType::session_start, as_user(**found, client), {target_of(**found)});
  known.insert(session.id);
  return sessions_.emplace(session.id, session).first->second;
}

const Session* Org::find_session(const SessionId& id) const {
  const auto found = sessions_.find(id);
  return found == sessions_.end() || found->second.expires <= now() ? nullptr : &found->second;
}

void Org::touch_session(const SessionId& id) {
  const auto found = sessions_.find(id);
  if (found != sessions_.end() && found->second.expires > now()) found->second.expires = now() + options_.session_lifetime;
}

void Org::close_session(const SessionId& id, const Actor& client) {
  const auto found = sessions_.find(id);
  if (found == sessions_.end()) return;
  const auto& user = users_.at(found->second.user);
  record(EventType::session_end, as_user(user, client), {target_of(user)});
  sessions_of_.at(user.id).erase(id);
  sessions_.erase(found);
}

bool Org::end_sessions(const UserId& user) {
  const auto ended = sessions_of_.find(user);
  if (ended == sessions_of_.end()) return false;
  for (const auto& session : ended->second) sessions_.erase(session);
  const bool any = !ended->second.empty();
  sessions_of_.erase(ended);
  return any;
}

Outcome<void> Org::clear_sessions(const UserId& id, bool oauth_tokens, const Actor& actor) {
  const auto found = user_of(id);
  if (!found) return std::unexpected(found.error());
  end_sessions(id);
  if (oauth_tokens) ++(*found)->token_generation;
  record(EventType::session_clear, actor, {target_of(**found)});
  changed(Change::sessions_cleared, **found);
  return {};
}

}  // namespace fakes::okta
