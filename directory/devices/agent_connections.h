// Which systems hold a poll just now. Nothing of it is stored: a restart ends every poll.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "directory/users/user.h"

namespace directory {

class AgentConnections {
 public:
  /// A poll from its arrival to its answer.
  class Hold {
   public:
    Hold(Hold&& other) noexcept;
    Hold& operator=(Hold&&) = delete;
    ~Hold();

    /// A newer poll of the same system has come: two that wait would answer for each other.
    [[nodiscard]] bool superseded() const;

   private:
    friend class AgentConnections;
    Hold(AgentConnections& connections, std::string system, std::uint64_t number);

    AgentConnections* connections_;
    std::string system_;
    std::uint64_t number_;
  };

  /// At most `most` systems are held; empty beyond that.
  explicit AgentConnections(std::size_t most) : most_(most) {}

  [[nodiscard]] std::optional<Hold> hold(const SystemId& system);
  [[nodiscard]] bool connected(const SystemId& system) const { return held_.contains(system.text()); }

 private:
  std::size_t most_;
  std::uint64_t holds_ = 0;
  /// The number of the newest poll of each system.
  std::map<std::string, std::uint64_t, std::less<>> held_;
};

}  // namespace directory
