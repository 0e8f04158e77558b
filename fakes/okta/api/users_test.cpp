// Users through the API: create, read, list, update.
#include "fakes/okta/api/api_fixture.h"

#include <set>

namespace fakes::okta::api {
namespace users_test {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;
using std::chrono::milliseconds;
using std::chrono::seconds;

using UsersApi = ApiTest;

std::set<std::string> names_in(const base::Json& object) {
  std::set<std::string> out;
  if (object.is_object()) {
    for (const auto& member : object.get_object()) out.emplace(member.key());
  }
  return out;
}

// [Okta provisioning-clients 5.1-03, 5.2-01, 5.2-02, 5.3-13]
TEST_F(UsersApi, a_user_is_made_with_all_that_the_body_says_and_activated_unless_not) {
  const auto group = made_group("Sales");
  const auto body = "{" + profile("amy") +
                    R"(, "credentials": {"password": {"value": ")" + good_password + R"("}, "recovery_question": {"question": "Which pet?", "answer": "A wombat"},
                        "provider": {"type": "OKTA", "name": "OKTA"}}, "groupIds": [")" + group + R"("], "type": {"id": ")" + org_.default_user_type() + R"("}})";
  const auto answer = post("/users", body);
  EXPECT_EQ(outcome(answer), "200");
  EXPECT_EQ(at(answer, "/status"), "ACTIVE");
  EXPECT_EQ(at(answer, "/profile/login"), "amy@example.test");
  EXPECT_EQ(at(answer, "/credentials/recovery_question"), R"({"question":"Which pet?"})");
  EXPECT_EQ(at(answer, "/credentials/provider/type"), "OKTA");
  EXPECT_EQ(at(answer, "/type/id"), org_.default_user_type());
  EXPECT_THAT(each(get("/groups/" + group + "/users"), "/id"), ElementsAre(at(answer, "/id")));

  EXPECT_EQ(at(post("/users?activate=true", "{" + profile("bob") + "}"), "/status"), "PROVISIONED");
  EXPECT_EQ(at(post("/users?activate=false", with_password("cid")), "/status"), "STAGED");
  EXPECT_EQ(at(post("/users?activate=false", "{" + profile("dan") + "}"), "/status"), "STAGED");
  EXPECT_EQ(outcome(post("/users?activate=maybe", "{" + profile("eve") + "}")), "400 E0000020");
  EXPECT_EQ(outcome(post("/users", R"({"profile": {"login": "eve@example.test"}, "type": {"id": "oty0"}})")), "400 E0000001");
}

class UsersWithoutPasswords : public ApiTest {
 protected:
  UsersWithoutPasswords() : ApiTest({.passwords_optional = true}) {}
};

// [Okta provisioning-clients 5.2-02]
TEST_F(UsersWithoutPasswords, are_active_where_the_policy_asks_for_none) {
  EXPECT_EQ(at(post("/users", "{" + profile("amy") + "}"), "/status"), "ACTIVE");
}

// [Okta provisioning-clients 5.2-03]
TEST_F(UsersApi, a_password_expires_at_once_where_it_is_to_be_changed_at_the_next_login) {
  const auto answer = post("/users?activate=true&nextLogin=changePassword", with_password("amy"));
  EXPECT_EQ(outcome(answer), "200");
  EXPECT_EQ(at(answer, "/status"), "PASSWORD_EXPIRED");
  const std::set<std::string> codes{"400 E0000124", "400 E0000125"};
  const auto without_password = outcome(post("/users?nextLogin=changePassword", "{" + profile("bob") + "}"));
  const auto without_activation = outcome(post("/users?activate=false&nextLogin=changePassword", with_password("bob")));
  EXPECT_TRUE(codes.contains(without_password)) << without_password;
  EXPECT_TRUE(codes.contains(without_activation)) << without_activation;
  EXPECT_NE(without_password, without_activation);
}

