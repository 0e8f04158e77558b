// An org, the API over it, and a caller with a token, for the tests of what the API answers.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/encoding.h"
#include "base/json.h"
#include "fakes/okta/api/service.h"
#include "sim/host.h"

namespace fakes::okta::api {

inline base::Json json(const base::HttpResponse& response) { return base::parse_json(response.body).value_or(base::Json()); }

/// The text at a way such as `/profile/login`; JSON for other values, `none` for nothing.
inline std::string at(const base::Json& json, std::string_view way) {
  boost::system::error_code error;
  const auto* found = json.find_pointer(base::json_key(way), error);
  if (found == nullptr) return "none";
  return found->is_string() ? std::string(base::as_text(found->get_string())) : base::to_text(*found);
}
inline std::string at(const base::HttpResponse& response, std::string_view way) { return at(json(response), way); }

/// Status and code of an answer: `404 E0000007`; of a success the status alone.
inline std::string outcome(const base::HttpResponse& response) {
  const auto code = at(response, "/errorCode");
  return std::to_string(response.status) + (code == "none" ? "" : " " + code);
}

/// Of every entry of a list, the text at a way.
inline std::vector<std::string> each(const base::HttpResponse& response, std::string_view way) {
  std::vector<std::string> out;
  const auto body = json(response);
  if (!body.is_array()) return {"no list: " + response.body};
  for (const auto& entry : body.get_array()) out.push_back(at(entry, way));
  return out;
}

inline std::string header(const base::HttpResponse& response, std::string_view name) { return std::string(response.headers.find(name).value_or("none")); }

/// The place that a link of an answer leads to, below the host; empty where it has none.
inline std::string link_of(const base::HttpResponse& response, std::string_view relation) {
  constexpr std::string_view origin = "<https://acme.okta.com";
  const auto ending = ">; rel=\"" + std::string(relation) + "\"";
  for (const auto& field : response.headers) {
    if (field.name == "Link" && field.value.starts_with(origin) && field.value.ends_with(ending))
      return field.value.substr(origin.size(), field.value.size() - origin.size() - ending.size());
  }
  return {};
}

inline const std::string good_password = "Wombat-4711";

class ApiTest : public ::testing::Test {
 protected:
  explicit ApiTest(OrgOptions org = {}, ApiOptions api = {}) : org_(clock_, base::Rng(1), std::move(org)), service_(clock_, base::Rng(2), org_, tokens_, api) {
    scheduler_.advance_to(base::Instant{std::chrono::seconds{1'767'600'000}});  // 2026-01-05T08:00:00Z
    NewUser admin;
    admin.profile = {{"login", "admin@example.test"}, {"email", "admin@example.test"}, {"firstName", "Ada"}, {"lastName", "Admin"}};
    admin.password = base::Secret("Platypus-42");
    admin_ = org_.create_user(admin)->text();
    token_ = "SSWS " + tokens_.add_api_token("test", admin_).reveal();
  }

  base::HttpResponse send(std::string method, const std::string& place, std::string body = "", std::initializer_list<base::Header> headers = {}) {
    base::HttpRequest request(std::move(method), place.starts_with("/api/") ? place : "/api/v1" + place);
    request.headers.set("Host", "acme.okta.com");
    request.headers.set("Accept", "application/json");
    request.body = std::move(body);
    if (!request.body.empty()) request.headers.set("Content-Type", "application/json");
    if (!token_.empty()) request.headers.set("Authorization", token_);
    for (const auto& header : headers) request.headers.set(header.name, header.value);
    return service_.respond(request);
  }
  base::HttpResponse get(const std::string& place) { return send("GET", place); }
  base::HttpResponse post(const std::string& place, std::string body = "") { return send("POST", place, std::move(body)); }
  /// A query of a list, encoded.
  base::HttpResponse ask(const std::string& list, const std::string& parameter, std::string_view text, const std::string& more = "") {
    return get(list + "?" + parameter + "=" + base::percent_encode(text) + more);
  }

  static std::string profile(const std::string& name, const std::string& more = "") {
    return R"("profile": {"login": ")" + name + R"(@example.test", "email": ")" + name + R"(@example.test", "firstName": ")" + name + R"(", "lastName": "Doe")" + more + "}";
  }
  static std::string with_password(const std::string& name, const std::string& more = "") {
    return "{" + profile(name, more) + R"(, "credentials": {"password": {"value": ")" + good_password + R"("}}})";
  }
  std::string made(const std::string& place, std::string body) {
    const auto response = post(place, std::move(body));
    EXPECT_EQ(response.status, 200) << response.body;
    return at(response, "/id");
  }
  /// ACTIVE.
  std::string made_user(const std::string& name, const std::string& more = "") { return made("/users", with_password(name, more)); }
  /// STAGED.
  std::string made_staged(const std::string& name) { return made("/users?activate=false", "{" + profile(name) + "}"); }
  std::string made_group(const std::string& name) { return made("/groups", R"({"profile": {"name": ")" + name + R"(", "description": "All of )" + name + R"("}})"); }
  std::string status_of(const std::string& user) { return at(get("/users/" + user), "/status"); }
  /// Names of the types of what was logged since.
  std::vector<std::string> logged_since(std::uint64_t written) {
    std::vector<std::string> out;
    const auto& events = org_.log().events();
    for (auto i = events.size() - static_cast<std::size_t>(org_.log().written() - written); i < events.size(); ++i)
      out.emplace_back(okta::info_of(events[i].type).name);
    return out;
  }
  void pass(base::Duration span) { scheduler_.advance_to(scheduler_.now() + span); }

  base::Scheduler scheduler_;
  sim::HostClock clock_{scheduler_, {}};
  Org org_;
  TokenBook tokens_{base::Rng(3)};
  Service service_;
  std::string admin_;
  std::string token_;
};

}  // namespace fakes::okta::api
