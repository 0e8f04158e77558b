// What a program of the company does with Okta's management API.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/script/values.h"

namespace scenarios {

inline constexpr std::array<std::string_view, 4> okta_api_credentials{"api_token", "access_token", "wrong", "none"};

struct OktaGrantScopes {
  static constexpr std::string_view name = "okta.grant_scopes";
  static constexpr std::string_view help =
      "An Okta admin adds the company's program as an app and grants it scopes of the management API, in place of those that it had.";

  std::vector<std::string> scopes;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("scopes", self.scopes, "such as okta.users.read or okta.groups.manage");
  }
  bool operator==(const OktaGrantScopes&) const = default;
};

struct OktaFetchToken {
  static constexpr std::string_view name = "okta.fetch_token";
  static constexpr std::string_view help =
      "The program asks Okta's authorization server for an access token with a person's name and password, for all scopes that it was granted.";

  PersonRef user;
  SecretName password;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("password", self.password, "name of the password");
  }
  bool operator==(const OktaFetchToken&) const = default;
};

struct OktaRequest {
  static constexpr std::string_view name = "okta.request";
  static constexpr std::string_view help =
      "The program sends a request to Okta's management API and holds the answer against what is expected, as scim.request does. Path, query, "
      "body and expectation may name earlier answers, the body also a password: ${password.NAME}.";

  std::string method;
  std::string path;
  JsonText query{};
  JsonText body{};
  std::string credentials = "api_token";
  std::optional<std::string> answer{};
  AnswerPattern expect{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("method", self.method, "GET, POST, PUT, PATCH or DELETE");
    visit.required("path", self.path, "path below /api/v1: /users");
    visit.optional("query", self.query, "a map, which is encoded: {search: 'profile.department eq \"Sales\"', limit: 2}");
    visit.optional("body", self.body, "the body");
    visit.choice("credentials", self.credentials, okta_api_credentials, "an admin's API token, the access token that was fetched last, one that is neither, or none");
    visit.optional("as", self.answer, "what later requests call the answer");
    visit.optional("expect", self.expect, "what the answer must be like, in the words of conformance cases; by default a status below 400");
  }
  bool operator==(const OktaRequest&) const = default;
};

}  // namespace scenarios
