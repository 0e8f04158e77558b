#include "serve/clockwork.h"

#include <algorithm>

namespace serve {
namespace {

/// Events between two looks at the sockets.
constexpr std::uint64_t most_events_a_turn = 20'000;

}  // namespace

bool Clockwork::is_overdue(std::uint64_t id) const {
  const auto found = graces_.find(id);
  return found != graces_.end() && found->second <= world_->now();
}

void Clockwork::advance_to(base::Instant to) { move_ = Move{.to = std::min(to, last_instant)}; }

void Clockwork::run_until_quiet(base::Duration quiet_for, base::Instant at_most) {
  at_most = std::min(at_most, last_instant);
  move_ = Move{.to = std::min(world_->now() + quiet_for, at_most), .quiet_for = quiet_for, .at_most = at_most, .sent = sent()};
}

base::Instant Clockwork::limit() {
  auto limit = driver_.reach(world_->now());
  if (driver_.mode().stepped()) {
    for (const auto& [id, until] : graces_) limit = std::max(limit, until);
  }
  if (move_) limit = std::max(limit, move_->to);
  return std::min(limit, last_instant);
}

bool Clockwork::turn() {
  const auto end = world_->run_until(limit(), most_events_a_turn);
  const bool was_moving = moving();
  settle_move();
  return end == base::RunEnd::stopped || end == base::RunEnd::counted || was_moving;
}

void Clockwork::settle_move() {
  if (!move_ || world_->now() < move_->to) return;
  if (!move_->quiet_for) return end_move({});
  const auto now_sent = sent();
  if (now_sent == move_->sent) return end_move({.quiet = true});
  if (world_->now() >= move_->at_most) return end_move({.quiet = false});
  move_->sent = now_sent;
  move_->to = std::min(world_->now() + *move_->quiet_for, move_->at_most);
}

void Clockwork::end_move(MoveEnd end) {
  move_.reset();
  ended_ = end;
  driver_.moved_to(world_->now());
}

std::optional<base::Duration> Clockwork::wait() {
  if (driver_.mode().stepped()) return std::nullopt;
  std::optional<base::Instant> due = world_->next_due();
  for (const auto& [id, until] : graces_) {
    if (until > world_->now()) due = std::min(due.value_or(until), until);
  }
  return due ? driver_.wait_for(*due) : std::nullopt;
}

void Clockwork::world_taken_back() {
  graces_.clear();
  if (move_) end_move({.cut_off = true});
  driver_.moved_to(world_->now());
}

}  // namespace serve
