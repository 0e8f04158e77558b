#include "base/scheduler.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace base {

Scheduler::Scheduler(SchedulerOptions options) : now_(options.start), event_budget_(options.event_budget) {
  if (options.shuffle_ties) tie_rng_.emplace(*options.shuffle_ties);
}

Scheduler::~Scheduler() {
  // Frames run destructors that may still post or wake; with closing_ set that destroys instead of queueing.
  closing_ = true;
  for (std::uint32_t i = 0; i < slots_.size(); ++i) {
    if (slots_[i].occupied) release(i).reset();
  }
  clear_graveyard();
  shutdown();
  destroy();
}

std::shared_ptr<Scope> Scheduler::make_scope(std::string name) {
  return std::make_shared<Scope>(std::move(name));
}

TaskRef Scheduler::make_task(const std::shared_ptr<Scope>& scope, std::string_view name) {
  const auto counter = dispatches_by_name_.try_emplace(fmt::format("{}: {}", scope->name(), name), 0).first;
  auto* record = new TaskRecord;
  record->id = ++next_task_id_;
  record->name = std::string_view(counter->first).substr(scope->name().size() + 2);
  record->scope = scope;
  record->dispatches = &counter->second;
  return TaskRef{record};
}

void Scheduler::kill(Scope& scope) {
  scope.alive_ = false;
  // Asio unwinds a coroutine by posting its frames to their executor, which buries them here. What is buried
  // from now on is suspended, unlike what the running dispatch may have buried before, and goes before we
  // return.
  auto buried_before = std::exchange(graveyard_, {});
  std::vector<std::uint32_t> parked;
  for (auto index = scope.first_slot_; index != no_slot; index = slots_[index].next) parked.push_back(index);
  std::ranges::sort(parked);
  // The end of one may end another.
  for (const auto index : parked) {
    if (slots_[index].occupied && slots_[index].task->scope.get() == &scope) release(index).reset();
  }
  while (!graveyard_.empty()) std::exchange(graveyard_, {});
  graveyard_ = std::move(buried_before);
}

void Scheduler::resume(Scope& scope) {
  scope.paused_ = false;
  const auto held = std::exchange(scope.held_, {});
  ready_.insert(ready_.end(), held.begin(), held.end());
}

void Scheduler::task_failed(const TaskRecord& task, std::exception_ptr error) {
  if (!failure_) {
    failure_ = std::move(error);
    failed_task_ = fmt::format("{}: {}", task.scope->name(), task.name);
  }
  stopped_ = true;
}

Ticket Scheduler::park(const TaskRef& task, Work work, std::string_view waiting_for) {
  if (closing_ || !task->scope->alive()) {
    // The caller may be a coroutine whose frame holds the operation being started: destroy it later.
    graveyard_.push_back(std::move(work));
    return {};
  }
  std::uint32_t index = 0;
  if (free_slots_.empty()) {
    index = static_cast<std::uint32_t>(slots_.size());
    slots_.emplace_back();
  } else {
    index = free_slots_.back();
    free_slots_.pop_back();
  }
  auto& slot = slots_[index];
  slot.work = std::move(work);
  slot.task = task;
  slot.waiting_for = waiting_for;
  slot.parent = current_;
  slot.occupied = true;
  slot.armed = false;
  link(index);
  return {index, slot.generation};
}

void Scheduler::link(std::uint32_t index) {
  auto& slot = slots_[index];
  auto& first = slot.task->scope->first_slot_;
  slot.previous = no_slot;
  slot.next = first;
  if (first != no_slot) slots_[first].previous = index;
  first = index;
}

void Scheduler::unlink(std::uint32_t index) {
  const auto& slot = slots_[index];
  (slot.previous != no_slot ? slots_[slot.previous].next : slot.task->scope->first_slot_) = slot.next;
  if (slot.next != no_slot) slots_[slot.next].previous = slot.previous;
}

void Scheduler::arm(Ticket ticket, Instant at) {
  if (!is_parked(ticket)) return;
  auto& slot = slots_[ticket.index];
  slot.armed = true;
  slot.due = std::max(at, now_);
  slot.parent = current_;
  ++sequence_;
  const auto order = tie_rng_ ? (tie_rng_->next() << 32 | (sequence_ & 0xFFFFFFFFU)) : sequence_;
  timers_.push({slot.due, order, ticket});
}

void Scheduler::wake(Ticket ticket) {
  if (!is_parked(ticket)) return;
  auto& slot = slots_[ticket.index];
  slot.parent = current_;
  slot.waiting_for = {};
  slot.armed = false;
  // The generation moves on, so that neither its timer nor a second wake() can resume it again.
  ready_.push_back({{ticket.index, ++slot.generation}, Wake::notified});
}

void Scheduler::drop(Ticket ticket) {
  if (is_parked(ticket)) release(ticket.index).reset();
}

