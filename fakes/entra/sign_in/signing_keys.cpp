#include "fakes/entra/sign_in/signing_keys.h"

#include "base/encoding.h"
#include "base/simulated_keys.h"

namespace fakes::entra::sign_in {
namespace {

constexpr auto certificate_name = "accounts.accesscontrol.windows.net";
constexpr base::Duration certificate_lifetime = std::chrono::days{5 * 365};

}  // namespace

SigningKeys::SigningKeys(base::Rng rng, std::optional<base::Duration> period, base::Duration old_key_stays, base::Duration lag)
    : rng_(rng), period_(period), old_key_stays_(old_key_stays), lag_(lag), next_in_pool_(rng_.below(base::simulated_keys)) {
  signing_ = new_key({});
  next_ = new_key({});
}

SigningKeys::Key SigningKeys::new_key(base::Instant now) {
  Key key;
  key.pool_index = next_in_pool_++ % base::simulated_keys;
  key.announced = now;
  return key;
}

void SigningKeys::make(Key& key) const {
  if (key.key) return;
  const auto made = base::simulated_signing_key(key.pool_index, {})
                        .certificate(certificate_name, key.announced, key.announced + certificate_lifetime);
  key.key = base::simulated_signing_key(key.pool_index, base::to_base64url(made.thumbprint));
  key.x5c = base::to_base64(made.der);
}

const base::RsaSigningKey& SigningKeys::signing(base::Instant now) {
  advance(now);
  make(signing_);
  return *signing_.key;
}

std::vector<SigningKeys::Published> SigningKeys::published(base::Instant now) {
  advance(now);
  std::vector<Published> out;
  const auto add = [&](Key& key) {
    if (key.announced > base::Instant{} && key.announced + lag_ > now) return;
    make(key);
    out.push_back({key.key->public_key(), key.key->public_key().id, key.x5c});
  };
  add(signing_);
  add(next_);
  for (auto& key : old_) add(key);
  return out;
}

void SigningKeys::roll(base::Instant now, Notice notice) {
  signing_.retired = now;
  old_.push_back(std::move(signing_));
  if (notice == Notice::announced) {
    signing_ = std::move(next_);
    next_ = new_key(now);
  } else {
    signing_ = new_key(now);
  }
  last_roll_ = now;
}

void SigningKeys::forget_old_keys() { old_.clear(); }

void SigningKeys::advance(base::Instant now) {
  if (!last_roll_) last_roll_ = now;
  while (period_ && *last_roll_ + *period_ <= now) roll(*last_roll_ + *period_, Notice::announced);
  std::erase_if(old_, [&](const Key& key) { return *key.retired + old_key_stays_ <= now; });
}

}  // namespace fakes::entra::sign_in
