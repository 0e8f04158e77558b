#include "scenarios/client/seen.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "base/uri.h"

namespace scenarios::client {
namespace {

using probe::Value;

/// Null where the text is no JSON.
Value json_or_null(const std::string& text) {
  if (text.empty()) return nullptr;
  auto parsed = Value::parse(text, nullptr, false);
  return parsed.is_discarded() ? Value(nullptr) : parsed;
}

bool is_form(const base::Headers& headers) {
  const auto type = headers.find("Content-Type");
  return type && base::to_lower(*type).starts_with("application/x-www-form-urlencoded");
}

void read_target(Seen& seen) {
  const auto target = base::parse_target(seen.target);
  if (!target) {
    // What cannot be decoded is looked at as it came.
    seen.path = seen.target.substr(0, seen.target.find('?'));
    return;
  }
  seen.path = target->path;
  seen.query = target->query;
}

Seen seen_of(const Witnessed& exchange) {
  Seen out;
  out.exchange = exchange.id;
  out.party = exchange.to;
  out.method = exchange.request.method;
  out.target = exchange.request.target;
  out.headers = exchange.request.headers;
  out.body_text = exchange.request.body;
  out.sent = exchange.sent;
  out.answered = exchange.answered;
  out.took_effect = exchange.took_effect;
  out.distorted = exchange.distorted;
  out.fault = exchange.fault;
  out.phase = exchange.phase;
  read_target(out);
  if (is_form(out.headers)) {
    if (const auto form = base::parse_target("/?" + out.body_text)) out.form = form->query;
  } else {
    out.body = json_or_null(out.body_text);
  }
  if (exchange.result && *exchange.result) {
    const auto& answer = **exchange.result;
    out.status = answer.status;
    out.answer_headers = answer.headers;
    out.answer = json_or_null(answer.body);
  }
  return out;
}

const Value* list_in(const Value& body, std::string_view name) {
  if (!body.is_object()) return nullptr;
  const auto found = body.find(std::string(name));
  return found != body.end() && found->is_array() ? &*found : nullptr;
}

std::string text_in(const Value& object, std::string_view name) {
  if (!object.is_object()) return {};
  const auto found = object.find(std::string(name));
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

base::Headers headers_in(const Value& object) {
  base::Headers out;
  if (!object.is_object()) return out;
  const auto found = object.find("headers");
  if (found == object.end() || !found->is_object()) return out;
  for (const auto& [name, value] : found->items()) {
    if (value.is_string()) out.add(name, value.get<std::string>());
  }
  return out;
}

const Value* with_id(const Value* list, const std::string& id) {
  if (list == nullptr) return nullptr;
  for (const auto& entry : *list) {
    if (base::equals_ignoring_case(text_in(entry, "id"), id)) return &entry;
  }
  return nullptr;
}

/// The version that stands in front of `$batch`: "/v1.0".
std::string version_of(const Seen& batch) { return batch.path.substr(0, batch.path.rfind('/')); }

/// A request inside a batch, as if it had come alone. [Graph B1] [Graph B2]
Seen seen_inside(const Seen& batch, const Value& item, const Value* responses) {
  Seen out;
  out.exchange = batch.exchange;
  out.party = batch.party;
  out.method = text_in(item, "method");
  std::ranges::transform(out.method, out.method.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  auto url = text_in(item, "url");
  out.target = version_of(batch) + (url.starts_with('/') ? "" : "/") + url;
  out.headers = headers_in(item);
  if (item.contains("body")) out.body = item["body"];
  out.body_text = out.body.is_null() ? std::string() : out.body.dump(-1, ' ', false, Value::error_handler_t::replace);
  out.sent = batch.sent;
  out.answered = batch.answered;
  out.took_effect = batch.took_effect;
  out.distorted = batch.distorted;
  out.fault = batch.fault;
  out.phase = batch.phase;
  out.in_batch = true;
  read_target(out);
  const auto* response = with_id(responses, text_in(item, "id"));
  if (response == nullptr) return out;
  if (response->contains("status") && (*response)["status"].is_number_integer()) out.status = (*response)["status"].get<int>();
  out.answer_headers = headers_in(*response);
  if (response->contains("body")) out.answer = (*response)["body"];
  return out;
}

std::vector<std::pair<std::string, std::string>> sorted(std::vector<std::pair<std::string, std::string>> query) {
  std::ranges::sort(query);
  return query;
}

/// Members by which services know whom a body is about.
constexpr std::array naming_members{"userPrincipalName", "userName", "mailNickname", "displayName", "externalId"};

bool has_a_name(const Value& body) {
  return body.is_object() && std::ranges::any_of(naming_members, [&](const char* name) { return body.contains(name); });
}

bool is_named_alike(const Value& left, const Value& right) {
  return std::ranges::all_of(naming_members, [&](const char* name) { return base::equals_ignoring_case(text_in(left, name), text_in(right, name)); });
}

}  // namespace

std::string Seen::line() const { return fmt::format("{} {}", method, target); }

History history_of(const std::vector<Witnessed>& exchanges) {
  History out;
  for (const auto& exchange : exchanges) {
    out.push_back(seen_of(exchange));
    // A copy: what follows may move the list.
    const auto batch = out.back();
    if (batch.method != "POST" || !batch.path.ends_with("/$batch")) continue;
    const auto* requests = list_in(batch.body, "requests");
    if (requests == nullptr) continue;
    const auto* responses = list_in(batch.answer, "responses");
    for (const auto& item : *requests) out.push_back(seen_inside(batch, item, responses));
  }
  return out;
}

std::string target_of_link(std::string_view link) {
  if (link.starts_with('/')) return std::string(link);
  const auto uri = base::parse_uri(link);
  return uri ? uri->target() : std::string();
}

bool same_target(std::string_view left, std::string_view right) {
  if (left == right) return true;
  const auto one = base::parse_target(left);
  const auto other = base::parse_target(right);
  return one && other && one->path == other->path && sorted(one->query) == sorted(other->query);
}

bool asks_the_same(const Seen& left, const Seen& right) {
  if (left.party != right.party || left.method != right.method || !same_target(left.target, right.target)) return false;
  if (has_a_name(left.body) && has_a_name(right.body)) return is_named_alike(left.body, right.body);
  return left.body == right.body && left.form == right.form;
}

}  // namespace scenarios::client
