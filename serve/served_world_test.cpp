// A world that real clients ask: what they get, under which names, and that it can be taken back to where it was.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>

#include "serve/served_fixture.h"

namespace serve {
namespace served_world_test {

using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class Served : public ServedFixture {
 protected:
  static std::string text_at(const base::HttpResponse& response, std::string_view name) { return base::string_or(json_of(response), name, ""); }
  std::vector<std::string> names_in_directory() {
    const auto answer = ask(Party::directory, request("GET", "/scim/v2/Users?count=100", {{"Authorization", "Bearer " + world_->accounts().scim_token.reveal()}}));
    std::vector<std::string> names;
    const auto body = json_of(answer);
    const auto* resources = base::member(body, "Resources");
    if (resources == nullptr) return names;
    for (const auto& user : resources->get_array()) names.push_back(base::string_or(user, "userName", ""));
    return names;
  }
};

TEST_F(Served, an_app_gets_a_token_and_lists_users_page_by_page_at_the_address_that_it_knows) {
  const auto first = graph("/v1.0/users?$top=1");
  ASSERT_EQ(first.status, 200) << first.body;
  const auto next = text_at(first, "@odata.nextLink");
  ASSERT_THAT(next, StartsWith("https://localhost:4000/v1.0/users?"));
  EXPECT_EQ(graph(next.substr(std::string_view("https://localhost:4000").size())).status, 200);
}

// A client may name any address of this machine as its Host; whose port it is at decides, also while others are under way.
TEST_F(Served, one_name_at_two_ports_leads_to_the_party_of_each) {
  const auto at_graph = begin(Party::graph, request("GET", "/v1.0/users"), "localhost");
  const auto at_okta = begin(Party::okta, request("GET", "/api/v1/users"), "localhost");
  turn();
  ASSERT_TRUE(answers_.contains(at_graph) && answers_.contains(at_okta));
  EXPECT_THAT(answers_.at(at_graph)->body, HasSubstr("InvalidAuthenticationToken"));
  EXPECT_THAT(answers_.at(at_okta)->body, HasSubstr("errorCode"));
}

// [OIDC-DISCOVERY 4.3]
TEST_F(Served, issuers_are_of_the_address_and_of_the_real_name_behind_the_proxy) {
  const auto& tenant = world_->accounts().tenant_id;
  const auto issuer_at = [&](const std::string& host) {
    return text_at(ask(Party::entra, request("GET", "/" + tenant + "/v2.0/.well-known/openid-configuration"), host), "issuer");
  };
  EXPECT_EQ(issuer_at("localhost:4000"), "https://localhost:4000/" + tenant + "/v2.0");
  EXPECT_EQ(issuer_at("login.microsoftonline.com"), "https://login.microsoftonline.com/" + tenant + "/v2.0");
  EXPECT_EQ(text_at(ask(Party::okta, request("GET", "/.well-known/openid-configuration"), "acme.okta.com"), "issuer"), "https://acme.okta.com");
}

// Libraries refuse signatures by shorter ones. [RFC7518 3.3]
TEST_F(Served, keys_have_2048_bits) {
  const auto bits_of_keys = [&](Party party, const std::string& target) {
    std::vector<std::size_t> bits;
    for (const auto& jwk : json_of(ask(party, request("GET", target))).at("keys").as_array()) bits.push_back(8 * base::read_jwk(jwk)->modulus.size());
    return bits;
  };
  EXPECT_THAT(bits_of_keys(Party::entra, "/" + world_->accounts().tenant_id + "/discovery/v2.0/keys"), ElementsAre(2048, 2048));
  EXPECT_THAT(bits_of_keys(Party::okta, "/oauth2/v1/keys"), ElementsAre(2048, 2048));
}

TEST_F(Served, a_token_of_one_name_opens_graph_under_another) {
  const auto token = text_at(ask_for_token("login.microsoftonline.com"), "access_token");
  EXPECT_EQ(ask(Party::graph, request("GET", "/v1.0/users", {{"Authorization", "Bearer " + token}}), "graph.microsoft.com").status, 200);
}

TEST_F(Served, okta_pages_with_links_to_the_address_that_the_client_knows) {
  const auto answer = ask(Party::okta, request("GET", "/api/v1/users?limit=1", {{"Authorization", "SSWS " + world_->accounts().okta_api_token.reveal()}, {"Accept", "application/json"}}));
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_THAT(std::string(answer.headers.find("Link").value_or("")), StartsWith("<https://localhost:4000/api/v1/users"));
}

TEST_F(Served, scim_locations_are_of_the_address_that_the_client_knows) {
  const base::HttpRequest post = request("POST", "/scim/v2/Users",
                                         {{"Authorization", "Bearer " + world_->accounts().scim_token.reveal()}, {"Content-Type", "application/scim+json"}},
                                         R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "zoe", "active": true,
                                             "emails": [{"value": "zoe@example.test", "primary": true}]})");
  const auto made = ask(Party::directory, post);
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_THAT(std::string(made.headers.find("Location").value_or("")), StartsWith("https://localhost:4000/scim/v2/Users/"));
}

// What the whole is for: a change at one end, forty minutes, and it has arrived at the other.
TEST_F(Served, a_cycle_of_entra_arrives_when_the_clock_is_moved) {
  ASSERT_EQ(play("entra.create_user: {user: eve, given_name: Eve, surname: Early, mail: eve@example.test}"), "ok");
  const auto before = names_in_directory();
  EXPECT_THAT(before, ::testing::Not(::testing::Contains(HasSubstr("eve"))));
  advance(minutes{41});
  EXPECT_THAT(names_in_directory(), ::testing::Contains(HasSubstr("eve")));
}

TEST_F(Served, faults_befall_who_asks_from_outside) {
  (void)bearer();
  ASSERT_EQ(play("network.inject: {fault: answer_instead, from: outside, to: graph, status: 429, retry_after: 7s, count: 1}"), "ok");
  const auto refused = graph("/v1.0/users");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.headers.find("Retry-After"), "7");
  EXPECT_EQ(graph("/v1.0/users").status, 200);
  ASSERT_EQ(play("network.inject: {fault: reset_after, from: outside, to: graph, count: 1}"), "ok");
  const auto id = begin(Party::graph, request("GET", "/v1.0/users", bearer()));
  const auto cut = answer_to(id);
  ASSERT_TRUE(cut.has_value());
  EXPECT_EQ(cut->error().kind, base::TransportFailure::Kind::reset);
}

