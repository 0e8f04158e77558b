#include "serve/server.h"

#include <fmt/format.h>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <utility>

#include "base/http_date.h"
#include "live/listen_problem.h"
#include "serve/refusal.h"

namespace serve {
namespace {

/// So often connections that do not move are looked for.
constexpr base::Duration round_of_looks = std::chrono::seconds{30};
constexpr base::Duration last_moments = std::chrono::seconds{1};
constexpr base::Duration look_at_the_end = std::chrono::milliseconds{5};
constexpr std::size_t most_control_connections = 64;
/// Requests from outside that the world has not answered: beyond, they are told to come again.
constexpr std::size_t most_asking = 1'000;

}  // namespace

Server::Server(ServerOptions options)
    : options_(std::move(options)), work_(context_.get_executor()), signals_(context_), next_round_(time_.steady() + round_of_looks) {}

Server::~Server() = default;

base::Result<std::unique_ptr<Server>> Server::start(ServerOptions options) {
  std::unique_ptr<Server> server(new Server(std::move(options)));
  // The ports first: who cannot have them need not build a world.
  if (auto listening = server->listen(); !listening) return std::unexpected(listening.error());
  auto world = ServedWorld::make(server->options_.plan);
  if (!world) return std::unexpected(world.error());
  server->world_ = *std::move(world);
  server->clockwork_ = std::make_unique<Clockwork>(*server->world_, server->options_.mode, server->time_.steady);
  server->control_ = std::make_unique<Control>(
      *server->world_, *server->clockwork_, [self = server.get()] { return self->settings(); }, server->options_.version,
      [self = server.get()](Control::RequestId id, const base::HttpResponse& response) { self->control_host_->respond(id, response); });
  // Before anybody is told that it is there.
  server->signals_.add(SIGTERM);
  server->signals_.add(SIGINT);
  server->signals_.async_wait([self = server.get()](const boost::system::error_code& error, int) {
    if (!error) self->begin_to_end();
  });
  return server;
}

base::Result<void> Server::listen() {
  auto gates = Gates::open(context_, options_.gates, [this](Gates::Ticket ticket, Admitted admitted) { arrived(ticket, std::move(admitted)); });
  if (!gates) return std::unexpected(gates.error());
  gates_ = *std::move(gates);
  try {
    control_host_ = std::make_unique<live::HttpHost>(
        context_, live::HttpHostOptions{.port = options_.control_port, .most_connections = most_control_connections},
        [this](live::HttpHost::RequestId id, const base::HttpRequest& request) { control_->take(id, request); });
  } catch (const boost::system::system_error& error) {
    return base::fail(live::listen_problem("127.0.0.1", options_.control_port, error.code()));
  }
  return {};
}

Settings Server::settings() {
  auto places = gates_->places();
  places.control = fmt::format("http://localhost:{}", control_host_->port());
  return make_settings(places, world_->accounts());
}

void Server::arrived(Gates::Ticket ticket, Admitted admitted) {
  if (asking_.size() >= most_asking) {
    gates_->respond(ticket, refusal(admitted.party, 503, "Too many requests are waiting for an answer; move the clock at the control port."));
    return;
  }
  if (options_.log)
    options_.log(fmt::format("{} {} {} {}", base::to_rfc3339(world_->now()), info_of(admitted.party).name, admitted.request.method,
                             admitted.request.target.substr(0, admitted.request.target.find('?'))));
  const auto id = world_->ask(admitted.party, std::move(admitted.request));
  asking_.emplace(id, ticket);
  clockwork_->begun(id);
}

void Server::deliver() {
  for (auto& answer : world_->take_answers()) {
    clockwork_->concluded(answer.id);
    const auto found = asking_.find(answer.id);
    if (found == asking_.end()) continue;
    if (answer.result) {
      if (!answer.result->headers.find("Date")) answer.result->headers.add("Date", base::to_http_date(world_->now()));
      gates_->respond(found->second, *answer.result);
    } else {
      gates_->abandon(found->second);
    }
    asking_.erase(found);
  }
  control_->settle();
}

void Server::look_after_connections() {
  if (time_.steady() < next_round_) return;
  next_round_ = time_.steady() + round_of_looks;
  gates_->close_stalled();
  control_host_->close_stalled();
}

void Server::begin_to_end() {
  if (std::exchange(ending_, true)) return;
  // From now on the system's own way: a second signal ends the program at once.
  boost::system::error_code ignored;
  signals_.clear(ignored);
  ends_at_ = time_.steady() + last_moments;
  gates_->finish();
  control_host_->finish();
}

bool Server::has_ended() {
  if (!ending_) return false;
  if (time_.steady() >= ends_at_) return true;
  // Who waits for the clock to be moved waits for nobody.
  std::erase_if(asking_, [&](const auto& entry) {
    if (!clockwork_->is_overdue(entry.first)) return false;
    gates_->abandon(entry.second);
    return true;
  });
  return !gates_->busy() && !control_host_->busy();
}

base::Duration Server::idle_time() {
  if (ending_) return look_at_the_end;
  auto time = next_round_ - time_.steady();
  if (const auto due = clockwork_->wait()) time = std::min(time, *due);
  return std::max(time, base::Duration{0});
}

void Server::run() {
  while (!has_ended()) {
    const bool more = clockwork_->turn();
    deliver();
    // What comes in here has its turn next.
    if (!more) context_.run_one_for(idle_time());
    context_.poll();
    look_after_connections();
  }
}

}  // namespace serve
