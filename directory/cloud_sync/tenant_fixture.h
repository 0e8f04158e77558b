// A small Microsoft tenant on simulated hosts: sign-in, which grants tokens to the directory's application, and as much of Graph as
// the synchronisation asks for. A test may bend each answer; every call is kept with its instant.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/encoding.h"
#include "base/http_service.h"
#include "base/json.h"
#include "base/simulated_keys.h"
#include "base/uri.h"
#include "directory/cloud_sync/group_fixture.h"

namespace directory {

struct GraphCallSeen {
  base::Instant at{};
  std::string method;
  std::string path;  ///< decoded, without the version
  std::string query{};  ///< the token of a delta query
  base::Json body{};
  bool in_batch = false;
};

/// Where delta queries go on.
inline constexpr std::string_view delta_root = "https://graph.microsoft.com/v1.0/users/delta";

class SmallTenant {
 public:
  explicit SmallTenant(base::Clock& clock) : clock_(&clock) {}

  base::HttpService& sign_in() { return sign_in_; }
  base::HttpService& graph() { return graph_; }

  /// What an admin does in the browser; the code that Microsoft sends back with.
  std::string authorize(const base::Uri& location, std::string upn = "admin@example.test") {
    const auto query = base::parse_target(location.target()).value_or(base::Target{});
    nonce_ = query.parameter("nonce").value_or("");
    challenge_ = query.parameter("code_challenge").value_or("");
    admin_ = std::move(upn);
    return "the-code";
  }

  /// An account that was there before; its id.
  std::string add(std::string upn, base::JsonObject properties = {}) {
    auto id = fmt::format("object-{}", ++made_);
    properties["userPrincipalName"] = std::move(upn);
    if (!properties.contains("accountEnabled")) properties["accountEnabled"] = true;
    accounts[id] = std::move(properties);
    return id;
  }
  /// Its id; empty where there is none.
  [[nodiscard]] std::string find(std::string_view upn) const {
    for (const auto& [id, account] : accounts) {
      if (base::equals_ignoring_case(base::string_or(account, "userPrincipalName", ""), upn)) return id;
    }
    return {};
  }
  [[nodiscard]] std::string value(std::string_view upn, std::string_view property) const {
    const auto id = find(upn);
    if (id.empty()) return "no account";
    const auto* found = base::member(accounts.at(id), property);
    if (found == nullptr || found->is_null()) return "";
    return found->is_string() ? std::string(base::as_text(found->get_string())) : base::to_text(*found);
  }
  /// The calls of that method whose path begins so.
  [[nodiscard]] std::vector<GraphCallSeen> calls_of(std::string_view method, std::string_view beginning = "/users") const {
    std::vector<GraphCallSeen> found;
    for (const auto& call : calls) {
      if (call.method == method && call.path.starts_with(beginning)) found.push_back(call);
    }
    return found;
  }
  [[nodiscard]] std::size_t writes() const {
    return static_cast<std::size_t>(std::ranges::count_if(calls, [](const auto& call) { return call.method != "GET"; }));
  }

  std::map<std::string, base::JsonObject> accounts;
  SmallGroups groups;
  std::map<std::string, std::string> managers;   ///< object ids
  std::map<std::string, std::string> passwords;  ///< by object id
  std::vector<GraphCallSeen> calls;
  int batches = 0;
  /// Answers to reads of which this tenant knows nothing: lists, single accounts, the organisation.
  std::function<std::optional<base::HttpResponse>(const GraphCallSeen&, const base::Target&)> reads;
  /// Answers in place of the tenant, before it acts.
  std::function<std::optional<base::HttpResponse>(const GraphCallSeen&)> before;
  /// Answers in place of the tenant, after it has acted; status 0: the answer is lost.
  std::function<std::optional<base::HttpResponse>(const GraphCallSeen&)> after;
  std::optional<base::HttpResponse> no_tokens;  ///< sign-in's answer to every grant
  int tokens_granted = 0;
  std::size_t delta_page = 100;  ///< accounts
  bool forgets_links = false;    ///< answers them with 410

  static base::HttpResponse answer(int status, const base::Json& body) { return {status, "application/json", base::to_text(body)}; }
  static base::HttpResponse error(int status, std::string code, std::string message = "refused") {
    return answer(status, base::JsonObject{{"error", base::JsonObject{{"code", std::move(code)}, {"message", std::move(message)}}}});
  }
  static base::HttpResponse throttled(std::optional<std::string> retry_after) {
    auto response = error(429, "TooManyRequests");
    if (retry_after) response.headers.add("Retry-After", *std::move(retry_after));
    return response;
  }
  /// For `before` or `after`: that answer to the first call of that method whose path begins so, and none to the others.
  static auto once(std::string method, std::string beginning, base::HttpResponse response) {
    return [method = std::move(method), beginning = std::move(beginning),
            left = std::optional(std::move(response))](const GraphCallSeen& call) mutable {
      const bool concerned = call.method == method && call.path.starts_with(beginning);
      return concerned ? std::exchange(left, std::nullopt) : std::nullopt;
    };
  }
  /// What a gateway says, whatever became of the request behind it.
  static base::HttpResponse unavailable(std::string retry_after) {
    base::HttpResponse response(503);
    response.headers.add("Retry-After", std::move(retry_after));
    return response;
  }

