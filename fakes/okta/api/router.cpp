#include "fakes/okta/api/router.h"

#include <fmt/format.h>

#include "fakes/okta/api/routes.h"

namespace fakes::okta::api {
namespace {

constexpr auto guessed_wait = std::chrono::seconds{10};

std::string_view name_of(Bucket bucket) {
  switch (bucket) {
    case Bucket::users: return "/api/v1/users";
    case Bucket::user: return "GET /api/v1/users/{idOrLogin}";
    case Bucket::user_updates: return "/api/v1/users/{id}";
    case Bucket::groups: return "/api/v1/groups";
    case Bucket::group: return "/api/v1/groups/{id}";
    case Bucket::apps: return "/api/v1/apps";
    case Bucket::app: return "/api/v1/apps/{id}";
    case Bucket::logs: return "/api/v1/logs";
    case Bucket::authentication: return "/api/v1/authn";
    case Bucket::others:
    case Bucket::unlimited: return "/api/v1";
  }
  return "/api/v1";
}

/// Fields of an answer that are known before it is. [Okta provisioning-clients 5.6-01]
struct LimitFields {
  std::int64_t limit = 0;
  std::int64_t remaining = 0;
  std::int64_t reset = 0;
};

LimitFields fields_of(const Context& context, const RateLimits::Verdict& verdict) {
  if (context.has(Quirk::headers_show_share_of_token)) return {verdict.token_limit, verdict.token_remaining, verdict.reset};
  return {verdict.limit, verdict.remaining, verdict.reset};
}

void add_fields(base::HttpResponse& response, const LimitFields& fields, const std::string& request_id) {
  response.headers.add("X-Okta-Request-Id", request_id);
  response.headers.add("X-Rate-Limit-Limit", std::to_string(fields.limit));
  response.headers.add("X-Rate-Limit-Remaining", std::to_string(fields.remaining));
  response.headers.add("X-Rate-Limit-Reset", std::to_string(fields.reset));
}

base::HttpResponse error_answer(const Context& context, const ApiError& error) {
  auto response = json_answer(error_body(error, "oae" + context.rng.hex(9).substr(0, 17)));
  response.status = error.http_status();
  for (const auto& header : error.headers) response.headers.add(header.name, header.value);
  return response;
}

/// [Okta provisioning-clients 5.6-07]
void log_limits(const Context& context, const RateLimits::Verdict& verdict, Bucket bucket, const Caller& caller) {
  const LogTarget target{std::string(name_of(bucket)), "URL Pattern", std::string(name_of(bucket)), std::string(name_of(bucket))};
  const auto note = [&](EventType type) { context.org.record(type, Actor::system(), {target}, {}, {{"tokenId", caller.id}}); };
  if (verdict.warns) note(EventType::rate_limit_warning);
  if (verdict.bursts) note(EventType::rate_limit_burst);
  if (verdict.violates) note(EventType::rate_limit_violation);
}

/// A browser's session, where the request has no other credentials. [Okta provisioning-clients 5.3-10]
Outcome<Caller> find_caller(const Context& context, const Callers& callers, const Request& request) {
  const auto sid = request.cookie("sid");
  if (request.headers.find("Authorization") || !sid) return caller_of(request.headers, callers, context.now);
  const auto* session = context.org.find_session(SessionId{*sid});
  if (session == nullptr) return refuse(ErrorCode::invalid_session);
  Caller caller;
  caller.kind = Caller::Kind::session;
  caller.user = session->user.text();
  return caller;
}

Reply serve(const Context& context, const Request& request, const Outcome<Caller>& caller, const std::string& request_id) {
  auto match = find_route(request);
  const bool is_open = match.route != nullptr && match.route->permit.of_anybody;
  if (!caller && !is_open) return std::unexpected(caller.error());
  if (match.route == nullptr) return refuse(match.has_path ? ErrorCode::wrong_method : ErrorCode::no_such_path);
  const auto& route = *match.route;
  if (route.answer == nullptr) return refuse(ErrorCode::unsupported_operation, {}, {fmt::format("This org does not model the operation {} {}.", route.method, route.path)});
  const auto who = caller.value_or(Caller{});
  if (!is_open) {
    if (const auto allowed = allow(who, route.permit); !allowed) return std::unexpected(allowed.error());
  }
  return route.answer(Call{context, request, who, request_id, std::move(match.keys)});
}

}  // namespace

base::HttpResponse respond(const Context& context, const Callers& callers, const base::HttpRequest& sent) {
  const auto request_id = "req" + context.rng.hex(12);
  const auto request = read_request(sent);
  const auto caller = request ? find_caller(context, callers, *request) : Outcome<Caller>(std::unexpected(request.error()));
  const auto bucket = request ? bucket_of(*request) : Bucket::others;
  const auto who = caller.value_or(Caller{});
  const auto verdict = context.limits.charge(bucket, who.id, context.options.limits, context.now);
  log_limits(context, verdict, bucket, who);
  Reply reply;
  if (verdict.refused) {
    reply = refuse(ErrorCode::too_many_requests);
  } else {
    reply = request ? serve(context, *request, caller, request_id) : Reply(std::unexpected(request.error()));
  }
  auto response = reply ? *std::move(reply) : error_answer(context, reply.error());
  add_fields(response, fields_of(context, verdict), request_id);
  return response;
}

base::HttpResponse respond_too_many_at_once(const Context& context) {
  context.org.record(EventType::concurrency_violation, Actor::system(), {}, {}, {{"limit", std::to_string(context.options.limits.concurrent)}});
  auto response = error_answer(context, ApiError{ErrorCode::too_many_requests});
  const auto reset = std::chrono::ceil<std::chrono::seconds>((context.now + guessed_wait).time_since_epoch()).count();
  add_fields(response, {0, 0, reset}, "req" + context.rng.hex(12));
  return response;
}

}  // namespace fakes::okta::api
