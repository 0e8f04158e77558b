#include "tidy/hygiene.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidy {
namespace hygiene_test {

using testing::ElementsAre;
using testing::IsEmpty;

/// `line rule` for each finding.
std::vector<std::string> found(const std::string& path, const std::string& text) {
  std::vector<std::string> out;
  for (const auto& finding : check_hygiene(path, text))
    out.push_back(std::to_string(finding.line) + " " + finding.rule);
  return out;
}

std::vector<std::string> found(const std::string& text) {
  return found("README.md", text);
}

TEST(Hygiene, accepts_clean_text) {
  EXPECT_THAT(found("One line.\n\nAnother line.\n"), IsEmpty());
  EXPECT_THAT(found(""), IsEmpty());
}

TEST(Hygiene, finds_line_ends_and_white_space) {
  EXPECT_THAT(found("a\nb \nc\t\nd"), ElementsAre("2 trailing-space", "3 trailing-space", "4 final-newline"));
  EXPECT_THAT(found("a\r\nb\n"), ElementsAre("1 line-end"));
}

/// The marker, which this file must not contain.
std::string shout(std::string_view word) {
  std::string out;
  for (const char c : word) out += static_cast<char>(c - 'a' + 'A');
  return out;
}

TEST(Hygiene, finds_left_over_markers_as_whole_words) {
  const auto lines =
      "// " + shout("todo") + ": more\n# " + shout("fixme") + "\n" + shout("xxx") + "\n" + shout("hack");
  EXPECT_THAT(found(lines + "\n"), ElementsAre("1 marker", "2 marker", "3 marker", "4 marker"));
  EXPECT_THAT(found(shout("todo") + "S, " + shout("hack") + "ED, a" + shout("xxx") + ", todo\n"), IsEmpty());
}

/// `/folder/` at the root, which this file must not contain either.
std::string root_folder(const std::string& name) {
  return "/" + name + "/";
}

TEST(Hygiene, finds_paths_of_somebodys_machine) {
  EXPECT_THAT(found("see " + root_folder("home") + "ann/x\n\"" + root_folder("work") +
                    "y\"\nX=" + root_folder("root") + "z\ncd " + root_folder("tmp") + "a\n"),
              ElementsAre("1 machine-path", "2 machine-path", "3 machine-path", "4 machine-path"));
  EXPECT_THAT(found("$HOME" + root_folder("work") + "x, https://host.example" + root_folder("home") + ", a" +
                    root_folder("tmp") + "b\n"),
              IsEmpty());
  EXPECT_THAT(found("live/disk_test.cpp", "open(\"" + root_folder("tmp") + "a\");\n"), IsEmpty());
}

TEST(Hygiene, limits_the_length_of_code) {
  std::string text;
  for (std::size_t i = 0; i < longest_file; ++i) text += "\n";
  EXPECT_THAT(check_length("base/a.cpp", text), IsEmpty());
  text += "\n";
  ASSERT_EQ(check_length("base/a.cpp", text).size(), 1u);
  EXPECT_EQ(check_length("base/a.cpp", text)[0].rule, "long-file");
  EXPECT_THAT(check_length("reports/golden/a.cpp", text), IsEmpty());
  EXPECT_THAT(check_length("scenarios/catalog/rules.yaml", text), IsEmpty());
}

}  // namespace hygiene_test
}  // namespace tidy
