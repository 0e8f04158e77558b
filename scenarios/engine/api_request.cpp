#include "scenarios/engine/api_request.h"

#include <fmt/format.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/encoding.h"
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
base::Result<std::string> target_of(const ApiRequest& step, const Names& names) {
  auto path = names.fill_text(step.path);
  if (!path) return path;
  const auto query = filled(step.query, names);
  if (!query) return std::unexpected(query.error());
  if (!query->is_null() && !query->is_object()) return base::fail("a query is a map");
  for (const auto& [key, value] : query->items()) {
    const auto text = value.is_string() ? value.get<std::string>() : value.dump();
    *path += fmt::format("{}{}={}", path->find('?') == std::string::npos ? '?' : '&', key, base::percent_encode(text));
  }
  return path;
}

/// The passwords that the texts name, as the script's ledger has them.
void name_passwords(Cast& cast, const ApiRequest& step, Names& names) {
  constexpr std::string_view mark = "${password.";
  auto passwords = Value::object();
  for (const auto* text : {&step.path, &step.query.text, &step.body.text}) {
    for (auto at = text->find(mark); at != std::string::npos; at = text->find(mark, at + 1)) {
      const auto begin = at + mark.size();
      const auto name = text->substr(begin, std::min(text->find('}', begin), text->size()) - begin);
      passwords[name] = cast.secrets().value(SecretName(name)).reveal();
    }
  }
  if (!passwords.empty()) names.set_value("password", std::move(passwords));
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
std::string complaint(const ApiRequest& step, const Answer& answer, const Names& names) {
  const auto tree = read_yaml(step.expect.json.text);
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

base::Task<Performed> send_request(Cast& cast, ApiRequest step, Addressing to) {
  auto& names = cast.scim_answers();
  name_passwords(cast, step, names);
  Answer answer;
  answer.method = step.method;
  auto path = target_of(step, names);
  if (!path) co_return refused(path.error().message);
  answer.path = *path;
  auto body = filled(step.body, names);
  if (!body) co_return refused(body.error().message);
  answer.sent = *body;
  auto request = to.address(step.method, *path);
  request.headers.add("Accept", to.media_type);
  if (!body->is_null()) {
    request.headers.add("Content-Type", to.media_type);
    request.body = body->dump(-1, ' ', false, Value::error_handler_t::replace);
  }
  const auto began = cast.scheduler().now();
  const auto result = co_await cast.world().network().transport(*to.from).send(std::move(request), longest_wait);
  answer.took = cast.scheduler().now() - began;
  keep(answer, result);
  const auto name = step.answer.value_or("last");
  const auto& kept = names.set(name, std::move(answer));
  if (!result || step.expect.json.text.empty()) co_return from_response(result);
  auto wrong = complaint(step, kept, names);
  co_return wrong.empty() ? Performed{} : refused(std::move(wrong));
}

}  // namespace scenarios