TEST_F(Served, a_step_must_name_who_is_there) {
  EXPECT_THAT(play("entra.delete_user: {user: nobody}"), HasSubstr("there is no person 'nobody' here"));
  EXPECT_THAT(play("entra.create_user: {user: ann}"), HasSubstr("is there already"));
}

TEST_F(Served, quirks_are_switched_while_it_goes_on) {
  EXPECT_TRUE(world_->switch_quirks("graph", {"batch_shuffled"}).has_value());
  EXPECT_FALSE(world_->switch_quirks("graph", {"no_such_quirk"}).has_value());
  EXPECT_FALSE(world_->switch_quirks("nobody", {}).has_value());
  ASSERT_EQ(graph("/v1.0/users").status, 200);
  ASSERT_TRUE(world_->switch_quirks("entra.sign_in", {"valid_token_rejected_once"}).has_value());
  EXPECT_EQ(graph("/v1.0/users").status, 401) << "the first time that it is shown";
  EXPECT_EQ(graph("/v1.0/users").status, 200);
  ASSERT_TRUE(world_->switch_quirks("entra.sign_in", {}).has_value());
  token_.clear();
  EXPECT_EQ(graph("/v1.0/users").status, 200);
}

// Snapshots

TEST_F(Served, a_restored_world_goes_on_as_the_first_one_did) {
  (void)graph("/v1.0/users");
  ASSERT_EQ(play("entra.create_user: {user: eve, mail: eve@example.test}"), "ok");
  advance(minutes{50});
  ASSERT_TRUE(world_->take_snapshot("there").has_value());
  const auto place = world_->position();
  const auto go_on = [&] {
    const auto users = graph("/v1.0/users");
    EXPECT_EQ(play("entra.create_user: {user: fay, mail: fay@example.test}"), "ok");
    advance(minutes{45});
    EXPECT_EQ(users.status, 200);
    return users.body + fmt::format("{}", fmt::join(names_in_directory(), " ")) + fmt::format(" {:016x}", world_->position().digest);
  };
  const auto once = go_on();
  const auto restored = world_->restore("there");
  ASSERT_TRUE(restored.has_value()) << restored.error().message;
  clockwork_->world_taken_back();
  EXPECT_EQ(world_->position(), place);
  EXPECT_EQ(go_on(), once);
  ASSERT_TRUE(world_->restore("there").has_value());
  clockwork_->world_taken_back();
  EXPECT_EQ(go_on(), once) << "as often as one likes";
}

