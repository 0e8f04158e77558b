// The event table is held against the directory: each row in a world of its own, with no more of the cast
// than it names. A route that changes something and has no row fails.
#include "directory/insights/event_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "directory/federation/provider_fixture.h"
#include "directory/server_test_fixture.h"

namespace directory {

/// Found by Google Test where a row fails.
static void PrintTo(const EventTableRow& row, std::ostream* out) {
  *out << row.who << " " << row.request << " " << row.body;
}

namespace event_table_test {

constexpr std::string_view password = "correct horse battery";

std::vector<std::string> split(std::string_view text, std::string_view by) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto end = std::min(text.find(by), text.size());
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + by.size(), text.size()));
  }
  return parts;
}

/// An event as a row writes it, without who caused it.
std::string told(const base::Json& event) {
  const auto name = [](const base::Json& resource) {
    for (const auto* key : {"username", "email", "name"}) {
      if (const auto found = base::string_member(resource, key)) return *found;
    }
    return std::string();
  };
  const auto& resource = event.at("resource");
  auto text = fmt::format("{} {}:{}", base::string_or(event, "event_type", ""),
                          base::string_or(resource, "type", ""), name(resource));
  if (const auto* changes = base::member(event, "changes")) {
    std::string fields;
    for (const auto& change : changes->as_array()) {
      fields += (fields.empty() ? "" : ", ") + base::string_or(change, "field", "");
    }
    text += " [" + fields + "]";
  }
  if (const auto* association = base::member(event, "association")) {
    const auto end = [&](std::string_view which) {
      const auto& found = *base::member(association->at("connection"), which);
      return fmt::format("{}:{}", base::string_or(found, "type", ""), base::string_or(found, "name", ""));
    };
    text += fmt::format(" ({} {}>{})", base::string_or(*association, "op", ""), end("from"), end("to"));
  }
  if (!base::bool_member(event, "success").value_or(false)) text += " failed";
  if (const auto service = base::string_or(event, "service", ""); service != "directory")
    text += " @" + service;
  const auto& cause = event.at("initiated_by");
  text += fmt::format(" by {}:{}", base::string_or(cause, "type", ""), name(cause));
  if (const auto* source = base::member(cause, "source_metadata"))
    text += "/" + base::string_or(*source, "name", "");
  return text;
}

class EventTable : public ::testing::TestWithParam<EventTableRow> {
 protected:
  /// Whoever `$name` stands for, made when first named.
  const std::string& cast(const std::string& name) {
    if (const auto known = known_.find(name); known != known_.end()) return known->second;
    return known_[name] = make(name);
  }

  std::string filled(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
      if (text[at] != '$') {
        out += text[at++];
        continue;
      }
      const auto end = std::min(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", at + 1), text.size());
      out += cast(std::string(text.substr(at + 1, end - at - 1)));
      at = end;
    }
    return out;
  }

  ServerBench::Fields credentials(std::string_view who) {
    if (who == "admin") return bench_.admin_fields();
    if (who == "entra") return bench_.scim_fields();
    if (who == "okta") return ServerBench::bearer(bench_.keys.okta_token);
    if (who == "generic") return ServerBench::bearer(bench_.keys.generic_token);
    if (who == "connect") return {{"x-connect-key", bench_.keys.connect_key.reveal()}};
    if (who == "active") return {{"Cookie", "session=" + cast("session")}};
    if (who == "browser") return {{"Cookie", "federation=" + cast("sign_in_state")}};
    if (who == "agent") {
      cast("laptop");
      return {{"x-system-key", known_.at("agent_key")}};
    }
    EXPECT_EQ(who, "nobody");
    return {};
  }

  /// What a row without `by` expects of the cause.
  std::string cause(std::string_view who) {
    if (who == "admin") return " by admin:administrator@example.test";
    if (who == "active") return " by systemuser:active.user";
    if (who == "agent") return " by system:laptop";
    if (who == "time") return " by system:";
    return fmt::format(" by admin:administrator@example.test/{}", who);
  }

  std::vector<std::string> events() {
    const auto answer =
        bench_.admin("POST", "/insights/directory/v1/events",
                     R"({"service": ["all"], "start_time": "2026-01-01T00:00:00Z", "limit": 10000})");
    EXPECT_EQ(answer.status, 200) << answer.body;
    std::vector<std::string> texts;
    for (const auto& event : body_of(answer).as_array()) texts.push_back(told(event));
    return texts;
  }

