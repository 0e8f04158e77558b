// How long things last at sign-in, and where it is reached.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/instant.h"
#include "base/simulated_keys.h"
#include "base/uri.h"
#include "fakes/entra/defects.h"
#include "fakes/entra/sign_in/quirks.h"
#include "fakes/oidc/token_flaws.h"

namespace fakes::entra::sign_in {

struct SignInOptions {
  /// Scheme, host and port below which sign-in is reached; issuers are built from it. [Graph I4]
  base::Uri authority = base::parse_uri("https://login.microsoftonline.com").value();
  std::string userinfo_endpoint = "https://graph.microsoft.com/oidc/userinfo";  ///< [Graph I2]

  base::Duration code_lifetime = std::chrono::minutes{10};  ///< [Graph I15]
  base::Duration id_token_lifetime = std::chrono::hours{1};
  base::Duration app_token_lifetime = std::chrono::seconds{3599};  ///< [Graph K2]
  /// Between these a user's access token is given a lifetime by chance. [Graph K9]
  base::Duration access_token_shortest = std::chrono::minutes{60};
  base::Duration access_token_longest = std::chrono::minutes{90};
  base::Duration refresh_token_lifetime = std::chrono::days{90};      ///< [Graph K20]
  base::Duration spa_refresh_token_lifetime = std::chrono::hours{24};  ///< fixed, also for those that replace it [Graph K20]
  /// Assumed: of a browser session that is not kept.
  base::Duration session_lifetime = std::chrono::hours{24};
  /// Assumed: how long a sign-in page can be left open.
  base::Duration page_lifetime = std::chrono::hours{1};

  /// Keys change by themselves this often, announced beforehand; empty: when they are told to. [Graph I6]
  std::optional<base::Duration> key_period{};
  /// How long a key stays published after it has signed last.
  base::Duration old_key_stays = std::chrono::hours{24};
  base::KeyLength key_length = base::KeyLength::bits_1024;

  /// Assumed: an app that sends a signed-in browser here oftener than this within the span is in a loop. [Graph K5]
  std::size_t most_silent_answers = 15;
  base::Duration loop_span = std::chrono::minutes{5};

  int failures_until_lock = 10;                               ///< [Graph U23]
  base::Duration first_lock = std::chrono::minutes{1};        ///< [Graph U23]
  /// Assumed: each lock is twice the last one, up to this.
  base::Duration longest_lock = std::chrono::hours{5};

  /// Of ID tokens and of the way back to the app, for clients that are to notice it; empty: all is right.
  std::optional<oidc::TokenFlaw> token_flaw{};

  Quirks quirks{};
  Defects defects{};
};

}  // namespace fakes::entra::sign_in
