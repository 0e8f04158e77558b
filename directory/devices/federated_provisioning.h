// Self-service provisioning of people who sign in at the identity provider: the login window shows the provider's
// page, and the account comes about once the person is back from there. The directory sees neither the page nor the
// provider's password. [rule V45] [rule D94] [rule D97]
#pragma once

#include <string>
#include <vector>

#include "base/http.h"
#include "base/secret.h"
#include "directory/core/core.h"
#include "directory/devices/desired_state.h"
#include "directory/federation/sign_in.h"
#include "directory/users/user.h"

namespace directory {

/// What the device shows again when it asks what has become of a provisioning.
struct ProvisioningTicket {
  base::Secret ticket;
  bool password_sync = true;
};

/// Remembers, in place of an earlier one of that system, that a person signs in for an account on it.
void begin_device_sign_in(Core& core, const System& system, const User& user, const ProvisioningTicket& ticket,
                          const base::Secret& state);

/// The person is back from the provider with that e-mail address. A page that says to go on at the login window; 400
/// where the login window has begun anew, 403 where the address is not that of the user who was named, or the user may
/// not come in. [rule D96] [rule D12]
[[nodiscard]] base::HttpResponse conclude_device_sign_in(Core& core, const base::Secret& state, const std::string& email);
/// The provider has not signed the person in.
void refuse_device_sign_in(Core& core, const base::Secret& state, const std::string& why);

/// Binds the user who has signed in, inside a transaction. 201 with provisioned_json(), again for whoever has missed
/// the first answer; 202 while the person is at the provider; 403 where nobody was signed in, 404 for a ticket that has
/// expired or is another system's, 409 as refuse_account() says. [rule V47]
[[nodiscard]] Decided complete_device_sign_in(Core& core, const System& system, const base::Secret& ticket,
                                              const std::vector<std::string>& local_accounts);

}  // namespace directory
