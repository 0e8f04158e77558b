// Scripts against a directory that a configuration describes. The one that comes with the program stands for somebody else's:
// it is asked through its admin API, as the page docs/targets.md says.
#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

#include "cli/serve_fixture.h"

namespace cli {
namespace targets_test {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr auto script_of_library = LOCKSTEP_SOURCE_DIR "/scenarios/library/";

class Targets : public Serve {
 protected:
  void write_config(const std::string& url, const std::string& more) const {
    write("provider.yaml", fmt::format("lockstep_config: 1\ntarget: {}\nauth: {{token_file: key}}\nheader_files: {{x-api-key: key}}\n{}", url, more));
  }
  [[nodiscard]] static std::string url_of(const Served& server) { return fmt::format("http://127.0.0.1:{}/scim/v2", server.port()); }

  static constexpr auto mapping = R"(observe:
  directory.user:
    path: /api/systemusers?filter=username:$eq:${user.username}
    id: /results/0/_id
    fields:
      state: /results/0/state
      email: /results/0/email
      given_name: /results/0/firstname
      surname: /results/0/lastname
      department: /results/0/department
  directory.user_count: {path: "/api/systemusers?limit=1", fields: {count: /totalCount}}
verbs:
  admin.suspend_user: {method: PUT, path: "/api/systemusers/${user.id}", body: {state: SUSPENDED}}
)";
};

TEST_F(Targets, the_provisioning_part_of_onboarding_and_suspension_plays_by_a_mapping) {
  for (const std::string from : {"entra", "okta"}) {
    std::filesystem::remove_all(folder() / "data");
    auto server = serve({"--integration", from});
    write_config(url_of(server), mapping);
    const auto ended = call({"run", script_of_library + from + "/provisioning_alone.yaml", "--config", "provider.yaml", "--no-report"});
    EXPECT_EQ(ended.exit_code, 0) << ended.out << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("conforms"));
  }
}

TEST_F(Targets, an_admins_act_goes_to_the_targets_own_api) {
  auto server = serve({"--integration", "entra"});
  write_config(url_of(server), mapping);
  const std::string begin = "lockstep: 1\ntitle: T\nneeds: [scim, admin]\ntimeline:\n  - entra.create_user: {user: amy}\n  - entra.provision_on_demand: {user: amy}\n";
  write("s.yaml", begin + "  - admin.suspend_user: {user: amy}\n  - expect: {directory.user: {user: amy, state: SUSPENDED}}\n");
  const auto ended = call({"run", "s.yaml", "--config", "provider.yaml", "--no-report"});
  EXPECT_EQ(ended.exit_code, 0) << ended.out << ended.err;
  write("s.yaml", begin + "  - admin.delete_user: {user: amy}\n");
  const auto lacks = call({"run", "s.yaml", "--config", "provider.yaml", "--no-report"});
  EXPECT_EQ(lacks.exit_code, 2);
  EXPECT_THAT(lacks.out, HasSubstr("admin.delete_user, which is not mapped"));
}

TEST_F(Targets, a_run_begins_with_the_targets_reset) {
  auto server = serve();
  write("s.yaml", "lockstep: 1\ntitle: T\nneeds: [scim]\ntimeline:\n  - entra.test_connection:\n");
  write_config(url_of(server), "reset: {method: GET, path: /scim/v2/ServiceProviderConfig}\n");
  EXPECT_EQ(call({"run", "s.yaml", "--config", "provider.yaml", "--no-report"}).exit_code, 0);
  write_config(url_of(server), "reset: {path: /nothing/here}\n");
  const auto ended = call({"run", "s.yaml", "--config", "provider.yaml", "--no-report"});
  EXPECT_EQ(ended.exit_code, 70);
  EXPECT_THAT(ended.out, HasSubstr("the target's reset, POST /nothing/here, came to 404"));
}

TEST_F(Targets, the_command_line_says_which_target_before_the_configuration_does) {
  write("key", "abc\n");
  write("s.yaml", "lockstep: 1\ntitle: T\ntimeline:\n  - expect: {directory.user_count: {count: 0}}\n");
  write_config("http://127.0.0.1:9/scim", "");
  EXPECT_EQ(call({"run", "s.yaml", "--config", "provider.yaml", "--no-report"}).exit_code, 2);
  EXPECT_EQ(call({"run", "s.yaml", "--target", "core", "--config", "provider.yaml", "--no-report"}).exit_code, 0);
  write_config("fake", "");
  EXPECT_THAT(call({"run", "s.yaml", "--config", "provider.yaml"}).err, HasSubstr("target: fake is for conform"));
}

