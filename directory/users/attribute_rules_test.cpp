// The articles' table of attributes: each limit from both sides, in characters and not in bytes.
#include "directory/users/attribute_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>

namespace directory {
namespace attribute_rules_test {

UserAttributes valid_attributes() {
  UserAttributes attributes;
  attributes.username = "amy.lee";
  attributes.email = "amy.lee@example.test";
  return attributes;
}

/// The field of the first rule that is broken, or "accepted".
std::string judged(const UserAttributes& attributes) {
  const auto refusal = check_attributes(attributes);
  if (!refusal) return "accepted";
  EXPECT_EQ(refusal->kind, Refusal::Kind::invalid);
  EXPECT_FALSE(refusal->message.empty());
  return refusal->field;
}

std::string with_username(std::string username) {
  auto attributes = valid_attributes();
  attributes.username = std::move(username);
  return judged(attributes);
}

std::string with_email(std::string email) {
  auto attributes = valid_attributes();
  attributes.email = std::move(email);
  return judged(attributes);
}

std::string with(std::optional<std::string> UserAttributes::*member, std::string value) {
  auto attributes = valid_attributes();
  attributes.*member = std::move(value);
  return judged(attributes);
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

/// An address of exactly `size` characters.
std::string email_of(std::size_t size) {
  const std::string domain = "@example.test";
  return std::string(size - domain.size(), 'x') + domain;
}

constexpr std::string_view two_bytes = "\xC3\xA9";           // é
constexpr std::string_view three_bytes = "\xE2\x82\xAC";     // €
constexpr std::string_view four_bytes = "\xF0\x9F\x98\x80";  // a smiling face

TEST(AttributeRules, a_username_and_an_email_are_enough) {
  EXPECT_EQ(judged(valid_attributes()), "accepted");
}

// Username

// [rule D2]
TEST(AttributeRules, a_username_is_required_R44) {
  EXPECT_EQ(with_username(""), "username");
}

TEST(AttributeRules, an_email_address_is_no_username_R44) {
  EXPECT_EQ(with_username("amy.lee@example.test"), "username");
  EXPECT_EQ(with_username("amy@"), "username");
}

// [rule D29] [rule R44]
TEST(AttributeRules, a_username_starts_with_a_letter_and_goes_on_with_few_characters_more) {
  for (const auto* name : {"a", "Z", "amy", "Amy", "a1", "a_b", "a-b", "a.", "a--..__9"}) {
    EXPECT_EQ(with_username(name), "accepted") << name;
  }
  for (const auto* name :
       {"1amy", ".amy", "_amy", "-amy", " amy", "amy lee", "amy ", "amy\tlee", "amy/lee", "amy\\lee",
        "amy'lee", "amy+lee", "amy$", "amy:lee", "amy,lee", "amy\"", "\xC3\xA9milie", "zo\xC3\xAB"}) {
    EXPECT_EQ(with_username(name), "username") << name;
  }
}

// [rule D29]: every byte, after a first letter.
TEST(AttributeRules, no_other_byte_belongs_into_a_username) {
  const std::string allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
  for (int byte = 0; byte < 256; ++byte) {
    const auto letter = static_cast<char>(byte);
    EXPECT_EQ(is_username(std::string("a") + letter), allowed.contains(letter)) << byte;
  }
}

TEST(AttributeRules, a_dot_is_no_special_character_RT10) {
  EXPECT_EQ(with_username("first.last"), "accepted");
}

TEST(AttributeRules, a_dot_is_one_where_it_is_to_be_RT10) {
  EXPECT_FALSE(check_dots("first.last", UsernameDots::allowed));
  EXPECT_FALSE(check_dots("first-last", UsernameDots::refused));
  for (const auto* name : {"first.last", "a."}) {
    const auto refusal = check_dots(name, UsernameDots::refused);
    ASSERT_TRUE(refusal) << name;
    EXPECT_EQ(refusal->field, "username");
  }
}

TEST(AttributeRules, a_username_has_at_most_1024_characters_R44) {
  EXPECT_EQ(with_username(std::string(1024, 'a')), "accepted");
  EXPECT_EQ(with_username(std::string(1025, 'a')), "username");
}

// E-mail

// [rule D2]
TEST(AttributeRules, an_email_is_required_R47) {
  EXPECT_EQ(with_email(""), "email");
}

TEST(AttributeRules, an_email_must_be_valid_R47) {
  for (const auto* address :
       {"a@b.c", "amy.lee@example.test", "amy+work@sub.example.test", "o'neil@example.test"}) {
    EXPECT_EQ(with_email(address), "accepted") << address;
  }
  for (const auto* address :
       {"amy", "amy@", "@example.test", "amy@example", "amy@example.", "amy@.test", "amy@@example.test",
        "amy@lee@example.test", "amy lee@example.test", "amy@example.test ", "amy@exa mple.test",
        "amy@example.test\n", "amy\x7F@example.test"}) {
    EXPECT_EQ(with_email(address), "email") << address;
  }
}

// What mail systems accept beyond ASCII is theirs to say. [RFC6531 3.3]
TEST(AttributeRules, an_email_may_hold_letters_beyond_ascii_R47) {
  EXPECT_EQ(with_email("j\xC3\xB6rg@example.test"), "accepted");
  EXPECT_EQ(with_email("amy@ex\xC3\xA4mple.test"), "accepted");
}

TEST(AttributeRules, an_email_has_at_most_1024_characters_R47) {
  EXPECT_EQ(with_email(email_of(1024)), "accepted");
  EXPECT_EQ(with_email(email_of(1025)), "email");
}

// Text

TEST(AttributeRules, a_first_name_has_at_most_1024_characters_R45) {
  EXPECT_EQ(with(&UserAttributes::firstname, std::string(1024, 'x')), "accepted");
  EXPECT_EQ(with(&UserAttributes::firstname, std::string(1025, 'x')), "firstname");
}

TEST(AttributeRules, a_last_name_has_at_most_1024_characters_R46) {
  EXPECT_EQ(with(&UserAttributes::lastname, std::string(1024, 'x')), "accepted");
  EXPECT_EQ(with(&UserAttributes::lastname, std::string(1025, 'x')), "lastname");
}

// [rule R45]: characters, however many bytes each takes.
TEST(AttributeRules, limits_count_characters_and_not_bytes) {
  for (const auto character : {two_bytes, three_bytes, four_bytes}) {
    EXPECT_EQ(with(&UserAttributes::firstname, repeated(character, 1024)), "accepted") << character;
    EXPECT_EQ(with(&UserAttributes::firstname, repeated(character, 1025)), "firstname") << character;
    EXPECT_EQ(with(&UserAttributes::employee_identifier, repeated(character, 256)), "accepted") << character;
    EXPECT_EQ(with(&UserAttributes::employee_identifier, repeated(character, 257)), "employeeIdentifier")
        << character;
  }
}

// The display name has no stated limit [rule R48], so it is left out here.
TEST(AttributeRules, most_texts_hold_1024_characters_D20) {
  for (const auto& attribute : text_attributes) {
    if (attribute.member == &UserAttributes::employee_identifier) continue;
    if (attribute.member == &UserAttributes::alternate_email) continue;  // an address, not any text
    EXPECT_EQ(with(attribute.member, std::string(1024, 'x')), "accepted") << attribute.name;
    if (attribute.member == &UserAttributes::displayname) continue;
    EXPECT_EQ(with(attribute.member, std::string(1025, 'x')), attribute.name);
  }
}

// [rule D10] [rule D20]
TEST(AttributeRules, an_alternate_email_is_an_address_of_at_most_1024_characters) {
  EXPECT_EQ(with(&UserAttributes::alternate_email, email_of(1024)), "accepted");
  EXPECT_EQ(with(&UserAttributes::alternate_email, email_of(1025)), "alternateEmail");
  EXPECT_EQ(with(&UserAttributes::alternate_email, "amy at home"), "alternateEmail");
}

TEST(AttributeRules, an_employee_identifier_holds_256_characters_D20) {
  EXPECT_EQ(with(&UserAttributes::employee_identifier, std::string(256, '7')), "accepted");
  EXPECT_EQ(with(&UserAttributes::employee_identifier, std::string(257, '7')), "employeeIdentifier");
}

TEST(AttributeRules, a_display_name_may_be_any_text_R48) {
  for (const auto* name : {"Amy Lee", "  ", "@", "\"; DROP TABLE users", "\xF0\x9F\x98\x80", "1", "-"}) {
    EXPECT_EQ(with(&UserAttributes::displayname, name), "accepted") << name;
  }
}

TEST(AttributeRules, text_is_utf8) {
  for (const auto& attribute : text_attributes) {
    EXPECT_EQ(with(attribute.member, "x\xC3"), attribute.name);
    EXPECT_EQ(with(attribute.member, "x\xED\xA0\x80"), attribute.name) << "a surrogate";
  }
}

// [rule V55] [rule D29]
TEST(AttributeRules, a_local_user_account_obeys_the_rules_of_a_username) {
  EXPECT_EQ(with(&UserAttributes::system_username, "amylee"), "accepted");
  for (const auto* name : {"amy lee", "1amy", "amy@example.test", "zo\xC3\xAB"}) {
    EXPECT_EQ(with(&UserAttributes::system_username, name), "systemUsername") << name;
  }
}

// Whatever comes in

RC_GTEST_PROP(AttributeRules, whatever_is_a_username_is_no_email_address, (const std::string& text)) {
  RC_ASSERT(!(is_username(text) && is_email(text)));
}

RC_GTEST_PROP(AttributeRules, a_refusal_names_an_attribute_that_was_given, ()) {
  auto attributes = valid_attributes();
  const auto& target = *rc::gen::elementOf(text_attributes);
  attributes.*target.member = *rc::gen::string<std::string>();
  const auto refusal = check_attributes(attributes);
  if (refusal) RC_ASSERT(refusal->field == target.name);
}

}  // namespace attribute_rules_test
}  // namespace directory
