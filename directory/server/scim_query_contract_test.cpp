// Queries: filters over everything a User holds, sorting, selection of attributes, and the same by POST. Each
// filter is held against a truth that the test states by itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/server/scim_client_fixture.h"

namespace directory {
namespace scim_query_contract_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

/// A body for `.search`; `members` begin with a comma or are empty.
std::string search_body(std::string_view members) {
  return fmt::format(R"({{"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"]{}}})", members);
}

class ScimQuery : public ::testing::Test {
 protected:
  ScimQuery() {
    create(
        "amy",
        R"("Amy@Work.test", "type": "work", "primary": true}, {"value": "amy@home.test", "type": "home")",
        R"("title": "Clerk", "nickName": "Z", "externalId": "E-1", "name": {"familyName": "Lee"}, "roles": [{"value": "admin"}])");
    create("Bob", R"("bob@work.test", "type": "work", "primary": true)",
           R"("title": "clerk", "externalId": "e-1", "active": false, "name": {"familyName": "Ray"},
              "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales", "employeeNumber": "A7"})");
    create("cid", R"("cid@home.test", "type": "home", "primary": true)",
           R"("title": "Lead", "name": {"familyName": "Lee"},
              "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours"})");
    create("dan", R"("dan@work.test", "type": "work", "primary": true)",
           R"("nickName": "a \"quoted\" \u00e9")");
  }

  void create(std::string_view user_name, std::string_view email, std::string_view more) {
    const auto answer = bench_.generic(
        "POST", "/Users",
        fmt::format(
            R"({{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{}", "emails": [{{"value": {}}}], {}}})",
            user_name, email, more));
    EXPECT_EQ(answer.status, 201) << answer.body;
    ids_.push_back(id_of(answer));
    bench_.run_for(std::chrono::seconds{1});
  }
  base::HttpResponse ask(std::string_view query) {
    return bench_.generic("GET", "/Users?" + std::string(query));
  }
  std::vector<std::string> found(std::string_view filter) {
    const auto answer = bench_.generic("GET", filtered(filter));
    EXPECT_EQ(answer.status, 200) << filter << ": " << answer.body;
    auto names = usernames_of(answer);
    EXPECT_EQ(total_of(answer), static_cast<std::int64_t>(names.size())) << filter;
    return names;
  }

  ServerBench bench_;
  std::vector<std::string> ids_;
};

// Filters

// [RFC7644 3.4.2.2]
TEST_F(ScimQuery, every_operator_finds_what_it_says) {
  struct Question {
    std::string_view filter;
    std::vector<std::string> names;
  };
  for (const auto& each : {
           Question{R"(title eq "CLERK")", {"amy", "Bob"}},
           Question{R"(title ne "clerk")", {"cid", "dan"}},
           Question{R"(title co "ler")", {"amy", "Bob"}},
           Question{R"(title sw "l")", {"cid"}},
           Question{R"(title ew "AD")", {"cid"}},
           Question{R"(title pr)", {"amy", "Bob", "cid"}},
           Question{R"(not (title pr))", {"dan"}},
           Question{R"(userName gt "bob")", {"cid", "dan"}},
           Question{R"(userName ge "bob")", {"Bob", "cid", "dan"}},
           Question{R"(userName lt "bob")", {"amy"}},
           Question{R"(userName le "bob")", {"amy", "Bob"}},
           Question{R"(active eq false)", {"Bob"}},
           Question{R"(externalId eq "E-1")", {"amy"}},
           Question{R"(name.familyName eq "lee")", {"amy", "cid"}},
           Question{R"(emails.value eq "AMY@HOME.test")", {"amy"}},
           Question{R"(emails co "home.test")", {"amy", "cid"}},
           Question{R"(emails[type eq "work" and value co "home"])", {}},
           Question{R"(emails[type eq "home" and value co "home"])", {"amy", "cid"}},
           Question{R"(emails[value eq "bob@work.test"])", {"Bob"}},
           Question{R"(roles eq "admin")", {"amy"}},
           Question{R"(nickName eq "a \"quoted\" \u00e9")", {"dan"}},
           Question{R"(nickName eq null)", {"Bob", "cid"}},
           Question{R"(urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "sales")",
                    {"Bob"}},
           Question{R"(urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber eq "a7")",
                    {"Bob"}},
           Question{R"(urn:ietf:params:scim:schemas:core:2.0:User:userName eq "CID")", {"cid"}},
           Question{R"(schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")",
                    {"Bob", "cid"}},
           Question{R"(meta.resourceType eq "User")", {"amy", "Bob", "cid", "dan"}},
           Question{R"(title eq "clerk" and active eq true or userName eq "dan")", {"amy", "dan"}},
           Question{R"(title eq "clerk" and (active eq true or userName eq "bob"))", {"amy", "Bob"}},
           Question{R"(userName eq "dan" or userName eq "AMY")", {"amy", "dan"}},
           Question{R"(not (userName eq "dan") and not (title co "clerk"))", {"cid"}},
       }) {
    EXPECT_EQ(found(each.filter), each.names) << each.filter;
  }
}

