#include "fakes/entra/sign_in/pages.h"

#include <fmt/format.h>

#include "fakes/oidc/html.h"

namespace fakes::entra::sign_in {

using oidc::alert_html;
using oidc::escape_html;
using oidc::field_html;
using oidc::hidden_html;
using oidc::html_page;

namespace {

/// The form with its fields, and a second one by which the person goes back to the app.
std::string form(const PageText& text, std::string_view fields, std::string_view button) {
  auto out = alert_html(text.problem);
  if (!text.app_name.empty()) out += fmt::format("<p>to continue to {}</p>\n", escape_html(text.app_name));
  out += fmt::format("<form method=\"post\" action=\"{}\">\n{}{}<button type=\"submit\">{}</button>\n</form>\n", escape_html(text.action),
                     hidden_html("flowToken", text.page_token), fields, button);
  out += fmt::format("<form method=\"post\" action=\"{}\">\n{}{}<button type=\"submit\">Cancel</button>\n</form>\n", escape_html(text.action),
                     hidden_html("flowToken", text.page_token), hidden_html("cancel", "1"));
  return out;
}

}  // namespace

base::HttpResponse user_name_page(const PageText& text) {
  return html_page(200, "Sign in", form(text, field_html({"loginfmt", "Email, phone, or Skype", "email", "username", text.user_name}), "Next"));
}

base::HttpResponse password_page(const PageText& text) {
  const auto fields = fmt::format("<p>{}</p>\n", escape_html(text.user_name)) + hidden_html("loginfmt", text.user_name) +
                      field_html({"passwd", "Password", "password", "current-password"});
  return html_page(200, "Enter password", form(text, fields, "Sign in"));
}

base::HttpResponse new_password_page(const PageText& text) {
  const auto fields = fmt::format("<p>{}</p>\n", escape_html(text.user_name)) +
                      field_html({"oldpasswd", "Current password", "password", "current-password"}) +
                      field_html({"newpasswd", "New password", "password", "new-password"}) +
                      field_html({"confirmnewpasswd", "Confirm password", "password", "new-password"});
  return html_page(200, "Update your password", form(text, fields, "Sign in"));
}

base::HttpResponse error_page(std::string_view text, std::string_view app_name) {
  auto body = app_name.empty() ? std::string() : fmt::format("<p>{}</p>\n", escape_html(app_name));
  body += "<p>Sorry, but we're having trouble signing you in.</p>\n" + alert_html(text);
  return html_page(400, "Sign in", body);
}

base::HttpResponse signed_out_page(const std::vector<std::string>& front_channel, std::string_view next) {
  std::string body = "<p>You signed out of your account.</p>\n";
  for (const auto& address : front_channel)
    body += fmt::format("<iframe title=\"Sign-out of an app\" src=\"{}\" hidden></iframe>\n", escape_html(address));
  if (!next.empty()) body += fmt::format("<p><a id=\"next\" href=\"{}\">Continue</a></p>\n", escape_html(next));
  auto response = html_page(200, "Signed out", body);
  if (!next.empty()) response.headers.add("Refresh", fmt::format("1; url={}", next));
  return response;
}

}  // namespace fakes::entra::sign_in
