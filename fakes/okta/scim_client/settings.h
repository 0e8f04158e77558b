// How one app's SCIM client is set up, beyond what the org says of the app itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/uri.h"
#include "fakes/okta/org/defects.h"
#include "fakes/okta/org/ids.h"
#include "fakes/okta/scim_client/attributes.h"
#include "fakes/okta/scim_client/client_quirks.h"
#include "fakes/okta/scim_client/connection.h"
#include "fakes/okta/scim_client/group_bodies.h"
#include "fakes/okta/scim_client/import.h"
#include "fakes/okta/scim_client/requests.h"
#include "fakes/probes.h"

namespace fakes::okta::scim_client {

/// [Okta provisioning-clients 4.1-04]
enum class AuthStyle : std::uint8_t {
  bearer,  ///< the connection's token behind Bearer
  header,  ///< alone
  basic,   ///< as the password of `basic_user`
  oauth    ///< the tokens of an authorization code
};

/// [Okta provisioning-clients 4.7-07]
enum class ImportSchedule : std::uint8_t { manual, hourly, daily, weekly };

/// An attribute that an admin has added to the app's profile. [Okta provisioning-clients 4.3-10]
struct MappedAttribute {
  std::string source;  ///< of Okta's profile
  Place place = Place::core;
  std::string name;  ///< in SCIM
};
[[nodiscard]] std::vector<MappedAttribute> default_custom_attributes();

struct Settings {
  AppId app;
  /// Where the endpoint is reached, in place of the app's own base URL: a bench may know another way.
  std::optional<base::Uri> endpoint{};
  AuthStyle authorization = AuthStyle::bearer;
  std::string basic_user{};
  OauthCode oauth{};
  /// From a change to its push: seconds. [Okta provisioning-clients 6-12]
  base::Duration delay = std::chrono::seconds{5};
  /// Whose value a look-up compares, still under the name userName. [Okta provisioning-clients 4.3-02]
  std::string unique_identifier = "userName";
  std::vector<MappedAttribute> custom = default_custom_attributes();
  std::size_t group_batch = fewest_of_batch;  ///< clamped to the two bounds
  ImportSchedule import_schedule = ImportSchedule::manual;
  bool import_groups = true;
  bool import_schema = false;  ///< [Okta provisioning-clients 4.1-10]
  bool entitlements = false;   ///< [Okta provisioning-clients 4.1-11]
  Safeguard safeguard{};
  TransportHeaders transport_headers = TransportHeaders::named;
  ClientQuirks quirks{};
  Defects defects{};
  Probing probing{};
};

}  // namespace fakes::okta::scim_client
