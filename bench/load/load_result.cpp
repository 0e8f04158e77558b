#include "bench/load/load_result.h"

#include <numeric>

namespace bench::load {

std::string_view to_text(Trouble trouble) {
  switch (trouble) {
    case Trouble::status: return "status";
    case Trouble::wrong: return "wrong answer";
    case Trouble::throttled: return "throttled";
    case Trouble::timed_out: return "timed out";
    case Trouble::connection: return "connection";
  }
  return "";
}

std::uint64_t OperationFigures::failed() const { return std::accumulate(errors.begin(), errors.end(), std::uint64_t{0}); }

void OperationFigures::merge(const OperationFigures& other) {
  right += other.right;
  for (std::size_t i = 0; i < errors.size(); ++i) errors[i] += other.errors[i];
  if (example.empty()) example = other.example;
  latency.merge(other.latency);
  service.merge(other.service);
}

OperationFigures LoadResult::total() const {
  OperationFigures all;
  for (const auto& one : figures) all.merge(one);
  return all;
}

}  // namespace bench::load
