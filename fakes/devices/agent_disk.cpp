// What the agent does for an encrypted disk: its own account, which gives managed users their SecureTokens, and a recovery key that
// the directory keeps.
#include <fmt/format.h>

#include <utility>

#include "fakes/devices/agent.h"

namespace fakes::devices {
namespace {

/// As FileVault writes it: six groups of four.
base::Secret make_recovery_key(base::Rng& rng) {
  constexpr std::string_view letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  std::string key;
  for (int i = 0; i < 24; ++i) {
    if (i > 0 && i % 4 == 0) key += '-';
    key += letters[rng.below(letters.size())];
  }
  return base::Secret(std::move(key));
}

}  // namespace

/// Once: an account that somebody has removed stays away until the agent is installed again. [rule V69] [rule V70]
void Agent::install_service_account() {
  if (memory_->service_account_made || !device_->disk_facts()) return;
  memory_->service_account_made = device_->act(InstallServiceAccount{}) == Outcome::ok;
}

/// A key that the person has made is replaced by one that the directory can keep. [rule V69]
void Agent::rotate_recovery_key() {
  const auto disk = device_->disk_facts();
  if (!disk || !disk->encrypted || disk->key_escrowed || !disk->service_account) return;
  const auto& service = *disk->service_account;
  if (!service.secure_token || !service.od_valid || !service.apfs_valid) return;
  if (device_->act(RotateRecoveryKey{}) != Outcome::ok) return;
  memory_->recovery_key = RecoveryKey{disk->recovery_key + 1, make_recovery_key(rng_)};
  ports_.witness.witness(memory_->recovery_key->key);
}

base::Task<bool> Agent::send_recovery_key() {
  const auto made = *memory_->recovery_key;
  base::JsonObject body{{"sequence", made.sequence}, {"key", made.key.reveal()}};
  const auto result = co_await call("POST", "/agent/v1/recovery-key", std::move(body), call_timeout);
  if (!result || result->status >= 500) co_return false;
  if (!result->ok()) ports_.trace.note(device_->name(), "the directory does not keep the recovery key");
  // Another may have been made meanwhile.
  if (memory_->recovery_key && memory_->recovery_key->sequence == made.sequence) memory_->recovery_key.reset();
  co_return true;
}

}  // namespace fakes::devices
