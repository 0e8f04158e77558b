// Requests byte for byte, as they were typed from the facts: golden/*.http. Each case brings the client into the situation
// in which it sends the request; ids and passwords that are drawn are replaced.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <functional>
#include <string>

#include "fakes/golden_fixture.h"
#include "fakes/okta/scim_client/client_fixture.h"

namespace fakes::okta::scim_client {
namespace golden_test {

using std::chrono::minutes;
using enum AppTemplate;

const GoldenFolder goldens("fakes/okta/scim_client/golden");

bool are_letters_or_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; });
}

/// `{user-1}` for Okta's id that appears first.
std::string without_user_ids(std::string text) {
  constexpr std::size_t length = 20;
  std::vector<std::string> seen;
  for (auto at = text.find("\"00u"); at != std::string::npos; at = text.find("\"00u", at + 1)) {
    const auto id = text.substr(at + 1, length);
    if (!are_letters_or_digits(id)) continue;
    auto found = std::ranges::find(seen, id);
    if (found == seen.end()) found = seen.insert(seen.end(), id);
    text.replace(at + 1, length, fmt::format("{{user-{}}}", found - seen.begin() + 1));
  }
  return text;
}

/// A drawn password has eight letters and digits, a typed one has not.
std::string without_placeholder(std::string text) {
  constexpr std::string_view before = R"("password":")";
  constexpr std::size_t length = 8;
  const auto at = text.find(before);
  if (at == std::string::npos) return text;
  const auto begin = at + before.size();
  if (text.find('"', begin) != begin + length || !are_letters_or_digits(text.substr(begin, length))) return text;
  return text.replace(begin, length, "{placeholder}");
}

enum class Show { documented, all };

/// Host and Content-Length are the transport's; the two that a proxy may change are shown in two files alone.
std::string wire(const base::HttpRequest& request, Show show = Show::documented) {
  std::string text = fmt::format("{} {} HTTP/1.1\n", request.method, request.target);
  for (const auto& [name, value] : request.headers) {
    const bool of_transport = name == "Connection" || name == "Accept-Encoding";
    if (name != "Host" && name != "Content-Length" && (show == Show::all || !of_transport)) text += fmt::format("{}: {}\n", name, value);
  }
  if (!request.body.empty()) text += "\n" + request.body + "\n";
  return without_placeholder(without_user_ids(text));
}

constexpr std::string_view r0 =
    R"({"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"old-7","userName":"b.jensen@example.test",)"
    R"("name":{"givenName":"Barbara","middleName":"","familyName":"Jensen"},)"
    R"("emails":[{"primary":true,"value":"b.jensen@mail.example.test","type":"work","display":"b.jensen@mail.example.test"}],)"
    R"("active":false,"nickName":"Babs","groups":[{"value":"team-1","display":"Sales Team"}],)"
    R"("meta":{"resourceType":"User","location":"https://scim.example.test/scim/v2/Users/old-7"}})";

Profile barbara() {
  return {{"login", "b.jensen@example.test"}, {"email", "b.jensen@mail.example.test"}, {"firstName", "Barbara"}, {"lastName", "Jensen"},
          {"displayName", "Barbara Jensen"}};
}

/// Barbara, whom the target knows as old-7 unless it is empty, and a group.
class Case {
 public:
  explicit Case(Stage setup = {}, bool linked = true, Profile more = {}, std::optional<base::Secret> password = std::nullopt) : bench(std::move(setup)) {
    for (const auto& [attribute, value] : barbara()) more.try_emplace(attribute, value);
    user = bench.add_user("b.jensen", std::move(more), std::move(password));
    if (linked) bench.target().resources["old-7"] = json(r0).as_object();
    bench.assign(user);
    bench.run_for(minutes{1});
    if (linked) mark = bench.target().calls.size();
  }

