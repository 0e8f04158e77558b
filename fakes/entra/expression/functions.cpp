#include "fakes/entra/expression/functions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "fakes/entra/expression/families.h"

namespace fakes::entra::expression {
namespace {

constexpr std::uint32_t argument(std::size_t i) { return 1U << i; }

/// Everything behind the source.
constexpr std::uint32_t parts_of_replace =
    argument(1) | argument(2) | argument(3) | argument(4) | argument(5) | argument(6);

constexpr std::array table{
    Function{"AppRoleAssignmentsComplex", "AppRoleAssignmentsComplex([appRoleAssignments])",
             "All roles of the user; the target keeps those it has besides", "provisioning-clients 2.19-03", 1, 1, 0,
             app_role_assignments},
    Function{"Append", "Append(source, suffix)", "The source with the suffix behind it",
             "provisioning-clients 2.19-02", 2, 2, 0, append},
    Function{"AssertiveAppRoleAssignmentsComplex", "AssertiveAppRoleAssignmentsComplex([appRoleAssignments])",
             "All roles of the user, in place of those the target has", "provisioning-clients 2.19-03", 1, 1, 0,
             assertive_app_role_assignments},
    Function{"BitAnd", "BitAnd(value1, value2)", "The bits that are set in both numbers", "provisioning-clients 2.19-04", 2, 2,
             0, bit_and},
    Function{"CBool", "CBool(expression)", "True for what is not zero, else False", "provisioning-clients 2.19-04", 1, 1, 0,
             c_bool},
    Function{"CDate", "CDate(expression)", "The date and time in UTC, as M/d/yyyy h:mm:ss tt", "provisioning-clients 2.19-05", 1,
             1, 0, c_date},
    Function{"CStr", "CStr(value)", "The value as a text", "provisioning-clients 2.19-05", 1, 1, 0, c_str},
    Function{"Coalesce", "Coalesce(source1, source2, ..., defaultValue)", "The first that is not null",
             "provisioning-clients 2.19-06", 1, any_number, 0, coalesce},
    Function{"ConvertToBase64", "ConvertToBase64(source)", "Base64 of the text in UTF-16, little end first",
             "provisioning-clients 2.19-07", 1, 1, 0, convert_to_base64},
    Function{"ConvertToUTF8Hex", "ConvertToUTF8Hex(source)", "Two hexadecimal digits for each byte of the text in UTF-8",
             "provisioning-clients 2.19-07", 1, 1, 0, convert_to_utf8_hex},
    Function{"Count", "Count(attribute)", "How many values the attribute has", "provisioning-clients 2.19-08", 1, 1, 0, count},
    Function{"DateAdd", "DateAdd(interval, value, dateTime)",
             "The date so many yyyy, m, d, ww, h, n or s later, or earlier with a minus", "provisioning-clients 2.19-09", 3, 3,
             0, date_add},
    Function{"DateDiff", "DateDiff(interval, date1, date2)", "How many yyyy, m, d, ww, h, n or s lie between two dates",
             "provisioning-clients 2.19-09", 3, 3, 0, date_diff},
    Function{"DateFromNum", "DateFromNum(value)", "The date of a number in Active Directory's format",
             "provisioning-clients 2.19-10", 1, 1, 0, date_from_num},
    Function{"FormatDateTime", "FormatDateTime(source, dateTimeStyles, inputFormat, outputFormat)",
             "A date read in one .NET format and written in another", "provisioning-clients 2.19-11", 4, 4, argument(1),
             format_date_time},
    Function{"Guid", "Guid()", "A new random GUID", "provisioning-clients 2.19-05", 0, 0, 0, guid},
    Function{"IIF", "IIF(condition, valueIfTrue, valueIfFalse)",
             "One of two values; a null or empty attribute in the condition makes it false", "provisioning-clients 2.19-13", 3, 3,
             0, iif},
    Function{"IgnoreFlowIfNullOrEmpty", "IgnoreFlowIfNullOrEmpty(expression)",
             "Takes the attribute out of the body where it would be null or empty", "provisioning-clients 2.19-12", 1, 1, 0,
             ignore_flow_if_null_or_empty},
    Function{"InStr", "InStr(value1, value2, start, compareType)",
             "Where the second text begins in the first, from 1; 0 where it does not", "provisioning-clients 2.19-14", 2, 4,
             argument(2) | argument(3), in_str},
    Function{"IsNull", "IsNull(expression)", "True where there is no value", "provisioning-clients 2.19-15", 1, 1, 0, is_null},
    Function{"IsNullOrEmpty", "IsNullOrEmpty(expression)", "True where there is no value or an empty text",
             "provisioning-clients 2.19-15", 1, 1, 0, is_null_or_empty},
    Function{"IsPresent", "IsPresent(expression)", "True where there is a text that is not empty", "provisioning-clients 2.19-15",
             1, 1, 0, is_present},
    Function{"IsString", "IsString(expression)", "True where there is a value that can be made a text",
             "provisioning-clients 2.19-15", 1, 1, 0, is_string},
    Function{"Item", "Item(attribute, index)", "One value of the attribute; the first is 1", "provisioning-clients 2.19-08", 2, 2,
             0, item},
    Function{"Join", "Join(separator, source1, source2, ...)",
             "All values of all sources that are not empty, with the separator between", "provisioning-clients 2.19-16", 2,
             any_number, 0, join},
    Function{"Left", "Left(source, numChars)", "So many characters from the beginning; all of them for a number below 0",
             "provisioning-clients 2.19-17", 2, 2, 0, left},
    Function{"Mid", "Mid(source, start, length)", "So many characters from a position on; the first is 1",
             "provisioning-clients 2.19-17", 3, 3, 0, mid},
    Function{"NormalizeDiacritics", "NormalizeDiacritics(source)", "European letters without their accents",
             "provisioning-clients 2.19-18", 1, 1, 0, normalize_diacritics},
    Function{"Not", "Not(source)", "False for True, True for anything else", "provisioning-clients 2.19-19", 1, 1, 0, negation},
    Function{"Now", "Now()", "The date and time in UTC, as M/d/yyyy h:mm:ss tt", "provisioning-clients 2.19-10", 0, 0, 0, now},
    Function{"NumFromDate", "NumFromDate(value)", "The number for a date in Active Directory's format",
             "provisioning-clients 2.19-10", 1, 1, 0, num_from_date},
    Function{"PCase", "PCase(source, wordSeparators)", "Each word with a capital and the rest in lower case",
             "provisioning-clients 2.19-19", 1, 2, argument(1), p_case},
    Function{"RandomString",
             "RandomString(length, minimumNumbers, minimumSpecialCharacters, minimumCapital, minimumLowerCase, charactersToAvoid)",
             "A random text with at least so many characters of each kind", "provisioning-clients 2.19-20", 5, 6, argument(5),
             random_string},
    Function{"Redact", "Redact(value)", "The value, which logs show as [Redact]", "provisioning-clients 2.19-21", 1, 1, 0, redact},
    Function{"RemoveDuplicates", "RemoveDuplicates(attribute)", "The values of the attribute, each once",
             "provisioning-clients 2.19-08", 1, 1, 0, remove_duplicates},
    Function{"Replace",
             "Replace(source, oldValue, regexPattern, regexGroupName, replacementValue, replacementAttributeName, template)",
             "Replaces a text or what a regular expression matches; how depends on what is given", "provisioning-clients 2.19-22",
             3, 7, parts_of_replace, replace},
    Function{"SelectUniqueValue", "SelectUniqueValue(uniqueValueRule1, uniqueValueRule2, ...)",
             "The first value that nobody has yet; only between an HR system or the API and Active Directory",
             "provisioning-clients 2.19-23", 2, any_number, 0, nullptr,
             "SelectUniqueValue looks for a free value in Active Directory or Entra ID, for users from an HR system or the API; no "
             "outbound mapping can use it"},
    Function{"SingleAppRoleAssignment", "SingleAppRoleAssignment([appRoleAssignments])",
             "One role of the user, who should have no more", "provisioning-clients 2.19-03", 1, 1, 0,
             single_app_role_assignment},
    Function{"Split", "Split(source, delimiter)", "The parts of the text as several values", "provisioning-clients 2.19-24", 2, 2,
             0, split},
    Function{"StripSpaces", "StripSpaces(source)", "The text without its spaces", "provisioning-clients 2.19-24", 1, 1, 0,
             strip_spaces},
    Function{"Switch", "Switch(source, defaultValue, key1, value1, key2, value2, ...)",
             "The value behind the key that is the source, letter case included, or the default", "provisioning-clients 2.19-25",
             4, any_number, argument(1), switch_by_key, {}, true},
    Function{"ToLower", "ToLower(source, culture)", "The text in lower case", "provisioning-clients 2.19-19", 1, 2, argument(1),
             to_lower},
    Function{"ToUpper", "ToUpper(source, culture)", "The text in upper case", "provisioning-clients 2.19-19", 1, 2, argument(1),
             to_upper},
    Function{"Word", "Word(source, wordNumber, delimiters)",
             "One of the words between the delimiters; the first is 1, and there is an empty text for those that are not there",
             "provisioning-clients 2.19-24", 3, 3, 0, word},
};

static_assert(std::ranges::is_sorted(table, {}, &Function::name));

}  // namespace

std::span<const Function> functions() { return table; }

const Function* find_function(std::string_view name) {
  const auto* found = std::ranges::lower_bound(table, name, {}, &Function::name);
  return found != table.end() && found->name == name ? found : nullptr;
}

std::string describe() {
  std::string out;
  for (const auto& function : table) out += fmt::format("{} - {}\n", function.signature, function.summary);
  return out;
}

}  // namespace fakes::entra::expression
