// What becomes of accounts that somebody changes at Microsoft, over HTTP: what delta queries tell is held against what the directory
// owns, and written again; and where nothing has moved, nothing is written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/cloud_sync/drift.h"
#include "directory/server/cloud_sync_fixture.h"

namespace directory {
namespace drift_contract_test {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class DriftContract : public CloudSyncContract {
 protected:
  /// A connected user whose account has been compared once; the account's id.
  std::string compared(std::string_view username, std::string_view more = {}) {
    if (instance_.empty()) instance_ = set_up();
    user_ = add_user(username, more);
    connect(user_, instance_);
    bench_.run_for(minutes{40});
    writes_before_ = tenant_->writes();
    return tenant_->find(fmt::format("{}@example.test", username));
  }
  void next_comparison() { bench_.run_for(minutes{16}); }
  [[nodiscard]] std::size_t writes_since() const { return tenant_->writes() - writes_before_; }
  [[nodiscard]] std::vector<GraphCallSeen> deltas() const { return tenant_->calls_of("GET", "/users/delta"); }

  std::string instance_;
  std::string user_;
  std::size_t writes_before_ = 0;
};

// [rule D70] [rule R126]
TEST_F(DriftContract, what_the_directory_owns_is_written_again) {
  const auto amy = compared("amy", R"(, "jobTitle": "Clerk", "department": "Sales")");
  tenant_->accounts[amy]["jobTitle"] = "Queen";
  next_comparison();
  EXPECT_EQ(tenant_->value("amy@example.test", "jobTitle"), "Clerk");
  ASSERT_EQ(writes_since(), 1U);
  const auto body = tenant_->calls_of("PATCH").back().body.as_object();
  EXPECT_THAT(body, SizeIs(1)) << "and nothing else, least of all a password";
  EXPECT_THAT(provision_events(), ElementsAre("user_create_provision", "user_update_provision"));
}

// [rule D70]
TEST_F(DriftContract, what_the_user_has_no_value_for_is_microsofts) {
  const auto amy = compared("amy");
  tenant_->accounts[amy]["officeLocation"] = "Rome";
  tenant_->accounts[amy]["otherMails"] = base::JsonArray{"amy@home.test"};
  next_comparison();
  EXPECT_EQ(tenant_->value("amy@example.test", "officeLocation"), "Rome");
  EXPECT_EQ(writes_since(), 0U);
}

TEST_F(DriftContract, an_account_that_was_disabled_there_is_enabled_again) {
  const auto amy = compared("amy");
  tenant_->accounts[amy]["accountEnabled"] = false;
  next_comparison();
  EXPECT_EQ(tenant_->value("amy@example.test", "accountEnabled"), "true");
  EXPECT_EQ(writes_since(), 1U);
}

TEST_F(DriftContract, an_account_that_was_enabled_there_is_disabled_again_while_its_user_is_suspended) {
  const auto amy = compared("amy");
  change_user(user_, R"({"state": "SUSPENDED"})");
  bench_.run_for(minutes{40});
  tenant_->accounts[amy]["accountEnabled"] = true;
  next_comparison();
  EXPECT_EQ(tenant_->value("amy@example.test", "accountEnabled"), "false");
}

TEST_F(DriftContract, a_renamed_account_has_its_name_back_and_letter_case_is_no_name) {
  const auto amy = compared("amy");
  tenant_->accounts[amy]["userPrincipalName"] = "Amy@Example.TEST";
  next_comparison();
  EXPECT_EQ(writes_since(), 0U);
  tenant_->accounts[amy]["userPrincipalName"] = "queen@example.test";
  next_comparison();
  EXPECT_EQ(tenant_->find("amy@example.test"), amy);
  EXPECT_EQ(writes_since(), 1U);
}

// [rule R95] [rule R96]
TEST_F(DriftContract, an_account_that_was_deleted_there_is_made_anew_without_a_password_that_anybody_knows) {
  const auto amy = compared("amy", R"(, "jobTitle": "Clerk")");
  tenant_->accounts.erase(amy);
  next_comparison();
  const auto again = tenant_->find("amy@example.test");
  EXPECT_NE(again, "");
  EXPECT_NE(again, amy);
  EXPECT_EQ(tenant_->value("amy@example.test", "jobTitle"), "Clerk");
  EXPECT_EQ(tenant_->accounts.size(), 1U);
  EXPECT_EQ(status_of(user_, instance_), "synced");
  EXPECT_THAT(provision_events(), ElementsAre("user_create_provision", "user_create_provision"));
  // From then on that one is kept.
  tenant_->accounts[again]["jobTitle"] = "Queen";
  next_comparison();
  EXPECT_EQ(tenant_->value("amy@example.test", "jobTitle"), "Clerk");
}

// [rule R96] [Graph DL18]
TEST_F(DriftContract, an_account_that_was_deleted_before_the_first_comparison_is_missed_by_the_second) {
  instance_ = set_up();
  user_ = add_user("amy");
  const auto bo = add_user("bo");
  connect(user_, instance_);
  bench_.run_for(minutes{8});
  ASSERT_NE(tenant_->find("amy@example.test"), "");
  tenant_->accounts.clear();
  // There is nothing to be written for it, so that nobody is told that there is nothing to write to.
  change_user(user_, fmt::format(R"({{"manager": "{}"}})", bo));
  bench_.run_for(minutes{10});
  EXPECT_THAT(deltas(), SizeIs(1));
  EXPECT_EQ(tenant_->find("amy@example.test"), "") << "it might only be new";
  next_comparison();
  EXPECT_NE(tenant_->find("amy@example.test"), "");
  EXPECT_EQ(status_of(user_, instance_), "synced");
}

// [Graph DL19]
TEST_F(DriftContract, an_account_that_delta_queries_do_not_show_yet_is_not_made_twice) {
  instance_ = set_up();
  bench_.run_for(minutes{16});
  user_ = add_user("amy");
  connect(user_, instance_);
  bench_.run_for(minutes{8});
  const auto bo = add_user("bo");
  change_user(user_, fmt::format(R"({{"manager": "{}"}})", bo));
  bool hides = true;
  tenant_->before = [&](const GraphCallSeen& call) -> std::optional<base::HttpResponse> {
    if (call.path != "/users/delta" || !std::exchange(hides, false)) return std::nullopt;
    return SmallTenant::answer(200, base::JsonObject{{"value", base::JsonArray{}}, {"@odata.deltaLink", fmt::format("{}?$deltatoken=0", delta_root)}});
  };
  bench_.run_for(minutes{10});
  ASSERT_FALSE(hides);
  bench_.run_for(hours{2});
  EXPECT_THAT(tenant_->calls_of("POST", "/users"), SizeIs(1));
  EXPECT_THAT(tenant_->accounts, SizeIs(1));
  EXPECT_EQ(deltas()[1].query, "") << "everything is compared once more";
  EXPECT_NE(deltas()[2].query, "") << "and once only";
}

TEST_F(DriftContract, nobody_makes_an_account_for_whom_must_not_use_it) {
  const auto amy = compared("amy");
  change_user(user_, R"({"state": "SUSPENDED"})");
  bench_.run_for(minutes{40});
  tenant_->accounts.erase(amy);
  bench_.run_for(hours{2});
  EXPECT_THAT(tenant_->accounts, IsEmpty());
  change_user(user_, R"({"state": "ACTIVATED"})");
  settle();
  EXPECT_EQ(tenant_->value("amy@example.test", "accountEnabled"), "true");
}

// [rule D72]
TEST_F(DriftContract, who_is_not_connected_any_more_is_left_alone) {
  const auto amy = compared("amy");
  connect(user_, instance_, "remove");
  bench_.run_for(minutes{40});
  ASSERT_EQ(tenant_->value("amy@example.test", "accountEnabled"), "false");
  tenant_->accounts[amy]["accountEnabled"] = true;
  bench_.run_for(hours{2});
  EXPECT_EQ(tenant_->value("amy@example.test", "accountEnabled"), "true");
}

// The tenant provisions into the directory as well.
class FedContract : public DriftContract {
 protected:
  /// Somebody who came through SCIM and has the account there; the account's id.
  std::string fed() {
    instance_ = set_up();
    const auto amy = tenant_->add("amy@example.test", {{"jobTitle", "Clerk"}});
    user_ = bench_.provision("amy");
    patch(R"({"op": "add", "path": "title", "value": "Clerk"})");
    connect(user_, instance_);
    bench_.run_for(minutes{40});
    writes_before_ = tenant_->writes();
    return amy;
  }
  void patch(std::string_view operation) {
    const auto answer = bench_.scim("PATCH", "/Users/" + user_, fmt::format(R"({{"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{}]}})", operation));
    EXPECT_LT(answer.status, 300) << answer.body;
  }
};

