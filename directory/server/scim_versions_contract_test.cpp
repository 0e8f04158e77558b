// Entity tags with their preconditions, and what the provider says of itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "directory/server/scim_client_fixture.h"

namespace directory {
namespace scim_versions_contract_test {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class ScimVersions : public ::testing::Test {
 protected:
  ScimVersions() : path_("/Users/" + bench_.provision("amy.lee")) {}

  base::HttpResponse ask(const std::string& method, const std::string& header, const std::string& value,
                         std::string body = {}) {
    return bench_.generic(method, path_, std::move(body), {{header, value}});
  }
  std::string tag() { return header_of(bench_.generic("GET", path_), "ETag"); }
  static std::string retitled(std::string_view title) {
    return patch_body(fmt::format(R"([{{"op": "replace", "path": "title", "value": "{}"}}])", title));
  }

  ServerBench bench_;
  std::string path_;
};

// [RFC7644 3.14] [RFC7643 3.1]
TEST_F(ScimVersions, every_answer_with_a_resource_carries_its_tag) {
  for (const auto& answer : {bench_.generic("GET", path_), bench_.generic("PATCH", path_, retitled("x")),
                             bench_.generic("PUT", path_, user_body("amy.lee", "amy.lee@example.test")),
                             bench_.generic("POST", "/Users", user_body("bob", "bob@example.test"))}) {
    EXPECT_THAT(header_of(answer, "ETag"), StartsWith("W/\""));
    EXPECT_EQ(body_of(answer).at("meta").at("version"), base::Json(header_of(answer, "ETag")));
  }
}

// [RFC7644 3.14]
TEST_F(ScimVersions, a_reader_who_has_the_version_is_told_so) {
  const auto current = tag();
  for (const auto& value : {current, "\"other\", " + current, std::string("*"), current.substr(2)}) {
    const auto answer = ask("GET", "If-None-Match", value);
    EXPECT_EQ(answer.status, 304) << value;
    EXPECT_THAT(answer.body, IsEmpty());
    EXPECT_EQ(header_of(answer, "ETag"), current);
  }
  EXPECT_EQ(ask("GET", "If-None-Match", "W/\"other\"").status, 200);
  bench_.generic("PATCH", path_, retitled("x"));
  EXPECT_EQ(ask("GET", "If-None-Match", current).status, 200);
}

// [RFC7644 3.14]
TEST_F(ScimVersions, a_change_of_another_version_is_refused_and_changes_nothing) {
  const auto old = tag();
  bench_.generic("PATCH", path_, retitled("first"));
  const auto before = body_of(bench_.generic("GET", path_));
  EXPECT_THAT(bench_.events_of([&] {
    EXPECT_EQ(outcome_of(ask("PATCH", "If-Match", old, retitled("second"))), "412 none");
    EXPECT_EQ(outcome_of(ask("PUT", "If-Match", old, user_body("eve", "eve@example.test"))), "412 none");
    EXPECT_EQ(outcome_of(ask("DELETE", "If-Match", old)), "412 none");
    EXPECT_EQ(outcome_of(ask("PATCH", "If-None-Match", "*", retitled("second"))), "412 none");
  }),
              IsEmpty());
  EXPECT_EQ(body_of(bench_.generic("GET", path_)), before);
  EXPECT_EQ(ask("PATCH", "If-Match", "\"x\" , " + tag(), retitled("second")).status, 200);
  EXPECT_EQ(ask("DELETE", "If-Match", "*").status, 204);
}

// [RFC7644 3.14]: of two writers who read the same version one wins.
TEST_F(ScimVersions, of_two_writers_one_wins) {
  const auto read = tag();
  auto fields = ServerBench::bearer(bench_.keys.generic_token);
  fields.push_back({"If-Match", read});
  const auto one = bench_.send("PATCH", "/scim/v2" + path_, fields, retitled("one"));
  const auto other = bench_.send("PATCH", "/scim/v2" + path_, fields, retitled("other"));
  bench_.settle();
  EXPECT_THAT((std::vector<int>{one->status(), other->status()}), ::testing::UnorderedElementsAre(200, 412));
}

// [RFC7644 3.14] [RFC7643 3.1]
TEST_F(ScimVersions, a_change_moves_tag_and_time_and_a_read_or_an_empty_change_does_not) {
  const auto before = body_of(bench_.generic("GET", path_)).at("meta");
  bench_.run_for(std::chrono::seconds{1});
  bench_.generic("PATCH", path_, patch_body(R"([{"op": "replace", "path": "active", "value": true}])"));
  EXPECT_EQ(body_of(bench_.generic("GET", path_)).at("meta"), before);
  bench_.generic("PATCH", path_, retitled("x"));
  const auto after = body_of(bench_.generic("GET", path_)).at("meta");
  EXPECT_EQ(after.at("created"), before.at("created"));
  EXPECT_NE(after.at("version"), before.at("version"));
  EXPECT_GT(base::string_or(after, "lastModified", ""), base::string_or(before, "lastModified", ""));
}

// What it says of itself

// [RFC7644 4] [RFC7643 6] [RFC7643 7]
TEST(ScimDiscovery, each_schema_and_type_is_found_alone_and_in_its_list) {
  ServerBench bench;
  for (const auto& [list, name] : {std::pair{"/Schemas", "id"}, {"/ResourceTypes", "name"}}) {
    const auto all = body_of(bench.generic("GET", list));
    EXPECT_EQ(all.at("schemas"), json(R"(["urn:ietf:params:scim:api:messages:2.0:ListResponse"])"));
    EXPECT_EQ(all.at("totalResults"), base::Json(all.at("Resources").as_array().size()));
    for (const auto& each : all.at("Resources").as_array()) {
      const auto one = bench.generic("GET", fmt::format("{}/{}", list, base::string_or(each, name, "")));
      EXPECT_EQ(one.status, 200);
      EXPECT_EQ(body_of(one), each);
      const auto location = base::string_or(each.at("meta"), "location", "");
      EXPECT_THAT(location, StartsWith("https://directory.example.test/scim/v2/"));
    }
    EXPECT_EQ(outcome_of(bench.generic("GET", std::string(list) + "/nothing")), "404 none");
  }
}

// [RFC7643 6]: what a type names is published.
TEST(ScimDiscovery, the_schemas_of_each_type_are_published_and_each_endpoint_answers) {
  ServerBench bench;
  std::set<std::string> ids;
  const auto schemas = body_of(bench.generic("GET", "/Schemas"));
  for (const auto& schema : schemas.at("Resources").as_array()) ids.insert(base::string_or(schema, "id", ""));
  const auto types = body_of(bench.generic("GET", "/ResourceTypes"));
  for (const auto& type : types.at("Resources").as_array()) {
    EXPECT_TRUE(ids.contains(base::string_or(type, "schema", "")));
    EXPECT_EQ(bench.generic("GET", base::string_or(type, "endpoint", "")).status, 200);
    const auto* extensions = base::member(type, "schemaExtensions");
    if (extensions == nullptr) continue;
    for (const auto& extension : extensions->as_array())
      EXPECT_TRUE(ids.contains(base::string_or(extension, "schema", "")));
  }
  for (const auto& id : ids) EXPECT_THAT(id, ::testing::Not(StartsWith("urn:ietf:params:scim:api:")));
}

// [RFC7644 4]
TEST(ScimDiscovery, descriptions_are_not_filtered_and_ignore_other_parameters) {
  ServerBench bench;
  for (const auto* path : {"/Schemas", "/ResourceTypes", "/ServiceProviderConfig"}) {
    EXPECT_EQ(outcome_of(bench.generic("GET", std::string(path) + "?filter=id+pr")), "403 none") << path;
    EXPECT_EQ(body_of(bench.generic("GET", std::string(path) + "?count=1&sortBy=x")),
              body_of(bench.generic("GET", path)))
        << path;
  }
}

// [RFC7643 5]: for each integration the truth of its own policy.
TEST(ScimDiscovery, changing_passwords_is_supported_where_the_policy_takes_them) {
  ServerBench bench;
  const auto supported = [](const base::HttpResponse& config) {
    return body_of(config).at("changePassword").at("supported") == base::Json(true);
  };
  EXPECT_FALSE(supported(bench.scim("GET", "/ServiceProviderConfig")));
  EXPECT_TRUE(supported(bench.okta("GET", "/ServiceProviderConfig")));
  EXPECT_TRUE(supported(bench.generic("GET", "/ServiceProviderConfig")));
}

// [RFC7644 3.11]: a token stands for no user.
TEST(ScimDiscovery, there_is_no_me) {
  ServerBench bench;
  for (const auto* method : {"GET", "POST", "PUT", "PATCH", "DELETE"})
    EXPECT_EQ(outcome_of(bench.generic(method, "/Me", "{}")), "501 none") << method;
}

// [RFC7644 3.13]: another version of the protocol is not served as this one.
TEST(ScimDiscovery, other_versions_are_not_there) {
  ServerBench bench;
  for (const auto* path : {"/scim/v1/Users", "/scim/v9/Users", "/scim/Users"})
    EXPECT_EQ(outcome_of(bench.ask("GET", path, bench.scim_fields())), "404 none") << path;
  EXPECT_EQ(outcome_of(bench.ask("GET", "/scim/v2/Users/%zz", bench.scim_fields())), "400 none");
}

}  // namespace scim_versions_contract_test
}  // namespace directory
