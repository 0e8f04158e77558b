#include "directory/cloud_sync/tenant_session.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "directory/cloud_sync/tenant_json.h"

namespace directory {
namespace {

constexpr base::Duration answer_timeout = std::chrono::seconds{30};
/// A token is renewed so long before it ends.
constexpr base::Duration margin = std::chrono::minutes{2};
constexpr base::Duration shortest_use = std::chrono::seconds{30};

/// What an OAuth error about the grant itself is called. [RFC6749 5.2] [Graph K4] [Graph E31]
constexpr std::string_view final_errors[] = {"invalid_grant", "interaction_required", "invalid_client", "unauthorized_client",
                                             "consent_required"};

}  // namespace

base::Task<std::expected<TenantTokens, NoTokens>> fetch_tenant_tokens(Core& core, std::string tenant, std::string grant) {
  const auto& app = core.options.microsoft;
  auto address = app.login;
  address.path = fmt::format("/{}/oauth2/v2.0/token", tenant);
  base::HttpRequest request("POST", address);
  request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  request.headers.add("Accept", "application/json");
  request.body = fmt::format("client_id={}&client_secret={}&{}", base::percent_encode(app.client_id),
                             base::percent_encode(app.client_secret.reveal()), grant);
  const auto result = co_await core.ports.transport->send(std::move(request), answer_timeout);
  if (core.probes.sometimes(Probe::sign_in_does_not_answer, !result))
    co_return std::unexpected(NoTokens{false, "Microsoft's sign-in does not answer: " + result.error().message});
  const auto body = base::parse_json(result->body);
  if (result->status != 200 || !body) {
    const auto error = body ? base::string_or(*body, "error", "") : std::string();
    const bool for_good = std::ranges::find(final_errors, error) != std::end(final_errors);
    const auto words = body ? base::string_or(*body, "error_description", "") : std::string();
    const auto first_line = words.substr(0, std::min(words.find_first_of("\r\n"), words.size()));
    const std::string shown(base::utf8_prefix(first_line.empty() ? error : first_line, 200));
    co_return std::unexpected(NoTokens{for_good, fmt::format("Microsoft's sign-in answered {} {}", result->status, shown)});
  }
  TenantTokens tokens{base::Secret(base::string_or(*body, "access_token", "")),
                      std::chrono::seconds{std::clamp<std::int64_t>(base::integer_member(*body, "expires_in").value_or(0), 0, 86'400)}};
  if (tokens.access.empty()) co_return std::unexpected(NoTokens{false, "Microsoft's sign-in answered without a token"});
  core.ports.witness->witness(tokens.access);
  if (auto refresh = base::string_member(*body, "refresh_token")) {
    tokens.refresh = base::Secret(std::move(*refresh));
    core.ports.witness->witness(*tokens.refresh);
  }
  tokens.body = *body;
  co_return tokens;
}

base::Task<std::expected<void, NoTokens>> TenantSession::prepare() {
  while (renewing_) {
    core_->probes.reached(Probe::sign_in_is_waited_for);
    co_await core_->cloud_changed.wait("a token for a tenant");
  }
  if (access_ && core_->now() < renewal_ && !core_->fires(FaultPoint::token_is_renewed_early)) co_return std::expected<void, NoTokens>{};
  core_->probes.sometimes(Probe::token_is_renewed, access_.has_value());
  renewing_ = true;
  auto renewed = co_await renew();
  renewing_ = false;
  core_->cloud_changed.notify_all();
  co_return renewed;
}

base::Task<std::expected<void, NoTokens>> TenantSession::renew() {
  const auto directory = find_cloud_directory(core_->db(), directory_);
  const auto refresh = refresh_token_of(*core_, directory_);
  std::expected<TenantTokens, NoTokens> tokens = std::unexpected(NoTokens{true, "the refresh token cannot be opened: the vault key is another"});
  if (directory && refresh) {
    auto grant = fmt::format("grant_type=refresh_token&refresh_token={}&scope={}", base::percent_encode(refresh->reveal()),
                             base::percent_encode(core_->options.microsoft.scopes));
    tokens = co_await fetch_tenant_tokens(*core_, directory->tenant, std::move(grant));
  }
  const auto stored = core_->transact([&]() -> Decided {
    auto current = find_cloud_directory(core_->db(), directory_);
    // Deactivated, or authorised anew while we asked.
    if (!current || current->authorization != CloudAuthorization::valid) return base::HttpResponse(204);
    if (tokens) {
      if (tokens->refresh) keep_refresh_token(*core_, directory_, tokens->refresh);
    } else if (tokens.error().for_good) {
      core_->probes.reached(Probe::authorisation_ends);
      current->authorization = CloudAuthorization::ended;
      current->authorization_error = tokens.error().message;
      update_cloud_directory(core_->db(), *current);
      write_tenant_event(*core_, "o365_directory_update", *current, Actor{}, {{"oAuthStatus", "valid", "ended"}});
    }
    return base::HttpResponse(204);
  });
  if (!stored.ok()) co_return std::unexpected(NoTokens{false, "the store is not available"});
  if (!tokens) co_return std::unexpected(tokens.error());
  access_ = tokens->access;
  renewal_ = core_->now() + std::max(tokens->lifetime - margin, shortest_use);
  co_return std::expected<void, NoTokens>{};
}

base::HttpRequest TenantSession::request_for(const GraphCall& call) const {
  const auto& graph = core_->options.microsoft.graph;
  base::HttpRequest request(call.method, graph);
  const auto root = graph.path == "/" ? std::string() : graph.path;
  request.target = root + call.path;
  request.headers.add("Authorization", "Bearer " + access_->reveal());
  request.headers.add("Accept", "application/json");
  if (call.eventual) request.headers.add("ConsistencyLevel", "eventual");
  if (!call.body.empty()) {
    request.headers.add("Content-Type", "application/json");
    request.body = base::to_text(call.body);
  }
  return request;
}

base::Task<GraphAnswer> TenantSession::send_one(GraphCall call) {
  if (!access_) {
    GraphAnswer unsent;
    unsent.kind = GraphAnswer::Kind::not_sent;
    unsent.code = "noToken";
    co_return unsent;
  }
  const auto result = co_await core_->ports.transport->send(request_for(call), answer_timeout);
  co_return read_graph_answer(result, core_->now());
}

base::Task<std::vector<GraphAnswer>> TenantSession::send(std::vector<GraphCall> calls) {
  std::vector<GraphAnswer> answers;
  if (calls.size() == 1) {
    answers.push_back(co_await send_one(std::move(calls.front())));
    co_return answers;
  }
  core_->probes.reached(Probe::requests_go_as_a_batch);
  base::JsonArray requests;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    base::JsonObject item{{"id", std::to_string(i)}, {"method", calls[i].method}, {"url", calls[i].path}};
    if (!calls[i].body.empty()) {
      item["headers"] = base::JsonObject{{"Content-Type", "application/json"}};
      item["body"] = std::move(calls[i].body);
    }
    requests.push_back(std::move(item));
  }
  GraphCall batch{"POST", "/$batch", base::JsonObject{{"requests", std::move(requests)}}};
  const auto whole = co_await send_one(std::move(batch));
  if (!whole.done()) {
    core_->probes.reached(Probe::batch_fails_as_a_whole);
    answers.assign(calls.size(), whole);
    co_return answers;
  }
  // Items come in any order; one that is missing was perhaps done. [Graph B2]
  GraphAnswer missing;
  missing.code = "noAnswer";
  missing.message = "the batch was answered without this item";
  answers.assign(calls.size(), missing);
  const auto* items = base::member(whole.body, "responses");
  if (items == nullptr || !items->is_array()) co_return answers;
  for (const auto& item : items->get_array()) {
    const auto id = base::string_or(item, "id", "");
    for (std::size_t i = 0; i < calls.size(); ++i) {
      if (id == std::to_string(i)) answers[i] = read_batch_item(item, whole.date.value_or(core_->now()));
    }
  }
  co_return answers;
}

}  // namespace directory
