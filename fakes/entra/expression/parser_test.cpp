// What is an expression, where it stops being one, and what is said then.
#include "fakes/entra/expression/parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "fakes/entra/expression/functions.h"

namespace fakes::entra::expression {
namespace parser_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Call& call_in(const Expression& expression) { return std::get<Call>(expression.node); }

std::string printed(std::string_view text) {
  const auto expression = parse(text);
  return expression ? to_text(*expression) : expression.error().message;
}

ParseError error_of(std::string_view text) {
  const auto expression = parse(text);
  EXPECT_FALSE(expression.has_value()) << text;
  return expression ? ParseError{} : expression.error();
}

std::string place(std::string_view text) {
  const auto error = error_of(text);
  return std::to_string(error.offset) + ", line " + std::to_string(error.line) + ", column " + std::to_string(error.column);
}

// [Entra provisioning-clients 2.18-01]
TEST(Parser, reads_the_default_mapping_with_its_empty_argument) {
  const auto expression = parse(R"(Switch([IsSoftDeleted], , "False", "True", "True", "False"))");
  ASSERT_TRUE(expression.has_value());
  const auto& call = call_in(*expression);
  EXPECT_EQ(call.function, find_function("Switch"));
  ASSERT_EQ(call.arguments.size(), 6U);
  EXPECT_EQ(call.arguments[0].node, (Expression{0, Attribute{"IsSoftDeleted"}}.node));
  EXPECT_TRUE(is_empty(call.arguments[1]));
  EXPECT_EQ(call.arguments[2].node, (Expression{0, Text{"False"}}.node));
  EXPECT_EQ(call.arguments[2].offset, 26U);
}

// [Entra provisioning-clients 2.19-01]
TEST(Parser, reads_texts_with_escapes) {
  const auto expression = parse(R"("Company name: \"Contoso\" \\")");
  ASSERT_TRUE(expression.has_value());
  EXPECT_EQ(std::get<Text>(expression->node).text, R"(Company name: "Contoso" \)");
}

// [Entra provisioning-clients 2.19-04]
TEST(Parser, reads_numbers) {
  for (const auto& [text, value] : std::vector<std::pair<std::string_view, std::int64_t>>{
           {"0", 0}, {"-10", -10}, {"+7", 7}, {"&HF", 15}, {"&HF7", 247}, {"129699324000000000", 129699324000000000}}) {
    const auto expression = parse(text);
    ASSERT_TRUE(expression.has_value()) << text;
    EXPECT_EQ(std::get<Number>(expression->node).value, value) << text;
  }
  for (const auto* text : {"1.5", "9223372036854775808", "&H", "-", "12ab"}) {
    EXPECT_THAT(error_of(text).expected, HasSubstr("a whole number")) << text;
  }
}

TEST(Parser, reads_booleans_and_constants_by_their_exact_spelling) {
  EXPECT_EQ(std::get<Boolean>(parse("True")->node).value, true);
  EXPECT_EQ(std::get<Boolean>(parse("False")->node).value, false);
  EXPECT_EQ(std::get<Constant>(parse("vbTextCompare")->node).name, "vbTextCompare");
  EXPECT_FALSE(parse("true").has_value());
  EXPECT_FALSE(parse("vbtextcompare").has_value());
}

TEST(Parser, reads_attributes_that_hold_brackets_of_their_own) {
  EXPECT_EQ(std::get<Attribute>(parse(R"([emails[type eq "work"].value])")->node).name, R"(emails[type eq "work"].value)");
}

// [Entra provisioning-clients 2.18-15]: a direct mapping and a constant are written without a function.
TEST(Parser, reads_an_attribute_or_a_constant_alone) {
  EXPECT_EQ(printed(" [mail] "), "[mail]");
  EXPECT_EQ(printed(R"("x")"), R"("x")");
}

// [Entra provisioning-clients 2.19-13]
TEST(Parser, reads_comparisons_as_arguments_only) {
  for (const auto* sign : {"=", "<>", ">", ">=", "<", "<="}) {
    const auto text = std::string("IIF([a] ") + sign + R"( "x", 1, 2))";
    EXPECT_EQ(printed(text), text);
  }
  EXPECT_EQ(printed("CBool([a]=[b])"), "CBool([a] = [b])");
  EXPECT_THAT(printed("[a] = [b]"), HasSubstr("only as an argument"));
  EXPECT_THAT(printed("CBool([a] = [b] = [c])"), HasSubstr("'=' stands behind an argument of CBool"));
  EXPECT_THAT(printed(R"(IIF([a] = "x" AND [b] = "y", 1, 2))"), HasSubstr("put one IIF into another"));
  EXPECT_THAT(printed(R"(IIF([a] = "x" or [b] = "y", 1, 2))"), HasSubstr("put one IIF into another"));
}

TEST(Parser, reads_an_expression_over_several_lines) {
  EXPECT_EQ(printed("Switch([Active], , \r\n  \"1\", IIF(DateDiff(\"d\", Now(), CDate([StatusHireDate])) > 5, \"False\", \"True\"), "
                    "\n\t\"0\", \"False\")"),
            R"(Switch([Active], , "1", IIF(DateDiff("d", Now(), CDate([StatusHireDate])) > 5, "False", "True"), "0", "False"))");
}

TEST(Parser, says_where_it_stopped) {
  EXPECT_EQ(place(""), "0, line 1, column 1");
  EXPECT_EQ(place("Append([a] \"b\")"), "11, line 1, column 12");
  EXPECT_EQ(place("Append([a],\n  b)"), "14, line 2, column 3");
  EXPECT_EQ(place("Append(\"\xC3\xA9\xC3\xA9\", b)"), "15, line 1, column 14");  // bytes and characters differ
  EXPECT_EQ(place("Append([a], \"b)"), "12, line 1, column 13");
  EXPECT_EQ(place("Append([a, \"b\")"), "7, line 1, column 8");
  EXPECT_EQ(place("Append([a], \"b\") x"), "17, line 1, column 18");
  EXPECT_EQ(place(R"("a\d")"), "3, line 1, column 4");
}

TEST(Parser, says_what_it_expected) {
  EXPECT_EQ(error_of("Append([a] \"b\")").message,
            "line 1, column 12: '\"b\")' stands behind an argument of Append; expected a comma or a closing parenthesis");
  EXPECT_EQ(error_of("Append([a], \"b\"").expected, "a comma or a closing parenthesis");
  EXPECT_EQ(error_of("Append([], \"b\")").expected, "the name of an attribute");
  EXPECT_EQ(error_of("Append").expected, "an opening parenthesis");
  EXPECT_EQ(error_of("Append([a], mail)").message,
            "line 1, column 13: 'mail' is none of these; expected an attribute in brackets, a text in double quotes, a number or a "
            "function");
  EXPECT_THAT(error_of("Append([a], \xE2\x80\x9C.test\xE2\x80\x9D)").message, HasSubstr("is a curly one"));
  EXPECT_THAT(error_of(R"(Replace([a], , "\d", , "", , ))").message, HasSubstr("a backslash in a text is written as two"));
}

// [Entra provisioning-clients 2.19-01]
TEST(Parser, names_the_nearest_function) {
  EXPECT_EQ(error_of("switch([a], , \"x\", \"y\")").message,
            "line 1, column 1: there is no function switch, and letter case counts; expected the name of a function; did you mean "
            "Switch?");
  EXPECT_EQ(error_of("Apend([a], \"x\")").nearest, "Append");
  EXPECT_EQ(error_of("IsNullorEmpty([a])").nearest, "IsNullOrEmpty");
  EXPECT_EQ(error_of("FormatDate([a])").nearest, "FormatDateTime");
  EXPECT_EQ(error_of("Xyzzy([a])").nearest, std::nullopt);
  EXPECT_EQ(error_of(std::string(5000, 'A') + "()").nearest, std::nullopt);
}

TEST(Parser, counts_arguments) {
  EXPECT_THAT(printed("Left([a])"), HasSubstr("Left has 1 here; expected 2 arguments"));
  EXPECT_THAT(printed("Guid([a])"), HasSubstr("Guid has 1 here; expected 0 arguments"));
  EXPECT_THAT(printed("Now(1, 2)"), HasSubstr("Now has 2 here"));
  EXPECT_THAT(printed("Redact()"), HasSubstr("Redact has 0 here; expected 1 argument"));
  EXPECT_THAT(printed("InStr([a])"), HasSubstr("expected 2 to 4 arguments"));
  EXPECT_THAT(printed("Join(\",\")"), HasSubstr("expected 2 arguments or more"));
}

// [Entra provisioning-clients 2.19-25]
TEST(Parser, wants_the_keys_of_switch_in_pairs) {
  EXPECT_THAT(printed(R"(Switch([a], "d", "k1", "v1", "k2"))"), HasSubstr("an even number of arguments"));
  EXPECT_THAT(printed(R"(Switch([a], "d"))"), HasSubstr("Switch has 2 here"));
}

TEST(Parser, lets_only_optional_arguments_be_left_out) {
  EXPECT_EQ(printed(R"(Replace([a],"x",,,"y",,))"), R"(Replace([a], "x", , , "y", , ))");
  EXPECT_EQ(printed(R"(FormatDateTime([a], , "s", "d"))"), R"(FormatDateTime([a], , "s", "d"))");
  EXPECT_THAT(printed(R"(Append(, "x"))"), HasSubstr("column 8: argument 1 of Append(source, suffix) cannot be left out"));
  EXPECT_THAT(printed(R"(Switch([a], , "k", ))"), HasSubstr("argument 4 of Switch"));
  EXPECT_THAT(printed(R"(FormatDateTime([a], , , "d"))"), HasSubstr("argument 3 of FormatDateTime"));
  EXPECT_THAT(printed("Coalesce([a], , [b])"), HasSubstr("argument 2 of Coalesce"));
}

// [Entra provisioning-clients 2.19-23]
TEST(Parser, refuses_what_no_outbound_mapping_can_use) {
  EXPECT_THAT(printed(R"(SelectUniqueValue(Join(".", [a], [b]), [c]))"), HasSubstr("no outbound mapping can use it"));
}

// [Entra provisioning-clients 2.19-01]
TEST(Parser, takes_ten_thousand_characters) {
  const auto text_of = [](std::size_t length) { return '"' + std::string(length - 2, 'x') + '"'; };
  EXPECT_TRUE(parse(text_of(10'000)).has_value());
  EXPECT_FALSE(parse(text_of(10'001)).has_value());
  std::string wide = "\"";
  for (int i = 0; i < 9'998; ++i) wide += "\xC3\xA9";
  EXPECT_TRUE(parse(wide + '"').has_value());  // characters, not bytes
  EXPECT_FALSE(parse(wide + "\xC3\xA9\"").has_value());
}

TEST(Parser, takes_calls_within_calls_up_to_a_bound) {
  const auto nested = [](std::size_t depth) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) text += "Not(";
    return text + "[a]" + std::string(depth, ')');
  };
  EXPECT_TRUE(parse(nested(deepest_expression)).has_value());
  EXPECT_EQ(error_of(nested(deepest_expression + 1)).offset, 4 * deepest_expression);
  // Side by side is not within.
  std::string wide = "Coalesce([a]";
  for (std::size_t i = 0; i < deepest_expression + 1; ++i) wide += ", Not([a])";
  EXPECT_TRUE(parse(wide + ")").has_value());
}

TEST(Syntax, names_the_attributes) {
  EXPECT_THAT(attributes_of(*parse(R"(IIF([a] = "x", Join(" ", [b], [a]), Left([c], 2)))")), ElementsAre("a", "b", "a", "c"));
  EXPECT_THAT(attributes_of(*parse("Now()")), IsEmpty());
}

TEST(Syntax, is_the_same_wherever_it_was_read) {
  EXPECT_EQ(*parse("Left([a],1)"), *parse("  Left( [a] , 1 )"));
  EXPECT_NE(*parse("Left([a],1)"), *parse("Left([a],2)"));
  EXPECT_NE(*parse("CBool([a]=[b])"), *parse("CBool([a]<>[b])"));
  EXPECT_NE(*parse("Not([a])"), *parse("CBool([a])"));
}

// Text like that of expressions, so that it gets past the first character.
rc::Gen<std::string> any_words() {
  const auto word = rc::gen::element<std::string>("Append(", "Switch(", "IIF(", "Replace(", "Guid()", ")", ",", " ", "\n", "[a]", "[", "]",
                                                  "\"x\"", "\"", "\\", "=", "<>", "1", "-", "&H", "True", "\xE2\x80\x9C", "\xFF", "\0");
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(word), [](const std::vector<std::string>& words) {
    std::string text;
    for (const auto& each : words) text += each;
    return text;
  });
}

void judge(const std::string& text) {
  const auto expression = parse(text);
  if (!expression) {
    const auto& error = expression.error();
    RC_ASSERT((error.offset <= text.size() && error.line >= 1 && error.column >= 1));
    RC_ASSERT((!error.expected.empty() && !error.message.empty()));
    return;
  }
  const auto again = parse(to_text(*expression));
  RC_ASSERT(again.has_value());
  RC_ASSERT(*again == *expression);
}

RC_GTEST_PROP(Parser, survives_any_text, ()) { judge(*rc::gen::arbitrary<std::string>()); }

RC_GTEST_PROP(Parser, survives_any_words, ()) { judge(*any_words()); }

Expression any_expression(int depth);

Expression any_leaf() {
  switch (*rc::gen::inRange(0, 5)) {
    case 0:
      return {0, Attribute{*rc::gen::element<std::string>("mail", "givenName", "emails[type eq \"work\"].value")}};
    case 1:
      return {0, Text{*rc::gen::arbitrary<std::string>()}};
    case 2:
      return {0, Number{*rc::gen::arbitrary<std::int64_t>()}};
    case 3:
      return {0, Boolean{*rc::gen::arbitrary<bool>()}};
    default:
      return {0, Constant{std::string(compare_text)}};
  }
}

Expression any_argument(int depth) {
  if (*rc::gen::inRange(0, 6) != 0) return any_expression(depth);
  Comparison comparison{static_cast<Comparator>(*rc::gen::inRange(0, 6)), {}};
  comparison.sides.push_back(any_expression(depth));
  comparison.sides.push_back(any_expression(depth));
  return {0, std::move(comparison)};
}

Expression any_expression(int depth) {
  if (depth == 0) return any_leaf();
  const auto& function = functions()[*rc::gen::inRange<std::size_t>(0, functions().size())];
  if (function.evaluate == nullptr) return any_leaf();
  Call call{&function, {}};
  const auto count = function.most == any_number ? function.least + 2 : *rc::gen::inRange(function.least, function.most + 1);
  for (std::size_t i = 0; i < count; ++i) {
    const bool left_out = function.may_be_empty(i) && *rc::gen::arbitrary<bool>();
    call.arguments.push_back(left_out ? Expression{} : any_argument(depth - 1));
  }
  return {0, std::move(call)};
}

RC_GTEST_PROP(Syntax, comes_back_from_its_text, ()) {
  const auto expression = any_expression(*rc::gen::inRange(0, 4));
  const auto text = to_text(expression);
  RC_PRE(text.size() <= longest_expression);
  const auto again = parse(text);
  RC_ASSERT(again.has_value());
  RC_ASSERT(*again == expression);
}

}  // namespace parser_test
}  // namespace fakes::entra::expression
