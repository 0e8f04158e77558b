// What lists can be asked: filters, pages, counts, order, search, and what of it needs the header and the count.
#include "fakes/graph/graph_fixture.h"

#include <set>

#include "fakes/graph/odata/search.h"

namespace fakes::graph {
namespace query_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr auto not_indexed = "400 Request_UnsupportedQuery: The request uses a filter property that is not indexed";
constexpr auto unsupported = "400 Request_UnsupportedQuery: Unsupported Query.";
constexpr auto expired = "400 Directory_ExpiredPageToken";

class Queries : public GraphTest {
 protected:
  std::vector<std::string> find(std::string_view filter, const std::string& list = "/users") { return each(get(filtered(list, filter)), "/displayName"); }
  std::vector<std::string> find_advanced(std::string_view filter, const std::string& list = "/users") {
    return each(get_advanced(filtered(list, filter, "&$count=true")), "/displayName");
  }
  std::string ask(std::string_view filter) { return outcome(get(filtered("/users", filter))); }
  std::string ask_advanced(std::string_view filter) { return outcome(get_advanced(filtered("/users", filter, "&$count=true"))); }
  void some_users() {
    made_user("amy", R"(, "givenName": "Amy", "department": "Sales", "mail": "amy@example.test", "companyName": "Acme")");
    made_user("bob", R"(, "department": "sales", "otherMails": ["b@home.test", "bob@home.test"])");
    made_user("O'Neil", R"(, "accountEnabled": false, "department": "Legal", "mailNickname": "oneil", "businessPhones": ["0731"])");
  }
  void many_users(int count) {
    for (int i = 0; i < count; ++i) made_user("user" + std::to_string(i));
  }
};

// [Graph Q1] [Graph Q6] [Graph Q20]
TEST_F(Queries, usual_filters_find_what_they_say) {
  some_users();
  EXPECT_THAT(find("displayName eq 'AMY'"), ElementsAre("amy"));
  EXPECT_THAT(find("displayName eq 'O''Neil'"), ElementsAre("O'Neil"));
  EXPECT_THAT(find("startsWith(displayName,'A') or startswith(userPrincipalName,'bo')"), UnorderedElementsAre("amy", "bob"));
  EXPECT_THAT(find("department eq 'SALES' and accountEnabled eq true"), UnorderedElementsAre("amy", "bob"));
  EXPECT_THAT(find("accountEnabled eq false"), ElementsAre("O'Neil"));
  EXPECT_THAT(find("department in ('Legal', 'Nothing')"), ElementsAre("O'Neil"));
  EXPECT_THAT(find("(department eq 'Legal' or department eq 'Sales') and startsWith(displayName,'a')"), ElementsAre("amy"));
  EXPECT_THAT(find("displayName ge 'b' and displayName le 'c'"), ElementsAre("bob"));
  EXPECT_THAT(find("otherMails/any(m:m eq 'B@home.test')"), ElementsAre("bob"));
  EXPECT_THAT(find("otherMails/any(m:startsWith(m,'bob'))"), ElementsAre("bob"));
  EXPECT_THAT(find("proxyAddresses/any(p:p eq 'smtp:amy@example.test')"), ElementsAre("amy"));
  EXPECT_THAT(find("createdDateTime ge 2026-01-05T08:00:00Z").size(), 3U);
  EXPECT_THAT(find("createdDateTime le 2026-01-05T07:59:59Z"), IsEmpty());
  EXPECT_THAT(find("userType eq 'Member' and mailNickname eq 'oneil'"), ElementsAre("O'Neil"));
  const auto id = at(get("/users/bob@example.test"), "/id");
  EXPECT_THAT(find("id eq '" + id + "'"), ElementsAre("bob"));
}

// [Graph Q1] [Graph Q3] [Graph E36]
TEST_F(Queries, advanced_filters_need_the_header_and_the_count) {
  some_users();
  const std::pair<const char*, std::vector<std::string>> cases[] = {
      {"displayName ne 'amy'", {"O'Neil", "bob"}},
      {"not(startsWith(displayName,'a'))", {"O'Neil", "bob"}},
      {"not startsWith(displayName,'a')", {"O'Neil", "bob"}},
      {"endsWith(userPrincipalName,'Y@example.test')", {"amy"}},
      {"endsWith(mail,'.test')", {"amy"}},
      {"mail eq null", {"O'Neil", "bob"}},
      {"companyName eq 'acme'", {"amy"}},
      {"not otherMails/any(m:m eq 'b@home.test')", {"O'Neil", "amy"}},
      {"businessPhones/any(p:p eq '0731')", {"O'Neil"}},
  };
  for (const auto& [filter, names] : cases) {
    EXPECT_EQ(ask(filter), unsupported) << filter;
    EXPECT_EQ(outcome(get_advanced(filtered("/users", filter))), unsupported) << filter << " without $count";
    EXPECT_EQ(outcome(get(filtered("/users", filter, "&$count=true"))), unsupported) << filter << " without the header";
    EXPECT_THAT(find_advanced(filter), ::testing::UnorderedElementsAreArray(names)) << filter;
  }
}

// [Graph Q1]
TEST_F(Queries, each_row_of_the_filter_table_holds) {
  // Columns: eq ne not ge le in startsWith null. D: as usual, A: advanced, -: not at all.
  const std::pair<const char*, const char*> texts[] = {
      {"userPrincipalName", "DAADDDD-"}, {"mail", "DAADDDDA"},          {"displayName", "DAADDDDA"},       {"givenName", "DAADDDDA"},
      {"surname", "DAADDDDA"},           {"jobTitle", "DAADDDDA"},      {"department", "DAADDDDA"},        {"city", "DAADDDDA"},
      {"state", "DAADDDDA"},             {"country", "DAADDDDA"},       {"usageLocation", "DAADDDDA"},     {"mailNickname", "DAADDDDA"},
      {"employeeId", "DAADDDDA"},        {"onPremisesImmutableId", "DAADDDD-"}, {"companyName", "AAAAAAAA"}, {"officeLocation", "AAAAAAAA"},
      {"mobilePhone", "AAAAAAAA"},       {"postalCode", "AAAAAAAA"},    {"streetAddress", "AAAAAAAA"},     {"preferredLanguage", "AAAAAAAA"},
      {"employeeType", "AAAAAAA-"},      {"userType", "DAA--D-A"},      {"id", "DAA--D--"},                {"passwordPolicies", "-AA----A"},
  };
  const auto check = [&](const std::string& filter, char expected) {
    const auto usual = ask(filter);
    const auto advanced = ask_advanced(filter);
    EXPECT_EQ(usual, expected == 'D' ? "200" : (expected == 'A' ? unsupported : not_indexed)) << filter;
    EXPECT_EQ(advanced, expected == '-' ? not_indexed : "200") << filter;
  };
  for (const auto& [name, columns] : texts) {
    const std::string property = name;
    check(property + " eq 'x'", columns[0]);
    check(property + " ne 'x'", columns[1]);
    if (columns[0] != '-') check("not(" + property + " eq 'x')", columns[2]);
    check(property + " ge 'x'", columns[3]);
    check(property + " le 'x'", columns[4]);
    check(property + " in ('x')", columns[5]);
    check("startsWith(" + property + ",'x')", columns[6]);
    if (columns[0] != '-') check(property + " eq null", columns[7]);
    const bool has_endings = property == "mail" || property == "userPrincipalName";
    check("endsWith(" + property + ",'x')", has_endings ? 'A' : '-');
  }
  for (const std::string flag : {"accountEnabled", "onPremisesSyncEnabled"}) {
    check(flag + " eq true", 'D');
    check(flag + " ne true", 'A');
    check("not(" + flag + " eq true)", 'A');
    check(flag + " in (true)", 'D');
  }
  const std::string time = "2026-01-05T08:00:00Z";
  for (const std::string property : {"createdDateTime", "deletedDateTime"}) {
    check(property + " eq " + time, 'D');
    check(property + " ne " + time, 'A');
    check(property + " ge " + time, 'D');
    check(property + " le " + time, 'D');
    check(property + " in (" + time + ")", 'A');
  }
  check("createdDateTime eq null", 'A');
  check("businessPhones/any(p:p ge '0')", 'A');
  check("businessPhones/any(p:startsWith(p,'0'))", 'A');
  check("proxyAddresses/any(p:startsWith(p,'smtp:'))", 'D');
  check("proxyAddresses/any(p:p in ('smtp:x'))", '-');
  check("otherMails/any(p:p in ('x'))", 'D');
}

// [Graph Q1]
TEST_F(Queries, groups_have_filters_of_their_own) {
  made_group("team", R"(, "description": "all of us")");
  made("/groups", R"({"displayName": "m365", "mailEnabled": true, "mailNickname": "m365", "securityEnabled": false, "groupTypes": ["Unified"]})");
  EXPECT_THAT(find("securityEnabled eq true", "/groups"), ElementsAre("team"));
  EXPECT_THAT(find("mailEnabled eq true", "/groups"), ElementsAre("m365"));
  EXPECT_THAT(find("groupTypes/any(c:c eq 'Unified')", "/groups"), ElementsAre("m365"));
  EXPECT_EQ(outcome(get(filtered("/groups", "description eq 'all of us'"))), unsupported);
  EXPECT_THAT(find_advanced("startsWith(description,'All')", "/groups"), ElementsAre("team"));
  EXPECT_EQ(outcome(get(filtered("/groups", "startsWith(membershipRule,'x')"))), not_indexed);
}

// [Graph Q2] [Graph E37]
TEST_F(Queries, other_properties_cannot_be_filtered_at_all) {
  for (const std::string filter : {"lastPasswordChangeDateTime ge 2026-01-01T00:00:00Z", "onPremisesDistinguishedName eq 'x'", "aboutMe eq 'x'"}) {
    EXPECT_EQ(ask(filter), not_indexed);
    EXPECT_EQ(ask_advanced(filter), not_indexed);
  }
}

// [Graph Q4] [Graph Q5]
TEST_F(Queries, greater_than_less_than_and_all_are_not_supported) {
  for (const std::string filter : {"displayName gt 'a'", "displayName lt 'a'", "otherMails/all(m:m eq 'a')"}) {
    EXPECT_EQ(ask(filter), unsupported) << filter;
    EXPECT_EQ(ask_advanced(filter), unsupported) << filter;
  }
}

// [Graph Q6]
TEST_F(Queries, what_cannot_be_read_is_an_invalid_clause) {
  for (const std::string filter :
       {"displayName", "displayName eq", "displayName eq 'x", "displayName eq x", "displayName eq 'x' or", "(displayName eq 'x'", "colour eq 'x'",
        "displayName eq true", "accountEnabled eq 'true'", "contains(displayName,'x')", "displayName eq 7", "otherMails/any(m)", "eq 'x'",
        "displayName eq 'x' displayName eq 'y'", "createdDateTime ge 'x'", "otherMails/any(m:m eq 'x'", "displayName in 'x'", "displayName/any(m:m eq 'x')"}) {
    EXPECT_EQ(ask(filter).substr(0, 38), "400 BadRequest: Invalid filter clause:") << filter;
  }
  EXPECT_EQ(ask(std::string(1000, '(') + "displayName eq 'x'").substr(0, 14), "400 BadRequest");
}

// [Graph U32] [Graph Q14] [Graph Q15]
TEST_F(Queries, pages_follow_each_other_to_the_end) {
  many_users(105);
  const auto first = get("/users?$select=displayName");
  EXPECT_EQ(each(first, "/displayName").size(), 100U);
  EXPECT_EQ(at(first, "/@odata.context"), "https://graph.microsoft.com/v1.0/$metadata#users(displayName)");
  std::set<std::string> seen;
  std::size_t pages = 0;
  for (std::string place = "/users?$top=25&$filter=" + base::percent_encode("startsWith(displayName,'user')");; ++pages) {
    const auto page = get(place);
    for (const auto& name : each(page, "/displayName")) EXPECT_TRUE(seen.insert(name).second) << name;
    const auto next = at(page, "/@odata.nextLink");
    if (next == "none") break;
    EXPECT_NE(next.find("$filter="), std::string::npos);
    EXPECT_NE(next.find("$skiptoken="), std::string::npos);
    place = place_of(next);
  }
  EXPECT_EQ(seen.size(), 105U);
  EXPECT_EQ(pages, 4U);
  EXPECT_EQ(at(get("/users?$top=105"), "/@odata.nextLink"), "none");
}

// [Graph Q15]
TEST_F(Queries, a_page_can_be_empty_although_more_follow) {
  many_users(20);
  service_.options().quirks.add(Quirk::empty_pages);
  service_.options().now_and_then = {1, 2};
  std::set<std::string> seen;
  std::size_t empty = 0;
  for (std::string place = "/users?$top=2";;) {
    const auto page = get(place);
    const auto names = each(page, "/displayName");
    if (names.empty()) ++empty;
    seen.insert(names.begin(), names.end());
    if (at(page, "/@odata.nextLink") == "none") break;
    place = place_of(at(page, "/@odata.nextLink"));
  }
  EXPECT_EQ(seen.size(), 20U);
  EXPECT_GT(empty, 0U);
}

// [Graph E33] [Graph F6]
TEST_F(Queries, a_page_has_1_to_999_entries) {
  EXPECT_EQ(outcome(get("/users?$top=1000")), "400 Request_UnsupportedQuery: Invalid page size specified: '1000'. Must be between 1 and 999 inclusive.");
  EXPECT_EQ(outcome(get("/users?$top=0")), "400 Request_UnsupportedQuery: Invalid page size specified: '0'. Must be between 1 and 999 inclusive.");
  EXPECT_EQ(get("/users?$top=999").status, 200);
  EXPECT_EQ(get("/users?$top=many").status, 400);
}

// [Graph U33]
TEST_F(Queries, skip_is_not_supported) { EXPECT_EQ(get("/users?$skip=10").status, 400); }

// [Graph E39] [Graph Q16] [Graph F5]
TEST_F(Queries, page_tokens_end_after_minutes) {
  many_users(3);
  const auto next = place_of(at(get("/users?$top=1"), "/@odata.nextLink"));
  EXPECT_EQ(get(next).status, 200);
  pass(std::chrono::minutes{11});
  EXPECT_EQ(outcome(get(next)).substr(0, 30), expired);
  EXPECT_EQ(outcome(get("/users?$skiptoken=junk")).substr(0, 30), expired);
  service_.options().quirks.add(Quirk::page_tokens_end_early);
  EXPECT_EQ(outcome(get(place_of(at(get("/users?$top=1"), "/@odata.nextLink")))).substr(0, 30), expired);
}

// [Graph Q9] [Graph Q10] [Graph F5]
TEST_F(Queries, further_pages_need_the_header_too) {
  many_users(3);
  const auto next = place_of(at(get_advanced("/users?$count=true&$top=1&$filter=" + base::percent_encode("displayName ne 'x'")), "/@odata.nextLink"));
  EXPECT_EQ(get_advanced(next).status, 200);
  EXPECT_EQ(outcome(get(next)).substr(0, 30), expired);
}

// [Graph Q7] [Graph Q8] [Graph E34] [Graph F6]
TEST_F(Queries, counts_need_the_header_and_come_with_the_first_page) {
  many_users(3);
  EXPECT_EQ(at(get("/users?$count=true"), "/@odata.count"), "none");
  const auto first = get_advanced("/users?$count=true&$top=2");
  EXPECT_EQ(at(first, "/@odata.count"), "3");
  EXPECT_EQ(at(get_advanced(place_of(at(first, "/@odata.nextLink"))), "/@odata.count"), "none");
  EXPECT_EQ(outcome(get("/users/$count")), "400 Request_BadRequest: $count is not currently supported.");
  EXPECT_EQ(get_advanced("/users/$count").body, "3");
  EXPECT_EQ(get_advanced(filtered("/users/$count", "displayName eq 'user1'")).body, "1");
  EXPECT_EQ(get_advanced("/groups/$count").body, "0");
}

// [Graph Q13]
TEST_F(Queries, order_by_display_name_is_usual_and_with_a_filter_advanced) {
  for (const auto* name : {"cat", "Ant", "bee"}) made_user(name, R"(, "city": "x")");
  EXPECT_THAT(each(get("/users?$orderby=displayName"), "/displayName"), ElementsAre("Ant", "bee", "cat"));
  EXPECT_THAT(each(get("/users?$orderby=displayName%20desc"), "/displayName"), ElementsAre("cat", "bee", "Ant"));
  const auto both = filtered("/users", "city eq 'x'", "&$orderby=displayName&$count=true");
  EXPECT_EQ(outcome(get(both)), unsupported);
  EXPECT_THAT(each(get_advanced(both), "/displayName"), ElementsAre("Ant", "bee", "cat"));
  EXPECT_EQ(outcome(get("/users?$orderby=city")), unsupported);
  EXPECT_EQ(get("/users?$orderby=colour").status, 400);
  const auto page = get("/users?$orderby=displayName&$top=1");
  const auto second = get(place_of(at(page, "/@odata.nextLink")));
  EXPECT_THAT(each(second, "/displayName"), ElementsAre("bee"));
  EXPECT_THAT(each(get(place_of(at(second, "/@odata.nextLink"))), "/displayName"), ElementsAre("cat"));
}

// [Graph Q11] [Graph E35]
TEST_F(Queries, search_finds_words_of_names_and_beginnings_of_the_rest) {
  made_user("x1", R"(, "displayName": "Megan Bowen-Smith", "mail": "megan@example.test")");
  made_user("x2", R"(, "displayName": "OneVideo team2")");
  const auto names = [&](const std::string& text) { return each(get_advanced("/users?$select=mailNickname&$search=" + base::percent_encode(text)), "/mailNickname"); };
  EXPECT_EQ(outcome(get("/users?$search=" + base::percent_encode("\"displayName:one\""))),
            "400 Request_UnsupportedQuery: Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'");
  EXPECT_THAT(names("\"displayName:bowen\""), ElementsAre("x1"));
  EXPECT_THAT(names("\"displayName:video\""), ElementsAre("x2"));
  EXPECT_THAT(names("\"displayName:owen\""), IsEmpty());
  EXPECT_THAT(names("\"mail:MEG\""), ElementsAre("x1"));
  EXPECT_THAT(names("\"mail:example\""), IsEmpty());
  EXPECT_THAT(names("\"displayName:smith\" OR \"displayName:team\"").size(), 2U);
  EXPECT_THAT(names("\"displayName:smith\" AND \"displayName:team\""), IsEmpty());
  EXPECT_EQ(get_advanced("/users?$search=smith").status, 400);
  EXPECT_EQ(get_advanced("/users?$search=" + base::percent_encode("\"displayName:a\" or \"displayName:b\"")).status, 400);
}

// [Graph Q12]
TEST(Search, words_end_at_spaces_capitals_digits_and_symbols) {
  EXPECT_THAT(words_of("HelloWorld 12ab-cd"), ElementsAre("hello", "world", "12", "ab", "-", "cd"));
  EXPECT_THAT(words_of(""), IsEmpty());
}

// [Graph Q17]
TEST_F(Queries, expand_shows_twenty_of_one_relationship_and_no_more) {
  const auto team = made_group("team");
  for (int i = 0; i < 21; ++i) send("POST", "/groups/" + team + "/members/$ref", reference(made_user("user" + std::to_string(i))));
  const auto group = json(get("/groups/" + team + "?$expand=members"));
  EXPECT_EQ(group.at("members").get_array().size(), 20U);
  EXPECT_EQ(at(group, "/members@odata.nextLink"), "none");
  EXPECT_EQ(json(get("/groups?$expand=members")).at("value").at(0).at("members").get_array().size(), 20U);
  EXPECT_EQ(get("/groups/" + team + "?$expand=members,owners").status, 400);
  EXPECT_EQ(get("/groups/" + team + "?$expand=members($select=id)").status, 400);
  EXPECT_EQ(get("/groups/" + team + "?$expand=manager").status, 400);
}

// [Graph E38]
TEST_F(Queries, properties_of_other_services_cannot_be_listed) {
  const auto amy = made_user("amy");
  EXPECT_EQ(outcome(get("/users?$select=displayName,aboutMe")), "501 NotImplemented: This operation target is not yet supported.");
  EXPECT_EQ(get("/users/" + amy + "?$select=aboutMe").status, 200);
  EXPECT_EQ(get("/users?$select=colour").status, 400);
}

// [Graph Q18]
TEST_F(Queries, unknown_options_are_ignored) {
  made_user("amy");
  EXPECT_EQ(each(get("/users?$levels=3&fun=yes"), "/displayName"), std::vector<std::string>{"amy"});
}

// [Graph Q19]
TEST_F(Queries, references_cannot_be_read) {
  const auto team = made_group("team");
  EXPECT_EQ(get("/groups/" + team + "/members/$ref").status, 405);
}

}  // namespace query_test
}  // namespace fakes::graph