// [Okta provisioning-clients 5.1-10, 5.1-11, 5.2-05]
TEST_F(UsersApi, a_user_has_these_members) {
  const auto answer = get("/users/" + made_user("amy"));
  EXPECT_EQ(names_in(json(answer)), (std::set<std::string>{"id", "status", "created", "activated", "statusChanged", "lastLogin", "lastUpdated", "passwordChanged",
                                                           "type", "profile", "credentials", "_links"}));
  EXPECT_THAT(at(answer, "/id"), AllOf(StartsWith("00u"), SizeIs(20)));
  EXPECT_THAT(at(answer, "/type/id"), AllOf(StartsWith("oty"), SizeIs(20)));
  EXPECT_EQ(at(answer, "/created"), "2026-01-05T08:00:00.000Z");
  EXPECT_EQ(at(answer, "/activated"), "2026-01-05T08:00:00.000Z");
  EXPECT_EQ(at(answer, "/passwordChanged"), "2026-01-05T08:00:00.000Z");
  EXPECT_EQ(at(answer, "/lastLogin"), "null");
  const auto staged = get("/users/" + made_staged("bob"));
  EXPECT_EQ(at(staged, "/activated"), "null");
  EXPECT_EQ(at(staged, "/passwordChanged"), "null");
}

// [Okta provisioning-clients 5.2-06]
TEST_F(UsersApi, no_answer_holds_a_password_or_the_answer_to_a_question) {
  const auto made = post("/users", "{" + profile("amy") + R"(, "credentials": {"password": {"value": ")" + good_password +
                                       R"("}, "recovery_question": {"question": "Which pet?", "answer": "A wombat"}}})");
  EXPECT_EQ(at(made, "/credentials/password"), "{}");
  for (const auto& answer : {made, get("/users/" + at(made, "/id")), get("/users"), get("/logs")}) {
    EXPECT_THAT(answer.body, Not(HasSubstr(good_password)));
    EXPECT_THAT(answer.body, Not(HasSubstr("A wombat")));
  }
}

// [Okta provisioning-clients 5.2-07]
TEST_F(UsersApi, links_say_what_the_state_allows) {
  const auto links = [&](const std::string& id) {
    auto names = names_in(json(get("/users/" + id)).at("_links"));
    EXPECT_EQ(names.erase("self"), 1U);
    return names;
  };
  const auto amy = made_user("amy");
  EXPECT_EQ(links(made_staged("bob")), std::set<std::string>{"activate"});
  EXPECT_EQ(links(amy), (std::set<std::string>{"resetPassword", "resetFactors", "expirePassword", "forgotPassword", "changeRecoveryQuestion", "deactivate",
                                               "changePassword"}));
  EXPECT_EQ(at(get("/users/" + amy), "/_links/deactivate/href"), "https://acme.okta.com/api/v1/users/" + amy + "/lifecycle/deactivate");
  for (const auto& shown : each(get("/users"), "/_links")) EXPECT_EQ(names_in(*base::parse_json(shown)), std::set<std::string>{"self"});
}

// [Okta provisioning-clients 5.1-06, 5.2-08]
TEST_F(UsersApi, a_login_is_an_address_and_unique_whatever_its_case_and_accents) {
  (void)made_user("amelie");
  const auto taken = [&](const std::string& login) {
    return post("/users", R"({"profile": {"login": ")" + login + R"(", "email": "x@example.test", "firstName": "A", "lastName": "B"}})");
  };
  const auto answer = taken("amelie@example.test");
  EXPECT_EQ(outcome(answer), "400 E0000001");
  EXPECT_EQ(at(answer, "/errorSummary"), "Api validation failed: login");
  EXPECT_EQ(at(answer, "/errorCauses/0/errorSummary"), "login: An object with this field already exists in the current organization");
  EXPECT_EQ(at(answer, "/errorLink"), "E0000001");
  EXPECT_THAT(at(answer, "/errorId"), StartsWith("oae"));
  EXPECT_EQ(outcome(taken("AMELIE@Example.TEST")), "400 E0000001");
  EXPECT_EQ(outcome(taken("Am\u00e9lie@example.test")), "400 E0000001");
  EXPECT_EQ(outcome(taken("nobody")), "400 E0000001");
  EXPECT_EQ(outcome(taken("bob@example.test")), "200");
}

