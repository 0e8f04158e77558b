// SCIM integrations and their keys: whose they are, and what makes them stop working.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/server_test_fixture.h"

namespace directory {
namespace integrations_contract_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class IntegrationsContract : public ::testing::Test {
 protected:
  static constexpr std::string_view path = "/api/v2/integrations";

  struct Made {
    std::string id;
    std::string key;
  };
  Made make(std::string_view type, std::string_view name, const ServerBench::Fields& fields) {
    const auto answer = bench_.ask("POST", std::string(path), fields,
                                   fmt::format(R"({{"type": "{}", "name": "{}"}})", type, name));
    EXPECT_EQ(answer.status, 200) << answer.body;
    const auto body = body_of(answer);
    return {base::string_or(body, "id", ""), base::string_or(body, "key", "")};
  }
  Made make(std::string_view type, std::string_view name) { return make(type, name, bench_.admin_fields()); }
  /// The status that a SCIM request with that bearer token gets.
  int try_key(const std::string& key) {
    return bench_.ask("GET", "/scim/v2/Users", {{"Authorization", "Bearer " + key}}).status;
  }
  base::HttpResponse renew(const std::string& id, const ServerBench::Fields& fields) {
    return bench_.ask("POST", fmt::format("{}/{}/key", path, id), fields);
  }
  base::HttpResponse set(const std::string& admin, std::string body) {
    return bench_.admin("PUT", "/api/users/" + admin, std::move(body));
  }

  ServerBench bench_;
};

// [rule R31] [rule R32] [rule DI50]
// [Entra provisioning-clients 1-01]
TEST_F(IntegrationsContract, one_is_made_with_a_key_of_whoever_makes_it) {
  const auto manager = bench_.colleague("ops@example.test", "Manager");
  Made made;
  EXPECT_THAT(
      bench_.events_of([&] { made = make("okta", "Okta of Sales", ServerBench::key_fields(manager.key)); }),
      ElementsAre("integration_activate"));
  const auto event = bench_.events().back();
  EXPECT_EQ(event.at("resource"),
            json(fmt::format(R"({{"type": "integration", "id": "{}", "name": "Okta of Sales"}})", made.id)));
  EXPECT_EQ(event.at("idm_client_id"), base::Json(made.id));
  EXPECT_EQ(event.at("initiated_by").at("email"), base::Json("ops@example.test"));
  const auto shown = json(fmt::format(R"({{"id": "{}", "type": "okta", "name": "Okta of Sales",
      "administrator": {{"id": "{}", "email": "ops@example.test"}}}})",
                                      made.id, manager.id));
  EXPECT_EQ(body_of(bench_.admin("GET", fmt::format("{}/{}", path, made.id))), shown)
      << "the key is shown once";
  EXPECT_THAT(body_of(bench_.admin("GET", std::string(path))).as_array(), ::testing::Contains(shown));
  EXPECT_EQ(try_key(made.key), 200);
}

// [rule R31] [rule DI22] [rule D31]
TEST_F(IntegrationsContract, what_it_changes_names_the_owner_of_the_key) {
  const auto manager = bench_.colleague("ops@example.test", "Manager");
  const auto made = make("entra", "Entra of Sales", ServerBench::key_fields(manager.key));
  const auto created =
      bench_.ask("POST", "/scim/v2/Users", {{"Authorization", "Bearer " + made.key}},
                 R"({"userName": "amy.lee", "emails": [{"primary": true, "value": "amy@example.test"}]})");
  ASSERT_EQ(created.status, 201) << created.body;
  for (const auto& event : bench_.events()) {
    if (base::string_or(event, "event_type", "") != "user_create") continue;
    EXPECT_EQ(event.at("initiated_by"),
              json(fmt::format(R"({{"type": "admin", "id": "{}", "email": "ops@example.test",
        "source": "jumpcloud:scim", "source_metadata": {{"name": "Entra of Sales"}}}})",
                               manager.id)));
    return;
  }
  FAIL() << "there is no user_create";
}

