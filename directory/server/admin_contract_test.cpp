// The administrator's API: users and their states, bindings, lists. Each state is tried with each change,
// since a user who could be put back to STAGED, or unlocked while suspended, would be a way in.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/server_test_fixture.h"
#include "directory/users/user.h"

namespace directory {
namespace admin_contract_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

std::string new_user(std::string_view username, std::string_view more = "") {
  return fmt::format(R"({{"username": "{0}", "email": "{0}@example.test"{1}}})", username, more);
}

class AdminContract : public ::testing::Test {
 protected:
  /// Enters a user by hand; its id.
  std::string enter(std::string_view username, std::string_view more = "") {
    const auto answer = bench_.admin("POST", users, new_user(username, more));
    EXPECT_EQ(answer.status, 200) << answer.body;
    return base::string_or(body_of(answer), "_id", "");
  }
  base::HttpResponse put(const std::string& id, std::string body) {
    return bench_.admin("PUT", of(id), std::move(body));
  }
  base::HttpResponse post(const std::string& id, std::string_view what) {
    return bench_.admin("POST", of(id) + "/" + std::string(what));
  }
  std::string state_of(const std::string& id) { return base::string_or(bench_.user(id), "state", ""); }
  static std::string of(const std::string& id) { return users + "/" + id; }

  /// Registers a device; its id.
  std::string register_device(std::string_view hostname) {
    const auto answer =
        bench_.ask("POST", "/agent/v1/register", {{"x-connect-key", bench_.keys.connect_key.reveal()}},
                   fmt::format(R"({{"hostname": "{}", "os": "macos", "sealing_key": "{}"}})", hostname,
                               base::to_base64(std::string(32, 'k'))));
    EXPECT_EQ(answer.status, 201) << answer.body;
    return base::string_or(body_of(answer), "system_id", "");
  }
  int associate(std::string_view op, const std::string& system, const std::string& user,
                std::string_view more = "") {
    return bench_
        .admin("POST", "/api/v2/systems/" + system + "/associations",
               fmt::format(R"({{"op": "{}", "type": "user", "id": "{}"{}}})", op, user, more))
        .status;
  }
  std::vector<std::string> bound_to(const std::string& system) {
    std::vector<std::string> ids;
    const auto answer = body_of(bench_.admin("GET", "/api/v2/systems/" + system + "/users"));
    for (const auto& user : answer.as_array()) ids.push_back(base::string_or(user, "id", ""));
    return ids;
  }

