// Connections between two exchanges, kept for the next one to the same destination: few, for a short time,
// and none that the peer has closed.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "live/loop.h"

namespace live {

class OutgoingConnection;

class IdleConnections {
 public:
  static constexpr std::size_t most_of_one_destination = 8;
  static constexpr std::size_t most = 64;
  static constexpr base::Duration longest = std::chrono::seconds{15};

  explicit IdleConnections(Loop& loop);
  /// Closes them.
  ~IdleConnections();
  IdleConnections(const IdleConnections&) = delete;
  IdleConnections& operator=(const IdleConnections&) = delete;

  /// The one that was used last; null: there is none.
  std::shared_ptr<OutgoingConnection> take(const std::string& destination);
  /// Where there are too many, the one that has been idle for longest is closed.
  void keep(const std::string& destination, std::shared_ptr<OutgoingConnection> connection);

 private:
  struct Idle {
    std::string destination;
    std::shared_ptr<OutgoingConnection> connection;
    base::Ticket expiry;
  };
  using Place = std::vector<Idle>::iterator;

  /// The caller's from now on.
  std::shared_ptr<OutgoingConnection> release(Place place);
  void close(const OutgoingConnection* connection);

  base::Scheduler* scheduler_;
  std::shared_ptr<base::Scope> scope_;
  base::TaskRef task_;
  std::vector<Idle> idle_;  ///< idle for longest first
};

}  // namespace live
