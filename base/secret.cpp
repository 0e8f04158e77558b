#include "base/secret.h"

#include <openssl/crypto.h>

#include <ostream>

namespace base {

// A copy, not a move: what a moved short string leaves behind is out of wipe()'s sight.
// NOLINTNEXTLINE(performance-move-constructor-init)
Secret::Secret(Secret&& other) noexcept : value_(other.value_) {
  other.wipe();
}

Secret& Secret::operator=(const Secret& other) {
  if (this != &other) {
    wipe();
    value_ = other.value_;
  }
  return *this;
}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    wipe();
    value_ = other.value_;
    other.wipe();
  }
  return *this;
}

Secret::~Secret() {
  wipe();
}

void Secret::wipe() noexcept {
  if (!value_.empty()) OPENSSL_cleanse(value_.data(), value_.size());
  value_.clear();
}

bool operator==(const Secret& left, const Secret& right) {
  return left.value_.size() == right.value_.size() &&
         CRYPTO_memcmp(left.value_.data(), right.value_.data(), left.value_.size()) == 0;
}

std::ostream& operator<<(std::ostream& out, const Secret&) {
  return out << "[redacted]";
}

}  // namespace base
