#include "sim/host.h"

namespace sim {
namespace {

constexpr base::Duration day = std::chrono::days{1};

/// value * times / by, rounded down; by > 0. The product may need more than 64 bits.
std::int64_t scale_down(std::int64_t value, std::int64_t times, std::int64_t by) {
  __extension__ using Wide = __int128;
  const auto product = static_cast<Wide>(value) * times;
  const auto quotient = product / by;
  return static_cast<std::int64_t>(product % by < 0 ? quotient - 1 : quotient);
}

}  // namespace

void HostClock::set(base::Duration skew, base::Duration gains_a_day) {
  skew_ = skew;
  gains_a_day_ = gains_a_day;
  set_at_ = scheduler_->now();
}

base::Duration HostClock::scaled(base::Duration span) const {
  return base::Duration{scale_down(span.count(), gains_a_day_.count(), day.count())};
}

base::Instant HostClock::to_world(base::Instant at) const {
  if (gains_a_day_.count() == 0) return at - skew_;
  const auto shown = at - skew_ - set_at_;
  // The division is undone to the nanosecond below, and the clock shows `at` at the next one at the latest.
  auto span = base::Duration{scale_down(shown.count(), day.count(), (day + gains_a_day_).count())};
  while (span + scaled(span) < shown) span += base::Duration{1};
  return set_at_ + span;
}

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

void Host::pause() {
  if (up()) scheduler_->pause(*scope_);
}

void Host::resume() {
  if (paused()) scheduler_->resume(*scope_);
}

void Host::spawn(std::string_view task_name, base::Task<void> task) {
  base::spawn(*scheduler_, scope_, task_name, std::move(task));
}

}  // namespace sim
