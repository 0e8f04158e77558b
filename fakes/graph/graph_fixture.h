// A tenant, Graph over it, and a client with tokens, for the tests of what Graph answers.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/encoding.h"
#include "base/json.h"
#include "fakes/graph/service.h"
#include "sim/host.h"

namespace fakes::graph {

/// Tokens by their text.
class TokenMap final : public entra::AccessTokens {
 public:
  [[nodiscard]] std::optional<entra::AccessToken> find_token(std::string_view text) const override {
    const auto found = tokens.find(text);
    return found == tokens.end() ? std::nullopt : std::optional(found->second);
  }
  std::map<std::string, entra::AccessToken, std::less<>> tokens;
};

inline base::Json json(const base::HttpResponse& response) { return base::parse_json(response.body).value_or(base::Json()); }

/// The text at a way such as `/value/0/id`; JSON for other values, `none` for nothing. `~1` stands for a slash.
inline std::string at(const base::Json& json, std::string_view way) {
  boost::system::error_code error;
  const auto* found = json.find_pointer(base::json_key(way), error);
  if (found == nullptr) return "none";
  return found->is_string() ? std::string(base::as_text(found->get_string())) : base::to_text(*found);
}
inline std::string at(const base::HttpResponse& response, std::string_view way) { return at(json(response), way); }

/// Status, code and message of an answer: `404 Request_ResourceNotFound: …`; of a success the status alone.
inline std::string outcome(const base::HttpResponse& response) {
  const auto body = json(response);
  if (at(body, "/error") == "none") return std::to_string(response.status);
  return std::to_string(response.status) + " " + at(body, "/error/code") + ": " + at(body, "/error/message");
}

/// Of every entry of `value`, the text at a way.
inline std::vector<std::string> each(const base::HttpResponse& response, std::string_view way) {
  std::vector<std::string> out;
  const auto body = json(response);
  const auto* value = base::member(body, "value");
  if (value == nullptr || !value->is_array()) return {"no list: " + response.body};
  for (const auto& entry : value->get_array()) out.push_back(at(entry, way));
  return out;
}

inline std::string user_body(std::string_view name, std::string_view more = "") {
  return R"({"accountEnabled": true, "displayName": ")" + std::string(name) + R"(", "mailNickname": ")" + std::string(name) +
         R"(", "userPrincipalName": ")" + std::string(name) + R"(@example.test", "passwordProfile": {"password": "Wombat-4711!"})" + std::string(more) + "}";
}
inline std::string group_body(std::string_view name, std::string_view more = "") {
  return R"({"displayName": ")" + std::string(name) + R"(", "mailEnabled": false, "mailNickname": ")" + std::string(name) +
         R"(", "securityEnabled": true)" + std::string(more) + "}";
}
inline std::string reference(std::string_view id) { return R"({"@odata.id": "https://graph.microsoft.com/v1.0/directoryObjects/)" + std::string(id) + "\"}"; }

class GraphTest : public ::testing::Test {
 protected:
  GraphTest() {
    scheduler_.advance_to(base::Instant{std::chrono::seconds{1'767'600'000}});  // 2026-01-05T08:00:00Z
    grant("all", entra::AccessToken::Kind::app,
          {"User.ReadWrite.All", "User-PasswordProfile.ReadWrite.All", "Group.ReadWrite.All", "Directory.ReadWrite.All", "AuditLog.Read.All",
           "Organization.Read.All", "Domain.Read.All", "User.DeleteRestore.All"});
  }

  entra::AccessToken& grant(const std::string& text, entra::AccessToken::Kind kind, std::vector<std::string> permissions) {
    entra::AccessToken token;
    token.kind = kind;
    token.app_id = "0a0a0a0a-" + text;
    token.app_name = "The " + text + " app";
    token.subject = entra::ObjectId{"0b0b0b0b-" + text};
    token.permissions = std::move(permissions);
    token.issued = clock_.now();
    token.expires = clock_.now() + std::chrono::days{300};
    return tokens_.tokens[text] = token;
  }
  entra::AccessToken& grant_user(const std::string& text, const std::string& id, std::vector<std::string> scopes) {
    auto& token = grant(text, entra::AccessToken::Kind::delegated, std::move(scopes));
    token.subject = entra::ObjectId{id};
    return token;
  }

  base::HttpResponse send(std::string method, const std::string& place, std::string body = "", std::initializer_list<base::Header> headers = {}) {
    base::HttpRequest request(std::move(method), "/v1.0" + place);
    request.headers.set("Host", "graph.microsoft.com");
    request.body = std::move(body);
    if (!request.body.empty()) request.headers.set("Content-Type", "application/json");
    if (!token_.empty()) request.headers.set("Authorization", "Bearer " + token_);
    for (const auto& header : headers) request.headers.set(header.name, header.value);
    return service_.respond(request);
  }
  base::HttpResponse get(const std::string& place) { return send("GET", place); }
  /// With what advanced queries need.
  base::HttpResponse get_advanced(const std::string& place) { return send("GET", place, "", {{"ConsistencyLevel", "eventual"}}); }
  /// A filter of a list, encoded.
  static std::string filtered(const std::string& list, std::string_view filter, const std::string& more = "") {
    return list + "?$filter=" + base::percent_encode(filter) + more;
  }
  /// What a link of an answer points to, below the version.
  static std::string place_of(std::string_view link) {
    const std::string_view root = "https://graph.microsoft.com/v1.0";
    EXPECT_TRUE(link.starts_with(root)) << link;
    return std::string(link.substr(std::min(root.size(), link.size())));
  }

  std::string made(const std::string& place, const std::string& body) {
    const auto response = send("POST", place, body);
    EXPECT_EQ(response.status, 201) << response.body;
    return at(response, "/id");
  }
  std::string made_user(std::string_view name, std::string_view more = "") { return made("/users", user_body(name, more)); }
  std::string made_group(std::string_view name, std::string_view more = "") { return made("/groups", group_body(name, more)); }
  void pass(base::Duration span) { scheduler_.advance_to(scheduler_.now() + span); }

  base::Scheduler scheduler_;
  sim::HostClock clock_{scheduler_, {}};
  TokenMap tokens_;
  entra::SignInLog sign_ins_;
  entra::Tenant tenant_{clock_, base::Rng(1)};
  Service service_{clock_, base::Rng(2), tenant_, tokens_, &sign_ins_};
  std::string token_ = "all";
};

}  // namespace fakes::graph