  std::string id_of(const base::HttpResponse& answer, std::string_view member = "id") {
    EXPECT_TRUE(answer.ok()) << answer.body;
    auto id = base::string_or(body_of(answer), member, "");
    EXPECT_FALSE(id.empty()) << answer.body;
    return id;
  }
  std::string make(const std::string& name);
  std::string make_user(std::string_view name, std::string_view more);
  /// A change of state on the next day; its id.
  std::string schedule(const std::string& user, std::string_view state, std::string_view mail) {
    const auto answer = bench_.admin(
        "POST", "/api/v2/bulk/userstates",
        fmt::format(
            R"({{"user_ids": ["{}"], "state": "{}", "start_date": "2026-01-06T00:00:00Z", "send_activation_emails": {}}})",
            user, state, mail));
    EXPECT_TRUE(answer.ok()) << answer.body;
    return base::string_or(body_of(answer).at(0), "scheduledJobId", "");
  }
  /// Somebody whom a routing policy sends to a provider that answers; its id.
  std::string make_federated();
  /// Begins a provisioning at the provider: the ticket; the way back is `sign_in_state` and `code` of the cast.
  std::string begin_provisioning();
  std::string make_integration(std::string_view type, std::string_view name, std::string_view member) {
    return id_of(bench_.admin("POST", "/api/v2/integrations",
                              fmt::format(R"({{"type": "{}", "name": "{}"}})", type, name)),
                 member);
  }

  ServerBench bench_;
  std::unique_ptr<SmallProvider> provider_;
  std::map<std::string, std::string> known_;
};

std::string EventTable::make_user(std::string_view name, std::string_view more) {
  return id_of(
      bench_.admin("POST", "/api/systemusers",
                   fmt::format(R"({{"username": "{0}.user", "email": "{0}@example.test"{1}}})", name, more)),
      "_id");
}

std::string EventTable::make_federated() {
  auto& host = bench_.world().add_host("idp", "idp.example.test");
  provider_ = std::make_unique<SmallProvider>(host.clock());
  host.install([this](sim::Host&) { return std::make_unique<sim::ServiceProgram>(provider_.get()); });
  host.start();
  id_of(bench_.admin("POST", "/api/v2/identity-providers",
                     R"({"name": "IdP", "type": "OIDC", "oidc": {"clientId": "client-1",
                         "clientSecret": "the-client-secret", "url": "https://idp.example.test"}})"));
  auto id = make_user("federated", fmt::format(R"(, "password": "{}")", password));
  EXPECT_TRUE(bench_
                  .admin("POST", "/api/v2/users/" + id + "/associations",
                         fmt::format(R"({{"op": "add", "type": "idp_routing_policy", "id": "{}"}})",
                                     cast("routing_policy")))
                  .ok());
  return id;
}

std::string EventTable::begin_provisioning() {
  cast("federated");
  cast("laptop");
  const auto answer = bench_.ask("POST", "/agent/v1/provision/begin", {{"x-system-key", known_.at("agent_key")}},
                                 R"({"username": "federated.user", "local_accounts": []})");
  EXPECT_EQ(answer.status, 200) << answer.body;
  const auto location = base::parse_uri(base::string_or(body_of(answer), "location", "")).value_or(base::Uri{});
  known_["sign_in_state"] = base::parse_target(location.target())->parameter("state").value_or("");
  known_["code"] = provider_->sign_in(location, "federated@example.test");
  return base::string_or(body_of(answer), "ticket", "");
}

