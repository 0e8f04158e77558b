// Whatever a client that has a key sends, the provider answers in the protocol's form, blames the client and
// not itself, and goes on serving. Bodies are JSON of any shape with names that the provider knows, queries
// are text of any kind.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <set>

#include "directory/scim/resource_fixture.h"
#include "directory/server/scim_client_fixture.h"

namespace directory {
namespace scim_hostile_test {

/// [RFC7644 3.12]
const std::set<std::string>& scim_types() {
  static const std::set<std::string> words{"invalidFilter", "tooMany",     "uniqueness", "mutability",
                                           "invalidSyntax", "invalidPath", "noTarget",   "invalidValue",
                                           "invalidVers",   "sensitive"};
  return words;
}

void judge(const base::HttpResponse& answer) {
  if (answer.status == 204 || answer.status == 304) return;
  const auto body = base::parse_json(answer.body);
  RC_ASSERT(body.has_value());
  if (answer.status < 400) return;
  RC_ASSERT(answer.status < 500);
  RC_ASSERT(base::string_or(*body, "status", "") == std::to_string(answer.status));
  RC_ASSERT(!base::string_or(*body, "detail", "").empty());
  if (const auto type = base::string_member(*body, "scimType")) {
    RC_ASSERT(scim_types().contains(*type));
    RC_ASSERT((answer.status == 400 || answer.status == 409));
  }
}

rc::Gen<std::string> any_endpoint(const std::string& user, const std::string& group) {
  return rc::gen::element<std::string>("POST /Users", "PUT /Users/" + user, "PATCH /Users/" + user, "POST /Groups",
                          "PUT /Groups/" + group, "PATCH /Groups/" + group, "POST /.search",
                          "POST /Users/.search", "POST /Bulk");
}

/// Wears the right schema, so that it gets past the first look.
base::JsonObject dressed(base::JsonObject object, std::string_view endpoint) {
  const auto schema = endpoint.ends_with(".search")   ? "urn:ietf:params:scim:api:messages:2.0:SearchRequest"
                      : endpoint == "POST /Bulk"      ? "urn:ietf:params:scim:api:messages:2.0:BulkRequest"
                      : endpoint.starts_with("PATCH") ? "urn:ietf:params:scim:api:messages:2.0:PatchOp"
                      : endpoint.contains("Groups")   ? "urn:ietf:params:scim:schemas:core:2.0:Group"
                                                      : "urn:ietf:params:scim:schemas:core:2.0:User";
  object["schemas"] = base::JsonArray{schema};
  return object;
}

class Target {
 public:
  Target()
      : user_(bench_.provision("amy")),
        group_(id_of(bench_.generic("POST", "/Groups", R"({"displayName": "Sales",
      "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"]})"))) {}

  [[nodiscard]] const std::string& user() const { return user_; }
  [[nodiscard]] const std::string& group() const { return group_; }
  base::HttpResponse ask(std::string_view endpoint, std::string body) {
    const auto space = endpoint.find(' ');
    return bench_.generic(std::string(endpoint.substr(0, space)), std::string(endpoint.substr(space + 1)),
                          std::move(body));
  }
  bool serves() {
    const auto users = ask("GET /Users", "");
    const auto groups = ask("GET /Groups", "");
    return users.status == 200 && groups.status == 200;
  }

 private:
  ServerBench bench_;
  std::string user_;
  std::string group_;
};

// [rule F40]
RC_GTEST_PROP(ScimHostile, any_json_is_answered_in_the_protocols_form, ()) {
  Target target;
  const auto requests = *rc::gen::resize(
      10, rc::gen::container<std::vector<std::pair<std::string, base::JsonObject>>>(
              rc::gen::pair(any_endpoint(target.user(), target.group()), scim::any_object())));
  for (const auto& [endpoint, object] : requests) {
    RC_LOG() << endpoint << " " << base::to_text(object) << "\n";
    judge(target.ask(endpoint, base::to_text(dressed(object, endpoint))));
  }
  RC_ASSERT(target.serves());
}

RC_GTEST_PROP(ScimHostile, any_query_is_answered_in_the_protocols_form, ()) {
  static Target target;
  const auto name = *rc::gen::element<std::string>("filter", "sortBy", "sortOrder", "startIndex", "count",
                                                   "attributes", "excludedAttributes");
  const auto piece =
      rc::gen::oneOf(rc::gen::element<std::string>("userName", "emails", "[", "]", "(", ")", "not ", " and ",
                                                   " or ", " eq ", " pr", "\"x\"", "\"", ",", ".", ":",
                                                   "meta.lastModified", "true", "null", "7", "urn:"),
                     rc::gen::string<std::string>());
  const auto pieces = *rc::gen::container<std::vector<std::string>>(piece);
  std::string text;
  for (const auto& each : pieces) text += each;
  RC_LOG() << name << "=" << text << "\n";
  for (const auto* endpoint : {"/Users", "/Groups", "/"}) {
    judge(target.ask(fmt::format("GET {}?{}={}", endpoint, name, base::percent_encode(text)), ""));
  }
}

// [RFC8259 8.1]
TEST(ScimHostile, a_path_of_any_bytes_is_refused_in_utf_8) {
  ServerBench bench;
  for (const auto* path : {"/%ff%fe", "/api/%c3%28", "/scim/v2/%80"}) {
    const auto answer = bench.ask("GET", path);
    EXPECT_GE(answer.status, 400) << path;
    EXPECT_TRUE(base::is_utf8(answer.body)) << path;
  }
}

}  // namespace scim_hostile_test
}  // namespace directory
