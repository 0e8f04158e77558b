// The organisation's settings and the secrets that an installation begins with.
#pragma once

#include <cstdint>
#include <string>

#include "base/crypto.h"
#include "base/instant.h"
#include "base/secret.h"
#include "base/uri.h"

namespace directory {

enum class UserState { staged, activated, suspended };

/// When a user without a password is sent the activation mail.
enum class ActivationMail {
  /// As soon as an activated user is created. [rule D8]
  on_create,
  /// Only when an admin asks for it. Assumed for SCIM by one support article. [Entra provisioning-clients 1-16]
  on_request
};

/// What a commit, and its wait for the disk, is for.
enum class Commits {
  each,    ///< one transaction
  grouped  ///< all requests that were ready together
};

struct Options {
  std::string organization = "5f0000000000000000000001";
  /// State of users that arrive through SCIM. [rule R4] [rule D6]
  UserState default_scim_state = UserState::activated;
  /// State of users that an admin enters. [rule D4]
  UserState default_manual_state = UserState::activated;
  ActivationMail activation_mail = ActivationMail::on_create;
  base::Duration activation_link_lifetime = std::chrono::days{7};
  /// [rule D111]
  std::size_t shortest_password = 12;
  std::size_t longest_password = 64;
  /// Failed logins before an account is locked. [rule D110]
  int login_attempts = 6;
  base::PasswordCost password_cost;
  Commits commits = Commits::each;
  /// How long after its last contact a system is shown as active. Assumed: no article says. [rule D123]
  base::Duration system_active_for = std::chrono::minutes{10};
  /// Polls of agents that are held at a time.
  std::size_t held_polls = 10'000;
  /// The base of links in mails and of SCIM locations.
  base::Uri public_url{.scheme = "https", .host = "directory.example.test", .port = 0, .path = "/", .query = {}};
  /// The header in which a proxy of ours names the client's address, last; empty: nobody is believed. [rule DI20]
  std::string client_address_header;
  /// How long events can be read. [rule DI11]
  base::Duration event_retention = std::chrono::days{90};
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
