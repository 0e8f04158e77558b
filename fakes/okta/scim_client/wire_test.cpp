// The pure half of Okta's SCIM client: what an admin may enter, what answers mean, how long a refusal is waited out, which
// changes one request holds, and what an import makes of its pages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "fakes/okta/scim_client/answers.h"
#include "fakes/okta/scim_client/client_quirks.h"
#include "fakes/okta/scim_client/connection.h"
#include "fakes/okta/scim_client/group_bodies.h"
#include "fakes/okta/scim_client/import.h"
#include "fakes/okta/scim_client/requests.h"
#include "fakes/okta/scim_client/retry.h"
#include "fakes/okta/scim_client/user_bodies.h"

namespace fakes::okta::scim_client {
namespace wire_test {

using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

base::JsonObject object(std::string_view text) { return base::parse_json(text).value().as_object(); }
base::HttpResult answer(int status, std::string_view body) { return base::HttpResponse(status, "text/html", std::string(body)); }

TEST(OktaScimQuirks, the_table_is_in_the_order_of_the_enumeration) {
  std::size_t at = 0;
  for (const auto& info : all_client_quirks()) {
    EXPECT_EQ(static_cast<std::size_t>(info.quirk), at++) << info.name;
    EXPECT_EQ(client_quirk_named(info.name), info.quirk);
    EXPECT_FALSE(info.what.empty() || info.source.empty()) << info.name;
  }
  EXPECT_EQ(client_quirk_named("no_such"), std::nullopt);
}

// [Okta provisioning-clients 4.1-06] [Okta provisioning-clients 7.2-18]
TEST(OktaScimConnection, a_base_url_is_https_without_underscores_and_not_too_long_for_the_catalogue) {
  const auto url = parse_base_url("https://scim.example.test/scim/v2/", AppTemplate::wizard);
  ASSERT_TRUE(url.has_value());
  EXPECT_EQ(url->text(), "https://scim.example.test/scim/v2");
  EXPECT_FALSE(parse_base_url("http://scim.example.test/scim/v2", AppTemplate::wizard).has_value());
  EXPECT_FALSE(parse_base_url("https://scim.example.test/scim_v2", AppTemplate::wizard).has_value());
  EXPECT_FALSE(parse_base_url("https://my_scim.example.test/v2", AppTemplate::catalogue).has_value());
  const std::string beginning = "https://scim.example.test/";
  const auto longest = beginning + std::string(1024 - beginning.size(), 'a');
  EXPECT_TRUE(parse_base_url(longest, AppTemplate::catalogue).has_value());
  EXPECT_FALSE(parse_base_url(longest + "a", AppTemplate::catalogue).has_value());
  EXPECT_TRUE(parse_base_url(longest + "a", AppTemplate::wizard).has_value());
}

// [Okta provisioning-clients 4.1-05]
TEST(OktaScimConnection, the_authorization_code_is_the_only_grant) {
  EXPECT_TRUE(check_grant("authorization_code").has_value());
  for (const auto* grant : {"client_credentials", "password"}) EXPECT_FALSE(check_grant(grant).has_value()) << grant;
}

OauthCode oauth() {
  OauthCode code;
  code.authorize_url = base::parse_uri("https://login.example.test/authorize").value();
  code.token_url = base::parse_uri("https://login.example.test/token").value();
  code.client_id = "okta app";
  code.client_secret = base::Secret("s&cret");
  return code;
}

// [Okta provisioning-clients 4.1-04] [Okta provisioning-clients 4.12-01]
TEST(OktaScimConnection, a_code_becomes_tokens_and_a_refresh_token_new_ones) {
  EXPECT_EQ(authorize_request(oauth(), "example_1", "xyz"),
            "https://login.example.test/authorize?response_type=code&client_id=okta%20app&redirect_uri="
            "https%3A%2F%2Fsystem-admin.okta.com%2Fadmin%2Fapp%2Fcpc%2Fexample_1%2Foauth%2Fcallback&state=xyz");
  const auto asked = code_request(oauth(), "example_1", "the code");
  EXPECT_EQ(asked.method + " " + asked.host() + asked.target, "POST login.example.test/token");
  EXPECT_EQ(asked.headers.find("Content-Type"), "application/x-www-form-urlencoded");
  EXPECT_EQ(asked.body, "grant_type=authorization_code&code=the%20code&redirect_uri="
            "https%3A%2F%2Fsystem-admin.okta.com%2Fadmin%2Fapp%2Fcpc%2Fexample_1%2Foauth%2Fcallback&client_id=okta%20app&client_secret=s%26cret");
  const base::Instant now{seconds{100}};
  const auto given = with_tokens(oauth(), answer(200, R"({"access_token": "a1", "refresh_token": "r1", "expires_in": 60})"), now);
  ASSERT_TRUE(given.has_value());
  EXPECT_EQ(authorization_value(*given), "Bearer a1");
  EXPECT_EQ(given->expires, now + seconds{60});
  EXPECT_EQ(refresh_request(*given).body, "grant_type=refresh_token&refresh_token=r1&client_id=okta%20app&client_secret=s%26cret");
  const auto again = with_tokens(*given, answer(200, R"({"access_token": "a2"})"), now);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->refresh_token.reveal(), "r1");
  EXPECT_EQ(again->expires, std::nullopt);
  const auto refused = with_tokens(oauth(), answer(400, R"({"error": "invalid_grant"})"), now);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().message, "the token endpoint: 400 invalid_grant");
}

