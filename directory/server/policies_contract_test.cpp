// Policies: the templates they are made from, their values, their events.
#include "directory/server/device_fixture.h"

namespace directory {
namespace {

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

}  // namespace
}  // namespace directory
