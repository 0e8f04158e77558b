// Every form in which a secret can lie in text is found and taken out, and nothing else is.
#include "sim/redactor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "base/encoding.h"
#include "base/json.h"

namespace sim {
namespace redactor_test {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string json_string(std::string_view text) {
  return base::to_text(base::json_text(text));
}

bool holds_any(std::string_view text, const std::vector<std::string>& forms) {
  return std::ranges::any_of(forms,
                             [&](const auto& form) { return text.find(form) != std::string_view::npos; });
}

const std::string secret = "Tr0ub4dor&3/\"horse\"?";

// Forms
// ----------------------------------------------------------------------------------------------------

TEST(FormsOfSecret, are_clear_json_percent_encoded_and_base64) {
  const auto forms = forms_of_secret("a\"b/c?d");
  EXPECT_THAT(forms, Contains("a\"b/c?d"));
  EXPECT_THAT(forms, Contains("a\\\"b/c?d"));
  EXPECT_THAT(forms, Contains("a%22b%2Fc%3Fd"));
  EXPECT_THAT(forms, Contains("YSJiL2M/"));  // a"b/c? at the beginning of a group
  EXPECT_THAT(forms, Contains("YSJiL2M_"));
}

TEST(FormsOfSecret, are_all_different_and_at_least_four_characters_long) {
  for (const std::string text : {"x", "1234", "12345", "plain-words", "\x01\x02\xFF\xFE", "a b+c&d"}) {
    auto forms = forms_of_secret(text);
    for (const auto& form : forms) EXPECT_GE(form.size(), 4U) << text;
    std::ranges::sort(forms);
    EXPECT_EQ(std::ranges::adjacent_find(forms), forms.end()) << text;
  }
}

TEST(FormsOfSecret, leave_out_what_would_be_too_short_to_tell) {
  EXPECT_THAT(forms_of_secret(""), IsEmpty());
  EXPECT_THAT(forms_of_secret("ab"), IsEmpty());
  EXPECT_THAT(forms_of_secret("abc"), SizeIs(1));  // its base64 has four characters
}

TEST(FormsOfSecret, begin_a_base64_group_also_with_a_short_secret) {
  EXPECT_THAT(forms_of_secret("12345"), Contains(base::to_base64("123")));
}

/// Any bytes, with a share of those that encodings treat specially.
rc::Gen<std::string> arbitrary_bytes() {
  return rc::gen::container<std::string>(rc::gen::weightedOneOf<char>(
      {{3, rc::gen::arbitrary<char>()}, {1, rc::gen::element('"', '\\', '%', '+', '/', '\n', ' ', '=')}}));
}

/// Long enough that every encoding of it at every alignment holds a form of it.
rc::Gen<std::string> arbitrary_secret() {
  return rc::gen::suchThat(arbitrary_bytes(), [](const std::string& text) { return text.size() >= 5; });
}

RC_GTEST_PROP(FormsOfSecret, are_found_in_the_encodings_of_any_text_around_the_secret, ()) {
  const auto hidden = *arbitrary_secret();
  const auto before = *arbitrary_bytes();
  const auto after = *arbitrary_bytes();
  const auto text = before + hidden + after;
  const auto forms = forms_of_secret(hidden);
  RC_ASSERT(holds_any(text, forms));
  RC_ASSERT(holds_any(base::to_base64(text), forms));
  RC_ASSERT(holds_any(base::to_base64url(text), forms));
  RC_ASSERT(holds_any(base::percent_encode(text), forms));
  RC_ASSERT(holds_any(json_string(text), forms));
}

RC_GTEST_PROP(FormsOfSecret, are_not_found_where_no_byte_of_the_secret_is, ()) {
  const auto hidden = *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange('a', 'n')));
  const auto text = *rc::gen::container<std::string>(rc::gen::inRange('n', '{'));
  RC_ASSERT(!holds_any(text, {hidden}));
  RC_ASSERT(!holds_any(json_string(text), forms_of_secret(hidden)));
  RC_ASSERT(Redactor({hidden})(text) == text);
}

// Redaction
// ----------------------------------------------------------------------------------------------------

