// What a script's `world.entra` says, as settings of the provisioning service and users of the tenant.
#pragma once

#include <expected>
#include <string>

#include "base/rng.h"
#include "base/secret.h"
#include "fakes/entra/applications.h"
#include "fakes/entra/provisioning/job.h"
#include "fakes/entra/tenant.h"
#include "scenarios/script/world_spec.h"

namespace scenarios {

/// Without what the cast alone knows: the app, the target's address and its token.
[[nodiscard]] std::expected<fakes::entra::provisioning::Settings, std::string> provisioning_settings(const EntraSpec& spec);

/// The mapping that the script names: `article`, `default`.
[[nodiscard]] fakes::entra::provisioning::ObjectMapping user_mapping_named(std::string_view name);

/// The users of `world.entra.users`, assigned to the app; passwords are drawn.
[[nodiscard]] std::expected<void, std::string> add_tenant_users(const EntraSpec& spec, fakes::entra::Tenant& tenant,
                                                                fakes::entra::Application& app, base::Rng rng, base::SecretWitness& witness);

}  // namespace scenarios
