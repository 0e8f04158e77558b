// What is asked of Graph for the list of accounts, and what an admin gets of its answer.
#include "directory/cloud_sync/import_listing.h"

#include <gtest/gtest.h>

namespace directory {
namespace import_listing_test {

ImportQuery query_of(std::string_view target) {
  const auto query = read_import_query(base::parse_target(target).value());
  EXPECT_TRUE(query.has_value()) << target;
  return query.value_or(ImportQuery{});
}

base::Json answer_of(std::string_view text) { return base::parse_json(text).value(); }

TEST(ImportListing, R78_asks_for_active_accounts) {
  EXPECT_EQ(import_listing(query_of("/x")).path,
            "/users?$select=id,accountEnabled,userPrincipalName,givenName,surname&$top=100&$filter=accountEnabled%20eq%20true");
}

TEST(ImportListing, D69_hands_on_how_many_where_to_go_on_and_what_else_to_look_for) {
  const auto call = import_listing(query_of("/x?top=5&skipToken=a%26b&filter=surname%20eq%20'Lee'"));
  EXPECT_EQ(call.method, "GET");
  EXPECT_EQ(call.path,
            "/users?$select=id,accountEnabled,userPrincipalName,givenName,surname&$top=5"
            "&$filter=accountEnabled%20eq%20true%20and%20%28surname%20eq%20%27Lee%27%29&$skiptoken=a%26b");
}

TEST(ImportListing, D69_hands_on_searches_with_what_they_need) {
  const auto call = import_listing(query_of("/x?search=%22displayName:amy%22&orderby=displayName&count=true&consistencyLevel=eventual"));
  EXPECT_TRUE(call.path.ends_with("&$search=%22displayName%3Aamy%22&$orderby=displayName&$count=true")) << call.path;
  EXPECT_TRUE(call.eventual);
  EXPECT_FALSE(import_listing(query_of("/x")).eventual);
}

TEST(ImportListing, pages_have_a_size_that_Graph_takes) {
  for (const auto* bad : {"0", "1000", "-1", "many", "5x", ""}) {
    EXPECT_FALSE(read_import_query(base::parse_target(std::string("/x?top=") + bad).value()).has_value()) << bad;
  }
  EXPECT_EQ(query_of("/x?top=999").top, 999);
}

TEST(ImportListing, parameters_are_bounded) {
  const std::string long_text(5000, 'a');
  EXPECT_FALSE(read_import_query(base::parse_target("/x?skipToken=" + long_text).value()).has_value());
  EXPECT_FALSE(read_import_query(base::parse_target("/x?filter=" + long_text).value()).has_value());
}

TEST(ImportListing, a_page_has_the_four_fields_and_the_token_of_the_next) {
  const auto page = import_page(answer_of(R"({"value": [{"id": "1", "accountEnabled": true, "userPrincipalName": "amy@example.test",
    "givenName": "Amy", "surname": null, "jobTitle": "Clerk"}],
    "@odata.nextLink": "https://graph.microsoft.com/v1.0/users?$top=1&$skiptoken=abc%3D"})"));
  EXPECT_EQ(base::Json(page), answer_of(R"({"users": [{"id": "1", "userPrincipalName": "amy@example.test", "givenName": "Amy", "surname": ""}],
                                            "skipToken": "abc="})"));
}

TEST(ImportListing, the_last_page_has_no_token) {
  EXPECT_EQ(base::Json(import_page(answer_of(R"({"value": []})"))), answer_of(R"({"users": []})"));
  EXPECT_EQ(base::Json(import_page(answer_of("[]"))), answer_of(R"({"users": []})"));
}

TEST(ImportListing, R78_who_is_not_active_is_left_out_whatever_the_filter_let_in) {
  const auto page = import_page(answer_of(R"({"value": [{"id": "1", "accountEnabled": false}, {"id": "2"}, {"id": "3", "accountEnabled": true}]})"));
  ASSERT_EQ(page.at("users").as_array().size(), 1U);
  EXPECT_EQ(base::string_or(page.at("users").as_array()[0], "id", ""), "3");
}

}  // namespace import_listing_test
}  // namespace directory
