// What the org draws or takes in is told to the witness, so that no export shows it.
#include <gtest/gtest.h>

#include "fakes/okta/org/org_fixture.h"

namespace fakes::okta {
namespace secrets_test {

class Secrets : public OrgFixture {};

TEST_F(Secrets, a_temporary_password_is_told) {
  const auto drawn = org_.expire_password(add(), true);
  ASSERT_TRUE(drawn && *drawn);
  EXPECT_TRUE(witness_.knows(**drawn));
}

TEST_F(Secrets, the_token_of_every_link_is_told) {
  const auto staged = org_.create_user(person("new@example.test")).value();
  EXPECT_TRUE(witness_.knows(org_.mailed_link(staged)->token));
  const auto again = org_.reactivate(staged, Delivery::caller);
  ASSERT_TRUE(again);
  EXPECT_TRUE(witness_.knows(again->token));
  const auto amy = add();
  const auto forgotten = org_.forgot_password(amy, Delivery::caller);
  ASSERT_TRUE(forgotten);
  EXPECT_TRUE(witness_.knows(forgotten->token));
  const auto reset = org_.reset_password(amy, {.delivery = Delivery::caller});
  ASSERT_TRUE(reset);
  EXPECT_TRUE(witness_.knows(reset->token));
}

TEST_F(Secrets, passwords_are_told_whoever_sets_them_and_what_is_typed_in_vain_too) {
  const base::Secret first("First-password-1");
  const base::Secret second("Second-password-2");
  const base::Secret third("Third-password-3");
  const base::Secret wrong("Wrong-password-4");
  const base::Secret guess("Guess-password-5");
  auto user = person("amy@example.test");
  user.password = first;
  const auto amy = org_.create_user(user).value();
  EXPECT_TRUE(witness_.knows(first));
  ASSERT_TRUE(org_.set_password(amy, second));
  EXPECT_TRUE(witness_.knows(second));
  EXPECT_FALSE(org_.change_password(amy, wrong, third));
  EXPECT_TRUE(witness_.knows(wrong));
  ASSERT_TRUE(org_.change_password(amy, second, third));
  EXPECT_TRUE(witness_.knows(third));
  EXPECT_FALSE(org_.authenticate("amy@example.test", guess).ok());
  EXPECT_TRUE(witness_.knows(guess));
}

TEST_F(Secrets, the_answer_to_a_recovery_question_is_told) {
  auto user = person("amy@example.test");
  user.password = good_password();
  user.recovery = RecoveryQuestion{"Which street?", base::Secret("Elm Street")};
  const auto amy = org_.create_user(user).value();
  EXPECT_TRUE(witness_.knows(base::Secret("Elm Street")));
  ASSERT_TRUE(org_.change_recovery_question(amy, good_password(), {"Which town?", base::Secret("Springfield")}));
  EXPECT_TRUE(witness_.knows(base::Secret("Springfield")));
  ASSERT_TRUE(org_.update_user(amy, {.recovery = RecoveryQuestion{"Which river?", base::Secret("Styx-and-Lethe")}}));
  EXPECT_TRUE(witness_.knows(base::Secret("Styx-and-Lethe")));
}

TEST_F(Secrets, what_an_app_is_reached_and_known_by_is_told) {
  NewApp app{.label = "Portal", .can_provision = true};
  app.connection.token = base::Secret("token-one");
  app.oidc = OidcClient{.redirect_uris = {"https://app.example.test/"}};
  const auto id = org_.create_app(app).value();
  EXPECT_TRUE(witness_.knows(base::Secret("token-one")));
  auto client = *org_.find(id)->oidc;
  EXPECT_FALSE(client.client_secret.empty());
  EXPECT_TRUE(witness_.knows(client.client_secret));
  client.client_secret = base::Secret("chosen-secret");
  ASSERT_TRUE(org_.set_oidc(id, client));
  EXPECT_TRUE(witness_.knows(client.client_secret));
  ASSERT_TRUE(org_.set_connection(id, {.token = base::Secret("token-two")}));
  EXPECT_TRUE(witness_.knows(base::Secret("token-two")));
}

TEST_F(Secrets, the_id_of_a_session_is_told_for_it_is_the_cookie) {
  const auto session = org_.open_session(add());
  ASSERT_TRUE(session);
  EXPECT_TRUE(witness_.knows(base::Secret(session->id.text())));
}

TEST_F(Secrets, nobody_is_told_where_there_is_no_witness) {
  Org org(host_->clock(), base::Rng(2));
  EXPECT_TRUE(org.create_user(person("amy@example.test")));
}

}  // namespace secrets_test
}  // namespace fakes::okta
