// What a SCIM client asks of the directory, step by step, in the language of conformance cases.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "scenarios/engine/perform.h"
#include "scenarios/probe/decode_probe.h"
#include "scenarios/probe/judge.h"
#include "scenarios/probe/names.h"

namespace scenarios {
namespace {

using probe::Answer;
using probe::Names;
using probe::Value;

constexpr base::Duration longest_wait = std::chrono::seconds{60};

base::Result<Value> filled(const JsonText& text, const Names& names) {
  if (text.text.empty()) return Value();
  return names.fill(Value::parse(text.text));
}

/// Path and query below the base URL; parameters are encoded.
base::Result<std::string> target_of(const ScimRequest& verb, const Names& names) {
  auto path = names.fill_text(verb.path);
  if (!path) return path;
  const auto query = filled(verb.query, names);
  if (!query) return std::unexpected(query.error());
  if (!query->is_null() && !query->is_object()) return base::fail("a query is a map");
  for (const auto& [key, value] : query->items()) {
    const auto text = value.is_string() ? value.get<std::string>() : value.dump();
    *path += fmt::format("{}{}={}", path->find('?') == std::string::npos ? '?' : '&', key, base::percent_encode(text));
  }
  return path;
}

void add_token(Cast& cast, base::HttpRequest& request, std::string_view credentials) {
  if (credentials == "entra") cast.add_credentials(request, Cast::Credentials::scim, nullptr);
  if (credentials == "okta") cast.add_credentials(request, Cast::Credentials::okta, nullptr);
  if (credentials == "wrong") request.headers.add("Authorization", "Bearer lockstep-no-such-token");
}

void keep(Answer& answer, const base::HttpResult& result) {
  if (!result) {
    answer.failure = result.error().message;
    return;
  }
  answer.status = result->status;
  answer.headers = result->headers;
  answer.text = result->body;
  auto parsed = Value::parse(answer.text, nullptr, false);
  answer.is_json = !parsed.is_discarded();
  if (answer.is_json) answer.body = std::move(parsed);
}

/// What of the answer is not as the script expects; empty: nothing.
std::string complaint(const ScimRequest& verb, const Answer& answer, const Names& names) {
  const auto tree = read_yaml(verb.expect.json.text);
  if (!tree) return tree.error().message;
  const auto pattern = probe::decode_pattern(*tree);
  if (!pattern) return pattern.error().message;
  const auto found = probe::differences(*pattern, answer, names);
  if (!found) return found.error().message;
  std::string text;
  for (const auto& one : *found) text += fmt::format("{}{}: {} instead of {}", text.empty() ? "" : "; ", one.where, one.found, one.expected);
  return text;
}

}  // namespace

base::Task<Performed> perform(Cast& cast, ScimRequest verb) {
  auto& names = cast.scim_answers();
  Answer answer;
  answer.method = verb.method;
  auto path = target_of(verb, names);
  if (!path) co_return refused(path.error().message);
  answer.path = *path;
  auto body = filled(verb.body, names);
  if (!body) co_return refused(body.error().message);
  answer.sent = *body;
  auto request = cast.directory_request(verb.method, "/scim/v2" + *path);
  add_token(cast, request, verb.credentials);
  request.headers.add("Accept", "application/scim+json");
  if (!body->is_null()) {
    request.headers.add("Content-Type", "application/scim+json");
    request.body = body->dump(-1, ' ', false, Value::error_handler_t::replace);
  }
  const auto began = cast.scheduler().now();
  const auto result = co_await cast.world().network().transport(cast.browsers()).send(std::move(request), longest_wait);
  answer.took = cast.scheduler().now() - began;
  keep(answer, result);
  const auto name = verb.answer.value_or("last");
  const auto& kept = names.set(name, std::move(answer));
  if (!result || verb.expect.json.text.empty()) co_return from_response(result);
  auto wrong = complaint(verb, kept, names);
  co_return wrong.empty() ? Performed{} : refused(std::move(wrong));
}

}  // namespace scenarios