 private:
  class SignIn final : public base::HttpService {
   public:
    explicit SignIn(SmallTenant& tenant) : tenant_(&tenant) {}
    base::Task<base::HttpResponse> handle(base::HttpRequest request) override { co_return tenant_->grant(request); }

   private:
    SmallTenant* tenant_;
  };
  class Graph final : public base::HttpService {
   public:
    explicit Graph(SmallTenant& tenant) : tenant_(&tenant) {}
    base::Task<base::HttpResponse> handle(base::HttpRequest request) override { co_return tenant_->serve(request); }

   private:
    SmallTenant* tenant_;
  };

  base::HttpResponse grant(const base::HttpRequest& request) {
    if (no_tokens) return *no_tokens;
    const auto form = base::parse_target("/?" + request.body).value_or(base::Target{});
    base::JsonObject granted{{"token_type", "Bearer"},
                             {"expires_in", 3600},
                             {"access_token", fmt::format("access-{}", ++tokens_granted)},
                             {"refresh_token", fmt::format("refresh-{}", tokens_granted)}};
    if (form.parameter("client_id") != "directory-app" || form.parameter("client_secret") != "app-secret") {
      return answer(401, base::JsonObject{{"error", "invalid_client"}});
    }
    if (form.parameter("grant_type") == "authorization_code") {
      const auto verifier = form.parameter("code_verifier").value_or("");
      if (form.parameter("code") != "the-code" || base::to_base64url(base::sha256(verifier)) != challenge_) {
        return answer(400, base::JsonObject{{"error", "invalid_grant"}});
      }
      const base::JsonObject claims{{"aud", "directory-app"}, {"tid", "tenant-1"}, {"nonce", nonce_}, {"preferred_username", admin_}};
      granted["id_token"] = base::simulated_signing_key(0, "key-0").sign(claims);
    } else if (!form.parameter("refresh_token").value_or("").starts_with("refresh-")) {
      return answer(400, base::JsonObject{{"error", "invalid_grant"}});
    }
    return answer(200, granted);
  }

  base::HttpResponse serve(const base::HttpRequest& request) {
    if (!request.headers.find("Authorization").value_or("").starts_with("Bearer access-")) return error(401, "InvalidAuthenticationToken");
    const auto body = base::parse_json(request.body).value_or(base::Json());
    if (request.target != "/v1.0/$batch") return one({clock_->now(), request.method, request.target.substr(5), {}, body, false});
    ++batches;
    base::JsonArray responses;
    const auto* requests = base::member(body, "requests");
    for (const auto& item : requests->get_array()) {
      const auto* item_body = base::member(item, "body");
      const auto response = one({clock_->now(), base::string_or(item, "method", ""), base::string_or(item, "url", ""), {},
                                 item_body != nullptr ? *item_body : base::Json(), true});
      base::JsonObject out{{"id", base::string_or(item, "id", "")}, {"status", response.status}};
      if (const auto wait = response.headers.find("Retry-After")) out["headers"] = base::JsonObject{{"Retry-After", std::string(*wait)}};
      if (auto parsed = base::parse_json(response.body)) out["body"] = *std::move(parsed);
      responses.push_back(std::move(out));
    }
    // In an order of its own. [Graph B2]
    std::ranges::reverse(responses);
    return answer(200, base::JsonObject{{"responses", std::move(responses)}});
  }

  base::HttpResponse one(GraphCallSeen call) {
    const auto target = base::parse_target(call.path).value_or(base::Target{});
    const auto filter = target.parameter("$filter").value_or("");
    call.query = target.parameter("$deltatoken").value_or(target.parameter("$skiptoken").value_or(""));
    call.path = target.path;
    calls.push_back(call);
    if (before) {
      if (auto bent = before(call)) return *bent;
    }
    const bool of_groups = call.path == "/groups" || call.path.starts_with("/groups/");
    auto read = call.method == "GET" && reads ? reads(call, target) : std::nullopt;
    auto response = read        ? *std::move(read)
                    : of_groups ? groups.act(call.method, call.body, target, account_ids())
                                : act(call, target.segments(), filter);
    if (after) {
      if (auto bent = after(call)) return *bent;
    }
    return response;
  }

