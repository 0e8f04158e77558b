// The attributes that an app is told of one of its users. What an admin set for the assignment goes before what the groups
// say that assign the app, and that before the user's own profile. [Okta provisioning-clients 4.12-03]
#pragma once

#include "fakes/okta/org/app.h"
#include "fakes/okta/org/org.h"
#include "fakes/okta/scim_client/attributes.h"
#include "fakes/okta/scim_client/settings.h"

namespace fakes::okta::scim_client {

[[nodiscard]] Attributes attributes_of(const Org& org, const App& app, const AppUser& assignment, const Settings& settings);

}  // namespace fakes::okta::scim_client
