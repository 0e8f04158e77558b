#include "fakes/entra/provisioning/escrow.h"

#include <fmt/format.h>

#include <algorithm>

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
  auto& entry = entries_.try_emplace({id, kind}, Entry{.began = now}).first->second;
  const auto retried = entry.attempts;
  if (!transient) ++entry.attempts;
  entry.next_attempt = transient ? now : now + pause_after(entry.attempts);
  const auto next = entry.next_attempt;
  if (next - entry.began > lifetime) {
    entries_.erase({id, kind});
    return fmt::format("This operation was retried {} times. It will not be retried again.", retried);
  }
  return fmt::format("This operation was retried {} times. It will be retried again after this date: {}", retried, seven_digits(next));
}

std::vector<ObjectId> Escrows::due(base::Instant now) const {
  std::vector<ObjectId> ids;
  for (const auto& [key, entry] : entries_) {
    if (entry.next_attempt <= now && (ids.empty() || ids.back() != key.first)) ids.push_back(key.first);
  }
  return ids;
}

std::size_t Escrows::count(FailureKind kind) const {
  return static_cast<std::size_t>(std::ranges::count_if(entries_, [&](const auto& entry) { return entry.first.second == kind; }));
}

}  // namespace fakes::entra::provisioning