TEST_F(Targets, what_is_wrong_with_a_mapping_has_its_place) {
  write("key", "abc\n");
  write("s.yaml", "lockstep: 1\ntitle: T\nneeds: [scim]\n");
  const std::pair<std::string, std::string> table[] = {
      {"obsrve: {}", ":5:1: unknown key 'obsrve'; did you mean 'observe'?"},
      {"observe: {directory.usr: {path: /a}}", ":5:11: unknown key 'directory.usr'; did you mean 'directory.user'?"},
      {"observe: {device.screen: {path: /a}}", ":5:11: unknown key 'device.screen'; known here: directory.connection, directory.events"},
      {"observe: {directory.user: {}}", ":5:27: a request has a path"},
      {"observe: {directory.user: {path: a}}", ":5:34: a path begins with /"},
      {"observe: {directory.user: {path: /a, fields: {stat: /b}}}", ":5:47: unknown key 'stat'; did you mean 'state'?"},
      {"observe: {directory.user: {path: /a, fields: {state: b}}}", ":5:54: a JSON pointer begins with /"},
      {"observe: {directory.user: {path: /a, fields: {state: {map: {on: ACTIVATED}}}}}", ":5:54: a field has a pointer"},
      {"observe: {directory.user: {path: /a, fields: {state: {pointer: /b, map: [on]}}}}", ":5:73: a map from the target's values"},
      {"observe: {directory.user: {path: \"/a/${user.mail}\"}}", ":5:34: nothing is called ${user.mail} here; did you mean ${user.email}?"},
      {"observe: {directory.user: {path: \"/a/${user.email\"}}", ":5:34: '${user.email' has no end"},
      {"observe: {directory.user: {path: \"/a/${user.id}\"}}", ":5:27: directory.user finds a user by name or address"},
      {"verbs: {admin.suspend_user: {method: GO, path: /a}}", ":5:38: 'GO' is none of: GET, POST"},
      {"verbs: {admin.suspend_user: {path: /a, body: {x: [\"${nobody}\"]}}}", ":5:46: nothing is called ${nobody} here"},
      {"verbs: {admin.suspend_user: {path: \"/a/${user.id}\"}}", ":1:1: admin.suspend_user names an id of the target"},
      {"verbs: {entra.disable_user: {path: /a}}", ":5:9: unknown key 'entra.disable_user'"},
      {"reset: {path: \"/a/${user.name}\"}", ":5:15: nothing is called ${user.name} here"},
      {"reset: {}", ":5:8: a request has a path"},
  };
  for (const auto& [lines, error] : table) {
    write_config("http://127.0.0.1:9/scim", lines + "\n");
    const auto ended = call({"run", "s.yaml", "--config", "provider.yaml", "--no-report"});
    EXPECT_EQ(ended.exit_code, 64) << lines;
    EXPECT_THAT(ended.err, StartsWith("lockstep: provider.yaml" + error)) << lines;
  }
}

std::string text_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST_F(Targets, the_page_is_what_the_program_says) {
  const auto said = call({"list", "mappings", "--format", "markdown"});
  EXPECT_TRUE(text_of(LOCKSTEP_SOURCE_DIR "/docs/targets.md") == said.out)
      << "docs/targets.md is not what the program says; write it anew:\n  ./lockstep list mappings --format markdown > docs/targets.md";
  EXPECT_THAT(call({"list", "mappings"}).out, AllOf(HasSubstr("directory.user\n"), HasSubstr("admin.suspend_user\n"), HasSubstr("      state ")));
}

TEST_F(Targets, the_pages_own_configuration_can_be_read) {
  const auto page = text_of(LOCKSTEP_SOURCE_DIR "/docs/targets.md");
  constexpr std::string_view fence = "```yaml\n";
  const auto begin = page.find(fence);
  ASSERT_NE(begin, std::string::npos);
  const auto end = page.find("```\n", begin + fence.size());
  write("provider.yaml", page.substr(begin + fence.size(), end - begin - fence.size()));
  write("token.txt", "abc\n");
  write("s.yaml", "lockstep: 1\ntitle: T\nneeds: [portal]\n");
  const auto ended = call({"run", "s.yaml", "--config", "provider.yaml", "--no-report"});
  EXPECT_EQ(ended.exit_code, 2) << ended.err;
}

}  // namespace targets_test
}  // namespace cli