// [Okta provisioning-clients 5.2-08]
TEST_F(UsersApi, lengths_of_a_profile_and_of_a_password_are_bounded) {
  const auto make = [&](const std::string& login, const std::string& email, const std::string& first, const std::string& last) {
    return outcome(post("/users", R"({"profile": {"login": ")" + login + R"(", "email": ")" + email + R"(", "firstName": ")" + first + R"(", "lastName": ")" + last + R"("}})"));
  };
  const auto address = [](std::size_t length, char c) { return std::string(length - 5, c) + "@x.eu"; };
  EXPECT_EQ(make(address(100, 'a'), address(100, 'b'), std::string(50, 'c'), std::string(50, 'd')), "200");
  EXPECT_EQ(make(address(101, 'a'), "e@example.test", "F", "L"), "400 E0000001");
  EXPECT_EQ(make("f@x", "e@example.test", "F", "L"), "400 E0000001");
  EXPECT_EQ(make("e@example.test", address(101, 'b'), "F", "L"), "400 E0000001");
  EXPECT_EQ(make("e@example.test", "e@example.test", std::string(51, 'c'), "L"), "400 E0000001");
  EXPECT_EQ(make("e@example.test", "e@example.test", "F", std::string(51, 'd')), "400 E0000001");
  EXPECT_EQ(make("e@example.test", "e@example.test", "", "L"), "400 E0000001");
  const auto password = [&](std::size_t length) {
    return post("/users", "{" + profile("len" + std::to_string(length)) + R"(, "credentials": {"password": {"value": "Aa1)" + std::string(length - 3, 'x') + R"("}}})").status;
  };
  EXPECT_EQ(password(72), 200);
  EXPECT_NE(password(73), 200);
}

// [Okta provisioning-clients 5.2-09]
TEST_F(UsersApi, the_default_profile_has_31_attributes) {
  const std::set<std::string> documented{
      "login",         "email",       "secondEmail",  "firstName",    "lastName",  "middleName", "honorificPrefix", "honorificSuffix", "title",     "displayName", "nickName",
      "profileUrl",    "primaryPhone", "mobilePhone", "streetAddress", "city",     "state",      "zipCode",         "countryCode",     "postalAddress", "preferredLanguage", "locale",
      "timezone",      "userType",    "employeeNumber", "costCenter",  "organization", "division", "department",     "managerId",       "manager"};
  EXPECT_EQ(documented.size(), 31U);
  EXPECT_EQ(names_in(json(get("/meta/schemas/user/default")).at("definitions").at("base").at("properties")), documented);
  std::string more;
  for (const auto& name : documented) {
    if (name != "login" && name != "email" && name != "firstName" && name != "lastName" && name != "secondEmail") more += ", \"" + name + "\": \"x y\"";
  }
  const auto shown = names_in(json(get("/users/" + made_user("amy", more + R"(, "secondEmail": "two@example.test")"))).at("profile"));
  EXPECT_EQ(shown, documented);
  EXPECT_EQ(outcome(post("/users", "{" + profile("bob", R"(, "shoeSize": "42")") + "}")), "400 E0000001");
}

