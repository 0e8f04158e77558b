#include "directory/devices/agent_connections.h"

#include <utility>

namespace directory {

AgentConnections::Hold::Hold(AgentConnections& connections, std::string system, std::uint64_t number)
    : connections_(&connections), system_(std::move(system)), number_(number) {}

AgentConnections::Hold::Hold(Hold&& other) noexcept
    : connections_(std::exchange(other.connections_, nullptr)),
      system_(std::move(other.system_)),
      number_(other.number_) {}

AgentConnections::Hold::~Hold() {
  if (connections_ != nullptr && !superseded()) connections_->held_.erase(system_);
}

bool AgentConnections::Hold::superseded() const {
  const auto newest = connections_->held_.find(system_);
  return newest == connections_->held_.end() || newest->second.number != number_;
}

base::Event::Wait AgentConnections::Hold::changed(base::Instant deadline) {
  return connections_->held_.find(system_)->second.changed.wait_until(deadline, "a change for a device");
}

std::optional<AgentConnections::Hold> AgentConnections::hold(const std::string& system) {
  if (held_.size() >= most_ && !connected(system)) return std::nullopt;
  auto& poll = held_.try_emplace(system, *scheduler_).first->second;
  poll.number = ++holds_;
  poll.changed.notify_all();
  return Hold(*this, system, poll.number);
}

void AgentConnections::wake(std::string_view system) {
  if (const auto found = held_.find(system); found != held_.end()) found->second.changed.notify_all();
}

void AgentConnections::wake_all() {
  for (auto& [system, poll] : held_) poll.changed.notify_all();
}

}  // namespace directory
