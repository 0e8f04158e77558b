// The configuration of a product outside: one file for every command that speaks to one.
//
//   lockstep_config: 1
//   product: Example Directory 4.2            # its name in reports
//   target: https://directory.example/scim/v2  # or core, or fake
//   auth: {token_file: token.txt}             # or basic_file: FILE (user:password in it), or
//                                             # oauth: {token_url: URL, client_id: ID, client_secret_file: FILE, scope: S, style: basic|post}
//   second_auth: {token_file: reader.txt}     # one with fewer rights
//   headers: {X-Tenant: acme}                 # sent with every request
//   header_files: {X-Key: key.txt}            # the same, with a secret
//   tls: {ca_file: ca.pem, certificate_file: client.pem, key_file: client.key, insecure: false}
//   timeout: 10s                              # of one request
//   rate: 25                                  # requests a second, at most
//   data:
//     prefix: lockstep-                       # begins the name of everything that is created
//     domain: example.com                     # of e-mail addresses
//     user_name: mail                         # or plain
//     user: {"name.familyName": Doe}          # what every user must have beyond the schema; ${unique} is a text of its own
//     group: {externalId: "${unique}"}
//   known:                                    # findings that are expected; one that no longer happens fails too
//     - {case: P-3.5.2-12, reason: "operations are applied one by one until release 5"}
//
//   reset: {method: POST, path: /reset}       # for scripts: see target_api_config.h and docs/targets.md
//   observe: {directory.user: {path: '/scim/v2/Users?filter=userName eq "${user.username}"', fields: {state: {pointer: /Resources/0/active, map: {true: ACTIVATED}}}}}
//   verbs: {admin.suspend_user: {method: POST, path: "/users/${user.name}/suspend"}}
//
// Files are named relative to the configuration's own folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/oauth_client.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/uri.h"
#include "live/tls_client.h"
#include "scenarios/probe/session.h"
#include "scenarios/target_api.h"

namespace cli {

struct TargetConfig {
  std::string product;
  std::string target;
  std::optional<scenarios::probe::Authorization> auth;
  std::optional<base::OauthClient> oauth;
  std::optional<scenarios::probe::Authorization> second_auth;
  std::vector<std::pair<std::string, base::Secret>> headers;
  live::TlsClientOptions tls;
  base::Duration timeout = std::chrono::seconds{10};
  std::int64_t rate = 0;  ///< requests a second; 0: as fast as it goes
  scenarios::probe::DataRules data;
  std::vector<scenarios::probe::KnownDeviation> known;
  scenarios::TargetApi api;
};

/// An error is `path:line:column: message`.
[[nodiscard]] base::Result<TargetConfig> read_target_config(const std::string& path);

/// A secret in a file: its text without white space at the end. An error where it is empty, too long or cannot be read.
[[nodiscard]] base::Result<base::Secret> read_secret(const std::string& path);

/// The base URL of a SCIM provider: http or https, without a query [RFC7644 1.3].
[[nodiscard]] base::Result<base::Uri> parse_target_url(const std::string& text);

}  // namespace cli
