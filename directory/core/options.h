// What an installation is started with: addresses, costs, first settings and secrets.
#pragma once

#include <cstdint>
#include <string>

#include "base/crypto.h"
#include "base/instant.h"
#include "base/secret.h"
#include "base/uri.h"
#include "directory/organization/settings.h"

namespace directory {

/// What a commit, and its wait for the disk, is for.
enum class Commits {
  each,    ///< one transaction
  grouped  ///< all requests that were ready together
};

/// What happens to a user whose login leads to a username that another user has: `amy@a.test` beside `amy@b.test`.
enum class LoginCollision {
  refuse,  ///< 409 uniqueness, which Okta shows to an admin as a task [Okta provisioning-clients 4.3-12]
  number   ///< the username becomes `amy2`; the login stays as it was sent
};

/// What SCIM shows of a user whose password has expired and whom nobody has suspended. [rule RT2]
enum class ScimExpiry {
  inactive,  ///< to the letter [rule R49]
  active     ///< suspension alone makes inactive
};

/// By what it is decided whether a DELETE of Okta's client removes the user. Two articles differ. [rule RT3]
enum class ScimDeletion {
  by_source,  ///< who is deleted in Okta is suspended [rule R71], who is deleted in Entra is removed [rule R24]
  by_verb     ///< DELETE removes, whoever sends it; `active` set to false suspends
};

/// Whether a dot is one of the special characters that a username must not have. Two sentences differ. [rule RT10]
enum class UsernameDots {
  allowed,  ///< as in first.last, which is recommended [rule R36]
  refused   ///< to the letter [rule R44]
};

/// When a portal login hands a password on to tenants. Two documents differ.
enum class CloudPasswordPush {
  every_login,                ///< [rule R114]
  first_login_after_a_change  ///< of the user's record or of the connection [rule D80]
};

/// When an account at Microsoft gets the first password that an admin or its user has set here. Two articles differ. [rule RT1]
enum class CloudFirstPassword {
  at_once,         ///< as any later one [rule R110] [rule R112] [rule R144]
  at_portal_login  ///< with the first portal login, while passwords are taken over [rule R98] [rule R125]
};

/// What becomes of an account at Microsoft whose user is connected to one instance no more, and still to another that manages the same
/// account. The articles say only that it may be suspended. [rule RT5]
enum class CloudSharedAccounts {
  disabled,  ///< an instance knows its own connections alone [rule R74] [rule R127]
  kept       ///< the last to let go disables it
};

/// What becomes of a group without users that is connected to a tenant. Two documents differ.
enum class CloudEmptyGroups {
  wait,   ///< nothing, until one of its users has an account there [rule D76]
  create  ///< it is taken over or created as any other [rule R122]
};

/// What becomes of users whom only the tenant had in a group that is taken over. Assumed: no document says.
enum class CloudStrangers {
  go,   ///< the group there has the members that it has here
  stay  ///< whoever is unknown here
};

/// So many requests in so long.
struct RequestQuota {
  std::int64_t amount = 1;
  base::Duration window{};
};

/// Microsoft's services, and the application that this directory is to them.
struct MicrosoftApp {
  base::Uri login{.scheme = "https", .host = "login.microsoftonline.com", .port = 0, .path = "/", .query = {}};
  base::Uri graph{.scheme = "https", .host = "graph.microsoft.com", .port = 0, .path = "/v1.0", .query = {}};
  std::string client_id;
  base::Secret client_secret{};
  std::string scopes = "openid profile offline_access https://graph.microsoft.com/.default";
  /// What a tenant grants an application at least, whatever its size. [Graph T1]
  RequestQuota requests{3'500, std::chrono::seconds{10}};
  RequestQuota writes{3'000, std::chrono::seconds{150}};
  /// How often a tenant is asked what has changed there. Assumed: no article says; a link lives for seven days. [Graph DL16]
  base::Duration comparison_interval = std::chrono::minutes{15};
  /// How long a change there of somebody who came through SCIM is given to arrive here, before it is written over. Assumed: Entra's
  /// cycles are 40 minutes apart, and one may fail. [Graph X1]
  base::Duration feed_patience = std::chrono::minutes{90};
};

struct Options {
  std::string organization = "5f0000000000000000000001";
  /// The settings that a new store begins with; from then on the API changes them.
  OrganizationSettings settings;
  base::Duration activation_link_lifetime = std::chrono::days{7};
  /// Assumed: no public source says how long a reset link lives.
  base::Duration reset_link_lifetime = std::chrono::hours{24};
  /// What a taken username or e-mail address answers: 409, or 400 as some clients have seen it. Assumed: no document
  /// names either. [rule D121]
  int conflict_status = 409;
  /// Whether a username may be changed once it is there; it historically could not. [rule D30]
  bool usernames_change = true;
  base::PasswordCost password_cost;
  /// How far an identity provider's clock may be from ours. [OIDC-CORE 3.1.3.7]
  base::Duration federation_clock_skew = std::chrono::minutes{5};
  Commits commits = Commits::each;
  /// How much of the store is kept in memory, in KiB; 0: as much as is usual.
  int page_cache = 0;
  /// How long after its last contact a system is shown as active. Assumed: no article says. [rule D123]
  base::Duration system_active_for = std::chrono::minutes{10};
  /// How long a poll of an agent is held at most. Assumed: no article says. [rule V6]
  base::Duration longest_poll = std::chrono::minutes{5};
  /// Polls of agents that are held at a time.
  std::size_t held_polls = 10'000;
  /// Assumed: no article says; a silent `amy2` would be the name of an account on a device. [rule R44]
  LoginCollision okta_login_collision = LoginCollision::refuse;
  ScimExpiry scim_expiry = ScimExpiry::inactive;
  ScimDeletion scim_deletion = ScimDeletion::by_source;
  UsernameDots username_dots = UsernameDots::allowed;
  /// Users that a SCIM query may have to look at one by one; beyond, it is refused with tooMany. [RFC7644 3.4.2.1]
  std::int64_t largest_scim_scan = 100'000;
  /// The base of links in mails and of SCIM locations.
  base::Uri public_url{.scheme = "https", .host = "directory.example.test", .port = 0, .path = "/", .query = {}};
  /// SCIM locations are of the address that the client has used, as an edge of ours tells it, in place of `public_url`.
  bool locations_follow_requests = false;
  /// The header in which a proxy of ours names the client's address, last; empty: nobody is believed. [rule DI20]
  std::string client_address_header;
  /// How long events can be read. [rule DI11]
  base::Duration event_retention = std::chrono::days{90};
  MicrosoftApp microsoft;
  /// How many users a provider that manages the organisation has licensed for it, which only the provider changes; imports go no
  /// further. [rule R80]
  std::optional<std::int64_t> licensed_users{};
  CloudPasswordPush cloud_password_push = CloudPasswordPush::every_login;
  CloudFirstPassword cloud_first_password = CloudFirstPassword::at_once;
  CloudSharedAccounts cloud_shared_accounts = CloudSharedAccounts::disabled;
  CloudEmptyGroups cloud_empty_groups = CloudEmptyGroups::wait;
  CloudStrangers cloud_strangers = CloudStrangers::go;
  /// Where mail is handed over, as JSON over HTTP.
  base::Uri mail_relay{.scheme = "https", .host = "mail.example.test", .port = 0, .path = "/messages", .query = {}};
};

/// Stored as digests at the first start; later starts ignore them. An empty one is not stored.
struct InitialKeys {
  base::Secret admin_key;         ///< x-api-key of the first administrator, who has billing
  base::Secret scim_token;        ///< bearer token of the Entra integration [rule R31]
  base::Secret connect_key;       ///< what an agent registers with
  base::Secret okta_token{};      ///< bearer token of the Okta integration
  base::Secret generic_token{};   ///< key of a SCIM integration without a vendor's policy
};

/// Keys that files beside a served directory hold; at every start they replace those adopted before. An empty one
/// is left as it is.
struct FileKeys {
  base::Secret key;          ///< of the first administrator and of the one integration named
  base::Secret connect_key;  ///< what an agent registers with
};

}  // namespace directory