  UserId known(const std::string& name, const std::string& id) {
    bench.target().resources[id] = base::JsonObject{{"id", id}, {"userName", name + "@example.test"}, {"active", true}};
    const auto other = bench.add_user(name);
    bench.assign(other);
    settle();
    return other;
  }
  /// Which the target knows as team-1.
  void add_team() {
    bench.target().resources["team-1"] =
        json(R"({"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"id":"team-1","displayName":"Sales Team","members":[],"meta":{"resourceType":"Group"}})").as_object();
    team = bench.add_group("Sales Team");
    mapping = bench.org().link_group(bench.app, team, "team-1").value();
    settle();
  }
  void join(const UserId& id) { bench.join(team, id); }
  void leave(const UserId& id) { bench.leave(team, id); }
  void push_now() { EXPECT_TRUE(bench.org().push_now(bench.app, mapping)); }
  void settle() {
    bench.run_for(minutes{1});
    mark = bench.target().calls.size();
  }
  void reassign() {
    EXPECT_TRUE(bench.org().deactivate(user));
    settle();
    EXPECT_TRUE(bench.org().activate(user));
    bench.assign(user);
    bench.run_for(minutes{1});
  }

  /// Requests of that method to that place since the mark.
  std::vector<base::HttpRequest> requests(std::string_view method, std::string_view place) {
    std::vector<base::HttpRequest> found;
    const auto& calls = bench.target().calls;
    for (auto at = mark; at < calls.size(); ++at) {
      const auto& request = calls[at].request;
      if (request.method == method && request.target.find(place) != std::string::npos) found.push_back(request);
    }
    return found;
  }
  std::string first(std::string_view method, std::string_view place, Show show = Show::documented) {
    const auto found = requests(method, place);
    return found.empty() ? "no such request" : wire(found.front(), show);
  }
  std::string last(std::string_view method, std::string_view place, Show show = Show::documented) {
    const auto found = requests(method, place);
    return found.empty() ? "no such request" : wire(found.back(), show);
  }
  std::string last_soon(std::string_view method, std::string_view place, Show show = Show::documented) {
    bench.run_for(minutes{1});
    return last(method, place, show);
  }
  std::string first_soon(std::string_view method, std::string_view place) {
    bench.run_for(minutes{1});
    return first(method, place);
  }

  OktaBench bench;
  UserId user;
  GroupId team;
  MappingId mapping;
  std::size_t mark = 0;
};

using Play = std::function<std::string(AppTemplate)>;

Stage of(AppTemplate app) { return app == wizard ? scim_client::wizard() : Stage{}; }

std::string created(Stage setup, Profile more = {}, std::optional<base::Secret> password = std::nullopt) {
  Case played(std::move(setup), false, std::move(more), std::move(password));
  return played.last("POST", "/Users");
}

std::string tested(Stage setup, std::string_view place) {
  Case played(std::move(setup));
  EXPECT_EQ(played.bench.test_connection(), "");
  return played.last("GET", place);
}

std::string authorised(AuthStyle style) {
  Stage setup;
  setup.settings.authorization = style;
  setup.settings.basic_user = "scim";
  setup.settings.oauth.access_token = base::Secret("access-token-1");
  return tested(setup, "/Users?");
}

/// The first change after the link.
std::string retitled(AppTemplate app, std::string_view method, Show show = Show::documented) {
  Case played(of(app));
  played.bench.update(played.user, {{"title", "Clerk"}});
  return played.last_soon(method, "/Users/old-7", show);
}

std::string linking(AppTemplate app, std::string_view method) {
  Case played(of(app));
  played.mark = 0;
  return played.first(method, "/Users/old-7");
}

std::string updated(AppTemplate app) {
  Case played(of(app));
  played.bench.update(played.user, {{"lastName", "Smith"}, {"title", "Clerk"}});
  return played.last_soon("PUT", "/Users/old-7");
}

std::string updated_while_inactive(AppTemplate app) {
  Case played(of(app));
  played.bench.target().resources["old-7"]["active"] = false;
  played.bench.update(played.user, {{"title", "Clerk"}});
  return played.last_soon("PUT", "/Users/old-7");
}

std::string cleared(AppTemplate app) {
  Case played(of(app), true, {{"title", "Clerk"}});
  played.bench.update(played.user, {{"title", std::nullopt}});
  return played.last_soon("PUT", "/Users/old-7");
}

std::string deactivated(Stage setup, const std::function<void(Case&)>& how, Show show = Show::documented) {
  const auto* method = setup.made_from == wizard ? "PUT" : "PATCH";
  Case played(std::move(setup));
  how(played);
  return played.last_soon(method, "/Users/old-7", show);
}

/// Assigned by a group that Barbara then leaves. [Okta provisioning-clients 4.5-03]
void leave_assigning_group(Case& played) {
  const auto group = played.bench.add_group("Assigned");
  played.bench.join(group, played.user);
  EXPECT_TRUE(played.bench.org().assign_group(played.bench.app, group));
  played.bench.unassign(played.user);  // her own; the group's stays
  played.settle();
  EXPECT_EQ(played.requests("PATCH", "/Users").size() + played.requests("PUT", "/Users").size(), 0);
  played.bench.leave(group, played.user);
}

