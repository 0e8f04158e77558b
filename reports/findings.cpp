#include "reports/findings.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace reports {
namespace {

using scenarios::RunRecord;
using scenarios::Verdict;

constexpr std::size_t exchanges_behind_a_step = 5;

/// Places in `order` that a selection grows from: those of the exchanges behind findings.
std::vector<std::size_t> anchors(const RunRecord& run, const std::vector<std::size_t>& order) {
  std::vector<std::uint64_t> wanted;
  for (const auto& finding : findings_of(run)) {
    for (const auto* exchange : evidence_for(run, finding).exchanges) wanted.push_back(exchange->id);
  }
  std::ranges::sort(wanted);
  std::vector<std::size_t> places;
  for (std::size_t place = 0; place < order.size(); ++place) {
    if (std::ranges::binary_search(wanted, run.exchanges[order[place]].id)) places.push_back(place);
  }
  if (places.empty() && !run.problem.empty() && !order.empty()) places.push_back(order.size() - 1);
  if (places.empty()) places.push_back(0);
  return places;
}

/// Many runs of many years do not fit into a Duration; their sum stops at its end.
base::Duration sum_within_range(base::Duration left, base::Duration right) {
  if (right > base::Duration::max() - left) return base::Duration::max();
  return left + right;
}

}  // namespace

std::vector<std::size_t> in_sending_order(const RunRecord& run) {
  std::vector<std::size_t> order(run.exchanges.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return std::pair(run.exchanges[i].sent, i); });
  return order;
}

std::size_t rank(Verdict verdict) {
  return static_cast<std::size_t>(std::ranges::find(all_verdicts, verdict) - all_verdicts.begin());
}

bool holds(Verdict verdict) {
  return rank(verdict) > rank(Verdict::blocked);
}

std::vector<Finding> findings_of(const RunRecord& run) {
  std::vector<Finding> findings;
  for (std::size_t i = 0; i < run.steps.size(); ++i) {
    if (!holds(run.steps[i].verdict)) findings.push_back({.step = &run.steps[i], .position = i});
  }
  for (std::size_t i = 0; i < run.judgements.size(); ++i) {
    if (!holds(run.judgements[i].verdict))
      findings.push_back({.judgement = &run.judgements[i], .position = i});
  }
  std::ranges::sort(findings, {}, [](const Finding& finding) {
    return std::tuple(rank(finding.verdict()), finding.at(), finding.judgement != nullptr, finding.position);
  });
  return findings;
}

bool needs_attention(const RunRecord& run) {
  const auto fails = [](const auto& record) { return !holds(record.verdict); };
  const bool cut_short = !run.problem.empty() && run.verdict != Verdict::not_applicable;
  return !holds(run.verdict) || cut_short || std::ranges::any_of(run.steps, fails) ||
         std::ranges::any_of(run.judgements, fails);
}

Evidence evidence_for(const RunRecord& run, const Finding& finding) {
  Evidence evidence;
  if (finding.judgement != nullptr) {
    for (const auto id : finding.judgement->exchanges) {
      const auto found = std::ranges::find(run.exchanges, id, &scenarios::ExchangeRecord::id);
      if (found == run.exchanges.end()) {
        ++evidence.forgotten;
      } else {
        evidence.exchanges.push_back(&*found);
      }
    }
    return evidence;
  }
  for (const auto i : in_sending_order(run)) {
    if (run.exchanges[i].sent <= finding.at()) evidence.exchanges.push_back(&run.exchanges[i]);
  }
  const auto surplus =
      evidence.exchanges.size() - std::min(evidence.exchanges.size(), exchanges_behind_a_step);
  evidence.exchanges.erase(evidence.exchanges.begin(),
                           evidence.exchanges.begin() + static_cast<std::ptrdiff_t>(surplus));
  return evidence;
}

std::vector<std::size_t> select_exchanges(const RunRecord& run, std::size_t limit) {
  auto order = in_sending_order(run);
  if (order.size() <= limit) return order;
  // What came before a finding explains it; what came after counts as four times as far away.
  const auto places = anchors(run, order);
  std::vector<std::pair<std::size_t, std::size_t>> by_distance;
  for (std::size_t place = 0; place < order.size(); ++place) {
    const auto next = std::ranges::lower_bound(places, place);
    auto distance = static_cast<std::size_t>(-1);
    if (next != places.end()) distance = *next - place;
    if (next != places.begin()) distance = std::min(distance, (place - *(next - 1)) * 4);
    by_distance.emplace_back(distance, place);
  }
  std::ranges::sort(by_distance);
  by_distance.resize(limit);
  std::ranges::sort(by_distance, {}, [](const auto& entry) { return entry.second; });
  std::vector<std::size_t> selected;
  for (const auto& [distance, place] : by_distance) selected.push_back(order[place]);
  return selected;
}

std::array<std::size_t, all_verdicts.size()> count_verdicts(const scenarios::Session& session) {
  std::array<std::size_t, all_verdicts.size()> counts{};
  for (const auto& run : session.runs) ++counts[rank(run.verdict)];
  return counts;
}

base::Duration total_virtual_time(const scenarios::Session& session) {
  base::Duration total{0};
  for (const auto& run : session.runs) total = sum_within_range(total, run.virtual_time);
  return total;
}

base::Duration total_wall_time(const scenarios::Session& session) {
  base::Duration total{0};
  for (const auto& run : session.runs) total = sum_within_range(total, run.measured.wall);
  return total;
}

}  // namespace reports
