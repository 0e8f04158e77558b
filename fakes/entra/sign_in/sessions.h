// Browsers that are signed in, and the sign-in pages that are open in them.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "fakes/entra/sign_in/grants.h"
#include "fakes/oidc/response_mode.h"

namespace fakes::entra::sign_in {

/// A browser's session. Its cookie is what single sign-on goes by.
struct BrowserSession {
  Proof proof{};
  base::Instant ends{};
  std::set<std::string> apps{};  ///< ids of the apps that were signed in to, for front-channel sign-out [Graph I14]
  /// When each app was answered without a page, lately.
  std::map<std::string, std::deque<base::Instant>> silent_answers{};
};

enum class Prompt : std::uint8_t { none, login, select_account, consent, unless_signed_in };

/// A request to sign somebody in, of which app and redirect URI have been checked.
struct AuthorizeRequest {
  std::string tenant_name{};  ///< as it stood in the path
  std::string app_id{};
  std::string redirect_uri{};
  bool single_page = false;
  bool wants_code = false;
  bool wants_id_token = false;
  oidc::ResponseMode mode = oidc::ResponseMode::query;
  Prompt prompt = Prompt::unless_signed_in;
  std::string scope{};
  std::string state{};
  std::string nonce{};
  oidc::Challenge challenge{};
  std::string login_hint{};
  std::string correlation_id{};
};

/// A page that waits for a person.
struct OpenPage {
  AuthorizeRequest request{};
  base::Instant ends{};
  /// Whose password was right and must be changed before the sign-in goes on.
  std::optional<ObjectId> must_change{};
};

}  // namespace fakes::entra::sign_in
