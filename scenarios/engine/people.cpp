#include "scenarios/engine/people.h"

#include <fmt/format.h>

namespace scenarios {

base::Secret SecretLedger::value(const SecretName& name) {
  if (const auto known = values_.find(name.name); known != values_.end()) return known->second;
  auto stream = rng_.fork(name.name);
  // Characters that JSON and URLs escape are in every secret, so that searches for leaks meet the escaped
  // forms.
  base::Secret value{fmt::format("Kq7\"{}&+{}", stream.hex(4), stream.hex(4))};
  witness_->witness(value);
  values_.emplace(name.name, value);
  return value;
}

void SecretLedger::set(const SecretName& name, base::Secret value) {
  witness_->witness(value);
  values_.insert_or_assign(name.name, std::move(value));
}

}  // namespace scenarios
