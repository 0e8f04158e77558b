// Every script of the library: it holds, a run repeats itself, both arms tell one history, and no secret is
// where it must not be.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/sanitized.h"
#include "scenarios/engine/library.h"
#include "scenarios/engine/live_arm.h"
#include "scenarios/engine/runner.h"
#include "scenarios/engine/twice.h"
#include "scenarios/history.h"
#include "scenarios/leak_search.h"

namespace scenarios {
namespace library_test {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::uint64_t seeds = base::sanitized ? 1 : 3;

std::string library_folder() {
  return LOCKSTEP_SOURCE_DIR "/scenarios/library";
}

std::vector<std::string> library_scripts() {
  return find_scripts({library_folder()}).value_or(std::vector<std::string>{});
}

/// `entra/onboarding_mac.yaml` as `entra_onboarding_mac`.
std::string test_name(const ::testing::TestParamInfo<std::string>& script) {
  auto name = script.param.substr(library_folder().size() + 1);
  name.resize(name.size() - std::string_view(".yaml").size());
  std::ranges::replace_if(
      name, [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
  return name;
}

/// What did not hold, for a failed test.
std::string story_of(const RunRecord& record) {
  auto story = fmt::format("seed {}: {} {}", record.seed, to_text(record.verdict), record.problem);
  for (const auto& step : record.steps) {
    if (step.verdict != Verdict::conforms)
      story += fmt::format("\n  line {}: {}: {}", step.line, step.what, step.outcome);
  }
  for (const auto& judgement : record.judgements) {
    if (judgement.verdict != Verdict::conforms)
      story += fmt::format("\n  line {}: {}: found {}", judgement.line, judgement.expected, judgement.found);
  }
  return story;
}

class Library : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    auto script = load_script(GetParam());
    ASSERT_TRUE(script) << script.error().text;
    scenario_ = std::move(script->scenario);
  }

  static RunOptions options_for(std::uint64_t seed) {
    RunOptions options;
    options.script = GetParam().substr(library_folder().size() + 1);
    options.cast.seed = seed;
    return options;
  }

  Scenario scenario_;
};

TEST_P(Library, holds_for_several_seeds) {
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const auto record = run_scenario(scenario_, options_for(seed));
    EXPECT_EQ(record.verdict, Verdict::conforms) << story_of(record);
  }
}

TEST_P(Library, holds_in_any_order_of_what_happens_at_one_instant) {
  if (base::sanitized) GTEST_SKIP() << "the code is the same in every order";
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    auto options = options_for(seed);
    options.cast.shuffle_ties = true;
    const auto record = run_scenario(scenario_, options);
    EXPECT_EQ(record.verdict, Verdict::conforms) << story_of(record);
  }
}

TEST_P(Library, repeats_itself) {
  if (base::sanitized) GTEST_SKIP() << "whether runs are equal is seen without sanitizers";
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const auto twice = run_twice(scenario_, options_for(seed));
    EXPECT_FALSE(twice.divergence) << twice.divergence->text;
  }
}

TEST_P(Library, tells_the_same_history_over_loopback) {
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    auto options = options_for(seed);
    const auto simulated = run_scenario(scenario_, options);
    LiveCarriage carriage;
    options.cast.carriage = &carriage;
    const auto live = run_scenario(scenario_, options);
    EXPECT_EQ(first_difference(simulated, live), std::nullopt);
  }
}

/// What a run leaves for the search.
struct Remains {
  std::set<std::string, std::less<>> secrets;
  std::vector<NamedText> texts;
};

/// Plays it; `plant` may leave something where nothing belongs before the world is looked at.
Remains remains_of(const Scenario& scenario, RunOptions options,
                   const std::function<void(Cast&)>& plant = nullptr) {
  Remains remains;
  options.inspect = [&](Cast& cast) {
    if (plant) plant(cast);
    remains.secrets = cast.world().recorder().secrets();
    remains.texts = texts_of(cast.world());
    for (const auto& [name, person] : cast.people()) {
      for (const auto& held : {person.activation_token, person.portal_session}) {
        if (held) EXPECT_TRUE(remains.secrets.contains(held->reveal())) << name << " holds an unknown secret";
      }
    }
  };
  for (auto& text : texts_of(run_scenario(scenario, options))) remains.texts.push_back(std::move(text));
  return remains;
}

