// What a SCIM client does, request by request.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "scenarios/script/values.h"

namespace scenarios {

inline constexpr std::array<std::string_view, 4> scim_credentials{"entra", "okta", "wrong", "none"};

struct ScimRequest {
  static constexpr std::string_view name = "scim.request";
  static constexpr std::string_view help =
      "A SCIM client sends a request to the directory and holds the answer against what is expected. Path, query, body and expectation "
      "may name earlier answers: ${NAME.id}, ${NAME.path}, ${NAME.body.PATH}, and ${run}, ${unknown}.";

  std::string method;
  std::string path;
  JsonText query{};
  JsonText body{};
  std::string credentials = "entra";
  std::optional<std::string> answer{};
  AnswerPattern expect{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("method", self.method, "GET, POST, PUT, PATCH or DELETE");
    visit.required("path", self.path, "path below the SCIM base URL: /Users");
    visit.optional("query", self.query, "a map, which is encoded: {filter: 'userName eq \"amy\"', count: 1}");
    visit.optional("body", self.body, "the body");
    visit.choice("credentials", self.credentials, scim_credentials, "whose token goes with it");
    visit.optional("as", self.answer, "what later requests call the answer");
    visit.optional("expect", self.expect, "what the answer must be like, in the words of conformance cases; by default a status below 400");
  }
  bool operator==(const ScimRequest&) const = default;
};

}  // namespace scenarios
