// Users imported from a Microsoft 365 tenant, over HTTP: the list, the job through crashes, throttling and lost authorisations, its
// results and its mail.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/cloud_sync/tenant_fixture.h"
#include "directory/server_test_fixture.h"

namespace directory {
namespace import_contract_test {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

BenchOptions import_options() {
  BenchOptions out;
  out.directory.microsoft.client_id = "directory-app";
  out.directory.microsoft.client_secret = base::Secret("app-secret");
  return out;
}

class ImportContract : public ::testing::Test {
 protected:
  explicit ImportContract(BenchOptions bench_options = import_options()) : bench_(std::move(bench_options)) {
    auto& sign_in = bench_.world().add_host("login", "login.microsoftonline.com");
    auto& graph = bench_.world().add_host("graph", "graph.microsoft.com");
    tenant_ = std::make_unique<SmallTenant>(graph.clock());
    tenant_->reads = [this](const GraphCallSeen& call, const base::Target& target) { return read(call, target); };
    sign_in.install([this](sim::Host&) { return std::make_unique<sim::ServiceProgram>(&tenant_->sign_in()); });
    graph.install([this](sim::Host&) { return std::make_unique<sim::ServiceProgram>(&tenant_->graph()); });
    sign_in.start();
    graph.start();
  }

  /// The list of active accounts, single accounts, and the organisation.
  std::optional<base::HttpResponse> read(const GraphCallSeen& call, const base::Target& target) {
    if (call.path == "/organization") {
      base::JsonArray domains;
      for (const auto& domain : domains_) domains.push_back(base::JsonObject{{"name", domain}, {"isInitial", domain.ends_with("onmicrosoft.com")}});
      return SmallTenant::answer(200, base::JsonObject{{"value", base::JsonArray{base::JsonObject{{"verifiedDomains", std::move(domains)}}}}});
    }
    if (call.path.starts_with("/users/") && target.segments().size() == 2) {
      const auto found = tenant_->accounts.find(call.path.substr(7));
      if (found == tenant_->accounts.end()) return SmallTenant::error(404, "Request_ResourceNotFound");
      auto account = found->second;
      account["id"] = found->first;
      return SmallTenant::answer(200, account);
    }
    if (call.path != "/users" || !target.parameter("$filter").value_or("").starts_with("accountEnabled")) return std::nullopt;
    const auto top = std::stoul(target.parameter("$top").value_or("100"));
    const auto first = std::stoul(target.parameter("$skiptoken").value_or("0"));
    base::JsonArray page;
    std::size_t number = 0;
    for (const auto& [id, account] : tenant_->accounts) {
      if (!base::bool_member(account, "accountEnabled").value_or(false) || number++ < first || page.size() == top) continue;
      auto shown = account;
      shown["id"] = id;
      page.push_back(std::move(shown));
    }
    base::JsonObject body;
    if (number > first + top) body["@odata.nextLink"] = fmt::format("https://graph.microsoft.com/v1.0/users?$top={}&$skiptoken={}", top, first + top);
    body["value"] = std::move(page);
    return SmallTenant::answer(200, body);
  }

