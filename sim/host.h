// A host: a name on the network, a clock that may be wrong, a disk, and a program that runs until the host
// crashes and is built anew when it restarts. What must survive a crash is on the disk or outside the
// program.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/http_service.h"
#include "base/rng.h"
#include "base/task.h"
#include "sim/disk.h"

namespace sim {

/// The world's time plus a skew, which may grow or shrink as time goes by. Who sleeps when it is set wakes when it would have.
class HostClock final : public base::Clock {
 public:
  HostClock(base::Scheduler& scheduler, base::Duration skew) : scheduler_(&scheduler), skew_(skew) {}

  [[nodiscard]] base::Instant now() const override { return scheduler_->now() + skew_ + gained(scheduler_->now() - set_at_); }
  [[nodiscard]] base::Sleep sleep_until(base::Instant at) override { return {*scheduler_, to_world(at)}; }
  /// The first instant of the world at which this clock shows `at`.
  [[nodiscard]] base::Instant to_world(base::Instant at) const override;

  void set_skew(base::Duration skew) { set(skew, {}); }
  /// Off by `skew` now, and from now on gaining so much in a day of the world; less than a day either way.
  void set(base::Duration skew, base::Duration gains_a_day);

 private:
  /// By which it has moved on more than the world in `span`; rounded down.
  [[nodiscard]] base::Duration gained(base::Duration span) const { return gains_a_day_.count() == 0 ? gains_a_day_ : scaled(span); }
  [[nodiscard]] base::Duration scaled(base::Duration span) const;

  base::Scheduler* scheduler_;
  base::Duration skew_;
  base::Duration gains_a_day_{0};
  base::Instant set_at_{};
};

/// What runs on a host. Its destructor must not suspend, send or write: on a crash it gets no last word.
class Program {
 public:
  virtual ~Program() = default;
  /// What the host listens with; null for a host that only sends.
  virtual base::HttpService* service() { return nullptr; }
};

/// Lends its host a service whose state outlives it; without one the host only sends.
class ServiceProgram final : public Program {
 public:
  explicit ServiceProgram(base::HttpService* service = nullptr) : service_(service) {}
  base::HttpService* service() override { return service_; }

 private:
  base::HttpService* service_;
};

/// Listens with a service of its own, which ends with the incarnation.
class OwningProgram final : public Program {
 public:
  explicit OwningProgram(std::unique_ptr<base::HttpService> service) : service_(std::move(service)) {}
  base::HttpService* service() override { return service_.get(); }

 private:
  std::unique_ptr<base::HttpService> service_;
};

class Host {
 public:
  using Boot = std::function<std::unique_ptr<Program>(Host&)>;

  Host(base::Scheduler& scheduler, std::string name, base::Rng rng, DiskProfile disk);
  ~Host();
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  /// Sets what start() builds; called once, before the first start.
  void install(Boot boot) { boot_ = std::move(boot); }
  void start();
  /// Cuts the power: unsynced writes are gone and the disk refuses every call; then coroutines and at last
  /// the program are destroyed.
  void crash();
  /// Crashes inside the n-th change of its disk from now, counted from 1. What the program does until it next suspends
  /// reaches neither the disk nor the network.
  void crash_inside_change(std::uint64_t change);
  /// Whether the power has failed inside a call that has not come back yet.
  [[nodiscard]] bool dying() const { return up() && !disk_.powered(); }

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] bool up() const { return program_ != nullptr; }
  /// Nothing on the host goes on, and what arrives waits, until resume() or a crash.
  void pause();
  void resume();
  [[nodiscard]] bool paused() const { return up() && scope_->paused(); }
  [[nodiscard]] base::HttpService* service() const { return program_ ? program_->service() : nullptr; }
  [[nodiscard]] const std::shared_ptr<base::Scope>& scope() const { return scope_; }
  [[nodiscard]] base::Scheduler& scheduler() const { return *scheduler_; }
  [[nodiscard]] HostClock& clock() { return clock_; }
  [[nodiscard]] SimulatedDisk& disk() { return disk_; }
  /// A stream of this host's; every incarnation draws from streams of its own.
  [[nodiscard]] base::Rng rng(std::string_view stream) const { return rng_.fork(stream, incarnation_); }

  /// Starts a named task that dies with this incarnation.
  void spawn(std::string_view task_name, base::Task<void> task);

 private:
  base::Scheduler* scheduler_;
  std::string name_;
  base::Rng rng_;
  HostClock clock_;
  SimulatedDisk disk_;
  Boot boot_;
  std::uint64_t incarnation_ = 0;
  std::shared_ptr<base::Scope> power_;  ///< outlives every incarnation
  std::shared_ptr<base::Scope> scope_;
  std::unique_ptr<Program> program_;
};

}  // namespace sim
