// What the project relies on of its JSON engine, and the accessors on top of it. Printed numbers are golden
// because fingerprints depend on them.
#include "base/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
#include <limits>
#include <string>

namespace base {
namespace json_test {

using ::testing::HasSubstr;
using ::testing::StartsWith;

Json read_json(std::string_view text) {
  auto json = parse_json(text);
  EXPECT_TRUE(json.has_value()) << text << ": " << json.error().message;
  return json ? *std::move(json) : Json{};
}

/// The text as the engine prints it back, or the message of the refusal.
std::string reprinted(std::string_view text) {
  const auto json = parse_json(text);
  return json ? to_text(*json) : json.error().message;
}

std::string nested_arrays(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

std::string nested_objects(std::size_t depth) {
  std::string text;
  for (std::size_t i = 0; i < depth; ++i) text += R"({"a":)";
  return text + "1" + std::string(depth, '}');
}

TEST(Json, keeps_members_in_the_order_they_came) {
  EXPECT_EQ(reprinted(R"( { "b" : 1, "a" : [ true , false , null ] , "c" : "x" } )"),
            R"({"b":1,"a":[true,false,null],"c":"x"})");
}

TEST(Json, a_duplicate_key_keeps_the_last_value) {
  EXPECT_EQ(reprinted(R"({"a":1,"b":2,"a":{"c":3}})"), R"({"a":{"c":3},"b":2})");
}

TEST(Json, names_that_differ_in_case_are_different_members) {
  EXPECT_EQ(reprinted(R"({"a":1,"A":2})"), R"({"a":1,"A":2})");
}

TEST(Json, prints_numbers_the_same_everywhere) {
  EXPECT_EQ(reprinted("[0,-1,9223372036854775807,-9223372036854775808,18446744073709551615]"),
            "[0,-1,9223372036854775807,-9223372036854775808,18446744073709551615]");
  EXPECT_EQ(reprinted("[1.5,1.0,0.1,1e2]"), "[1.5E0,1E0,1E-1,1E2]");
}

TEST(Json, escapes_what_must_be_escaped) {
  EXPECT_EQ(reprinted(R"("\u0041\u00e9\ud83d\ude00\/\"\\\n\u0000")"),
            "\"A\xC3\xA9\xF0\x9F\x98\x80/\\\"\\\\\\n\\u0000\"");
}

TEST(Json, accepts_64_levels_and_refuses_65) {
  EXPECT_TRUE(parse_json(nested_arrays(64)).has_value());
  EXPECT_TRUE(parse_json(nested_objects(64)).has_value());
  EXPECT_EQ(reprinted(nested_arrays(65)), "not JSON: too deep");
  EXPECT_EQ(reprinted(nested_objects(65)), "not JSON: too deep");
  EXPECT_EQ(reprinted(std::string(1'000'000, '[')), "not JSON: too deep");
}

TEST(Json, counts_levels_of_both_kinds_together) {
  EXPECT_TRUE(parse_json(R"({"a":)" + nested_arrays(63) + "}").has_value());
  EXPECT_EQ(reprinted(R"({"a":)" + nested_arrays(64) + "}"), "not JSON: too deep");
}

TEST(Json, width_is_not_depth) {
  std::string text = "[";
  for (int i = 0; i < 1'000; ++i) text += "[],{},";
  EXPECT_TRUE(parse_json(text + "[]]").has_value());
}

TEST(Json, refuses_what_is_not_strict) {
  for (const auto* text : {"",
                           " ",
                           "[1,]",
                           "{\"a\":1,}",
                           "{a:1}",
                           "{'a':1}",
                           "// x\n1",
                           "/**/1",
                           "01",
                           "+1",
                           ".5",
                           "1.",
                           "1e",
                           "NaN",
                           "Infinity",
                           "nul",
                           "True",
                           "'a'",
                           "\"a",
                           "[1",
                           "{\"a\"}",
                           "{\"a\":}",
                           "{1:2}",
                           "1 2",
                           "[]]",
                           "\"\t\"",
                           "\"\\x41\"",
                           "\"\\u12\"",
                           "\xEF\xBB\xBF"
                           "1"}) {
    EXPECT_THAT(reprinted(text), StartsWith("not JSON: ")) << text;
  }
}

TEST(Json, refuses_text_that_is_not_utf8) {
  for (const auto* text : {"\"\xFF\"", "\"\xC3\"", "\"\xC0\x80\"", "\"\xED\xA0\x80\"", "\"\\ud800\"",
                           "\"\\udc00\"", "{\"\x80\":1}"}) {
    EXPECT_THAT(reprinted(text), StartsWith("not JSON: ")) << text;
  }
}

TEST(Json, member_finds_the_exact_name_only) {
  const auto json = read_json(R"({"userName":"a","username":"b","id":null})");
  ASSERT_NE(member(json, "userName"), nullptr);
  EXPECT_EQ(*member(json, "userName"), "a");
  EXPECT_EQ(*member(json, "username"), "b");
  EXPECT_EQ(member(json, "USERNAME"), nullptr);
  EXPECT_EQ(member(json, "user"), nullptr);
  ASSERT_NE(member(json, "id"), nullptr);
  EXPECT_TRUE(member(json, "id")->is_null());
}

TEST(Json, member_of_what_is_no_object_is_null) {
  for (const auto* text : {"null", "1", "\"id\"", "[\"id\"]", "[{\"id\":1}]", "{}"}) {
    EXPECT_EQ(member(read_json(text), "id"), nullptr) << text;
  }
}

TEST(Json, member_points_into_the_value) {
  const auto json = read_json(R"({"a":{"b":1}})");
  const auto* inner = member(json, "a");
  ASSERT_NE(inner, nullptr);
  EXPECT_EQ(inner, &json.get_object().at("a"));
  EXPECT_EQ(member(json.get_object(), "a"), inner);
}

TEST(Json, member_ignoring_case_prefers_the_exact_name) {
  const auto json = read_json(R"({"USERNAME":1,"userName":2,"UserName":3})");
  const auto& object = json.get_object();
  EXPECT_EQ(*member_ignoring_case(object, "userName"), 2);
  EXPECT_EQ(*member_ignoring_case(object, "UserName"), 3);
  EXPECT_EQ(*member_ignoring_case(object, "username"), 1);
  EXPECT_EQ(member_ignoring_case(object, "user"), nullptr);
}

TEST(Json, member_ignoring_case_knows_ascii_letters_only) {
  const auto json = read_json(R"({"É":1,"[":2})");
  EXPECT_EQ(member_ignoring_case(json.get_object(), "é"), nullptr);
  EXPECT_EQ(member_ignoring_case(json.get_object(), "{"), nullptr);
}

TEST(Json, string_member_gives_strings_only) {
  const auto json = read_json(R"({"s":"text","e":"","n":1,"b":true,"z":null,"a":["text"]})");
  EXPECT_EQ(string_member(json, "s"), "text");
  EXPECT_EQ(string_member(json, "e"), "");
  for (const auto* name : {"n", "b", "z", "a", "missing", "S"})
    EXPECT_EQ(string_member(json, name), std::nullopt) << name;
  EXPECT_EQ(string_member(read_json("\"s\""), "s"), std::nullopt);
}

TEST(Json, string_member_keeps_nul_characters) {
  EXPECT_EQ(string_member(read_json(R"({"s":"a\u0000b"})"), "s"), std::string("a\0b", 3));
}

TEST(Json, string_or_falls_back_where_there_is_no_string) {
  const auto json = read_json(R"({"s":"text","e":"","n":1})");
  EXPECT_EQ(string_or(json, "s", "other"), "text");
  EXPECT_EQ(string_or(json, "e", "other"), "");
  EXPECT_EQ(string_or(json, "n", "other"), "other");
  EXPECT_EQ(string_or(json, "missing", "other"), "other");
}

TEST(Json, bool_member_gives_booleans_only) {
  const auto json = read_json(R"({"t":true,"f":false,"s":"true","n":1,"z":null})");
  EXPECT_EQ(bool_member(json, "t"), true);
  EXPECT_EQ(bool_member(json, "f"), false);
  for (const auto* name : {"s", "n", "z", "missing"})
    EXPECT_EQ(bool_member(json, name), std::nullopt) << name;
}

TEST(Json, integer_member_gives_what_fits_64_signed_bits) {
  const auto json = read_json(
      R"({"i":42,"least":-9223372036854775808,"most":9223372036854775807,"more":9223372036854775808,
          "d":42.0,"x":4e1,"s":"42","b":true})");
  EXPECT_EQ(integer_member(json, "i"), 42);
  EXPECT_EQ(integer_member(json, "least"), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(integer_member(json, "most"), std::numeric_limits<std::int64_t>::max());
  for (const auto* name : {"more", "d", "x", "s", "b", "missing"})
    EXPECT_EQ(integer_member(json, name), std::nullopt) << name;
}

TEST(Json, the_message_of_a_refusal_says_what_is_wrong) {
  EXPECT_THAT(reprinted("[1"), HasSubstr("incomplete"));
  EXPECT_THAT(reprinted("[1] x"), HasSubstr("extra data"));
}

RC_GTEST_PROP(Json, strings_and_integers_survive_print_and_parse, (std::int64_t number)) {
  const auto character =
      rc::gen::map(rc::gen::inRange(0, 128), [](int value) { return static_cast<char>(value); });
  const auto text = rc::gen::container<std::string>(character);
  JsonObject object;
  const auto members =
      *rc::gen::container<std::vector<std::pair<std::string, std::string>>>(rc::gen::pair(text, text));
  for (const auto& [name, value] : members) object[name] = JsonArray{Json(value), Json(number)};
  const Json json(object);
  const auto again = parse_json(to_text(json));
  RC_ASSERT(again.has_value());
  RC_ASSERT(*again == json);
  RC_ASSERT(to_text(*again) == to_text(json));
}

TEST(Json, refuses_numbers_that_no_json_text_can_say) {
  EXPECT_FALSE(parse_json("1e400").has_value());
  EXPECT_FALSE(parse_json("{\"a\":[-1e400]}").has_value());
}

}  // namespace json_test
}  // namespace base
