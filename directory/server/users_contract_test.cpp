// Users in the admin API beyond the basics: the published fields, managers, conflicts, activation and its
// mails.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/server_test_fixture.h"

namespace directory {
namespace users_contract_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string users = "/api/systemusers";

std::string new_user(std::string_view username, std::string_view more = "") {
  return fmt::format(R"({{"username": "{0}", "email": "{0}@example.test"{1}}})", username, more);
}

class UsersContract : public ::testing::Test {
 protected:
  explicit UsersContract(BenchOptions options = {}) : bench_(std::move(options)) {}

  std::string enter(std::string_view username, std::string_view more = "") {
    const auto answer = bench_.admin("POST", users, new_user(username, more));
    EXPECT_EQ(answer.status, 200) << answer.body;
    return base::string_or(body_of(answer), "_id", "");
  }
  base::HttpResponse put(const std::string& id, std::string body) {
    return bench_.admin("PUT", users + "/" + id, std::move(body));
  }
  int activate(const std::string& id, std::string body = "{}") {
    return bench_.admin("POST", users + "/" + id + "/state/activate", std::move(body)).status;
  }
  std::string manager_of(const std::string& id) {
    return base::string_or(bench_.user(id), "manager", "none");
  }
  std::vector<std::string> mail_kinds(std::string_view address) {
    bench_.settle();
    std::vector<std::string> kinds;
    for (const auto& mail : bench_.mails_to(address)) kinds.push_back(base::string_or(mail, "kind", ""));
    return kinds;
  }

