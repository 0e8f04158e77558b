// Bulk jobs of the provider. [RFC7644 3.7]
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/scim/provider_fixture.h"

namespace fakes::scim {
namespace bulk_test {

using ::testing::HasSubstr;

class BulkTest : public ProviderTest {
 protected:
  base::HttpResponse run(const std::string& operations, const std::string& more = "") {
    return send("POST", "/Bulk",
                R"({"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"])" + more +
                    R"(, "Operations": )" + operations + "}");
  }
  static std::string post(const std::string& place, const std::string& id, const std::string& data) {
    return R"({"method": "POST", "path": ")" + place + R"(", "bulkId": ")" + id + R"(", "data": )" + data +
           "}";
  }
  static std::string member(const std::string& id) { return R"([{"value": "bulkId:)" + id + R"("}])"; }
};

TEST_F(BulkTest, resolves_references_forwards_and_in_patches) {
  const auto job = json(run("[" + post("/Groups", "g", group("team", member("u"))) + "," +
                            post("/Users", "u", user("amy")) +
                            R"(,{"method": "PATCH", "path": "/Users/bulkId:u", "data": )" +
                            patch(R"([{"op": "add", "path": "title", "value": "Guide"}])") + "}]"));
  EXPECT_EQ(at(job, "/schemas/0"), "urn:ietf:params:scim:api:messages:2.0:BulkResponse");
  EXPECT_EQ(at(job, "/Operations/0/status"), "201");
  EXPECT_EQ(at(job, "/Operations/0/bulkId"), "g");
  EXPECT_EQ(at(job, "/Operations/2/status"), "200");
  const auto amy = get("/Users?filter=userName%20eq%20%22amy%22");
  EXPECT_EQ(at(amy, "/Resources/0/title"), "Guide");
  EXPECT_EQ(at(amy, "/Resources/0/groups/0/display"), "team");
  EXPECT_EQ(at(job, "/Operations/1/location"), at(amy, "/Resources/0/meta/location"));
}

TEST_F(BulkTest, resolves_a_circle) {
  const auto job = json(run("[" + post("/Groups", "a", group("one", member("b"))) + "," +
                            post("/Groups", "b", group("two", member("a"))) + "]"));
  EXPECT_EQ(at(job, "/Operations/0/status"), "201");
  EXPECT_EQ(at(job, "/Operations/1/status"), "201");
  const auto groups = get("/Groups");
  EXPECT_EQ(at(groups, "/Resources/0/members/0/value"), at(groups, "/Resources/1/id"));
  EXPECT_EQ(at(groups, "/Resources/1/members/0/value"), at(groups, "/Resources/0/id"));
}

TEST_F(BulkTest, a_reference_to_nothing_fails_and_leaves_nothing) {
  const auto before = provider_.dump();
  const auto job = json(run("[" + post("/Groups", "g", group("team", member("nobody"))) + "]"));
  EXPECT_EQ(at(job, "/Operations/0/status"), "409");
  EXPECT_EQ(at(job, "/Operations/0/response/status"), "409");
  EXPECT_EQ(at(job, "/Operations/0/location"), "none");
  EXPECT_EQ(provider_.dump(), before);
}

TEST_F(BulkTest, goes_on_past_errors_as_far_as_it_is_told) {
  const auto operations = "[" + post("/Users", "1", user("")) + "," + post("/Users", "2", user("amy")) + "," +
                          post("/Users", "3", user("AMY")) + "," + post("/Users", "4", user("bob")) + "]";
  const auto stopped = json(run(operations, R"(, "failOnErrors": 1)"));
  EXPECT_EQ(at(stopped, "/Operations/0/status"), "400");
  EXPECT_EQ(at(stopped, "/Operations/1"), "none");
  const auto whole = json(run(operations));
  EXPECT_EQ(at(whole, "/Operations/1/status"), "201");
  EXPECT_EQ(at(whole, "/Operations/2/response/scimType"), "uniqueness");
  EXPECT_EQ(at(whole, "/Operations/3/status"), "201");
}

TEST_F(BulkTest, keeps_and_names_its_limit_and_honours_versions) {
  const auto id = made("/Users", user("amy"));
  const auto remove = R"({"method": "DELETE", "path": "/Users/)" + id + R"(", "version": "W/\"old\""})";
  const auto stale = json(run("[" + remove + "]"));
  EXPECT_EQ(at(stale, "/Operations/0/status"), "412");
  const auto before = provider_.dump();
  const auto large = run("[" + remove + "," + remove + "," + remove + "," + remove + "," + remove + "]");
  EXPECT_EQ(large.status, 413);
  EXPECT_THAT(at(json(large), "/detail"), HasSubstr("4 operations"));
  EXPECT_EQ(provider_.dump(), before);
}

}  // namespace bulk_test
}  // namespace fakes::scim
