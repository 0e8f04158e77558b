// Messages as values; above all that field names compare without regard to case while order and spelling stay
// as they were sent.
#include "base/http.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace base {
namespace http_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// The fields as "name=value", in order.
std::vector<std::string> lines_of(const Headers& headers) {
  std::vector<std::string> lines;
  for (const auto& [name, value] : headers) lines.push_back(name + "=" + value);
  return lines;
}

Headers sample_headers() {
  Headers headers;
  headers.add("Accept", "1");
  headers.add("Set-Cookie", "2");
  headers.add("accept", "3");
  headers.add("SET-COOKIE", "4");
  return headers;
}

TEST(Headers, keep_the_order_and_the_spelling_they_were_added_in) {
  EXPECT_THAT(lines_of(sample_headers()),
              ElementsAre("Accept=1", "Set-Cookie=2", "accept=3", "SET-COOKIE=4"));
  EXPECT_EQ(sample_headers().size(), 4U);
}

TEST(Headers, find_the_first_field_without_regard_to_case) {
  const auto headers = sample_headers();
  EXPECT_EQ(headers.find("accept"), "1");
  EXPECT_EQ(headers.find("set-cookie"), "2");
  EXPECT_EQ(headers.find("Set-Cookie2"), std::nullopt);
  EXPECT_EQ(headers.find("Set"), std::nullopt);
  EXPECT_EQ(Headers{}.find("Accept"), std::nullopt);
}

TEST(Headers, tell_an_empty_value_from_a_missing_field) {
  Headers headers;
  headers.add("X-Empty", "");
  EXPECT_EQ(headers.find("x-empty"), "");
}

TEST(Headers, set_replaces_the_first_and_drops_the_others) {
  auto headers = sample_headers();
  headers.set("ACCEPT", "new");
  EXPECT_THAT(lines_of(headers), ElementsAre("Accept=new", "Set-Cookie=2", "SET-COOKIE=4"));
}

TEST(Headers, set_appends_what_is_not_there) {
  auto headers = sample_headers();
  headers.set("ETag", "W/\"1\"");
  EXPECT_EQ(headers.size(), 5U);
  EXPECT_EQ(lines_of(headers).back(), "ETag=W/\"1\"");
}

TEST(Headers, set_keeps_a_single_field_in_its_place) {
  Headers headers;
  headers.add("A", "1");
  headers.add("B", "2");
  headers.set("a", "3");
  EXPECT_THAT(lines_of(headers), ElementsAre("A=3", "B=2"));
}

TEST(Headers, remove_drops_every_field_of_the_name) {
  auto headers = sample_headers();
  headers.remove("set-COOKIE");
  EXPECT_THAT(lines_of(headers), ElementsAre("Accept=1", "accept=3"));
  headers.remove("X-Unknown");
  EXPECT_EQ(headers.size(), 2U);
  headers.remove("Accept");
  EXPECT_THAT(lines_of(headers), IsEmpty());
}

TEST(Headers, are_equal_when_order_spelling_and_values_are) {
  EXPECT_EQ(sample_headers(), sample_headers());
  Headers one;
  one.add("A", "1");
  one.add("B", "2");
  Headers reversed;
  reversed.add("B", "2");
  reversed.add("A", "1");
  EXPECT_NE(one, reversed);
  Headers lowered;
  lowered.add("a", "1");
  lowered.add("B", "2");
  EXPECT_NE(one, lowered);
}

TEST(HttpRequest, takes_its_host_and_target_from_a_uri) {
  const auto uri = parse_uri("https://idp.example.com:8443/scim/v2/Users?count=1");
  ASSERT_TRUE(uri.has_value());
  const HttpRequest request("GET", *uri);
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.target, "/scim/v2/Users?count=1");
  EXPECT_EQ(request.host(), "idp.example.com:8443");
  EXPECT_EQ(request.headers.size(), 1U);
  EXPECT_EQ(request.body, "");
}

TEST(HttpRequest, without_a_host_field_has_no_host) {
  const HttpRequest request("POST", "/token");
  EXPECT_EQ(request.host(), "");
  EXPECT_EQ(request.headers.size(), 0U);
}

TEST(HttpRequest, reads_the_host_field_in_any_case) {
  HttpRequest request("POST", "/token");
  request.headers.add("hOST", "example.com");
  EXPECT_EQ(request.host(), "example.com");
}

TEST(HttpRequest, equality_looks_at_every_part) {
  const HttpRequest request("POST", "/token");
  auto other = request;
  EXPECT_EQ(request, other);
  other.body = "x";
  EXPECT_NE(request, other);
  other = request;
  other.headers.add("Host", "example.com");
  EXPECT_NE(request, other);
  EXPECT_NE(request, HttpRequest("PUT", "/token"));
  EXPECT_NE(request, HttpRequest("POST", "/"));
}

TEST(HttpResponse, carries_its_content_type) {
  const HttpResponse response(201, "application/scim+json", "{}");
  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(response.headers.find("content-type"), "application/scim+json");
  EXPECT_EQ(response.body, "{}");
}

TEST(HttpResponse, without_a_body_has_no_content_type) {
  EXPECT_EQ(HttpResponse(204).headers.size(), 0U);
  EXPECT_EQ(HttpResponse(204).body, "");
}

TEST(HttpResponse, is_ok_from_200_to_299) {
  EXPECT_FALSE(HttpResponse(199).ok());
  EXPECT_TRUE(HttpResponse(200).ok());
  EXPECT_TRUE(HttpResponse(299).ok());
  EXPECT_FALSE(HttpResponse(300).ok());
}

TEST(ReasonPhrase, names_what_rfc_9110_names) {
  EXPECT_EQ(reason_phrase(200), "OK");
  EXPECT_EQ(reason_phrase(204), "No Content");
  EXPECT_EQ(reason_phrase(404), "Not Found");
  EXPECT_EQ(reason_phrase(409), "Conflict");
  EXPECT_EQ(reason_phrase(412), "Precondition Failed");
  EXPECT_EQ(reason_phrase(413), "Content Too Large");
  EXPECT_EQ(reason_phrase(503), "Service Unavailable");
}

TEST(ReasonPhrase, says_unknown_otherwise) {
  EXPECT_EQ(reason_phrase(0), "Unknown");
  EXPECT_EQ(reason_phrase(299), "Unknown");
  EXPECT_EQ(reason_phrase(599), "Unknown");
}

}  // namespace http_test
}  // namespace base