std::string reactivated(AppTemplate app, std::string_view method) {
  Case played(of(app));
  played.reassign();
  return played.first(method, "/Users/old-7");
}

std::string new_password(AppTemplate app, std::string_view method) {
  Case played(of(app));
  played.bench.set_password(played.user, "Another-Horse-2");
  return played.last_soon(method, "/Users/old-7");
}

std::string imported(AppTemplate app, std::string_view place, int users, int groups) {
  Case played(of(app));
  auto& resources = played.bench.target().resources;
  for (int i = 0; i < users; ++i) resources[fmt::format("u{}", i)] = base::JsonObject{{"id", fmt::format("u{}", i)}, {"userName", fmt::format("u{}", i)}};
  for (int i = 0; i < groups; ++i) resources[fmt::format("g{}", i)] = base::JsonObject{{"id", fmt::format("g{}", i)}, {"displayName", fmt::format("g{}", i)}};
  played.bench.import();
  return played.last("GET", place);
}

std::string group_case(Stage setup, const std::function<void(Case&)>& change, std::string_view method, bool wants_first = false) {
  Case played(std::move(setup));
  played.add_team();
  change(played);
  return wants_first ? played.first_soon(method, "/Groups/") : played.last_soon(method, "/Groups/");
}

void join_barbara(Case& played) { played.join(played.user); }
void push_now(Case& played) { played.push_now(); }
void barbara_for_boss(Case& played) {
  const auto boss = played.known("boss", "boss-1");
  played.join(played.user);
  played.settle();
  played.leave(played.user);
  played.join(boss);
}
void two_for_two(Case& played) {
  const auto boss = played.known("boss", "boss-1");
  const auto park = played.known("c.park", "old-8");
  const auto diaz = played.known("d.diaz", "old-9");
  played.join(played.user);
  played.join(boss);
  played.settle();
  played.leave(played.user);
  played.leave(boss);
  played.join(park);
  played.join(diaz);
}
void push_two_now(Case& played) {
  const auto boss = played.known("boss", "boss-1");
  played.join(played.user);
  played.join(boss);
  played.settle();
  played.push_now();
}
void rename(Case& played) { EXPECT_TRUE(played.bench.org().update_group(played.team, {"Sales and Service"})); }

std::string group_pushed(AppTemplate app, std::string_view method, std::string_view place) {
  Case played(of(app));
  EXPECT_TRUE(played.bench.org().push_group(played.bench.app, played.bench.add_group("Sales Team")).has_value());
  return played.last_soon(method, place);
}

std::string entitlements(std::string_view place) {
  Stage setup;
  setup.settings.entitlements = true;
  OktaBench bench(setup);
  bench.target().refuse = [](const base::HttpRequest& request) -> std::optional<base::HttpResponse> {
    const bool types = request.target.ends_with("/ResourceTypes");
    return base::HttpResponse(200, "application/scim+json",
                              types ? R"({"totalResults": 2, "Resources": [{"endpoint": "/Roles", "schema": "urn:okta:scim:schemas:core:1.0:Role"},
                                  {"endpoint": "/Entitlements", "schema": "urn:okta:scim:schemas:core:1.0:Entitlement"}]})"
                                    : R"({"totalResults": 0, "Resources": []})");
  };
  bench.run_for(minutes{1});
  for (const auto& call : bench.target().calls) {
    if (call.request.target.ends_with(place)) return wire(call.request);
  }
  return "no such request";
}