Ticket Scheduler::call_at(const TaskRef& task, Instant at, std::move_only_function<void()> callback) {
  const auto ticket =
      park(task, Work{[callback = std::move(callback)](Wake) mutable { callback(); }}, "a point in time");
  arm(ticket, at);
  return ticket;
}

void Scheduler::push_ready(const TaskRef& task, Work work) {
  const auto ticket = park(task, std::move(work), {});
  if (!is_parked(ticket)) {
    if (current_ == 0) clear_graveyard();
    return;
  }
  ready_.push_back({ticket, Wake::notified});
}

Work Scheduler::release(std::uint32_t index) {
  auto& slot = slots_[index];
  Work work = std::move(slot.work);
  unlink(index);
  slot.task = {};
  slot.occupied = false;
  ++slot.generation;
  free_slots_.push_back(index);
  return work;
}

void Scheduler::clear_graveyard() {
  if (clearing_) return;
  clearing_ = true;
  // Destroying a frame may bury more of them.
  while (!graveyard_.empty()) std::exchange(graveyard_, {});
  clearing_ = false;
}

void Scheduler::dispatch(Ticket ticket, Wake wake) {
  const TaskRef task = slots_[ticket.index].task;
  if (task->scope->paused_) {
    task->scope->held_.push_back({ticket, wake});
    return;
  }
  const auto parent = slots_[ticket.index].parent;
  auto work = release(ticket.index);
  current_ = ++dispatches_;
  ++*task->dispatches;
  digest_.mix(static_cast<std::uint64_t>(now_.time_since_epoch().count()));
  digest_.mix(parent << 24 ^ task->id << 1 ^ static_cast<std::uint64_t>(wake));
  if (observer_ != nullptr) observer_->dispatched({current_, parent, now_, &*task, digest_.value()});
  std::move(work)(wake);
  current_ = 0;
  clear_graveyard();
}

RunEnd Scheduler::run_until(Instant limit, std::uint64_t most) {
  stopped_ = failure_ != nullptr;
  auto end = RunEnd::stopped;
  const auto last = most > UINT64_MAX - dispatches_ ? UINT64_MAX : dispatches_ + most;
  while (!stopped_) {
    if (dispatches_ >= last) {
      end = RunEnd::counted;
      break;
    }
    if (!ready_.empty()) {
      const auto entry = ready_.front();
      ready_.pop_front();
      if (!is_parked(entry.ticket)) continue;
      if (dispatches_ >= event_budget_) {
        ready_.push_front(entry);
        end = RunEnd::budget_exceeded;
        break;
      }
      dispatch(entry.ticket, entry.wake);
      continue;
    }
    const auto due = next_due();
    if (!due) {
      end = RunEnd::quiet;
      break;
    }
    if (*due > limit) {
      now_ = std::max(now_, limit);
      end = RunEnd::reached_limit;
      break;
    }
    if (dispatches_ >= event_budget_) {
      end = RunEnd::budget_exceeded;
      break;
    }
    const auto ticket = timers_.top().ticket;
    timers_.pop();
    now_ = std::max(now_, *due);
    dispatch(ticket, Wake::due);
  }
  if (failure_) {
    try {
      std::rethrow_exception(std::exchange(failure_, nullptr));
    } catch (const std::exception& error) {
      throw std::runtime_error(fmt::format("task '{}' failed: {}", failed_task_, error.what()));
    }
  }
  return end;
}

std::optional<Instant> Scheduler::next_due() {
  for (const auto& entry : ready_) {
    if (is_parked(entry.ticket)) return now_;
  }
  while (!timers_.empty() && !is_parked(timers_.top().ticket)) timers_.pop();
  if (timers_.empty()) return std::nullopt;
  return timers_.top().at;
}

void Scheduler::advance_to(Instant instant) {
  now_ = std::max(now_, instant);
}

std::vector<Scheduler::Pending> Scheduler::pending() const {
  std::map<std::pair<std::uint32_t, std::size_t>, Pending> found;
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    const auto& slot = slots_[i];
    if (!slot.occupied) continue;
    found.try_emplace({slot.task->id, i}, slot.task->scope->name(), std::string(slot.task->name),
                      slot.waiting_for, slot.armed ? slot.due : Instant{}, slot.armed);
  }
  std::vector<Pending> out;
  for (auto& [key, pending] : found) out.push_back(std::move(pending));
  return out;
}

std::vector<Scheduler::Hot> Scheduler::hottest_tasks(std::size_t most) const {
  std::vector<Hot> out;
  for (const auto& [name, count] : dispatches_by_name_) out.push_back({name, count});
  std::ranges::sort(out, [](const Hot& left, const Hot& right) {
    return left.dispatches != right.dispatches ? left.dispatches > right.dispatches : left.task < right.task;
  });
  if (out.size() > most) out.resize(most);
  return out;
}

}  // namespace base
