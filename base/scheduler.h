// The executor every party runs on: an Asio execution context of our own with a ready queue and a timer heap.
// One thread, no I/O and no time source: whoever owns it decides when a timer is due (sim jumps to it, live
// waits for it). Order is (instant, sequence); a polled io_context is two hundred times slower and unfair on
// equal deadlines, which is why there is none here.
//
// Every suspended operation sits in a numbered slot. That is what lets a crash destroy a host's coroutines
// before the objects they refer to, a report name what each task waits for, and a stale wake-up be ignored.
#pragma once

#include <boost/asio/execution.hpp>
#include <boost/asio/execution_context.hpp>

#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/instant.h"
#include "base/rng.h"
#include "base/timer_heap.h"
#include "base/work.h"

namespace base {

class Scheduler;

/// A suspended operation that is to run, and what wakes it.
struct ReadyEntry {
  Ticket ticket;
  Wake wake;
};

/// One incarnation of a host: the owner of tasks. A dead scope's tasks never run again.
class Scope {
 public:
  explicit Scope(std::string name) : name_(std::move(name)) {}
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] bool alive() const { return alive_; }
  [[nodiscard]] bool paused() const { return paused_; }

 private:
  friend class Scheduler;
  std::string name_;
  bool alive_ = true;
  bool paused_ = false;
  std::uint32_t first_slot_ = UINT32_MAX;  ///< of its suspended operations, each of which knows the next; none: UINT32_MAX
  std::vector<ReadyEntry> held_;  ///< what was to run while it was paused, in that order
};

/// A named coroutine, or a chain of callbacks, with its bookkeeping.
struct TaskRecord {
  std::uint32_t references = 0;  ///< not atomic: a scheduler belongs to one thread
  std::uint32_t id = 0;
  std::string_view name;  ///< interned by the scheduler
  std::shared_ptr<Scope> scope;
  std::uint64_t* dispatches = nullptr;  ///< shared by all tasks of that name on hosts of that name
};

/// Shared ownership of a TaskRecord, without the atomic counter of shared_ptr: it is copied for every
/// wake-up.
class TaskRef {
 public:
  TaskRef() = default;
  explicit TaskRef(TaskRecord* record) noexcept : record_(record) { ++record_->references; }
  TaskRef(const TaskRef& other) noexcept : record_(other.record_) {
    if (record_ != nullptr) ++record_->references;
  }
  TaskRef(TaskRef&& other) noexcept : record_(std::exchange(other.record_, nullptr)) {}
  TaskRef& operator=(TaskRef other) noexcept {
    std::swap(record_, other.record_);
    return *this;
  }
  ~TaskRef() {
    if (record_ != nullptr && --record_->references == 0) delete record_;
  }

  TaskRecord* operator->() const { return record_; }
  TaskRecord& operator*() const { return *record_; }
  explicit operator bool() const { return record_ != nullptr; }
  friend bool operator==(const TaskRef& left, const TaskRef& right) noexcept {
    return left.record_ == right.record_;
  }

 private:
  TaskRecord* record_ = nullptr;
};

/// One step of the scheduler, as the digest sees it.
struct Dispatch {
  std::uint64_t id = 0;      ///< 1 for the first
  std::uint64_t parent = 0;  ///< the dispatch that armed or woke it; 0 for the outside
  Instant at{};
  const TaskRecord* task = nullptr;
  std::uint64_t digest = 0;  ///< of everything up to and including the start of this dispatch
};

/// Looks on; must not touch the scheduler.
class DispatchObserver {
 public:
  virtual ~DispatchObserver() = default;
  virtual void dispatched(const Dispatch& dispatch) = 0;
};

struct SchedulerOptions {
  Instant start{};
  /// Set: timers due at one instant fire in an order drawn from this seed instead of the order of arming.
  std::optional<std::uint64_t> shuffle_ties{};
  /// Dispatches before the run is given up; a guard against endless loops.
  std::uint64_t event_budget = 50'000'000;
};

enum class RunEnd {
  quiet,           ///< nothing is ready and no timer is armed
  reached_limit,   ///< everything due up to the limit has run
  stopped,         ///< stop() was called
  counted,         ///< so many dispatches as were asked for have been made
  budget_exceeded  ///< see hottest_tasks()
};

class Scheduler final : public boost::asio::execution_context {
 public:
  class Executor;
  using executor_type = Executor;

  explicit Scheduler(SchedulerOptions options = {});
  ~Scheduler();
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;

  [[nodiscard]] Instant now() const { return now_; }

  // Tasks and scopes
  // ------------------------------------------------------------------------------------------

  [[nodiscard]] std::shared_ptr<Scope> make_scope(std::string name);
  [[nodiscard]] TaskRef make_task(const std::shared_ptr<Scope>& scope, std::string_view name);
  /// Destroys every suspended operation of the scope, and with them its coroutine frames, before it returns.
  void kill(Scope& scope);
  /// Nothing of the scope runs until resume(); what comes due meanwhile then runs, in the order in which it came due.
  void pause(Scope& scope) { scope.paused_ = true; }
  void resume(Scope& scope);
  /// An escaped exception ends the run: run_until() rethrows it with the task's name.
  void task_failed(const TaskRecord& task, std::exception_ptr error);

  // Suspending and waking
  // -------------------------------------------------------------------------------------