  [[nodiscard]] std::set<std::string> account_ids() const {
    std::set<std::string> ids;
    for (const auto& [id, account] : accounts) ids.insert(id);
    return ids;
  }

  base::HttpResponse act(const GraphCallSeen& call, const std::vector<std::string>& path, const std::string& filter) {
    if (call.path == "/users/delta") return delta(call);
    if (call.method == "GET") return look_up(filter);
    if (call.method == "POST" && path.size() == 1) return create(call.body);
    if (path.size() < 2 || !accounts.contains(path[1])) return error(404, "Request_ResourceNotFound");
    if (path.size() == 2 && call.method == "DELETE") {
      accounts.erase(path[1]);
      return base::HttpResponse(204);
    }
    auto& account = accounts[path[1]];
    if (path.size() == 2) {
      for (const auto& [name, value] : call.body.as_object()) {
        if (name == "passwordProfile") {
          passwords[path[1]] = base::string_or(value, "password", "");
        } else {
          account[name] = value;
        }
      }
      return base::HttpResponse(204);
    }
    if (path[2] == "manager") {
      const auto reference = base::string_or(call.body, "@odata.id", "");
      if (call.method == "DELETE" && managers[path[1]].empty()) return error(404, "Request_ResourceNotFound");
      managers[path[1]] = call.method == "DELETE" ? "" : reference.substr(reference.rfind('/') + 1);
      return base::HttpResponse(204);
    }
    return answer(200, base::JsonObject{{"value", true}});
  }

  base::HttpResponse look_up(std::string_view filter) {
    const auto begin = filter.find('\'') + 1;
    const auto value = filter.substr(begin, filter.rfind('\'') - begin);
    const auto property = filter.starts_with("mail ") ? "mail" : "userPrincipalName";
    base::JsonArray found;
    for (auto [id, account] : accounts) {
      if (!base::equals_ignoring_case(base::string_or(account, property, ""), value)) continue;
      account["id"] = id;
      found.push_back(std::move(account));
    }
    return answer(200, base::JsonObject{{"value", std::move(found)}});
  }

  /// Every account, or those that are not as they were at the token; `delta_page` of them a page.
  base::HttpResponse delta(const GraphCallSeen& call) {
    if (forgets_links && !call.query.empty()) {
      auto gone = error(410, "SyncStateNotFound");
      gone.headers.add("Location", std::string(delta_root) + "?$deltatoken=");
      return gone;
    }
    // A token is `since` or `since-to-at`: a page from `at` on of what changed from one snapshot to another.
    std::size_t since = 0;
    std::size_t to = 0;
    std::size_t at = 0;
    std::sscanf(call.query.c_str(), "%zu-%zu-%zu", &since, &to, &at);
    if (to == 0) {
      std::map<std::string, std::string> now;
      for (const auto& [id, account] : accounts) now[id] = base::to_text(account);
      snapshots_.push_back(std::move(now));
      to = snapshots_.size() - 1;
    }
    std::vector<base::JsonObject> changes;
    for (const auto& [id, text] : snapshots_[to]) {
      const auto known = snapshots_[since].find(id);
      if (known != snapshots_[since].end() && known->second == text) continue;
      changes.push_back(base::parse_json(text)->as_object());
      changes.back()["id"] = id;
    }
    for (const auto& [id, text] : snapshots_[since]) {
      if (snapshots_[to].contains(id)) continue;
      changes.push_back({{"id", id}, {"@removed", base::JsonObject{{"reason", "changed"}}}});
    }
    base::JsonArray page;
    for (; at < changes.size() && page.size() < delta_page; ++at) page.emplace_back(std::move(changes[at]));
    base::JsonObject body{{"value", std::move(page)}};
    if (at < changes.size()) {
      body["@odata.nextLink"] = fmt::format("{}?$skiptoken={}-{}-{}", delta_root, since, to, at);
    } else {
      body["@odata.deltaLink"] = fmt::format("{}?$deltatoken={}", delta_root, to);
    }
    return answer(200, body);
  }

  base::HttpResponse create(const base::Json& body) {
    if (!find(base::string_or(body, "userPrincipalName", "")).empty()) return error(400, "Request_BadRequest");
    const auto id = fmt::format("object-{}", ++made_);
    accounts[id] = body.as_object();
    passwords[id] = base::string_or(*base::member(body, "passwordProfile"), "password", "");
    accounts[id].erase("passwordProfile");
    return answer(201, base::JsonObject{{"id", id}});
  }

  base::Clock* clock_;
  int made_ = 0;
  std::vector<std::map<std::string, std::string>> snapshots_{1};  ///< accounts as text, by id; the first is of nothing
  SignIn sign_in_{*this};
  Graph graph_{*this};
  std::string nonce_;
  std::string challenge_;
  std::string admin_;
};

}  // namespace directory
