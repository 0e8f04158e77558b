// The page about the script language is what the program says of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "scenarios/script/decode.h"
#include "scenarios/script/reference.h"
#include "scenarios/script/scenario.h"

namespace scenarios {
namespace reference_test {

using ::testing::HasSubstr;

TEST(Reference, the_page_is_up_to_date) {
  std::ifstream in(LOCKSTEP_SOURCE_DIR "/scenarios/README.md", std::ios::binary);
  const std::string page(std::istreambuf_iterator<char>(in), {});
  EXPECT_TRUE(page == markdown_reference())
      << "scenarios/README.md is not what the program says; write it anew:\n"
         "  ./lockstep list verbs --format markdown > scenarios/README.md";
}

TEST(Reference, the_script_that_it_shows_is_well_formed) {
  const auto page = markdown_reference();
  constexpr std::string_view fence = "```yaml\n";
  const auto begin = page.find(fence) + fence.size();
  const auto script = decode_scenario(page.substr(begin, page.find("```\n", begin) - begin));
  EXPECT_TRUE(script) << script.error().place.line << ": " << script.error().message;
}

TEST(Reference, every_verb_and_observation_has_its_part) {
  std::vector<std::string_view> names;
  const auto add = [&]<class T>() { names.push_back(T::name); };
  Verb::for_each_type(add);
  Observation::for_each_type(add);
  const auto page = markdown_reference();
  const auto text = text_reference();
  for (const auto name : names) {
    EXPECT_THAT(page, HasSubstr("\n### `" + std::string(name) + "`\n\n"));
    EXPECT_THAT(text, HasSubstr("\n" + std::string(name) + "\n    "));
  }
}

}  // namespace reference_test
}  // namespace scenarios
