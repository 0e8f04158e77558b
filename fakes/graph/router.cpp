#include "fakes/graph/router.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/encoding.h"
#include "fakes/entra/guid.h"
#include "fakes/graph/access.h"
#include "fakes/graph/batch.h"
#include "fakes/graph/routes.h"

namespace fakes::graph {
namespace {

constexpr std::int64_t small_page = 20;

/// What a request costs. [Graph T5] [Graph T6]
Charge charge_of(const Request& request, const Match& match) {
  Charge charge;
  const auto priority = request.headers.find("x-ms-throttle-priority");
  if (priority && base::equals_ignoring_case(*priority, "low")) charge.priority = "low";
  if (priority && base::equals_ignoring_case(*priority, "high")) charge.priority = "high";
  charge.is_report = !request.path.empty() && base::equals_ignoring_case(request.path.front(), "auditLogs");
  if (request.method != "GET") {
    // Actions that only read cost what the table says.
    const bool reads = match.route != nullptr && match.route->units > 1;
    charge.units = reads ? match.route->units : 1;
    charge.is_write = !reads;
    return charge;
  }
  if (match.route != nullptr) charge.units = match.route->units;
  if (request.option("select")) --charge.units;
  if (request.option("expand")) ++charge.units;
  const auto top = request.option("top");
  if (top && top->size() < 3 && std::ranges::all_of(*top, [](char c) { return c >= '0' && c <= '9'; }) && !top->empty() && std::stoll(*top) < small_page)
    --charge.units;
  charge.units = std::max<std::int64_t>(charge.units, 1);
  return charge;
}

std::string decimals(std::int64_t hundredths) { return fmt::format("{}.{:02}", hundredths / 100, hundredths % 100); }

GraphError too_many(const Context& context, const Throttle::Verdict& verdict, const std::string& app_id) {
  GraphError error{429, "TooManyRequests", "Please retry again later."};
  error.repeats_status = true;
  const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(verdict.wait).count();
  if (context.has(Quirk::throttled_for_fractions)) {
    error.headers.push_back({"Retry-After", fmt::format("{}.{:03}", milliseconds / 1000, milliseconds % 1000)});
  } else if (!context.has(Quirk::throttled_without_retry_after)) {
    error.headers.push_back({"Retry-After", std::to_string(std::max<std::int64_t>(1, (milliseconds + 999) / 1000))});
  }
  error.headers.push_back({"x-ms-throttle-scope", fmt::format("{}/{}/{}", verdict.scope, app_id, context.tenant.id())});
  error.headers.push_back({"x-ms-throttle-information", verdict.reason});
  return error;
}

/// What shows now and then, whatever is asked. [Graph F15] [Graph F16]
Outcome<void> trouble(const Context& context, const std::string& app_id) {
  if (context.has_now(Quirk::throttled_below_limits)) {
    Throttle::Verdict verdict{true, std::chrono::milliseconds{2128}, "Tenant_Application/ReadWrite", "CPULimitExceeded"};
    return std::unexpected(too_many(context, verdict, app_id));
  }
  for (const auto quirk : {Quirk::unavailable_with_retry_after, Quirk::unavailable_without_retry_after}) {
    if (!context.has_now(quirk)) continue;
    const bool gateway = context.rng.below(2) == 0;
    GraphError error{gateway ? 504 : 503, gateway ? "UnknownError" : "serviceNotAvailable", gateway ? "" : "The service is temporarily unavailable."};
    if (quirk == Quirk::unavailable_with_retry_after) error.headers.push_back({"Retry-After", "10"});
    return std::unexpected(std::move(error));
  }
  return {};
}

/// `/me` is the user of the token.
Outcome<void> resolve_me(Request& request, const entra::AccessToken& token) {
  if (request.path.empty() || !base::equals_ignoring_case(request.path.front(), "me")) return {};
  if (token.kind == entra::AccessToken::Kind::app) return refuse(400, "BadRequest", "/me request is only valid with delegated authentication flow.");
  request.path.front() = "users";
  request.path.insert(request.path.begin() + 1, token.subject.text());
  return {};
}

std::unexpected<GraphError> no_route(const Request& request, const Match& match) {
  if (match.has_path) return wrong_method();
  return refuse(400, "BadRequest", fmt::format("Resource not found for the segment '{}'.", request.path.empty() ? std::string() : request.path.back()));
}

bool is_batch(const Request& request) { return request.method == "POST" && request.path.size() == 1 && request.path.front() == "$batch"; }

Reply serve(World& world, const Context& context, Request request, const entra::AccessToken& token, std::vector<base::Header>& headers) {
  if (const auto possible = resolve_me(request, token); !possible) return std::unexpected(possible.error());
  auto match = find_route(request);
  const auto charge = charge_of(request, match);
  const auto verdict = world.throttle.charge(token.app_id, charge, context.tenant.living(ObjectKind::user).size(), context.now);
  if (context.options.probing.sometimes(Probe::graph_throttles, verdict.refused)) return std::unexpected(too_many(context, verdict, token.app_id));
  // [Graph T7]
  headers.push_back({"x-ms-resource-unit", std::to_string(charge.units)});
  if (verdict.percentage > 80) headers.push_back({"x-ms-throttle-limit-percentage", decimals(std::min<std::int64_t>(verdict.percentage, 180))});
  if (const auto fine = trouble(context, token.app_id); context.options.probing.sometimes(Probe::graph_is_in_trouble, !fine))
    return std::unexpected(fine.error());
  if (match.route == nullptr) return no_route(request, match);
  const auto& route = *match.route;
  if (route.answer == nullptr)
    return refuse(501, "NotImplemented", fmt::format("This tenant does not model the operation {} {}.", route.method, route.path));
  const bool is_delegated = token.kind == entra::AccessToken::Kind::delegated;
  const Context fresh{context.options, context.tenant, world.primary, world.primary, context.sign_ins, context.rng, context.now, context.delta_generation, context.subscriptions};
  const Call call{is_delegated ? fresh : context, request, token, std::move(match.keys)};
  if (!allows(call, route.permit)) return insufficient_privileges();
  return route.answer(call);
}

Reply answer(World& world, const Context& context, const base::HttpRequest& sent, std::vector<base::Header>& headers) {
  const auto token = bearer_of(sent.headers, world.tokens, context.now, context.options.quirks);
  if (!token) return std::unexpected(token.error());
  // [Graph F8]
  const bool refused = context.has(Quirk::valid_token_refused_once) && world.tokens_seen.insert(std::string(*sent.headers.find("Authorization"))).second;
  if (context.options.probing.sometimes(Probe::graph_refuses_a_good_token, refused))
    return refuse(401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.");
  auto request = read_request(sent);
  if (!request) return std::unexpected(request.error());
  if (!is_batch(*request)) return serve(world, context, *std::move(request), *token, headers);
  return answer_batch(context, *request, [&](const base::HttpRequest& item) { return respond(world, context, item); });
}

}  // namespace

base::HttpResponse respond(World& world, const Context& context, const base::HttpRequest& sent) {
  const auto request_id = entra::make_guid(world.ids);
  const RequestIds ids{request_id, client_request_id(sent.headers, request_id)};
  std::vector<base::Header> headers;
  const auto reply = answer(world, context, sent, headers);
  if (world.changed) world.changed();
  auto response = reply ? *reply : error_answer(reply.error(), ids, context.now);
  for (auto& header : headers) response.headers.add(std::move(header.name), std::move(header.value));
  finish(response, ids, context.now);
  return response;
}

}  // namespace fakes::graph