  std::string add_directory(std::string_view name = "Microsoft 365") {
    const auto answer = bench_.admin("POST", "/api/v2/office365s", fmt::format(R"({{"name": "{}"}})", name));
    EXPECT_EQ(answer.status, 201) << answer.body;
    return base::string_or(body_of(answer), "id", "");
  }
  base::HttpResponse authorize(const std::string& directory) {
    const auto begun = bench_.admin("POST", "/api/v2/office365s/" + directory + "/authorize");
    const auto location = base::parse_uri(base::string_or(body_of(begun), "location", "")).value();
    const auto code = tenant_->authorize(location);
    const auto state = base::parse_target(location.target())->parameter("state").value_or("");
    return bench_.ask("GET", fmt::format("/oauth/office365/callback?state={}&code={}", state, code));
  }
  std::string set_up(std::string_view name = "Microsoft 365") {
    auto id = add_directory(name);
    EXPECT_EQ(authorize(id).status, 200);
    return id;
  }
  /// An active account with an alias; its id.
  std::string add_account(std::string_view name, base::JsonObject more = {}) {
    if (!more.contains("mailNickname")) more["mailNickname"] = base::json_text(name);
    return tenant_->add(fmt::format("{}@example.test", name), std::move(more));
  }
  std::vector<std::string> add_accounts(int count) {
    std::vector<std::string> ids;
    for (int i = 1; i <= count; ++i) ids.push_back(add_account(fmt::format("user{:03}", i)));
    return ids;
  }
  base::HttpResponse list(const std::string& directory, std::string_view query = {}) {
    return bench_.admin("GET", fmt::format("/api/v2/office365s/{}/import/users{}", directory, query));
  }
  base::HttpResponse try_import(const std::string& directory, const std::vector<std::string>& ids) {
    base::JsonArray users;
    for (const auto& id : ids) users.emplace_back(id);
    return bench_.admin("POST", fmt::format("/api/v2/office365s/{}/import/jobs", directory), base::to_text(base::JsonObject{{"users", std::move(users)}}));
  }
  /// The job's address.
  std::string import(const std::string& directory, const std::vector<std::string>& ids) {
    const auto answer = try_import(directory, ids);
    EXPECT_EQ(answer.status, 201) << answer.body;
    return fmt::format("/api/v2/office365s/{}/import/jobs/{}", directory, base::string_or(body_of(answer), "jobId", ""));
  }
  base::Json job_at(const std::string& address) { return body_of(bench_.admin("GET", address)); }
  /// `imported`, or `notImported: why`, for each account in the order of the choice.
  static std::vector<std::string> results_of(const base::Json& job) {
    std::vector<std::string> texts;
    const auto* results = base::member(job, "results");
    if (results == nullptr) return {"no results"};
    for (const auto& entry : results->as_array()) {
      const auto why = base::string_or(entry, "message", "");
      texts.push_back(base::string_or(entry, "status", "") + (why.empty() ? "" : ": ") + why);
    }
    return texts;
  }
  base::Json find_user(std::string_view username) {
    const auto body = body_of(bench_.admin("GET", fmt::format("/api/systemusers?filter=username:eq:{}", username)));
    const auto& results = body.at("results").as_array();
    return results.empty() ? base::Json(base::JsonObject{}) : results.front();
  }
  std::vector<base::Json> mails() { return bench_.mails_to("administrator@example.test"); }
  std::int64_t count_users() { return base::integer_member(body_of(bench_.admin("GET", "/api/systemusers?limit=1")), "totalCount").value_or(-1); }