// [Okta provisioning-clients 5.2-10]
TEST_F(UsersApi, a_password_has_to_fit_the_policy) {
  const auto make = [&](const std::string& password) {
    const auto answer = post("/users", R"({"profile": {"login": "jo-anna.smith@example.test", "email": "j@example.test", "firstName": "A", "lastName": "B"},
                                          "credentials": {"password": {"value": ")" + password + R"("}}})");
    if (answer.status == 200) {
      (void)send("DELETE", "/users/" + at(answer, "/id"));
      (void)send("DELETE", "/users/" + at(answer, "/id"));
    }
    return answer.status;
  };
  EXPECT_EQ(make("Quokka77"), 200);
  EXPECT_NE(make("Quokka7"), 200);
  EXPECT_NE(make("quokka77"), 200);
  EXPECT_NE(make("QUOKKA77"), 200);
  EXPECT_NE(make("QuokkaQuokka"), 200);
  EXPECT_NE(make("Xx-smith-77"), 200);
  EXPECT_NE(make("Xx-ANNA-77"), 200);
  EXPECT_NE(make("Xx-example-77"), 200);
  EXPECT_EQ(make("Jo-77-Quokka"), 200);  // shorter than four
}

// [Okta provisioning-clients 5.2-11]
TEST_F(UsersApi, a_hash_may_take_a_passwords_place_and_no_policy_asks_after_it) {
  const auto make = [&](const std::string& name, const std::string& hash) {
    return post("/users", "{" + profile(name) + R"(, "credentials": {"password": {"hash": )" + hash + "}}}");
  };
  // Of "abc", which no policy would take.
  const auto answer = make("amy", R"({"algorithm": "SHA-256", "value": "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="})");
  EXPECT_EQ(outcome(answer), "200");
  EXPECT_EQ(at(answer, "/status"), "ACTIVE");
  EXPECT_EQ(at(answer, "/credentials/password"), "{}");
  const auto signs_in = [&](const std::string& login, const std::string& password) {
    return at(post("/authn", R"({"username": ")" + login + R"(@example.test", "password": ")" + password + R"("})"), "/status");
  };
  EXPECT_EQ(signs_in("amy", "abc"), "SUCCESS");
  EXPECT_EQ(signs_in("amy", "abd"), "none");
  const auto check = [&](const std::string& name, const std::string& hash) {
    EXPECT_EQ(outcome(make(name, hash)), "200") << hash;
    EXPECT_EQ(signs_in(name, "abc"), "SUCCESS") << hash;
  };
  check("mia", R"({"algorithm": "MD5", "salt": "c2FsdA==", "saltOrder": "PREFIX", "value": "EDdHh+1YWAO8TNtj+SpUWw=="})");
  check("sam", R"({"algorithm": "SHA-1", "salt": "c2FsdA==", "saltOrder": "POSTFIX", "value": "mRmN/EjgNMZjVhg/hU6zIvYHwd0="})");
  check("sue", R"({"algorithm": "SHA-512", "value": "3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw=="})");
  check("pam", R"({"algorithm": "PBKDF2", "salt": "c2FsdA==", "iterationCount": 4096, "keySize": 32, "digestAlgorithm": "SHA256_HMAC", "value": "CMaZj5LUCNQ7LSWS8dc0ralDolBDQt+xVyK1RYu4rVM="})");
  EXPECT_EQ(outcome(make("cid", R"({"algorithm": "ROT13", "value": "abc"})")), "400 E0000001");
  EXPECT_EQ(outcome(make("dan", R"({"algorithm": "PBKDF2", "salt": "c2FsdA==", "value": "c2FsdA==", "iterationCount": 4095, "keySize": 4, "digestAlgorithm": "SHA256_HMAC"})")), "400 E0000001");
  EXPECT_EQ(outcome(make("eve", R"({"algorithm": "PBKDF2", "salt": "c2FsdA==", "value": "c2FsdA==", "iterationCount": 4096, "keySize": 4, "digestAlgorithm": "SHA256_HMAC"})")), "200");
  EXPECT_EQ(outcome(post("/users", "{" + profile("fay") + R"(, "credentials": {"password": {"hook": {"type": "default"}}}})")), "501 E0000060");
}