// [RFC7644 3.4.2.2]: what a provisioning client reads changes by.
TEST_F(ScimQuery, last_modified_finds_what_changed_since) {
  const auto stamp = [&](std::size_t index, std::string_view name) {
    const auto user = body_of(bench_.generic("GET", "/Users/" + ids_[index]));
    return base::string_or(user.at("meta"), name, "");
  };
  const auto last = stamp(3, "lastModified");
  EXPECT_THAT(found(fmt::format(R"(meta.lastModified gt "{}")", last)), IsEmpty());
  EXPECT_THAT(found(fmt::format(R"(meta.lastModified ge "{}")", last)), ElementsAre("dan"));
  EXPECT_THAT(found(fmt::format(R"(meta.lastModified eq "{}")", last)), ElementsAre("dan"));
  EXPECT_THAT(found(fmt::format(R"(meta.lastModified lt "{}")", last)), ElementsAre("amy", "Bob", "cid"));
  EXPECT_THAT(found(fmt::format(R"(meta.lastModified le "{}" and title pr)", last)),
              ElementsAre("amy", "Bob", "cid"));
  bench_.run_for(std::chrono::seconds{1});
  bench_.generic("PATCH", "/Users/" + ids_[1],
                 patch_body(R"([{"op": "replace", "path": "nickName", "value": "B"}])"));
  EXPECT_THAT(found(fmt::format(R"(meta.lastModified gt "{}")", last)), ElementsAre("Bob"));
  EXPECT_THAT(found(R"(meta.lastModified gt "2026-01-05T09:00:00+02:00")"),
              ElementsAre("amy", "Bob", "cid", "dan"))
      << "an offset is part of the instant";
  EXPECT_THAT(found(R"(meta.lastModified lt "2026-01-05T09:00:00+02:00")"), IsEmpty());
}

// [RFC7644 3.4.2.1]
TEST(ScimQueryLimit, a_scan_of_too_many_users_is_refused_and_an_index_helps) {
  BenchOptions options;
  options.directory.largest_scim_scan = 3;
  ServerBench bench(options);
  for (int i = 0; i < 4; ++i) bench.provision(fmt::format("user{}", i));
  EXPECT_EQ(outcome_of(bench.generic("GET", filtered(R"(nickName pr)"))), "400 tooMany");
  EXPECT_EQ(outcome_of(bench.generic("GET", "/Users?sortBy=userName")), "400 tooMany");
  EXPECT_EQ(total_of(bench.generic("GET", filtered(R"(userName eq "user2" and not (nickName pr))"))), 1);
  EXPECT_EQ(total_of(bench.generic("GET", "/Users")), 4);
}

// Sorting

// [RFC7644 3.4.2.3]
TEST_F(ScimQuery, sorting_goes_by_type_and_letter_case_with_the_absent_last_or_first) {
  struct Order {
    std::string_view query;
    std::vector<std::string> names;
  };
  for (const auto& each : {
           Order{"sortBy=userName", {"amy", "Bob", "cid", "dan"}},
           Order{"sortBy=userName&sortOrder=descending", {"dan", "cid", "Bob", "amy"}},
           Order{"sortBy=title", {"amy", "Bob", "cid", "dan"}},
           Order{"sortBy=title&sortOrder=descending", {"dan", "cid", "amy", "Bob"}},
           Order{"sortBy=externalId", {"amy", "Bob", "cid", "dan"}},
           Order{"sortBy=externalId&sortOrder=descending", {"cid", "dan", "Bob", "amy"}},
           Order{"sortBy=emails.value", {"amy", "Bob", "cid", "dan"}},
           Order{"sortBy=emails&sortOrder=DESCENDING", {"dan", "cid", "Bob", "amy"}},
           Order{"sortBy=active", {"Bob", "amy", "cid", "dan"}},
           Order{"sortBy=name.familyName&sortOrder=ascending", {"amy", "cid", "Bob", "dan"}},
           Order{"sortBy=meta.created&sortOrder=descending", {"dan", "cid", "Bob", "amy"}},
           Order{"sortBy=urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
                 {"Bob", "cid", "amy", "dan"}},
       }) {
    EXPECT_EQ(usernames_of(ask(each.query)), each.names) << each.query;
  }
}

// [RFC7644 3.4.2.3] [RFC7644 3.4.2.4]
TEST_F(ScimQuery, pages_are_cut_from_the_sorted_list) {
  const auto page = ask("sortBy=userName&sortOrder=descending&startIndex=2&count=2");
  EXPECT_THAT(usernames_of(page), ElementsAre("cid", "Bob"));
  EXPECT_EQ(total_of(page), 4);
}

