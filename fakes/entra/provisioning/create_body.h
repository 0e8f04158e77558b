// `POST /Users` and `POST /Groups`: the body, with its members in the order in which Entra writes them.
#pragma once

#include <span>

#include "base/json.h"
#include "fakes/entra/provisioning/attribute_mapping.h"
#include "fakes/entra/provisioning/client_quirks.h"

namespace fakes::entra::provisioning {

/// Every mapped value that is not null; of users also `roles` and `meta`, which nothing needs to map to. An extension of the
/// admin's own is not named in `schemas`. [Entra provisioning-clients 2.6-01] [Entra provisioning-clients 2.6-02]
/// [Entra provisioning-clients 2.6-07] [Entra provisioning-clients 2.10-02]
[[nodiscard]] base::JsonObject create_body(ObjectKind kind, std::span<const MappedValue> values, const ClientQuirks& quirks);

}  // namespace fakes::entra::provisioning
