#include "reports/shown_exchange.h"

#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "base/uri.h"
#include "reports/plain_text.h"

namespace reports {
namespace {

using scenarios::ConformanceRecord;
using scenarios::ExchangeRecord;

constexpr std::size_t longest_inline_body = std::size_t{16} * 1024;

struct Credential {
  std::string_view header;
  std::string_view variable;
};

constexpr std::array credentials{
    Credential{"Authorization", "$TOKEN"}, Credential{"Proxy-Authorization", "$TOKEN"},
    Credential{"Cookie", "$COOKIE"},       Credential{"Set-Cookie", "$COOKIE"},
    Credential{"X-Api-Key", "$API_KEY"},   Credential{"Api-Key", "$API_KEY"},
    Credential{"X-Auth-Token", "$TOKEN"}};

/// Fields that curl writes by itself.
constexpr std::array written_by_curl{std::string_view("Host"), std::string_view("Content-Length"),
                                     std::string_view("Connection"), std::string_view("Transfer-Encoding"),
                                     std::string_view("User-Agent")};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_variable(std::string_view text) {
  return text.size() > 1 && text.front() == '$' &&
         std::ranges::all_of(text.substr(1), [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; });
}

/// "Bearer" of "Bearer eyJ…": letters with one space behind them.
std::string_view scheme_of(std::string_view value) {
  const auto space = value.find(' ');
  if (space == std::string_view::npos || space == 0 || space > 16) return "";
  const auto scheme = value.substr(0, space);
  return std::ranges::all_of(scheme, is_letter) ? scheme : "";
}

std::string shown_credential(std::string_view value, std::string_view variable) {
  const auto scheme = variable == "$TOKEN" ? scheme_of(value) : std::string_view();
  const auto rest = scheme.empty() ? value : value.substr(scheme.size() + 1);
  if (base::equals_ignoring_case(scheme, "Basic")) variable = "$CREDENTIALS";
  if (is_variable(rest)) variable = rest;
  return scheme.empty() ? std::string(variable) : std::string(scheme) + " " + std::string(variable);
}

const Credential* find_credential(std::string_view header) {
  const auto found = std::ranges::find_if(
      credentials, [&](const Credential& one) { return base::equals_ignoring_case(one.header, header); });
  return found == credentials.end() ? nullptr : &*found;
}

/// `"$ORIGIN"'/Users?…'`: the variable alone is open to the shell.
std::string shell_url(const std::string& url) {
  static constexpr std::string_view origin = "$ORIGIN";
  if (!url.starts_with(origin)) return shell_word(url);
  return "\"$ORIGIN\"" + shell_word(std::string_view(url).substr(origin.size()));
}

std::string header_option(const std::string& name, const std::string& value) {
  // Only names and the schemes of shown_credential stand in double quotes, where the shell still reads.
  if (find_credential(name) != nullptr) return " -H \"" + name + ": " + value + "\"";
  const auto text = visible(name, Breaks::join);
  // curl leaves out a field without a value unless it ends in a semicolon.
  return " -H " + shell_word(value.empty() ? text + ";" : text + ": " + visible(value, Breaks::join));
}

bool has_header(const HeaderList& headers, std::string_view name) {
  return std::ranges::any_of(
      headers, [&](const auto& header) { return base::equals_ignoring_case(header.first, name); });
}

std::string options(const std::string& url) {
  std::string out = " -i";
  if (url.find_first_of("[]{}") != std::string::npos) out += " -g";
  if (url.find("/.") != std::string::npos) out += " --path-as-is";
  return out;
}

}  // namespace

HeaderList shown_headers(const HeaderList& headers) {
  HeaderList out;
  for (const auto& [name, value] : headers) {
    const auto* credential = find_credential(name);
    out.emplace_back(name, credential != nullptr ? shown_credential(value, credential->variable) : value);
  }
  return out;
}

ExchangeRecord shown_exchange(ExchangeRecord exchange) {
  exchange.request_headers = shown_headers(exchange.request_headers);
  exchange.response_headers = shown_headers(exchange.response_headers);
  return exchange;
}

std::string shown_url(const ConformanceRecord& record, const ExchangeRecord& exchange) {
  auto target = visible(exchange.target, Breaks::join);
  if (target.starts_with("http://") || target.starts_with("https://")) return target;
  const auto base_url = base::parse_uri(record.target);
  if (!base_url) return "$ORIGIN" + target;
  return base_url->scheme + "://" + base_url->authority() + target;
}

std::string curl_command(const ConformanceRecord& record, const ExchangeRecord& exchange) {
  const auto url = shown_url(record, exchange);
  const auto method = visible(exchange.method, Breaks::join);
  const auto& body = exchange.request_body;
  std::string out = "curl" + options(url);
  if (method == "HEAD") {
    out += " -I";
  } else if (method != "GET" || !body.empty()) {
    out += " -X " + shell_word(method);
  }
  out += " " + shell_url(url);
  for (const auto& [name, value] : shown_headers(exchange.request_headers)) {
    const auto is_name = [&](std::string_view other) { return base::equals_ignoring_case(name, other); };
    if (std::ranges::none_of(written_by_curl, is_name)) out += header_option(name, value);
  }
  if (body.empty()) return out;
  // Without this curl would say that it sends a form.
  if (!has_header(exchange.request_headers, "Content-Type")) out += " -H Content-Type:";
  if (body.size() > longest_inline_body) return out + " --data-binary @body";
  if (visible(body, Breaks::keep) == body) return out + " --data-raw " + shell_word(body);
  return "echo " + base::to_base64(body) + " | base64 -d | " + out + " --data-binary @-";
}

}  // namespace reports
