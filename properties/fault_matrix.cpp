#include "properties/fault_matrix.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "properties/invariants/history.h"
#include "properties/operation.h"

namespace properties {
namespace {

using scenarios::FaultCell;
using scenarios::FaultPhase;
using sim::Exchange;

/// Faults that befall an exchange after the request has been processed.
constexpr std::array<std::string_view, 6> after_processing{"lose_response", "delay_response", "duplicate", "reset_after", "answer_after", "truncate"};
/// What nobody injects into a single exchange: a host is down or cut off, or does not answer in time.
constexpr std::array<std::string_view, 4> of_outages{"cut_off", "down", "crash", "time_out"};

bool is_refused(int status) { return status == 429 || status >= 500; }

/// A fault and its phase; nothing where all went well.
using Met = std::optional<std::pair<std::string, FaultPhase>>;

Met met_by_status(int status) {
  if (!is_refused(status)) return std::nullopt;
  return std::pair{std::string(status == 429 ? "status_429" : "status_5xx"), FaultPhase::before};
}

Met met_by(const Exchange& exchange) {
  if (!exchange.fault.empty()) {
    const std::string fault(exchange.fault);
    if (std::ranges::find(after_processing, exchange.fault) != after_processing.end()) return std::pair{fault, FaultPhase::after};
    if (std::ranges::find(of_outages, exchange.fault) != of_outages.end()) return std::pair{fault, FaultPhase::outage};
    if (exchange.fault != "loss") return std::pair{fault, FaultPhase::before};
    return exchange.delivered ? std::pair{std::string("loss_of_answer"), FaultPhase::after} : std::pair{std::string("loss_of_request"), FaultPhase::before};
  }
  if (!exchange.result) return std::nullopt;
  const auto& result = *exchange.result;
  if (!result) return std::pair{std::string("time_out"), FaultPhase::outage};
  return met_by_status(result->status);
}

bool went_well(const Exchange& exchange) {
  return exchange.result && exchange.result->has_value() && !exchange.distorted && !is_refused((*exchange.result)->status);
}

class Matrix {
 public:
  void add(const Exchange& exchange) {
    const auto met = met_by(exchange);
    note(exchange, operation_of(exchange.to, exchange.request.method, exchange.request.target), met);
    if (exchange.to != "graph" || !exchange.request.target.ends_with("/$batch")) return;
    for (const auto& part : graph_requests(exchange)) {
      auto own = met;
      if (!own && part.status) own = met_by_status(*part.status);
      note(exchange, operation_of(exchange.to, part.method, part.path), own);
    }
  }

  std::set<FaultCell> take() { return std::move(cells_); }

 private:
  void note(const Exchange& exchange, const std::string& operation, const Met& met) {
    cells_.insert({operation, "", FaultPhase::sent});
    const auto link = std::pair(exchange.from, operation);
    if (met) {
      cells_.insert({operation, met->first, met->second});
      open_[link].insert(met->first);
      return;
    }
    const auto found = open_.find(link);
    if (found == open_.end() || !went_well(exchange)) return;
    for (const auto& fault : found->second) cells_.insert({operation, fault, FaultPhase::healed});
    open_.erase(found);
  }

  std::set<FaultCell> cells_;
  std::map<std::pair<std::string, std::string>, std::set<std::string>> open_;  ///< by sender and operation: faults that it has not got over yet
};

}  // namespace

std::set<FaultCell> fault_cells(const std::deque<Exchange>& exchanges) {
  Matrix matrix;
  for (const auto& exchange : exchanges) {
    if (!is_own_look(exchange) && exchange.concluded) matrix.add(exchange);
  }
  return matrix.take();
}

}  // namespace properties