  static inline const std::string users = "/api/systemusers";
  ServerBench bench_;
};

/// An error in the form of the API. [rule D28]
void expect_error(const base::HttpResponse& response, int status) {
  EXPECT_EQ(response.status, status) << response.body;
  const auto body = body_of(response);
  EXPECT_EQ(base::integer_member(body, "code"), status);
  EXPECT_THAT(base::string_or(body, "message", ""), Not(IsEmpty()));
  EXPECT_THAT(base::string_or(body, "status", ""), Not(IsEmpty()));
}

// Who may ask

// [rule D1]
TEST_F(AdminContract, every_address_needs_the_key_of_an_admin) {
  const std::vector<std::pair<std::string, std::string>> endpoints{
      {"GET", users},
      {"POST", users},
      {"GET", of("1")},
      {"PUT", of("1")},
      {"DELETE", of("1")},
      {"POST", of("1") + "/state/activate"},
      {"POST", of("1") + "/unlock"},
      {"POST", of("1") + "/expire"},
      {"GET", "/api/systems"},
      {"POST", "/api/v2/systems/1/associations"},
      {"GET", "/api/v2/systems/1/users"},
      {"POST", "/insights/directory/v1/events"},
  };
  const std::vector<ServerBench::Fields> wrong{
      {},
      {{"x-api-key", ""}},
      {{"x-api-key", "key-of-the-first-administrato"}},
      {{"x-api-key", bench_.keys.scim_token.reveal()}},
      {{"x-connect-key", bench_.keys.connect_key.reveal()}},
      {{"Authorization", "Bearer " + bench_.keys.scim_token.reveal()}}};
  for (const auto& [method, target] : endpoints) {
    for (const auto& fields : wrong)
      expect_error(bench_.ask(method, target, fields, new_user("amy.lee")), 401);
  }
  EXPECT_EQ(body_of(bench_.admin("GET", users)).at("totalCount"), base::Json(0));
}

// Users

// [rule D2] [rule D8] [rule D22] [rule D31]
TEST_F(AdminContract, a_user_is_entered_with_username_and_email) {
  const auto id = enter("amy.lee", R"(, "firstname": "Amy", "jobTitle": "Clerk")");
  const auto user = bench_.user(id);
  EXPECT_EQ(user.at("username"), base::Json("amy.lee"));
  EXPECT_EQ(user.at("email"), base::Json("amy.lee@example.test"));
  EXPECT_EQ(user.at("firstname"), base::Json("Amy"));
  EXPECT_EQ(user.at("jobTitle"), base::Json("Clerk"));
  EXPECT_EQ(user.at("activated"), base::Json(false));
  EXPECT_EQ(user.at("account_locked"), base::Json(false));
  EXPECT_EQ(user.at("password_expired"), base::Json(false));
  EXPECT_EQ(user.at("creationSource"), base::Json("jumpcloud:manual"));
  EXPECT_TRUE(base::parse_rfc3339(base::string_or(user, "created", "")).has_value());
}

TEST_F(AdminContract, without_username_or_email_nobody_is_entered_D2) {
  for (const auto* body : {"{}", R"({"username": "amy.lee"})", R"({"email": "amy.lee@example.test"})",
                           R"({"username": "amy.lee", "email": ""})",
                           R"({"username": "amy.lee@example.test", "email": "amy.lee@example.test"})",
                           R"({"username": 5, "email": "a@b.c"})", R"({"username": "amy", "email": null})",
                           R"({"username": "amy", "email": "a@b.c", "firstname": 5})", "", "[]", "{"}) {
    expect_error(bench_.admin("POST", users, body), 400);
  }
  EXPECT_EQ(body_of(bench_.admin("GET", users)).at("totalCount"), base::Json(0));
}

// [rule D21] [rule V2] [rule D20]
TEST_F(AdminContract, what_is_unique_is_taken_once) {
  enter("amy.lee", R"(, "systemUsername": "amy", "employeeIdentifier": "A-7")");
  const auto id = enter("bob");
  for (const auto* body : {R"({"username": "AMY.lee", "email": "x@example.test"})",
                           R"({"username": "x", "email": "AMY.LEE@example.test"})",
                           R"({"username": "x", "email": "x@example.test", "systemUsername": "amy"})",
                           R"({"username": "x", "email": "x@example.test", "employeeIdentifier": "A-7"})"}) {
    expect_error(bench_.admin("POST", users, body), 409);
    expect_error(put(id, body), 409);
  }
  EXPECT_EQ(bench_.user(id).at("username"), base::Json("bob"));
}

// [rule D24] [rule V50]
TEST_F(AdminContract, put_changes_what_it_names_and_leaves_the_rest) {
  const auto id = enter("amy.lee", R"(, "firstname": "Amy", "department": "Sales")");
  const auto answer =
      put(id, R"({"systemUsername": "amylee", "department": null, "company": "", "lastname": "Lee"})");
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto user = bench_.user(id);
  EXPECT_EQ(body_of(answer), user);
  EXPECT_EQ(user.at("systemUsername"), base::Json("amylee"));
  EXPECT_EQ(user.at("firstname"), base::Json("Amy"));
  EXPECT_EQ(user.at("lastname"), base::Json("Lee"));
  EXPECT_EQ(base::member(user, "department"), nullptr);
  EXPECT_EQ(base::member(user, "company"), nullptr);
}

// [rule D26]
TEST_F(AdminContract, a_deleted_user_is_gone) {
  const auto id = enter("amy.lee");
  EXPECT_EQ(bench_.admin("DELETE", of(id)).status, 200);
  for (const auto* method : {"GET", "PUT", "DELETE"}) expect_error(bench_.admin(method, of(id), "{}"), 404);
  for (const auto* what : {"state/activate", "unlock", "expire"}) expect_error(post(id, what), 404);
}

TEST_F(AdminContract, lists_are_paged_by_ten_D27) {
  for (int i = 0; i < 12; ++i) enter(fmt::format("user{:02}", i));
  const auto names = [&](std::string_view query) {
    std::vector<std::string> out;
    const auto body = body_of(bench_.admin("GET", users + std::string(query)));
    EXPECT_EQ(body.at("totalCount"), base::Json(12)) << query;
    for (const auto& user : body.at("results").as_array())
      out.push_back(base::string_or(user, "username", ""));
    return out;
  };
  EXPECT_THAT(names(""), SizeIs(10));
  EXPECT_THAT(names("?limit=12"), SizeIs(12));
  EXPECT_THAT(names("?limit=2&skip=3"), ElementsAre("user03", "user04"));
  EXPECT_THAT(names("?skip=11"), ElementsAre("user11"));
  EXPECT_THAT(names("?skip=12"), IsEmpty());
  EXPECT_THAT(names("?limit=0"), IsEmpty());
}

TEST_F(AdminContract, a_filter_names_field_operator_and_value_D27) {
  enter("amy.lee", R"(, "employeeIdentifier": "A-7")");
  enter("bob");
  for (const auto* filter :
       {"username:$eq:amy.lee", "email:$eq:amy.lee@example.test", "employeeIdentifier:$eq:A-7"}) {
    const auto body = body_of(bench_.admin("GET", users + "?filter=" + base::percent_encode(filter)));
    ASSERT_EQ(body.at("totalCount"), base::Json(1)) << filter;
    EXPECT_EQ(body.at("results").at(0).at("username"), base::Json("amy.lee")) << filter;
  }
  EXPECT_EQ(body_of(bench_.admin("GET", users + "?filter=username:$eq:nobody")).at("totalCount"),
            base::Json(0));
  for (const auto* filter : {"", "username", "username:amy.lee"}) {
    expect_error(bench_.admin("GET", users + "?filter=" + base::percent_encode(filter)), 400);
  }
}

// States

TEST_F(AdminContract, a_state_is_one_of_three_D3) {
  EXPECT_EQ(state_of(enter("amy", R"(, "state": "STAGED")")), "STAGED");
  EXPECT_EQ(state_of(enter("bob", R"(, "state": "SUSPENDED")")), "SUSPENDED");
  const auto id = enter("cleo");
  for (const auto* state : {"", "staged", "ACTIVE", "DELETED"}) {
    expect_error(bench_.admin("POST", users, new_user("dan", fmt::format(R"(, "state": "{}")", state))), 400);
    expect_error(put(id, fmt::format(R"({{"state": "{}"}})", state)), 400);
  }
}

// [rule D3] [rule D9] [rule D18]: every state with every change.
TEST_F(AdminContract, states_change_as_they_may_and_never_back_to_STAGED) {
  struct Row {
    std::string_view from, change;
    int status;
    std::string_view to;
  };
  int number = 0;
  for (const auto& row :
       {Row{"STAGED", "ACTIVATED", 200, "ACTIVATED"}, Row{"STAGED", "SUSPENDED", 200, "SUSPENDED"},
        Row{"STAGED", "STAGED", 400, "STAGED"}, Row{"STAGED", "activate", 204, "ACTIVATED"},
        Row{"ACTIVATED", "ACTIVATED", 200, "ACTIVATED"}, Row{"ACTIVATED", "SUSPENDED", 200, "SUSPENDED"},
        Row{"ACTIVATED", "STAGED", 400, "ACTIVATED"}, Row{"ACTIVATED", "activate", 204, "ACTIVATED"},
        Row{"SUSPENDED", "ACTIVATED", 200, "ACTIVATED"}, Row{"SUSPENDED", "SUSPENDED", 200, "SUSPENDED"},
        Row{"SUSPENDED", "STAGED", 400, "SUSPENDED"}, Row{"SUSPENDED", "activate", 403, "SUSPENDED"}}) {
    const auto id = enter(fmt::format("user{}", ++number), fmt::format(R"(, "state": "{}")", row.from));
    const auto answer = row.change == "activate"
                            ? post(id, "state/activate")
                            : put(id, fmt::format(R"({{"state": "{}", "jobTitle": "x"}})", row.change));
    EXPECT_EQ(answer.status, row.status) << row.from << " " << row.change;
    EXPECT_EQ(state_of(id), row.to) << row.from << " " << row.change;
    const bool refused = answer.status >= 400;
    EXPECT_EQ(base::member(bench_.user(id), "jobTitle") != nullptr, !refused && row.change != "activate")
        << row.from << " " << row.change;
  }
}

// [rule D7]
TEST_F(AdminContract, the_old_flag_agrees_with_the_state) {
  const auto id = enter("amy.lee");
  EXPECT_EQ(bench_.user(id).at("suspended"), base::Json(false));
  put(id, R"({"state": "SUSPENDED"})");
  EXPECT_EQ(bench_.user(id).at("suspended"), base::Json(true));
}

// [rule D9] [rule R11]
TEST_F(AdminContract, activation_sends_the_mail_and_again_when_it_is_asked_for_again) {
  const auto id = enter("amy.lee", R"(, "state": "STAGED")");
  bench_.settle();
  EXPECT_THAT(bench_.mails_to("amy.lee@example.test"), IsEmpty());
  for (std::size_t times = 1; times <= 2; ++times) {
    EXPECT_EQ(post(id, "state/activate").status, 204);
    bench_.settle();
    EXPECT_THAT(bench_.mails_to("amy.lee@example.test"), SizeIs(times));
  }
}

// [rule R19] [rule R101] [rule D12]
TEST_F(AdminContract, suspension_ends_sessions_and_keeps_the_password_R20) {
  const auto id = bench_.onboard("amy.lee");
  const auto session = bench_.session_of("amy.lee");
  ASSERT_EQ(put(id, R"({"state": "SUSPENDED"})").status, 200);
  EXPECT_FALSE(bench_.is_open(session));
  EXPECT_EQ(bench_.log_in("amy.lee", "correct horse battery").status, 401);
  ASSERT_EQ(put(id, R"({"state": "ACTIVATED"})").status, 200);
  EXPECT_FALSE(bench_.is_open(session)) << "a session must not come back to life";
  EXPECT_EQ(bench_.log_in("amy.lee", "correct horse battery").status, 200);
}

// [rule D14] [rule D16] [rule D25]
TEST_F(AdminContract, an_expired_password_closes_the_portal) {
  const auto id = bench_.onboard("amy.lee");
  const auto answer = post(id, "expire");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(body_of(answer).at("password_expired"), base::Json(true));
  EXPECT_EQ(bench_.log_in("amy.lee", "correct horse battery").status, 403);
}

// [rule D25]
TEST_F(AdminContract, an_unlock_does_not_clear_expiry_D15) {
  const auto id = bench_.onboard("amy.lee");
  post(id, "expire");
  for (int i = 0; i < 6; ++i) bench_.log_in("amy.lee", "a wrong password");
  EXPECT_EQ(bench_.user(id).at("account_locked"), base::Json(true));
  EXPECT_EQ(bench_.user(id).at("password_expired"), base::Json(true)) << "both may hold";  // [rule D14]
  EXPECT_EQ(post(id, "unlock").status, 200);
  EXPECT_EQ(bench_.user(id).at("account_locked"), base::Json(false));
  EXPECT_EQ(bench_.user(id).at("password_expired"), base::Json(true));
}

TEST_F(AdminContract, a_suspended_user_is_not_unlocked_D18) {
  const auto id = bench_.onboard("amy.lee");
  for (int i = 0; i < 6; ++i) bench_.log_in("amy.lee", "a wrong password");
  put(id, R"({"state": "SUSPENDED"})");
  expect_error(post(id, "unlock"), 403);
  EXPECT_EQ(bench_.user(id).at("account_locked"), base::Json(true));
}

// Bindings

// [rule D60] [rule V1]
TEST_F(AdminContract, a_user_is_bound_and_unbound_with_204) {
  const auto user = enter("amy.lee");
  const auto system = register_device("laptop");
  EXPECT_EQ(associate("add", system, user), 204);
  EXPECT_THAT(bound_to(system), ElementsAre(user));
  EXPECT_EQ(associate("update", system, user,
                      R"(, "attributes": {"sudo": {"enabled": true, "withoutPassword": false}})"),
            204);
  EXPECT_THAT(bound_to(system), SizeIs(1));
  EXPECT_EQ(associate("remove", system, user), 204);
  EXPECT_THAT(bound_to(system), IsEmpty());
}

TEST_F(AdminContract, a_binding_needs_both_ends_and_a_known_operation_D60) {
  const auto user = enter("amy.lee");
  const auto system = register_device("laptop");
  EXPECT_EQ(associate("add", "nowhere", user), 404);
  EXPECT_EQ(associate("add", system, "nobody"), 404);
  EXPECT_EQ(associate("remove", system, user), 404);
  EXPECT_EQ(associate("bind", system, user), 400);
  EXPECT_EQ(bench_
                .admin("POST", "/api/v2/systems/" + system + "/associations",
                       fmt::format(R"({{"op": "add", "type": "group", "id": "{}"}})", user))
                .status,
            400);
  EXPECT_THAT(bound_to(system), IsEmpty());
}

// [rule D26] [rule R24]
TEST_F(AdminContract, a_deleted_user_is_bound_to_nothing) {
  const auto user = enter("amy.lee");
  const auto system = register_device("laptop");
  associate("add", system, user);
  bench_.admin("DELETE", of(user));
  EXPECT_THAT(bound_to(system), IsEmpty());
}

// [rule D123]
TEST_F(AdminContract, systems_are_listed) {
  const auto laptop = register_device("laptop");
  const auto desktop = register_device("desktop");
  const auto body = body_of(bench_.admin("GET", "/api/systems"));
  EXPECT_EQ(body.at("totalCount"), base::Json(2));
  EXPECT_EQ(body.at("results").at(0).at("_id"), base::Json(laptop));
  EXPECT_EQ(body.at("results").at(1).at("_id"), base::Json(desktop));
  EXPECT_EQ(body.at("results").at(0).at("hostname"), base::Json("laptop"));
  EXPECT_EQ(body.at("results").at(0).at("os"), base::Json("Mac OS X"));
  EXPECT_TRUE(base::parse_rfc3339(base::string_or(body.at("results").at(0), "lastContact", "")).has_value());
}

TEST_F(AdminContract, what_is_not_there_is_404_and_what_is_not_allowed_405) {
  expect_error(bench_.admin("GET", "/"), 404);
  expect_error(bench_.admin("GET", "/api/systemuser"), 404);
  const auto answer = bench_.admin("PATCH", users);
  expect_error(answer, 405);
  EXPECT_EQ(header_of(answer, "Allow"), "GET, POST");
  expect_error(bench_.admin("GET", "/api/%zz"), 400);
}

}  // namespace admin_contract_test
}  // namespace directory
