// Deleted items: 30 days to change one's mind.
#include "fakes/graph/graph_fixture.h"

namespace fakes::graph {
namespace deleted_items_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class DeletedItems : public GraphTest {
 protected:
  std::string deleted_user(const std::string& name, const std::string& more = "") {
    auto id = made_user(name, more);
    EXPECT_EQ(send("DELETE", "/users/" + id).status, 204);
    return id;
  }
  base::HttpResponse restore(const std::string& id, const std::string& body = "") { return send("POST", "/directory/deletedItems/" + id + "/restore", body); }
};

// [Graph U42] [Graph U50]
TEST_F(DeletedItems, are_listed_by_type_and_read_by_id) {
  const auto amy = deleted_user("amy");
  const auto list = get("/directory/deletedItems/microsoft.graph.user?$select=id,deletedDateTime");
  EXPECT_THAT(each(list, "/id"), ElementsAre(amy));
  EXPECT_THAT(each(list, "/deletedDateTime"), ElementsAre("2026-01-05T08:00:00Z"));
  EXPECT_EQ(get("/directory/deletedItems").status, 400);
  EXPECT_EQ(at(get("/directory/deletedItems/" + amy), "/@odata.type"), "#microsoft.graph.user");
  EXPECT_EQ(get("/directory/deletedItems/nobody").status, 404);
  const auto bob = made_user("bob");
  EXPECT_EQ(at(get("/users/" + bob + "?$select=deletedDateTime"), "/deletedDateTime"), "null");
  EXPECT_EQ(get("/directory/deletedItems/" + bob).status, 404);
}

// [Graph U43]
TEST_F(DeletedItems, are_sorted_by_name_as_usual_and_by_time_only_in_advanced_queries) {
  deleted_user("bob");
  pass(std::chrono::hours{1});
  deleted_user("amy");
  const std::string list = "/directory/deletedItems/microsoft.graph.user?$orderby=";
  EXPECT_THAT(each(get(list + "displayName"), "/displayName"), ElementsAre("amy", "bob"));
  EXPECT_THAT(each(get(list + "userPrincipalName%20desc"), "/displayName"), ElementsAre("bob", "amy"));
  EXPECT_EQ(get(list + "deletedDateTime").status, 400);
  EXPECT_THAT(each(get_advanced(list + "deletedDateTime%20desc&$count=true"), "/displayName"), ElementsAre("amy", "bob"));
}

// [Graph U40] [Graph U44] [Graph U50]
TEST_F(DeletedItems, a_restored_user_is_what_it_was) {
  const auto amy = deleted_user("amy", R"(, "jobTitle": "Cook")");
  pass(std::chrono::days{29});
  const auto response = restore(amy);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(at(response, "/@odata.type"), "#microsoft.graph.user");
  EXPECT_EQ(at(response, "/id"), amy);
  EXPECT_EQ(at(get("/users/" + amy), "/jobTitle"), "Cook");
  EXPECT_EQ(at(get("/users/" + amy + "?$select=deletedDateTime"), "/deletedDateTime"), "null");
}

// [Graph U40]
TEST_F(DeletedItems, are_gone_after_thirty_days) {
  const auto amy = deleted_user("amy");
  pass(std::chrono::days{30});
  EXPECT_EQ(get("/directory/deletedItems/" + amy).status, 404);
  EXPECT_EQ(restore(amy).status, 404);
}

// [Graph U45] [Graph F23] [Graph E12] [Graph U49]
TEST_F(DeletedItems, a_taken_name_or_address_hinders_until_the_caller_says_what_to_do) {
  const auto amy = deleted_user("amy", R"(, "mail": "a@example.test")");
  made_user("amy", R"(, "mail": "a@example.test")");
  const std::string conflict = "400 Request_BadRequest: A conflicting object with one or more of the specified property values is present in the directory.";
  EXPECT_EQ(outcome(restore(amy)), conflict);
  EXPECT_EQ(outcome(restore(amy, R"({"newUserPrincipalName": "amy2@example.test"})")), conflict);
  EXPECT_EQ(restore(amy, R"({"newUserPrincipalName": "amy2@example.test", "autoReconcileProxyConflict": true})").status, 200);
  const auto user = json(get("/users/" + amy + "?$select=userPrincipalName,proxyAddresses"));
  EXPECT_EQ(at(user, "/userPrincipalName"), "amy2@example.test");
  EXPECT_EQ(at(user, "/proxyAddresses"), "[]");
}

// [Graph U46]
TEST_F(DeletedItems, cannot_be_restored_below_users) {
  const auto amy = deleted_user("amy");
  EXPECT_EQ(outcome(send("POST", "/users/" + amy + "/restore")),
            "404 Request_ResourceNotFound: Resource '" + amy + "' does not exist or one of its queried reference-property objects are not present.");
}

// [Graph U47] [Graph U48]
TEST_F(DeletedItems, are_removed_for_good) {
  const auto amy = deleted_user("amy");
  service_.options().quirks.add(Quirk::app_cannot_purge_users);
  EXPECT_EQ(send("DELETE", "/directory/deletedItems/" + amy).status, 403);
  service_.options().quirks = {};
  EXPECT_EQ(send("DELETE", "/directory/deletedItems/" + amy).status, 204);
  EXPECT_EQ(restore(amy).status, 404);
}

// [Graph GR14] [Graph F13]
TEST_F(DeletedItems, security_groups_stay_for_thirty_days_or_went_at_once) {
  const auto team = made_group("team");
  send("DELETE", "/groups/" + team);
  EXPECT_THAT(each(get("/directory/deletedItems/microsoft.graph.group"), "/id"), ElementsAre(team));
  EXPECT_EQ(at(restore(team), "/@odata.type"), "#microsoft.graph.group");
  entra::Tenant old(clock_, base::Rng(1), {.security_groups_purge_at_once = true});
  Service service(clock_, base::Rng(2), old, tokens_, nullptr);
  const auto id = old.create(entra::ObjectKind::group, base::parse_json(group_body("team")).value().get_object());
  base::HttpRequest request("DELETE", "/v1.0/groups/" + id->text());
  request.headers.set("Authorization", "Bearer all");
  EXPECT_EQ(service.respond(request).status, 204);
  EXPECT_EQ(old.find_deleted(*id), nullptr);
}

}  // namespace deleted_items_test
}  // namespace fakes::graph
