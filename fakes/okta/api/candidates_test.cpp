// Whom an expression can find is looked up by id, login or address; what it finds does not depend on that.
#include "fakes/okta/api/candidates.h"

#include "fakes/okta/api/api_fixture.h"

namespace fakes::okta::api {
namespace candidates_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class Candidates : public ApiTest {
 protected:
  std::optional<std::set<UserId>> among(const std::string& text) {
    const auto expression = parse_expression(text);
    EXPECT_TRUE(expression.has_value()) << text;
    return expression ? candidates(*expression, org_) : std::nullopt;
  }
  std::string made_with_email(const std::string& name, const std::string& email) {
    return made("/users", R"({"profile": {"login": ")" + name + R"(@example.test", "email": ")" + email + R"(", "firstName": ")" + name + R"(", "lastName": "Doe"}})");
  }
  std::vector<std::string> found(const std::string& text) {
    const auto by_filter = each(ask("/users", "filter", text), "/id");
    EXPECT_EQ(each(ask("/users", "search", text), "/id"), by_filter) << text;
    return by_filter;
  }
  std::string amy_ = made_user("amy");
  std::string bob_ = made_user("bob");
};

TEST_F(Candidates, are_few_where_the_expression_names_them) {
  const UserId amy{amy_};
  EXPECT_THAT(among(R"(profile.login eq "AMY@example.test")"), Optional(ElementsAre(amy)));
  EXPECT_THAT(among(R"(profile.email eq "amy@example.test")"), Optional(ElementsAre(amy)));
  EXPECT_THAT(among("id eq \"" + amy_ + "\""), Optional(ElementsAre(amy)));
  EXPECT_THAT(among(R"(profile.login eq "nobody@example.test")"), Optional(IsEmpty()));
  EXPECT_THAT(among(R"(status eq "ACTIVE" and profile.login eq "amy@example.test")"), Optional(ElementsAre(amy)));
  EXPECT_THAT(among(R"(profile.login eq "amy@example.test" or id eq ")" + bob_ + "\""), Optional(SizeIs(2)));
}

TEST_F(Candidates, are_all_where_it_does_not) {
  for (const auto* text : {R"(status eq "ACTIVE")", R"(profile.login sw "amy")", R"(profile.login ne "amy@example.test")", R"(profile.email pr)",
                           R"(profile.login eq "amy@example.test" or status eq "STAGED")", R"(not (profile.login eq "amy@example.test"))", "id eq 7"})
    EXPECT_EQ(among(text), std::nullopt) << text;
}

TEST_F(Candidates, are_still_put_to_the_whole_expression) {
  EXPECT_THAT(found(R"(profile.login eq "Amy@example.test")"), ElementsAre(amy_));
  EXPECT_THAT(found(R"(profile.login eq "amy@example.test" and profile.lastName eq "Poe")"), IsEmpty());
  EXPECT_THAT(found(R"(profile.login eq "amy@example.test" or profile.email eq "bob@example.test")"), UnorderedElementsAre(amy_, bob_));
  (void)post("/users/" + amy_ + "/lifecycle/deactivate");
  EXPECT_THAT(found(R"(profile.login eq "amy@example.test")"), IsEmpty());
  EXPECT_THAT(found(R"(profile.login eq "amy@example.test" and status eq "DEPROVISIONED")"), ElementsAre(amy_));
}

TEST_F(Candidates, follow_changes_of_an_address_that_several_share) {
  const auto cid = made_with_email("cid", "team@example.test");
  const auto dan = made_with_email("dan", "Team@example.test");
  EXPECT_THAT(found(R"(profile.email eq "team@example.test")"), UnorderedElementsAre(cid, dan));
  const auto first = ask("/users", "filter", R"(profile.email eq "team@example.test")", "&limit=1");
  EXPECT_THAT(each(first, "/id"), SizeIs(1));
  const auto second = get(link_of(first, "next"));
  EXPECT_THAT(each(second, "/id"), SizeIs(1));
  EXPECT_NE(each(first, "/id"), each(second, "/id"));
  EXPECT_EQ(link_of(second, "next"), "");
  (void)post("/users/" + cid, R"({"profile": {"email": "cid@example.test"}})");
  EXPECT_THAT(found(R"(profile.email eq "team@example.test")"), ElementsAre(dan));
  EXPECT_THAT(found(R"(profile.email eq "cid@example.test")"), ElementsAre(cid));
  for (int i = 0; i < 2; ++i) (void)send("DELETE", "/users/" + dan);
  EXPECT_THAT(found(R"(profile.email eq "team@example.test")"), IsEmpty());
  EXPECT_THAT(among(R"(profile.email eq "team@example.test")"), Optional(IsEmpty()));
}

}  // namespace candidates_test
}  // namespace fakes::okta::api