/// Whatever the template is, these are the same bytes.
std::vector<std::pair<std::string, Play>> cases_of_both() {
  return {
      {"test_users", [](AppTemplate app) { return tested(of(app), "/Users?"); }},
      {"test_groups", [](AppTemplate app) { return tested(of(app), "/Groups?"); }},
      {"headers_read", [](AppTemplate app) { return retitled(app, "GET", Show::all); }},
      {"read_user", [](AppTemplate app) { return retitled(app, "GET"); }},
      {"lookup_user", [](AppTemplate app) { return Case(of(app), false).last("GET", "/Users?"); }},
      {"lookup_by_unique_identifier", [](AppTemplate app) {
         auto setup = of(app);
         setup.settings.unique_identifier = "email";
         return Case(setup, false).last("GET", "/Users?");
       }},
      {"lookup_group", [](AppTemplate app) { return group_pushed(app, "GET", "/Groups?"); }},
      {"create_user", [](AppTemplate app) { return created(with_placeholders(of(app))); }},
      {"create_user_with_password", [](AppTemplate app) { return created(of(app), {}, base::Secret("Correct-Horse-1")); }},
      {"create_user_without_external_id", [](AppTemplate app) { return created(with_quirk(ClientQuirk::create_without_external_id, with_placeholders(of(app)))); }},
      {"create_user_with_attributes", [](AppTemplate app) {
         return created(with_placeholders(of(app)), {{"title", "Clerk"}, {"department", "Sales"}, {"costCenter", "C-1"}, {"employeeNumber", "701984"}});
       }},
      {"link_profile", [](AppTemplate app) {
         Case played(of(app));
         played.mark = 0;
         return played.last("PUT", "/Users/old-7");
       }},
      {"update_user", [](AppTemplate app) { return updated(app); }},
      {"update_user_cleared", [](AppTemplate app) { return cleared(app); }},
      {"update_inactive_user", [](AppTemplate app) { return updated_while_inactive(app); }},
      {"import_users", [](AppTemplate app) { return imported(app, "/Users?", 0, 0); }},
      {"import_users_next", [](AppTemplate app) { return imported(app, "/Users?", 100, 0); }},
      {"import_groups", [](AppTemplate app) { return imported(app, "/Groups?", 0, 0); }},
      {"import_groups_next", [](AppTemplate app) { return imported(app, "/Groups?", 0, 101); }},
      {"create_group", [](AppTemplate app) { return group_pushed(app, "POST", "/Groups"); }},
      {"read_group", [](AppTemplate app) { return group_case(of(app), join_barbara, "GET"); }},
      {"delete_group", [](AppTemplate app) {
         return group_case(of(app), [](Case& played) { EXPECT_TRUE(played.bench.org().unlink(played.bench.app, played.mapping, UnlinkAction::remove)); }, "DELETE");
       }},
  };
}

/// By name of its file; a file may have several.
std::vector<std::pair<std::string, std::function<std::string()>>> cases() {
  using enum ClientQuirk;
  const auto wizard_setup = scim_client::wizard();
  const auto unassign = [](Case& played) { played.bench.unassign(played.user); };
  const auto deactivate = [](Case& played) { EXPECT_TRUE(played.bench.org().deactivate(played.user)); };
  std::vector<std::pair<std::string, std::function<std::string()>>> out{
      {"headers_write", [=] { return deactivated({}, unassign, Show::all); }},
      {"auth_header", [] { return authorised(AuthStyle::header); }},
      {"auth_bearer", [] { return authorised(AuthStyle::bearer); }},
      {"auth_basic", [] { return authorised(AuthStyle::basic); }},
      {"auth_oauth", [] { return authorised(AuthStyle::oauth); }},
      {"catalogue_link_activate", [] { return linking(catalogue, "PATCH"); }},
      {"wizard_link_activate", [] { return linking(wizard, "PUT"); }},
      {"catalogue_deactivate", [=] { return deactivated({}, unassign); }},
      {"catalogue_deactivate", [=] { return deactivated({}, deactivate); }},
      {"catalogue_deactivate", [] { return deactivated({}, leave_assigning_group); }},
      {"wizard_deactivate", [=] { return deactivated(wizard_setup, unassign); }},
      {"wizard_deactivate", [=] { return deactivated(wizard_setup, deactivate); }},
      {"wizard_deactivate", [=] { return deactivated(wizard_setup, leave_assigning_group); }},
      {"catalogue_reactivate", [] { return reactivated(catalogue, "PATCH"); }},
      {"wizard_reactivate", [] { return reactivated(wizard, "PUT"); }},
      {"catalogue_password", [] { return new_password(catalogue, "PATCH"); }},
      {"wizard_password", [] { return new_password(wizard, "PUT"); }},
      {"catalogue_rename_group", [] { return group_case({}, rename, "PATCH"); }},
      {"catalogue_name_again", [] { return group_case({}, join_barbara, "PATCH", true); }},
      {"catalogue_add_member", [] { return group_case({}, join_barbara, "PATCH"); }},
      {"catalogue_remove_member", [] {
         return group_case({}, [](Case& played) {
           played.join(played.user);
           played.settle();
           played.leave(played.user);
         }, "PATCH");
       }},
      {"catalogue_change_members", [] { return group_case({}, barbara_for_boss, "PATCH"); }},
      {"catalogue_change_several_members", [] { return group_case({}, two_for_two, "PATCH"); }},
      {"catalogue_push_now", [] { return group_case({}, push_two_now, "PATCH"); }},
      {"catalogue_push_empty_group", [] { return group_case({}, push_now, "PATCH"); }},
      {"catalogue_push_empty_group_without_path", [] { return group_case(with_quirk(empty_push_without_path), push_now, "PATCH"); }},
      {"wizard_rename_group", [=] {
         return group_case(wizard_setup, [](Case& played) {
           played.join(played.user);
           played.settle();
           rename(played);
         }, "PUT");
       }},
      {"wizard_change_members", [=] { return group_case(wizard_setup, barbara_for_boss, "PUT"); }},
      {"wizard_change_members", [=] {
         return group_case(wizard_setup, [](Case& played) {
           barbara_for_boss(played);
           played.settle();
           played.push_now();
         }, "PUT");
       }},
      {"wizard_push_empty_group", [=] { return group_case(wizard_setup, push_now, "PUT"); }},
      {"wizard_group_with_id", [] { return group_case(with_quirk(group_put_with_id, scim_client::wizard()), barbara_for_boss, "PUT"); }},
      {"entitlements_resource_types", [] { return entitlements("/ResourceTypes"); }},
      {"entitlements_schemas", [] { return entitlements("/Schemas"); }},
      {"entitlements_roles", [] { return entitlements("/Roles"); }},
      {"entitlements_values", [] { return entitlements("/Entitlements"); }},
  };
  for (const auto& [name, play] : cases_of_both()) {
    for (const auto app : {wizard, catalogue}) out.emplace_back(name, [play, app] { return play(app); });
  }
  return out;
}