// A filter's value cannot end before its end. [RFC7644 3.4.2.2] [Okta provisioning-clients 4.1-08]
TEST(OktaScimRequests, quotation_marks_of_a_value_are_escaped) {
  EXPECT_EQ(look_up_path(Collection::groups, R"(a"b\)"), "/Groups?filter=displayName%20eq%20%22a%5C%22b%5C%5C%22&startIndex=1&count=100");
  EXPECT_EQ(path_of(Collection::users, "a/b"), "/Users/a%2Fb");
}

// [Okta provisioning-clients 4.9-01] [Okta provisioning-clients 4.9-02] [Okta provisioning-clients 7.2-17]
TEST(OktaScimRetry, whole_seconds_are_obeyed_and_all_else_is_five_minutes) {
  for (const auto& [header, pause] : std::vector<std::pair<std::optional<std::string_view>, base::Duration>>{
           {"10", seconds{10}}, {"0", seconds{0}}, {std::nullopt, minutes{5}}, {"", minutes{5}}, {"1.5", minutes{5}}, {"-1", minutes{5}},
           {"10 ", minutes{5}}, {"Mon, 05 Jan 2026 08:00:00 GMT", minutes{5}}, {"99999999999999999999", minutes{5}}}) {
    RetrySchedule schedule({});
    EXPECT_EQ(schedule.refused(header), pause) << header.value_or("none");
  }
}

// [Okta provisioning-clients 4.9-02]
TEST(OktaScimRetry, each_pause_is_twice_the_one_before_and_the_tenth_refusal_is_the_last) {
  RetrySchedule schedule({});
  base::Duration pause = seconds{3};
  for (int attempt = 1; attempt < 10; ++attempt) {
    EXPECT_EQ(schedule.refused(attempt == 1 ? "3" : "7"), pause) << attempt;
    pause *= 2;
  }
  EXPECT_EQ(schedule.refused("3"), std::nullopt);
  RetrySchedule reads({ClientQuirk::later_retry_after_counts});
  EXPECT_EQ(reads.refused("3"), seconds{3});
  EXPECT_EQ(reads.refused("7"), seconds{7});
  EXPECT_EQ(reads.refused(std::nullopt), seconds{14});
}

// [Okta provisioning-clients 4.3-03] [Okta provisioning-clients 4.1-03] [Okta provisioning-clients 4.1-13]
TEST(OktaScimAnswers, nobody_is_an_empty_list_or_a_404_whatever_its_type) {
  const auto error = R"({"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "detail": "no one", "status": "404"})";
  EXPECT_EQ(hit_of(answer(200, R"({"totalResults": 0, "Resources": []})"), {}), std::nullopt);
  EXPECT_EQ(hit_of(answer(404, error), {}), std::nullopt);
  EXPECT_EQ(hit_of(answer(404, error), {ClientQuirk::bare_404_is_failure}), std::nullopt);
  EXPECT_EQ(hit_of(answer(404, ""), {}), std::nullopt);
  EXPECT_FALSE(hit_of(answer(404, ""), {ClientQuirk::bare_404_is_failure}).has_value());
  EXPECT_FALSE(hit_of(answer(500, error), {}).has_value());
  EXPECT_FALSE(hit_of(answer(200, "<html>"), {}).has_value());
  const auto hit = hit_of(answer(200, R"({"totalresults": 1, "resources": [{"ID": "7"}]})"), {});
  ASSERT_TRUE(hit.has_value() && hit->has_value());
  EXPECT_EQ(text_in(**hit, "id"), "7");
  EXPECT_FALSE(hit_of(answer(200, R"({"totalResults": 1, "Resources": [{}]})"), {}).has_value());
}

TEST(OktaScimAnswers, several_hits_are_a_failure_but_for_a_quirk) {
  const auto two = R"({"totalResults": 2, "Resources": [{"id": "1"}, {"id": "2"}]})";
  EXPECT_FALSE(hit_of(answer(200, two), {}).has_value());
  const auto first = hit_of(answer(200, two), {ClientQuirk::first_of_several_hits});
  ASSERT_TRUE(first.has_value() && first->has_value());
  EXPECT_EQ(text_in(**first, "id"), "1");
}

