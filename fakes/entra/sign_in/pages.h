// The pages that a person sees: plain forms that work without scripts, every value escaped. Field names are Entra's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"

namespace fakes::entra::sign_in {

/// What a sign-in page shows.
struct PageText {
  std::string action{};      ///< where its form goes
  std::string page_token{};  ///< `flowToken`
  std::string app_name{};
  std::string user_name{};
  std::string problem{};  ///< with its AADSTS number; empty: none
};

/// Asks for `loginfmt`.
[[nodiscard]] base::HttpResponse user_name_page(const PageText& text);
/// Asks for `passwd`.
[[nodiscard]] base::HttpResponse password_page(const PageText& text);
/// Asks for `oldpasswd`, `newpasswd` and `confirmnewpasswd`.
[[nodiscard]] base::HttpResponse new_password_page(const PageText& text);
/// Ends a sign-in that cannot go on: 400.
[[nodiscard]] base::HttpResponse error_page(std::string_view problem, std::string_view app_name);
/// Loads each app's address of front-channel sign-out in a frame, then leads to `next` where there is one. [Graph I14]
[[nodiscard]] base::HttpResponse signed_out_page(const std::vector<std::string>& front_channel, std::string_view next);

}  // namespace fakes::entra::sign_in
