// Delta queries: rounds, tokens, what an entry tells, and what may go wrong with them.
#include <algorithm>
#include <map>
#include <set>

#include "fakes/graph/graph_fixture.h"

namespace fakes::graph {
namespace delta_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class Delta : public GraphTest {
 protected:
  struct Round {
    std::vector<base::Json> entries;
    std::size_t pages = 0;
    std::size_t empty_pages = 0;
    std::string delta_link;  ///< below the version
  };
  Round read(std::string place, std::initializer_list<base::Header> headers = {}) {
    Round round;
    for (; round.pages < 1000;) {
      const auto page = send("GET", place, "", headers);
      EXPECT_EQ(page.status, 200) << page.body;
      ++round.pages;
      const auto body = json(page);
      const auto& value = body.at("value").get_array();
      if (value.empty()) ++round.empty_pages;
      round.entries.insert(round.entries.end(), value.begin(), value.end());
      const auto link = at(body, "/@odata.deltaLink");
      EXPECT_NE(link == "none", at(body, "/@odata.nextLink") == "none") << "a page has one of the two links";
      if (link != "none") {
        round.delta_link = place_of(link);
        break;
      }
      place = place_of(at(body, "/@odata.nextLink"));
    }
    return round;
  }
  static std::vector<std::string> ids(const Round& round) {
    std::vector<std::string> out;
    for (const auto& entry : round.entries) out.push_back(at(entry, "/id"));
    return out;
  }
};

// [Graph DL1] [Graph DL2]
TEST_F(Delta, a_round_ends_with_a_delta_link_and_then_tells_what_changed) {
  std::set<std::string> made;
  service_.options().delta_page = 2;
  for (const auto* name : {"amy", "bob", "cat", "dan", "eve"}) made.insert(made_user(name));
  const auto first = read("/users/delta?$select=displayName");
  EXPECT_EQ(first.pages, 3U);
  EXPECT_THAT(ids(first), ::testing::UnorderedElementsAreArray(made));
  EXPECT_TRUE(first.delta_link.starts_with("/users/delta?$deltatoken="));
  EXPECT_THAT(read(first.delta_link).entries, IsEmpty());
  send("PATCH", "/users/bob@example.test", R"({"displayName": "Bobby"})");
  const auto second = read(first.delta_link);
  ASSERT_EQ(second.entries.size(), 1U);
  EXPECT_EQ(at(second.entries[0], "/displayName"), "Bobby");
  EXPECT_EQ(at(second.entries[0], "/surname"), "none");
  EXPECT_EQ(at(get("/users/microsoft.graph.delta()"), "/@odata.context"), "https://graph.microsoft.com/v1.0/$metadata#users");
}

// [Graph DL3]
TEST_F(Delta, only_what_is_selected_is_tracked) {
  const auto amy = made_user("amy");
  const auto bob = made_user("bob");
  const auto round = read("/users/delta?$select=jobTitle,manager");
  EXPECT_EQ(at(round.entries[0], "/id"), amy);
  EXPECT_EQ(at(round.entries[0], "/displayName"), "none");
  send("PATCH", "/users/" + amy, R"({"city": "Ulm"})");
  EXPECT_THAT(read(round.delta_link).entries, IsEmpty());
  send("PUT", "/users/" + amy + "/manager/$ref", reference(bob));
  const auto managed = read(round.delta_link);
  ASSERT_EQ(managed.entries.size(), 1U);
  EXPECT_EQ(at(managed.entries[0], "/manager@delta/0/id"), bob);
  EXPECT_EQ(at(managed.entries[0], "/manager@delta/0/@odata.type"), "#microsoft.graph.user");
}

// [Graph DL4]
TEST_F(Delta, a_filter_names_up_to_fifty_ids) {
  const auto amy = made_user("amy");
  const auto bob = made_user("bob");
  made_user("cat");
  const auto round = read(filtered("/users/delta", "id eq '" + amy + "' or id eq '" + bob + "'"));
  EXPECT_THAT(ids(round), ElementsAre(amy, bob));
  send("PATCH", "/users/cat@example.test", R"({"jobTitle": "x"})");
  send("PATCH", "/users/" + bob, R"({"jobTitle": "x"})");
  EXPECT_THAT(ids(read(round.delta_link)), ElementsAre(bob));
  EXPECT_EQ(get(filtered("/users/delta", "displayName eq 'amy'")).status, 400);
  std::string fifty;
  for (int i = 0; i < 50; ++i) fifty += (i == 0 ? "id eq '" : " or id eq '") + std::to_string(i) + "'";
  EXPECT_EQ(get(filtered("/users/delta", fifty)).status, 200);
  EXPECT_EQ(get(filtered("/users/delta", fifty + " or id eq 'x'")).status, 400);
}

// [Graph DL5]
TEST_F(Delta, other_options_are_not_supported) {
  for (const std::string option : {"$expand=manager", "$top=5", "$orderby=displayName", "$search=%22displayName:a%22", "$count=true"})
    EXPECT_EQ(get("/users/delta?" + option).status, 400) << option;
}

// [Graph DL6]
TEST_F(Delta, latest_gives_a_link_without_data) {
  made_user("amy");
  const auto round = read("/users/delta?$deltatoken=latest&$select=displayName");
  EXPECT_THAT(round.entries, IsEmpty());
  const auto bob = made_user("bob");
  const auto next = read(round.delta_link);
  EXPECT_THAT(ids(next), ElementsAre(bob));
  EXPECT_EQ(at(next.entries[0], "/userPrincipalName"), "none");
}

// [Graph DL7] [Graph DL8]
TEST_F(Delta, an_entry_tells_all_that_was_ever_set_or_only_what_changed) {
  const auto amy = made_user("amy", R"(, "jobTitle": "Cook", "surname": "Lee")");
  const auto round = read("/users/delta");
  EXPECT_EQ(at(round.entries[0], "/mobilePhone"), "none") << "never set";
  send("PATCH", "/users/" + amy, R"({"jobTitle": null})");
  const auto all = read(round.delta_link).entries.at(0);
  EXPECT_EQ(at(all, "/jobTitle"), "null");
  EXPECT_EQ(at(all, "/surname"), "Lee");
  EXPECT_EQ(at(all, "/mobilePhone"), "none");
  const auto some = read(round.delta_link, {{"Prefer", "return=minimal"}}).entries.at(0);
  EXPECT_EQ(at(some, "/jobTitle"), "null");
  EXPECT_EQ(at(some, "/surname"), "none");
  EXPECT_EQ(some.get_object().size(), 2U);
}

// [Graph DL9] [Graph DL10]
TEST_F(Delta, removals_say_whether_they_are_for_good) {
  const auto amy = made_user("amy");
  const auto round = read("/users/delta");
  send("DELETE", "/users/" + amy);
  const auto deleted = read(round.delta_link);
  ASSERT_EQ(deleted.entries.size(), 1U);
  EXPECT_EQ(base::to_text(deleted.entries[0]), R"({"id":")" + amy + R"(","@removed":{"reason":"changed"}})");
  EXPECT_EQ(send("POST", "/directory/deletedItems/" + amy + "/restore").status, 200);
  const auto restored = read(deleted.delta_link);
  ASSERT_EQ(restored.entries.size(), 1U);
  EXPECT_EQ(at(restored.entries[0], "/@removed"), "none");
  EXPECT_EQ(at(restored.entries[0], "/displayName"), "amy");
  send("DELETE", "/users/" + amy);
  pass(std::chrono::days{6});
  const auto again = read(restored.delta_link);
  EXPECT_EQ(at(again.entries.at(0), "/@removed/reason"), "changed");
  send("DELETE", "/directory/deletedItems/" + amy);
  const auto gone = read(again.delta_link);
  EXPECT_EQ(base::to_text(gone.entries.at(0)), R"({"id":")" + amy + R"(","@removed":{"reason":"deleted"}})");
}

// [Graph DL11] [Graph DL18]
TEST_F(Delta, the_first_round_tells_removals_only_from_while_it_lasts) {
  service_.options().delta_page = 1;
  const auto before = made_user("before");
  send("DELETE", "/users/" + before);
  const auto purged = made_user("purged");
  send("DELETE", "/users/" + purged);
  send("DELETE", "/directory/deletedItems/" + purged);
  const auto amy = made_user("amy");
  const auto bob = made_user("bob");
  const auto first = get("/users/delta");
  EXPECT_THAT(each(first, "/id"), ElementsAre(amy));
  send("DELETE", "/users/" + amy);
  const auto rest = read(place_of(at(first, "/@odata.nextLink")));
  EXPECT_THAT(ids(rest), ElementsAre(bob, amy));
  EXPECT_EQ(at(rest.entries[1], "/@removed/reason"), "changed");
}

// [Graph DL12] [Graph F17]
TEST_F(Delta, a_token_can_be_used_again_and_entries_may_repeat) {
  for (const auto* name : {"amy", "bob", "cat", "dan"}) made_user(name);
  const auto round = read("/users/delta");
  const auto eve = made_user("eve");
  EXPECT_THAT(ids(read(round.delta_link)), ElementsAre(eve));
  EXPECT_THAT(ids(read(round.delta_link)), ElementsAre(eve));
  service_.options().quirks.add(Quirk::delta_replays);
  const auto replayed = ids(read(round.delta_link));
  EXPECT_EQ(replayed.size(), 4U);
  EXPECT_EQ(replayed.back(), eve);
  service_.options().quirks = {Quirk::delta_duplicates};
  service_.options().now_and_then = {1, 1};
  EXPECT_THAT(ids(read(round.delta_link)), ElementsAre(eve, eve));
}

// [Graph DL13] [Graph F17]
TEST_F(Delta, a_page_may_be_empty_although_more_follow) {
  for (int i = 0; i < 20; ++i) made_user("user" + std::to_string(i));
  service_.options().delta_page = 2;
  service_.options().quirks.add(Quirk::delta_empty_pages);
  service_.options().now_and_then = {1, 2};
  const auto round = read("/users/delta");
  EXPECT_EQ(round.entries.size(), 20U);
  EXPECT_GT(round.empty_pages, 0U);
}

// [Graph DL14]
TEST_F(Delta, groups_tell_who_came_and_who_left) {
  const auto team = made_group("team");
  const auto amy = made_user("amy");
  const auto bob = made_user("bob");
  const auto add = [&](const std::string& id) { EXPECT_EQ(send("POST", "/groups/" + team + "/members/$ref", reference(id)).status, 204); };
  add(amy);
  const auto round = read("/groups/delta?$select=displayName,members");
  ASSERT_EQ(round.entries.size(), 1U);
  EXPECT_EQ(at(round.entries[0], "/members@delta"), R"([{"@odata.type":"#microsoft.graph.user","id":")" + amy + "\"}]");
  add(bob);
  send("DELETE", "/groups/" + team + "/members/" + amy + "/$ref");
  const auto next = read(round.delta_link);
  ASSERT_EQ(next.entries.size(), 1U);
  std::map<std::string, std::string> told;
  for (const auto& member : next.entries[0].at("members@delta").get_array()) told[at(member, "/id")] = at(member, "/@removed/reason");
  EXPECT_EQ(told, (std::map<std::string, std::string>{{amy, "deleted"}, {bob, "none"}}));
  EXPECT_THAT(read(next.delta_link).entries, IsEmpty());
}

// [Graph DL15]
TEST_F(Delta, large_memberships_come_in_several_entries_of_the_group) {
  service_.options().members_page = 10;
  const auto team = made_group("team");
  std::set<std::string> all;
  for (int i = 0; i < 25; ++i) {
    const auto id = made_user("user" + std::to_string(i));
    all.insert(id);
    send("POST", "/groups/" + team + "/members/$ref", reference(id));
  }
  const auto other = made_group("other");
  const auto round = read("/groups/delta");
  EXPECT_THAT(ids(round), ElementsAre(team, team, team, other));
  std::set<std::string> told;
  for (const auto& entry : round.entries) {
    const auto* members = base::member(entry, "members@delta");
    if (members == nullptr) continue;
    EXPECT_LE(members->get_array().size(), 10U);
    for (const auto& member : members->get_array()) EXPECT_TRUE(told.insert(at(member, "/id")).second);
  }
  EXPECT_EQ(told, all);
}

// [Graph DL16] [Graph DL17] [Graph E41] [Graph F17]
TEST_F(Delta, a_token_ends_after_seven_days) {
  made_user("amy");
  const auto round = read("/users/delta?$select=displayName");
  pass(std::chrono::days{7});
  EXPECT_EQ(get(round.delta_link).status, 200);
  pass(std::chrono::seconds{1});
  const auto late = get(round.delta_link);
  EXPECT_EQ(late.status, 400);
  EXPECT_EQ(at(late, "/error/code"), "syncStateNotFound");
  service_.options().quirks.add(Quirk::delta_expiry_is_410);
  EXPECT_EQ(get(round.delta_link).status, 410);
  EXPECT_EQ(get("/users/delta?$deltatoken=junk").status, 400);
  EXPECT_EQ(get("/groups/delta?" + round.delta_link.substr(round.delta_link.find('?') + 1)).status, 400);
}

// [Graph DL17] [Graph E41] [Graph F17]
TEST_F(Delta, a_forced_resync_says_where_to_begin_again) {
  const auto amy = made_user("amy");
  const auto round = read("/users/delta?$select=displayName");
  service_.require_resync();
  const auto response = get(round.delta_link);
  EXPECT_EQ(response.status, 410);
  EXPECT_EQ(at(response, "/error/code"), "SyncStateNotFound");
  const auto location = std::string(response.headers.find("Location").value_or(""));
  EXPECT_EQ(location, "https://graph.microsoft.com/v1.0/users/delta?$select=displayName&$deltatoken=");
  const auto again = read(place_of(location));
  EXPECT_THAT(ids(again), ElementsAre(amy));
  EXPECT_EQ(at(again.entries[0], "/surname"), "none");
  EXPECT_THAT(read(again.delta_link).entries, IsEmpty());
}

}  // namespace delta_test
}  // namespace fakes::graph