TEST_P(Library, leaves_no_secret_behind) {
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const auto remains = remains_of(scenario_, options_for(seed));
    EXPECT_THAT(remains.secrets, Not(IsEmpty()));
    EXPECT_THAT(find_leaks(remains.secrets, remains.texts), IsEmpty()) << "seed " << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(scripts, Library, ::testing::ValuesIn(library_scripts()), test_name);

TEST(LibraryFolder, holds_scripts) {
  const auto scripts = library_scripts();
  EXPECT_THAT(scripts, Contains(EndsWith("/entra/onboarding_mac.yaml")));
  EXPECT_TRUE(std::ranges::is_sorted(scripts));
}

// The search above would find what it looks for
// ----------------------------------------------------------------------------------------------------

/// Onboarding: a person with a token, a password and a session, and a device.
Remains remains_of_onboarding(const std::function<void(Cast&)>& plant = nullptr) {
  const auto script = load_script(library_folder() + "/entra/onboarding_mac.yaml");
  EXPECT_TRUE(script) << script.error().text;
  if (!script) return {};
  return remains_of(script->scenario, {}, plant);
}

TEST(LibraryLeaks, the_search_reads_the_database_its_log_notes_and_exchanges) {
  const auto remains = remains_of_onboarding();
  for (const auto* name : {"directory: directory.db", "directory: directory.db-wal", "raw note of mac-1",
                           "note of script", "exchange 2 request body", "exchange 2 response body"}) {
    EXPECT_THAT(remains.texts,
                Contains(AllOf(Field(&NamedText::name, name), Field(&NamedText::text, Not(IsEmpty())))));
  }
}

TEST(LibraryLeaks, a_password_in_a_freed_row_of_the_database_is_found) {
  const auto plant = [](Cast& cast) {
    auto file = cast.world().find_host("directory")->disk().open("directory.db");
    const auto password = cast.secrets().value(SecretName("spring")).reveal();
    ASSERT_EQ(file->write(file->size() - 100, std::as_bytes(std::span(password))), base::DiskStatus::ok);
  };
  const auto remains = remains_of_onboarding(plant);
  EXPECT_THAT(find_leaks(remains.secrets, remains.texts),
              ElementsAre(Field(&Leak::place, "directory: directory.db")));
}

TEST(LibraryLeaks, a_token_in_the_log_of_the_database_is_found) {
  const auto plant = [](Cast& cast) {
    auto file = cast.world().find_host("directory")->disk().open("directory.db-wal");
    const auto token = "{\"token\":\"" + cast.person(PersonRef("amy.lee")).activation_token->reveal() + "\"}";
    ASSERT_EQ(file->write(file->size(), std::as_bytes(std::span(token))), base::DiskStatus::ok);
  };
  const auto remains = remains_of_onboarding(plant);
  EXPECT_THAT(find_leaks(remains.secrets, remains.texts),
              ElementsAre(Field(&Leak::place, "directory: directory.db-wal")));
}

TEST(LibraryLeaks, a_password_in_a_note_is_found) {
  const auto plant = [](Cast& cast) {
    cast.world().recorder().note("mac-1", cast.secrets().value(SecretName("spring")).reveal());
  };
  const auto remains = remains_of_onboarding(plant);
  EXPECT_THAT(find_leaks(remains.secrets, remains.texts),
              ElementsAre(Field(&Leak::place, "raw note of mac-1")));
}

/// Says in the clear what no party has told the recorder of: the one thing that redaction cannot take out.
TEST(LibraryLeaks, a_secret_that_redaction_missed_is_found_in_the_record) {
  auto remains = remains_of_onboarding();
  remains.secrets.insert("account amy.lee is created");
  EXPECT_THAT(find_leaks(remains.secrets, remains.texts),
              ElementsAre(Field(&Leak::place, "raw note of mac-1"), Field(&Leak::place, "note of mac-1")));
}

}  // namespace library_test
}  // namespace scenarios