// [rule R31]
TEST_F(IntegrationsContract, its_key_follows_the_account_of_its_owner) {
  const auto owner = bench_.colleague("ops@example.test", "Administrator");
  const auto made = make("generic", "HR", ServerBench::key_fields(owner.key));
  EXPECT_EQ(try_key(made.key), 200);
  set(owner.id, R"({"suspended": true})");
  EXPECT_EQ(try_key(made.key), 401);
  set(owner.id, R"({"suspended": false})");
  for (const auto& [role, status] : {std::pair{"Administrator With Billing", 200},
                                     {"Administrator", 200},
                                     {"Manager", 200},
                                     {"Help Desk", 401},
                                     {"Read Only", 401}}) {
    set(owner.id, fmt::format(R"({{"roleName": "{}"}})", role));
    EXPECT_EQ(try_key(made.key), status) << role;
  }
  set(owner.id, R"({"roleName": "Manager"})");
  EXPECT_EQ(bench_.admin("DELETE", "/api/users/" + owner.id).status, 200);
  EXPECT_EQ(try_key(made.key), 401);
  EXPECT_EQ(body_of(bench_.admin("GET", fmt::format("{}/{}", path, made.id))).at("administrator"),
            base::Json(nullptr));
  EXPECT_EQ(try_key(bench_.keys.scim_token.reveal()), 200) << "another's key is another matter";
}

// [rule R31] [rule DI24]
TEST_F(IntegrationsContract, a_renewed_key_replaces_the_one_before_and_belongs_to_whoever_renewed_it) {
  const auto made = make("generic", "HR");
  const auto manager = bench_.colleague("ops@example.test", "Manager");
  std::string key;
  EXPECT_THAT(bench_.events_of([&] {
    const auto answer = renew(made.id, ServerBench::key_fields(manager.key));
    EXPECT_EQ(answer.status, 200) << answer.body;
    key = base::string_or(body_of(answer), "key", "");
  }),
              ElementsAre("integration_activate"));
  EXPECT_EQ(bench_.events().back().at("changes"), json(R"([{"field": "key"}])"));
  EXPECT_EQ(try_key(made.key), 401);
  EXPECT_EQ(try_key(key), 200);
  set(manager.id, R"({"suspended": true})");
  EXPECT_EQ(try_key(key), 401);
}

// [rule DI50]
TEST_F(IntegrationsContract, a_deleted_one_takes_its_key_along) {
  const auto made = make("generic", "HR");
  EXPECT_THAT(bench_.events_of([&] {
    EXPECT_EQ(bench_.admin("DELETE", fmt::format("{}/{}", path, made.id)).status, 204);
  }),
              ElementsAre("integration_deactivate"));
  EXPECT_EQ(try_key(made.key), 401);
  for (const auto* method : {"GET", "DELETE"})
    EXPECT_EQ(bench_.admin(method, fmt::format("{}/{}", path, made.id)).status, 404);
  EXPECT_EQ(renew(made.id, bench_.admin_fields()).status, 404);
}

// [rule D28]
TEST_F(IntegrationsContract, what_makes_no_sense_is_refused_without_an_event) {
  make("generic", "HR");
  EXPECT_THAT(bench_.events_of([&] {
    for (const auto* body :
         {"", "[]", "{}", R"({"type": "generic"})", R"({"name": "X"})", R"({"type": "x", "name": "X"})",
          R"({"type": "generic", "name": ""})", R"({"type": "generic", "name": 5})"}) {
      EXPECT_EQ(bench_.admin("POST", std::string(path), body).status, 400) << body;
    }
    EXPECT_EQ(bench_.admin("POST", std::string(path), R"({"type": "entra", "name": "HR"})").status, 409);
  }),
              IsEmpty());
}

}  // namespace integrations_contract_test
}  // namespace directory