// [Okta provisioning-clients 4.1-12]
TEST(OktaScimAnswers, a_failure_says_what_the_application_says) {
  EXPECT_EQ(failure_of(answer(400, R"({"detail": "too short"})")), (Failure{400, "too short"}));
  EXPECT_EQ(failure_of(answer(409, "no JSON")), (Failure{409, "409 Conflict"}));
  EXPECT_EQ(failure_of(answer(204, "")), std::nullopt);
  EXPECT_EQ(failure_of(std::unexpected(base::TransportFailure{base::TransportFailure::Kind::timed_out, "no answer"})), (Failure{0, "no answer"}));
}

// [Okta provisioning-clients 4.7-02]
TEST(OktaScimAnswers, the_numbers_of_a_page_are_integers) {
  const auto page = page_of(answer(200, R"({"totalResults": 3, "startIndex": 1, "itemsPerPage": 1, "Resources": [{"id": "1"}]})"));
  ASSERT_TRUE(page.has_value());
  EXPECT_EQ(page->total, 3);
  EXPECT_EQ(page->items_per_page, 1);
  for (const auto* wrong : {R"({"totalResults": "3"})", R"({"totalResults": 3.0})", R"({"Resources": []})", R"({"totalResults": 3, "startIndex": "1"})",
                            R"({"totalResults": 3, "itemsPerPage": "1"})", "[]"})
    EXPECT_FALSE(page_of(answer(200, wrong)).has_value()) << wrong;
}

Attributes title(std::string value) { return {{Place::core, "title", std::move(value)}}; }

// [Okta provisioning-clients 4.4-02] [Okta provisioning-clients 4.1-13] [Okta provisioning-clients 7.2-05]
TEST(OktaScimBodies, a_replacement_keeps_what_was_read) {
  const auto read = object(R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "id": "7", "DISPLAYNAME": "old", "nickName": "N", "meta": {"version": "1"},
      "name": {"middleName": "M", "familyName": "old"}, "emails": [{"value": "home", "type": "home"}, {"value": "old", "primary": true, "display": "d"}]})");
  const Attributes attributes{{Place::name, "familyName", "new"}, {Place::primary_email, "email", "mail"}, {Place::core, "displayName", "shown"},
                              {Place::enterprise, "department", "Sales"}, {Place::core, "title", ""}};
  EXPECT_EQ(base::Json(replacement(read, {.attributes = attributes}, {})),
            base::Json(object(R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"], "id": "7",
      "DISPLAYNAME": "shown", "nickName": "N", "meta": {"version": "1"}, "name": {"middleName": "M", "familyName": "new"},
      "emails": [{"value": "home", "type": "home"}, {"value": "mail", "primary": true, "display": "d"}],
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales"}, "title": ""})")));
}

// [Okta provisioning-clients 4.4-09]
TEST(OktaScimBodies, an_emptied_attribute_is_empty_null_or_left_out) {
  const auto read = object(R"({"id": "7", "title": "Clerk"})");
  EXPECT_EQ(base::to_text(replacement(read, {.attributes = title("")}, {})), R"({"id":"7","title":""})");
  EXPECT_EQ(base::to_text(replacement(read, {.attributes = title("")}, {ClientQuirk::emptied_as_null})), R"({"id":"7","title":null})");
  EXPECT_EQ(base::to_text(replacement(read, {.attributes = title("")}, {ClientQuirk::emptied_left_out})), R"({"id":"7"})");
}

// [Okta provisioning-clients 4.4-05]
TEST(OktaScimBodies, a_patch_of_a_profile_has_no_path_and_no_schemas_of_the_resource) {
  const Attributes attributes{{Place::name, "familyName", "Smith"}, {Place::enterprise, "department", "Sales"}};
  EXPECT_EQ(base::to_text(patch_body({.attributes = attributes}, {})),
            R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","value":{"name":{"familyName":"Smith"},)"
            R"("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Sales"}}}]})");
}

// [Okta provisioning-clients 4.4-07]
TEST(OktaScimBodies, an_update_holds_what_changed) {
  const Attributes before{{Place::core, "userName", "a"}, {Place::core, "title", ""}, {Place::name, "familyName", "old"}};
  auto after = before;
  EXPECT_THAT(changed(before, after), IsEmpty());
  after[2].value = "new";
  EXPECT_THAT(changed(before, after), ElementsAre(after[2]));
}

