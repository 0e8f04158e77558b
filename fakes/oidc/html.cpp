#include "fakes/oidc/html.h"

#include <fmt/format.h>

namespace fakes::oidc {

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

base::HttpResponse html_page(int status, std::string_view title, std::string_view body) {
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

std::string field_html(const Field& field) {
  return fmt::format(
      "<p><label for=\"{0}\">{1}</label>\n<input id=\"{0}\" name=\"{0}\" type=\"{2}\" autocomplete=\"{3}\" value=\"{4}\" maxlength=\"{5}\" "
      "required></p>\n",
      field.name, field.label, field.type, field.autocomplete, escape_html(field.value), 256);
}

std::string hidden_html(std::string_view name, std::string_view value) {
  return fmt::format("<input type=\"hidden\" name=\"{}\" value=\"{}\">\n", escape_html(name), escape_html(value));
}

std::string alert_html(std::string_view text) {
  return text.empty() ? std::string() : fmt::format("<p id=\"error\" role=\"alert\">{}</p>\n", escape_html(text));
}

base::HttpResponse form_post_page(std::string_view address, const Parameters& parameters) {
  std::string fields;
  for (const auto& [name, value] : parameters) fields += hidden_html(name, value);
  return html_page(200, "Working...",
                   fmt::format("<form method=\"post\" action=\"{}\">\n{}<button type=\"submit\">Continue</button>\n</form>\n"
                               "<script>document.forms[0].submit();</script>\n",
                               escape_html(address), fields));
}

base::HttpResponse redirect(std::string address) {
  base::HttpResponse response(302);
  response.headers.add("Location", std::move(address));
  response.headers.add("Cache-Control", "no-store, no-cache");
  return response;
}

}  // namespace fakes::oidc
