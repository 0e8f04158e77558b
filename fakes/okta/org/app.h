// An application that the org's users reach: how it is provisioned, how it signs users in, who is assigned to it, and which groups are
// pushed to it. [Okta provisioning-clients 5.5-06] [Okta provisioning-clients 5.5-07]
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/secret.h"
#include "fakes/okta/org/assignment.h"
#include "fakes/okta/org/ids.h"
#include "fakes/okta/org/push_mapping.h"

namespace fakes::okta {

/// Where its SCIM client comes from: the App Integration Wizard, or the catalogue.
/// [Okta provisioning-clients 4.4-03] [Okta provisioning-clients 4.4-04]
enum class AppTemplate : std::uint8_t { wizard, catalogue };
enum class AppStatus : std::uint8_t { active, inactive };

enum class PasswordSeed : std::uint8_t {
  okta,   ///< the user's own
  random  ///< a placeholder that nobody knows
};
enum class PasswordChange : std::uint8_t { keep_existing, change };

/// The feature USER_PROVISIONING: each switch is ENABLED or DISABLED. [Okta provisioning-clients 5.5-07]
struct ProvisioningSettings {
  bool create = false;
  bool update = false;
  bool deactivate = false;
  bool password = false;
  PasswordSeed seed = PasswordSeed::random;                 ///< [Okta provisioning-clients 4.6-01]
  PasswordChange change = PasswordChange::keep_existing;    ///< [Okta provisioning-clients 4.6-01]
  bool profile_source = false;                              ///< [Okta provisioning-clients 4.12-07]
  bool rename_app_groups = true;                            ///< [Okta provisioning-clients 4.8-15] Assumed: the default.

  /// As most scenarios want it.
  [[nodiscard]] static ProvisioningSettings all() {
    return {.create = true, .update = true, .deactivate = true, .password = true, .seed = PasswordSeed::okta, .change = PasswordChange::change};
  }
  bool operator==(const ProvisioningSettings&) const = default;
};

/// [Okta provisioning-clients 5.5-06]
struct ProvisioningConnection {
  enum class AuthScheme : std::uint8_t { unknown, token, oauth2 };
  AuthScheme auth_scheme = AuthScheme::unknown;
  bool enabled = false;
  std::string base_url{};
  base::Secret token{};
};

/// What signs users in by OpenID Connect. [Okta provisioning-clients 5.8-03]
struct OidcClient {
  std::string client_id{};        ///< the app's id where the creation names none
  base::Secret client_secret{};   ///< none of a public client
  std::string auth_method = "client_secret_basic";  ///< client_secret_basic, client_secret_post, none
  std::string application_type = "web";             ///< web, browser, native, service
  std::vector<std::string> redirect_uris{};
  std::vector<std::string> post_logout_redirect_uris{};
  std::set<std::string> grant_types{"authorization_code"};
  bool pkce_required = false;
  std::set<std::string> api_scopes{};  ///< of the management API, that an admin has granted it: `okta.users.read`
};

struct App {
  AppId id;
  std::string name{};   ///< its key in the catalogue, or of a wizard's app `ORG_LABEL_1`
  std::string label;    ///< what people read
  AppStatus status = AppStatus::active;
  AppTemplate made_from = AppTemplate::catalogue;
  bool can_provision = false;  ///< whether it has a SCIM client at all
  ProvisioningConnection connection{};
  ProvisioningSettings provisioning{};
  std::optional<OidcClient> oidc{};
  base::Instant created{};
  base::Instant last_updated{};
  std::map<UserId, AppUser> users{};     ///< former ones too, as DEPROVISIONED
  std::map<GroupId, AppGroup> groups{};  ///< that are assigned
  std::map<MappingId, PushMapping> push_mappings{};

  /// Whether changes are sent to it. [Okta provisioning-clients 4.12-01]
  [[nodiscard]] bool provisions() const { return can_provision && connection.enabled && status == AppStatus::active; }
  /// The user's assignment; null of who is not assigned, or no more.
  [[nodiscard]] const AppUser* assignment_of(const UserId& user) const {
    const auto found = users.find(user);
    return found == users.end() || found->second.status == AppUserStatus::deprovisioned ? nullptr : &found->second;
  }
};

struct NewApp {
  std::string label;
  std::string name{};
  AppTemplate made_from = AppTemplate::catalogue;
  bool can_provision = false;
  ProvisioningConnection connection{};
  ProvisioningSettings provisioning{};
  std::optional<OidcClient> oidc{};  ///< an empty secret is drawn, unless its auth method is none
};

}  // namespace fakes::okta
