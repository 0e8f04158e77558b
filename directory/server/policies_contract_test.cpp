// Policies: the templates they are made from, their values, their events.
#include <functional>

#include "directory/server/device_fixture.h"

namespace directory {
namespace policies_contract_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class PoliciesContract : public DeviceContract {
 protected:
  base::HttpResponse ask(std::string method, std::string_view path, std::string body = {}) {
    return bench_.admin(std::move(method), fmt::format("/api/v2/{}", path), std::move(body));
  }
  /// The id of the template with that name.
  std::string template_id(std::string_view name) {
    const auto templates = body_of(ask("GET", "policytemplates"));
    for (const auto& entry : templates.as_array()) {
      if (base::string_or(entry, "name", "") == name) return base::string_or(entry, "id", "");
    }
    ADD_FAILURE() << "no template is named " << name;
    return {};
  }
  std::string values(std::string_view policy_template, std::string_view value) {
    const auto shown = body_of(ask("GET", "policytemplates/" + template_id(policy_template)));
    return fmt::format(R"([{{"configFieldID": "{}", "value": {}}}])",
                       base::string_or(shown.at("configFields").at(0), "id", ""), value);
  }
  base::HttpResponse create(std::string_view name, std::string_view policy_template, std::string_view value) {
    return ask("POST", "policies",
               fmt::format(R"({{"name": "{}", "template": {{"id": "{}"}}, "values": {}}})", name,
                           template_id(policy_template), values(policy_template, value)));
  }
  std::string created(std::string_view name, std::string_view policy_template, std::string_view value) {
    const auto answer = create(name, policy_template, value);
    EXPECT_EQ(answer.status, 201) << answer.body;
    return base::string_or(body_of(answer), "id", "");
  }
};

// [rule R68] [rule V41]
TEST_F(PoliciesContract, templates_hide_the_app_on_both_platforms_and_set_who_may_provision_R68) {
  std::vector<std::string> names;
  const auto templates = body_of(ask("GET", "policytemplates"));
  for (const auto& entry : templates.as_array()) names.push_back(base::string_or(entry, "name", ""));
  EXPECT_THAT(names, ElementsAre("hide_app_windows", "app_controls_darwin", "account_provisioning_windows"));
  EXPECT_EQ(ask("GET", "policytemplates/none").status, 404);
}

// [rule DI51]
TEST_F(PoliciesContract, a_policy_is_created_changed_and_deleted_with_its_events_DI51) {
  std::string id;
  EXPECT_THAT(bench_.events_of([&] { id = created("Hide", "hide_app_windows", "true"); }),
              ElementsAre("policy_create"));
  const auto shown = body_of(ask("GET", "policies/" + id));
  EXPECT_EQ(shown.at("name"), base::Json("Hide"));
  EXPECT_EQ(shown.at("template").at("name"), base::Json("hide_app_windows"));
  EXPECT_EQ(shown.at("values").at(0).at("value"), base::Json(true));
  const auto change = [&] {
    const auto answer =
        ask("PUT", "policies/" + id,
            fmt::format(R"({{"name": "Show", "values": {}}})", values("hide_app_windows", "false")));
    EXPECT_EQ(answer.status, 200) << answer.body;
  };
  EXPECT_THAT(bench_.events_of(change), ElementsAre("policy_update"));
  EXPECT_THAT(bench_.events_of(change), IsEmpty()) << "nothing changes the second time";
  ask("PUT", "policies/" + id, R"({"name": "Show again"})");
  EXPECT_EQ(body_of(ask("GET", "policies/" + id)).at("values").at(0).at("value"), base::Json(false))
      << "left out, left alone";
  EXPECT_THAT(bench_.events_of([&] { EXPECT_EQ(ask("DELETE", "policies/" + id).status, 204); }),
              ElementsAre("policy_delete"));
  EXPECT_EQ(ask("GET", "policies/" + id).status, 404);
  EXPECT_EQ(ask("PUT", "policies/" + id, R"({"name": "x"})").status, 404);
  EXPECT_EQ(ask("DELETE", "policies/" + id).status, 404);
}

TEST_F(PoliciesContract, what_no_template_has_a_field_for_is_refused) {
  const auto id = template_id("hide_app_windows");
  const auto post = [&](std::string_view body) { return ask("POST", "policies", std::string(body)).status; };
  EXPECT_EQ(post(R"({"name": "x", "template": {"id": "none"}})"), 400);
  EXPECT_EQ(post(R"({"name": "x"})"), 400);
  EXPECT_EQ(post(fmt::format(R"({{"template": {{"id": "{}"}}}})", id)), 400);
  EXPECT_EQ(post(fmt::format(R"({{"name": "{}", "template": {{"id": "{}"}}}})", std::string(300, 'x'), id)),
            400);
  for (const auto* list :
       {R"([{"configFieldID": "other", "value": true}])", R"([{"configFieldName": "hideApp"}])", "{}", "[5]",
        R"([{"configFieldName": "hideApp", "value": "yes"}])"}) {
    EXPECT_EQ(post(fmt::format(R"({{"name": "x", "template": {{"id": "{}"}}, "values": {}}})", id, list)),
              400)
        << list;
  }
  EXPECT_EQ(create("x", "account_provisioning_windows", R"("nobody")").status, 400);
  EXPECT_EQ(create("x", "account_provisioning_windows", R"("every_user")").status, 201);
  EXPECT_THAT(body_of(ask("GET", "policies")).as_array(), SizeIs(1));
}

// [rule D27]
TEST_F(PoliciesContract, policies_are_listed_in_pages) {
  for (int i = 0; i < 12; ++i) created(fmt::format("policy {}", i), "app_controls_darwin", "true");
  EXPECT_THAT(body_of(ask("GET", "policies")).as_array(), SizeIs(10));
  EXPECT_THAT(body_of(ask("GET", "policies?skip=10")).as_array(), SizeIs(2));
  EXPECT_THAT(body_of(ask("GET", "policies?limit=3")).as_array(), SizeIs(3));
}

// What reaches devices

// [rule R68] [rule R67] [rule V88]
TEST_F(PoliciesContract, a_policy_reaches_a_device_directly_and_through_its_group_R68) {
  auto device = registered("laptop", 1, "windows");
  const auto hidden = [&] { return state(device).at("hide_app") == base::Json(true); };
  const auto policy = created("Hide", "hide_app_windows", "true");
  const auto join = [&](std::string_view op, std::string_view type, const std::string& id) {
    const auto body = fmt::format(R"({{"op": "{}", "type": "{}", "id": "{}"}})", op, type, id);
    EXPECT_EQ(ask("POST", "policies/" + policy + "/associations", body).status, 204) << body;
  };
  EXPECT_FALSE(hidden());
  join("add", "system", device.id);
  EXPECT_TRUE(hidden());
  join("remove", "system", device.id);
  EXPECT_FALSE(hidden());
  const auto group = base::string_or(body_of(ask("POST", "systemgroups", R"({"name": "kiosks"})")), "id", "");
  join("add", "system_group", group);
  EXPECT_FALSE(hidden());
  const auto member = [&](std::string_view op) {
    EXPECT_EQ(ask("POST", "systemgroups/" + group + "/members",
                  fmt::format(R"({{"op": "{}", "type": "system", "id": "{}"}})", op, device.id))
                  .status,
              204);
  };
  member("add");
  EXPECT_TRUE(hidden());
  member("remove");
  EXPECT_FALSE(hidden());
  member("add");
  ASSERT_TRUE(hidden());
  EXPECT_EQ(ask("DELETE", "policies/" + policy).status, 204);
  EXPECT_FALSE(hidden());
}

// [rule R68]
TEST_F(PoliciesContract, a_device_hears_of_its_policies_at_once) {
  auto device = registered("laptop");
  const auto policy = created("Hide", "app_controls_darwin", "false");
  const auto expect_news = [&](std::string_view what, const std::function<void()>& change) {
    state(device);
    const auto poll = bench_.send("GET", state_path(device.revision, 300), fields_of(device));
    bench_.run_for(std::chrono::seconds{5});
    ASSERT_FALSE(poll->result.has_value()) << what;
    change();
    bench_.run_for(std::chrono::seconds{1});
    EXPECT_EQ(poll->status(), 200) << what;
  };
  expect_news("applied", [&] {
    ask("POST", "policies/" + policy + "/associations",
        fmt::format(R"({{"op": "add", "type": "system", "id": "{}"}})", device.id));
  });
  expect_news("changed", [&] {
    ask("PUT", "policies/" + policy,
        fmt::format(R"({{"name": "Hide", "values": {}}})", values("app_controls_darwin", "true")));
  });
  EXPECT_EQ(state(device).at("hide_app"), base::Json(true));
  expect_news("deleted", [&] { ask("DELETE", "policies/" + policy); });
}

// [rule R68]
TEST_F(PoliciesContract, a_policy_for_another_platform_has_no_effect) {
  auto mac = registered("mac");
  const auto policy = created("Hide", "hide_app_windows", "true");
  ask("POST", "policies/" + policy + "/associations",
      fmt::format(R"({{"op": "add", "type": "system", "id": "{}"}})", mac.id));
  EXPECT_EQ(state(mac).at("hide_app"), base::Json(false));
}

}  // namespace policies_contract_test
}  // namespace directory
