#include "fakes/entra/sign_in/pages.h"

#include <fmt/format.h>

namespace fakes::entra::sign_in {
namespace {

base::HttpResponse page(int status, std::string_view title, std::string_view body) {
  base::HttpResponse response(status, "text/html; charset=utf-8",
                              fmt::format("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                                          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                                          "<title>{}</title>\n</head>\n<body>\n<main>\n<h1>{}</h1>\n{}</main>\n</body>\n</html>\n",
                                          escape_html(title), escape_html(title), body));
  response.headers.add("Cache-Control", "no-store, no-cache");
  response.headers.add("X-Frame-Options", "DENY");
  response.headers.add("Referrer-Policy", "no-referrer");
  return response;
}

std::string hidden(std::string_view name, std::string_view value) {
  return fmt::format("<input type=\"hidden\" name=\"{}\" value=\"{}\">\n", escape_html(name), escape_html(value));
}

struct Field {
  std::string_view name;
  std::string_view label;
  std::string_view type;
  std::string_view autocomplete;
  std::string_view value{};
};

std::string field(const Field& field) {
  return fmt::format(
      "<p><label for=\"{0}\">{1}</label>\n<input id=\"{0}\" name=\"{0}\" type=\"{2}\" autocomplete=\"{3}\" value=\"{4}\" maxlength=\"{5}\" "
      "required></p>\n",
      field.name, field.label, field.type, field.autocomplete, escape_html(field.value), 256);
}

std::string problem(std::string_view text) {
  return text.empty() ? std::string() : fmt::format("<p id=\"error\" role=\"alert\">{}</p>\n", escape_html(text));
}

/// The form with its fields, and a second one by which the person goes back to the app.
std::string form(const PageText& text, std::string_view fields, std::string_view button) {
  auto out = problem(text.problem);
  if (!text.app_name.empty()) out += fmt::format("<p>to continue to {}</p>\n", escape_html(text.app_name));
  out += fmt::format("<form method=\"post\" action=\"{}\">\n{}{}<button type=\"submit\">{}</button>\n</form>\n", escape_html(text.action),
                     hidden("flowToken", text.page_token), fields, button);
  out += fmt::format("<form method=\"post\" action=\"{}\">\n{}{}<button type=\"submit\">Cancel</button>\n</form>\n", escape_html(text.action),
                     hidden("flowToken", text.page_token), hidden("cancel", "1"));
  return out;
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

base::HttpResponse user_name_page(const PageText& text) {
  return page(200, "Sign in", form(text, field({"loginfmt", "Email, phone, or Skype", "email", "username", text.user_name}), "Next"));
}

base::HttpResponse password_page(const PageText& text) {
  const auto fields = fmt::format("<p>{}</p>\n", escape_html(text.user_name)) + hidden("loginfmt", text.user_name) +
                      field({"passwd", "Password", "password", "current-password"});
  return page(200, "Enter password", form(text, fields, "Sign in"));
}

base::HttpResponse new_password_page(const PageText& text) {
  const auto fields = fmt::format("<p>{}</p>\n", escape_html(text.user_name)) +
                      field({"oldpasswd", "Current password", "password", "current-password"}) +
                      field({"newpasswd", "New password", "password", "new-password"}) +
                      field({"confirmnewpasswd", "Confirm password", "password", "new-password"});
  return page(200, "Update your password", form(text, fields, "Sign in"));
}

base::HttpResponse error_page(std::string_view text, std::string_view app_name) {
  auto body = app_name.empty() ? std::string() : fmt::format("<p>{}</p>\n", escape_html(app_name));
  body += "<p>Sorry, but we're having trouble signing you in.</p>\n" + problem(text);
  return page(400, "Sign in", body);
}

base::HttpResponse form_post_page(std::string_view address, const std::vector<std::pair<std::string, std::string>>& parameters) {
  std::string fields;
  for (const auto& [name, value] : parameters) fields += hidden(name, value);
  return page(200, "Working...",
              fmt::format("<form method=\"post\" action=\"{}\">\n{}<button type=\"submit\">Continue</button>\n</form>\n"
                          "<script>document.forms[0].submit();</script>\n",
                          escape_html(address), fields));
}

base::HttpResponse signed_out_page(const std::vector<std::string>& front_channel, std::string_view next) {
  std::string body = "<p>You signed out of your account.</p>\n";
  for (const auto& address : front_channel)
    body += fmt::format("<iframe title=\"Sign-out of an app\" src=\"{}\" hidden></iframe>\n", escape_html(address));
  if (!next.empty()) body += fmt::format("<p><a id=\"next\" href=\"{}\">Continue</a></p>\n", escape_html(next));
  auto response = page(200, "Signed out", body);
  if (!next.empty()) response.headers.add("Refresh", fmt::format("1; url={}", next));
  return response;
}

base::HttpResponse redirect(std::string address) {
  base::HttpResponse response(302);
  response.headers.add("Location", std::move(address));
  response.headers.add("Cache-Control", "no-store, no-cache");
  return response;
}

}  // namespace fakes::entra::sign_in
