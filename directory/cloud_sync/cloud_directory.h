// A Microsoft 365 tenant in which the directory manages accounts: one instance with its domains, and the authorisation that
// lets it. Several may be there, also of one tenant, which is a hazard of its own. [rule R74] [rule R127]
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/instant.h"
#include "base/secret.h"
#include "directory/core/core.h"
#include "directory/store/database.h"

namespace directory {

using CloudDirectoryId = base::Id<struct CloudDirectoryTag>;
using CloudDomainId = base::Id<struct CloudDomainTag>;

/// What becomes of the account at Microsoft where the user here is locked or has an expired password. [rule D65]
enum class UserAction365 : std::uint8_t { maintain, suspend };

/// Which address of a user becomes the user principal name. [rule R92] [rule D67]
enum class UpnSource : std::uint8_t { company_email, alternate_email };

/// By what an account at Microsoft is found that may be a user's. Two articles differ. [rule RT8]
enum class AccountLookup : std::uint8_t {
  user_principal_name,  ///< the name that the user gets there [rule R95]
  primary_mail          ///< the user's company e-mail address is the account's `mail` [rule R130]
};

/// [rule D64] [rule D73]
enum class CloudAuthorization : std::uint8_t {
  none,   ///< nobody has authorised yet
  valid,
  ended   ///< expired, revoked, or whoever authorised is disabled: an admin has to authorise once more
};

struct CloudDirectory {
  CloudDirectoryId id;
  std::string name;
  base::Instant created{};
  std::string tenant{};  ///< Microsoft's id of it; empty until an admin has authorised
  CloudAuthorization authorization = CloudAuthorization::none;
  std::string authorization_error{};  ///< of an authorisation that has ended
  std::string authorized_by{};        ///< user principal name
  std::string default_domain{};       ///< empty: only matching domains [rule R93] [rule R94]
  bool groups_enabled = true;         ///< whether groups become security groups [rule D65] [rule D76]
  UserAction365 on_lockout = UserAction365::maintain;
  UserAction365 on_expiration = UserAction365::maintain;
  UpnSource upn_source = UpnSource::company_email;
  AccountLookup lookup = AccountLookup::user_principal_name;
  base::Instant paused_until{};       ///< nothing is sent before: the tenant asked for it
  std::string delta_link{};           ///< where the next comparison goes on; empty: from the start
  base::Instant next_comparison{};
};

/// A domain whose users are synced. [rule D66] [rule R93]
struct CloudDomain {
  CloudDomainId id;
  std::string domain;  ///< lower case
};

/// `none`, `valid`, `ended`.
[[nodiscard]] std::string_view authorization_name(CloudAuthorization authorization);
/// `maintain`, `suspend`.
[[nodiscard]] std::string_view action_name(UserAction365 action);
[[nodiscard]] std::optional<UserAction365> parse_user_action(std::string_view name);
/// `company`, `alternate`.
[[nodiscard]] std::string_view source_name(UpnSource source);
[[nodiscard]] std::optional<UpnSource> parse_upn_source(std::string_view name);
/// `upn`, `mail`.
[[nodiscard]] std::string_view lookup_name(AccountLookup lookup);
[[nodiscard]] std::optional<AccountLookup> parse_account_lookup(std::string_view name);

[[nodiscard]] std::optional<CloudDirectory> find_cloud_directory(Database& db, const CloudDirectoryId& id);
/// In order of their ids.
[[nodiscard]] std::vector<CloudDirectory> list_cloud_directories(Database& db);
[[nodiscard]] bool is_cloud_directory_name_taken(Database& db, std::string_view name);
void insert_cloud_directory(Database& db, const CloudDirectory& directory);
/// All but its id and creation.
void update_cloud_directory(Database& db, const CloudDirectory& directory);
/// The tenant asks to send nothing before; what it asked for earlier still holds.
void keep_pause(Database& db, const CloudDirectoryId& id, base::Instant until);
/// Its domains, choices, accounts and groups go with it, and what it was associated with. [rule R76] [rule R128]
void delete_cloud_directory(Database& db, const CloudDirectoryId& id);

/// By name.
[[nodiscard]] std::vector<CloudDomain> list_cloud_domains(Database& db, const CloudDirectoryId& id);
void insert_cloud_domain(Database& db, const CloudDirectoryId& id, const CloudDomain& domain);
void delete_cloud_domain(Database& db, const CloudDomainId& id);

/// Other instances of its tenant, or with one of its domains: what one of them takes away the other still wants. [rule R74]
[[nodiscard]] std::vector<CloudDirectory> rivals_of(Database& db, const CloudDirectory& directory);

/// The refresh token in and out of its box; empty where there is none or the vault key is another.
void keep_refresh_token(Core& core, const CloudDirectoryId& id, const std::optional<base::Secret>& token);
[[nodiscard]] std::optional<base::Secret> refresh_token_of(Core& core, const CloudDirectoryId& id);

}  // namespace directory