// Requests that came between two events of the world, and while others were under way, are put in again exactly there.
TEST_F(Served, a_restore_keeps_the_order_of_what_overlapped) {
  const auto fields = bearer();
  ASSERT_EQ(play("network.inject: {fault: delay_response, from: outside, to: graph, ratio: 1/2, delay: 1s..9s}"), "ok");
  for (int i = 0; i < 20; ++i) {
    begin(Party::graph, request("GET", "/v1.0/users", fields));
    if (i % 3 == 0) world_->run_until(world_->now() + std::chrono::milliseconds{1}, static_cast<std::uint64_t>(i));
  }
  turn();
  advance(seconds{20});
  ASSERT_TRUE(world_->take_snapshot("s").has_value());
  const auto restored = world_->restore("s");
  EXPECT_TRUE(restored.has_value()) << restored.error().message;
}

TEST_F(Served, who_waits_while_the_world_is_taken_back_is_cut_off) {
  ASSERT_TRUE(world_->take_snapshot("s").has_value());
  const auto id = begin(Party::graph, request("GET", "/v1.0/users"));
  ASSERT_TRUE(world_->restore("s").has_value());
  clockwork_->world_taken_back();
  const auto answer = answer_to(id);
  ASSERT_TRUE(answer.has_value());
  EXPECT_FALSE(answer->has_value());
}

TEST_F(Served, a_reset_is_the_beginning_and_another_seed_another_world) {
  const auto begin_position = world_->position();
  const auto tenant = world_->accounts().tenant_id;
  (void)graph("/v1.0/users");
  ASSERT_TRUE(world_->reset(std::nullopt).has_value());
  EXPECT_EQ(world_->position(), begin_position);
  EXPECT_EQ(world_->accounts().tenant_id, tenant);
  ASSERT_TRUE(world_->reset(8).has_value());
  EXPECT_EQ(world_->seed(), 8U);
  EXPECT_NE(world_->accounts().tenant_id, tenant);
}

TEST_F(Served, there_is_no_way_to_where_nobody_has_been) {
  EXPECT_THAT(world_->restore("nowhere").error().message, HasSubstr("there is no snapshot 'nowhere'"));
  EXPECT_FALSE(world_->forget_snapshot("nowhere"));
}

TEST(ServedWorlds, equal_seeds_and_requests_give_equal_answers) {
  const auto answers = [](std::uint64_t seed) {
    auto world = ServedWorld::make({small_company(company_start, true), seed});
    EXPECT_TRUE(world.has_value()) << world.error().message;
    return world ? (*world)->position() : Position{};
  };
  EXPECT_EQ(answers(3), answers(3));
  EXPECT_NE(answers(3).digest, answers(4).digest);
}

TEST(ServedWorlds, a_timeline_that_fails_is_told) {
  auto scenario = small_company(company_start, false);
  scenario.timeline.push_back(*scenarios::decode_step("expect: {directory.user: {user: ann, state: SUSPENDED}}"));
  const auto world = ServedWorld::make({scenario, 1});
  ASSERT_FALSE(world.has_value());
  EXPECT_THAT(world.error().message, HasSubstr("does not hold"));
}

TEST(ServedWorlds, a_script_cannot_bring_who_asks_from_outside) {
  auto scenario = small_company(company_start, true);
  scenario.world.devices.front().name = "outside";
  EXPECT_FALSE(ServedWorld::make({scenario, 1}).has_value());
}

}  // namespace served_world_test
}  // namespace serve
