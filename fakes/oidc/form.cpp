#include "fakes/oidc/form.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"

namespace fakes::oidc {

std::string form_text(const Parameters& parameters) {
  std::string text;
  for (const auto& [name, value] : parameters) text += fmt::format("{}{}={}", text.empty() ? "" : "&", name, base::percent_encode(value));
  return text;
}

bool is_form(const base::HttpRequest& request) {
  return base::to_lower(request.headers.find("Content-Type").value_or("")).starts_with("application/x-www-form-urlencoded");
}

std::optional<base::Target> read_form(const base::HttpRequest& request) {
  return base::parse_target("/?" + request.body);
}

std::optional<base::Secret> find_cookie(const base::HttpRequest& request, std::string_view name) {
  for (const auto& header : request.headers) {
    if (!base::equals_ignoring_case(header.name, "Cookie")) continue;
    std::string_view rest = header.value;
    while (!rest.empty()) {
      auto entry = rest.substr(0, rest.find(';'));
      rest.remove_prefix(std::min(entry.size() + 1, rest.size()));
      while (entry.starts_with(' ')) entry.remove_prefix(1);
      if (entry.starts_with(name) && entry.substr(name.size()).starts_with('='))
        return base::Secret(std::string(entry.substr(name.size() + 1)));
    }
  }
  return std::nullopt;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    if (!word.empty()) out.emplace_back(word);
  }
  return out;
}

bool holds(const std::vector<std::string>& list, std::string_view text) { return std::ranges::find(list, text) != list.end(); }

base::HttpResponse json_answer(int status, const base::JsonObject& body) {
  base::HttpResponse response(status, "application/json; charset=utf-8", base::to_text(body));
  response.headers.add("Cache-Control", "no-store, no-cache");
  return response;
}

void put_text(base::JsonObject& object, std::string_view name, std::string_view value) {
  if (!value.empty()) object[base::json_key(name)] = base::json_text(value);
}

base::HttpResponse wrong_method(std::string_view allowed) {
  base::HttpResponse response(405);
  response.headers.add("Allow", std::string(allowed));
  return response;
}

}  // namespace fakes::oidc
