// What an agent on a device meets: registration, the long poll for the desired state, hand-offs of passwords
// and their erasure, password changes made on the device.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/server/device_fixture.h"

namespace directory {
namespace agent_contract_test {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr auto good = good_password;
constexpr auto better = better_password;

class AgentContract : public DeviceContract {};

// Registration

TEST_F(AgentContract, registration_needs_the_connect_key) {
  const auto body = fmt::format(R"({{"hostname": "laptop", "os": "windows", "sealing_key": "{}"}})",
                                base::to_base64(std::string(32, 'k')));
  for (const auto& fields :
       {ServerBench::Fields{}, bench_.admin_fields(), bench_.scim_fields(),
        ServerBench::Fields{{"x-connect-key", "wrong"}}, ServerBench::Fields{{"x-connect-key", ""}}}) {
    EXPECT_EQ(bench_.ask("POST", "/agent/v1/register", fields, body).status, 401);
  }
  EXPECT_EQ(body_of(bench_.admin("GET", "/api/systems")).at("totalCount"), base::Json(0));
}

TEST_F(AgentContract, registration_needs_a_name_a_known_system_and_a_key_to_seal_to) {
  const auto key = base::to_base64(std::string(32, 'k'));
  const auto body = [](std::string_view name, std::string_view os, std::string_view sealing_key) {
    return fmt::format(R"({{"hostname": "{}", "os": "{}", "sealing_key": "{}"}})", name, os, sealing_key);
  };
  for (const auto& wrong :
       {std::string(), std::string("{}"), std::string("[]"), body("", "macos", key),
        body(std::string(256, 'x'), "macos", key), body("laptop", "beos", key), body("laptop", "", key),
        body("laptop", "macos", ""), body("laptop", "macos", "not base64"),
        body("laptop", "macos", base::to_base64(std::string(31, 'k'))),
        body("laptop", "macos", base::to_base64(std::string(33, 'k')))}) {
    EXPECT_EQ(
        bench_.ask("POST", "/agent/v1/register", {{"x-connect-key", bench_.keys.connect_key.reveal()}}, wrong)
            .status,
        400)
        << wrong;
  }
}

TEST_F(AgentContract, each_registration_has_an_id_and_a_key_of_its_own) {
  const auto laptop = registered("laptop");
  const auto other = registered("laptop", 2);
  EXPECT_NE(laptop.id, other.id);
  EXPECT_NE(laptop.key, other.key);
  EXPECT_THAT(laptop.key, SizeIs(64));
}

// The answer was lost: the agent registers again with the key that it has made, and must not become two devices, of which
// an admin binds people to the one that nobody is.
TEST_F(AgentContract, who_registers_again_before_any_contact_is_the_same_device) {
  const auto lost = registered("laptop");
  const auto laptop = registered("laptop");
  EXPECT_EQ(laptop.id, lost.id);
  EXPECT_EQ(body_of(bench_.admin("GET", "/api/systems")).at("totalCount"), base::Json(1));
  EXPECT_EQ(bench_.ask("GET", state_path(0, 60), {{"x-system-key", lost.key}}).status, 401);
  EXPECT_EQ(bench_.ask("GET", state_path(0, 60), {{"x-system-key", laptop.key}}).status, 200);
}

// Whoever knows no more than a device's public key cannot take its record over.
TEST_F(AgentContract, a_device_that_has_been_in_contact_is_not_registered_over) {
  const auto laptop = registered("laptop");
  ASSERT_EQ(bench_.ask("GET", state_path(0, 60), {{"x-system-key", laptop.key}}).status, 200);
  EXPECT_NE(registered("laptop").id, laptop.id);
  EXPECT_EQ(bench_.ask("GET", state_path(1, 0), {{"x-system-key", laptop.key}}).status, 204);
}

TEST_F(AgentContract, a_device_is_known_by_its_own_key_alone) {
  auto device = registered("laptop");
  for (const auto& fields :
       {ServerBench::Fields{}, bench_.admin_fields(), ServerBench::Fields{{"x-system-key", ""}},
        ServerBench::Fields{{"x-system-key", device.id}},
        ServerBench::Fields{{"x-system-key", device.key + "0"}},
        ServerBench::Fields{{"x-connect-key", bench_.keys.connect_key.reveal()}},
        ServerBench::Fields{{"x-api-key", device.key}}}) {
    EXPECT_EQ(bench_.ask("GET", state_path(0, 60), fields).status, 401);
    EXPECT_EQ(bench_.ask("POST", "/agent/v1/report", fields, "{}").status, 401);
    EXPECT_EQ(bench_.ask("POST", "/agent/v1/password", fields, "{}").status, 401);
  }
}

// The desired state

// [rule V1] [rule V2] [rule V4] [rule V11]
TEST_F(AgentContract, a_bound_user_is_an_account_of_the_device_V1) {
  auto device = registered("laptop");
  const auto user = bench_.onboard("amy.lee");
  EXPECT_THAT(state(device).at("accounts").as_array(), IsEmpty());
  put(user, R"({"displayname": "Amy Lee"})");
  ASSERT_EQ(associate("add", device, user), 204);
  const auto shown = account(device);
  EXPECT_EQ(shown.at("user_id"), base::Json(user));
  EXPECT_EQ(shown.at("local_account"), base::Json("amy.lee"));
  EXPECT_EQ(shown.at("display_name"), base::Json("Amy Lee"));
  EXPECT_EQ(shown.at("enabled"), base::Json(true));
  EXPECT_EQ(shown.at("sudo"), base::Json(false));
}

// [rule V2] [rule D24] [rule V50]
TEST_F(AgentContract, the_local_user_account_comes_before_the_username_V2) {
  auto device = registered("laptop");
  const auto user = bench_.onboard("amy.lee");
  put(user, R"({"systemUsername": "amylee"})");
  associate("add", device, user);
  EXPECT_EQ(account(device).at("local_account"), base::Json("amylee"));
}

TEST_F(AgentContract, admin_rights_come_from_the_binding_V11) {
  auto device = registered("laptop");
  const auto user = bench_.onboard("amy.lee");
  associate("add", device, user, R"(, "attributes": {"sudo": {"enabled": true, "withoutPassword": false}})");
  EXPECT_EQ(account(device).at("sudo"), base::Json(true));
  associate("update", device, user,
            R"(, "attributes": {"sudo": {"enabled": false, "withoutPassword": false}})");
  EXPECT_EQ(account(device).at("sudo"), base::Json(false));
}

// [rule R2] [rule R42]
TEST_F(AgentContract, a_user_without_a_password_is_not_on_the_device_yet_V54) {
  auto device = registered("laptop");
  const auto user = bench_.provision("amy.lee");
  associate("add", device, user);
  EXPECT_THAT(state(device).at("accounts").as_array(), IsEmpty());
  bench_.settle();
  ASSERT_EQ(bench_.activate(bench_.activation_token("amy.lee@example.test"), good).status, 204);
  EXPECT_TRUE(has_handoff(device));
}

// [rule R20] [rule R21] [rule V20] [rule V22] [rule V32] [rule D16] [rule D17] [rule D19]
TEST_F(AgentContract, who_may_use_nothing_is_disabled_and_not_removed_R21) {
  auto device = registered("laptop");
  const auto user = bench_.onboard("amy.lee");
  associate("add", device, user);
  const auto enabled = [&] { return account(device).at("enabled") == base::Json(true); };
  ASSERT_TRUE(enabled());
  put(user, R"({"state": "SUSPENDED"})");
  EXPECT_FALSE(enabled());
  put(user, R"({"state": "ACTIVATED"})");
  EXPECT_TRUE(enabled());
  for (int i = 0; i < 6; ++i) bench_.log_in("amy.lee", "a wrong password");
  EXPECT_FALSE(enabled()) << "locked";
  bench_.admin("POST", "/api/systemusers/" + user + "/unlock");
  EXPECT_TRUE(enabled());
  bench_.admin("POST", "/api/systemusers/" + user + "/expire");
  EXPECT_FALSE(enabled()) << "expired";
}

// [rule V8] [rule D26] [rule R24]
TEST_F(AgentContract, who_is_unbound_or_deleted_is_no_account_any_more_V8) {
  auto device = registered("laptop");
  const auto amy = bench_.onboard("amy.lee");
  const auto bob = bench_.onboard("bob");
  associate("add", device, amy);
  associate("add", device, bob);
  ASSERT_THAT(state(device).at("accounts").as_array(), SizeIs(2));
  associate("remove", device, amy);
  EXPECT_EQ(account(device).at("user_id"), base::Json(bob));
  bench_.scim("DELETE", "/Users/" + bob);
  EXPECT_THAT(state(device).at("accounts").as_array(), IsEmpty());
}

// The long poll

TEST_F(AgentContract, a_poll_answers_at_once_where_the_revision_is_another_V6) {
  auto device = registered("laptop");
  const auto poll = bench_.send("GET", state_path(0, 60), fields_of(device));
  bench_.run_for(seconds{1});
  EXPECT_EQ(poll->status(), 200);
}

TEST_F(AgentContract, a_poll_answers_204_when_its_wait_is_over_V6) {
  auto device = registered("laptop");
  state(device);
  const auto sent = bench_.now();
  for (const auto& [wait, after] : {std::pair{0, 0}, {1, 1}, {60, 60}, {100'000, 300}, {-1, 0}}) {
    const auto begin = bench_.now();
    EXPECT_EQ(bench_.ask("GET", state_path(device.revision, wait), fields_of(device)).status, 204) << wait;
    EXPECT_GE(bench_.now() - begin, seconds{after}) << wait;
    EXPECT_LT(bench_.now() - begin, seconds{after} + milliseconds{500}) << wait;
  }
  EXPECT_GT(bench_.now(), sent);
}

// [rule R20]: instantly.
TEST_F(AgentContract, a_poll_answers_at_once_when_something_changes_V6) {
  auto device = registered("laptop");
  const auto user = bench_.onboard("amy.lee");
  const auto bound = [&] { associate("add", device, user); };
  const auto suspended = [&] { put(user, R"({"state": "SUSPENDED"})"); };
  const auto reactivated = [&] { put(user, R"({"state": "ACTIVATED"})"); };
  const auto renamed = [&] { put(user, R"({"displayname": "Amy Lee"})"); };
  const auto expired = [&] { bench_.admin("POST", "/api/systemusers/" + user + "/expire"); };
  for (int i = 0; i < 5; ++i) bench_.log_in("amy.lee", "a wrong password");
  const auto locked = [&] { bench_.log_in("amy.lee", "a wrong password"); };
  const auto unlocked = [&] { bench_.admin("POST", "/api/systemusers/" + user + "/unlock"); };
  const auto disabled = [&] {
    bench_.scim("PATCH", "/Users/" + user,
                R"({"Operations": [{"op": "Replace", "path": "active", "value": "False"}]})");
  };
  const auto unbound = [&] { associate("remove", device, user); };
  const std::vector<std::pair<std::string_view, std::function<void()>>> changes{
      {"bound", bound},      {"suspended", suspended},      {"reactivated", reactivated},
      {"renamed", renamed},  {"expired", expired},          {"locked", locked},
      {"unlocked", unlocked}, {"disabled by SCIM", disabled}, {"unbound", unbound}};
  for (const auto& [what, change] : changes) {
    state(device);
    const auto poll = bench_.send("GET", state_path(device.revision, 300), fields_of(device));
    bench_.run_for(seconds{20});
    ASSERT_FALSE(poll->result.has_value()) << what << ": nothing has changed yet";
    const auto before = bench_.now();
    change();
    bench_.run_for(seconds{1});
    EXPECT_EQ(poll->status(), 200) << what;
    EXPECT_LT(poll->concluded - before, milliseconds{500}) << what;
  }
}

TEST_F(AgentContract, a_password_that_is_set_wakes_the_devices_of_its_user_and_no_other) {
  auto laptop = registered("laptop");
  auto tablet = registered("tablet", 2);
  auto stranger = registered("stranger", 3);
  const auto user = bench_.onboard("amy.lee");
  associate("add", laptop, user);
  associate("add", tablet, user);
  std::vector<std::shared_ptr<Pending>> polls;
  for (auto* device : {&laptop, &tablet, &stranger}) {
    state(*device);
    polls.push_back(bench_.send("GET", state_path(device->revision, 300), fields_of(*device)));
  }
  bench_.run_for(seconds{10});
  const auto session = bench_.session_of("amy.lee");
  ASSERT_EQ(
      bench_
          .portal("/password", fmt::format(R"({{"old_password": "{}", "new_password": "{}"}})", good, better),
                  session)
          .status,
      204);
  bench_.run_for(seconds{1});
  EXPECT_EQ(polls[0]->status(), 200);
  EXPECT_EQ(polls[1]->status(), 200);
  EXPECT_FALSE(polls[2]->result.has_value());
}

// A refused change must not wake anybody, and one that is rolled back must not show.
TEST_F(AgentContract, a_refused_change_leaves_the_revision_as_it_was) {
  auto device = registered("laptop");
  const auto user = bench_.onboard("amy.lee");
  associate("add", device, user);
  state(device);
  const auto poll = bench_.send("GET", state_path(device.revision, 60), fields_of(device));
  bench_.run_for(seconds{1});
  bench_.admin("PUT", "/api/systemusers/" + user, R"({"displayname": "x", "state": "STAGED"})");
  bench_.log_in("amy.lee", "a wrong password");
  bench_.run_for(seconds{30});
  EXPECT_FALSE(poll->result.has_value());
  bench_.run_for(seconds{60});
  EXPECT_EQ(poll->status(), 204);
}

TEST_F(AgentContract, a_poll_survives_no_restart_and_the_next_one_knows_everything) {
  auto device = registered("laptop");
  const auto user = bench_.onboard("amy.lee");
  associate("add", device, user);
  const auto before = state(device);
  const auto poll = bench_.send("GET", state_path(device.revision, 300), fields_of(device));
  bench_.run_for(seconds{10});
  bench_.restart_directory();
  bench_.run_for(seconds{1});
  ASSERT_TRUE(poll->result.has_value());
  EXPECT_FALSE(poll->result->has_value()) << "the connection is gone";
  EXPECT_EQ(state(device), before);
}

// Hand-offs

// [rule R13] [rule R15] [rule R66]
TEST_F(AgentContract, a_hand_off_is_a_verifier_that_only_this_device_can_open_R15) {
  auto device = registered("laptop");
  auto other = registered("tablet", 2);
  const auto user = bench_.onboard("amy.lee");
  associate("add", device, user);
  associate("add", other, user);
  const auto verifier = opened(device, user);
  EXPECT_TRUE(base::verify_password(base::Secret(std::string(good)), verifier)) << verifier;
  EXPECT_THAT(base::to_text(state(device)), Not(HasSubstr(good)));
  std::swap(device.sealing, other.sealing);
  EXPECT_EQ(opened(device, user), "");
}

TEST_F(AgentContract, a_hand_off_is_erased_once_it_is_reported) {
  auto device = registered("laptop");
  const auto user = bench_.onboard("amy.lee");
  associate("add", device, user);
  const auto id = handoff_id(device);
  ASSERT_THAT(id, Not(IsEmpty()));
  EXPECT_TRUE(has_handoff(device)) << "reading alone must not erase it";
  EXPECT_EQ(report(device, id), 204);
  EXPECT_FALSE(has_handoff(device));
  EXPECT_EQ(report(device, id), 204) << "a repeated report is no error";
}

TEST_F(AgentContract, a_newer_hand_off_stays_when_the_older_one_is_reported) {
  auto device = registered("laptop");
  const auto user = bench_.onboard("amy.lee");
  associate("add", device, user);
  const auto older = handoff_id(device);
  const auto session = bench_.session_of("amy.lee");
  bench_.portal("/password", fmt::format(R"({{"old_password": "{}", "new_password": "{}"}})", good, better),
                session);
  EXPECT_EQ(report(device, older), 204);
  EXPECT_NE(handoff_id(device), older);
  EXPECT_TRUE(base::verify_password(base::Secret(std::string(better)), opened(device, user)));
}

TEST_F(AgentContract, no_device_erases_the_hand_off_of_another) {
  auto device = registered("laptop");
  const auto other = registered("tablet", 2);
  const auto user = bench_.onboard("amy.lee");
  associate("add", device, user);
  EXPECT_EQ(report(other, handoff_id(device)), 204);
  EXPECT_TRUE(has_handoff(device));
}

TEST_F(AgentContract, a_report_of_nonsense_does_no_harm) {
  auto device = registered("laptop");
  for (const auto* body : {"{}", R"({"handoffs_done": null})", R"({"handoffs_done": [5, null, {}, "x"]})",
                           R"({"handoffs_done": "x"})"}) {
    EXPECT_EQ(bench_.ask("POST", "/agent/v1/report", fields_of(device), body).status, 204) << body;
  }
  for (const auto* body : {"", "[]", "{"})
    EXPECT_EQ(bench_.ask("POST", "/agent/v1/report", fields_of(device), body).status, 400) << body;
}

// [rule V7]: whoever was off for long finds the newest password alone.
TEST_F(AgentContract, only_the_newest_password_waits_for_a_device) {
  auto device = registered("laptop");
  const auto user = bench_.onboard("amy.lee");
  associate("add", device, user);
  std::string password(good);
  for (int i = 0; i < 3; ++i) {
    const auto next = fmt::format("horse battery number {}", i);
    const auto session = bench_.session_of("amy.lee", password);
    ASSERT_EQ(
        bench_
            .portal("/password",
                    fmt::format(R"({{"old_password": "{}", "new_password": "{}"}})", password, next), session)
            .status,
        204);
    password = next;
  }
  EXPECT_TRUE(base::verify_password(base::Secret(password), opened(device, user)));
}

// Changing the password on the device

// [rule R16] [rule V61] [rule V66]
TEST_F(AgentContract, a_password_changed_on_the_device_counts_everywhere_R16) {
  auto device = registered("laptop");
  auto tablet = registered("tablet", 2);
  const auto user = bench_.onboard("amy.lee");
  associate("add", device, user);
  associate("add", tablet, user);
  const auto session = bench_.session_of("amy.lee");
  const auto answer = change_password(device, user, good, better);
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(bench_.log_in("amy.lee", better).status, 200);
  EXPECT_EQ(bench_.log_in("amy.lee", good).status, 401);
  EXPECT_FALSE(bench_.is_open(session));
  EXPECT_TRUE(base::verify_password(base::Secret(std::string(better)), opened(tablet, user)));
  EXPECT_EQ(account(device).at("handoff").at("password_set"), body_of(answer).at("password_set"))
      << "the device must know it for its own";
}

TEST_F(AgentContract, a_device_cannot_change_the_password_of_a_stranger) {
  auto device = registered("laptop");
  const auto user = bench_.onboard("amy.lee");
  EXPECT_EQ(change_password(device, user, good, better).status, 404);
  EXPECT_EQ(change_password(device, "nobody", good, better).status, 404);
  associate("add", device, user);
  associate("remove", device, user);
  EXPECT_EQ(change_password(device, user, good, better).status, 404);
  EXPECT_EQ(bench_.log_in("amy.lee", good).status, 200);
}

// [rule D111] [rule D18]
TEST_F(AgentContract, a_refused_change_on_the_device_changes_nothing) {
  auto device = registered("laptop");
  const auto user = bench_.onboard("amy.lee");
  associate("add", device, user);
  EXPECT_EQ(change_password(device, user, "a wrong password", better).status, 403);
  EXPECT_EQ(change_password(device, user, good, "too short").status, 400);
  EXPECT_EQ(change_password(device, user, "", "").status, 403);
  EXPECT_EQ(bench_.log_in("amy.lee", good).status, 200);
  put(user, R"({"state": "SUSPENDED"})");
  EXPECT_EQ(change_password(device, user, good, better).status, 403);
  put(user, R"({"state": "ACTIVATED"})");
  EXPECT_EQ(bench_.log_in("amy.lee", good).status, 200);
}

// [rule V34]
TEST_F(AgentContract, failures_on_devices_and_in_the_portal_add_up_D112) {
  auto device = registered("laptop");
  auto tablet = registered("tablet", 2);
  const auto user = bench_.onboard("amy.lee");
  associate("add", device, user);
  associate("add", tablet, user);
  for (int i = 0; i < 2; ++i) {
    bench_.log_in("amy.lee", "a wrong password");
    EXPECT_EQ(change_password(device, user, "a wrong password", better).status, 403);
    EXPECT_EQ(change_password(tablet, user, "a wrong password", better).status, 403);
  }
  EXPECT_EQ(change_password(device, user, good, better).status, 423);
  EXPECT_EQ(bench_.log_in("amy.lee", good).status, 423);
}

}  // namespace agent_contract_test
}  // namespace directory