// [Okta provisioning-clients 4.1-01] [Okta provisioning-clients 4.1-04] [Okta provisioning-clients 4.1-08] [Okta provisioning-clients 4.1-10]
// [Okta provisioning-clients 4.1-11] [Okta provisioning-clients 4.2-01] [Okta provisioning-clients 4.2-02] [Okta provisioning-clients 4.3-01]
// [Okta provisioning-clients 4.3-02] [Okta provisioning-clients 4.3-04] [Okta provisioning-clients 4.3-05] [Okta provisioning-clients 4.3-06]
// [Okta provisioning-clients 4.3-07] [Okta provisioning-clients 4.3-08] [Okta provisioning-clients 4.3-09] [Okta provisioning-clients 4.3-10]
// [Okta provisioning-clients 4.4-01] [Okta provisioning-clients 4.4-02] [Okta provisioning-clients 4.4-03] [Okta provisioning-clients 4.4-04]
// [Okta provisioning-clients 4.4-08] [Okta provisioning-clients 4.4-09] [Okta provisioning-clients 4.5-01] [Okta provisioning-clients 4.5-02]
// [Okta provisioning-clients 4.5-03] [Okta provisioning-clients 4.5-09] [Okta provisioning-clients 4.6-01] [Okta provisioning-clients 4.6-02]
// [Okta provisioning-clients 4.6-03] [Okta provisioning-clients 4.7-01] [Okta provisioning-clients 4.8-01] [Okta provisioning-clients 4.8-02]
// [Okta provisioning-clients 4.8-03] [Okta provisioning-clients 4.8-04] [Okta provisioning-clients 4.8-05] [Okta provisioning-clients 4.8-06]
// [Okta provisioning-clients 4.8-07] [Okta provisioning-clients 4.8-08] [Okta provisioning-clients 4.8-10] [Okta provisioning-clients 4.8-12]
// [Okta provisioning-clients 4.8-13] [Okta provisioning-clients 6-01] [Okta provisioning-clients 6-03] [Okta provisioning-clients 6-04]
// [Okta provisioning-clients 6-05] [Okta provisioning-clients 6-06] [Okta provisioning-clients 6-07] [Okta provisioning-clients 6-08]
// [Okta provisioning-clients 6-09] [Okta provisioning-clients 6-10] [Okta provisioning-clients 7.2-01] [Okta provisioning-clients 7.2-03]
// [Okta provisioning-clients 7.2-05] [Okta provisioning-clients 7.2-10] [Okta provisioning-clients 7.2-15] [Okta provisioning-clients 7.2-20]
TEST(OktaGolden, each_documented_request_appears_byte_for_byte) {
  goldens.expect_equal(cases());
}

TEST(OktaGolden, every_file_has_a_case_and_every_case_a_file) {
  goldens.expect_complete(cases());
}

}  // namespace golden_test
}  // namespace fakes::okta::scim_client
