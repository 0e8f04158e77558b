// Plants includes against the arrows; the real tree is tidy_test.cpp's.
#include "tidy/arrows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidy {
namespace arrows_test {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

Sources tree_of(const std::map<std::string, std::string>& files) {
  Sources tree;
  for (const auto& [path, text] : files) tree.emplace(path, read_source(text));
  return tree;
}

/// The findings for `path` where its only content is an include of `included`, which exists.
std::vector<std::string> including(const std::string& path, const std::string& included) {
  const auto tree = tree_of({{path, "#include \"" + included + "\"\n"}, {included, "#pragma once\n"}});
  std::vector<std::string> out;
  for (const auto& finding : check_includes(path, tree.at(path), tree)) out.push_back(to_text(finding));
  return out;
}

std::vector<std::string> texts(const std::vector<Finding>& findings) {
  std::vector<std::string> out;
  for (const auto& finding : findings) out.push_back(to_text(finding));
  return out;
}

TEST(Arrows, point_the_ways_of_the_table) {
  for (const auto& [from, to] : std::map<std::string, std::string>{
           {"base/uri.cpp", "base/encoding.h"},
           {"directory/scim/patch.cpp", "base/json.h"},
           {"scenarios/engine/run.cpp", "fakes/okta/org.h"},
           {"properties/model/users.cpp", "scenarios/script/scenario.h"},
           {"reports/html.cpp", "scenarios/run_record.h"},
           {"bench/load.cpp", "properties/generators/users.h"},
           {"bench/load/load_html.cpp", "reports/html.h"},
           {"cli/load_command.cpp", "bench/load/pace.h"},
           {"cli/scale_command.cpp", "bench/scale/scale_run.h"},
           {"cli/main.cpp", "reports/html.h"},
           {"serve/incarnation.cpp", "scenarios/engine/cast.h"},
           {"serve/gates.cpp", "live/http_host.h"},
           {"cli/serve_world_command.cpp", "serve/server.h"},
           {"tidy/tidy_test.cpp", "base/rng.h"},
       }) {
    EXPECT_THAT(including(from, to), IsEmpty()) << from << " includes " << to;
  }
}

TEST(Arrows, point_no_other_way) {
  for (const auto& [from, to] : std::multimap<std::string, std::string>{
           {"base/uri.cpp", "sim/clock.h"},
           {"directory/server.cpp", "sim/world.h"},
           {"directory/server.cpp", "fakes/okta/org.h"},
           {"sim/world.cpp", "directory/server.h"},
           {"live/http_host.cpp", "sim/network.h"},
           {"fakes/okta/org.cpp", "directory/scim/filter.h"},
           {"fakes/okta/org.cpp", "live/http_host.h"},
           {"scenarios/engine/run.cpp", "reports/html.h"},
           {"properties/model/users.cpp", "reports/html.h"},
           {"reports/html.cpp", "scenarios/engine/run.h"},
           {"reports/html.cpp", "directory/server.h"},
           {"scenarios/engine/cast.cpp", "serve/server.h"},
           {"live/http_host.cpp", "serve/admission.h"},
           {"serve/incarnation.cpp", "directory/core/core.h"},
           {"cli/main.cpp", "bench/load.h"},
           {"cli/main.cpp", "properties/model_test.h"},
           {"tidy/tidy_test.cpp", "sim/world.h"},
       }) {
    EXPECT_THAT(including(from, to),
                ElementsAre(AllOf(StartsWith(from + ":1: arrow: '" + to + "'"), HasSubstr("may include"))))
        << from << " includes " << to;
  }
}

TEST(Arrows, tests_of_the_core_and_the_fakes_play_in_the_simulator) {
  EXPECT_THAT(including("directory/server/crash_test.cpp", "sim/world.h"), IsEmpty());
  EXPECT_THAT(including("fakes/devices/world_fixture.h", "sim/world.h"), Not(Contains(HasSubstr("arrow"))));
  EXPECT_THAT(including("fakes/devices/agent_test.cpp", "directory/core/core.h"), Not(IsEmpty()));
  EXPECT_THAT(including("live/http_host_test.cpp", "sim/world.h"), Not(IsEmpty()));
  EXPECT_THAT(including("base/rng_test.cpp", "sim/world.h"), Not(IsEmpty()));
}

TEST(Arrows, need_a_folder_that_the_table_knows) {
  EXPECT_THAT(including("tools/x.cpp", "base/rng.h"), ElementsAre(StartsWith("tools/x.cpp:1: arrow: ")));
}

TEST(Includes, are_relative_to_the_root) {
  const auto tree = tree_of({{"base/uri.cpp",
                              "#include \"uri.h\"\n"
                              "#include \"../base/uri.h\"\n"
                              "#include <base/uri.h>\n"
                              "#include \"sqlite3.h\"\n"
                              "#include <sqlite3.h>\n"
                              "#include \"base/url.h\"\n"
                              "#include \"base/uri.cpp\"\n"},
                             {"base/uri.h", "#pragma once\n"}});
  EXPECT_THAT(texts(check_includes("base/uri.cpp", tree.at("base/uri.cpp"), tree)),
              ElementsAre(StartsWith("base/uri.cpp:1: root-relative-include: 'uri.h'"),
                          StartsWith("base/uri.cpp:2: root-relative-include: "),
                          StartsWith("base/uri.cpp:3: root-relative-include: "),
                          StartsWith("base/uri.cpp:4: root-relative-include: "),
                          StartsWith("base/uri.cpp:6: missing-include: 'base/url.h'"),
                          StartsWith("base/uri.cpp:7: missing-include: 'base/uri.cpp'")));
}

TEST(Includes, need_pragma_once_in_a_header) {
  const auto tree = tree_of({{"base/uri.h", "class Uri;\n"}});
  EXPECT_THAT(texts(check_includes("base/uri.h", tree.at("base/uri.h"), tree)),
              ElementsAre(StartsWith("base/uri.h:1: pragma-once: ")));
}

TEST(Includes, form_no_ring_of_files) {
  const auto tree = tree_of({{"base/a.h", "#include \"base/b.h\"\n"},
                             {"base/b.h", "\n#include \"base/c.h\"\n"},
                             {"base/c.h", "#include \"base/b.h\"\n"}});
  EXPECT_THAT(texts(check_cycles(tree)),
              ElementsAre(StartsWith("base/b.h:2: include-cycle: base/b.h -> base/c.h -> base/b.h; ")));
}

TEST(Includes, form_no_ring_of_folders) {
  const auto tree = tree_of({{"sim/a.h", "#include \"live/b.h\"\n"},
                             {"live/b.h", ""},
                             {"live/c.h", "#include \"sim/d.h\"\n"},
                             {"sim/d.h", ""}});
  EXPECT_THAT(texts(check_cycles(tree)),
              ElementsAre(StartsWith("live/c.h:1: include-cycle: folders live -> sim -> live; ")));
  EXPECT_THAT(check_cycles(tree_of({{"sim/a.h", "#include \"base/b.h\"\n"}, {"base/b.h", ""}})), IsEmpty());
}

TEST(Arrows, hold_for_the_build_as_well) {
  constexpr std::string_view text =
      "# A library.\n"
      "lockstep_folder(fakes\n"
      "  PLAIN okta/org.cpp\n"
      "  DEPENDS base directory\n"
      "  PACKAGES PkgConfig::openssl)\n"
      "lockstep_tests(fakes DEPENDS fakes sim)\n";
  EXPECT_THAT(
      texts(check_cmake_arrows("fakes/CMakeLists.txt", text)),
      ElementsAre(StartsWith("fakes/CMakeLists.txt:2: arrow: 'directory': fakes may depend on base")));
  EXPECT_THAT(check_cmake_arrows("reports/CMakeLists.txt", "lockstep_folder(reports DEPENDS base scenarios)"),
              IsEmpty());
  EXPECT_THAT(check_cmake_arrows("fakes/graph/CMakeLists.txt", "lockstep_folder(fakes_graph DEPENDS fakes base)"),
              IsEmpty());
}

}  // namespace arrows_test
}  // namespace tidy
