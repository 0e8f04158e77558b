#include "directory/server/due_work.h"

#include <algorithm>
#include <array>
#include <optional>

#include "directory/cloud_sync/import_job.h"
#include "directory/groups/dynamic_membership.h"
#include "directory/passwords/password_agenda.h"
#include "directory/users/scheduled_states.h"

namespace directory {
namespace {

struct Agenda {
  std::optional<base::Instant> (*next)(Core& core);
  /// Inside a transaction; does at least one thing that is due.
  void (*work)(Core& core);
};

constexpr std::array agendas{Agenda{next_password_work, do_password_work},
                             Agenda{next_scheduled_state, do_scheduled_states},
                             Agenda{next_group_evaluation, evaluate_due_group},
                             Agenda{next_forgotten_import, forget_imports}};

struct Due {
  base::Instant at;
  const Agenda* agenda;
};

std::optional<Due> next_due(Core& core) {
  std::optional<Due> next;
  for (const auto& agenda : agendas) {
    const auto at = agenda.next(core);
    if (at && (!next || *at < next->at)) next = Due{*at, &agenda};
  }
  return next;
}

}  // namespace

base::Task<void> do_due_work(Core& core) {
  for (;;) {
    const auto due = next_due(core);
    if (!due) {
      co_await core.agenda_changed.wait("something to become due");
      continue;
    }
    if (due->at > core.now()) {
      const bool early = core.fires(FaultPoint::agenda_wakes_early);
      const auto deadline = core.ports.clock->to_world(early ? std::min(due->at, core.now() + std::chrono::minutes{1}) : due->at);
      co_await core.agenda_changed.wait_until(deadline, "what is due next");
      continue;
    }
    core.probes.reached(Probe::work_is_due);
    const auto done = core.transact([&] {
      due->agenda->work(core);
      return base::HttpResponse(204);
    });
    if (!done.ok()) co_return;  // the store is gone; a restart takes the agenda up again
    const auto cost = core.ports.disk->take_cost();
    co_await core.ports.clock->sleep_for(cost);
  }
}

}  // namespace directory
