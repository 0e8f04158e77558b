// URIs and request targets. A refusal is checked by its reason, so that a text cannot be refused for
// something else than the test means.
#include "base/uri.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "base/encoding.h"

namespace base {
namespace uri_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

Uri read_uri(std::string_view text) {
  const auto uri = parse_uri(text);
  EXPECT_TRUE(uri.has_value()) << text << ": " << uri.error().message;
  return uri.value_or(Uri{});
}

std::string uri_refusal(std::string_view text) {
  const auto uri = parse_uri(text);
  return uri ? "accepted as " + uri->text() : uri.error().message;
}

Target read_target(std::string_view text) {
  const auto target = parse_target(text);
  EXPECT_TRUE(target.has_value()) << text;
  return target.value_or(Target{});
}

TEST(Uri, splits_into_its_parts) {
  const auto uri = read_uri("https://idp.example.com:8443/scim/v2/Users?filter=userName%20eq%20%22a%22");
  EXPECT_EQ(uri.scheme, "https");
  EXPECT_EQ(uri.host, "idp.example.com");
  EXPECT_EQ(uri.port, 8443);
  EXPECT_EQ(uri.path, "/scim/v2/Users");
  EXPECT_EQ(uri.query, "filter=userName%20eq%20%22a%22");
}

TEST(Uri, lowers_scheme_and_host_but_not_the_path) {
  EXPECT_EQ(read_uri("HTTPS://IdP.Example.COM/Users?A=B").text(), "https://idp.example.com/Users?A=B");
}

TEST(Uri, an_empty_path_becomes_a_slash) {
  EXPECT_EQ(read_uri("http://example.com").path, "/");
  EXPECT_EQ(read_uri("http://example.com?q").target(), "/?q");
}

TEST(Uri, tells_no_query_from_an_empty_one) {
  EXPECT_EQ(read_uri("http://example.com/a").query, std::nullopt);
  EXPECT_EQ(read_uri("http://example.com/a?").query, "");
  EXPECT_EQ(read_uri("http://example.com/a?").text(), "http://example.com/a?");
}

TEST(Uri, the_query_begins_at_the_first_question_mark) {
  const auto uri = read_uri("http://example.com/a?b?c/d");
  EXPECT_EQ(uri.path, "/a");
  EXPECT_EQ(uri.query, "b?c/d");
}

TEST(Uri, keeps_escapes_of_the_path_as_they_came) {
  EXPECT_EQ(read_uri("http://example.com/a%2Fb%c3").path, "/a%2Fb%c3");
}

TEST(Uri, the_default_port_of_the_scheme_goes_unsaid) {
  EXPECT_EQ(read_uri("http://example.com:80/"), read_uri("http://example.com/"));
  EXPECT_EQ(read_uri("https://example.com:443/"), read_uri("https://example.com/"));
  EXPECT_EQ(read_uri("https://example.com:80/").authority(), "example.com:80");
  EXPECT_EQ(read_uri("http://example.com:443/").authority(), "example.com:443");
  EXPECT_EQ(read_uri("https://example.com/").authority(), "example.com");
}

TEST(Uri, knows_the_port_to_connect_to) {
  EXPECT_EQ(read_uri("http://example.com").effective_port(), 80);
  EXPECT_EQ(read_uri("https://example.com").effective_port(), 443);
  EXPECT_EQ(read_uri("https://example.com:65535").effective_port(), 65535);
}

TEST(Uri, an_ipv6_literal_keeps_its_brackets) {
  EXPECT_EQ(read_uri("http://[::1]/").host, "[::1]");
  EXPECT_EQ(read_uri("http://[::1]/").port, 0);
  EXPECT_EQ(read_uri("http://[2001:DB8::1]:8080/").host, "[2001:db8::1]");
  EXPECT_EQ(read_uri("http://[2001:DB8::1]:8080/").authority(), "[2001:db8::1]:8080");
}

TEST(Uri, refuses_other_schemes) {
  for (const auto* text : {"", "example.com", "//example.com/", "http:/example.com", "/scim/v2"}) {
    EXPECT_THAT(uri_refusal(text), HasSubstr("it does not begin with http:// or https://")) << text;
  }
  for (const auto* text :
       {"ftp://example.com/", "ldap://example.com", "httpss://example.com", "://example.com"}) {
    EXPECT_THAT(uri_refusal(text), HasSubstr("its scheme is neither http nor https")) << text;
  }
}

TEST(Uri, refuses_user_info) {
  for (const auto* text :
       {"http://user@example.com/", "http://user:pass@example.com:80/", "http://@example.com"}) {
    EXPECT_THAT(uri_refusal(text), HasSubstr("a user name in it is not supported")) << text;
  }
  EXPECT_EQ(read_uri("http://example.com/a@b").path, "/a@b");
}

TEST(Uri, refuses_fragments) {
  for (const auto* text : {"http://example.com#f", "http://example.com/#", "http://example.com/a?b#c"}) {
    EXPECT_THAT(uri_refusal(text), HasSubstr("it has a fragment")) << text;
  }
}

TEST(Uri, refuses_ports_out_of_range) {
  for (const auto* port :
       {"0", "65536", "99999999999999999999", "-1", "+80", "8a", "http", "80:80", "0x50"}) {
    EXPECT_THAT(uri_refusal(fmt::format("http://example.com:{}/", port)),
                HasSubstr("its port is not a number from 1 to 65535"))
        << port;
  }
}

TEST(Uri, refuses_a_missing_host) {
  for (const auto* text : {"http://", "http:///path", "https://?query", "http://:8080/"}) {
    EXPECT_THAT(uri_refusal(text), HasSubstr("it names no host")) << text;
  }
}

TEST(Uri, refuses_white_space_and_control_characters) {
  for (const auto* text :
       {" http://example.com", "http://example.com ", "http://exam ple.com", "http://example.com/a b",
        "http://example.com/\r\nHost:", "http://example.com/\t", "http://example.com/\x7F"}) {
    EXPECT_THAT(uri_refusal(text), HasSubstr("white space or a control character")) << text;
  }
  EXPECT_THAT(uri_refusal(std::string_view("http://a\0b/", 11)), HasSubstr("control character"));
}

TEST(Uri, quotes_at_most_120_characters_of_a_refused_text) {
  EXPECT_LT(uri_refusal("ftp://" + std::string(10'000, 'x')).size(), 200U);
}

RC_GTEST_PROP(Uri, survives_text_and_parse, ()) {
  const auto word = [](const char* alphabet) {
    return rc::gen::container<std::string>(rc::gen::elementOf(std::string(alphabet)));
  };
  Uri uri;
  uri.scheme = *rc::gen::element<std::string>("http", "https");
  uri.host = "h" + *word("abcz09.-");
  uri.port = *rc::gen::inRange<std::uint16_t>(0, 65535);
  uri.path = "/" + *word("abAB/%20-._~:@!$&'()*+,;=");
  if (*rc::gen::arbitrary<bool>()) uri.query = *word("abAB/?%20=&+:@");
  RC_PRE(uri.port != (uri.scheme == "https" ? 443 : 80));
  const auto again = parse_uri(uri.text());
  RC_ASSERT(again.has_value());
  RC_ASSERT(*again == uri);
}

TEST(Target, decodes_path_and_parameters) {
  const auto target = read_target("/scim/v2/Users%2Fx?filter=userName%20eq%20%22a%26b%22&count=2");
  EXPECT_EQ(target.path, "/scim/v2/Users/x");
  EXPECT_THAT(target.query, ElementsAre(Pair("filter", "userName eq \"a&b\""), Pair("count", "2")));
}

TEST(Target, a_plus_is_a_space_in_the_query_only) {
  const auto target = read_target("/a+b?c+d=e+f%2Bg");
  EXPECT_EQ(target.path, "/a+b");
  EXPECT_THAT(target.query, ElementsAre(Pair("c d", "e f+g")));
}

TEST(Target, splits_at_the_first_equals_sign) {
  EXPECT_THAT(read_target("/?a=b=c&=d&e=&f").query,
              ElementsAre(Pair("a", "b=c"), Pair("", "d"), Pair("e", ""), Pair("f", "")));
}

TEST(Target, decodes_after_splitting) {
  EXPECT_THAT(read_target("/?a%3Db=c%26d%3De").query, ElementsAre(Pair("a=b", "c&d=e")));
  EXPECT_EQ(read_target("/a%3Fb=c").path, "/a?b=c");
}

TEST(Target, skips_empty_pairs) {
  EXPECT_THAT(read_target("/a?").query, IsEmpty());
  EXPECT_THAT(read_target("/a?&&b=1&").query, ElementsAre(Pair("b", "1")));
}

TEST(Target, finds_the_first_parameter_of_the_exact_name) {
  const auto target = read_target("/?count=1&Count=2&count=3&empty=");
  EXPECT_EQ(target.parameter("count"), "1");
  EXPECT_EQ(target.parameter("Count"), "2");
  EXPECT_EQ(target.parameter("empty"), "");
  EXPECT_EQ(target.parameter("coun"), std::nullopt);
}

TEST(Target, refuses_broken_escapes_wherever_they_are) {
  for (const auto* text : {"/%", "/a%4", "/%zz", "/?a=%", "/?%4=a", "/?ok=1&b=%g0", "/?a=1%"}) {
    EXPECT_FALSE(parse_target(text).has_value()) << text;
  }
}

TEST(Target, refuses_a_nul_in_the_path) {
  EXPECT_FALSE(parse_target("/a%00b").has_value());
  EXPECT_FALSE(parse_target(std::string_view("/a\0b", 4)).has_value());
}

TEST(Target, segments_leave_out_empty_ones) {
  EXPECT_THAT(read_target("/a/b").segments(), ElementsAre("a", "b"));
  EXPECT_THAT(read_target("/a/b/").segments(), ElementsAre("a", "b"));
  EXPECT_THAT(read_target("//a///b").segments(), ElementsAre("a", "b"));
  EXPECT_THAT(read_target("/").segments(), IsEmpty());
  EXPECT_THAT(read_target("").segments(), IsEmpty());
  EXPECT_THAT(read_target("/Users/j%C3%B6rg?a=/x/y").segments(), ElementsAre("Users", "j\xC3\xB6rg"));
}

RC_GTEST_PROP(Target, gives_back_what_was_percent_encoded,
              (const std::vector<std::pair<std::string, std::string>>& parameters)) {
  // An empty name with an empty value is a pair all the same: "=" stands for it.
  std::string text = "/Users?";
  for (const auto& [name, value] : parameters)
    text += percent_encode(name) + "=" + percent_encode(value) + "&";
  const auto target = parse_target(text);
  RC_ASSERT(target.has_value());
  RC_ASSERT(target->query == parameters);
}

TEST(Uri, a_refusal_quotes_the_whole_text) {
  EXPECT_THAT(parse_uri("http://user@example.com/x").error().message,
              HasSubstr("'http://user@example.com/x'"));
  EXPECT_THAT(parse_uri("http://h:0/").error().message, HasSubstr("'http://h:0/'"));
}

TEST(Target, refuses_a_nul_in_the_query) {
  EXPECT_FALSE(parse_target("/?a=%00").has_value());
  EXPECT_FALSE(parse_target("/?a%00=1").has_value());
}

}  // namespace uri_test
}  // namespace base
