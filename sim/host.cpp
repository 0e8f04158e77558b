#include "sim/host.h"

namespace sim {

Host::Host(base::Scheduler& scheduler, std::string name, base::Rng rng, DiskProfile disk)
    : scheduler_(&scheduler),
      name_(std::move(name)),
      rng_(rng),
      clock_(scheduler, base::Duration{0}),
      disk_(rng.fork("disk"), disk),
      power_(scheduler.make_scope(name_ + "'s power")) {}

Host::~Host() {
  scheduler_->kill(*power_);
  if (scope_) scheduler_->kill(*scope_);
}

void Host::start() {
  if (up()) return;
  ++incarnation_;
  scope_ = scheduler_->make_scope(name_);
  program_ = boot_(*this);
}

void Host::crash() {
  if (!up()) return;
  // First of all: closing a database writes and syncs, and a frame may roll back as it goes.
  disk_.power_down();
  scheduler_->kill(*scope_);
  program_.reset();
  disk_.power_up();
}

void Host::crash_inside_change(std::uint64_t change) {
  disk_.power_down_inside(change, [this] {
    // The caller's frames are still on the stack.
    scheduler_->call_at(scheduler_->make_task(power_, "fails"), scheduler_->now(), [this] { crash(); });
  });
}

void Host::spawn(std::string_view task_name, base::Task<void> task) {
  base::spawn(*scheduler_, scope_, task_name, std::move(task));
}

}  // namespace sim
