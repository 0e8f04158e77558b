// The reports under reports/samples/ are those that the program writes now.
#include "cli/sample_reports.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace cli {
namespace sample_reports_test {

std::string approved_text(const std::string& path) {
  std::ifstream in(std::string(LOCKSTEP_SOURCE_DIR) + "/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Two pages differ in thousands of lines: where they begin to is enough.
std::string first_difference(const std::string& approved, const std::string& now) {
  const auto at = static_cast<std::size_t>(std::ranges::mismatch(approved, now).in1 - approved.begin());
  constexpr std::size_t before = 60;
  constexpr std::size_t length = 160;
  const auto begin = at - std::min(at, before);
  return "it has     …" + approved.substr(begin, length) + "…\nnow it is  …" + now.substr(begin, length) +
         "…";
}

TEST(SampleReports, are_those_of_the_program_as_it_is) {
  const auto samples = sample_reports(LOCKSTEP_SOURCE_DIR);
  ASSERT_TRUE(samples) << samples.error();
  ASSERT_EQ(samples->size(), 4U);
  for (const auto& sample : *samples) {
    const auto approved = approved_text(sample.path);
    EXPECT_TRUE(approved == sample.text) << sample.path << " is of an earlier state; this writes it anew:\n"
                                         << "  cmake --build --preset dev --target approve_samples\n"
                                         << first_difference(approved, sample.text);
  }
}

TEST(SampleReports, hold_what_a_reader_comes_for) {
  const auto page = approved_text(pictured_sample);
  for (const auto* text : {"critical", "How to fix it:", "Send it again", "cannot be judged because of it"}) {
    EXPECT_NE(page.find(text), std::string::npos) << text;
  }
  EXPECT_LT(page.size(), 1'500'000U) << "too much to keep in the tree";
}

}  // namespace sample_reports_test
}  // namespace cli
