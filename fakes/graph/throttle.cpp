#include "fakes/graph/throttle.h"

#include <algorithm>

namespace fakes::graph {
namespace {

/// Assumed: at which share of a limit each priority is refused. [Graph T9]
std::int64_t refused_above(std::string_view priority) {
  if (priority == "low") return 80;
  return priority == "high" ? 120 : 100;
}

}  // namespace

void Throttle::fill(Verdict& verdict, const std::string& key, const Limit& limit, std::int64_t amount, const Charge& charge, base::Instant now,
                    std::string_view scope, std::string_view reason) {
  if (limit.amount <= 0 || amount <= 0) return;
  auto& bucket = buckets_[key];
  bucket.used = std::max(base::Duration::zero(), bucket.used - (now - bucket.at));
  bucket.at = now;
  const auto cost = limit.window * amount / limit.amount;
  const auto most = limit.window * refused_above(charge.priority) / 100;
  bucket.used += cost;
  verdict.percentage = std::max(verdict.percentage, static_cast<std::int64_t>(bucket.used * 100 / limit.window));
  if (bucket.used <= most) return;
  // Who keeps asking waits longer, but not for ever. [Graph T10]
  const auto wait = bucket.used - most;
  bucket.used = std::min(bucket.used, most + limit.window / 2);
  if (verdict.refused && wait <= verdict.wait) return;
  verdict.refused = true;
  verdict.wait = std::min(wait, limit.window);
  verdict.scope = scope;
  verdict.reason = reason;
}

Throttle::Verdict Throttle::charge(const std::string& app_id, const Charge& charge, std::size_t users, base::Instant now) {
  Verdict verdict;
  if (!limits_.on) return verdict;
  const auto& units = users < 50 ? limits_.units_of_small : (users <= 500 ? limits_.units_of_medium : limits_.units_of_large);
  constexpr std::string_view unit_reason = "ResourceUnitLimitExceeded";
  constexpr std::string_view write_reason = "WriteLimitExceeded";
  fill(verdict, "units " + app_id, units, charge.units, charge, now, "Tenant_Application/ReadWrite", unit_reason);
  fill(verdict, "all units " + app_id, limits_.app_units, charge.units, charge, now, "Application/ReadWrite", unit_reason);
  fill(verdict, "requests " + app_id, limits_.app_requests, 1, charge, now, "Application/ReadWrite", "CPULimitExceeded");
  if (charge.is_write) {
    fill(verdict, "writes " + app_id, limits_.writes, 1, charge, now, "Tenant_Application/Write", write_reason);
    fill(verdict, "all writes " + app_id, limits_.app_writes, 1, charge, now, "Application/Write", write_reason);
    fill(verdict, "tenant writes", limits_.tenant_writes, 1, charge, now, "Tenant/Write", write_reason);
  }
  if (charge.is_report) fill(verdict, "reports " + app_id, limits_.reports, 1, charge, now, "Tenant_Application/Read", unit_reason);
  return verdict;
}

}  // namespace fakes::graph
