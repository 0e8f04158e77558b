#include "fakes/graph/batch.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "base/encoding.h"
#include "base/forwarded_origin.h"

namespace fakes::graph {
namespace {

struct Item {
  std::string id{};
  std::vector<std::string> depends_on{};  ///< lower case
  base::HttpRequest request{};
  std::optional<GraphError> error{};      ///< why it cannot be sent
};

/// What items take over from the batch's own request.
constexpr std::array<std::string_view, 3> inherited{"Host", "Authorization", base::forwarded_scheme_field};
/// What belongs to the connection and not to an item.
constexpr std::array<std::string_view, 3> of_connection{"date", "request-id", "client-request-id"};

std::unexpected<GraphError> bad_batch(std::string message) { return refuse(400, "BadRequest", std::move(message)); }

void read_url(const Request& batch, std::string_view url, Item& item) {
  // [Graph B4] [Graph B8]
  const bool is_absolute = url.contains("://");
  const auto path = url.substr(0, url.find('?'));
  if (is_absolute || url.empty() || path.ends_with("$batch")) {
    item.error = GraphError{400, "BadRequest", fmt::format("Invalid batch request url '{}': it must be relative and cannot be a batch.", url)};
    return;
  }
  item.request.target = fmt::format("/{}{}{}", batch.version, url.starts_with('/') ? "" : "/", url);
}

void read_body(const base::Json& json, Item& item) {
  const auto* body = base::member(json, "body");
  if (body == nullptr || body->is_null()) return;
  // [Graph B3]
  if (!item.request.headers.find("Content-Type")) {
    item.error = GraphError{400, "BadRequest", "Request body specified for a batch item without a Content-Type header."};
    return;
  }
  item.request.body = body->is_string() ? std::string(base::as_text(body->get_string())) : base::to_text(*body);
}

Outcome<Item> read_item(const Request& batch, const base::Json& json) {
  Item item;
  const auto id = base::string_member(json, "id");
  const auto method = base::string_member(json, "method");
  const auto url = base::string_member(json, "url");
  if (!id || !method || !url) return bad_batch("Invalid batch payload format.");
  item.id = *id;
  item.request.method = *method;
  std::ranges::transform(item.request.method, item.request.method.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  for (const auto name : inherited) {
    if (const auto value = batch.headers.find(name)) item.request.headers.set(name, std::string(*value));
  }
  if (const auto* headers = base::member(json, "headers"); headers != nullptr && headers->is_object()) {
    for (const auto& [name, value] : headers->get_object()) {
      const std::string_view key{name.data(), name.size()};
      if (value.is_string() && !base::equals_ignoring_case(key, "Host")) item.request.headers.set(key, std::string(base::as_text(value.get_string())));
    }
  }
  read_url(batch, *url, item);
  read_body(json, item);
  if (const auto* depends = base::member(json, "dependsOn"); depends != nullptr && depends->is_array()) {
    for (const auto& other : depends->get_array()) {
      if (other.is_string()) item.depends_on.push_back(base::to_lower(base::as_text(other.get_string())));
    }
  }
  return item;
}

Outcome<std::vector<Item>> read_items(const Context& context, const Request& request) {
  const auto body = read_object(request);
  const auto* sent = body ? base::member(*body, "requests") : nullptr;
  if (sent == nullptr || !sent->is_array() || sent->get_array().empty()) return bad_batch("Invalid batch payload format.");
  if (sent->get_array().size() > most_in_batch) return bad_batch(fmt::format("Number of batch request steps exceeds the maximum value of {}.", most_in_batch));
  std::vector<Item> items;
  std::map<std::string, std::size_t> by_id;
  for (const auto& json : sent->get_array()) {
    auto item = read_item(request, json);
    if (!item) return std::unexpected(item.error());
    // [Graph B5]
    if (!by_id.emplace(base::to_lower(item->id), items.size()).second) return bad_batch(fmt::format("Duplicate request id '{}' in the batch.", item->id));
    if (context.has(Quirk::batch_one_dependency) && item->depends_on.size() > 1) return bad_batch("A request of a batch can depend on one other at most.");
    items.push_back(*std::move(item));
  }
  for (const auto& item : items) {
    for (const auto& other : item.depends_on) {
      if (!by_id.contains(other)) return bad_batch(fmt::format("Request '{}' depends on '{}', which is not in the batch.", item.id, other));
    }
  }
  return items;
}

base::JsonObject error_json(const GraphError& error) {
  base::JsonObject out;
  out["error"] = base::JsonObject{{"code", base::json_text(error.code)}, {"message", base::json_text(error.message)}};
  return out;
}

base::JsonObject item_json(const std::string& id, const base::HttpResponse& response) {
  base::JsonObject out;
  out["id"] = base::json_text(id);
  out["status"] = response.status;
  base::JsonObject headers;
  for (const auto& header : response.headers) {
    if (std::ranges::find(of_connection, base::to_lower(header.name)) == of_connection.end()) headers[base::json_key(header.name)] = base::json_text(header.value);
  }
  out["headers"] = std::move(headers);
  if (response.body.empty()) return out;
  auto body = base::parse_json(response.body);
  out["body"] = body ? *std::move(body) : base::json_text(response.body);
  return out;
}

base::JsonObject refused_json(const std::string& id, const GraphError& error) {
  base::JsonObject out;
  out["id"] = base::json_text(id);
  out["status"] = error.status;
  out["headers"] = base::JsonObject{{"Content-Type", "application/json"}};
  out["body"] = error_json(error);
  return out;
}

}  // namespace

Reply answer_batch(const Context& context, const Request& request, const std::function<base::HttpResponse(const base::HttpRequest&)>& send) {
  const auto items = read_items(context, request);
  if (!items) return std::unexpected(items.error());
  std::map<std::string, int> statuses;
  std::vector<base::JsonObject> answers(items->size());
  bool throttled = false;
  for (bool advances = true; advances;) {
    advances = false;
    for (std::size_t i = 0; i < items->size(); ++i) {
      const auto& item = (*items)[i];
      const auto key = base::to_lower(item.id);
      const bool is_ready = std::ranges::all_of(item.depends_on, [&](const std::string& other) { return statuses.contains(other); });
      if (statuses.contains(key) || !is_ready) continue;
      advances = true;
      const bool may_run = std::ranges::all_of(item.depends_on, [&](const std::string& other) { return statuses.at(other) < 400; });
      if (!may_run) {
        // [Graph B6] [Graph E45]
        answers[i] = refused_json(item.id, {424, "FailedDependency", "A request that this one depends on has failed."});
        statuses[key] = 424;
        continue;
      }
      if (item.error) {
        answers[i] = refused_json(item.id, *item.error);
        statuses[key] = item.error->status;
        continue;
      }
      const auto response = send(item.request);
      answers[i] = item_json(item.id, response);
      statuses[key] = response.status;
      throttled = throttled || response.status == 429;
    }
  }
  if (statuses.size() != items->size()) return bad_batch("The requests of the batch depend on each other in a circle.");
  if (throttled && context.has(Quirk::batch_throttled_as_a_whole)) return refuse(424, "FailedDependency", "A request of the batch was throttled.");
  if (context.has(Quirk::batch_shuffled)) context.rng.shuffle(std::span(answers));
  base::JsonArray responses;
  for (auto& one : answers) responses.push_back(std::move(one));
  base::JsonObject body;
  body["responses"] = std::move(responses);
  return json_answer(200, body);
}

}  // namespace fakes::graph
