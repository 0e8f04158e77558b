// What the bench knows of the people in a script, and the secrets that the script names.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/rng.h"
#include "base/secret.h"
#include "fakes/entra/tenant.h"
#include "fakes/okta/org/ids.h"
#include "scenarios/engine/browser.h"
#include "scenarios/script/values.h"

namespace scenarios {

/// A person, as the script introduced it, and what the bench has in its hands on their behalf.
struct Person {
  std::string name;
  std::string username;
  std::string email;
  std::optional<fakes::entra::ObjectId> entra_id{};
  std::optional<fakes::okta::UserId> okta_id{};
  std::optional<std::string> directory_id{};
  std::optional<base::Secret> activation_token{};
  std::optional<base::Secret> portal_session{};
  Browser browser{};
};

/// Values for the names of secrets, drawn when first asked for; each depends on its name and the seed alone.
class SecretLedger {
 public:
  SecretLedger(base::Rng rng, base::SecretWitness& witness) : rng_(rng), witness_(&witness) {}

  [[nodiscard]] base::Secret value(const SecretName& name);
  /// Names a secret that somebody else has drawn.
  void set(const SecretName& name, base::Secret value);

 private:
  base::Rng rng_;
  base::SecretWitness* witness_;
  std::map<std::string, base::Secret, std::less<>> values_;
};

}  // namespace scenarios
