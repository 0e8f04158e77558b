// Preconditions as headers carry them; whatever is in a header is an answer, never a crash.
#include "directory/scim/etags.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace directory::scim {
namespace etags_test {

Precondition checked(std::string method, std::string header, std::string value) {
  base::HttpRequest request(std::move(method), "/");
  request.headers.add(std::move(header), std::move(value));
  return check_precondition(request, "W/\"a,7\"");
}

// [RFC7644 3.14] [RFC9110 13.1.1]
TEST(Etags, a_list_names_the_tag_if_any_entry_does_weak_or_not) {
  for (const auto* value : {"W/\"a,7\"", "\"a,7\"", "*", "\"x\",W/\"a,7\"", "\"a\" ,\t\"a,7\" ", ",,\"a,7\""})
    EXPECT_EQ(checked("PUT", "If-Match", value), Precondition::holds) << value;
  for (const auto* value : {"", "a,7", "\"a\", \"7\"", "w/\"a,7\"", "W/\"a,8\"", "\"a,7"})
    EXPECT_EQ(checked("PUT", "If-Match", value), Precondition::failed) << value;
}

// [RFC9110 13.1.2]
TEST(Etags, what_is_not_to_match_stops_a_reader_softly_and_a_writer_hard) {
  EXPECT_EQ(checked("GET", "If-None-Match", "\"a,7\""), Precondition::not_modified);
  EXPECT_EQ(checked("PATCH", "if-none-match", "*"), Precondition::failed);
  EXPECT_EQ(checked("GET", "If-None-Match", "\"b\""), Precondition::holds);
  EXPECT_EQ(checked("GET", "Accept", "*"), Precondition::holds);
}

TEST(Etags, a_header_may_come_twice) {
  base::HttpRequest request("PUT", "/");
  request.headers.add("If-Match", "\"x\"");
  request.headers.add("If-Match", "\"y\"");
  EXPECT_EQ(check_precondition(request, "W/\"y\""), Precondition::holds);
  EXPECT_EQ(check_precondition(request, "W/\"z\""), Precondition::failed);
}

RC_GTEST_PROP(Etags, any_text_is_a_list, (const std::string& value)) {
  const auto outcome = checked("PUT", "If-Match", value);
  RC_ASSERT((outcome == Precondition::holds || outcome == Precondition::failed));
}

}  // namespace etags_test
}  // namespace directory::scim
