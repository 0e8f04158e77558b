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

template <class Variant, std::size_t... index>
std::vector<std::string_view> names_of(std::index_sequence<index...>) {
  return {std::variant_alternative_t<index, Variant>::name...};
}

TEST(Reference, every_verb_and_observation_has_its_part) {
  auto names = names_of<Verb::Alternatives>(std::make_index_sequence<std::variant_size_v<Verb::Alternatives>>{});
  for (const auto name : names_of<Observation::Alternatives>(std::make_index_sequence<std::variant_size_v<Observation::Alternatives>>{}))
    names.push_back(name);
  const auto page = markdown_reference();
  const auto text = text_reference();
  for (const auto name : names) {
    EXPECT_THAT(page, HasSubstr("\n### `" + std::string(name) + "`\n\n"));
    EXPECT_THAT(text, HasSubstr("\n" + std::string(name) + "\n    "));
  }
}

}  // namespace reference_test
}  // namespace scenarios
