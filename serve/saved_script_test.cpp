// A script that was saved does what was done by hand.
#include "serve/saved_script.h"

#include <gmock/gmock.h>

#include "scenarios/engine/runner.h"
#include "serve/served_fixture.h"

namespace serve {
namespace saved_script_test {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

class SavedScript : public ServedFixture {
 protected:
  /// Played by itself, as `lockstep run` would.
  scenarios::RunRecord played(const std::string& text) {
    const auto script = scenarios::decode_scenario(text);
    EXPECT_TRUE(script.has_value()) << (script ? "" : script.error().message) << "\n" << text;
    if (!script) return {};
    scenarios::RunOptions options;
    options.cast.seed = script->replay.seed;
    return scenarios::run_scenario(*script, options);
  }
};

TEST_F(SavedScript, does_what_was_done_at_its_time) {
  EXPECT_EQ(play("entra.create_user: {user: eve, given_name: Eve, surname: Early, mail: eve@example.test}"), "ok");
  advance(41min);
  EXPECT_EQ(play("entra.disable_user: {user: eve}"), "ok");
  advance(1h);
  const auto text = saved_script(*world_);
  EXPECT_THAT(text, HasSubstr("entra.create_user: {user: eve,"));
  EXPECT_THAT(text, HasSubstr("at: 41m1ms"));
  EXPECT_THAT(text, HasSubstr("seed: 7"));
  const auto record = played(text + "expect:\n  - directory.user: {user: eve, state: SUSPENDED}\n");
  EXPECT_EQ(record.verdict, scenarios::Verdict::conforms) << record.problem;
  EXPECT_THAT(text, HasSubstr("settle: 59m59s999ms\n"));
}

TEST_F(SavedScript, demands_the_outcome_that_there_was) {
  EXPECT_EQ(play("user.log_in: {user: ann, password: wrong}"), "refused");
  const auto text = saved_script(*world_);
  EXPECT_THAT(text, HasSubstr("outcome: refused"));
  EXPECT_EQ(played(text).verdict, scenarios::Verdict::conforms);
}

TEST_F(SavedScript, says_what_is_not_in_it) {
  EXPECT_THAT(saved_script(*world_), Not(HasSubstr("#")));
  EXPECT_EQ(graph("/v1.0/users").status, 200);
  EXPECT_THAT(saved_script(*world_), HasSubstr("2 requests came from clients outside"));
}

}  // namespace saved_script_test
}  // namespace serve