std::string EventTable::make(const std::string& name) {
  const auto with_password = fmt::format(R"(, "password": "{}")", password);
  const auto bind = [&](std::string id) {
    EXPECT_TRUE(bench_
                    .admin("POST", "/api/v2/systems/" + cast("laptop") + "/associations",
                           fmt::format(R"({{"op": "add", "type": "user", "id": "{}"}})", id))
                    .ok());
    return id;
  };
  const auto fail_logins = [&](std::string_view user, int times) {
    for (int i = 0; i < times; ++i) bench_.log_in(fmt::format("{}.user", user), "wrong");
  };
  const std::map<std::string, std::function<std::string()>> makers{
      // People
      {"active", [&] { return make_user("active", with_password); }},
      {"other", [&] { return make_user("other", with_password); }},
      {"pending", [&] { return make_user("pending", ""); }},
      {"staged", [&] { return make_user("staged", R"(, "state": "STAGED")"); }},
      {"suspended",
       [&] {
         auto id = make_user("suspended", with_password);
         EXPECT_TRUE(bench_.admin("PUT", "/api/systemusers/" + id, R"({"state": "SUSPENDED"})").ok());
         return id;
       }},
      {"expired",
       [&] {
         auto id = make_user("expired", with_password);
         EXPECT_TRUE(bench_.admin("POST", "/api/systemusers/" + id + "/expire").ok());
         return id;
       }},
      {"locked",
       [&] {
         auto id = make_user("locked", with_password);
         fail_logins("locked", 6);
         return id;
       }},
      {"doomed",  // one failure before the lock
       [&] {
         auto id = make_user("doomed", with_password);
         fail_logins("doomed", 5);
         return id;
       }},
      {"boss",
       [&] {
         auto id = make_user("boss", with_password);
         make_user("report", fmt::format(R"(, "manager": "{}", "state": "STAGED")", id));
         return id;
       }},
      {"session", [&] { return cast("active"), bench_.session_of("active.user"); }},
      {"password", [&] { return std::string(password); }},
      {"fresh_password", [&] { return std::string("another horse battery"); }},
      {"activation_link",
       [&] {
         cast("pending");
         bench_.settle();
         return bench_.activation_token("pending@example.test");
       }},
      {"reset_link",
       [&] {
         cast("active");
         bench_.portal("/reset-request", R"({"username": "active.user"})");
         bench_.settle();
         return bench_.activation_token("active@example.test");
       }},
      // Devices
      {"sealing_key", [&] { return base::to_base64(std::string(32, 'k')); }},
      {"laptop",
       [&] {
         const auto answer =
             bench_.ask("POST", "/agent/v1/register", {{"x-connect-key", bench_.keys.connect_key.reveal()}},
                        fmt::format(R"({{"hostname": "laptop", "os": "macos", "sealing_key": "{}"}})",
                                    cast("sealing_key")));
         known_["agent_key"] = id_of(answer, "agent_key");
         return id_of(answer, "system_id");
       }},
      {"federated", [&] { return make_federated(); }},
      {"ticket",  // of somebody who is back from the provider
       [&] {
         auto ticket = begin_provisioning();
         const auto back = fmt::format("/oauth/callback?state={}&code={}", known_["sign_in_state"], known_["code"]);
         EXPECT_EQ(bench_.ask("GET", back, credentials("browser")).status, 200);
         return ticket;
       }},
      {"sign_in_state", [&] { return begin_provisioning(), known_.at("sign_in_state"); }},
      {"code", [&] { return cast("sign_in_state"), known_.at("code"); }},
      {"template",
       [&] {
         return base::string_or(body_of(bench_.admin("GET", "/api/v2/policytemplates")).at(0), "id", "");
       }},
      {"policy",
       [&] {
         return id_of(bench_.admin(
             "POST", "/api/v2/policies",
             fmt::format(R"({{"name": "Policy", "template": {{"id": "{}"}}}})", cast("template"))));
       }},
      {"bound", [&] { return bind(cast("active")); }},
      {"doomed_bound", [&] { return bind(cast("doomed")); }},
      // Groups
      {"sales", [&] { return id_of(bench_.admin("POST", "/api/v2/usergroups", R"({"name": "Sales"})")); }},
      {"sales_name", [&] { return cast("sales"), std::string("Sales"); }},
      {"reviewed",
       [&] {
         cast("active");
         return id_of(bench_.admin("POST", "/api/v2/usergroups",
                                   R"({"name": "Reviewed", "membershipMethod": "DYNAMIC_REVIEW_REQUIRED",
                                       "memberQuery": {"queryType": "FilterQuery", "filters": [
                                         {"field": "username", "operator": "eq", "value": "active.user"}]}})"));
       }},
      {"tenant", [&] { return id_of(bench_.admin("POST", "/api/v2/office365s", R"({"name": "Tenant"})")); }},
      {"tenant_domain",
       [&] {
         const auto answer = bench_.admin("POST", "/api/v2/office365s/" + cast("tenant") + "/domains", R"({"domain": "tenant.test"})");
         return base::string_or(*base::member(body_of(answer), "domain"), "id", "");
       }},
      {"fleet", [&] { return id_of(bench_.admin("POST", "/api/v2/systemgroups", R"({"name": "Fleet"})")); }},
      {"member",
       [&] {
         auto id = make_user("member", with_password);
         EXPECT_TRUE(bench_
                         .admin("POST", "/api/v2/usergroups/" + cast("sales") + "/members",
                                fmt::format(R"({{"op": "add", "type": "user", "id": "{}"}})", id))
                         .ok());
         return id;
       }},
      // What time brings
      {"suspension_to_come", [&] { return schedule(cast("active"), "SUSPENDED", "false"); }},
      {"activation_to_come", [&] { return schedule(cast("staged"), "ACTIVATED", "true"); }},
      {"user_with_expiry",
       [&] {
         EXPECT_TRUE(bench_
                         .change_settings(R"({"passwordPolicy": {"enablePasswordExpirationInDays": true,
                                                                   "passwordExpirationInDays": 30}})")
                         .ok());
         return make_user("mortal", with_password);
       }},
      {"user_with_timed_lock",
       [&] {
         EXPECT_TRUE(bench_
                         .change_settings(R"({"passwordPolicy": {"enableLockoutTimeInSeconds": true,
                                                                   "lockoutTimeInSeconds": 3600}})")
                         .ok());
         return cast("locked");
       }},
      // The organisation
      {"organization", [&] { return std::string("5f0000000000000000000001"); }},
      {"colleague", [&] { return bench_.colleague("colleague@example.test", "Manager").id; }},
      {"integration", [&] { return make_integration("generic", "Integration", "id"); }},
      {"identity_provider",
       [&] {
         return id_of(bench_.admin("POST", "/api/v2/identity-providers",
                                   R"({"name": "IdP", "type": "OIDC", "oidc": {"clientId": "c", "clientSecret": "s",
                                       "url": "https://idp.test"}})"));
       }},
      {"routing_policy",
       [&] { return id_of(bench_.admin("POST", "/api/v2/identity-provider/policies", R"({"name": "Sales"})")); }},
  };
  if (name.ends_with("_name") && !makers.contains(name)) {
    const auto whose = name.substr(0, name.size() - std::string_view("_name").size());
    cast(whose);
    return whose + ".user";
  }
  const auto maker = makers.find(name);
  EXPECT_TRUE(maker != makers.end()) << "nobody in the cast is called " << name;
  return maker == makers.end() ? "" : maker->second();
}

