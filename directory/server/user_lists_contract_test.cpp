// Lists and searches of users: filters, order, fields and pages, in the query and in the body of a search.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/server_test_fixture.h"

namespace directory {
namespace user_lists_contract_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class UserLists : public ::testing::Test {
 protected:
  void SetUp() override {
    enter("amy", R"("department": "IT", "employeeIdentifier": "7", "jobTitle": "Clerk")");
    enter("bob", R"("department": "Sales", "employeeIdentifier": "10", "state": "STAGED")");
    enter("cleo", R"("department": "IT", "employeeIdentifier": "9", "state": "SUSPENDED")");
    enter("dan", R"("displayname": "Dan IT", "password": "correct horse battery")");
  }
  void enter(std::string_view name, std::string_view more) {
    const auto created =
        bench_.admin("POST", "/api/systemusers",
                     fmt::format(R"({{"username": "{0}", "email": "{0}@example.test", {1}}})", name, more));
    EXPECT_EQ(created.status, 200) << created.body;
  }
  std::vector<std::string> names(const base::HttpResponse& answer) {
    EXPECT_EQ(answer.status, 200) << answer.body;
    std::vector<std::string> out;
    if (answer.status != 200) return out;
    const auto body = body_of(answer);
    for (const auto& user : body.at("results").as_array())
      out.push_back(base::string_or(user, "username", ""));
    total_ = body.at("totalCount").as_int64();
    return out;
  }
  base::HttpResponse get(std::string_view query) {
    return bench_.admin("GET", "/api/systemusers?" + std::string(query));
  }
  std::vector<std::string> filtered(std::string_view filter) {
    return names(get("filter=" + base::percent_encode(filter)));
  }
  base::HttpResponse search(std::string_view body) {
    return bench_.admin("POST", "/api/search/systemusers", std::string(body));
  }

