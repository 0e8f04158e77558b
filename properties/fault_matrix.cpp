#include "properties/fault_matrix.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "properties/invariants/history.h"

namespace properties {
namespace {

using scenarios::FaultCell;
using scenarios::FaultPhase;
using sim::Exchange;

/// From so many characters on a segment with so many digits in it is an id: hexadecimal ones, GUIDs, Okta's.
constexpr std::size_t shortest_id = 16;
constexpr std::ptrdiff_t fewest_digits = 2;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_id(std::string_view segment) {
  const bool numeric = std::ranges::all_of(segment, is_digit);
  const bool long_mix = segment.size() >= shortest_id && std::ranges::count_if(segment, is_digit) >= fewest_digits;
  return numeric || long_mix || segment.find('@') != std::string_view::npos || segment.find('%') != std::string_view::npos;
}

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

std::string operation_of(std::string_view to, std::string_view method, std::string_view target) {
  auto path = target.substr(0, target.find('?'));
  constexpr std::string_view version = "/v1.0";
  if (to == "graph" && path.starts_with(version)) path.remove_prefix(version.size());
  auto out = fmt::format("{}: {} ", to, method);
  while (!path.empty()) {
    path.remove_prefix(1);
    const auto segment = path.substr(0, path.find('/'));
    out += '/';
    out += is_id(segment) && !segment.empty() ? std::string_view("{}") : segment;
    path.remove_prefix(segment.size());
  }
  return out;
}

std::set<FaultCell> fault_cells(const std::deque<Exchange>& exchanges) {
  Matrix matrix;
  for (const auto& exchange : exchanges) {
    if (exchange.from != "inspector" && exchange.concluded) matrix.add(exchange);
  }
  return matrix.take();
}

}  // namespace properties
