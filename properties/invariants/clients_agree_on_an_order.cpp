#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "properties/invariants/attribute_history.h"
#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"
#include "properties/linearizability.h"

namespace properties {
namespace {

using Kind = AttributeOperation::Kind;

/// One thing that several clients write and read: an attribute of a user, or whether the user is there.
class OrderedValue final : public Sequential {
 public:
  explicit OrderedValue(const std::vector<AttributeOperation>& operations) : operations_(&operations) {}

  /// State 0: whatever it was when the history begins.
  std::vector<State> after(State state, std::size_t operation) override {
    const auto& [kind, value, exchange, interval] = (*operations_)[operation];
    const auto next = number_of(value);
    switch (kind) {
      case Kind::write: return {next};
      case Kind::drop: return {number_of(""), state};
      case Kind::maybe_write: return {state, next};
      case Kind::read: return state == 0 || state == next ? std::vector{next} : std::vector<State>{};
    }
    return {};
  }

 private:
  State number_of(const std::string& value) { return numbers_.emplace(value, numbers_.size() + 1).first->second; }

  const std::vector<AttributeOperation>* operations_;
  std::map<std::string, State> numbers_;
};

/// Without the reads that can show one value alone: written-is-kept judges those.
std::vector<AttributeOperation> in_question(const std::vector<AttributeOperation>& operations) {
  std::vector<AttributeOperation> out;
  for (const auto& operation : operations) {
    if (operation.kind != Kind::read || !only_value_at(operations, operation)) out.push_back(operation);
  }
  return out;
}

/// The first that cannot follow the longest beginning of an order; null: there is an order, or nobody can say.
const AttributeOperation* first_out_of_order(const std::vector<AttributeOperation>& operations) {
  std::vector<Interval> intervals;
  for (const auto& operation : operations) intervals.push_back(operation.interval);
  OrderedValue value(operations);
  const auto found = find_order(intervals, value, 20'000);
  if (found.verdict != Linearization::Verdict::impossible) return nullptr;
  std::vector<bool> done(operations.size(), false);
  for (const auto index : found.order) done[index] = true;
  const AttributeOperation* first = nullptr;
  for (std::size_t i = 0; i < done.size(); ++i) {
    if (done[i] || !intervals[i].returned) continue;
    if (first == nullptr || *intervals[i].returned < *first->interval.returned) first = &operations[i];
  }
  return first;
}

}  // namespace

std::optional<Violation> judge_clients_agree_on_an_order(const FinalView& view) {
  const auto& recorder = view.cast->world().recorder();
  if (recorder.exchange_count() > recorder.exchanges().size()) return std::nullopt;  // the beginning is forgotten
  for (const auto& [key, history] : attribute_histories(recorder)) {
    const auto& [user, attribute] = key;
    // What is only read has been written before the history begins, or by nobody.
    if (std::ranges::all_of(history, [](const AttributeOperation& operation) { return operation.kind == Kind::read; })) continue;
    const auto operations = attribute == presence_key ? history : in_question(history);
    const auto* stuck = first_out_of_order(operations);
    if (stuck == nullptr) continue;
    return breach_of("clients-agree-on-an-order",
                     fmt::format("{} of {} has no order of {} writes and reads: {} {} has '{}'", attribute.empty() ? "the presence" : attribute, user, operations.size(),
                                 stuck->exchange->request.method, stuck->exchange->request.target, stuck->value),
                     seen_at(*stuck));
  }
  return std::nullopt;
}

}  // namespace properties
