#include "directory/admin_api/events_api.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "directory/admin_api/guarded.h"
#include "directory/server/responses.h"

namespace directory {
namespace {

using base::HttpResponse;
using base::JsonObject;

/// Random digits in the form of a UUID. [RFC9562 4]
std::string new_request_id(base::Rng& rng) {
  const auto digits = rng.hex(16);
  const std::string_view view = digits;
  return fmt::format("{}-{}-{}-{}-{}", view.substr(0, 8), view.substr(8, 4), view.substr(12, 4), view.substr(16, 4),
                     view.substr(20));
}

base::Result<EventQuery> read_query(Core& core, const base::HttpRequest& request, HttpResponse& refusal) {
  auto body = read_object(request);
  if (!body) {
    refusal = std::move(body.error());
    return base::fail("the body cannot be read");
  }
  auto query = read_event_query(*body, core.now());
  if (!query) refusal = error_response(400, query.error().message);
  return query;
}

}  // namespace

EventsApi::EventsApi(Core& core) : core_(&core), rng_(core.ports.rng.fork("event queries")) {}

void EventsApi::add_routes(Router& router) {
  router.add("POST", "/insights/directory/v1/events", guarded(*core_, *this, Permission::read, &EventsApi::read_events));
  router.add("POST", "/insights/directory/v1/events/count",
             guarded(*core_, *this, Permission::read, &EventsApi::count_events));
}

HttpResponse EventsApi::read_events(const RoutedRequest& request, const Actor&) {
  HttpResponse response;
  const auto query = read_query(*core_, request.http, response);
  if (query) {
    const auto page = core_->events.find(*query, core_->now());
    response = HttpResponse(200, "application/json", fmt::format("[{}]", fmt::join(page.events, ",")));
    response.headers.add("X-Result-Count", std::to_string(page.events.size()));  // [rule DI6]
    response.headers.add("X-Limit", std::to_string(query->limit));
    response.headers.add("X-Sort", query->descending ? "DESC" : "ASC");
    const auto salt = rng_.hex(2);  // four characters
    response.headers.add("X-Search_after", search_after(*query, page.last, salt));
  }
  response.headers.add("X-Request-Id", new_request_id(rng_));
  return response;
}

HttpResponse EventsApi::count_events(const RoutedRequest& request, const Actor&) {
  HttpResponse response;
  const auto query = read_query(*core_, request.http, response);
  if (query) response = json_response(200, JsonObject{{"count", core_->events.count(*query, core_->now())}});
  response.headers.add("X-Request-Id", new_request_id(rng_));
  return response;
}

}  // namespace directory
