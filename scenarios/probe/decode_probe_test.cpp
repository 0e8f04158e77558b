#include "scenarios/probe/decode_probe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/probe/strict_reader.h"

namespace scenarios::probe {
namespace decode_probe_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view head = "probe: 1\ntitle: T\ncovers: [P-3.3-7]\nwhy: W\nfix: F\n";

std::string message_of(const std::string& body) {
  const auto decoded = decode_probe(std::string(head) + body, "scim/x");
  return decoded ? "decodes" : decoded.error().message;
}

TEST(DecodeProbe, reads_steps_and_readings) {
  const auto probe = decode_probe(std::string(head) +
                                      "level: should\nseverity: critical\nneeds: [patch]\nsteps:\n"
                                      "  - create: amy\n    with: {\"name.givenName\": Amy}\n"
                                      "  - get: \"${amy.path}\"\n    query: {count: 1}\n    expect:\n"
                                      "      - conforms: {status: [200, 2xx]}\n"
                                      "      - unclear: {status: 400}\n        readings: [one, other]\n",
                                  "scim/x");
  ASSERT_TRUE(probe) << probe.error().message;
  EXPECT_EQ(probe->level, Level::should);
  EXPECT_EQ(probe->severity, Severity::critical);
  EXPECT_TRUE(probe->writes());
  ASSERT_EQ(probe->steps.size(), 2U);
  EXPECT_EQ(probe->steps[0].name, "amy");
  const auto& send = std::get<Send>(probe->steps[1].action);
  EXPECT_EQ(send.method, "GET");
  ASSERT_EQ(probe->steps[1].judged->readings.size(), 2U);
  EXPECT_EQ(probe->steps[1].judged->readings[1].verdict, Verdict::unclear);
  EXPECT_THAT(probe->steps[1].judged->readings[1].readings, ElementsAre("one", "other"));
}

TEST(DecodeProbe, reads_a_body_that_is_not_sent) {
  const auto probe = decode_probe(std::string(head) +
                                      "steps:\n  - compose: team\n    type: Group\n    with: {displayName: x}\n    without: [members]\n"
                                      "  - get: /Users\n    expect: {status: 200}\n",
                                  "scim/x");
  ASSERT_TRUE(probe) << probe.error().message;
  EXPECT_EQ(probe->steps[0].name, "team");
  const auto& body = std::get<Compose>(probe->steps[0].action).resource;
  EXPECT_EQ(body.type, "Group");
  EXPECT_THAT(body.without, ElementsAre("members"));
  EXPECT_FALSE(probe->writes());
  EXPECT_THAT(message_of("steps: [{compose: amy, expect: {status: 201}}]"), HasSubstr("expect"));
  EXPECT_THAT(message_of("steps: [{compose: amy, count: 2}]"), HasSubstr("count"));
}

TEST(DecodeProbe, reads_steps_within_steps) {
  const auto probe = decode_probe(std::string(head) +
                                      "steps:\n"
                                      "  - parallel:\n      - create: amy\n      - get: /Users\n    times: 2\n"
                                      "    together: {status: 201, times: 1, others: 409}\n"
                                      "  - walk: /Users\n    by: cursor\n    between:\n      - delete: \"${amy.path}\"\n",
                                  "scim/x");
  ASSERT_TRUE(probe) << probe.error().message;
  const auto copy = *probe;
  const auto& parallel = std::get<Parallel>(copy.steps[0].action);
  ASSERT_EQ(parallel.steps.size(), 2U);
  EXPECT_EQ(parallel.steps[0].name, "amy");
  EXPECT_EQ(std::get<Send>(parallel.steps[1].action).path, "/Users");
  const auto& walk = std::get<Walk>(copy.steps[1].action);
  ASSERT_EQ(walk.between.size(), 1U);
  EXPECT_EQ(std::get<Send>(walk.between[0].action).method, "DELETE");
}

TEST(DecodeProbe, reads_what_steps_are_played_for) {
  const auto each = [](const std::string& text) {
    const auto probe = decode_probe(
        std::string(head) + "each: " + text + "\nsteps: [{get: /Users, expect: {status: 200}}]\n", "scim/x");
    EXPECT_TRUE(probe) << probe.error().message;
    return probe->each;
  };
  EXPECT_EQ(std::get<EachExtension>(each("{extension: {}}")).required, std::nullopt);
  EXPECT_EQ(std::get<EachExtension>(each("{extension: {required: true}}")).required, true);
  EXPECT_THAT(std::get<EachResourceType>(each("{resource_type: {}}")).only, IsEmpty());
  EXPECT_THAT(std::get<EachResourceType>(each("{resource_type: {only: [User, Group]}}")).only, ElementsAre("User", "Group"));
  EXPECT_THAT(message_of("each: {extension: {requird: true}}\nsteps: [{get: /Users, expect: {status: 200}}]"),
              HasSubstr("required"));
}

TEST(DecodeProbe, reads_watches) {
  const auto probe = decode_probe(std::string(head) + "watch: {methods: [POST], status: [201], distinct: id}\n", "scim/x");
  ASSERT_TRUE(probe) << probe.error().message;
  EXPECT_EQ(probe->watch->distinct, "id");
  EXPECT_THAT(message_of("watch: {methods: [POST]}"), HasSubstr("needs an expect, or distinct"));
}

TEST(DecodeProbe, tells_plain_scalars_from_text) {
  const auto node = read_yaml("{a: 1, b: \"1\", c: true, d: null, e: 1.5, f: x}");
  ASSERT_TRUE(node);
  EXPECT_EQ(to_value(*node), Value::parse(R"({"a":1,"b":"1","c":true,"d":null,"e":1.5,"f":"x"})"));
}

TEST(DecodeProbe, refuses_what_it_does_not_know) {
  EXPECT_THAT(message_of("steps: [{gett: /Users, expect: {status: 200}}]"), HasSubstr("get"));
  EXPECT_THAT(message_of("steps: [{get: /Users, expect: {statis: 200}}]"), HasSubstr("status"));
  EXPECT_THAT(message_of("steps: [{get: /Users, expect: {status: 2000}}]"), HasSubstr("no status"));
  EXPECT_THAT(message_of("steps: [{get: /Users, expect: {body: {id: {presnt: true}}}}]"), HasSubstr("present"));
  EXPECT_THAT(message_of("steps: [{get: /Users, expect: {body: {id: {matches: '['}}}}]"), HasSubstr("regular expression"));
  EXPECT_THAT(message_of("steps: [{get: /Users, expect: {body: {id: {one_of: abc}}}}]"), HasSubstr("'one_of' takes a list"));
  EXPECT_THAT(message_of("steps: [{get: /Users, expect: {body: {id: {keys: []}}}}]"), HasSubstr("'keys' takes a list"));
  EXPECT_THAT(message_of("steps: [{get: /Users, expect: {body: {id: {same_word: 1}}}}]"), HasSubstr("a text or a list"));
  EXPECT_EQ(message_of("steps: [{get: /Users, expect: {body: {\"\": {keys: '${resource_type.members}'}}}}]"), "decodes");
  EXPECT_THAT(message_of("steps: [{put: /Users/1, with: {title: x}, expect: {status: 200}}]"), HasSubstr("change a body"));
  EXPECT_THAT(message_of("steps: [{get: Users, expect: {status: 200}}]"), HasSubstr("begins with /"));
  EXPECT_THAT(message_of("steps: [{get: /Users, expect: [{unclear: {status: 200}}]}]"), HasSubstr("two readings"));
}

TEST(DecodeProbe, refuses_a_case_that_cannot_fail) {
  EXPECT_THAT(message_of("steps: [{get: /Users}]"), HasSubstr("cannot fail"));
}

}  // namespace decode_probe_test
}  // namespace scenarios::probe
