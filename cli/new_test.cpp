// What `new` writes, played.
#include <gmock/gmock.h>

#include "cli/program_fixture.h"

namespace cli {
namespace new_test {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

using New = Program;

/// The file that the first line of a script names, as an editor finds it.
std::filesystem::path schema_named_in(const std::string& script, const std::filesystem::path& beside) {
  constexpr std::string_view head = "# yaml-language-server: $schema=";
  EXPECT_THAT(script, StartsWith(std::string(head)));
  return beside / script.substr(head.size(), script.find('\n') - head.size());
}

TEST_F(New, writes_a_script_that_conforms_as_it_is) {
  for (const auto* from : {"entra", "okta"}) {
    const std::string name = std::string("from_") + from;
    const auto written = call({"new", name, "--from", from});
    EXPECT_EQ(written.exit_code, 0) << written.err;
    EXPECT_THAT(written.out, HasSubstr("run " + name + ".yaml"));
    EXPECT_TRUE(std::filesystem::is_regular_file(schema_named_in(read(name + ".yaml"), folder())));
    EXPECT_EQ(call({"check", name + ".yaml"}).exit_code, 0);
    const auto played = call({"run", name + ".yaml", "--seeds", "1..20", "--no-report"});
    EXPECT_EQ(played.exit_code, 0) << played.out;
    EXPECT_THAT(read(name + ".yaml"), HasSubstr(std::string(from) + ".create_user"));
  }
}

TEST_F(New, what_it_writes_can_fail) {
  ASSERT_EQ(call({"new", "my"}).exit_code, 0);
  auto text = read("my.yaml");
  const std::string right = "department: Support}}";
  const auto at = text.find(right);
  ASSERT_NE(at, std::string::npos);
  write("my.yaml", text.replace(at, right.size(), "department: Sales}}"));
  EXPECT_EQ(call({"run", "my.yaml", "--no-report"}).exit_code, 1);
}

TEST_F(New, takes_a_path_and_adds_the_extension_once) {
  EXPECT_EQ(call({"new", "sub/folder/a.yaml"}).exit_code, 0);
  EXPECT_NE(read("sub/folder/a.yaml"), "");
  EXPECT_EQ(call({"run", "sub/folder/a.yaml", "--no-report"}).exit_code, 0);
}

TEST_F(New, overwrites_nothing) {
  write("my.yaml", "mine");
  std::filesystem::create_symlink("nowhere", folder() / "link.yaml");
  for (const auto* name : {"my", "my.yaml", "link"}) {
    const auto ended = call({"new", name});
    EXPECT_EQ(ended.exit_code, 64) << name;
    EXPECT_THAT(ended.err, HasSubstr("is there already")) << name;
  }
  EXPECT_EQ(read("my.yaml"), "mine");
  EXPECT_FALSE(std::filesystem::exists(folder() / "nowhere"));
}

TEST_F(New, knows_where_people_can_come_from) {
  const auto ended = call({"new", "my", "--from", "ldap"});
  EXPECT_EQ(ended.exit_code, 64);
  EXPECT_THAT(ended.err, AllOf(HasSubstr("entra"), HasSubstr("okta")));
  EXPECT_FALSE(std::filesystem::exists(folder() / "my.yaml"));
}

}  // namespace new_test
}  // namespace cli
