// How a session ends, and who is told. [Graph I14]
#include "fakes/entra/sign_in/sign_in_fixture.h"

namespace fakes::entra::sign_in {
namespace sign_out_test {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class SignOut : public SignInTest {
 protected:
  base::HttpResponse sign_out(const Fields& fields = {}) { return browse(path("/oauth2/v2.0/logout?") + form_text(fields)); }
};

// [Graph I14]
TEST_F(SignOut, a_session_ends_also_for_a_copy_of_its_cookie) {
  log_in(authorize());
  const auto copy = cookie_;
  const auto answer = sign_out();
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(cookie_, IsEmpty());
  cookie_ = copy;
  EXPECT_THAT(forms_of(browse(authorize()).body), Not(IsEmpty()));
}

// [Graph I14]
TEST_F(SignOut, the_browser_is_sent_on_to_a_registered_address_alone) {
  log_in(authorize());
  const auto answer = sign_out({{"post_logout_redirect_uri", redirect_uri}, {"state", "s 1"}});
  EXPECT_EQ(answer.status, 302);
  EXPECT_EQ(*answer.headers.find("Location"), redirect_uri + "&state=s%201");
  const auto elsewhere = sign_out({{"post_logout_redirect_uri", "https://evil.test/"}});
  EXPECT_EQ(elsewhere.status, 200);
  EXPECT_THAT(elsewhere.body, Not(HasSubstr("evil")));
}

// [Graph I14]
TEST_F(SignOut, each_app_that_was_signed_in_to_is_told_in_a_frame) {
  app_->front_channel_logout_url = "https://app.example.test/front-channel?a=1";
  auto& never_used = tenant_.applications().register_app("Never used");
  never_used.front_channel_logout_url = "https://unused.example.test/";
  log_in(authorize());
  const auto sid = text_in(claims_of(text_in(json_of(redeem(sent_back(browse(authorize())).parameter("code").value_or(""))), "id_token")), "sid");
  const auto page = sign_out({{"post_logout_redirect_uri", redirect_uri}});
  EXPECT_EQ(page.status, 200);
  const auto frame = attribute(std::string_view(page.body).substr(page.body.find("<iframe")), "src");
  EXPECT_THAT(frame, AllOf(StartsWith("https://app.example.test/front-channel?a=1&iss="), HasSubstr("&sid=" + sid)));
  EXPECT_THAT(page.body, Not(HasSubstr("unused")));
  EXPECT_THAT(std::string(*page.headers.find("Refresh")), HasSubstr(redirect_uri));
  EXPECT_THAT(sign_out().body, Not(HasSubstr("<iframe")));
}

TEST_F(SignOut, without_a_session_there_is_nothing_to_end) {
  EXPECT_EQ(sign_out().status, 200);
  EXPECT_EQ(browse("/ffffffff-0000-0000-0000-000000000000/oauth2/v2.0/logout").status, 400);
}

}  // namespace sign_out_test
}  // namespace fakes::entra::sign_in
