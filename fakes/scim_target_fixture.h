// A small SCIM target that keeps every call. It knows just enough to be matched, created, read, replaced, patched and
// deleted.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/encoding.h"
#include "base/http_service.h"
#include "base/json.h"

namespace fakes {

/// Text of the test's own; it throws where that is no JSON.
inline base::Json json(std::string_view text) {
  return base::parse_json(text).value();
}

class ScimTarget final : public base::HttpService {
 public:
  struct Call {
    base::Instant at{};
    base::HttpRequest request;
    [[nodiscard]] base::Json body() const { return json(request.body); }
    /// `GET /Users?filter=…`, without the base path.
    [[nodiscard]] std::string line() const {
      return request.method + " " + request.target.substr(std::string_view("/scim/v2").size());
    }
  };

  explicit ScimTarget(base::Clock& clock) : clock_(&clock) {}

  base::Task<base::HttpResponse> handle(base::HttpRequest request) override {
    calls.push_back({clock_->now(), request});
    auto refused = refuse ? refuse(request) : std::nullopt;
    co_return refused ? std::move(*refused) : answer(request);
  }

  /// The calls with one of these methods.
  [[nodiscard]] std::vector<Call> calls_of(std::string_view methods) const {
    std::vector<Call> found;
    for (const auto& call : calls) {
      if (methods.find(call.request.method) != std::string_view::npos) found.push_back(call);
    }
    return found;
  }

  std::vector<Call> calls;
  std::map<std::string, base::JsonObject> resources;
  /// Answers instead of the target where it has something to say.
  std::function<std::optional<base::HttpResponse>(const base::HttpRequest&)> refuse;

 private:
  static base::HttpResponse scim(int status, const base::Json& body) {
    return {status, "application/scim+json", base::to_text(body)};
  }

  base::HttpResponse answer(const base::HttpRequest& request) {
    const auto target = base::parse_target(request.target).value_or(base::Target{});
    const auto segments = target.segments();
    if (segments.size() == 3 && request.method == "GET") return list(target.parameter("filter").value_or(""), segments[2] == "Users");
    if (segments.size() == 3 && request.method == "POST") {
      const auto id = fmt::format("id-{}", ++created_);
      auto resource = json(request.body).as_object();
      resource["id"] = id;
      resources[id] = resource;
      return scim(201, resource);
    }
    const auto found = segments.size() == 4 ? resources.find(segments[3]) : resources.end();
    if (found == resources.end()) return base::HttpResponse(404);
    if (request.method == "GET") return scim(200, found->second);
    if (request.method == "PUT") {
      found->second = json(request.body).as_object();
      return scim(200, found->second);
    }
    if (request.method == "DELETE") {
      resources.erase(found);
      return base::HttpResponse(204);
    }
    for (const auto& operation : json(request.body).at("Operations").as_array()) {
      const auto path = base::string_member(operation, "path");
      if (path && path->starts_with("members")) {
        change_members(found->second, operation, *path);
        continue;
      }
      if (path) {
        put(found->second, *path, operation.at("value"));
        continue;
      }
      for (const auto& member : operation.at("value").as_object()) {
        put(found->second, std::string_view(member.key().data(), member.key().size()), member.value());
      }
    }
    return scim(200, found->second);
  }

  /// `attribute eq "value"` over users or groups: only users have a userName.
  base::HttpResponse list(std::string_view filter, bool users) {
    const auto space = filter.find(' ');
    const auto attribute = filter.substr(0, space);
    const auto quote = filter.find('"');
    const auto wanted = quote == std::string_view::npos ? std::string_view() : filter.substr(quote + 1, filter.size() - quote - 2);
    base::JsonArray found;
    for (const auto& [id, resource] : resources) {
      if (resource.contains("userName") == users && base::equals_ignoring_case(base::string_or(resource, attribute, ""), wanted))
        found.push_back(resource);
    }
    const auto total = static_cast<std::int64_t>(found.size());
    return scim(200, base::JsonObject{{"totalResults", total}, {"Resources", std::move(found)}});
  }

  static void change_members(base::JsonObject& resource, const base::Json& operation, std::string_view path) {
    if (!resource["members"].is_array()) resource["members"] = base::JsonArray{};
    auto& members = resource["members"].get_array();
    std::vector<std::string> ids;
    if (const auto* value = base::member(operation, "value")) {
      for (const auto& element : value->as_array()) ids.push_back(base::string_or(element, "value", ""));
    } else {
      const auto quote = path.find('"');
      ids.emplace_back(path.substr(quote + 1, path.rfind('"') - quote - 1));
    }
    const bool removes = base::equals_ignoring_case(base::string_or(operation, "op", ""), "remove");
    for (const auto& id : ids) {
      const auto is_it = [&](const base::Json& element) { return base::string_or(element, "value", "") == id; };
      const auto place = std::ranges::find_if(members, is_it);
      if (removes && place != members.end()) members.erase(place);
      if (!removes && place == members.end()) members.push_back(base::JsonObject{{"value", id}});
    }
  }

  static void put(base::JsonObject& resource, std::string_view path, base::Json value) {
    if (path == "active" && value.is_string()) value = value == base::Json("True");
    const auto dot = path.find('.');
    if (path.starts_with("emails")) {
      resource["emails"] = base::JsonArray{base::JsonObject{{"type", "work"}, {"value", std::move(value)}}};
    } else if (path.starts_with("name.")) {
      if (!resource["name"].is_object()) resource["name"] = base::JsonObject{};
      resource["name"].as_object()[path.substr(dot + 1)] = std::move(value);
    } else if (path.starts_with("urn:")) {
      auto& extension = resource[path.substr(0, path.rfind(':'))];
      if (!extension.is_object()) extension = base::JsonObject{};
      extension.as_object()[path.substr(path.rfind(':') + 1)] = std::move(value);
    } else {
      resource[path] = std::move(value);
    }
  }

  base::Clock* clock_;
  int created_ = 0;
};

}  // namespace fakes
