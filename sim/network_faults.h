// Faults of single exchanges, beside a link's latency and loss: rules that pick some of them and say what becomes of each.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "base/instant.h"
#include "base/ratio.h"
#include "base/rng.h"

namespace sim {

/// What becomes of an exchange.
enum class NetworkFault {
  lose_request,    ///< it never arrives
  lose_response,   ///< it is processed, and the sender hears nothing
  delay_request,   ///< it arrives late, after others that were sent later
  delay_response,  ///< the answer arrives late, perhaps after the sender has given up
  duplicate,       ///< it arrives twice, and the sender hears one of the answers
  refuse,          ///< no connection comes about
  reset_before,    ///< the connection ends before the request has arrived
  reset_after,     ///< the connection ends once the request is processed, before the answer
  answer_instead,  ///< something in between answers, and the receiver learns of nothing
  answer_after,    ///< it is processed, and something in between answers otherwise
  truncate         ///< half of the answer's body arrives
};

/// The names of faults, in their order.
inline constexpr std::array<std::string_view, 11> network_fault_names{
    "lose_request", "lose_response", "delay_request", "delay_response", "duplicate", "refuse",
    "reset_before", "reset_after",   "answer_instead", "answer_after",  "truncate"};

[[nodiscard]] constexpr std::string_view name_of(NetworkFault fault) {
  return network_fault_names[static_cast<std::size_t>(fault)];
}

struct FaultRule {
  NetworkFault fault = NetworkFault::lose_request;
  std::string from;   ///< host; empty: any
  std::string to;     ///< host; empty: any
  std::string match;  ///< `METHOD`, `PATH` or `METHOD PATH`; empty: any. A path is without query, and `*` stands for anything
  std::uint64_t skip = 0;                ///< how many that match are left alone first
  std::optional<std::uint64_t> count{};  ///< how many it befalls; none: all
  base::Ratio ratio{.part = 1, .whole = 1};
  std::optional<base::Instant> until{};  ///< no longer at this instant
  base::Duration delay_low{0};           ///< of delays
  base::Duration delay_high{0};
  std::function<base::HttpResponse(base::Instant)> answer{};  ///< of answer_instead and answer_after, given when it is sent
};

/// A request's target without its query.
[[nodiscard]] std::string_view path_of(const base::HttpRequest& request);

/// Whether a request's method and path are as `match` says.
[[nodiscard]] bool matches(std::string_view match, const base::HttpRequest& request);

/// Something that has happened, and to whom.
struct Befallen {
  NetworkFault fault;
  std::string from;
  std::string to;

  auto operator<=>(const Befallen&) const = default;
};

class FaultRules {
 public:
  /// `rng` is drawn from only for ratios other than 0 and 1, and for delays.
  explicit FaultRules(base::Rng rng) : rng_(rng) {}

  void add(FaultRule rule) { rules_.push_back({.rule = std::move(rule)}); }
  void clear() { rules_.clear(); }
  /// The first rule, in the order in which they were added, that befalls this exchange; null: none does.
  [[nodiscard]] const FaultRule* pick(std::string_view from, std::string_view to, const base::HttpRequest& request, base::Instant now);
  /// How often each has happened so far.
  [[nodiscard]] const std::map<Befallen, std::uint64_t>& befallen() const { return befallen_; }
  [[nodiscard]] base::Duration delay(const FaultRule& rule) { return rng_.between(rule.delay_low, rule.delay_high); }

 private:
  struct Counted {
    FaultRule rule;
    std::uint64_t matched = 0;
    std::uint64_t befallen = 0;
  };

  base::Rng rng_;
  std::vector<Counted> rules_;
  std::map<Befallen, std::uint64_t> befallen_;
};

}  // namespace sim