// [Okta provisioning-clients 5.1-06, 5.2-12]
TEST_F(UsersApi, a_user_is_found_by_id_login_short_name_and_as_oneself) {
  const auto amy = made_user("amy");
  EXPECT_EQ(at(get("/users/" + amy), "/id"), amy);
  EXPECT_EQ(at(get("/users/amy@example.test"), "/id"), amy);
  EXPECT_EQ(at(get("/users/Amy%40example.test"), "/id"), amy);
  EXPECT_EQ(at(get("/users/amy"), "/id"), amy);
  EXPECT_EQ(at(get("/users/me"), "/id"), admin_);
  const auto answer = get("/users/00u00000000000000000");
  EXPECT_EQ(outcome(answer), "404 E0000007");
  EXPECT_EQ(at(answer, "/errorSummary"), "Not found: Resource not found: 00u00000000000000000 (User)");
}

// [Okta provisioning-clients 5.2-13]
TEST_F(UsersApi, a_list_has_pages_and_leaves_out_who_is_deactivated) {
  for (const auto* name : {"amy", "bob", "cid", "dan"}) (void)made_user(name);
  const auto gone = made_user("eve");
  (void)post("/users/" + gone + "/lifecycle/deactivate");
  std::vector<std::string> seen;
  std::string place = "/users?limit=2";
  for (int i = 0; i < 3; ++i) {
    const auto page = get(place);
    for (const auto& login : each(page, "/profile/login")) seen.push_back(login);
    EXPECT_THAT(link_of(page, "self"), StartsWith("/api/v1/users?limit=2"));
    EXPECT_EQ(link_of(page, "next").empty(), i == 2);
    place = link_of(page, "next");
  }
  EXPECT_THAT(seen, UnorderedElementsAre("admin@example.test", "amy@example.test", "bob@example.test", "cid@example.test", "dan@example.test"));
  EXPECT_THAT(each(ask("/users", "filter", R"(status eq "DEPROVISIONED")"), "/id"), ElementsAre(gone));
  EXPECT_THAT(each(ask("/users", "search", R"(status eq "DEPROVISIONED")"), "/id"), ElementsAre(gone));
  EXPECT_THAT(each(ask("/users", "filter", R"(profile.login eq "eve@example.test")"), "/id"), IsEmpty());
}

// [Okta provisioning-clients 5.2-13]
TEST_F(UsersApi, a_page_holds_200_users_however_many_are_asked_for) {
  for (int i = 0; i < 201; ++i) {
    NewUser user;
    const auto login = "user" + std::to_string(i) + "@example.test";
    user.profile = {{"login", login}, {"email", login}, {"firstName", "U"}, {"lastName", "L"}};
    ASSERT_TRUE(org_.create_user(user).has_value());
  }
  EXPECT_THAT(each(get("/users"), "/id"), SizeIs(200));
  const auto page = get("/users?limit=500");
  EXPECT_THAT(each(page, "/id"), SizeIs(200));
  EXPECT_THAT(each(get(link_of(page, "next")), "/id"), SizeIs(2));
}

// [Okta provisioning-clients 5.2-13]
TEST_F(UsersApi, q_finds_ten_by_names_and_address_without_pages) {
  for (int i = 0; i < 12; ++i) (void)made_staged("kim" + std::to_string(i));
  (void)made_staged("lee");
  const auto page = get("/users?q=KIM");
  EXPECT_THAT(each(page, "/id"), SizeIs(10));
  EXPECT_EQ(link_of(page, "next"), "");
  EXPECT_THAT(each(get("/users?q=kim&limit=12"), "/id"), SizeIs(12));
  EXPECT_THAT(each(get("/users?q=doe"), "/id"), SizeIs(10));
  EXPECT_THAT(each(get("/users?q=lee%40exa"), "/profile/firstName"), ElementsAre("lee"));
  EXPECT_THAT(each(get("/users?q=ee"), "/id"), IsEmpty());
}

