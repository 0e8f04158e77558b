#include "scenarios/history.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"

namespace scenarios {
namespace {

using HeaderList = std::vector<std::pair<std::string, std::string>>;

HeaderList normalised(const HeaderList& headers) {
  HeaderList kept;
  for (const auto& [name, value] : headers) {
    const bool dropped = std::ranges::any_of(
        dropped_headers, [&](std::string_view other) { return base::equals_ignoring_case(name, other); });
    if (!dropped) kept.emplace_back(name, value);
  }
  return kept;
}

ExchangeRecord normalised(ExchangeRecord exchange) {
  exchange.request_headers = normalised(exchange.request_headers);
  exchange.response_headers = normalised(exchange.response_headers);
  return exchange;
}

std::string describe(const ExchangeRecord& exchange) {
  return fmt::format("exchange {} {} -> {}: {} {} -> {}", exchange.id, exchange.from, exchange.to,
                     exchange.method, exchange.target,
                     exchange.status != 0 ? std::to_string(exchange.status) : exchange.failure);
}

/// Names the part in which two exchanges differ.
std::string part_of_difference(const ExchangeRecord& left, const ExchangeRecord& right) {
  if (left.id != right.id || left.from != right.from || left.to != right.to || left.method != right.method ||
      left.target != right.target) {
    return "another message";
  }
  if (left.sent != right.sent || left.delivered != right.delivered || left.concluded != right.concluded)
    return "another time";
  if (left.request_headers != right.request_headers) return "the request's headers";
  if (left.request_body != right.request_body) return "the request's body";
  if (left.status != right.status || left.failure != right.failure) return "the status";
  if (left.response_headers != right.response_headers) return "the response's headers";
  return "the response's body";
}

std::string describe(const NoteRecord& note) {
  return fmt::format("note '{}: {}' at {}", note.party, note.text, base::to_rfc3339(note.at));
}
std::string describe(const StepRecord& step) {
  return fmt::format("step '{}' at {}, {},", step.what, base::to_rfc3339(step.at), step.outcome);
}
std::string describe(const JudgementRecord& judgement) {
  return fmt::format("expectation '{}' at {}, {}, found {},", judgement.what, base::to_rfc3339(judgement.at),
                     to_text(judgement.verdict), judgement.found);
}

std::string describe(const ScreenRecord& screen) {
  return fmt::format("screen of {} at {}, '{}',", screen.device, base::to_rfc3339(screen.at), screen.text);
}

template <class Record>
std::optional<std::string> difference_of(const std::vector<Record>& left, const std::vector<Record>& right,
                                         std::string_view plural) {
  const auto [one, other] = std::ranges::mismatch(left, right);
  if (one != left.end() && other != right.end())
    return fmt::format("{} against {}", describe(*one), describe(*other));
  if (left.size() == right.size()) return std::nullopt;
  return fmt::format("{} {} against {}", left.size(), plural, right.size());
}

}  // namespace

std::optional<std::string> first_difference(const RunRecord& left, const RunRecord& right) {
  const auto exchanges = std::min(left.exchanges.size(), right.exchanges.size());
  for (std::size_t i = 0; i < exchanges; ++i) {
    const auto a = normalised(left.exchanges[i]);
    const auto b = normalised(right.exchanges[i]);
    if (a != b)
      return fmt::format("{} differs in {}; the other has {}", describe(a), part_of_difference(a, b),
                         describe(b));
  }
  if (left.exchanges.size() != right.exchanges.size()) {
    return fmt::format("{} exchanges against {}", left.exchanges.size(), right.exchanges.size());
  }
  if (auto difference = difference_of(left.notes, right.notes, "notes")) return difference;
  if (auto difference = difference_of(left.steps, right.steps, "steps")) return difference;
  if (auto difference = difference_of(left.judgements, right.judgements, "expectations")) return difference;
  if (auto difference = difference_of(left.screens, right.screens, "screens")) return difference;
  if (left.verdict != right.verdict)
    return fmt::format("{} against {}", to_text(left.verdict), to_text(right.verdict));
  return std::nullopt;
}

}  // namespace scenarios
