#include "fakes/devices/password_table.h"

#include <utility>

namespace fakes::devices {

Typed PasswordTable::typed(const base::Secret& password) const {
  Typed typed;
  for (const auto& [id, verifier] : verifiers_) {
    if (base::verify_password(password, verifier)) typed.is.push_back(id);
  }
  return typed;
}

PasswordId PasswordTable::add(const base::Secret& password) {
  return add_verifier(base::hash_password(password, cost_, rng_));
}

PasswordId PasswordTable::add_verifier(std::string verifier) {
  const PasswordId id{++last_};
  verifiers_.emplace(id, std::move(verifier));
  return id;
}

void PasswordTable::keep_only(const std::set<PasswordId>& known) {
  std::erase_if(verifiers_, [&](const auto& entry) { return !known.contains(entry.first); });
}

}  // namespace fakes::devices