// [Okta provisioning-clients 4.8-09]
TEST(OktaScimBodies, a_batch_holds_so_many_members_and_removals_come_first) {
  MembersChange change;
  for (int i = 0; i < 101; ++i) change.removed.push_back("r");
  for (int i = 0; i < 100; ++i) change.added.push_back({"a", "a@example.test"});
  const auto batches = batches_of(change, 100);
  ASSERT_THAT(batches, SizeIs(3));
  EXPECT_THAT(batches[0].removed, SizeIs(100));
  EXPECT_THAT(batches[0].added, IsEmpty());
  EXPECT_THAT(batches[1].removed, SizeIs(1));
  EXPECT_THAT(batches[1].added, SizeIs(99));
  EXPECT_THAT(batches[2].added, SizeIs(1));
  EXPECT_THAT(batches_of({}, 100), IsEmpty());
}

TEST(OktaScimBodies, what_changed_between_two_lists_of_members) {
  const Member amy{"1", "amy"};
  const Member ben{"2", "ben"};
  const Member cleo{"3", "cleo"};
  EXPECT_EQ(change_between({amy, ben}, {cleo, ben}), (MembersChange{{"1"}, {cleo}}));
  EXPECT_TRUE(change_between({amy}, {amy}).empty());
}

Page page(std::int64_t total, std::int64_t from, std::int64_t count) {
  Page out{total};
  for (auto i = from; i < from + count; ++i) out.resources.push_back(base::JsonObject{{"id", std::to_string(i)}});
  return out;
}

// [Okta provisioning-clients 4.7-01] [Okta provisioning-clients 4.7-05] [Okta provisioning-clients 7.2-14]
TEST(OktaScimImport, pages_are_asked_for_until_the_total_is_covered) {
  PagedReading reading;
  EXPECT_EQ(reading.start(), 1);
  EXPECT_EQ(reading.take(page(201, 1, 100)), true);
  EXPECT_EQ(reading.start(), 101);
  EXPECT_EQ(reading.take(page(201, 101, 100)), true);
  EXPECT_EQ(reading.take(page(201, 201, 1)), false);
  EXPECT_THAT(reading.resources(), SizeIs(201));
  EXPECT_THAT(reading.findings(), IsEmpty());
  PagedReading capped;  // the server says that its page is all there is
  EXPECT_EQ(capped.take(page(100, 1, 100)), false);
  PagedReading stuck;
  EXPECT_FALSE(stuck.take(page(201, 1, 0)).has_value());
}

// [Okta provisioning-clients 4.7-03] [Okta provisioning-clients 4.7-04] [Okta provisioning-clients 7.2-13] [Okta provisioning-clients 7.2-19]
TEST(OktaScimImport, wrong_counts_and_accounts_that_come_twice_are_findings) {
  PagedReading reading;
  auto first = page(150, 1, 100);
  first.items_per_page = 100;
  EXPECT_EQ(reading.take(first), true);
  auto second = page(150, 100, 50);
  second.items_per_page = 100;
  EXPECT_EQ(reading.take(second), false);
  EXPECT_THAT(reading.findings(), ElementsAre("itemsPerPage is 100 where 50 came", "100 came twice"));
  EXPECT_THAT(reading.resources(), SizeIs(149));
}

// [Okta provisioning-clients 4.7-09]
TEST(OktaScimImport, counts_compare_with_the_last_import) {
  const auto before = snapshot_of({{"1", object(R"({"a": 1, "meta": {"v": 1}})")}, {"2", object(R"({"a": 1})")}, {"3", object(R"({"a": 1})")}});
  const auto after = snapshot_of({{"1", object(R"({"a": 1, "meta": {"v": 2}})")}, {"2", object(R"({"a": 2})")}, {"4", object(R"({"a": 1})")}});
  ImportResult result;
  result.users = counts_between(before, after);
  EXPECT_EQ(result.users, (ImportCounts{3, 1, 1, 1, 1}));
  EXPECT_EQ(summary_of(result), "Users: 3 scanned, 1 new, 1 updated, 1 unchanged, 1 removed. Groups: 0 scanned, 0 new, 0 updated, 0 unchanged, 0 removed.");
}

// [Okta provisioning-clients 4.7-08]
TEST(OktaScimImport, the_safeguard_holds_back_more_than_a_fifth) {
  EXPECT_FALSE(exceeds(2, 10, 20));
  EXPECT_TRUE(exceeds(3, 10, 20));
  EXPECT_FALSE(exceeds(0, 0, 20));
}

TEST(OktaScimImport, an_account_is_read_from_its_resource) {
  const auto account = account_of(object(R"({"id": "7", "username": "amy", "displayName": "Amy L", "name": {"givenName": "Amy", "familyName": "Lee"},
      "emails": [{"value": "home"}, {"value": "work", "primary": true}], "active": false})"));
  EXPECT_EQ(account, (Account{"7", "amy", "work", "Amy", "Lee", "Amy L", false}));
  EXPECT_TRUE(account_of(object(R"({"id": "7"})")).active);
}

}  // namespace wire_test
}  // namespace fakes::okta::scim_client