// [rule R126] [Graph X1]
TEST_F(FedContract, a_change_that_is_on_its_way_here_is_not_written_over) {
  const auto amy = fed();
  tenant_->accounts[amy]["jobTitle"] = "Queen";
  bench_.run_for(minutes{55});
  patch(R"({"op": "replace", "path": "title", "value": "Queen"})");
  bench_.run_for(hours{24});
  EXPECT_EQ(tenant_->value("amy@example.test", "jobTitle"), "Queen");
  EXPECT_EQ(writes_since(), 0U);
}

TEST_F(FedContract, whom_the_tenant_disables_or_deletes_comes_back_only_if_it_does_not_say_so_here) {
  const auto amy = fed();
  tenant_->accounts[amy]["accountEnabled"] = false;
  bench_.run_for(minutes{40});
  patch(R"({"op": "replace", "path": "active", "value": false})");
  bench_.run_for(hours{3});
  EXPECT_EQ(writes_since(), 0U);
  tenant_->accounts.erase(amy);
  bench_.run_for(hours{3});
  EXPECT_THAT(tenant_->accounts, IsEmpty());
  EXPECT_EQ(writes_since(), 0U);
}

TEST_F(FedContract, what_does_not_arrive_here_is_written_over_in_the_end) {
  const auto amy = fed();
  tenant_->accounts[amy]["jobTitle"] = "Queen";
  bench_.run_for(minutes{80});
  EXPECT_EQ(tenant_->value("amy@example.test", "jobTitle"), "Queen");
  bench_.run_for(minutes{40});
  EXPECT_EQ(tenant_->value("amy@example.test", "jobTitle"), "Clerk");
}

