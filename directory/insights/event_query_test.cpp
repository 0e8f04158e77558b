// Reading the body of an event query, its marks, and what fields leave of an event.
#include "directory/insights/event_query.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace directory {
namespace event_query_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const base::Instant noon = base::parse_rfc3339("2026-01-05T12:00:00Z").value();

base::Result<EventQuery> read(std::string_view more, std::string_view services = R"(["directory"])") {
  const auto text = std::string(R"({"service": )") + std::string(services) +
                    R"(, "start_time": "2026-01-01T00:00:00Z")" + std::string(more) + "}";
  return read_event_query(base::parse_json(text).value().as_object(), noon);
}

// [rule DI2] [rule DI5] [rule DI8]
TEST(EventQuery, takes_what_is_not_said_as_published) {
  const auto query = read("").value();
  EXPECT_THAT(query.services, ElementsAre(EventService::directory));
  EXPECT_EQ(query.end, noon + std::chrono::nanoseconds{1}) << "up to now, now included";
  EXPECT_EQ(query.limit, 1'000);
  EXPECT_FALSE(query.descending);
  EXPECT_FALSE(query.term || query.after);
  EXPECT_THAT(query.fields, IsEmpty());
}

// [rule DI3]
TEST(EventQuery, knows_the_services_that_it_has_events_of) {
  EXPECT_THAT(read("", R"(["systems", "sso", "sso"])").value().services,
              ElementsAre(EventService::sso, EventService::systems));
  EXPECT_THAT(read("", R"(["all"])").value().services,
              ElementsAre(EventService::directory, EventService::sso, EventService::systems));
  EXPECT_THAT(read("", R"(["radius", "mdm"])").value().services, IsEmpty());
}

// [rule DI4]
TEST(EventQuery, lists_the_services_when_one_does_not_exist) {
  for (const auto* services : {"[]", "5", "\"all\"", R"(["directori"])", "[5]", R"(["directory", "x"])"}) {
    const auto query = read("", services);
    ASSERT_FALSE(query.has_value()) << services;
    EXPECT_THAT(query.error().message, HasSubstr("access_management, alert, alerts, all")) << services;
  }
}

// [rule DI8]
TEST(EventQuery, sorts_ascending_unless_told_otherwise) {
  for (const auto* down : {"DESC", "desc", "Desc"})
    EXPECT_TRUE(read(std::string(R"(, "sort": ")") + down + "\"")->descending);
  for (const auto* up : {R"("ASC")", R"("x")", "5", "null", "[]"})
    EXPECT_FALSE(read(std::string(R"(, "sort": )") + up)->descending);
}

// [rule DI9]
TEST(EventQuery, needs_a_known_field_among_those_it_asks_for) {
  EXPECT_THAT(read(R"(, "fields": ["nothing", "timestamp", "initiated_by.email", 5])")->fields,
              ElementsAre(ElementsAre("timestamp"), ElementsAre("initiated_by", "email")));
  for (const auto* fields :
       {"[]", R"(["nothing", "x.timestamp"])", "[5]", R"("timestamp")", "null", R"([""])"}) {
    EXPECT_FALSE(read(std::string(R"(, "fields": )") + fields).has_value()) << fields;
  }
}

// [rule DI6] [rule DI7]
TEST(EventQuery, a_mark_is_good_for_the_same_query_alone) {
  const auto query = read(R"(, "limit": 5)").value();
  const EventPosition last{noon - std::chrono::nanoseconds{1}, 77};
  const auto mark = search_after(query, last, "salt");
  EXPECT_THAT(mark, HasSubstr("[1767614399999,")) << "milliseconds";
  EXPECT_NE(mark, search_after(query, last, "tlas"));
  const auto again = read(R"(, "limit": 5, "search_after": )" + mark);
  ASSERT_TRUE(again.has_value()) << again.error().message;
  EXPECT_EQ(again->after, last);
  EXPECT_EQ(search_after(*again, last, "salt"), mark) << "the next page is of the same query";
  for (const auto* other :
       {R"(, "limit": 6)", "", R"(, "limit": 5, "sort": "DESC")", R"(, "limit": 5, "fields": ["id"])",
        R"(, "limit": 5, "search_term": {"and": [{"success": true}]})",
        R"(, "limit": 5, "end_time": "2026-01-05T12:00:00Z")"}) {
    EXPECT_FALSE(read(std::string(other) + R"(, "search_after": )" + mark).has_value()) << other;
  }
  EXPECT_FALSE(read(R"(, "limit": 5, "search_after": )" + mark, R"(["all"])").has_value());
  for (const auto* broken : {"[]", "5", "null", R"([1, "x"])", R"(["x"])", R"([1, "00"])", "[1, 2]"}) {
    EXPECT_FALSE(read(std::string(R"(, "limit": 5, "search_after": )") + broken).has_value()) << broken;
  }
  for (const auto at : {base::Instant::min(), base::Instant::max()}) {
    const auto absurd = search_after(query, {at, 1}, "salt");
    EXPECT_FALSE(read(R"(, "limit": 5, "search_after": )" + absurd).has_value()) << absurd;
  }
  auto changed = mark;
  changed[20] = changed[20] == '0' ? '1' : '0';
  EXPECT_FALSE(read(R"(, "limit": 5, "search_after": )" + changed).has_value());
}

// [rule DI9]
TEST(EventQuery, fields_leave_the_rest_out) {
  const auto event =
      base::parse_json(R"({"id": "1", "timestamp": "t", "initiated_by": {"type": "admin", "email": "a"},
                                          "association": {"connection": {"from": {"type": "user"}, "to": {}}}})")
          .value();
  const auto left = [&](std::vector<std::vector<std::string>> fields) {
    return base::to_text(projected(event, fields));
  };
  EXPECT_EQ(left({{"timestamp"}, {"id"}}), R"({"id":"1","timestamp":"t"})");
  EXPECT_EQ(left({{"initiated_by", "email"}}), R"({"initiated_by":{"email":"a"}})");
  EXPECT_EQ(left({{"initiated_by", "email"}, {"initiated_by"}}),
            R"({"initiated_by":{"type":"admin","email":"a"}})");
  EXPECT_EQ(left({{"association", "connection", "from", "type"}}),
            R"({"association":{"connection":{"from":{"type":"user"}}}})");
  EXPECT_EQ(left({{"success"}}), "{}");
}

}  // namespace event_query_test
}  // namespace directory
