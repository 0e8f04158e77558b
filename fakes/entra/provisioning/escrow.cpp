#include "fakes/entra/provisioning/escrow.h"

#include <fmt/format.h>

#include <set>

#include "fakes/entra/provisioning/provisioning_log.h"

namespace fakes::entra::provisioning {
namespace {

constexpr base::Duration lifetime = std::chrono::days{28};

base::Duration pause_after(int attempts) {
  if (attempts <= 1) return std::chrono::hours{6};
  if (attempts == 2) return std::chrono::hours{12};
  return std::chrono::hours{24};
}

}  // namespace

std::string Escrows::fail(const ObjectId& id, FailureKind kind, bool transient, base::Instant now) {
  auto& entry = of(kind).try_emplace(id, Entry{.began = now}).first->second;
  const auto retried = entry.attempts;
  if (!transient) ++entry.attempts;
  entry.next_attempt = transient ? now : now + pause_after(entry.attempts);
  const auto next = entry.next_attempt;
  if (next - entry.began > lifetime) {
    succeed(id, kind);
    return fmt::format("This operation was retried {} times. It will not be retried again.", retried);
  }
  return fmt::format("This operation was retried {} times. It will be retried again after this date: {}", retried, seven_digits(next));
}

std::vector<ObjectId> Escrows::due(base::Instant now) const {
  std::set<ObjectId> ids;
  for (const auto* entries : {&objects_, &references_}) {
    for (const auto& [id, entry] : *entries) {
      if (entry.next_attempt <= now) ids.insert(id);
    }
  }
  return {ids.begin(), ids.end()};
}

}  // namespace fakes::entra::provisioning
