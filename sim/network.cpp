#include "sim/network.h"

#include <fmt/format.h>

#include "base/wait.h"

namespace sim {

/// One exchange on its way.
struct Network::Flight {
  Flight(base::Scheduler& scheduler, std::uint64_t id, std::string from, std::string to)
      : id(id), from(std::move(from)), to(std::move(to)), concluded(scheduler) {}

  std::uint64_t id;
  std::string from;
  std::string to;
  Host* host = nullptr;  ///< whom the name stood for when it was sent; null: nobody
  std::string what;
  base::Instant sent{};
  base::Rng* rng = nullptr;  ///< the link's stream
  bool carried = false;      ///< the carriage holds a request that awaits its response
  std::optional<FaultRule> fault;
  std::optional<base::HttpResult> result;
  base::Event concluded;
};

class Network::HostTransport final : public base::HttpTransport {
 public:
  HostTransport(Network& network, Host& from) : network_(&network), from_(&from) {}

  base::Task<base::HttpResult> send(base::HttpRequest request, base::Duration timeout) override {
    return network_->send(*from_, std::move(request), timeout);
  }

 private:
  Network* network_;
  Host* from_;
};

namespace {

base::HttpResult failure(base::TransportFailure::Kind kind, std::string message) {
  return std::unexpected(base::TransportFailure{kind, std::move(message)});
}

}  // namespace

Network::Network(base::Scheduler& scheduler, base::Rng rng, Recorder& recorder, base::Carriage& carriage)
    : scheduler_(&scheduler),
      rng_(rng),
      recorder_(&recorder),
      carriage_(&carriage),
      faults_(rng_.fork("faults")),
      scope_(scheduler.make_scope("network")),
      wire_(scheduler.make_task(scope_, "message")) {}

Network::~Network() {
  scheduler_->kill(*scope_);
}

void Network::bind(std::string dns_name, Host& host) {
  names_.insert_or_assign(std::move(dns_name), &host);
}

void Network::partition(std::string_view left, std::string_view right, bool apart) {
  const std::pair one{std::string(left), std::string(right)};
  const std::pair other{std::string(right), std::string(left)};
  if (apart) {
    partitions_.insert(one);
    partitions_.insert(other);
  } else {
    partitions_.erase(one);
    partitions_.erase(other);
  }
}

void Network::isolate(std::string_view host, bool cut_off) {
  if (cut_off) {
    isolated_.emplace(host);
  } else if (const auto found = isolated_.find(host); found != isolated_.end()) {
    isolated_.erase(found);
  }
}

base::HttpTransport& Network::transport(Host& from) {
  auto& transport = transports_[from.name()];
  if (!transport) transport = std::make_unique<HostTransport>(*this, from);
  return *transport;
}

std::vector<Network::Pending> Network::pending() const {
  std::vector<Pending> out;
  for (const auto& [id, weak] : flights_) {
    if (const auto flight = weak.lock(); flight && !flight->result) {
      out.push_back({flight->from, flight->to, flight->what, flight->sent});
    }
  }
  return out;
}

base::Duration Network::latency(const Flight& flight) {
  return flight.rng->between(profile_.latency_low, profile_.latency_high);
}

bool Network::passes(const Flight& flight) {
  const bool lost = flight.rng->chance(profile_.loss);
  const bool cut_off = !lost && apart(flight);
  if (lost || cut_off) recorder_->befell(flight.id, lost ? "loss" : "cut_off");
  return !lost && !cut_off;
}

bool Network::apart(const Flight& flight) const {
  return isolated_.contains(flight.from) || isolated_.contains(flight.to) || partitions_.contains({flight.from, flight.to});
}

base::Task<base::HttpResult> Network::send(Host& from, base::HttpRequest request, base::Duration timeout) {
  const auto found = names_.find(request.host());
  const auto* rule =
      found == names_.end() ? nullptr : faults_.pick(from.name(), found->second->name(), request, scheduler_->now());
  std::optional<FaultRule> fault;
  if (rule != nullptr) {
    fault = *rule;
    recorder_->note(from.name(), fmt::format("{} befalls {} {} to {}", name_of(fault->fault),
                                             request.method, path_of(request), found->second->name()));
    if (fault->fault == NetworkFault::duplicate)
      base::spawn(*scheduler_, scope_, "a duplicate", send_copy(*this, from, request, timeout));
  }
  return exchange(from, std::move(request), timeout, std::move(fault));
}

base::Task<void> Network::send_copy(Network& network, Host& from, base::HttpRequest request, base::Duration timeout) {
  std::optional<FaultRule> none;
  const auto result = co_await network.exchange(from, std::move(request), timeout, std::move(none));
}

base::Task<base::HttpResult> Network::exchange(Host& from, base::HttpRequest request, base::Duration timeout,
                                               std::optional<FaultRule> fault) {
  using Kind = base::TransportFailure::Kind;
  const auto dns_name = request.host();
  const auto found = names_.find(dns_name);
  const auto to = found == names_.end() ? dns_name : found->second->name();
  const auto flight = std::make_shared<Flight>(*scheduler_, recorder_->request_sent(from.name(), to, request),
                                               from.name(), to);
  flight->what = fmt::format("{} {}", request.method, path_of(request));
  flight->fault = std::move(fault);
  flight->sent = scheduler_->now();
  if (found != names_.end()) flight->host = found->second;
  auto link = links_.find({flight->from, flight->to});
  if (link == links_.end()) {
    link = links_.emplace(std::pair{flight->from, flight->to}, rng_.fork(flight->from + " to " + flight->to))
               .first;
  }
  flight->rng = &link->second;
  if (flight->fault) recorder_->befell(flight->id, name_of(flight->fault->fault));
  flights_.emplace(flight->id, flight);

  const auto delay = latency(*flight);
  if (found == names_.end()) {
    conclude_later(flight, failure(Kind::unreachable, fmt::format("there is no host '{}'", dns_name)));
  } else if (!from.dying() && passes(*flight)) {
    depart(flight, std::move(request), delay);
  }
  const auto deadline = scheduler_->now() + timeout;
  const auto wake = co_await flight->concluded.wait_until(deadline, "an HTTP answer");
  if (wake == base::Wake::due && !flight->result) {
    flight->result = failure(Kind::timed_out, fmt::format("no answer within the time-out"));
  }
  flights_.erase(flight->id);
  recorder_->concluded(flight->id, *flight->result);
  co_return std::move(*flight->result);
}

void Network::depart(const std::shared_ptr<Flight>& flight, base::HttpRequest request, base::Duration delay) {
  using Kind = base::TransportFailure::Kind;
  if (flight->fault) {
    switch (flight->fault->fault) {
      case NetworkFault::lose_request:
        return;
      case NetworkFault::refuse:
        return conclude_later(flight, failure(Kind::unreachable, "connection refused"));
      case NetworkFault::reset_before:
        return conclude_later(flight, failure(Kind::reset, "connection reset"));
      case NetworkFault::answer_instead:
        recorder_->distorted(flight->id);
        return conclude_later(flight, flight->fault->answer(scheduler_->now()));
      case NetworkFault::delay_request:
        delay += faults_.delay(*flight->fault);
        break;
      case NetworkFault::lose_response:
      case NetworkFault::delay_response:
      case NetworkFault::duplicate:
      case NetworkFault::reset_after:
      case NetworkFault::answer_after:
      case NetworkFault::truncate:
        break;
    }
  }
  scheduler_->call_at(wire_, scheduler_->now() + delay, [this, flight, request = std::move(request)]() mutable {
    deliver(flight, std::move(request));
  });
}

void Network::deliver(const std::shared_ptr<Flight>& flight, base::HttpRequest request) {
  Host* host = flight->host;
  auto* service = host->service();
  if (service == nullptr) {
    recorder_->befell(flight->id, "down");
    conclude_later(flight, failure(base::TransportFailure::Kind::unreachable, "connection refused"));
    return;
  }
  recorder_->request_delivered(flight->id);
  flight->carried = true;
  const auto task_name = "answers " + request.method;
  auto carried = carriage_->carry_request(flight->id, host->name(), std::move(request));
  host->spawn(task_name, serve(*this, flight, *host, *service, std::move(carried)));
}

base::Task<void> Network::serve(Network& network, std::shared_ptr<Flight> flight, Host& host,
                                base::HttpService& service, base::HttpRequest request) {
  // Destroyed without an answer, with the frame, when the host crashes: the sender then sees a reset.
  struct Promise {
    Network* network;
    std::shared_ptr<Flight> flight;
    bool kept = false;
    ~Promise() {
      if (kept || !network->scope_->alive()) return;
      network->carriage_->abandon(flight->id);
      network->recorder_->befell(flight->id, "crash");
      network->conclude_later(flight, failure(base::TransportFailure::Kind::reset, "connection reset"));
    }
  };
  Promise promise{&network, std::move(flight)};
  base::HttpResponse response = co_await service.handle(std::move(request));
  if (host.dying()) co_return;
  promise.kept = true;
  network.answer(promise.flight, std::move(response));
}

void Network::answer(const std::shared_ptr<Flight>& flight, base::HttpResponse response) {
  auto delay = latency(*flight);
  if (!passes(*flight)) {
    carriage_->abandon(flight->id);
    return;
  }
  if (flight->fault) {
    switch (flight->fault->fault) {
      case NetworkFault::lose_response:
        return carriage_->abandon(flight->id);
      case NetworkFault::reset_after:
        carriage_->abandon(flight->id);
        return conclude_later(flight, failure(base::TransportFailure::Kind::reset, "connection reset"));
      case NetworkFault::answer_after:
        recorder_->distorted(flight->id);
        carriage_->abandon(flight->id);
        return conclude_later(flight, flight->fault->answer(scheduler_->now()));
      case NetworkFault::delay_response:
        delay += faults_.delay(*flight->fault);
        break;
      case NetworkFault::truncate:
        recorder_->distorted(flight->id);
        response.body.resize(response.body.size() / 2);
        response.headers.remove("Content-Length");
        break;
      case NetworkFault::lose_request:
      case NetworkFault::delay_request:
      case NetworkFault::duplicate:
      case NetworkFault::refuse:
      case NetworkFault::reset_before:
      case NetworkFault::answer_instead:
        break;
    }
  }
  scheduler_->call_at(wire_, scheduler_->now() + delay,
                      [this, flight, response = std::move(response)]() mutable {
                        auto carried = carriage_->carry_response(flight->id, std::move(response));
                        if (flight->result) return;  // the sender has given up
                        flight->result = std::move(carried);
                        flight->concluded.notify_all();
                      });
}

void Network::conclude_later(const std::shared_ptr<Flight>& flight, base::HttpResult result) {
  const auto delay = latency(*flight);
  // Refusals and resets cross no partition either; that there is no such name is known without the other
  // host.
  if (apart(*flight)) return;
  scheduler_->call_at(wire_, scheduler_->now() + delay, [flight, result = std::move(result)]() mutable {
    if (flight->result) return;
    flight->result = std::move(result);
    flight->concluded.notify_all();
  });
}

}  // namespace sim