  ServerBench bench_;
  std::unique_ptr<SmallTenant> tenant_;
  std::vector<std::string> domains_{"example.test", "example.onmicrosoft.com"};
};

// The list

TEST_F(ImportContract, R78_lists_active_accounts_page_by_page_and_imports_nobody) {
  const auto id = set_up();
  for (int i = 0; i < 5; ++i) add_account(fmt::format("user{}", i), {{"givenName", "Amy"}, {"surname", "Lee"}, {"accountEnabled", i != 2}});
  const auto first = body_of(list(id, "?top=3"));
  EXPECT_THAT(first.at("users").as_array(), SizeIs(3));
  EXPECT_EQ(base::Json(first.at("users").as_array()[0]),
            json(R"({"id": "object-1", "userPrincipalName": "user0@example.test", "givenName": "Amy", "surname": "Lee"})"));
  const auto second = body_of(list(id, "?top=3&skipToken=" + base::string_or(first, "skipToken", "")));
  EXPECT_THAT(second.at("users").as_array(), SizeIs(1));
  EXPECT_EQ(base::member(second, "skipToken"), nullptr);
  bench_.run_for(hours{1});
  EXPECT_EQ(count_users(), 0) << "whoever only looks imports nobody";
  EXPECT_THAT(mails(), IsEmpty());
}

TEST_F(ImportContract, the_list_is_of_an_authorised_instance) {
  const auto id = add_directory();
  EXPECT_EQ(list(id).status, 409);
  EXPECT_EQ(list("nowhere").status, 404);
  EXPECT_EQ(authorize(id).status, 200);
  EXPECT_EQ(list(id).status, 200);
  EXPECT_EQ(list(id, "?top=1000").status, 400);
}

TEST_F(ImportContract, a_tenant_that_asks_for_a_pause_is_left_alone) {
  const auto id = set_up();
  tenant_->before = [](const GraphCallSeen&) { return SmallTenant::throttled("6.5"); };
  const auto answer = list(id);
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(header_of(answer, "Retry-After"), "7");
  tenant_->before = nullptr;
  const auto asked = tenant_->calls.size();
  EXPECT_EQ(list(id).status, 503);
  EXPECT_EQ(tenant_->calls.size(), asked) << "it had asked for a pause";
  bench_.run_for(seconds{7});
  EXPECT_EQ(list(id).status, 200);
}

TEST_F(ImportContract, what_is_wrong_at_Microsoft_is_said) {
  const auto id = set_up();
  tenant_->before = [](const GraphCallSeen&) { return SmallTenant::error(400, "Directory_ExpiredPageToken", "The page token has expired."); };
  EXPECT_EQ(list(id, "?skipToken=old").status, 400);
  tenant_->before = [](const GraphCallSeen&) { return SmallTenant::error(500, "InternalServerError"); };
  EXPECT_EQ(list(id).status, 502);
}

// The job

TEST_F(ImportContract, R82_R81_an_account_becomes_a_user_with_what_is_selected) {
  const auto id = set_up();
  EXPECT_EQ(bench_.admin("PUT", "/api/v2/office365s/" + id + "/attributes", R"({"jobTitle": {"import": false}})").status, 200);
  const auto amy = tenant_->add("amy.lee@example.test", {{"mailNickname", "alee"}, {"givenName", "Amy"}, {"jobTitle", "Clerk"}, {"department", "Sales"}});
  const auto bob = tenant_->add("bob@example.test", {{"mailNickname", nullptr}});
  const auto address = import(id, {amy, bob});
  bench_.run_for(minutes{1});
  const auto user = find_user("alee");
  EXPECT_EQ(base::string_or(user, "email", ""), "amy.lee@example.test");
  EXPECT_EQ(base::string_or(user, "firstname", ""), "Amy");
  EXPECT_EQ(base::string_or(user, "department", ""), "Sales");
  EXPECT_EQ(base::string_or(user, "jobTitle", ""), "");
  EXPECT_EQ(base::string_or(user, "creationSource", ""), "jumpcloud:o365");
  EXPECT_EQ(base::string_or(find_user("bob"), "email", ""), "bob@example.test");
  const auto job = job_at(address);
  EXPECT_EQ(base::string_or(job, "status", ""), "finished");
  EXPECT_EQ(base::integer_member(job, "imported"), 2);
  EXPECT_THAT(results_of(job), ElementsAre("imported", "imported"));
  EXPECT_EQ(tenant_->writes(), 0U) << "an import reads";
}

TEST_F(ImportContract, R86_the_state_is_that_of_integrations) {
  EXPECT_TRUE(bench_.change_settings(R"({"newSystemUserStateDefaults": {"manualEntry": "ACTIVATED", "csvImport": "ACTIVATED", "applicationImport": "STAGED"}})").ok());
  const auto id = set_up();
  import(id, {add_account("amy")});
  bench_.run_for(minutes{1});
  EXPECT_EQ(base::string_or(find_user("amy"), "state", ""), "STAGED");
}

TEST_F(ImportContract, R83_says_why_somebody_was_not_imported) {
  const auto id = set_up();
  EXPECT_EQ(bench_.admin("POST", "/api/systemusers", R"({"username": "amy", "email": "else@example.test"})").status, 200);
  const auto amy = add_account("amy");
  const auto disabled = add_account("bob", {{"accountEnabled", false}});
  const auto good = add_account("cy");
  const auto odd = add_account("dee", {{"mailNickname", "4 dee"}});
  const auto job = import(id, {amy, disabled, "gone", good, odd, good});
  bench_.run_for(minutes{1});
  EXPECT_THAT(results_of(job_at(job)), ElementsAre(HasSubstr("taken"), HasSubstr("not active"), HasSubstr("no such account"), "imported", HasSubstr("notImported: ")))
      << "and whoever is chosen twice counts once";
  EXPECT_EQ(base::integer_member(job_at(job), "notImported"), 4);
  const auto again = import(id, {good});
  bench_.run_for(minutes{1});
  EXPECT_THAT(results_of(job_at(again)), ElementsAre("notImported: the account belongs to the user cy already"));
}

TEST_F(ImportContract, R85_R84_the_mail_comes_always_and_leads_to_the_results) {
  const auto id = set_up();
  const auto small = import(id, {add_account("amy"), "gone"});
  bench_.run_for(minutes{1});
  ASSERT_THAT(mails(), SizeIs(1));
  const auto mail = mails().front();
  EXPECT_EQ(base::string_or(mail, "kind", ""), "import_complete");
  EXPECT_EQ(base::string_or(mail, "subject", ""), "User Import Complete");
  const auto text = base::string_or(mail, "text", "");
  EXPECT_THAT(text, AllOf(HasSubstr("1 of 2 were imported, 1 were not"), HasSubstr("https://directory.example.test" + small + "/results.csv")));
  EXPECT_THAT(text, Not(HasSubstr("provider")));
  const auto table = bench_.admin("GET", small + "/results.csv");
  EXPECT_EQ(table.status, 200);
  EXPECT_THAT(table.body, HasSubstr("\"amy@example.test\",\"amy\",imported,\"\",\"object-1\","));
  EXPECT_THAT(table.body, HasSubstr("\"\",\"\",notImported,\"there is no such account at Microsoft any more\",\"gone\",\r\n"));
  EXPECT_EQ(bench_.ask("GET", small + "/results.csv").status, 401) << "the link alone opens nothing";
}

TEST_F(ImportContract, R84_more_than_a_hundred_are_told_by_the_link_alone) {
  const auto id = set_up();
  const auto hundred = import(id, add_accounts(100));
  bench_.run_for(minutes{2});
  EXPECT_THAT(results_of(job_at(hundred)), SizeIs(100));
  tenant_->accounts.clear();
  for (int i = 0; i < 101; ++i) add_account(fmt::format("other{:03}", i));
  std::vector<std::string> ids;
  for (const auto& [object, account] : tenant_->accounts) ids.push_back(object);
  // The same objects are users already; whether they are imported or not, each has a result.
  const auto more = import(id, ids);
  bench_.run_for(minutes{2});
  const auto job = job_at(more);
  EXPECT_EQ(base::string_or(job, "status", ""), "finished");
  EXPECT_EQ(base::integer_member(job, "total"), 101);
  EXPECT_EQ(base::member(job, "results"), nullptr);
  EXPECT_THAT(more, HasSubstr(base::string_or(job, "jobId", "?")));
  const auto table = bench_.admin("GET", more + "/results.csv").body;
  EXPECT_EQ(std::ranges::count(table, '\n'), 102);
  ASSERT_THAT(mails(), SizeIs(2));
  EXPECT_THAT(base::string_or(mails().back(), "text", ""), HasSubstr(more + "/results.csv"));
}

TEST_F(ImportContract, what_a_spreadsheet_would_calculate_is_text) {
  const auto id = set_up();
  const auto object = tenant_->add("=2+3\"@example.test", {{"mailNickname", "=1"}});
  const auto job = import(id, {object});
  bench_.run_for(minutes{1});
  EXPECT_THAT(bench_.admin("GET", job + "/results.csv").body, HasSubstr("\n\"'=2+3\"\"@example.test\",\"'=1\",notImported,"));
}

TEST_F(ImportContract, DI26_the_events_belong_to_the_job) {
  const auto id = set_up();
  const auto job = import(id, {add_account("amy")});
  bench_.run_for(minutes{1});
  const auto events = bench_.events();
  const auto created = std::ranges::find_if(events, [](const auto& event) { return base::string_or(event, "event_type", "") == "user_create"; });
  ASSERT_NE(created, events.end());
  EXPECT_EQ(*base::member(*created, "correlation"), (base::Json{{"id", base::string_or(job_at(job), "jobId", "")}, {"type", "user_import"}}));
  EXPECT_EQ(base::string_or(*base::member(*created, "initiated_by"), "email", ""), "administrator@example.test");
}

TEST_F(ImportContract, results_are_forgotten_after_two_days) {
  const auto id = set_up();
  const auto job = import(id, {add_account("amy")});
  bench_.run_for(hours{47});
  EXPECT_EQ(bench_.admin("GET", job).status, 200);
  bench_.restart_directory();
  bench_.run_for(hours{2});
  EXPECT_EQ(bench_.admin("GET", job).status, 404);
  EXPECT_EQ(bench_.admin("GET", job + "/results.csv").status, 404);
  EXPECT_EQ(count_users(), 1) << "the user stays";
}

TEST_F(ImportContract, a_choice_is_bounded_and_made_of_ids) {
  const auto id = set_up();
  for (const auto* body : {"{}", R"({"users": []})", R"({"users": "object-1"})", R"({"users": [1]})", R"({"users": [""]})", R"({"users": ["../me"]})",
                           R"({"users": ["a?$select=id"]})"}) {
    EXPECT_EQ(bench_.admin("POST", "/api/v2/office365s/" + id + "/import/jobs", body).status, 400) << body;
  }
  EXPECT_EQ(try_import(id, std::vector<std::string>(10'001, "object-1")).status, 400);
  EXPECT_EQ(try_import(id, std::vector<std::string>(10'000, "object-1")).status, 201) << "one account, chosen often";
  EXPECT_EQ(try_import("nowhere", {"object-1"}).status, 404);
  EXPECT_EQ(try_import(add_directory("Another"), {"object-1"}).status, 409);
}

TEST_F(ImportContract, a_job_is_found_under_its_own_instance_alone) {
  const auto id = set_up();
  const auto other = add_directory("Another");
  const auto job = import(id, {add_account("amy")});
  bench_.run_for(minutes{1});
  EXPECT_EQ(bench_.admin("GET", fmt::format("/api/v2/office365s/{}/import/jobs/{}", other, job.substr(job.rfind('/') + 1))).status, 404);
  EXPECT_THAT(body_of(bench_.admin("GET", "/api/v2/office365s/" + other + "/import/jobs")).as_array(), IsEmpty());
  EXPECT_THAT(body_of(bench_.admin("GET", "/api/v2/office365s/" + id + "/import/jobs")).as_array(), SizeIs(1));
}

// Licences

class LicensedImportContract : public ImportContract {
 protected:
  LicensedImportContract() : ImportContract(licensed()) {}
  static BenchOptions licensed() {
    auto out = import_options();
    out.directory.licensed_users = 3;
    return out;
  }
};

TEST_F(LicensedImportContract, R80_an_import_goes_up_to_the_limit_and_then_names_the_provider) {
  const auto id = set_up();
  EXPECT_EQ(bench_.admin("POST", "/api/systemusers", R"({"username": "ann", "email": "ann@example.test"})").status, 200);
  const auto job = import(id, add_accounts(4));
  bench_.run_for(minutes{1});
  EXPECT_THAT(results_of(job_at(job)), ElementsAre("imported", "imported", AllOf(HasSubstr("3 licensed users"), HasSubstr("contact your provider")),
                                                   HasSubstr("contact your provider")));
  EXPECT_THAT(base::string_or(job_at(job), "message", ""), HasSubstr("contact your provider"));
  EXPECT_THAT(base::string_or(mails().back(), "text", ""), HasSubstr("contact your provider"));
  EXPECT_EQ(count_users(), 3);
}

// What goes wrong meanwhile

TEST_F(ImportContract, crashes_leave_nobody_out_and_import_nobody_twice) {
  const auto id = set_up();
  const auto job = import(id, add_accounts(90));
  for (int i = 0; i < 12; ++i) {
    bench_.run_for(milliseconds{230});
    bench_.restart_directory();
  }
  bench_.run_for(minutes{2});
  const auto shown = job_at(job);
  EXPECT_EQ(base::string_or(shown, "status", ""), "finished");
  EXPECT_THAT(results_of(shown), AllOf(SizeIs(90), ::testing::Each("imported")));
  EXPECT_EQ(count_users(), 90);
  EXPECT_THAT(mails(), SizeIs(1));
}

TEST_F(ImportContract, a_throttled_job_waits_as_long_as_it_is_asked_to) {
  const auto id = set_up();
  std::optional<base::Instant> refused;
  tenant_->before = [&](const GraphCallSeen& call) -> std::optional<base::HttpResponse> {
    if (refused && call.at >= *refused + seconds{40}) return std::nullopt;
    EXPECT_TRUE(!refused || call.at == *refused) << "asked again too early";
    refused = call.at;
    return SmallTenant::throttled("40");
  };
  const auto job = import(id, {add_account("amy"), add_account("bob")});
  bench_.run_for(seconds{39});
  EXPECT_EQ(base::string_or(job_at(job), "status", ""), "running");
  bench_.run_for(seconds{20});
  EXPECT_THAT(results_of(job_at(job)), ElementsAre("imported", "imported"));
}

TEST_F(ImportContract, answers_that_are_lost_are_asked_for_again) {
  const auto id = set_up();
  int lost = 0;
  tenant_->before = [&](const GraphCallSeen&) -> std::optional<base::HttpResponse> {
    if (lost++ < 3) return SmallTenant::error(500, "InternalServerError");
    return std::nullopt;
  };
  const auto job = import(id, {add_account("amy")});
  bench_.run_for(minutes{5});
  EXPECT_THAT(results_of(job_at(job)), ElementsAre("imported"));
}

TEST_F(ImportContract, R85_a_job_that_Microsoft_keeps_waiting_for_a_day_ends_with_its_mail) {
  const auto id = set_up();
  tenant_->before = [](const GraphCallSeen&) { return SmallTenant::error(500, "InternalServerError"); };
  const auto job = import(id, {add_account("amy")});
  bench_.run_for(hours{23});
  EXPECT_EQ(base::string_or(job_at(job), "status", ""), "running");
  bench_.run_for(hours{3});
  EXPECT_THAT(results_of(job_at(job)), ElementsAre(HasSubstr("did not answer")));
  EXPECT_THAT(mails(), SizeIs(1));
}

TEST_F(ImportContract, an_authorisation_that_ends_ends_the_job) {
  const auto id = set_up();
  tenant_->no_tokens = SmallTenant::answer(400, base::JsonObject{{"error", "invalid_grant"}});
  const auto job = import(id, {add_account("amy")});
  bench_.run_for(minutes{1});
  EXPECT_THAT(results_of(job_at(job)), ElementsAre(HasSubstr("authorise anew")));
  EXPECT_THAT(mails(), SizeIs(1));
}

TEST_F(ImportContract, an_instance_that_is_deactivated_ends_the_job) {
  const auto id = set_up();
  const auto job = import(id, add_accounts(60));
  bench_.run_for(milliseconds{200});
  EXPECT_EQ(bench_.admin("DELETE", "/api/v2/office365s/" + id).status, 204);
  bench_.run_for(minutes{1});
  const auto shown = job_at(job);
  EXPECT_EQ(base::string_or(shown, "status", ""), "finished");
  EXPECT_EQ(base::integer_member(shown, "imported"), count_users());
  EXPECT_THAT(results_of(shown).back(), HasSubstr("deactivated"));
  EXPECT_THAT(mails(), SizeIs(1));
}

TEST_F(ImportContract, a_mail_that_the_relay_refuses_is_sent_again) {
  const auto id = set_up();
  bench_.relay().status = 503;
  import(id, {add_account("amy")});
  bench_.run_for(minutes{10});
  bench_.restart_directory();
  bench_.relay().status = 202;
  bench_.run_for(hours{2});
  EXPECT_THAT(mails(), SizeIs(1));
}

// What an import ties together

TEST_F(ImportContract, R99_R138_whoever_is_connected_afterwards_has_the_account_that_was_imported) {
  const auto id = set_up();
  const auto amy = add_account("amy", {{"givenName", "Amy"}, {"surname", "Lee"}});
  import(id, {amy});
  bench_.run_for(minutes{1});
  tenant_->accounts[amy]["userPrincipalName"] = "married@example.test";
  const auto user = base::string_or(find_user("amy"), "_id", "");
  const auto connected = bench_.admin("POST", "/api/v2/users/" + user + "/associations", fmt::format(R"({{"op": "add", "type": "office_365", "id": "{}"}})", id));
  EXPECT_EQ(connected.status, 204) << connected.body;
  bench_.run_for(minutes{1});
  EXPECT_EQ(tenant_->accounts.size(), 1U) << "no second account";
  EXPECT_EQ(tenant_->value("amy@example.test", "displayName"), "Amy Lee") << "the directory's values count";
}

TEST_F(ImportContract, an_unwanted_user_can_go_and_leaves_the_account_as_it_is) {
  const auto id = set_up();
  const auto amy = add_account("amy");
  import(id, {amy});
  bench_.run_for(minutes{1});
  const auto user = base::string_or(find_user("amy"), "_id", "");
  EXPECT_EQ(bench_.admin("DELETE", "/api/systemusers/" + user).status, 200);
  bench_.run_for(hours{1});
  EXPECT_THAT(tenant_->calls_of("PATCH"), IsEmpty());
  EXPECT_EQ(tenant_->value("amy@example.test", "accountEnabled"), "true");
  const auto again = import(id, {amy});
  bench_.run_for(minutes{1});
  EXPECT_THAT(results_of(job_at(again)), ElementsAre("imported"));
}

// Tenants

TEST_F(ImportContract, R132_a_tenant_that_is_not_supported_cannot_be_authorised) {
  const auto id = add_directory();
  domains_ = {"example.test", "netorgft1234567.onmicrosoft.com"};
  const auto answer = authorize(id);
  EXPECT_EQ(answer.status, 409);
  EXPECT_THAT(answer.body, HasSubstr("GoDaddy"));
  const auto shown = body_of(bench_.admin("GET", "/api/v2/office365s/" + id));
  EXPECT_EQ(base::string_or(*base::member(shown, "oAuthStatus"), "status", ""), "none");
  EXPECT_EQ(list(id).status, 409);
}

TEST_F(ImportContract, a_tenant_that_does_not_say_who_it_is_is_not_authorised) {
  const auto id = add_directory();
  tenant_->before = [](const GraphCallSeen&) { return SmallTenant::error(503, "ServiceUnavailable"); };
  EXPECT_EQ(authorize(id).status, 502);
  tenant_->before = nullptr;
  EXPECT_EQ(authorize(id).status, 200);
}

TEST_F(ImportContract, R131_of_several_tenants_the_one_of_the_primary_address_has_the_account) {
  const auto first = set_up("First");
  domains_ = {"other.test"};
  const auto second = set_up("Second");
  const auto added = bench_.admin("POST", "/api/v2/office365s/" + second + "/domains", R"({"domain": "other.test"})");
  const auto domain = base::string_or(*base::member(body_of(added), "domain"), "id", "");
  EXPECT_EQ(bench_.admin("PATCH", "/api/v2/office365s/" + second, fmt::format(R"({{"defaultDomain": {{"id": "{}"}}}})", domain)).status, 200);
  const auto user = base::string_or(body_of(bench_.admin("POST", "/api/systemusers", R"({"username": "amy", "email": "amy@example.test"})")), "_id", "");
  const auto connect = [&](const std::string& directory, std::string_view op) {
    EXPECT_EQ(bench_.admin("POST", "/api/v2/users/" + user + "/associations", fmt::format(R"({{"op": "{}", "type": "office_365", "id": "{}"}})", op, directory)).status, 204);
    bench_.run_for(minutes{1});
  };
  connect(first, "add");
  connect(second, "add");
  EXPECT_NE(tenant_->find("amy@example.test"), "");
  EXPECT_EQ(tenant_->find("amy@other.test"), "");
  connect(first, "remove");
  EXPECT_NE(tenant_->find("amy@other.test"), "") << "no other tenant is left";
}

}  // namespace import_contract_test
}  // namespace directory