// [Graph DL1] [Graph DL16]
TEST_F(DriftContract, where_nothing_moves_a_quarter_of_an_hour_costs_one_request) {
  compared("amy");
  const auto before = tenant_->calls.size();
  bench_.run_for(hours{24});
  EXPECT_EQ(writes_since(), 0U);
  const auto asked = tenant_->calls.size() - before;
  EXPECT_GE(asked, 94U);
  EXPECT_LE(asked, 97U);
  EXPECT_EQ(deltas().size(), asked + 2) << "and all of them are delta queries";
  EXPECT_NE(deltas().back().query, "") << "which go on where the one before has ended";
}

TEST_F(DriftContract, a_restart_goes_on_with_the_link_that_it_has) {
  const auto amy = compared("amy");
  const auto link = deltas().back().query;
  tenant_->accounts[amy]["accountEnabled"] = false;
  bench_.restart_directory();
  next_comparison();
  EXPECT_NE(deltas().back().query, "");
  EXPECT_NE(link, "");
  EXPECT_EQ(tenant_->value("amy@example.test", "accountEnabled"), "true");
}

// [Graph DL17] [Graph F17]
TEST_F(DriftContract, a_link_that_the_service_has_forgotten_is_begun_anew_where_it_says) {
  const auto amy = compared("amy");
  const auto bo = compared("bo");
  tenant_->forgets_links = true;
  tenant_->accounts[amy]["accountEnabled"] = false;
  tenant_->accounts.erase(bo);
  next_comparison();
  EXPECT_EQ(tenant_->value("amy@example.test", "accountEnabled"), "true");
  EXPECT_NE(tenant_->find("bo@example.test"), "") << "nobody told that he was removed";
  EXPECT_EQ(deltas().back().query, "");
  tenant_->forgets_links = false;
  writes_before_ = tenant_->writes();
  bench_.run_for(hours{3});
  EXPECT_EQ(writes_since(), 0U);
}

// [Graph F17]
TEST_F(DriftContract, pages_whose_answer_is_lost_are_asked_for_again) {
  tenant_->delta_page = 2;
  std::vector<std::string> objects;
  for (const auto* name : {"amy", "bo", "cy", "di", "ed"}) objects.push_back(compared(name));
  for (const auto& object : objects) tenant_->accounts[object]["accountEnabled"] = false;
  int lost = 0;
  tenant_->after = [&](const GraphCallSeen& call) -> std::optional<base::HttpResponse> {
    if (call.path != "/users/delta" || ++lost % 2 == 0) return std::nullopt;
    return base::HttpResponse(504);
  };
  bench_.run_for(minutes{20});
  for (const auto& object : objects) EXPECT_EQ(tenant_->accounts[object]["accountEnabled"], base::Json(true)) << object;
  EXPECT_GE(lost, 6);
}

TEST_F(DriftContract, an_answer_without_a_way_on_is_no_end) {
  const auto amy = compared("amy");
  tenant_->accounts[amy]["accountEnabled"] = false;
  tenant_->after = SmallTenant::once("GET", "/users/delta", SmallTenant::answer(200, base::JsonObject{{"value", base::JsonArray{}}}));
  next_comparison();
  EXPECT_EQ(tenant_->value("amy@example.test", "accountEnabled"), "true");
}

TEST_F(DriftContract, a_link_that_leads_elsewhere_is_not_followed) {
  compared("amy");
  int elsewhere = 0;
  auto& host = bench_.world().add_host("elsewhere", "elsewhere.test");
  class Nosy final : public base::HttpService {
   public:
    explicit Nosy(int& calls) : calls_(&calls) {}
    base::Task<base::HttpResponse> handle(base::HttpRequest) override {
      ++*calls_;
      co_return base::HttpResponse(200);
    }

   private:
    int* calls_;
  } nosy(elsewhere);
  host.install([&](sim::Host&) { return std::make_unique<sim::ServiceProgram>(&nosy); });
  host.start();
  tenant_->after = [&](const GraphCallSeen& call) -> std::optional<base::HttpResponse> {
    if (call.path != "/users/delta") return std::nullopt;
    return SmallTenant::answer(200, base::JsonObject{{"value", base::JsonArray{}}, {"@odata.nextLink", "https://elsewhere.test/v1.0/users/delta?$skiptoken=1"}});
  };
  bench_.run_for(hours{2});
  EXPECT_EQ(elsewhere, 0);
}

