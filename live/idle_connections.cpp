#include "live/idle_connections.h"

#include <algorithm>
#include <utility>

#include "live/outgoing_connection.h"

namespace live {

IdleConnections::IdleConnections(Loop& loop)
    : scheduler_(&loop.scheduler()),
      scope_(scheduler_->make_scope("idle connections")),
      task_(scheduler_->make_task(scope_, "closes an idle connection")) {}

IdleConnections::~IdleConnections() {
  scheduler_->kill(*scope_);
  for (const auto& idle : idle_) idle.connection->close();
}

std::shared_ptr<OutgoingConnection> IdleConnections::take(const std::string& destination) {
  for (;;) {
    const auto found = std::ranges::find(idle_.rbegin(), idle_.rend(), destination, &Idle::destination);
    if (found == idle_.rend()) return nullptr;
    auto connection = release(std::prev(found.base()));
    if (connection->still_open()) return connection;
    connection->close();
  }
}

void IdleConnections::keep(const std::string& destination, std::shared_ptr<OutgoingConnection> connection) {
  const auto of_one = std::ranges::count(idle_, destination, &Idle::destination);
  if (static_cast<std::size_t>(of_one) >= most_of_one_destination) {
    release(std::ranges::find(idle_, destination, &Idle::destination))->close();
  } else if (idle_.size() >= most) {
    release(idle_.begin())->close();
  }
  const auto* which = connection.get();
  connection->watch([this, which] { close(which); });
  const auto expiry =
      scheduler_->call_at(task_, scheduler_->now() + longest, [this, which] { close(which); });
  idle_.push_back({destination, std::move(connection), expiry});
}

std::shared_ptr<OutgoingConnection> IdleConnections::release(Place place) {
  auto connection = std::move(place->connection);
  scheduler_->drop(place->expiry);
  idle_.erase(place);
  return connection;
}

void IdleConnections::close(const OutgoingConnection* connection) {
  const auto found =
      std::ranges::find_if(idle_, [&](const Idle& idle) { return idle.connection.get() == connection; });
  if (found != idle_.end()) release(found)->close();
}

}  // namespace live
