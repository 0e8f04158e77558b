// The published schema allows what the decoder reads and refuses what it refuses. A validator of others judges.
#include "scenarios/script/schema.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "scenarios/engine/library.h"
#include "scenarios/probe/strict_reader.h"
#include "scenarios/script/decode.h"
#include "scenarios/script/scenario_generator.h"

namespace scenarios {
namespace schema_test {

using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr auto published = LOCKSTEP_SOURCE_DIR "/scenarios/script.schema.json";

std::string text_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// What an editor holds against the schema: the script's YAML, its scalars read as YAML 1.2 has them.
std::string as_json_line(const std::string& script) {
  const auto root = read_yaml(script);
  if (!root) return "null";
  return probe::to_value(*root).dump(-1, ' ', true, probe::Value::error_handler_t::replace);
}

/// What is wrong with each script; empty: nothing.
std::vector<std::string> findings(const std::vector<std::string>& scripts) {
  auto name = ::testing::TempDir() + "lockstep_schema_XXXXXX";
  const auto file = mkstemp(name.data());
  if (file < 0) return {};
  close(file);
  {
    std::ofstream out(name, std::ios::binary);
    for (const auto& script : scripts) out << as_json_line(script) << "\n";
  }
  const auto command = fmt::format("/usr/bin/python3 -I {0}/scenarios/script/check_against_schema.py {1} <{2}", LOCKSTEP_SOURCE_DIR, published, name);
  std::string output;
  if (auto* pipe = popen(command.c_str(), "r")) {
    std::array<char, 4096> buffer{};
    for (std::size_t size = 0; (size = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) output.append(buffer.data(), size);
    EXPECT_EQ(pclose(pipe), 0) << "Debian's python3-jsonschema is needed; packages.txt names it";
  }
  std::filesystem::remove(name);
  std::vector<std::string> out;
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) out.push_back(line);
  return out;
}

TEST(Schema, the_published_file_is_what_the_program_says) {
  EXPECT_TRUE(text_of(published) == json_schema()) << "scenarios/script.schema.json is not what the program says; write it anew:\n"
                                                      "  ./lockstep list verbs --format json-schema > scenarios/script.schema.json";
}

TEST(Schema, allows_every_script_that_comes_with_the_program) {
  const std::string scripts_folder = LOCKSTEP_SOURCE_DIR "/scenarios/";
  const auto paths = find_scripts({scripts_folder + "library", scripts_folder + "large", scripts_folder + "regressions"});
  ASSERT_TRUE(paths) << paths.error().text;
  std::vector<std::string> scripts;
  for (const auto& path : *paths) scripts.push_back(text_of(path));
  const auto found = findings(scripts);
  ASSERT_THAT(found, SizeIs(scripts.size()));
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_EQ(found[i], "") << (*paths)[i];
}

// Every verb, observation and field, with values that YAML would rather read as something else.
TEST(Schema, allows_what_is_generated_and_written) {
  std::vector<std::string> scripts;
  const auto generator = any_scenario();
  rc::Random random(1);
  for (int i = 0; i < 400; ++i) scripts.push_back(encode_scenario(generator(random.split(), 30).value()));
  const auto found = findings(scripts);
  ASSERT_THAT(found, SizeIs(scripts.size()));
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_EQ(found[i], "") << scripts[i];
}

constexpr auto sound = R"(lockstep: 1
title: One of each
needs: [scim]
world:
  start: 2026-03-01T00:00:00Z
  network: {latency: 20ms..80ms, loss: 1/50}
  devices:
    - {name: mac-1, os: macos, poll: 1m30s, accounts: [{name: amy, password: old}]}
timeline:
  - entra.create_user: {user: amy, employee_id: 1042}
  - entra.test_connection:
  - at: 40m
    expect: {directory.user: {user: amy, state: ACTIVATED}}
    within: 5m
    rules: [R40]
  - after: 1s
    scim.request: {method: GET, path: /Users, query: {count: 1}, expect: {status: 200}}
    outcome: any
settle: 1h
expect:
  - directory.user_count: {count: 1}
    hold: always
)";

/// The sound script with one part of it replaced.
std::string with(const std::string& part, const std::string& by) {
  std::string out = sound;
  const auto at = out.find(part);
  EXPECT_NE(at, std::string::npos) << part;
  return out.replace(at, part.size(), by);
}

TEST(Schema, refuses_what_the_decoder_refuses) {
  const std::vector<std::string> broken{
      with("lockstep: 1", "lockstep: 2"),
      with("title: One of each\n", ""),
      with("title: One of each", "titel: One of each"),
      with("title: One of each", "title: \"\""),
      with("needs: [scim]", "needs: [scmi]"),
      with("needs: [scim]", "needs: scim"),
      with("start: 2026-03-01T00:00:00Z", "start: tomorrow"),
      with("20ms..80ms", "20ms-80ms"),
      with("1/50", "2 %"),
      with("1/50", "0.02"),
      with("os: macos", "os: linux"),
      with("name: mac-1, ", ""),
      with("password: old", "password: 1-old"),
      with("poll: 1m30s", "poll: 90"),
      with("poll: 1m30s", "poll: 30s1m"),
      with("accounts: [{name: amy, password: old}]", "accounts: {name: amy, password: old}"),
      with("password: old", "pasword: old"),
      with("entra.create_user", "entra.creat_user"),
      with("user: amy, employee_id", "usr: amy, employee_id"),
      with("user: amy, employee_id: 1042", "employee_id: 1042"),
      with("employee_id: 1042", "employee_id: [1042]"),
      with("employee_id: 1042", "assigned: maybe"),
      with("entra.test_connection:", "entra.create_user:"),
      with("entra.test_connection:", "entra.test_connection: now"),
      with("entra.test_connection:\n", "entra.test_connection:\n    entra.start:\n"),
      with("entra.test_connection:\n", "entra.test_connection:\n    within: 5m\n"),
      with("  - entra.test_connection:\n", "  - at: 5m\n"),
      with("at: 40m", "att: 40m"),
      with("at: 40m", "at: -40m"),
      with("at: 40m\n", "at: 40m\n    after: 1s\n"),
      with("directory.user:", "directory.usr:"),
      with("{directory.user: {user: amy, state: ACTIVATED}}", "{}"),
      with("state: ACTIVATED}}", "state: ACTIVATED}, directory.user_count: {count: 1}}"),
      with("state: ACTIVATED", "exists: \"yes\""),
      with("rules: [R40]", "rules: R40"),
      with("rules: [R40]", "outcome: refused"),
      with("status: 200", "stauts: 200"),
      with("outcome: any", "outcome: perhaps"),
      with("settle: 1h", "settle: soon"),
      with("count: 1}\n    hold", "count: one}\n    hold"),
      with("hold: always", "hold: sometimes"),
      with("hold: always", "hold: always\n    within: 5m"),
      with("  - directory.user_count: {count: 1}\n", "  - within: 5m\n"),
  };
  const auto found = findings(broken);
  ASSERT_THAT(found, SizeIs(broken.size()));
  EXPECT_TRUE(decode_scenario(sound)) << decode_scenario(sound).error().message;
  EXPECT_THAT(findings({sound}), testing::ElementsAre(""));
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_FALSE(decode_scenario(broken[i])) << broken[i];
    EXPECT_THAT(found[i], Not(IsEmpty())) << broken[i];
  }
}

}  // namespace schema_test
}  // namespace scenarios
