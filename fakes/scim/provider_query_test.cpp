// Lists, pages and selections of the provider. [RFC7644 3.4] [RFC7644 3.9] [RFC9865 2]
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "fakes/scim/provider_fixture.h"

namespace fakes::scim {
namespace provider_query_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ProviderQueryTest : public ProviderTest {
 protected:
  static std::vector<std::string> names(const base::Json& list) {
    std::vector<std::string> names;
    for (const auto& one : list.at("Resources").as_array())
      names.push_back(base::string_or(one, "userName", "?"));
    return names;
  }
  std::vector<std::string> names_at(const std::string& place) { return names(get(place)); }
};

TEST_F(ProviderQueryTest, pages_by_index_as_the_text_reads_odd_numbers) {
  for (const auto* name : {"amy", "bob", "cid", "dan"}) made("/Users", user(name));
  EXPECT_THAT(names_at("/Users?startIndex=2&count=2"), ElementsAre("bob", "cid"));
  EXPECT_THAT(names_at("/Users?startIndex=0&count=1"), ElementsAre("amy"));
  EXPECT_EQ(at(get("/Users?startIndex=-5&count=1"), "/startIndex"), "1");
  EXPECT_THAT(names_at("/Users?count=-1"), IsEmpty());
  EXPECT_THAT(names_at("/Users?startIndex=99999999999999999999"), IsEmpty());
  EXPECT_EQ(at(get("/Users?count=0"), "/totalResults"), "4");
  EXPECT_EQ(at(get("/Users?startIndex=4&count=3"), "/itemsPerPage"), "1");
}

TEST_F(ProviderQueryTest, a_walk_by_cursor_misses_nobody_who_stays) {
  for (const auto* name : {"amy", "bob", "cid", "dan"}) made("/Users", user(name));
  const auto first = get("/Users?cursor=&count=2");
  EXPECT_THAT(names(first), ElementsAre("amy", "bob"));
  EXPECT_EQ(at(first, "/previousCursor"), "none");
  send("DELETE", "/Users/" + at(first, "/Resources/0/id"));
  const auto cursor = at(first, "/nextCursor");
  const auto last = get("/Users?count=2&cursor=" + cursor);
  EXPECT_THAT(names(last), ElementsAre("cid", "dan"));
  EXPECT_EQ(at(last, "/nextCursor"), "none");
  EXPECT_THAT(names_at("/Users?count=1&cursor=" + at(last, "/previousCursor")), ElementsAre("bob"));
  EXPECT_EQ(outcome(send("GET", "/Users?cursor=forged")), "400 invalidCursor");
  EXPECT_EQ(outcome(send("GET", "/Groups?cursor=" + cursor)), "400 invalidCursor");
  scheduler_.advance_to(scheduler_.now() + std::chrono::minutes{11});
  EXPECT_EQ(outcome(send("GET", "/Users?cursor=" + cursor)), "400 expiredCursor");
}

TEST_F(ProviderQueryTest, sorts_what_has_a_value_first) {
  made("/Users", user("amy", R"(, "title": "b")"));
  made("/Users", user("bob"));
  made("/Users", user("cid", R"(, "title": "A")"));
  EXPECT_THAT(names_at("/Users?sortBy=title"), ElementsAre("cid", "amy", "bob"));
  EXPECT_THAT(names_at("/Users?sortBy=title&sortOrder=descending"), ElementsAre("bob", "amy", "cid"));
}

TEST_F(ProviderQueryTest, sorts_by_the_primary_value_or_the_first) {
  made("/Users", user("amy", R"(, "emails": [{"value": "a@x"}, {"value": "z@x", "primary": true}])"));
  made("/Users", user("bob", R"(, "emails": [{"value": "m@x"}, {"value": "a@x"}])"));
  EXPECT_THAT(names_at("/Users?sortBy=emails"), ElementsAre("bob", "amy"));
}

TEST_F(ProviderQueryTest, shows_what_was_asked_for) {
  const auto id =
      made("/Users", user("amy", R"(, "name": {"givenName": "Amy", "familyName": "Lee"}, "title": "Guide",
      "urn:example:params:scim:schemas:extension:badge:2.0:User": {"level": 3, "motto": "Onward"})"));
  const std::string badge = "/urn:example:params:scim:schemas:extension:badge:2.0:User";
  const auto all = get("/Users/" + id);
  EXPECT_EQ(at(all, badge + "/level"), "3");
  EXPECT_EQ(at(all, badge + "/motto"), "none") << "it is returned on request";
  EXPECT_EQ(
      at(get("/Users/" + id + "?attributes=urn:example:params:scim:schemas:extension:badge:2.0:User:motto"),
         badge + "/motto"),
      "Onward");
  const auto part = get("/Users/" + id + "?attributes=NAME.familyName,nothing");
  EXPECT_EQ(at(part, "/name"), R"({"familyName":"Lee"})");
  EXPECT_EQ(at(part, "/id"), id);
  EXPECT_EQ(at(part, "/title"), "none");
  EXPECT_EQ(at(part, "/meta"), "none");
  const auto rest = get("/Users/" + id + "?excludedAttributes=id,title,name.givenName");
  EXPECT_EQ(at(rest, "/id"), id);
  EXPECT_EQ(at(rest, "/title"), "none");
  EXPECT_EQ(at(rest, "/name"), R"({"familyName":"Lee"})");
  EXPECT_EQ(send("GET", "/Users/" + id + "?attributes=title&excludedAttributes=name").status, 400);
}

TEST_F(ProviderQueryTest, the_base_url_and_a_search_span_the_types) {
  made("/Users", user("amy"));
  made("/Groups", group("team"));
  EXPECT_EQ(at(get("/"), "/totalResults"), "2");
  const auto search = [](std::string_view schema) {
    return R"({"schemas": ["urn:ietf:params:scim:api:messages:2.0:)" + std::string(schema) +
           R"("], "filter": "displayName eq \"team\" or userName eq \"amy\"", "count": 1, "sortBy": "meta.resourceType"})";
  };
  const auto found = json(send("POST", "/.search", search("SearchRequest")));
  EXPECT_EQ(at(found, "/totalResults"), "2");
  EXPECT_EQ(at(found, "/Resources/0/displayName"), "team");
  EXPECT_EQ(at(found, "/Resources/1"), "none");
  EXPECT_EQ(send("POST", "/Users/.search", search("ListResponse")).status, 400);
}

}  // namespace provider_query_test
}  // namespace fakes::scim
