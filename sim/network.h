// A message-level network: a request and its response each take a latency drawn from the link's range, or are
// lost, or one of the faults of network_faults.h befalls them. There are no connections or packets; what software must cope
// with is whether a message was applied.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/carriage.h"
#include "base/http_transport.h"
#include "base/rng.h"
#include "sim/host.h"
#include "sim/network_faults.h"
#include "sim/recorder.h"

namespace sim {

struct LinkProfile {
  base::Duration latency_low = std::chrono::milliseconds{20};
  base::Duration latency_high = std::chrono::milliseconds{80};
  base::Ratio loss;

  bool operator==(const LinkProfile&) const = default;
};

class Network {
 public:
  Network(base::Scheduler& scheduler, base::Rng rng, Recorder& recorder, base::Carriage& carriage);
  ~Network();
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  /// Requests whose Host field is `dns_name` and that are sent from now on go to `host`, while it is up.
  void bind(std::string dns_name, Host& host);
  void set_profile(const LinkProfile& profile) { profile_ = profile; }
  [[nodiscard]] const LinkProfile& profile() const { return profile_; }
  /// While set, every message between the two hosts is lost, in both directions.
  void partition(std::string_view left, std::string_view right, bool apart);

  /// While set, every message from and to that host is lost.
  void isolate(std::string_view host, bool cut_off);
  /// Befalls exchanges that are sent from now on.
  void inject(FaultRule rule) { faults_.add(std::move(rule)); }
  /// Ends all injected faults; those that have befallen an exchange take their course.
  void mend() { faults_.clear(); }

  /// What was injected and has happened, and how often.
  [[nodiscard]] const std::map<Befallen, std::uint64_t>& befallen() const { return faults_.befallen(); }

  /// How `from` sends; lives as long as the network.
  [[nodiscard]] base::HttpTransport& transport(Host& from);

  struct Pending {
    std::string from;
    std::string to;
    std::string what;  ///< method and path
    base::Instant since{};
  };
  /// Exchanges that have not concluded; for reports of stuck runs.
  [[nodiscard]] std::vector<Pending> pending() const;

 private:
  struct Flight;
  class HostTransport;

  base::Task<base::HttpResult> send(Host& from, base::HttpRequest request, base::Duration timeout);
  /// One exchange, and what befalls it.
  base::Task<base::HttpResult> exchange(Host& from, base::HttpRequest request, base::Duration timeout, std::optional<FaultRule> fault);
  static base::Task<void> send_copy(Network& network, Host& from, base::HttpRequest request, base::Duration timeout);
  void depart(const std::shared_ptr<Flight>& flight, base::HttpRequest request, base::Duration delay);
  void deliver(const std::shared_ptr<Flight>& flight, base::HttpRequest request);
  void answer(const std::shared_ptr<Flight>& flight, base::HttpResponse response);
  void conclude_later(const std::shared_ptr<Flight>& flight, base::HttpResult result);
  [[nodiscard]] bool passes(const Flight& flight);
  [[nodiscard]] bool apart(const Flight& flight) const;
  [[nodiscard]] base::Duration latency(const Flight& flight);
  static base::Task<void> serve(Network& network, std::shared_ptr<Flight> flight, Host& host,
                                base::HttpService& service, base::HttpRequest request);

  base::Scheduler* scheduler_;
  base::Rng rng_;
  Recorder* recorder_;
  base::Carriage* carriage_;
  LinkProfile profile_;
  FaultRules faults_;
  std::shared_ptr<base::Scope> scope_;
  base::TaskRef wire_;
  std::map<std::string, Host*, std::less<>> names_;
  std::map<std::string, std::unique_ptr<base::HttpTransport>, std::less<>> transports_;
  std::map<std::pair<std::string, std::string>, base::Rng> links_;
  std::set<std::pair<std::string, std::string>> partitions_;
  std::set<std::string, std::less<>> isolated_;
  std::map<std::uint64_t, std::weak_ptr<Flight>> flights_;
};

}  // namespace sim