TEST(Redactor, leaves_other_text_alone) {
  const Redactor redact({secret});
  EXPECT_EQ(redact("nothing to hide"), "nothing to hide");
  EXPECT_EQ(redact(""), "");
  EXPECT_EQ(Redactor({})("anything"), "anything");
}

TEST(Redactor, takes_a_secret_out_in_clear_wherever_it_is) {
  const Redactor redact({"s3cr3t!"});
  EXPECT_EQ(redact("s3cr3t!"), "[redacted]");
  EXPECT_EQ(redact("Bearer s3cr3t!"), "Bearer [redacted]");
  EXPECT_EQ(redact("s3cr3t! and s3cr3t!, again"), "[redacted] and [redacted], again");
}

TEST(Redactor, takes_a_secret_out_of_json) {
  EXPECT_EQ(Redactor({secret})("{\"password\":" + json_string(secret) + "}"), R"({"password":"[redacted]"})");
}

TEST(Redactor, takes_a_secret_out_of_a_url) {
  EXPECT_EQ(Redactor({secret})("/activate?token=" + base::percent_encode(secret) + "&x=1"),
            "/activate?token=[redacted]&x=1");
}

TEST(Redactor, takes_a_secret_out_of_base64_at_every_alignment) {
  const Redactor redact({secret});
  for (const std::string before : {"", "u", "us", "user", "user:", "user-2:"}) {
    for (const std::string after : {"", "!", "!!", "!!!"}) {
      const auto text = before + secret + after;
      // Only groups of three bytes that are the secret's alone.
      const auto begin = (before.size() + 2) / 3 * 4;
      const auto end = (before.size() + secret.size()) / 3 * 4;
      for (const auto& encoded : {base::to_base64(text), base::to_base64url(text)})
        EXPECT_EQ(redact(encoded), encoded.substr(0, begin) + "[redacted]" + encoded.substr(end)) << text;
    }
  }
}

TEST(Redactor, takes_out_secrets_that_contain_each_other) {
  const Redactor redact({"hunter2", "hunter2-and-more", "2-and"});
  EXPECT_EQ(redact("hunter2-and-more"), "[redacted]");
  EXPECT_EQ(redact("<hunter2>"), "<[redacted]>");
  EXPECT_EQ(redact("<2-and>"), "<[redacted]>");
}

TEST(Redactor, takes_out_secrets_that_overlap) {
  EXPECT_EQ(Redactor({"abcdef", "defghi"})("<abcdefghi>"), "<[redacted]>");
  EXPECT_EQ(Redactor({"abcdef", "bcdefgh"})("<abcdefgh>"), "<[redacted]>");
  EXPECT_EQ(Redactor({"abab"})("<ababab>"), "<[redacted]>");
}

TEST(Redactor, does_not_take_its_own_mark_for_a_secret) {
  EXPECT_EQ(Redactor({"redacted", "hunter2"})("hunter2 redacted"), "[redacted] [redacted]");
}

TEST(Redactor, leaves_text_around_secrets_as_it_was) {
  const Redactor redact({"one-secret", "two-secret"});
  EXPECT_EQ(redact("a one-secret b two-secret c"), "a [redacted] b [redacted] c");
}

RC_GTEST_PROP(Redactor, leaves_no_secret_in_any_encoding_of_any_text, ()) {
  const auto hidden = *rc::gen::container<std::set<std::string, std::less<>>>(arbitrary_secret());
  auto text = *arbitrary_bytes();
  for (const auto& one : hidden) text += one + *arbitrary_bytes();
  const Redactor redact(hidden);
  const auto marked = std::string("[redacted]");
  for (const auto& encoded : {text, base::to_base64(text), base::to_base64url(text),
                              base::percent_encode(text), json_string(text)}) {
    auto redacted = redact(encoded);
    // A mark stands where bytes were taken out, so that what it separates cannot be read together.
    for (auto at = redacted.find(marked); at != std::string::npos; at = redacted.find(marked, at))
      redacted.replace(at, marked.size(), "\1");
    for (const auto& one : hidden) {
      if (one.find('\1') != std::string::npos) continue;
      for (const auto& form : forms_of_secret(one)) RC_ASSERT(redacted.find(form) == std::string::npos);
    }
  }
}

}  // namespace redactor_test
}  // namespace sim