  ServerBench bench_;
};

// Fields

// [rule D22] [rule D23] [rule D3]
TEST_F(UsersContract, a_user_is_shown_with_the_published_fields) {
  const auto user =
      bench_.user(enter("amy", R"(, "alternateEmail": "amy@home.test", "description": "Lead")"));
  for (const auto* name : {"_id",
                           "account_locked",
                           "account_locked_date",
                           "badLoginAttempts",
                           "created",
                           "creationSource",
                           "password_expiration_date",
                           "password_expired",
                           "totp_enabled",
                           "mfa",
                           "mfaEnrollment",
                           "organization",
                           "recoveryEmail",
                           "password_never_expires",
                           "externally_managed",
                           "restrictedFields",
                           "state",
                           "suspended",
                           "activated",
                           "disableDeviceMaxLoginAttempts"}) {
    EXPECT_NE(base::member(user, name), nullptr) << name;
  }
  EXPECT_EQ(user.at("alternateEmail"), base::Json("amy@home.test"));
  EXPECT_EQ(user.at("description"), base::Json("Lead"));
  EXPECT_EQ(user.at("organization"), base::Json("5f0000000000000000000001"));
  EXPECT_EQ(user.at("badLoginAttempts"), base::Json(0));
}

// [rule D20]
TEST_F(UsersContract, numbers_of_unix_accounts_are_at_least_1) {
  const auto id = enter("amy", R"(, "unix_uid": 1, "unix_guid": 70000)");
  EXPECT_EQ(bench_.user(id).at("unix_uid"), base::Json(1));
  EXPECT_EQ(bench_.user(id).at("unix_guid"), base::Json(70000));
  for (const auto* wrong : {"0", "-1", "1.5", "\"7\"", "true"}) {
    EXPECT_EQ(put(id, fmt::format(R"({{"unix_uid": {}}})", wrong)).status, 400) << wrong;
    EXPECT_EQ(put(id, fmt::format(R"({{"unix_guid": {}}})", wrong)).status, 400) << wrong;
  }
  EXPECT_EQ(put(id, R"({"unix_uid": null})").status, 200);
  EXPECT_EQ(base::member(bench_.user(id), "unix_uid"), nullptr);
}

// [rule DI40] [rule DI24]
TEST_F(UsersContract, one_put_is_one_update_that_names_every_field) {
  const auto id = enter("amy");
  EXPECT_THAT(bench_.events_of([&] {
    put(id,
        R"({"jobTitle": "Clerk", "unix_uid": 7, "password_never_expires": true, "externally_managed": true})");
  }),
              ElementsAre("user_update"));
  EXPECT_EQ(bench_.events().back().at("changes"),
            json(R"([{"field": "jobTitle", "to": "Clerk"}, {"field": "unix_uid", "to": "7"},
                     {"field": "externally_managed", "from": "false", "to": "true"},
                     {"field": "password_never_expires", "from": "false", "to": "true"}])"));
}

// [rule D22]: what the directory alone decides is not taken from a body.
TEST_F(UsersContract, read_only_fields_are_left_alone) {
  const auto id =
      enter("amy", R"(, "account_locked": true, "activated": true, "creationSource": "jumpcloud:o365")");
  const auto before = bench_.user(id);
  EXPECT_EQ(before.at("account_locked"), base::Json(false));
  EXPECT_EQ(before.at("activated"), base::Json(false));
  EXPECT_EQ(before.at("creationSource"), base::Json("jumpcloud:manual"));
  EXPECT_EQ(put(id, base::to_text(before)).status, 200) << "what was read can be sent back";
  EXPECT_EQ(bench_.user(id), before);
}

// [rule D7]
TEST_F(UsersContract, state_and_the_older_flag_may_come_together_as_long_as_they_agree) {
  struct Row {
    std::string_view state;
    bool suspended, agrees;
  };
  const auto id = enter("amy");
  int number = 0;
  for (const auto& row :
       {Row{"ACTIVATED", false, true}, Row{"ACTIVATED", true, false}, Row{"SUSPENDED", true, true},
        Row{"SUSPENDED", false, false}, Row{"STAGED", false, true}, Row{"STAGED", true, false}}) {
    const auto both = fmt::format(R"("state": "{}", "suspended": {})", row.state, row.suspended);
    const auto created = bench_.admin("POST", users, new_user(fmt::format("user{}", ++number), ", " + both));
    EXPECT_EQ(created.status, row.agrees ? 200 : 400) << both;
    if (row.agrees) {
      EXPECT_EQ(body_of(created).at("state"), base::Json(std::string(row.state))) << both;
      continue;
    }
    const auto message =
        fmt::format("Cannot save conflicting state and suspended fields. (state={} suspended={})", row.state,
                    row.suspended);
    EXPECT_EQ(base::string_or(body_of(created), "message", ""), message);
    const auto changed = put(id, "{" + both + "}");
    EXPECT_EQ(changed.status, 400) << both;
    EXPECT_EQ(base::string_or(body_of(changed), "message", ""), message);
  }
}

// [rule D3] [rule D7]
TEST_F(UsersContract, a_user_can_be_entered_as_suspended_by_either_field) {
  for (const auto* more : {R"(, "state": "SUSPENDED")", R"(, "suspended": true)"}) {
    const auto id = enter(fmt::format("user{}", std::string_view(more).size()), more);
    EXPECT_EQ(bench_.user(id).at("state"), base::Json("SUSPENDED"));
  }
}

// [rule D121] [rule D28] [rule D21]
TEST_F(UsersContract, a_taken_name_or_address_says_that_the_user_exists) {
  enter("amy");
  for (const auto* body : {R"({"username": "AMY", "email": "x@example.test"})",
                           R"({"username": "x", "email": "Amy@Example.Test"})"}) {
    const auto answer = bench_.admin("POST", users, body);
    EXPECT_EQ(answer.status, 409);
    EXPECT_EQ(body_of(answer),
              json(R"({"code": 409, "message": "User already exists", "status": "Conflict"})"));
  }
}

// [rule D121]: no document names the status.
TEST(UsersConflicts, the_status_of_a_conflict_can_be_400) {
  BenchOptions options;
  options.directory.conflict_status = 400;
  ServerBench bench(options);
  EXPECT_EQ(bench.admin("POST", users, new_user("amy")).status, 200);
  const auto answer = bench.admin("POST", users, new_user("amy"));
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(base::string_or(body_of(answer), "message", ""), "User already exists");
}

// [rule D10] [rule D21]
TEST_F(UsersContract, alternate_addresses_are_unique_in_any_letter_case) {
  const auto amy = enter("amy", R"(, "alternateEmail": "home@example.test")");
  EXPECT_EQ(bench_.admin("POST", users, new_user("bob", R"(, "alternateEmail": "HOME@example.test")")).status,
            409);
  EXPECT_EQ(put(amy, R"({"alternateEmail": ""})").status, 200);
  enter("bob", R"(, "alternateEmail": "HOME@example.test")");
  EXPECT_EQ(put(amy, R"({"alternateEmail": "no address"})").status, 400);
}

// [rule V2]: letter case tells accounts on devices apart.
TEST_F(UsersContract, Local_User_Accounts_are_unique_as_they_are_written) {
  enter("amy", R"(, "systemUsername": "lee")");
  EXPECT_EQ(bench_.admin("POST", users, new_user("bob", R"(, "systemUsername": "lee")")).status, 409);
  enter("bob", R"(, "systemUsername": "Lee")");
}

// [rule D30]
TEST(UsersNames, a_username_can_be_made_to_stay_as_it_is) {
  for (const bool may_change : {true, false}) {
    BenchOptions options;
    options.directory.usernames_change = may_change;
    ServerBench bench(options);
    const auto id = bench.provision("amy");
    EXPECT_EQ(bench.admin("PUT", users + "/" + id, R"({"username": "amy.lee"})").status,
              may_change ? 200 : 403);
    EXPECT_EQ(bench.admin("PUT", users + "/" + id, R"({"firstname": "Amy"})").status, 200);
  }
}

// Managers

// [rule D26]
TEST_F(UsersContract, a_manager_is_another_user) {
  const auto boss = enter("boss");
  const auto amy = enter("amy", fmt::format(R"(, "manager": "{}")", boss));
  EXPECT_EQ(manager_of(amy), boss);
  EXPECT_EQ(put(amy, fmt::format(R"({{"manager": "{}"}})", amy)).status, 400);
  EXPECT_EQ(put(amy, R"({"manager": "nobody"})").status, 400);
  EXPECT_EQ(bench_.admin("POST", users, new_user("bob", R"(, "manager": "nobody")")).status, 400);
  EXPECT_EQ(put(amy, R"({"manager": null})").status, 200);
  EXPECT_EQ(manager_of(amy), "none");
}

// [rule D26]
TEST_F(UsersContract, a_deleted_managers_reports_have_none_or_are_handed_on) {
  struct Row {
    std::string_view query;
    std::string_view manager;  ///< of the reports afterwards
  };
  int number = 0;
  for (const auto& row :
       {Row{"", "none"}, Row{"?cascade_manager=null", "none"}, Row{"?cascade_manager=automatic", "director"},
        Row{"?cascade_manager=%", "other"}}) {
    ++number;
    const auto name = [&](std::string_view of) { return fmt::format("{}{}", of, number); };
    const auto director = enter(name("director"));
    const auto other = enter(name("other"));
    const auto boss = enter(name("boss"), fmt::format(R"(, "manager": "{}")", director));
    const auto amy = enter(name("amy"), fmt::format(R"(, "manager": "{}")", boss));
    const auto bob = enter(name("bob"), fmt::format(R"(, "manager": "{}")", boss));
    auto query = std::string(row.query);
    if (const auto at = query.find('%'); at != std::string::npos) query.replace(at, 1, other);
    EXPECT_THAT(
        bench_.events_of([&] { EXPECT_EQ(bench_.admin("DELETE", users + "/" + boss + query).status, 200); }),
        ElementsAre("user_update", "user_update", "user_delete"))
        << row.query;
    for (const auto& report : {amy, bob}) {
      EXPECT_EQ(manager_of(report), row.manager == "director" ? director
                                    : row.manager == "other"  ? other
                                                              : "none")
          << row.query;
    }
  }
}

// [rule D26]
TEST_F(UsersContract, reports_are_not_handed_to_somebody_who_is_not_there) {
  const auto boss = enter("boss");
  const auto amy = enter("amy", fmt::format(R"(, "manager": "{}")", boss));
  for (const auto& to : {std::string("nobody"), boss}) {
    EXPECT_EQ(bench_.admin("DELETE", users + "/" + boss + "?cascade_manager=" + to).status, 400) << to;
  }
  EXPECT_EQ(manager_of(amy), boss);
  EXPECT_EQ(bench_.admin("DELETE", users + "/" + boss + "?cascade_manager=" + amy).status, 200);
  EXPECT_EQ(manager_of(amy), "none") << "nobody is their own manager";
}

// [rule D26] [rule R103]
TEST_F(UsersContract, what_was_a_deleted_users_own_is_gone_with_the_user) {
  const auto id = bench_.onboard("amy");
  const auto session = bench_.session_of("amy");
  bench_.portal("/reset-request", R"({"username": "amy"})");
  bench_.settle();
  const auto token = bench_.activation_token("amy@example.test");
  EXPECT_EQ(bench_.admin("DELETE", users + "/" + id).status, 200);
  EXPECT_FALSE(bench_.is_open(session));
  EXPECT_EQ(
      bench_.portal("/reset", fmt::format(R"({{"token": "{}", "password": "another horse battery"}})", token))
          .status,
      410);
  EXPECT_EQ(bench_.log_in("amy", "correct horse battery").status, 401);
  enter("amy");
}

// Activation

// [rule D9] [rule D10] [rule R143] [rule R108]
TEST_F(UsersContract, an_activation_welcomes_who_has_a_password_and_sends_a_link_to_who_has_none) {
  struct Row {
    bool password, alternate;
    std::string_view body;
    std::string_view kind, address;  ///< empty: no mail
  };
  int number = 0;
  for (const auto& row :
       {Row{false, false, "{}", "activation", "primary"}, Row{false, true, "{}", "activation", "alternate"},
        Row{true, false, "{}", "welcome", "primary"}, Row{true, true, "{}", "welcome", "primary"},
        Row{false, true, "", "activation", "alternate"},
        Row{false, true, R"({"email": true})", "activation", "alternate"},
        Row{false, true, R"({"email": false})", "", ""}, Row{true, false, R"({"email": false})", "", ""},
        Row{false, true, R"({"email": "other@example.test"})", "activation", "other"},
        Row{true, false, R"({"email": "other@example.test"})", "welcome", "other"}}) {
    const auto name = fmt::format("user{}", ++number);
    const auto alternate = name + "@home.test";
    auto more = std::string(R"(, "state": "STAGED")");
    if (row.password) more += R"(, "password": "correct horse battery")";
    if (row.alternate) more += fmt::format(R"(, "alternateEmail": "{}")", alternate);
    const auto id = enter(name, more);
    const auto other_before = mail_kinds("other@example.test").size();
    EXPECT_EQ(activate(id, std::string(row.body)), 204) << number;
    EXPECT_EQ(bench_.user(id).at("state"), base::Json("ACTIVATED"));
    const auto only = [&](std::string_view which) {
      return row.address == which ? std::vector<std::string>{std::string(row.kind)}
                                  : std::vector<std::string>{};
    };
    EXPECT_EQ(mail_kinds(name + "@example.test"), only("primary")) << number;
    EXPECT_EQ(mail_kinds(alternate), only("alternate")) << number;
    auto others = mail_kinds("other@example.test");
    others.erase(others.begin(), others.begin() + static_cast<std::ptrdiff_t>(other_before));
    EXPECT_EQ(others, only("other")) << number;
  }
}

// [rule D9]
TEST_F(UsersContract, an_activation_that_makes_no_sense_changes_nothing) {
  const auto id = enter("amy", R"(, "state": "STAGED")");
  for (const auto* body : {R"({"email": 5})", R"({"email": "nowhere"})", R"({"email": null})", "[]", "{"}) {
    EXPECT_EQ(activate(id, body), 400) << body;
  }
  EXPECT_EQ(bench_.user(id).at("state"), base::Json("STAGED"));
}

// [rule D10] [rule R143] [rule D8] [rule F69]
TEST_F(UsersContract, the_first_mail_goes_to_the_alternate_address) {
  enter("amy", R"(, "alternateEmail": "amy@home.test")");
  EXPECT_THAT(mail_kinds("amy@home.test"), ElementsAre("activation"));
  EXPECT_THAT(mail_kinds("amy@example.test"), IsEmpty());
  EXPECT_EQ(bench_.activate(bench_.activation_token("amy@home.test"), "correct horse battery").status, 204);
}

// [rule DI41]
TEST_F(UsersContract, an_activation_tells_of_the_mail_only_where_there_is_one) {
  const auto amy = enter("amy", R"(, "state": "STAGED")");
  const auto bob = enter("bob", R"(, "state": "STAGED", "password": "correct horse battery")");
  EXPECT_THAT(bench_.events_of([&] { activate(amy, R"({"email": false})"); }), ElementsAre("user_activated"));
  EXPECT_THAT(bench_.events_of([&] { activate(bob); }), ElementsAre("user_activated"));
}

// [rule R11]
TEST_F(UsersContract, mails_can_be_sent_to_a_selection_in_one_request) {
  std::string models;
  for (int i = 0; i < 20; ++i) {
    const auto id = enter(fmt::format("user{}", i), R"(, "state": "STAGED")");
    put(id, R"({"state": "ACTIVATED"})");
    models += fmt::format(R"({}{{"_id": "{}"}})", i == 0 ? "" : ", ", id);
  }
  models += R"(, {"_id": "nobody"})";
  const auto select = [&](std::string_view body) {
    return bench_.admin("POST", users + "/reactivate", std::string(body));
  };
  const auto answer = select(fmt::format(R"({{"isSelectAll": false, "models": [{}]}})", models));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(body_of(answer).at("sent"), base::Json(20));
  for (int i = 0; i < 20; ++i) {
    EXPECT_THAT(mail_kinds(fmt::format("user{}@example.test", i)), ElementsAre("activation"));
  }
  std::string many = R"({"_id": "x"})";
  for (int i = 0; i < 100; ++i) many += R"(, {"_id": "x"})";
  for (const auto& wrong : {std::string(R"({"isSelectAll": true, "models": []})"), std::string("{}"),
                            std::string(R"({"models": [{"_id": "nobody"}]})"),
                            std::string(R"({"models": 5})"), fmt::format(R"({{"models": [{}]}})", many)}) {
    EXPECT_EQ(select(wrong).status, 400) << wrong.substr(0, 60);
  }
}

// [rule D12] [rule R87] [rule D19]
TEST_F(UsersContract, a_device_shows_an_account_only_to_an_active_user_with_a_password) {
  const auto id = bench_.onboard("amy");
  const auto answer =
      bench_.ask("POST", "/agent/v1/register", {{"x-connect-key", bench_.keys.connect_key.reveal()}},
                 fmt::format(R"({{"hostname": "laptop", "os": "macos", "sealing_key": "{}"}})",
                             base::to_base64(std::string(32, 'k'))));
  const auto system = base::string_or(body_of(answer), "system_id", "");
  const auto key = base::string_or(body_of(answer), "agent_key", "");
  bench_.admin("POST", "/api/v2/systems/" + system + "/associations",
               fmt::format(R"({{"op": "add", "type": "user", "id": "{}"}})", id));
  const auto enabled = [&] {
    const auto state = body_of(bench_.ask("GET", "/agent/v1/state?revision=0", {{"x-system-key", key}}));
    return base::bool_member(state.at("accounts").at(0), "enabled").value_or(false);
  };
  EXPECT_TRUE(enabled());
  put(id, R"({"state": "SUSPENDED"})");
  EXPECT_FALSE(enabled());
  put(id, R"({"state": "ACTIVATED"})");
  EXPECT_TRUE(enabled());
  bench_.admin("POST", users + "/" + id + "/expire");
  EXPECT_FALSE(enabled());
}

}  // namespace users_contract_test
}  // namespace directory
