// Functions that choose, ask and convert.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "fakes/entra/expression/expression_fixture.h"

namespace fakes::entra::expression {
namespace logic_functions_test {

// [Entra provisioning-clients 2.18-01]
TEST(Switch, makes_active_from_the_deletion_flag) {
  constexpr std::string_view expression = R"(Switch([IsSoftDeleted], , "False", "True", "True", "False"))";
  expect({
      {expression, R"("True")", {{"IsSoftDeleted", false}}},
      {expression, R"("False")", {{"IsSoftDeleted", true}}},
      {expression, R"("True")", {{"IsSoftDeleted", "False"}}},
      {expression, "null"},
  });
}

// [Entra provisioning-clients 2.19-25]
TEST(Switch, finds_the_value_of_a_key) {
  constexpr std::string_view zones =
      R"(Switch([state], "Australia/Sydney", "NSW", "Australia/Sydney","QLD", "Australia/Brisbane", "SA", "Australia/Adelaide"))";
  constexpr std::string_view flag = R"(Switch(ToLower([statusFlag]), "0", "true", "1", "false", "0"))";
  constexpr std::string_view empty = R"(Switch([statusFlag], "Default Value", "true", "1", "", "0"))";
  expect({
      {zones, R"("Australia/Brisbane")", {{"state", "QLD"}}},
      {zones, R"("Australia/Sydney")", {{"state", "qld"}}},  // letter case counts
      {zones, R"("Australia/Sydney")"},
      {flag, R"("1")", {{"statusFlag", "TRUE"}}},
      {flag, R"("0")", {{"statusFlag", "other"}}},
      {empty, R"("0")", {{"statusFlag", ""}}},
      {empty, R"("0")"},
      {empty, R"("Default Value")", {{"statusFlag", "other"}}},
      {R"(Switch([country], [country], "", "Other"))", R"("Other")"},
      {R"(Switch([country], [country], "", "Other"))", R"("Peru")", {{"country", "Peru"}}},
      {R"(Switch([n], "d", 7, "seven"))", R"("seven")", {{"n", std::int64_t{7}}}},
      {R"(Switch([n], [list], "k", "v"))", R"(["a", "b"])", {{"list", Texts{"a", "b"}}}},
      {R"(Switch([list], , "k", "v"))", "wrong_type", {{"list", Texts{"a", "b"}}}},
  });
}

TEST(Switch, evaluates_only_what_it_returns) {
  EXPECT_EQ(result(R"(Switch("a", CDate("none"), "a", "found", CDate("none"), "x"))"), R"("found")");
  EXPECT_EQ(result(R"(Switch("b", CDate("none"), "a", "found"))"), "bad_date");
}

// [Entra provisioning-clients 2.19-26]
TEST(Switch, forgets_an_unchanged_source_where_the_fault_is_on) {
  constexpr std::string_view expression = R"(Switch([companyName], "External", "Company A", "A"))";
  constexpr std::string_view advised = R"(IIF([companyName] = "Company A", "A", "External"))";
  SampleContext context({{"companyName", "Company A"}, {"displayName", "New"}});
  context.unchanged_names = {"companyName"};
  EXPECT_EQ(result(expression, context), R"("A")");
  context.has_fault = true;
  EXPECT_EQ(result(expression, context), "null");
  EXPECT_EQ(result(advised, context), R"("A")");
  EXPECT_EQ(result(R"(Switch(ToLower([companyName]), "External", "company a", "A"))", context), "null");
  EXPECT_EQ(result(R"(Switch(Join("", [companyName], [displayName]), "External", "x", "A"))", context), R"("External")");
  EXPECT_EQ(result(R"(Switch("constant", "External", "x", "A"))", context), R"("External")");
  context.unchanged_names.clear();
  EXPECT_EQ(result(expression, context), R"("A")");
}

// [Entra provisioning-clients 2.19-13]
TEST(Iif, chooses_by_its_condition) {
  const Attributes american{{"country", "USA"}, {"department", "Sales"}, {"state", "CA"}};
  const Attributes other{{"country", "Peru"}, {"department", "Sales"}, {"state", "CA"}};
  constexpr std::string_view simple = R"(IIF([country]="USA",[country],[department]))";
  constexpr std::string_view both = R"(IIF([country]="USA",IIF([state]="CA","True","False"),"False"))";
  constexpr std::string_view either = R"(IIF([country]="USA","True",IIF([state]="CA","True","False")))";
  expect({
      {simple, R"("USA")", american},
      {simple, R"("Sales")", other},
      {R"(IIF([country]="usa",1,2))", "2", american},
      {both, R"("True")", american},
      {both, R"("False")", other},
      {either, R"("True")", american},
      {either, R"("True")", other},
      {"IIF(IsPresent([country]), 1, 2)", "1", american},
      {R"(IIF("True", 1, 2))", "1"},
      {R"(IIF(0, 1, 2))", "2"},
      {R"(IIF("maybe", 1, 2))", "wrong_type"},
      {R"(IIF([list], 1, 2))", "wrong_type", {{"list", Texts{"a", "b"}}}},
      {R"(IIF([list] = "a", 1, 2))", "wrong_type", {{"list", Texts{"a", "b"}}}},
  });
}

// [Entra provisioning-clients 2.19-13]
TEST(Iif, holds_no_condition_over_an_attribute_without_a_value) {
  for (const Attributes& attributes : {Attributes{}, Attributes{{"country", ""}}}) {
    EXPECT_EQ(result(R"(IIF([country]="","Other","else"))", attributes), R"("else")");
    EXPECT_EQ(result(R"(IIF([country]<>"USA","Other","else"))", attributes), R"("else")");
    EXPECT_EQ(result(R"(IIF(IsNullOrEmpty([country]),"Other","else"))", attributes), R"("else")");
    EXPECT_EQ(result(R"(IIF(Not(IsPresent([country])),"Other","else"))", attributes), R"("else")");
  }
}

TEST(Iif, compares_numbers_as_numbers_and_texts_as_texts) {
  const std::vector<std::pair<std::string_view, bool>> conditions{
      {"9 < 10", true},         {R"("9" < "10")", false}, {R"([nine] < 10)", true}, {"10 >= 10", true}, {"10 > 10", false},
      {"10 <= 9", false},       {"1 <> 2", true},         {R"("a" < "b")", true},   {R"("a" = "A")", false},
      {R"(DateDiff("d", Now(), CDate("2021-07-10")) > 5)", true},
  };
  for (const auto& [condition, holds] : conditions) {
    const auto expression = "IIF(" + std::string(condition) + ", 1, 2)";
    EXPECT_EQ(result(expression, {{"nine", "9"}}), holds ? "1" : "2") << condition;
  }
}

TEST(Iif, evaluates_only_what_it_returns) { EXPECT_EQ(result(R"(IIF("a" = "a", 1, CDate("none")))"), "1"); }

// [Entra provisioning-clients 2.19-06]
TEST(Coalesce, takes_the_first_that_is_not_null) {
  expect({
      {"Coalesce([mail],[userPrincipalName])", R"("John.Doe@contoso.com")", {{"userPrincipalName", "John.Doe@contoso.com"}}},
      {"Coalesce([mail],[userPrincipalName])", R"("m")", {{"mail", "m"}, {"userPrincipalName", "u"}}},
      {R"(Coalesce([a], [b], "none"))", R"("none")"},
      {R"(Coalesce([a], ""))", R"("")"},
      {R"(Coalesce([a], "none"))", R"("")", {{"a", ""}}},  // nothing is not null
      {"Coalesce([a], [b])", "null"},
      {"Coalesce([a], [list])", R"(["x", "y"])", {{"list", Texts{"x", "y"}}}},
  });
}

// [Entra provisioning-clients 2.19-15]
TEST(Predicates, ask_for_a_value) {
  const std::vector<std::pair<Value, std::string_view>> answers{
      {Value{}, "True True False False"},           {Value{""}, "False True False True"},
      {Value{"x"}, "False False True True"},        {Value{Texts{}}, "False True False False"},
      {Value{Texts{"a", "b"}}, "False False True False"}, {Value{false}, "False False True True"},
      {Value{std::int64_t{0}}, "False False True True"},
  };
  for (const auto& [value, wanted] : answers) {
    const Attributes attributes{{"x", value}};
    const auto answer = result("IsNull([x])", attributes) + ' ' + result("IsNullOrEmpty([x])", attributes) + ' ' +
                        result("IsPresent([x])", attributes) + ' ' + result("IsString([x])", attributes);
    EXPECT_EQ(answer, wanted) << kind_of(value);
  }
}

// [Entra provisioning-clients 2.19-15]: the documentation's own example, which compares with the keys that are values.
TEST(Predicates, are_true_or_false_as_texts_too) {
  EXPECT_EQ(result(R"(Switch(IsPresent([a]), "no", "True", "yes"))", {{"a", "x"}}), R"("yes")");
  EXPECT_EQ(result(R"(Switch(IsPresent([a]), "no", "True", "yes"))"), R"("no")");
}

// [Entra provisioning-clients 2.19-19]
TEST(Not, flips) {
  expect({
      {R"(Not("True"))", "False"},
      {R"(Not("False"))", "True"},
      {"Not(True)", "False"},
      {R"(Not("anything"))", "True"},
      {"Not([nothing])", "True"},
  });
}

// [Entra provisioning-clients 2.19-04]
TEST(CBool, is_true_for_what_is_not_zero) {
  expect({
      {"CBool([a] = [b])", "True", {{"a", "x"}, {"b", "x"}}},
      {"CBool([a] = [b])", "False", {{"a", "x"}, {"b", "y"}}},
      {"CBool([a] = [b])", "False"},
      {"CBool(5)", "True"},
      {"CBool(-1)", "True"},
      {"CBool(0)", "False"},
      {R"(CBool("0"))", "False"},
      {R"(CBool("true"))", "True"},
      {"CBool([nothing])", "False"},
      {R"(CBool("yes"))", "wrong_type"},
  });
}

// [Entra provisioning-clients 2.19-05]
TEST(CStr, makes_a_text) {
  expect({
      {"CStr([dn])", R"("cn=Joe,dc=contoso,dc=com")", {{"dn", "cn=Joe,dc=contoso,dc=com"}}},
      {"CStr(42)", R"("42")"},
      {"CStr(False)", R"("False")"},
      {"CStr([nothing])", "null"},
      {"CStr([list])", "wrong_type", {{"list", Texts{"a", "b"}}}},
  });
}

// [Entra provisioning-clients 2.19-04]
TEST(BitAnd, keeps_the_bits_of_both) {
  expect({
      {"BitAnd(&HF, &HF7)", "7"},
      {R"(BitAnd([userAccountControl], 2))", "2", {{"userAccountControl", "514"}}},
      {"BitAnd(512, 2)", "0"},
      {"BitAnd(-1, 5)", "5"},
      {"BitAnd([nothing], 2)", "missing_value"},
  });
}

// [Entra provisioning-clients 2.19-12]
TEST(IgnoreFlowIfNullOrEmpty, takes_the_attribute_out_of_the_body) {
  constexpr std::string_view title = R"(IgnoreFlowIfNullOrEmpty(Switch([prefix], "", "3443", "Dr.", "3444", "Prof.")))";
  expect({
      {"IgnoreFlowIfNullOrEmpty([department])", "null ignored"},
      {"IgnoreFlowIfNullOrEmpty([department])", R"("" ignored)", {{"department", ""}}},
      {"IgnoreFlowIfNullOrEmpty([department])", R"("Sales")", {{"department", "Sales"}}},
      {title, R"("" ignored)", {{"prefix", "9"}}},
      {title, R"("Dr.")", {{"prefix", "3443"}}},
      {R"(IIF("a" = "b", "x", IgnoreFlowIfNullOrEmpty([y])))", "null ignored"},
      {R"(IIF("a" = "a", "x", IgnoreFlowIfNullOrEmpty([y])))", R"("x")"},
      {R"(Join(" ", IgnoreFlowIfNullOrEmpty([y]), "x"))", R"("x")"},
      {"[department]", "null"},
  });
}

// [Entra provisioning-clients 2.19-21]
TEST(Redact, hides_the_value_in_logs) {
  expect({
      {"Redact([userPrincipalName])", R"("u" redacted)", {{"userPrincipalName", "u"}}},
      {R"(Redact("StringToBeRedacted"))", R"("StringToBeRedacted" redacted)"},
      {R"(Append(Redact([secret]), "x"))", R"("sx" redacted)", {{"secret", "s"}}},
      {R"(IIF("a" = "a", "x", Redact([secret])))", R"("x")"},
      {"Redact([nothing])", "null redacted"},
  });
}

// [Entra provisioning-clients 2.19-21]
TEST(LogText, shows_the_value_unless_it_is_redacted) {
  EXPECT_EQ(log_text({Value{"s"}, false, true, RoleChange::none}), "[Redact]");
  EXPECT_EQ(log_text({Value{"s"}, false, false, RoleChange::none}), "s");
  EXPECT_EQ(log_text({Value{Texts{"a", "b"}}, false, false, RoleChange::none}), "a, b");
  EXPECT_EQ(log_text({}), "");
}

TEST(EvaluationError, says_which_call_failed) {
  SampleContext context;
  const auto outcome = evaluate(*parse(R"(Append("x", InStr("y", "y", 0)))"), context);
  ASSERT_FALSE(outcome.has_value());
  EXPECT_EQ(outcome.error(), (EvaluationError{ErrorCode::out_of_range, 12, "InStr: the first character is 1"}));
}

}  // namespace logic_functions_test
}  // namespace fakes::entra::expression