TEST_F(ScimQuery, an_order_that_is_none_is_refused) {
  EXPECT_EQ(outcome_of(ask("sortBy=noSuch")), "400 invalidPath");
  EXPECT_EQ(outcome_of(ask("sortBy=name")), "400 invalidPath");
  EXPECT_EQ(outcome_of(ask("sortBy=a..b")), "400 invalidPath");
  EXPECT_EQ(outcome_of(ask("sortBy=userName&sortOrder=upwards")), "400 invalidValue");
}

// Selecting attributes

std::vector<std::string> keys_of(const base::Json& object) {
  std::vector<std::string> keys;
  for (const auto& member : object.as_object()) keys.emplace_back(member.key());
  return keys;
}

// [RFC7644 3.9] [RFC7644 3.10]
TEST_F(ScimQuery, an_answer_shows_what_was_asked_for) {
  const auto one = [&](std::string_view query) {
    return body_of(bench_.generic("GET", fmt::format("/Users/{}?{}", ids_[0], query)));
  };
  EXPECT_THAT(keys_of(one("attributes=USERNAME")), UnorderedElementsAre("schemas", "id", "userName"));
  EXPECT_THAT(keys_of(one("attributes=noSuch,title")), UnorderedElementsAre("schemas", "id", "title"));
  EXPECT_EQ(one("attributes=emails.value").at("emails"),
            json(R"([{"value": "Amy@Work.test"}, {"value": "amy@home.test"}])"));
  EXPECT_THAT(keys_of(one("attributes=urn:ietf:params:scim:schemas:core:2.0:User:name.familyName")),
              UnorderedElementsAre("schemas", "id", "name"));
  const auto less = keys_of(one("excludedAttributes=id,emails,name"));
  EXPECT_THAT(less, ::testing::IsSupersetOf({"id", "schemas", "userName", "meta"}));
  EXPECT_THAT(less, ::testing::Not(::testing::Contains("emails")));
}

// [RFC7644 3.9]: on every operation that answers with a resource.
TEST_F(ScimQuery, changes_answer_with_the_selection_too) {
  const auto only_title = UnorderedElementsAre("schemas", "id", "title");
  EXPECT_THAT(keys_of(body_of(bench_.generic("POST", "/Users?attributes=title",
                                             user_body("eve", "eve@x.test", R"(, "title": "x")")))),
              only_title);
  EXPECT_THAT(
      keys_of(body_of(bench_.generic("PATCH", "/Users/" + ids_[0] + "?attributes=title",
                                     patch_body(R"([{"op": "replace", "path": "title", "value": "y"}])")))),
      only_title);
  EXPECT_THAT(keys_of(body_of(bench_.generic("PUT", "/Users/" + ids_[0] + "?attributes=title",
                                             user_body("amy", "amy@x.test", R"(, "title": "z")")))),
              only_title);
  EXPECT_THAT(keys_of(body_of(ask("attributes=title&count=1")).at("Resources").at(0)), only_title);
}

// Searching by POST

// [RFC7644 3.4.3]
TEST_F(ScimQuery, a_search_answers_like_the_query) {
  for (const auto* target : {"/Users/.search", "/.search"}) {
    const auto answer = bench_.generic(
        "POST", target,
        search_body(
            R"q(, "filter": "title pr and not (userName eq \"cid\")", "sortBy": "userName", "sortOrder": "descending",
            "startIndex": 1, "count": 1, "attributes": ["userName", "name.familyName"])q"));
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(total_of(answer), 2);
    EXPECT_EQ(usernames_of(answer), std::vector<std::string>{"Bob"});
    EXPECT_THAT(keys_of(body_of(answer).at("Resources").at(0)),
                UnorderedElementsAre("schemas", "id", "userName", "name"));
  }
  const auto all =
      bench_.generic("POST", "/Users/.search", search_body(R"(, "excludedAttributes": ["emails"])"));
  EXPECT_EQ(total_of(all), 4);
  EXPECT_THAT(all.body, ::testing::Not(HasSubstr("emails")));
}

// [RFC7644 3.4.3] [RFC7644 3.12]
TEST_F(ScimQuery, a_search_that_is_none_is_refused) {
  for (const auto& [body, expected] : std::vector<std::pair<std::string, std::string_view>>{
           {R"({"filter": "title pr"})", "400 invalidSyntax"},
           {"[]", "400 invalidSyntax"},
           {search_body(R"(, "filter": "title")"), "400 invalidFilter"},
           {search_body(R"(, "filter": 7)"), "400 invalidValue"},
           {search_body(R"(, "count": "7")"), "400 invalidValue"},
           {search_body(R"(, "attributes": [7])"), "400 invalidValue"}}) {
    EXPECT_EQ(outcome_of(bench_.generic("POST", "/Users/.search", body)), expected) << body;
  }
}

}  // namespace scim_query_contract_test
}  // namespace directory