// [Okta provisioning-clients 5.1-07, 5.1-08, 5.2-13]
TEST_F(UsersApi, a_filter_takes_eq_on_seven_attributes_and_an_order_on_one) {
  const auto amy = made_user("amy");
  pass(seconds{5});
  (void)made_staged("bob");
  for (const auto& [text, count] : std::vector<std::pair<std::string, std::size_t>>{{R"(status eq "STAGED")", 1},
                                                                                   {R"(id eq ")" + amy + "\"", 1},
                                                                                   {R"(profile.login eq "amy@example.test")", 1},
                                                                                   {R"(profile.email eq "amy@example.test" and status eq "ACTIVE")", 1},
                                                                                   {R"(profile.firstName eq "bob")", 1},
                                                                                   {R"(profile.lastName eq "Doe")", 2},
                                                                                   {R"(lastUpdated gt "2026-01-05T08:00:00.000Z")", 1},
                                                                                   {R"(lastUpdated le "2026-01-05T08:00:00.000Z")", 2},
                                                                                   {R"(status eq "ACTIVE" or status eq "STAGED")", 3}}) {
    EXPECT_THAT(each(ask("/users", "filter", text), "/id"), SizeIs(count)) << text;
  }
  for (const auto* text : {R"(profile.department eq "Sales")", R"(status sw "A")", R"(id gt "0")", R"(status eq)", "(", ""})
    EXPECT_EQ(outcome(ask("/users", "filter", text)), "400 E0000053") << text;
  for (const auto* text : {R"(credentials.provider.type eq "OKTA")", "status is 1", "("}) EXPECT_EQ(outcome(ask("/users", "search", text)), "400 E0000031") << text;
  EXPECT_EQ(outcome(ask("/users", "search", R"(status eq "ACTIVE")", "&filter=" + base::percent_encode(R"(status eq "ACTIVE")"))), "400 E0000033");
}

// [Okta provisioning-clients 5.2-13]
TEST_F(UsersApi, a_search_asks_for_most_attributes_in_many_ways) {
  const auto amy = made_user("amy", R"(, "department": "Sales", "employeeNumber": "0815")");
  (void)made_user("bob", R"(, "department": "Support")");
  EXPECT_THAT(each(ask("/users", "search", R"(profile.department eq "Sales")"), "/id"), ElementsAre(amy));
  EXPECT_THAT(each(ask("/users", "search", R"(profile.department sw "S")"), "/id"), SizeIs(2));
  EXPECT_THAT(each(ask("/users", "search", R"(profile.department gt "Sales")"), "/profile/firstName"), ElementsAre("bob"));
  EXPECT_THAT(each(ask("/users", "search", R"(profile.employeeNumber pr and created ge "2026-01-05T08:00:00.000Z")"), "/id"), ElementsAre(amy));
}

class LaggingSearch : public ApiTest {
 protected:
  LaggingSearch() : ApiTest({}, {.search_lag = milliseconds{900}}) {}
};

// [Okta provisioning-clients 5.2-13]
TEST_F(LaggingSearch, is_behind_for_a_moment_and_nothing_else_is) {
  const auto found = [&](const char* parameter, const std::string& login) {
    return each(ask("/users", parameter, R"(profile.login eq ")" + login + R"(@example.test")"), "/id").size();
  };
  const auto amy = made_user("amy");
  EXPECT_EQ(found("search", "amy"), 0U);
  EXPECT_EQ(found("filter", "amy"), 1U);
  pass(milliseconds{899});
  EXPECT_EQ(found("search", "amy"), 0U);
  pass(milliseconds{1});
  EXPECT_EQ(found("search", "amy"), 1U);
  (void)post("/users/" + amy, R"({"profile": {"login": "ann@example.test"}})");
  EXPECT_EQ(found("search", "amy"), 1U);
  EXPECT_EQ(found("filter", "ann"), 1U);
  pass(milliseconds{900});
  EXPECT_EQ(found("search", "amy"), 0U);
  EXPECT_EQ(found("search", "ann"), 1U);
  (void)send("DELETE", "/users/" + amy);
  (void)send("DELETE", "/users/" + amy);
  EXPECT_EQ(found("search", "ann"), 1U);
  EXPECT_EQ(get("/users/" + amy).status, 404);
  pass(milliseconds{900});
  EXPECT_EQ(found("search", "ann"), 0U);
  service_.set_search_lag({});
  (void)made_user("bob");
  EXPECT_EQ(found("search", "bob"), 1U);
}

