// Passwords of the org's users: the policy, imported hashes, resets, expiry, locks and sessions.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/encoding.h"
#include "fakes/okta/org/org_fixture.h"
#include "fakes/okta/org/password_hash.h"

namespace fakes::okta {
namespace passwords_facts_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class OktaPasswords : public OrgFixture {
 protected:
  static constexpr auto login = "amy@example.test";
  SignInResult sign_in(const std::string& password) { return org_.authenticate(login, base::Secret(password)).result; }
};

// [Okta provisioning-clients 5.2-10] [Okta provisioning-clients 5.2-08]
TEST_F(OktaPasswords, the_policy_wants_length_three_kinds_of_characters_and_no_part_of_the_login) {
  const auto faults = [](const std::string& password) { return faults_of(base::Secret(password), "liz.marlowe_lee@exa-mple.test", {}).size(); };
  EXPECT_EQ(faults("Abcdefg1"), 0U);
  EXPECT_EQ(faults("Abcdef1"), 1U);   // seven
  EXPECT_EQ(faults("abcdefg1"), 1U);  // none large
  EXPECT_EQ(faults("ABCDEFG1"), 1U);  // none small
  EXPECT_EQ(faults("Abcdefgh"), 1U);  // no digit
  EXPECT_EQ(faults("1234567"), 3U);
  EXPECT_EQ(faults("xxMARLOWExx1"), 1U);
  EXPECT_EQ(faults("xxmple1Xxxx"), 1U);
  EXPECT_EQ(faults("xxLizxLeex1"), 0U);  // parts of three
  EXPECT_EQ(faults("Ab1" + std::string(69, 'x')), 0U);
  EXPECT_EQ(faults("Ab1" + std::string(70, 'x')), 1U);  // 73
}

// [Okta provisioning-clients 5.1-08] [Okta provisioning-clients 5.2-10]
TEST_F(OktaPasswords, what_the_policy_refuses_is_refused_wherever_a_password_is_given) {
  auto wanted = person(login);
  wanted.password = base::Secret("weak");
  EXPECT_EQ(code_of(org_.create_user(wanted)), ErrorCode::password_policy);
  const auto id = add();
  EXPECT_EQ(code_of(org_.set_password(id, base::Secret("weak"))), ErrorCode::password_policy);
  EXPECT_EQ(code_of(org_.change_password(id, good_password(), base::Secret("weak"))), ErrorCode::password_policy);
  const auto link = org_.forgot_password(id).value();
  EXPECT_EQ(code_of(org_.choose_password(link.token, base::Secret("weak"))), ErrorCode::password_policy);
  EXPECT_TRUE(org_.choose_password(link.token, base::Secret("Another-password-2")).has_value());
}

struct Import {
  const char* name;
  PasswordHash hash;
  const char* password = "secret";
};

std::string base64_of(const char* hex) { return base::to_base64(base::from_hex(hex).value()); }

// The hashes come from Python's hashlib, that of BCRYPT from the test vectors of crypt_blowfish.
// [Okta provisioning-clients 5.2-11]
TEST_F(OktaPasswords, an_imported_hash_of_each_kind_opens_the_account_whatever_the_policy_says) {
  using Algorithm = PasswordHash::Algorithm;
  const auto salt = base::to_base64("salt");
  const std::vector<Import> imports{
      {"sha512", {.algorithm = Algorithm::sha512, .value = base64_of("9901847ff8c76bd5fb473b7bd2e4f4ddd110332a52a888fd69deb276613885ddf382e5cf1210ed0decdb8010ae3994331a9e0639c3ca7e9e8b110dd50978ce76"), .salt = salt}},
      {"sha256", {.algorithm = Algorithm::sha256, .value = base64_of("bede90386d450cea8b77b822f8887065e4e5abf132c2f9dccfcc7fbd4cba5e35"), .salt = salt}},
      {"sha1", {.algorithm = Algorithm::sha1, .value = base64_of("da00ec2e6ff9ed4d342b24a16e262c82f3c8b10b"), .salt = salt}},
      {"md5", {.algorithm = Algorithm::md5, .value = base64_of("d42a0f742ffc1be4e1cc0845c2429c97"), .salt = salt}},
      {"sha256 with the salt behind", {.algorithm = Algorithm::sha256, .value = base64_of("f84fa2149dbb62ed4e0cf1f550d2949b33a6513d3a7707e08502511c79ccb0ee"), .salt = salt, .salt_order = PasswordHash::SaltOrder::postfix}},
      {"sha256 without salt", {.algorithm = Algorithm::sha256, .value = base64_of("2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b")}},
      {"pbkdf2", {.algorithm = Algorithm::pbkdf2, .value = base64_of("609a62b5b687ba6592b12a552c79fe3bf19e4e145a167b795b7acab5e89fa0f6"), .salt = salt, .iteration_count = 4096, .key_size = 32}},
      {"pbkdf2 of sha512", {.algorithm = Algorithm::pbkdf2, .value = base64_of("01ca241fa5d243c54d014ccbbc7374a1dcc205dff2a67ed7d3c5fdaf831911da808760d85a0c61310737b19e410766903b202388ebbcc737f59e0995648d04f0"), .salt = salt, .iteration_count = 4096, .key_size = 64, .digest = "SHA512_HMAC"}},
      {"bcrypt", {.algorithm = Algorithm::bcrypt, .value = "E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", .salt = "CCCCCCCCCCCCCCCCCCCCC.", .work_factor = 5}, "U*U"}
  };
  int count = 0;
  for (const auto& [name, hash, password] : imports) {
    auto wanted = person(fmt::format("user{}@example.test", ++count));
    wanted.hash = hash;
    const auto id = org_.create_user(wanted);
    ASSERT_TRUE(id.has_value()) << name << sentence_of(id.error());
    EXPECT_EQ(status(*id), UserStatus::active) << name;
    EXPECT_FALSE(org_.authenticate(wanted.profile.at("login"), base::Secret("Secret")).ok()) << name;
    EXPECT_TRUE(org_.authenticate(wanted.profile.at("login"), base::Secret(password)).ok()) << name;
    EXPECT_TRUE(org_.find(*id)->credentials.password == base::Secret(password)) << name;  // known from the sign-in on
  }
}

// [Okta provisioning-clients 5.2-11]
TEST_F(OktaPasswords, a_hash_that_lacks_what_its_kind_needs_is_refused) {
  using Algorithm = PasswordHash::Algorithm;
  const auto refused = [&](PasswordHash hash) {
    auto wanted = person(login);
    wanted.hash = std::move(hash);
    return code_of(org_.create_user(wanted)) == ErrorCode::validation;
  };
  const auto salt = base::to_base64("salt");
  const auto value = base::to_base64(std::string(32, 'x'));
  EXPECT_TRUE(refused({.algorithm = Algorithm::sha256, .value = "not base64!"}));
  EXPECT_TRUE(refused({.algorithm = Algorithm::sha256, .value = ""}));
  EXPECT_TRUE(refused({.algorithm = Algorithm::pbkdf2, .value = value, .salt = salt, .iteration_count = 4095, .key_size = 32}));
  EXPECT_TRUE(refused({.algorithm = Algorithm::pbkdf2, .value = value, .salt = salt, .iteration_count = 4096, .key_size = 31}));
  EXPECT_TRUE(refused({.algorithm = Algorithm::bcrypt, .value = std::string(31, 'x'), .salt = "short", .work_factor = 10}));
  EXPECT_TRUE(refused({.algorithm = Algorithm::bcrypt, .value = std::string(31, 'x'), .salt = std::string(22, 'x'), .work_factor = 0}));
  EXPECT_FALSE(refused({.algorithm = Algorithm::pbkdf2, .value = value, .salt = salt, .iteration_count = 4096, .key_size = 32}));
}

// [Okta provisioning-clients 5.3-06]
TEST_F(OktaPasswords, a_reset_leads_to_recovery_and_its_link_back_to_active_once) {
  const auto id = add();
  const auto session = org_.open_session(id).value();
  const auto link = org_.reset_password(id, {.delivery = Delivery::caller}).value();
  EXPECT_EQ(status(id), UserStatus::recovery);
  EXPECT_EQ(org_.mailed_link(id), nullptr);
  EXPECT_NE(org_.find_session(session.id), nullptr);
  EXPECT_EQ(sign_in("Their-own-password-1"), SignInResult::not_allowed);
  EXPECT_EQ(org_.choose_password(link.token, base::Secret("Another-password-2")).value(), id);
  EXPECT_EQ(status(id), UserStatus::active);
  EXPECT_EQ(sign_in("Another-password-2"), SignInResult::signed_in);
  EXPECT_EQ(code_of(org_.choose_password(link.token, base::Secret("A-third-password-3"))), ErrorCode::invalid_token);
  ASSERT_TRUE(org_.reset_password(id, {.revoke_sessions = true}).has_value());
  EXPECT_NE(org_.mailed_link(id), nullptr);
  EXPECT_EQ(org_.find_session(session.id), nullptr);
}

// [Okta provisioning-clients 5.3-01]
TEST_F(OktaPasswords, an_activation_gives_a_link_to_a_first_password_by_mail_or_to_the_caller) {
  auto wanted = person(login);
  wanted.activate = false;
  const auto id = org_.create_user(wanted).value();
  const auto link = org_.activate(id, Delivery::caller).value();
  EXPECT_FALSE(link.token.empty());
  EXPECT_EQ(org_.mailed_link(id), nullptr);
  ASSERT_TRUE(org_.reactivate(id).has_value());  // [Okta provisioning-clients 5.3-02]
  EXPECT_EQ(org_.find_link(link.token), nullptr);
  const auto mailed = *org_.mailed_link(id);
  pass(org_.options().activation_token_lifetime);
  EXPECT_EQ(code_of(org_.choose_password(mailed.token, good_password())), ErrorCode::invalid_token);
  const auto again = org_.reactivate(id, Delivery::caller).value();
  ASSERT_TRUE(org_.choose_password(again.token, good_password()).has_value());
  EXPECT_EQ(status(id), UserStatus::active);
}

// [Okta provisioning-clients 5.3-07]
TEST_F(OktaPasswords, an_expired_password_is_still_the_one_unless_a_temporary_one_takes_its_place) {
  const auto id = add();
  EXPECT_EQ(org_.expire_password(id).value(), std::nullopt);
  EXPECT_EQ(sign_in("Their-own-password-1"), SignInResult::password_expired);
  EXPECT_EQ(sign_in("wrong"), SignInResult::wrong);
  ASSERT_TRUE(org_.change_password(id, good_password(), base::Secret("Another-password-2")).has_value());
  EXPECT_EQ(sign_in("Another-password-2"), SignInResult::signed_in);
  const auto temporary = org_.expire_password(id, true).value();
  ASSERT_TRUE(temporary.has_value());
  EXPECT_THAT(faults_of(*temporary, login, org_.options().password_policy), IsEmpty());
  EXPECT_EQ(sign_in("Another-password-2"), SignInResult::wrong);
  EXPECT_EQ(sign_in(temporary->reveal()), SignInResult::password_expired);
  EXPECT_TRUE(org_.change_password(id, *temporary, base::Secret("A-third-password-3")).has_value());
}

// [Okta provisioning-clients 5.3-09] [Okta provisioning-clients 5.1-07]
TEST_F(OktaPasswords, a_change_wants_the_old_password) {
  const auto id = add();
  const auto refused = org_.change_password(id, base::Secret("wrong"), base::Secret("Another-password-2"));
  EXPECT_EQ(code_of(refused), ErrorCode::credentials_not_updated);
  EXPECT_EQ(sign_in("Their-own-password-1"), SignInResult::signed_in);
  EXPECT_EQ(code_of(org_.change_recovery_question(id, base::Secret("wrong"), {"Whose?", base::Secret("mine")})), ErrorCode::credentials_not_updated);
  ASSERT_TRUE(org_.change_recovery_question(id, good_password(), {"Whose?", base::Secret("mine")}).has_value());
  EXPECT_EQ(org_.find(id)->credentials.recovery->question, "Whose?");
}

class OktaExpiry : public OktaPasswords {
 protected:
  static OrgOptions options() {
    OrgOptions made;
    made.password_policy.max_age = std::chrono::days{30};
    made.password_policy.most_failures = 3;
    made.password_policy.unlock_after = std::chrono::minutes{15};
    return made;
  }
};

// [Okta provisioning-clients 5.3-14]
TEST_F(OktaExpiry, an_old_password_is_found_to_have_expired_at_a_sign_in_and_not_before) {
  Org org(host_->clock(), base::Rng(2), options());
  auto wanted = person(login);
  wanted.password = good_password();
  const auto id = org.create_user(wanted).value();
  pass(std::chrono::days{30} - std::chrono::seconds{1});
  EXPECT_TRUE(org.authenticate(login, good_password()).ok());
  pass(std::chrono::days{300});
  org.settle();
  EXPECT_EQ(org.find(id)->status, UserStatus::active);
  EXPECT_EQ(org.authenticate(login, base::Secret("wrong")).result, SignInResult::wrong);
  EXPECT_EQ(org.find(id)->status, UserStatus::active);
  EXPECT_EQ(org.authenticate(login, good_password()).result, SignInResult::password_expired);
  EXPECT_EQ(org.find(id)->status, UserStatus::password_expired);
  ASSERT_TRUE(org.change_password(id, good_password(), base::Secret("Another-password-2")).has_value());
  EXPECT_TRUE(org.authenticate(login, base::Secret("Another-password-2")).ok());
}

// [Okta provisioning-clients 5.3-11] [Okta provisioning-clients 5.7-05]
TEST_F(OktaExpiry, too_many_failures_in_a_row_lock_and_time_or_an_admin_unlocks) {
  Org org(host_->clock(), base::Rng(2), options());
  auto wanted = person(login);
  wanted.password = good_password();
  const auto id = org.create_user(wanted).value();
  const base::Secret wrong("wrong");
  EXPECT_EQ(org.authenticate(login, wrong).result, SignInResult::wrong);
  EXPECT_EQ(org.authenticate(login, wrong).result, SignInResult::wrong);
  EXPECT_TRUE(org.authenticate(login, good_password()).ok());  // the count begins anew
  EXPECT_EQ(org.authenticate(login, wrong).result, SignInResult::wrong);
  EXPECT_EQ(org.authenticate(login, wrong).result, SignInResult::wrong);
  EXPECT_EQ(org.authenticate(login, wrong).result, SignInResult::locked_out);
  EXPECT_EQ(org.find(id)->status, UserStatus::locked_out);
  EXPECT_EQ(org.authenticate(login, good_password()).result, SignInResult::locked_out);
  EXPECT_EQ(org.next_due(), world_.scheduler().now() + std::chrono::minutes{15});
  pass(std::chrono::minutes{15});
  EXPECT_TRUE(org.authenticate(login, good_password()).ok());
  EXPECT_EQ(org.log().events().back().type, EventType::account_unlock);
  for (int i = 0; i < 3; ++i) org.authenticate(login, wrong);
  ASSERT_TRUE(org.unlock(id).has_value());
  EXPECT_EQ(org.log().events().back().type, EventType::account_unlock_by_admin);
  EXPECT_FALSE(org.next_due().has_value());
  EXPECT_TRUE(org.authenticate(login, good_password()).ok());
}

// [Okta provisioning-clients 5.3-10] [Okta provisioning-clients 5.7-06]
TEST_F(OktaPasswords, sessions_of_a_user_end_together_and_tokens_only_when_asked_for) {
  const auto id = add();
  const auto other = add("bea@example.test");
  const auto first = org_.open_session(id).value();
  const auto second = org_.open_session(id).value();
  const auto of_other = org_.open_session(other).value();
  const auto generation = org_.find(id)->token_generation;
  new_events();
  ASSERT_TRUE(org_.clear_sessions(id).has_value());
  EXPECT_THAT(new_events(), ElementsAre("user.session.clear"));
  EXPECT_EQ(org_.find_session(first.id), nullptr);
  EXPECT_EQ(org_.find_session(second.id), nullptr);
  EXPECT_NE(org_.find_session(of_other.id), nullptr);
  EXPECT_EQ(org_.find(id)->token_generation, generation);
  ASSERT_TRUE(org_.clear_sessions(id, true).has_value());
  EXPECT_GT(org_.find(id)->token_generation, generation);
  EXPECT_EQ(org_.find(other)->token_generation, 0U);
}

// [Okta provisioning-clients 5.7-06]
TEST_F(OktaPasswords, a_session_starts_ends_and_runs_out_when_it_is_not_used) {
  const auto id = add();
  new_events();
  const auto lifetime = org_.options().session_lifetime;
  const auto used = org_.open_session(id).value();
  const auto left = org_.open_session(id).value();
  pass(lifetime - std::chrono::seconds{1});
  org_.touch_session(used.id);
  pass(std::chrono::seconds{1});
  EXPECT_NE(org_.find_session(used.id), nullptr);
  EXPECT_EQ(org_.find_session(left.id), nullptr);
  org_.close_session(used.id);
  EXPECT_EQ(org_.find_session(used.id), nullptr);
  ASSERT_TRUE(org_.open_session(id).has_value());
  EXPECT_THAT(new_events(), ElementsAre("user.session.start", "user.session.start", "user.session.end", "user.session.expire", "user.session.start"));
}

}  // namespace passwords_facts_test
}  // namespace fakes::okta
