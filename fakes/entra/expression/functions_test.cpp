// The table of functions as a whole.
#include "fakes/entra/expression/functions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace fakes::entra::expression {
namespace functions_test {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// [Entra provisioning-clients 2.19-02] to [Entra provisioning-clients 2.19-25]
TEST(Functions, are_those_of_the_reference) {
  const std::set<std::string_view> wanted{
      "Append", "AppRoleAssignmentsComplex", "AssertiveAppRoleAssignmentsComplex", "SingleAppRoleAssignment", "BitAnd", "CBool",
      "CDate", "CStr", "Guid", "Coalesce", "ConvertToBase64", "ConvertToUTF8Hex", "Count", "Item", "RemoveDuplicates", "DateAdd",
      "DateDiff", "DateFromNum", "NumFromDate", "Now", "FormatDateTime", "IgnoreFlowIfNullOrEmpty", "IIF", "InStr", "IsNull",
      "IsNullOrEmpty", "IsPresent", "IsString", "Join", "Left", "Mid", "NormalizeDiacritics", "Not", "PCase", "ToLower", "ToUpper",
      "RandomString", "Redact", "Replace", "SelectUniqueValue", "Split", "StripSpaces", "Switch", "Word"};
  std::set<std::string_view> known;
  for (const auto& function : functions()) known.insert(function.name);
  EXPECT_EQ(known, wanted);
  EXPECT_EQ(functions().size(), wanted.size());
}

TEST(Functions, are_found_by_their_exact_name) {
  for (const auto& function : functions()) EXPECT_EQ(find_function(function.name), &function);
  EXPECT_EQ(find_function("append"), nullptr);
  EXPECT_EQ(find_function(""), nullptr);
  EXPECT_EQ(find_function("Zzz"), nullptr);
}

TEST(Functions, are_described) {
  for (const auto& function : functions()) {
    EXPECT_THAT(std::string(function.signature), StartsWith(std::string(function.name) + "("));
    EXPECT_THAT(std::string(function.source), StartsWith("provisioning-clients 2.19-")) << function.name;
    EXPECT_FALSE(function.summary.empty() || function.summary.ends_with('.')) << function.name;
    EXPECT_EQ(function.evaluate == nullptr, !function.refused_because.empty()) << function.name;
    EXPECT_LE(function.least, function.most) << function.name;
  }
  const auto text = describe();
  EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(text, '\n')), functions().size());
  EXPECT_THAT(text, HasSubstr("Append(source, suffix) - The source with the suffix behind it\n"));
}

// A signature shows as many arguments as can be given, and those that can be left out at the end are there too.
TEST(Functions, have_as_many_arguments_as_their_signature) {
  for (const auto& function : functions()) {
    const auto inside = function.signature.substr(function.name.size() + 1);
    const bool has_none = inside == ")";
    const auto shown = has_none ? 0U : static_cast<std::size_t>(std::ranges::count(inside, ',')) + 1;
    const bool goes_on = function.signature.find("...") != std::string_view::npos;
    EXPECT_EQ(goes_on, function.most == any_number) << function.signature;
    if (!goes_on) {
      EXPECT_EQ(shown, function.most) << function.signature;
    }
  }
}

}  // namespace functions_test
}  // namespace fakes::entra::expression