// [Okta provisioning-clients 5.1-04, 5.2-14]
TEST_F(UsersApi, a_post_changes_what_it_names_and_a_put_clears_what_it_leaves_out) {
  const auto amy = made_user("amy", R"(, "title": "Boss", "department": "Sales")");
  auto answer = post("/users/" + amy, R"({"profile": {"title": "Chief"}})");
  EXPECT_EQ(at(answer, "/profile/title"), "Chief");
  EXPECT_EQ(at(answer, "/profile/department"), "Sales");
  EXPECT_EQ(at(answer, "/profile/lastName"), "Doe");
  answer = post("/users/" + amy, R"({"profile": {"title": null}})");
  EXPECT_THAT(at(answer, "/profile/title"), ::testing::AnyOf("none", "null"));
  answer = send("PUT", "/users/" + amy, "{" + profile("amy", R"(, "city": "Oslo")") + "}");
  EXPECT_EQ(at(answer, "/profile/city"), "Oslo");
  EXPECT_THAT(at(answer, "/profile/department"), ::testing::AnyOf("none", "null"));
  EXPECT_EQ(at(answer, "/credentials/password"), "{}");
  EXPECT_EQ(at(answer, "/status"), "ACTIVE");
  EXPECT_EQ(outcome(send("PUT", "/users/" + amy, R"({"profile": {"firstName": "Amy"}})")), "400 E0000001");
  EXPECT_EQ(outcome(post("/users/" + amy, R"({"profile": {"title": 7}})")), "400 E0000001");
  EXPECT_EQ(outcome(post("/users/" + amy, R"({"profile": "title"})")), "400 E0000003");
}

// [Okta provisioning-clients 5.2-15]
TEST_F(UsersApi, answers_leave_out_what_the_content_type_says) {
  const auto amy = made_user("amy");
  const auto trimmed = [&](const std::string& what) { return send("GET", "/users/" + amy, "", {{"Content-Type", "application/json; okta-response=\"" + what + "\""}}); };
  EXPECT_EQ(at(trimmed("omitCredentials"), "/credentials"), "none");
  EXPECT_NE(at(trimmed("omitCredentials"), "/_links/changePassword"), "none");
  EXPECT_EQ(at(trimmed("omitCredentialsLinks"), "/_links/changePassword"), "none");
  EXPECT_NE(at(trimmed("omitCredentialsLinks"), "/_links/deactivate"), "none");
  EXPECT_NE(at(trimmed("omitCredentialsLinks"), "/credentials"), "none");
}

class SlowActivation : public ApiTest {
 protected:
  SlowActivation() : ApiTest({.transition_time = seconds{3}}) {}
};

// [Okta provisioning-clients 5.2-04, 5.2-15]
TEST_F(SlowActivation, shows_where_it_leads_and_refuses_updates_meanwhile) {
  const auto answer = post("/users", with_password("amy"));
  EXPECT_EQ(at(answer, "/status"), "STAGED");
  EXPECT_EQ(at(answer, "/transitioningToStatus"), "ACTIVE");
  const auto amy = at(answer, "/id");
  EXPECT_EQ(at(send("GET", "/users/" + amy, "", {{"Content-Type", "application/json; okta-response=omitTransitioningToStatus"}}), "/transitioningToStatus"), "none");
  EXPECT_EQ(outcome(post("/users/" + amy, R"({"profile": {"title": "Boss"}})")), "409 E0000112");
  pass(seconds{3});
  EXPECT_EQ(status_of(amy), "ACTIVE");
  EXPECT_EQ(at(get("/users/" + amy), "/transitioningToStatus"), "none");
  EXPECT_EQ(outcome(post("/users/" + amy, R"({"profile": {"title": "Boss"}})")), "200");
}

}  // namespace users_test
}  // namespace fakes::okta::api
