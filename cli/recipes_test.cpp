// What the documentation tells people to type, and the workflows that it offers to copy: the program takes
// every line.
#include <gmock/gmock.h>
#include <yaml-cpp/yaml.h>

#include <regex>

#include "cli/program_fixture.h"

namespace cli {
namespace recipes_test {

namespace fs = std::filesystem;
using ::testing::Each;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Words = std::vector<std::string>;

const fs::path source_dir = LOCKSTEP_SOURCE_DIR;

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in) << path;
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The words of a shell's command up to its end, a pipe, a redirection or a comment. Variables stay as they
/// are written.
Words words_of(const std::string& line) {
  Words words;
  std::string word;
  bool is_word = false;
  char quote = 0;
  for (std::size_t at = 0; at <= line.size(); ++at) {
    const char c = at < line.size() ? line[at] : ' ';
    if (quote != 0) {
      if (c == quote)
        quote = 0;
      else
        word += c;
    } else if (c == '"' || c == '\'') {
      quote = c;
      is_word = true;
    } else if (c == ' ' || c == ';') {
      if (is_word) words.push_back(std::move(word));
      word.clear();
      is_word = false;
      if (c == ';') break;
    } else if (!is_word && std::string_view("#|&<>").find(c) != std::string_view::npos) {
      break;
    } else {
      word += c;
      is_word = true;
    }
  }
  return words;
}

/// The program's arguments in each line of a shell's text that calls it. Calls of what is the entry script's
/// own are left out, and so is the script's --yes.
std::vector<Words> calls_in(std::string text) {
  text = std::regex_replace(text, std::regex(R"( *\\\n *)"), " ");
  static const std::regex call(R"(^ *(?:\$ )?(?:\./)?lockstep ([^\n]*)$)",
                               std::regex::ECMAScript | std::regex::multiline);
  static const Words of_the_script{"test", "bench", "package"};
  std::vector<Words> calls;
  for (auto found = std::sregex_iterator(text.begin(), text.end(), call); found != std::sregex_iterator();
       ++found) {
    auto words = words_of((*found)[1]);
    if (!words.empty() && words.front() == "--yes") words.erase(words.begin());
    if (words.empty() || std::ranges::find(of_the_script, words.front()) != of_the_script.end()) continue;
    calls.push_back(std::move(words));
  }
  return calls;
}

/// Of a page in Markdown what is code: lines that are indented by four, or stand between fences.
std::string code_of(const std::string& page) {
  std::istringstream lines(page);
  std::string line;
  std::string code;
  bool fenced = false;
  while (std::getline(lines, line)) {
    if (line.starts_with("```")) {
      fenced = !fenced;
    } else if (fenced || line.starts_with("    ")) {
      code += line + "\n";
    }
  }
  return code;
}

/// All texts below keys of these names, at any depth.
void collect(const YAML::Node& node, const Words& keys, bool wanted, std::vector<std::string>& texts) {
  if (node.IsScalar() && wanted) texts.push_back(node.as<std::string>());
  if (node.IsSequence()) {
    for (const auto& one : node) collect(one, keys, wanted, texts);
  }
  if (node.IsMap()) {
    for (const auto& one : node) {
      collect(one.second, keys, std::ranges::find(keys, one.first.as<std::string>()) != keys.end(), texts);
    }
  }
}

std::vector<std::string> scripts_of(const std::string& workflow) {
  std::vector<std::string> scripts;
  collect(YAML::Load(workflow), {"run", "before_script", "script"}, false, scripts);
  return scripts;
}

class Recipes : public Program {
 protected:
  /// What the program says of a command line that it does not take; empty where it does.
  [[nodiscard]] std::string complaint(Words words) const {
    words.insert(words.begin(), "--parse-only");
    const auto ended = call(words);
    EXPECT_EQ(ended.out, "");
    return ended.exit_code == 0 ? "" : ::testing::PrintToString(words) + ": " + ended.err;
  }
  [[nodiscard]] std::vector<std::string> complaints(const std::vector<Words>& calls) const {
    std::vector<std::string> found;
    for (const auto& words : calls) {
      if (auto text = complaint(words); !text.empty()) found.push_back(std::move(text));
    }
    return found;
  }
};

TEST_F(Recipes, are_read_as_a_shell_reads_them) {
  EXPECT_THAT(calls_in("  ./lockstep --yes run a.yaml --seed 1   # why\n$ lockstep explain 'a b' | "
                       "head\nlockstep test -N\n"
                       "  lockstep check \\\n    a.yaml; date\nsay lockstep run\nlockstep: no\n"),
              ::testing::ElementsAre(Words{"run", "a.yaml", "--seed", "1"}, Words{"explain", "a b"},
                                     Words{"check", "a.yaml"}));
}

TEST_F(Recipes, a_wrong_one_is_noticed_and_none_is_carried_out) {
  EXPECT_NE(complaint({"conform", "scim", "--no-such-option"}), "");
  EXPECT_NE(complaint({"conform"}), "");
  EXPECT_EQ(complaint({"conform", "scim", "--report", "report"}), "");
  EXPECT_FALSE(fs::exists(folder() / "report"));
}

TEST_F(Recipes, of_the_pages_are_taken) {
  std::vector<fs::path> pages{source_dir / "README.md"};
  for (const auto& page : fs::directory_iterator(source_dir / "docs")) {
    if (page.path().extension() == ".md") pages.push_back(page.path());
  }
  std::size_t count = 0;
  for (const auto& page : pages) {
    const auto calls = calls_in(code_of(text_of(page)));
    EXPECT_THAT(complaints(calls), IsEmpty()) << page;
    count += calls.size();
  }
  EXPECT_GE(count, 10);
}

/// A call that a page shows with its output.
struct Shown {
  Words words;
  std::vector<std::string> lines;
};

/// The indented blocks of a page that begin with `$ ./lockstep`.
std::vector<Shown> shown_in(const std::string& page) {
  std::istringstream lines(page);
  std::string line;
  std::vector<Shown> calls;
  bool open = false;
  std::size_t empty = 0;
  while (std::getline(lines, line)) {
    if (line.starts_with("    $ ./lockstep ")) {
      calls.push_back({words_of(line.substr(std::string_view("    $ ./lockstep ").size())), {}});
      open = true;
      empty = 0;
    } else if (open && line.empty()) {
      ++empty;
    } else if (open && line.starts_with("    ")) {
      for (; empty > 0; --empty) calls.back().lines.emplace_back();
      calls.back().lines.push_back(line.substr(4));
    } else {
      open = false;
    }
  }
  return calls;
}

/// Without what a run draws or counts: ids, times, names.
std::string drawn_aside(const std::string& line) {
  return std::regex_replace(line, std::regex("[0-9a-f]{4,}|lockstep-[0-9]+-[0-9]+"), "#");
}

/// The first line of a page's output that the program did not print in its place; a line `…` stands for any
/// number of others. Empty where all is as shown.
std::string first_difference(const std::vector<std::string>& shown, const std::string& out) {
  std::vector<std::string> printed;
  std::istringstream lines(out);
  for (std::string line; std::getline(lines, line);) printed.push_back(drawn_aside(line));
  auto at = printed.begin();
  bool anywhere = false;
  for (const auto& line : shown) {
    if (line == "…") {
      anywhere = true;
      continue;
    }
    const auto wanted = drawn_aside(line);
    if (anywhere) at = std::find(at, printed.end(), wanted);
    if (at == printed.end() || *at != wanted) return line;
    ++at;
    anywhere = false;
  }
  return anywhere || at == printed.end() ? "" : "the end";
}

TEST_F(Recipes, outputs_are_compared_line_by_line) {
  EXPECT_EQ(first_difference({"a", "…", "c"}, "a\nb\nb\nc\n"), "");
  EXPECT_EQ(first_difference({"a", "…"}, "a\nb\n"), "");
  EXPECT_EQ(first_difference({"id 0123abcd"}, "id 4567cdef\n"), "");
  EXPECT_EQ(first_difference({"a", "c"}, "a\nb\nc\n"), "c");
  EXPECT_EQ(first_difference({"a", "…", "d"}, "a\nb\n"), "d");
  EXPECT_EQ(first_difference({"a"}, "a\nb\n"), "the end");
}

TEST_F(Recipes, of_the_walk_print_what_it_shows) {
  const auto calls = shown_in(text_of(source_dir / "docs/conform.md"));
  EXPECT_THAT(calls, SizeIs(7));
  for (const auto& shown : calls) {
    const auto ended = call(shown.words);
    EXPECT_EQ(first_difference(shown.lines, ended.out), "") << ::testing::PrintToString(shown.words) << "\n"
                                                            << ended.out << ended.err;
  }
}

TEST_F(Recipes, of_the_workflows_are_taken_and_are_shell) {
  for (const auto* name : {"docs/ci/github.yml", "docs/ci/gitlab.yml"}) {
    const auto scripts = scripts_of(text_of(source_dir / name));
    std::vector<Words> calls;
    for (const auto& script : scripts) {
      std::ranges::move(calls_in(script), std::back_inserter(calls));
      Child shell("/bin/sh", {"-n", "-c", script}, folder());
      const auto ended = shell.wait();
      EXPECT_EQ(ended.exit_code, 0) << name << "\n" << script << ended.err;
    }
    // With a baseline and without one.
    EXPECT_THAT(calls, SizeIs(2)) << name;
    EXPECT_THAT(complaints(calls), IsEmpty()) << name;
    EXPECT_THAT(calls,
                Each(::testing::IsSupersetOf({"conform", "scim", "--target", "--token-file", "--report"})))
        << name;
  }
}

TEST_F(Recipes, of_the_workflows_name_only_reports_that_are_written) {
  ASSERT_EQ(call({"conform", "scim", "--only", "P-3.3-7", "--report", "lockstep-report"}).exit_code, 0);
  static const std::regex report(R"(lockstep-report/([a-z]+\.[a-z]+))");
  for (const auto* name : {"docs/ci/github.yml", "docs/ci/gitlab.yml"}) {
    const auto text = text_of(source_dir / name);
    for (auto found = std::sregex_iterator(text.begin(), text.end(), report); found != std::sregex_iterator();
         ++found) {
      EXPECT_TRUE(fs::exists(folder() / found->str())) << name << ": " << found->str();
    }
  }
}

TEST_F(Recipes, of_the_workflows_have_the_form_that_their_services_expect) {
  const auto github = YAML::Load(text_of(source_dir / "docs/ci/github.yml"));
  EXPECT_TRUE(github["on"].IsDefined());
  const auto job = github["jobs"]["scim"];
  EXPECT_TRUE(job["runs-on"].IsScalar());
  ASSERT_TRUE(job["steps"].IsSequence());
  for (const auto& step : job["steps"]) {
    EXPECT_NE(step["run"].IsDefined(), step["uses"].IsDefined()) << YAML::Dump(step);
  }
  const auto gitlab = YAML::Load(text_of(source_dir / "docs/ci/gitlab.yml"))["scim-conformance"];
  for (const auto* list : {"before_script", "script"}) {
    ASSERT_TRUE(gitlab[list].IsSequence()) << list;
    // A colon in a line makes a map of it, which GitLab refuses.
    for (const auto& line : gitlab[list]) EXPECT_TRUE(line.IsScalar()) << YAML::Dump(line);
  }
  EXPECT_EQ(gitlab["artifacts"]["reports"]["junit"].as<std::string>(), "lockstep-report/junit.xml");
}

}  // namespace recipes_test
}  // namespace cli