// [Graph E40] [Graph T12]
TEST_F(DriftContract, a_comparison_waits_as_long_as_the_tenant_asks_for) {
  const auto amy = compared("amy");
  tenant_->accounts[amy]["accountEnabled"] = false;
  base::Instant asked{};
  tenant_->before = [&](const GraphCallSeen& call) -> std::optional<base::HttpResponse> {
    if (asked != base::Instant{}) return std::nullopt;
    asked = call.at;
    return SmallTenant::throttled("300.5");
  };
  bench_.run_for(minutes{30});
  ASSERT_NE(asked, base::Instant{});
  for (const auto& call : tenant_->calls) {
    if (call.at > asked) EXPECT_GE(call.at, asked + std::chrono::milliseconds{300'500});
  }
  EXPECT_EQ(tenant_->value("amy@example.test", "accountEnabled"), "true");
}

TEST_F(DriftContract, two_who_want_different_things_do_not_write_for_ever) {
  const auto amy = compared("amy", R"(, "jobTitle": "Clerk")");
  tenant_->after = [&](const GraphCallSeen& call) -> std::optional<base::HttpResponse> {
    if (call.method == "PATCH") tenant_->accounts[amy]["jobTitle"] = fmt::format("Queen");
    return std::nullopt;
  };
  int touched = 0;
  tenant_->before = [&](const GraphCallSeen& call) -> std::optional<base::HttpResponse> {
    // So that each round tells the account.
    if (call.path == "/users/delta") tenant_->accounts[amy]["touched"] = ++touched;
    return std::nullopt;
  };
  tenant_->accounts[amy]["jobTitle"] = "Queen";
  bench_.run_for(hours{12});
  EXPECT_LE(writes_since(), 3U);
  EXPECT_GE(writes_since(), 1U);
  // Once it has been as it ought to be, whoever changes it again is written over again.
  tenant_->after = nullptr;
  tenant_->accounts[amy]["jobTitle"] = "Clerk";
  next_comparison();
  tenant_->accounts[amy]["jobTitle"] = "Queen";
  next_comparison();
  EXPECT_EQ(tenant_->value("amy@example.test", "jobTitle"), "Clerk");
}

TEST_F(DriftContract, an_account_that_answers_404_for_long_is_looked_for) {
  const auto amy = compared("amy");
  tenant_->accounts.erase(amy);
  change_user(user_, R"({"jobTitle": "Clerk"})");
  bench_.run_for(minutes{12});
  EXPECT_EQ(tenant_->value("amy@example.test", "jobTitle"), "Clerk");
}

TEST_F(DriftContract, links_are_shown_to_nobody) {
  compared("amy");
  const auto shown = bench_.admin("GET", "/api/v2/office365s/" + instance_).body + base::to_text(base::Json(bench_.events()));
  EXPECT_THAT(shown, Not(HasSubstr("deltatoken")));
}

TEST(DeltaPage, GraphDL9_removals_and_links_are_read) {
  const auto body = json(R"({"value": [{"id": "1", "jobTitle": "Clerk"}, {"id": "2", "@removed": {"reason": "changed"}}, {"no": "id"}],
                             "@odata.nextLink": "https://graph.test/v1.0/users/delta?$skiptoken=x"})");
  const auto page = read_delta_page(body, "https://graph.test/v1.0");
  ASSERT_THAT(page.objects, SizeIs(2));
  EXPECT_FALSE(page.objects[0].removed);
  EXPECT_TRUE(page.objects[1].removed);
  EXPECT_EQ(page.next, "/users/delta?$skiptoken=x");
  EXPECT_EQ(page.delta, "");
  EXPECT_EQ(path_below("https://graph.test/v1.0.elsewhere.test/users", "https://graph.test/v1.0"), "");
  EXPECT_EQ(path_below("https://graph.test", "https://graph.test/v1.0"), "");
}

TEST(DeltaPage, the_first_request_selects_what_is_exported) {
  AttributeChoices choices;
  choices["department"] = {false, true};
  const auto path = first_delta_path(choices);
  EXPECT_THAT(path, HasSubstr("accountEnabled,userPrincipalName"));
  EXPECT_THAT(path, HasSubstr("jobTitle"));
  EXPECT_THAT(path, Not(HasSubstr("department")));
}

}  // namespace drift_contract_test
}  // namespace directory
