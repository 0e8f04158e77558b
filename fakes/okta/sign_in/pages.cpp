#include "fakes/okta/sign_in/pages.h"

#include <fmt/format.h>

#include "base/json.h"
#include "fakes/oidc/html.h"

namespace fakes::okta::sign_in {
namespace {

using oidc::alert_html;
using oidc::escape_html;
using oidc::field_html;
using oidc::hidden_html;
using oidc::html_page;

std::string form(std::string_view action, std::string_view fields, std::string_view button) {
  return fmt::format("<form method=\"post\" action=\"{}\">\n{}<button type=\"submit\">{}</button>\n</form>\n", action, fields, button);
}

std::string user_name_field(const LoginText& text) { return field_html({"username", "Username", "text", "username", text.user_name}); }

std::string password_field() { return field_html({"password", "Password", "password", "current-password"}); }

/// `https://app.example.test` of `https://app.example.test/callback`.
std::string_view origin_of(std::string_view address) {
  const auto scheme = address.find("://");
  return scheme == std::string_view::npos ? address : address.substr(0, address.find('/', scheme + 3));
}

/// JSON that may stand in a script.
std::string script_text(const base::Json& json) {
  std::string out;
  for (const char c : base::to_text(json)) {
    if (c == '<') {
      out += "\\u003c";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

base::HttpResponse login_page(const LoginText& text) {
  return html_page(200, "Sign In", alert_html(text.problem) + form(login_path, hidden_html("fromURI", text.next) + user_name_field(text) + password_field(), "Sign In"));
}

base::HttpResponse user_name_page(const LoginText& text) {
  return html_page(200, "Sign In", alert_html(text.problem) + form(login_path, hidden_html("fromURI", text.next) + user_name_field(text), "Next"));
}

base::HttpResponse password_page(const LoginText& text) {
  const auto fields = fmt::format("<p>{}</p>\n", escape_html(text.user_name)) + hidden_html("fromURI", text.next) +
                      hidden_html("username", text.user_name) + password_field();
  return html_page(200, "Verify with your password", alert_html(text.problem) + form(login_path, fields, "Verify"));
}

base::HttpResponse change_page(std::string_view state_token, std::string_view user_name, std::string_view problem) {
  const auto fields = fmt::format("<p>{}</p>\n", escape_html(user_name)) + hidden_html("stateToken", state_token) +
                      field_html({"oldPassword", "Old password", "password", "current-password"}) +
                      field_html({"newPassword", "New password", "password", "new-password"}) +
                      field_html({"confirmPassword", "Repeat password", "password", "new-password"});
  return html_page(200, "Your Okta password has expired", alert_html(problem) + form(change_path, fields, "Change Password"));
}

base::HttpResponse home_page(const std::vector<std::string>& apps) {
  std::string list;
  for (const auto& app : apps) list += fmt::format("<li>{}</li>\n", escape_html(app));
  return html_page(200, "My Apps", fmt::format("<ul>\n{}</ul>\n", list));
}

base::HttpResponse error_page(std::string_view code, std::string_view problem) {
  return html_page(400, "400 Bad Request",
                   fmt::format("<p>Your request resulted in an error.</p>\n{}<p>Error code: {}</p>\n", alert_html(problem), escape_html(code)));
}

base::HttpResponse post_message_page(std::string_view redirect_uri, const oidc::Parameters& parameters) {
  base::JsonObject message;
  for (const auto& [name, value] : parameters) message[base::json_key(name)] = value;
  return html_page(200, "Signing in",
                   fmt::format("<script>(window.opener || window.parent).postMessage({}, {});</script>\n", script_text(message),
                               script_text(base::json_text(origin_of(redirect_uri)))));
}

}  // namespace fakes::okta::sign_in
