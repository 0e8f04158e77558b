#include "directory/core/core.h"

#include <chrono>

#include "base/crypto.h"
#include "directory/core/time_of_ids.h"

namespace directory {
namespace {

base::HttpResponse unavailable() {
  return {503, "application/json", R"({"message":"the store is not available"})"};
}

}  // namespace

Core::Core(Ports ports_in, Options options_in, std::unique_ptr<Database> database_in)
    : ports(std::move(ports_in)),
      probes(ports.probes),
      options(std::move(options_in)),
      settings(options.settings),
      database(std::move(database_in)),
      group(*database, *ports.scheduler),
      events(*database, ports.rng.fork("events"), options.organization, options.event_retention),
      connections(*ports.scheduler, options.held_polls),
      mail_queued(*ports.scheduler),
      agenda_changed(*ports.scheduler),
      cloud_changed(*ports.scheduler) {
  if (options.commits == Commits::grouped) {
    settled_transport_ = std::make_unique<SettledTransport>(group, *ports.transport);
    ports.transport = settled_transport_.get();
  }
}

base::Secret Core::new_token() {
  base::Secret token{ports.rng.hex(32)};
  ports.witness->witness(token);
  return token;
}

void Core::begin() {
  if (joins_group_ || group.is_open()) {
    group.begin_part();
  } else {
    db().begin();
  }
}

std::string Core::new_id() {
  constexpr std::size_t bytes = 12;
  const auto time = time_of_id(now());
  return ports.rng.hex(bytes).replace(0, time.size(), time);
}

base::HttpResponse Core::finish(Decided decided) {
  auto signals = std::exchange(signals_, {});
  const bool lost = has(Defect::answer_before_commit) && ports.rng.chance({1, 8});
  const bool keep = (decided.keep && !lost) || !db().failure().empty();
  if (keep) {
    owed_.devices.merge(signals.devices);
    owed_.mail |= signals.mail;
    owed_.agenda |= signals.agenda;
    owed_.cloud |= signals.cloud;
  }
  if (group.is_open()) {
    group.end_part(keep);
    const bool sound = joins_group_ ? db().failure().empty() : concluded(group.commit(), std::exchange(owed_, {}));
    return sound ? std::move(decided.response) : unavailable();
  }
  if (!keep) {
    db().roll_back();
    return std::move(decided.response);
  }
  return concluded(db().commit(), std::exchange(owed_, {})) ? std::move(decided.response) : unavailable();
}

bool Core::concluded(bool durable, const Signals& owed) {
  if (!durable) {
    probes.reached(Probe::commit_fails);
    ports.trace->note("directory", "the store failed: " + db().failure());
    return false;
  }
  for (const auto& system : owed.devices) connections.wake(system);
  if (owed.mail) mail_queued.notify_all();
  if (owed.agenda) agenda_changed.notify_all();
  if (owed.cloud) cloud_changed.notify_all();
  return true;
}

base::Task<void> Core::commit_group(Core& core) {
  if (!core.group.is_open()) co_return;
  const auto owed = std::exchange(core.owed_, {});
  co_await CommitGroup::commit_beside(core.group);
  static_cast<void>(core.concluded(core.db().failure().empty(), owed));
}

base::Task<void> commit_groups(Core& core) {
  for (;;) {
    // Other tasks may have opened one before this one began to wait.
    if (!core.group.is_open()) co_await core.group.opened.wait("a group to commit");
    if (core.has(Defect::answers_precede_commits)) co_await core.ports.clock->sleep_for(std::chrono::seconds{5});
    co_await Core::commit_group(core);
  }
}

std::string token_digest(const base::Secret& token) { return base::sha256(token.reveal()); }

}  // namespace directory
