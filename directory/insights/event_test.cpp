// The document that an event becomes, field by field as the published table has them.
#include "directory/insights/event.h"

#include <gtest/gtest.h>

#include "directory/insights/user_agent.h"

namespace directory {
namespace event_test {

base::Json json(std::string_view text) {
  return base::parse_json(text).value();
}

class EventTest : public ::testing::Test {
 protected:
  base::JsonObject document() const {
    return to_json(event_, "id-1", noon_, "organization-1", origin_, job_);
  }

  Event event_{"user_update",
               {Actor::Kind::admin, "admin-1", "ops@example.test"},
               {"systemuser", "user-1", "amy.lee"}};
  RequestOrigin origin_;
  std::optional<Correlation> job_;
  base::Instant noon_ = base::parse_rfc3339("2026-01-05T12:00:00.5Z").value();
};

// [rule DI20] [rule DI21] [rule DI22] [rule DI25]
TEST_F(EventTest, what_every_event_has) {
  EXPECT_EQ(base::Json(document()), json(R"({
      "id": "id-1", "event_type": "user_update", "timestamp": "2026-01-05T12:00:00.500Z", "service": "directory",
      "organization": "organization-1", "@version": "1", "provider": null, "success": true,
      "resource": {"type": "systemuser", "id": "user-1", "username": "amy.lee"},
      "initiated_by": {"type": "admin", "id": "admin-1", "email": "ops@example.test"},
      "auth_method": "api-key"})"));
}

// [rule DI20]
TEST_F(EventTest, where_the_request_came_from) {
  origin_ = {"10.1.2.3", "curl/8.5.0"};
  EXPECT_EQ(document().at("client_ip"), base::Json("10.1.2.3"));
  EXPECT_EQ(document().at("useragent").at("name"), base::Json("curl"));
}

// [rule DI21]
TEST_F(EventTest, a_resource_is_named_in_the_way_of_its_type) {
  event_.subject = {"user_group", "g-1", "Sales"};
  EXPECT_EQ(document().at("resource"), json(R"({"type": "user_group", "id": "g-1", "name": "Sales"})"));
  event_.subject = {"admin", "a-1", "ops@example.test"};
  EXPECT_EQ(document().at("resource"),
            json(R"({"type": "admin", "id": "a-1", "email": "ops@example.test"})"));
  event_.subject = {"systemuser", "u-1", "amy.lee", "amy@home.test", "alternate"};
  EXPECT_EQ(document().at("resource"), json(R"({"type": "systemuser", "id": "u-1", "username": "amy.lee",
                                                "recipient_email": "amy@home.test", "email_type": "alternate"})"));
}

// [rule DI23]
TEST_F(EventTest, an_association_has_an_operation_and_two_ends) {
  event_.association = AssociationChange{"add", {"user_group", "g-1", "Sales"}, {"user", "u-1", "amy.lee"}};
  EXPECT_EQ(document().at("association"), json(R"({"op": "add", "connection": {
      "from": {"type": "user_group", "object_id": "g-1", "name": "Sales"},
      "to": {"type": "user", "object_id": "u-1", "name": "amy.lee"}}})"));
}

// [rule DI24]
TEST_F(EventTest, a_change_has_both_ends_unless_it_is_a_password) {
  event_.changes = {
      {"state", "ACTIVATED", "SUSPENDED"}, {"company", std::nullopt, "Acme"}, {"password", {}, {}}};
  EXPECT_EQ(document().at("changes"), json(R"([{"field": "state", "from": "ACTIVATED", "to": "SUSPENDED"},
                                               {"field": "company", "to": "Acme"}, {"field": "password"}])"));
}

// [rule DI25]
TEST_F(EventTest, people_come_by_session_and_programs_by_key) {
  const auto method = [&](Actor::Kind kind) {
    event_.actor.kind = kind;
    return base::string_or(base::Json(document()), "auth_method", "none");
  };
  EXPECT_EQ(method(Actor::Kind::admin), "api-key");
  EXPECT_EQ(method(Actor::Kind::integration), "api-key");
  EXPECT_EQ(method(Actor::Kind::user), "session");
  EXPECT_EQ(method(Actor::Kind::device), "none");
  EXPECT_EQ(method(Actor::Kind::system), "none");
  EXPECT_EQ(base::member(document(), "mfa"), nullptr);
  event_.type = "user_login_attempt";
  EXPECT_EQ(document().at("mfa"), base::Json(false));
}

// [rule DI26] [rule DI27] [rule DI52] [rule DI54]
TEST_F(EventTest, what_only_some_events_have) {
  event_.service = EventService::systems;
  event_.system = EventSystem{"s-1", "laptop", "Amy's laptop"};
  event_.application = EventApplication{"app-1", "aws"};
  event_.error_message = "it is full";
  event_.details = {{"process_name", "loginwindow"}};
  job_ = Correlation{"job-1", "user_import"};
  const auto found = document();
  EXPECT_EQ(found.at("service"), base::Json("systems"));
  EXPECT_EQ(found.at("system"),
            json(R"({"id": "s-1", "hostname": "laptop", "displayName": "Amy's laptop"})"));
  EXPECT_EQ(found.at("application"), json(R"({"id": "app-1", "name": "aws"})"));
  EXPECT_EQ(found.at("error_message"), base::Json("it is full"));
  EXPECT_EQ(found.at("process_name"), base::Json("loginwindow"));
  EXPECT_EQ(found.at("correlation"), json(R"({"id": "job-1", "type": "user_import"})"));
}

// [rule DI20]
TEST(UserAgent, is_read_as_far_as_it_tells) {
  struct Row {
    std::string_view header, name, major, minor, build, os;
  };
  for (const auto& row : {
           Row{"curl/8.5.0", "curl", "8", "5", "0", ""},
           Row{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
               "Chrome/120.0.6099.1 "
               "Safari/537.36 Edg/121.0.2277.83",
               "Edg", "121", "0", "2277.83", "Windows"},
           Row{"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
               "Version/17.2 Safari/605.1.15",
               "Safari", "605", "1", "15", "Mac OS X"},
           Row{"agent", "agent", "", "", "", ""},
           Row{"", "", "", "", "", ""},
           Row{"/", "", "", "", "", ""},
           Row{"x/", "x", "", "", "", ""},
           Row{"a/1 (Linux)", "a", "1", "", "", "Linux"},
       }) {
    const auto fields = user_agent_fields(row.header);
    const auto field = [&](std::string_view name) {
      return base::string_or(base::Json(fields), name, "missing");
    };
    EXPECT_EQ(field("name"), row.name) << row.header;
    EXPECT_EQ(field("major"), row.major) << row.header;
    EXPECT_EQ(field("minor"), row.minor) << row.header;
    EXPECT_EQ(field("build"), row.build) << row.header;
    EXPECT_EQ(field("os"), row.os) << row.header;
    EXPECT_EQ(field("os_name"), row.os) << row.header;
    EXPECT_EQ(field("device"), "Other") << row.header;
  }
}

// A header is a stranger's text.
TEST(UserAgent, is_bounded) {
  EXPECT_LE(base::to_text(user_agent_fields(std::string(100'000, 'x'))).size(), 1'000U);
}

}  // namespace event_test
}  // namespace directory