  /// Stores the continuation of a suspended operation. `waiting_for` must have static storage.
  Ticket park(const TaskRef& task, Work work, std::string_view waiting_for);
  /// Wakes it with Wake::due at `at`, or as soon as possible where that has passed.
  void arm(Ticket ticket, Instant at);
  /// Wakes it with Wake::notified, through the queue; stale tickets are ignored.
  void wake(Ticket ticket);
  [[nodiscard]] bool is_parked(Ticket ticket) const {
    return ticket.index < slots_.size() && slots_[ticket.index].generation == ticket.generation;
  }
  /// Destroys the operation without running it.
  void drop(Ticket ticket);
  /// Runs a plain callback at `at` as part of `task`.
  Ticket call_at(const TaskRef& task, Instant at, std::move_only_function<void()> callback);

  // Running
  // ---------------------------------------------------------------------------------------------------

  /// Runs everything due up to and including `limit`; then now() is `limit`, unless the run ended earlier: at the latest after
  /// `most` dispatches.
  RunEnd run_until(Instant limit, std::uint64_t most = UINT64_MAX);
  /// Makes run_until() return before the next dispatch.
  void stop() { stopped_ = true; }
  /// The instant of the next dispatch: now() if something is ready; empty if nothing is armed.
  [[nodiscard]] std::optional<Instant> next_due();
  /// Moves now() on without running anything; for a live driver whose clock does not jump to timers. Timers
  /// that it passes fire late, at the now() of the next run.
  void advance_to(Instant instant);

  // Looking on
  // ------------------------------------------------------------------------------------------------

  void observe(DispatchObserver* observer) { observer_ = observer; }
  /// The chained digest over all dispatches and everything mixed in by mix().
  [[nodiscard]] std::uint64_t digest() const { return digest_.value(); }
  void mix(std::uint64_t word) { digest_.mix(word); }
  void mix(std::string_view bytes) { digest_.mix(bytes); }
  [[nodiscard]] std::uint64_t dispatches() const { return dispatches_; }
  [[nodiscard]] std::uint64_t current_dispatch() const { return current_; }

  struct Pending {
    std::string scope;
    std::string task;
    std::string_view waiting_for;
    Instant until{};
    bool timed = false;
  };
  /// Every task with a suspended operation, in order of task id.
  [[nodiscard]] std::vector<Pending> pending() const;

  struct Hot {
    std::string task;  ///< "scope: name", summed over tasks of that name
    std::uint64_t dispatches = 0;
  };
  /// The names with the most dispatches so far, hottest first.
  [[nodiscard]] std::vector<Hot> hottest_tasks(std::size_t most) const;

 private:
  friend class Executor;

  static constexpr std::uint32_t no_slot = UINT32_MAX;

  struct Slot {
    Work work;
    TaskRef task;
    std::string_view waiting_for;
    std::uint64_t parent = 0;
    Instant due{};
    std::uint32_t generation = 1;
    std::uint32_t previous = no_slot;  ///< of the same scope
    std::uint32_t next = no_slot;
    bool occupied = false;
    bool armed = false;
  };

  void push_ready(const TaskRef& task, Work work);
  void dispatch(Ticket ticket, Wake wake);
  Work release(std::uint32_t index);
  /// Into the list of its scope, and out of it.
  void link(std::uint32_t index);
  void unlink(std::uint32_t index);
  void clear_graveyard();

  Instant now_;
  std::uint64_t event_budget_;
  std::optional<Rng> tie_rng_;
  TimerHeap timers_;
  std::deque<ReadyEntry> ready_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_slots_;
  std::vector<Work> graveyard_;  ///< frames of dead scopes, destroyed once the running dispatch is over
  std::map<std::string, std::uint64_t, std::less<>> dispatches_by_name_;
  Digest digest_;
  DispatchObserver* observer_ = nullptr;
  std::uint64_t sequence_ = 0;
  std::uint64_t dispatches_ = 0;
  std::uint64_t current_ = 0;
  std::uint32_t next_task_id_ = 0;
  bool stopped_ = false;
  bool clearing_ = false;
  bool closing_ = false;
  std::exception_ptr failure_;
  std::string failed_task_;
};

/// What Asio sees: a scheduler and the task on whose behalf work is done.
class Scheduler::Executor {
 public:
  Executor(Scheduler& scheduler, TaskRef task) : scheduler_(&scheduler), task_(std::move(task)) {}

  [[nodiscard]] Scheduler& scheduler() const { return *scheduler_; }
  [[nodiscard]] const TaskRef& task() const { return task_; }

  [[nodiscard]] Scheduler& query(boost::asio::execution::context_t) const noexcept { return *scheduler_; }
  static constexpr boost::asio::execution::blocking_t query(boost::asio::execution::blocking_t) noexcept {
    return boost::asio::execution::blocking.never;
  }
  static constexpr boost::asio::execution::relationship_t query(
      boost::asio::execution::relationship_t) noexcept {
    return boost::asio::execution::relationship.fork;
  }
  static constexpr boost::asio::execution::outstanding_work_t query(
      boost::asio::execution::outstanding_work_t) noexcept {
    return boost::asio::execution::outstanding_work.untracked;
  }

  template <class F>
  void execute(F function) const {
    scheduler_->push_ready(task_,
                           Work{[function = std::move(function)](Wake) mutable { std::move(function)(); }});
  }

  friend bool operator==(const Executor& left, const Executor& right) noexcept {
    return left.scheduler_ == right.scheduler_ && left.task_ == right.task_;
  }

 private:
  Scheduler* scheduler_;
  TaskRef task_;
};

using Executor = Scheduler::Executor;

}  // namespace base
