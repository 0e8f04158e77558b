// Which systems hold a poll just now, and what wakes each. Nothing of it is stored: a restart ends every poll.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/wait.h"

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
    /// `co_await` it while not superseded: until the system is woken, a newer poll comes, or the deadline.
    [[nodiscard]] base::Event::Wait changed(base::Instant deadline);

   private:
    friend class AgentConnections;
    Hold(AgentConnections& connections, std::string system, std::uint64_t number);

    AgentConnections* connections_;
    std::string system_;
    std::uint64_t number_;
  };

  /// At most `most` systems are held.
  AgentConnections(base::Scheduler& scheduler, std::size_t most) : scheduler_(&scheduler), most_(most) {}

  /// Takes the place of an older poll, which ends; empty where too many systems are held.
  [[nodiscard]] std::optional<Hold> hold(const std::string& system);
  [[nodiscard]] bool connected(std::string_view system) const { return held_.contains(system); }

  void wake(std::string_view system);
  void wake_all();

 private:
  struct Poll {
    explicit Poll(base::Scheduler& scheduler) : changed(scheduler) {}
    std::uint64_t number = 0;  ///< of the newest poll of its system
    base::Event changed;
  };

  base::Scheduler* scheduler_;
  std::size_t most_;
  std::uint64_t holds_ = 0;
  std::map<std::string, Poll, std::less<>> held_;
};

}  // namespace directory
