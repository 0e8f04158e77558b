#include "scenarios/engine/browser.h"

#include <fmt/format.h>

#include "base/encoding.h"

namespace scenarios {
namespace {

constexpr base::Duration answer_timeout = std::chrono::seconds{30};
constexpr int most_redirects = 10;

std::string unescape(std::string text) {
  for (const auto& [entity, plain] : {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}}) {
    const std::string_view escaped = entity;
    for (auto at = text.find(escaped); at != std::string::npos; at = text.find(escaped, at + 1)) text.replace(at, escaped.size(), plain);
  }
  return text;
}

/// An attribute's value in the tag at the beginning of `tag`.
std::string attribute(std::string_view tag, std::string_view name) {
  tag = tag.substr(0, tag.find('>'));
  const auto begin = tag.find(fmt::format(" {}=\"", name));
  if (begin == std::string_view::npos) return {};
  const auto value = tag.substr(begin + name.size() + 3);
  return unescape(std::string(value.substr(0, value.find('"'))));
}

std::string_view first_form(std::string_view html) {
  const auto begin = html.find("<form");
  if (begin == std::string_view::npos) return {};
  return html.substr(begin, html.find("</form>", begin) - begin);
}

/// Of a reference within the page's site, or an absolute address.
std::optional<base::Uri> resolve(const base::Uri& from, const std::string& reference) {
  if (!reference.starts_with('/')) {
    auto uri = base::parse_uri(reference.substr(0, reference.find('#')));
    return uri ? std::optional(*uri) : std::nullopt;
  }
  auto uri = from;
  const auto question = reference.find('?');
  uri.path = reference.substr(0, question);
  uri.query = question == std::string::npos ? std::nullopt : std::optional(reference.substr(question + 1));
  return uri;
}

void keep_cookies(Browser& browser, const base::Uri& from, const base::HttpResponse& response) {
  for (const auto& header : response.headers) {
    if (!base::equals_ignoring_case(header.name, "Set-Cookie")) continue;
    const auto pair = header.value.substr(0, header.value.find(';'));
    const auto equals = pair.find('=');
    if (equals == std::string::npos) continue;
    auto value = pair.substr(equals + 1);
    auto& jar = browser.cookies[from.host];
    if (value.empty()) {
      jar.erase(pair.substr(0, equals));
    } else {
      jar[pair.substr(0, equals)] = std::move(value);
    }
  }
}

void add_cookies(const Browser& browser, const base::Uri& to, base::HttpRequest& request) {
  const auto jar = browser.cookies.find(to.host);
  if (jar == browser.cookies.end()) return;
  std::string text;
  for (const auto& [name, value] : jar->second) text += fmt::format("{}{}={}", text.empty() ? "" : "; ", name, value);
  if (!text.empty()) request.headers.add("Cookie", text);
}

}  // namespace

base::Task<std::optional<base::TransportFailure>> open_page(base::HttpTransport* transport, Browser* browser, base::HttpRequest request,
                                                            base::Uri address) {
  for (int redirects = 0;; ++redirects) {
    add_cookies(*browser, address, request);
    const auto result = co_await transport->send(std::move(request), answer_timeout);
    if (!result) co_return result.error();
    keep_cookies(*browser, address, *result);
    const auto location = result->headers.find("Location");
    const bool leads_on = result->status >= 300 && result->status < 400 && location.has_value() && redirects < most_redirects;
    const auto next = leads_on ? resolve(address, std::string(*location)) : std::nullopt;
    if (!next) {
      browser->page = Browser::Page{address, result->status, result->body};
      co_return std::nullopt;
    }
    address = *next;
    request = base::HttpRequest("GET", address);
  }
}

std::optional<Submission> fill_in(const Browser::Page& page, const Typed& typed) {
  const auto form = first_form(page.text);
  const auto address = resolve(page.address, attribute(form, "action"));
  if (form.empty() || !address) return std::nullopt;
  std::string body;
  for (auto at = form.find("<input"); at != std::string_view::npos; at = form.find("<input", at + 1)) {
    const auto tag = form.substr(at);
    const auto purpose = attribute(tag, "autocomplete");
    auto value = attribute(tag, "value");
    if (purpose == "username") value = typed.user_name;
    if (purpose == "current-password") value = typed.password;
    if (purpose == "new-password") value = typed.new_password;
    body += fmt::format("{}{}={}", body.empty() ? "" : "&", base::percent_encode(attribute(tag, "name")), base::percent_encode(value));
  }
  Submission submission{base::HttpRequest("POST", *address), *address};
  submission.request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  submission.request.body = std::move(body);
  return submission;
}

bool asks_for_password(const Browser::Page& page) { return first_form(page.text).find("autocomplete=\"current-password\"") != std::string_view::npos; }

bool asks_for_new_password(const Browser::Page& page) { return first_form(page.text).find("autocomplete=\"new-password\"") != std::string_view::npos; }

std::string alert_of(const Browser::Page& page) {
  const auto at = page.text.find("role=\"alert\"");
  if (at == std::string::npos) return {};
  const auto begin = page.text.find('>', at) + 1;
  return unescape(page.text.substr(begin, page.text.find('<', begin) - begin));
}

}  // namespace scenarios
