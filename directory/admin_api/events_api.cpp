#include "directory/admin_api/events_api.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "directory/admin_api/guarded.h"
#include "directory/server/responses.h"

namespace directory {
namespace {

using base::HttpResponse;
using base::JsonArray;
using base::JsonObject;

constexpr std::int64_t default_events = 1'000;  // [rule DI5]
constexpr std::int64_t most_events = 10'000;

constexpr std::array<std::string_view, 16> services{
    "access_management", "alert", "alerts", "all", "asset_management", "directory", "ldap", "mdm", "notifications",
    "object_storage", "password_manager", "radius", "reports", "software", "sso", "systems"};

/// Whether a query asks for the directory's own events, the only ones there are. [rule DI2] [rule DI3] [rule DI4]
std::expected<bool, HttpResponse> wants_directory(const JsonObject& query) {
  const auto* asked = base::member(query, "service");
  if (asked == nullptr || !asked->is_array()) return std::unexpected(error_response(400, "service is required"));
  bool wanted = false;
  for (const auto& entry : asked->get_array()) {
    const auto name = entry.is_string() ? base::as_text(entry.get_string()) : std::string_view{};
    if (std::ranges::find(services, name) == services.end()) {
      return std::unexpected(error_response(400, fmt::format("a service is one of {}", fmt::join(services, ", "))));
    }
    wanted = wanted || name == "directory" || name == "all";
  }
  return wanted;
}

}  // namespace

void EventsApi::add_routes(Router& router) {
  router.add("POST", "/insights/directory/v1/events", guarded(*core_, *this, Permission::read, &EventsApi::read_events));
}

HttpResponse EventsApi::read_events(const RoutedRequest& request, const Actor&) {
  auto body = read_object(request.http);
  if (!body) return body.error();
  const auto wanted = wants_directory(*body);
  if (!wanted) return wanted.error();
  const auto start = base::parse_rfc3339(base::string_or(*body, "start_time", ""));
  if (!start) return error_response(400, "start_time is required: " + start.error().message);
  auto end = core_->now() + std::chrono::nanoseconds{1};
  if (const auto given = base::string_member(*body, "end_time")) {
    const auto parsed = base::parse_rfc3339(*given);
    if (!parsed) return error_response(400, "end_time: " + parsed.error().message);
    end = *parsed;
  }
  if (*start > core_->now() || end < *start) return error_response(400, "start_time lies in the future or after end_time");
  auto limit = base::integer_member(*body, "limit").value_or(default_events);
  if (limit < 1 || limit > most_events) limit = default_events;
  auto events = *wanted ? core_->events.read(*start, end, limit) : JsonArray{};
  const auto count = events.size();
  auto response = json_response(200, std::move(events));
  response.headers.add("X-Result-Count", std::to_string(count));  // [rule DI6]
  response.headers.add("X-Limit", std::to_string(limit));
  return response;
}

}  // namespace directory
