// The pages that a person sees: plain forms that work without scripts, every value escaped. Field names are Entra's.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/http.h"

namespace fakes::entra::sign_in {

/// For text and for quoted attribute values.
[[nodiscard]] std::string escape_html(std::string_view text);

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
/// Posts the parameters to an app, by itself where scripts run. [Graph I12]
[[nodiscard]] base::HttpResponse form_post_page(std::string_view address, const std::vector<std::pair<std::string, std::string>>& parameters);
/// Loads each app's address of front-channel sign-out in a frame, then leads to `next` where there is one. [Graph I14]
[[nodiscard]] base::HttpResponse signed_out_page(const std::vector<std::string>& front_channel, std::string_view next);

[[nodiscard]] base::HttpResponse redirect(std::string address);

}  // namespace fakes::entra::sign_in
