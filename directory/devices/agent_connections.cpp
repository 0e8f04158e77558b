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
  return newest == connections_->held_.end() || newest->second != number_;
}

std::optional<AgentConnections::Hold> AgentConnections::hold(const SystemId& system) {
  if (held_.size() >= most_ && !connected(system)) return std::nullopt;
  held_[system.text()] = ++holds_;
  return Hold(*this, system.text(), holds_);
}

}  // namespace directory
