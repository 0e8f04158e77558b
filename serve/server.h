// A world, its ports, its control port and the loop that all of it runs on: one thread, in which the world and the sockets
// have their turns.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "live/wall_clock.h"
#include "serve/clockwork.h"
#include "serve/control.h"
#include "serve/gates.h"
#include "serve/served_world.h"

namespace serve {

struct ServerOptions {
  WorldPlan plan{};
  GateOptions gates{};
  std::uint16_t control_port = 0;  ///< on 127.0.0.1; 0: a free one
  ClockMode mode{};
  std::string version{};
  std::function<void(const std::string&)> log{};  ///< a line for each request; none: silent
};

class Server {
 public:
  /// Builds the world and listens. An error says what is in the way.
  [[nodiscard]] static base::Result<std::unique_ptr<Server>> start(ServerOptions options);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] Settings settings();
  /// Until SIGTERM or SIGINT; what can still be answered then is.
  void run();

 private:
  explicit Server(ServerOptions options);
  base::Result<void> listen();
  void arrived(Gates::Ticket ticket, Admitted admitted);
  void deliver();
  void look_after_connections();
  [[nodiscard]] base::Duration idle_time();
  void begin_to_end();
  /// Whether nothing of what is being asked can be answered any more, or it has taken too long.
  [[nodiscard]] bool has_ended();

  ServerOptions options_;
  live::TimeSources time_ = live::system_time();
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  std::unique_ptr<ServedWorld> world_;
  std::unique_ptr<Clockwork> clockwork_;
  std::unique_ptr<Gates> gates_;
  std::unique_ptr<live::HttpHost> control_host_;
  std::unique_ptr<Control> control_;
  std::map<std::uint64_t, Gates::Ticket> asking_;  ///< by the world's number
  boost::asio::signal_set signals_;
  base::Duration next_round_{0};
  bool ending_ = false;
  base::Duration ends_at_{0};
};

}  // namespace serve
