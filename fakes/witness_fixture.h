// A witness that keeps what it is told, for tests of who tells it what.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "base/secret.h"

namespace fakes {

class CollectingWitness final : public base::SecretWitness {
 public:
  void witness(const base::Secret& secret) override { seen.insert(secret.reveal()); }
  [[nodiscard]] bool knows(const base::Secret& secret) const { return seen.contains(secret.reveal()); }
  std::set<std::string, std::less<>> seen;
};

}  // namespace fakes
