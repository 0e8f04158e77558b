#include "fakes/oidc/signing_keys.h"

#include <utility>

#include "base/encoding.h"

namespace fakes::oidc {
namespace {

constexpr base::Duration certificate_lifetime = std::chrono::days{5 * 365};
constexpr std::size_t id_bytes = 32;

}  // namespace

SigningKeys::SigningKeys(base::Rng rng, KeyOptions options)
    : rng_(rng), options_(std::move(options)), next_in_pool_(rng_.below(base::simulated_keys)) {
  signing_ = new_key({});
  next_ = new_key({});
}

SigningKeys::Key SigningKeys::new_key(base::Instant now) {
  Key key;
  key.pool_index = next_in_pool_++ % base::simulated_keys;
  key.announced = now;
  if (options_.certificate_name.empty()) key.id = base::to_base64url(*base::from_hex(rng_.hex(id_bytes)));
  return key;
}

void SigningKeys::make(Key& key) const {
  if (key.key) return;
  if (options_.certificate_name.empty()) {
    key.key = base::simulated_signing_key(key.pool_index, key.id, options_.length);
    return;
  }
  const auto made = base::simulated_signing_key(key.pool_index, {}, options_.length)
                        .certificate(options_.certificate_name, key.announced, key.announced + certificate_lifetime);
  key.key = base::simulated_signing_key(key.pool_index, base::to_base64url(made.thumbprint), options_.length);
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
    if (key.announced > base::Instant{} && key.announced + options_.lag > now) return;
    make(key);
    out.push_back({key.key->public_key(), key.x5c});
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
  while (options_.period && *last_roll_ + *options_.period <= now) roll(*last_roll_ + *options_.period, Notice::announced);
  std::erase_if(old_, [&](const Key& key) { return *key.retired + options_.old_key_stays <= now; });
}

}  // namespace fakes::oidc
