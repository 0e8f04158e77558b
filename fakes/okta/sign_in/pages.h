// The pages of the org's sign-in that a person sees.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "fakes/oidc/form.h"

namespace fakes::okta::sign_in {

/// Where each form goes.
inline constexpr std::string_view login_path = "/login/login.htm";
inline constexpr std::string_view change_path = "/login/expired-password";
/// Where people land who signed in for no app.
inline constexpr std::string_view home_path = "/app/UserHome";

struct LoginText {
  std::string next{};       ///< `fromURI`: where the sign-in leads
  std::string user_name{};  ///< filled in beforehand
  std::string problem{};    ///< empty: none
};

/// Asks for `username` and `password`.
[[nodiscard]] base::HttpResponse login_page(const LoginText& text);
/// Asks for `username` alone, and then for `password`.
[[nodiscard]] base::HttpResponse user_name_page(const LoginText& text);
[[nodiscard]] base::HttpResponse password_page(const LoginText& text);
/// Asks for `oldPassword`, `newPassword` and `confirmPassword`.
[[nodiscard]] base::HttpResponse change_page(std::string_view state_token, std::string_view user_name, std::string_view problem);
/// Labels of the apps that the person is assigned to.
[[nodiscard]] base::HttpResponse home_page(const std::vector<std::string>& apps);
/// Ends a sign-in that cannot go on: 400.
[[nodiscard]] base::HttpResponse error_page(std::string_view code, std::string_view problem);
/// Posts the parameters to the window that opened this one, if that is at the redirect URI's origin.
[[nodiscard]] base::HttpResponse post_message_page(std::string_view redirect_uri, const oidc::Parameters& parameters);

}  // namespace fakes::okta::sign_in
