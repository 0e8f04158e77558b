// The program as a package installs it: PREFIX/bin/lockstep with its library in PREFIX/share/lockstep.
#include <gmock/gmock.h>

#include "cli/program_fixture.h"

namespace cli {
namespace installed_test {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto passes = "lockstep: 1\ntitle: It waits\ntimeline:\n  - wait: {for: 1m}\n";
constexpr auto violates =
    "lockstep: 1\ntitle: It fails\ntimeline:\n  - expect: {directory.user_count: {count: 3}}\n    rules: [R40]\n";

class InstalledProgram : public Program {
 protected:
  InstalledProgram() {
    write("usr/share/lockstep/scenarios/library/entra/waits.yaml", passes);
    write("usr/share/lockstep/scenarios/regressions/waits_too.yaml", passes);
    fs::create_directories(folder() / "usr/bin");
    fs::create_directories(folder() / "work");
    fs::copy_file(LOCKSTEP_PROGRAM, folder() / "usr/bin/lockstep");
  }

  /// Called in a folder that is not the program's.
  [[nodiscard]] Ended call_installed(std::vector<std::string> arguments) const {
    Child child((folder() / "usr/bin/lockstep").string(), std::move(arguments), folder() / "work");
    return child.wait();
  }
};

TEST_F(InstalledProgram, plays_its_library_and_reports_into_the_current_folder) {
  const auto ended = call_installed({"run"});
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  EXPECT_THAT(ended.out, AllOf(HasSubstr("conforms        scenarios/library/entra/waits.yaml  "),
                               HasSubstr("conforms        scenarios/regressions/waits_too.yaml  "),
                               HasSubstr("\n2 runs: 2 conforms\n"), EndsWith("report: out/report/index.html\n")));
  EXPECT_TRUE(fs::exists(folder() / "work/out/report/report.json"));
  EXPECT_TRUE(fs::exists(folder() / "work/out/report/index.html"));
}

TEST_F(InstalledProgram, knows_a_folder_of_its_library_by_the_name_that_the_help_gives_it) {
  const auto folder_named = call_installed({"run", "scenarios/library/entra", "--no-report"});
  EXPECT_EQ(folder_named.exit_code, 0) << folder_named.err;
  EXPECT_THAT(folder_named.out, HasSubstr("\n1 run: 1 conforms\n"));
  EXPECT_EQ(call_installed({"check", "scenarios/library/entra/waits.yaml"}).out, "1 script is well-formed\n");
  EXPECT_EQ(call_installed({"check", "scenarios/library/none"}).err,
            "scenarios/library/none: there is no such file or folder\n");
  EXPECT_EQ(call_installed({"check", ""}).exit_code, 64);
}

TEST_F(InstalledProgram, prefers_a_file_of_the_current_folder_to_one_of_its_library) {
  write("work/scenarios/library/entra/waits.yaml", violates);
  const auto ended = call_installed({"run", "scenarios/library/entra/waits.yaml", "--no-report"});
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_THAT(ended.out, AllOf(HasSubstr("scenarios/library/entra/waits.yaml:4: violates"), Not(HasSubstr("usr/share"))));
}

TEST_F(InstalledProgram, speaks_of_itself_without_the_project_s_folder) {
  write("work/bad.yaml", violates);
  EXPECT_THAT(call_installed({"run", "bad.yaml", "--no-report"}).out,
              AllOf(HasSubstr("    lockstep run bad.yaml --seed 1\n"), Not(HasSubstr("./lockstep"))));
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"--help"}, {"serve", "directory", "--help"}}) {
    const auto help = call_installed(arguments);
    EXPECT_EQ(help.exit_code, 0);
    EXPECT_THAT(help.out, AllOf(HasSubstr(" lockstep "), Not(HasSubstr("./lockstep"))));
  }
  EXPECT_EQ(call_installed({"explain", "nothing like it"}).err,
            "lockstep: there is no rule 'nothing like it'; 'lockstep list rules' lists them\n");
}

TEST_F(InstalledProgram, has_no_commands_of_the_project_s_tree) {
  for (const auto* command : {"test", "bench", "package"}) {
    EXPECT_EQ(call_installed({command}).exit_code, 64) << command;
  }
  EXPECT_THAT(call_installed({"--help"}).out, Not(HasSubstr("benchmarks")));
}

TEST_F(InstalledProgram, repeats_a_run_in_a_second_process) {
  EXPECT_EQ(call_installed({"run", "--twice", "--no-report"}).exit_code, 0);
}

}  // namespace installed_test
}  // namespace cli