  ServerBench bench_;
  std::int64_t total_ = 0;
};

// [rule D27]
TEST_F(UserLists, a_filter_compares_a_field_that_is_shown) {
  EXPECT_THAT(filtered("department:$eq:IT"), ElementsAre("amy", "cleo"));
  EXPECT_THAT(filtered("department:eq:IT"), ElementsAre("amy", "cleo")) << "with and without the sign";
  EXPECT_THAT(filtered("department:$ne:IT"), ElementsAre("bob", "dan")) << "or has none";
  EXPECT_THAT(filtered("state:$eq:STAGED"), ElementsAre("bob"));
  EXPECT_THAT(filtered("suspended:$eq:true"), ElementsAre("cleo"));
  EXPECT_THAT(filtered("activated:$eq:true"), ElementsAre("dan"));
  EXPECT_THAT(filtered("username:$gt:bob"), ElementsAre("cleo", "dan"));
  EXPECT_THAT(filtered("username:$lte:bob"), ElementsAre("amy", "bob"));
  EXPECT_THAT(filtered("employeeIdentifier:$gte:9"), ElementsAre("bob", "cleo")) << "numbers by their value";
  EXPECT_THAT(filtered("username:$in:amy|dan"), ElementsAre("amy", "dan"));
  EXPECT_THAT(filtered("email:$search:EXAMPLE"), ElementsAre("amy", "bob", "cleo", "dan"));
  EXPECT_THAT(filtered("noSuch:$eq:x"), IsEmpty());
}

// [rule D27]: is case sensitive, also where an index finds the one user.
TEST_F(UserLists, a_value_is_compared_as_it_is_written) {
  EXPECT_THAT(filtered("username:$eq:amy"), ElementsAre("amy"));
  EXPECT_THAT(filtered("username:$eq:Amy"), IsEmpty());
  EXPECT_THAT(filtered("email:$eq:bob@example.test"), ElementsAre("bob"));
  EXPECT_THAT(filtered("department:$eq:it"), IsEmpty());
}

// [rule D27]
TEST_F(UserLists, several_filters_must_all_hold) {
  EXPECT_THAT(names(get("filter=department:$eq:IT&filter=state:$eq:ACTIVATED")), ElementsAre("amy"));
  EXPECT_THAT(names(get("filter=username:$eq:amy&filter=state:$eq:STAGED")), IsEmpty());
}

// [rule D27]
TEST_F(UserLists, a_list_is_ordered_by_fields_up_or_down_and_else_by_creation) {
  EXPECT_THAT(names(get("sort=-username")), ElementsAre("dan", "cleo", "bob", "amy"));
  EXPECT_THAT(names(get("sort=department,-username")), ElementsAre("dan", "cleo", "amy", "bob"));
  EXPECT_THAT(names(get("sort=-created&limit=1")), ElementsAre("dan"));
  EXPECT_THAT(names(get("")), ElementsAre("amy", "bob", "cleo", "dan"));
}

// [rule D27]
TEST_F(UserLists, a_page_is_of_what_matches_and_the_total_is_all_of_it) {
  EXPECT_THAT(names(get("filter=username:$ne:bob&sort=-username&skip=1&limit=1")), ElementsAre("cleo"));
  EXPECT_EQ(total_, 3);
  EXPECT_THAT(names(get("filter=username:$ne:bob&skip=3")), IsEmpty());
  EXPECT_EQ(total_, 3);
}

// [rule D27]
TEST_F(UserLists, only_the_fields_that_are_asked_for_are_shown_with_the_id) {
  for (const auto* query : {"fields=username state", "fields=username%20state&sort=username",
                            "fields=username,state&filter=username:$eq:amy"}) {
    const auto target = base::percent_encode("username state");
    const auto body =
        body_of(get(std::string_view(query) == "fields=username state" ? "fields=" + target : query));
    std::vector<std::string> fields;
    for (const auto& [name, value] : body.at("results").at(0).as_object()) fields.emplace_back(name);
    EXPECT_THAT(fields, UnorderedElementsAre("_id", "username", "state")) << query;
  }
  const auto id = base::string_or(body_of(get("limit=1")).at("results").at(0), "_id", "");
  EXPECT_EQ(body_of(bench_.admin("GET", "/api/systemusers/" + id + "?fields=username")),
            json(fmt::format(R"({{"_id": "{}", "username": "amy"}})", id)));
}

// [rule D27]
TEST_F(UserLists, a_filter_that_cannot_be_read_is_refused) {
  for (const auto* filter :
       {"", "username", "username:x", ":$eq:x", "username:$regex:x", "username:$like:a"}) {
    EXPECT_EQ(get("filter=" + base::percent_encode(filter)).status, 400) << filter;
  }
}

// [rule D27]
TEST_F(UserLists, a_search_filters_by_all_or_any_of_its_entries) {
  EXPECT_THAT(names(search(R"({"filter": [{"department": "IT"}]})")), ElementsAre("amy", "cleo"));
  EXPECT_THAT(names(search(R"({"filter": {"and": [{"department": "IT"}, {"suspended": true}]}})")),
              ElementsAre("cleo"));
  EXPECT_THAT(names(search(R"({"filter": {"or": [{"department": "Sales"}, {"username": "dan"}]}})")),
              ElementsAre("bob", "dan"));
  EXPECT_THAT(names(search(R"({"filter": {"department": "IT", "state": "ACTIVATED"}})")), ElementsAre("amy"));
  EXPECT_THAT(names(search(R"({"filter": [{"username": {"$gt": "amy", "$lt": "dan"}}]})")),
              ElementsAre("bob", "cleo"));
  EXPECT_THAT(names(search(R"({"filter": {"and": ["department:$eq:IT"]}})")), ElementsAre("amy", "cleo"));
  EXPECT_THAT(names(search("{}")), ElementsAre("amy", "bob", "cleo", "dan"));
}

// [rule D27]
TEST_F(UserLists, a_search_looks_for_a_term_in_some_fields) {
  EXPECT_THAT(
      names(search(R"({"searchFilter": {"searchTerm": "it", "fields": ["department", "displayname"]}})")),
      ElementsAre("amy", "cleo", "dan"));
  EXPECT_THAT(names(search(R"({"searchFilter": {"searchTerm": "@example", "fields": ["email"]},
                               "filter": {"or": [{"department": "IT"}, {"department": "Sales"}]},
                               "fields": "email username", "sort": "-username", "limit": 2, "skip": 1})")),
              ElementsAre("bob", "amy"));
  EXPECT_EQ(total_, 3);
}

// [rule D27]
TEST_F(UserLists, a_search_that_cannot_be_read_is_refused) {
  std::string many = R"({"username": "x"})";
  for (int i = 0; i < 30; ++i) many += R"(, {"username": "x"})";
  for (const auto& body :
       {std::string("[]"), std::string(R"({"filter": {"and": 5}})"), std::string(R"({"filter": {"or": {}}})"),
        std::string(R"({"filter": [5]})"), std::string(R"({"filter": ["username"]})"),
        std::string(R"({"filter": [{"username": {"$regex": ".*"}}]})"),
        std::string(R"({"filter": [{"a:b": "x"}]})"), std::string(R"({"searchFilter": {"searchTerm": "x"}})"),
        fmt::format(R"({{"filter": [{}]}})", many)}) {
    EXPECT_EQ(search(body).status, 400) << body.substr(0, 60);
  }
}

}  // namespace user_lists_contract_test
}  // namespace directory
