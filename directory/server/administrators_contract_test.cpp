// Administrators and their keys as the API shows them: who may appoint whom, that somebody with billing
// always remains, and that a key dies with what it depends on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/server_test_fixture.h"

namespace directory {
namespace administrators_contract_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr std::string_view first_email = "administrator@example.test";

class AdministratorsContract : public ::testing::Test {
 protected:
  base::HttpResponse post(std::string body) { return bench_.admin("POST", users, std::move(body)); }
  base::HttpResponse put(const std::string& id, std::string body) {
    return bench_.admin("PUT", users + "/" + id, std::move(body));
  }
  base::HttpResponse remove(const std::string& id) { return bench_.admin("DELETE", users + "/" + id); }
  base::Json read(const std::string& id) { return body_of(bench_.admin("GET", users + "/" + id)); }
  /// The status that a key gets from a route which every role may use.
  int try_key(const std::string& key) {
    return bench_.ask("GET", users, ServerBench::key_fields(key)).status;
  }

  static inline const std::string users = "/api/users";
  ServerBench bench_;
};

// [rule D1]
TEST_F(AdministratorsContract, a_fresh_directory_has_one_with_billing) {
  const auto body = body_of(bench_.admin("GET", users));
  EXPECT_EQ(body.at("totalCount"), base::Json(1));
  ASSERT_THAT(body.at("results").as_array(), SizeIs(1));
  const auto self = read("getSelf");
  EXPECT_EQ(body.at("results").at(0), self);
  EXPECT_EQ(self.at("email"), base::json_text(first_email));
  EXPECT_EQ(self.at("roleName"), base::Json("Administrator With Billing"));
  EXPECT_EQ(self.at("suspended"), base::Json(false));
  EXPECT_EQ(self.at("apiKeySet"), base::Json(true));
  EXPECT_EQ(self.at("organization"), base::Json("5f0000000000000000000001"));
}

// [rule DI53]
TEST_F(AdministratorsContract, one_is_created_changed_and_deleted_with_an_event_each) {
  std::string id;
  EXPECT_THAT(bench_.events_of([&] {
    const auto created =
        post(R"({"email": "ops@example.test", "roleName": "Help Desk", "firstname": "Olga"})");
    EXPECT_EQ(created.status, 200) << created.body;
    id = base::string_or(body_of(created), "_id", "");
    EXPECT_EQ(body_of(created).at("apiKeySet"), base::Json(false));
  }),
              ElementsAre("admin_create"));
  EXPECT_THAT(id, SizeIs(24));
  EXPECT_THAT(bench_.events_of([&] {
    EXPECT_EQ(put(id, R"({"roleName": "Manager", "lastname": "Petrov"})").status, 200);
  }),
              ElementsAre("admin_update"));
  const auto update = bench_.events().back();
  EXPECT_EQ(update.at("resource"),
            json(fmt::format(R"({{"type": "admin", "id": "{}", "email": "ops@example.test"}})", id)));
  EXPECT_EQ(update.at("changes"), json(R"([{"field": "lastname", "from": "", "to": "Petrov"},
                                           {"field": "roleName", "from": "Help Desk", "to": "Manager"}])"));
  EXPECT_EQ(read(id).at("firstname"), base::Json("Olga"));
  EXPECT_EQ(read(id).at("roleName"), base::Json("Manager"));
  EXPECT_THAT(bench_.events_of([&] { EXPECT_EQ(put(id, R"({"roleName": "Manager"})").status, 200); }),
              IsEmpty());
  EXPECT_THAT(bench_.events_of([&] { EXPECT_EQ(remove(id).status, 200); }), ElementsAre("admin_delete"));
  EXPECT_EQ(bench_.admin("GET", users + "/" + id).status, 404);
  EXPECT_EQ(put(id, "{}").status, 404);
  EXPECT_EQ(remove(id).status, 404);
}

// [rule D28]
TEST_F(AdministratorsContract, what_makes_no_sense_is_refused_without_an_event) {
  const auto other = bench_.colleague("ops@example.test", "Manager");
  EXPECT_THAT(bench_.events_of([&] {
    for (const auto* body :
         {"", "[]", "{}", R"({"email": "a@b.c"})", R"({"roleName": "Manager"})",
          R"({"email": "a@b.c", "roleName": "manager"})", R"({"email": "a@b.c", "roleName": 5})",
          R"({"email": "nobody", "roleName": "Manager"})", R"({"email": 5, "roleName": "Manager"})",
          R"({"email": "a@b.c", "roleName": "Manager", "suspended": "yes"})"}) {
      EXPECT_EQ(post(body).status, 400) << body;
    }
    EXPECT_EQ(
        post(fmt::format(R"({{"email": "{}@b.c", "roleName": "Manager"}})", std::string(1'100, 'x'))).status,
        400);
    EXPECT_EQ(post(R"({"email": "OPS@example.test", "roleName": "Manager"})").status, 409);
    EXPECT_EQ(put(other.id, R"({"email": "administrator@EXAMPLE.test"})").status, 409);
    EXPECT_EQ(put(other.id, R"({"roleName": "Emperor"})").status, 400);
  }),
              IsEmpty());
}

// The vendor: an account always has somebody with billing.
TEST_F(AdministratorsContract, the_last_one_with_billing_stays) {
  EXPECT_EQ(remove("getSelf").status, 409);
  EXPECT_EQ(put("getSelf", R"({"suspended": true})").status, 409);
  EXPECT_EQ(put("getSelf", R"({"roleName": "Administrator"})").status, 409);
  const auto second = bench_.colleague("second@example.test", "Administrator With Billing");
  EXPECT_EQ(put(second.id, R"({"suspended": true})").status, 200);
  EXPECT_EQ(remove("getSelf").status, 409) << "one who is deactivated does not count";
  EXPECT_EQ(put(second.id, R"({"suspended": false})").status, 200);
  EXPECT_EQ(remove("getSelf").status, 200);
  EXPECT_EQ(bench_.admin("GET", users).status, 401) << "whoever deletes themselves is out";
  EXPECT_EQ(try_key(second.key), 200);
}

// [rule R31]
TEST_F(AdministratorsContract, a_key_dies_with_the_deactivation_and_lives_again_after_it) {
  const auto other = bench_.colleague("ops@example.test", "Manager");
  EXPECT_EQ(try_key(other.key), 200);
  put(other.id, R"({"suspended": true})");
  EXPECT_EQ(try_key(other.key), 401);
  bench_.restart_directory();
  EXPECT_EQ(try_key(other.key), 401);
  put(other.id, R"({"suspended": false})");
  EXPECT_EQ(try_key(other.key), 200);
  remove(other.id);
  EXPECT_EQ(try_key(other.key), 401);
}

// [rule DI24]
TEST_F(AdministratorsContract, a_renewed_key_replaces_the_one_before) {
  const auto other = bench_.colleague("ops@example.test", "Read Only");
  const auto fields = ServerBench::key_fields(other.key);
  std::string renewed;
  EXPECT_THAT(bench_.events_of([&] {
    const auto answer = bench_.ask("POST", users + "/getSelf/apikey", fields);
    EXPECT_EQ(answer.status, 200);
    renewed = base::string_or(body_of(answer), "apiKey", "");
  }),
              ElementsAre("admin_update"));
  EXPECT_EQ(bench_.events().back().at("changes"), json(R"([{"field": "apiKey"}])"));
  EXPECT_THAT(renewed, SizeIs(64));
  EXPECT_EQ(try_key(other.key), 401);
  EXPECT_EQ(try_key(renewed), 200);
  EXPECT_TRUE(bench_.world().recorder().secrets().contains(renewed));
  EXPECT_THAT(base::to_text(bench_.events()), Not(::testing::HasSubstr(renewed)));
}

TEST_F(AdministratorsContract, whoever_may_not_appoint_renews_no_key_but_their_own) {
  const auto manager = bench_.colleague("ops@example.test", "Manager");
  const auto other = bench_.colleague("other@example.test", "Read Only");
  const auto fields = ServerBench::key_fields(manager.key);
  EXPECT_EQ(bench_.ask("POST", users + "/" + other.id + "/apikey", fields).status, 403);
  EXPECT_EQ(bench_.ask("POST", users + "/nobody/apikey", fields).status, 403);
  EXPECT_EQ(bench_.admin("POST", users + "/nobody/apikey").status, 404);
  EXPECT_EQ(try_key(other.key), 200);
}

// [rule D27]
TEST_F(AdministratorsContract, the_list_is_paged_filtered_and_sorted) {
  for (int i = 0; i < 11; ++i) {
    EXPECT_EQ(
        post(fmt::format(R"({{"email": "admin{:02}@example.test", "roleName": "Read Only"}})", i)).status,
        200);
    bench_.run_for(std::chrono::seconds{1});
  }
  const auto emails = [&](std::string_view query) {
    const auto body = body_of(bench_.admin("GET", users + std::string(query)));
    EXPECT_EQ(body.at("totalCount"), base::Json(12));
    std::vector<std::string> out;
    for (const auto& one : body.at("results").as_array()) out.push_back(base::string_or(one, "email", ""));
    return out;
  };
  EXPECT_THAT(emails(""), SizeIs(10));
  EXPECT_THAT(emails("?limit=2&skip=1"), ElementsAre("admin00@example.test", "admin01@example.test"));
  const auto first = [&](std::string_view query) {
    const auto body = body_of(bench_.admin("GET", users + std::string(query)));
    return fmt::format("{} {}", base::integer_member(body, "totalCount").value_or(-1),
                       base::string_or(body.at("results").at(0), "email", ""));
  };
  EXPECT_EQ(first("?filter=roleName:$eq:Read+Only&sort=-email"), "11 admin10@example.test");
  EXPECT_EQ(bench_.admin("GET", users + "?filter=nonsense").status, 400);
}

}  // namespace administrators_contract_test
}  // namespace directory