TEST_P(EventTable, row) {
  const auto& row = GetParam();
  const auto fields = row.who == "time" ? ServerBench::Fields{} : credentials(row.who);
  const auto words = split(filled(row.request), " ");
  const auto body = filled(row.body);
  bench_.settle();
  auto before = events();
  if (row.who == "time") {
    bench_.run_for(std::chrono::days{std::stoi(words.at(0))});
  } else {
    const auto answer = bench_.ask(words.at(0), words.at(1), fields, body);
    EXPECT_EQ(answer.status, row.status) << answer.body;
    bench_.settle();
  }
  const auto after = events();
  ASSERT_GE(after.size(), before.size());
  std::vector<std::string> wanted = split(row.events, "; ");
  for (auto& event : wanted) {
    if (event.find(" by ") == std::string::npos) event += cause(row.who);
  }
  EXPECT_THAT(std::vector(after.begin() + std::ssize(before), after.end()),
              ::testing::UnorderedElementsAreArray(wanted))
      << row.who << " " << row.request << " " << row.body;
}

INSTANTIATE_TEST_SUITE_P(AllRows, EventTable, ::testing::ValuesIn(event_table),
                         [](const auto& info) { return fmt::format("row_{:03}", info.index); });

// [rule DI40] [rule DI41] [rule DI42] [rule DI43] [rule DI44] [rule DI49] [rule DI50] [rule DI51] [rule DI52] [rule DI53]
TEST(EventTableCoverage, every_route_that_changes_something_has_a_row) {
  std::set<std::string> rowless;
  for (const auto& route : ServerBench().routes()) {
    if (!route.starts_with("GET ")) rowless.insert(route);
  }
  for (const auto question : questions) EXPECT_EQ(rowless.erase(std::string(question)), 1U) << question;
  for (const auto& row : event_table) {
    std::erase_if(rowless, [&](const std::string& route) {
      const auto pattern = split(route, "/");
      const auto asked = split(row.request, "/");
      return std::ranges::equal(
          pattern, asked, [](const auto& part, const auto& given) { return part == "*" || part == given; });
    });
  }
  EXPECT_THAT(rowless, ::testing::IsEmpty()) << "add what these write to event_table.h";
}

}  // namespace event_table_test
}  // namespace directory
