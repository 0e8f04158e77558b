// Requests byte for byte, as they were typed from the facts: golden/*.http. Each case brings the service into the situation
// in which it sends the request; ids that are drawn are replaced by their number of appearance.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>

#include "fakes/entra/provisioning/service_fixture.h"
#include "fakes/golden_fixture.h"

namespace fakes::entra::provisioning {
namespace golden_test {

using base::JsonObject;
using std::chrono::days;
using std::chrono::minutes;

const GoldenFolder goldens("fakes/entra/provisioning/golden");

bool is_guid_at(std::string_view text, std::size_t at) {
  constexpr std::string_view form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  if (at + form.size() > text.size()) return false;
  return std::ranges::equal(text.substr(at, form.size()), form, [](char c, char f) { return f == '-' ? c == '-' : std::isxdigit(static_cast<unsigned char>(c)) != 0; });
}

/// `{guid-1}` for the first that appears.
std::string normalised(const std::string& text) {
  constexpr std::size_t length = 36;
  std::string out;
  std::vector<std::string> seen;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_guid_at(text, at)) {
      out += text[at++];
      continue;
    }
    const auto guid = text.substr(at, length);
    auto found = std::ranges::find(seen, guid);
    if (found == seen.end()) found = seen.insert(seen.end(), guid);
    out += fmt::format("{{guid-{}}}", found - seen.begin() + 1);
    at += length;
  }
  return out;
}

/// The two headers that are documented; what else there is [Entra provisioning-clients 9-06] leaves open.
std::string wire(const base::HttpRequest& request) {
  std::string text = fmt::format("{} {} HTTP/1.1\n", request.method, request.target);
  for (const auto* name : {"Authorization", "Content-Type"}) {
    if (const auto value = request.headers.find(name)) text += fmt::format("{}: {}\n", name, *value);
  }
  if (!request.body.empty()) text += "\n" + request.body + "\n";
  return normalised(text);
}

/// The service in a tenant with two users and a group, all of them known to the target.
struct Stage {
  Settings settings = with_groups();
  JsonObject user{{"displayName", "Barbara Jensen"}};
  bool in_target = true;   ///< whether the look-ups find the user, its manager and the group
  JsonObject resource{};   ///< what the target shows of the user beyond id and userName
  bool runs = true;        ///< whether an initial cycle is over before the case begins

  static Settings with_groups() {
    auto settings = quiet();
    settings.users = default_user_mapping();
    settings.groups = default_group_mapping();
    return settings;
  }
};

class Case {
 public:
  explicit Case(Stage stage) : bench(stage.settings) {
    user = bench.add_user("b.jensen", stage.user, true);
    if (stage.in_target) {
      stage.resource["id"] = "old-7";
      if (!stage.resource.contains("userName")) stage.resource["userName"] = "b.jensen@example.test";
      bench.target().resources["old-7"] = stage.resource;
    }
    if (!stage.runs) return;
    bench.start_job();
    bench.run_for(minutes{10});
    bench.new_calls();
  }

  /// A boss, known to the target as boss-1, and a group that it knows as team-1.
  void add_boss() {
    boss = bench.add_user("boss");
    bench.target().resources["boss-1"] = JsonObject{{"id", "boss-1"}, {"userName", "boss@example.test"}};
    next_cycle();
  }
  void add_team(std::string_view name = "Sales Team", bool known = true) {
    team = bench.tenant().create(ObjectKind::group, {{"displayName", base::json_text(name)}, {"mailEnabled", false}, {"mailNickname", "sales"}, {"securityEnabled", true}}).value();
    bench.assign(team);
    if (known) bench.target().resources["team-1"] = JsonObject{{"id", "team-1"}, {"displayName", base::json_text(name)}};
    next_cycle();
  }
  void join(const ObjectId& id) { bench.tenant().add_member(team, id).value(); }
  void leave(const ObjectId& id) { bench.tenant().remove_member(team, id).value(); }
  void next_cycle() {
    bench.run_for(minutes{40});
    mark = bench.target().calls.size();
  }

  /// The last request of that method since the last cycle that was waited for.
  std::string last(std::string_view method, std::string_view in_target = "") {
    const auto& calls = bench.target().calls;
    for (auto at = calls.size(); at > mark; --at) {
      const auto& request = calls[at - 1].request;
      EXPECT_EQ(request.headers.find("User-Agent"), std::nullopt);  // [Entra provisioning-clients 2.1-18]
      if (request.method == method && request.target.find(in_target) != std::string::npos) return wire(request);
    }
    return "no such request";
  }
  std::string after_cycle(std::string_view method, std::string_view in_target = "") {
    bench.run_for(minutes{40});
    return last(method, in_target);
  }

  ProvisioningBench bench;
  ObjectId user;
  ObjectId boss;
  ObjectId team;
  std::size_t mark = 0;
};

JsonObject barbara() {
  return {{"displayName", "Barbara Jensen"}, {"givenName", "Barbara"}, {"surname", "Jensen"}, {"mail", "b.jensen@mail.example.test"}};
}

/// The user is created in the initial cycle; its address comes with `mail`, which proxyAddresses follow.
std::string created(Settings settings, JsonObject user) {
  Case played({.settings = std::move(settings), .user = std::move(user), .in_target = false});
  return played.last("POST");
}

Settings mapped(std::vector<MappingRow> rows, PatchDialect dialect = PatchDialect::classic, ClientQuirks quirks = {}) {
  auto settings = Stage::with_groups();
  settings.users.rows = std::move(rows);
  settings.dialect = dialect;
  settings.quirks = std::move(quirks);
  return settings;
}

/// The PATCH of the initial cycle that takes over what the target shows.
std::string taken_over(Settings settings, JsonObject user, std::string_view shown) {
  Case played({.settings = std::move(settings), .user = std::move(user), .resource = json(shown).as_object()});
  return played.last("PATCH");
}

constexpr std::string_view enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const std::string employee_number = std::string(enterprise) + ":employeeNumber";
const std::string work_email = R"(emails[type eq "work"].value)";
constexpr auto classic = PatchDialect::classic;
constexpr auto compliant = PatchDialect::compliant;

std::vector<MappingRow> several_rows() {
  return {direct("displayName", "displayName"), direct(work_email, "mail"), direct("name.givenName", "givenName"), direct("name.familyName", "surname"),
          direct("externalId", "mailNickname"), direct(employee_number, "employeeId"), direct("userName", "userPrincipalName", 1)};
}

std::string replaced_several(PatchDialect dialect) {
  const bool flag = dialect == compliant;
  const JsonObject user{{"displayName", flag ? "Bjfe" : "Pvlo"}, {"givenName", flag ? "Kkom" : "Gtfd"}, {"surname", flag ? "Unua" : "Pkqf"},
                        {"mail", flag ? "TestMhvaes@test.example.com" : "TestBcwqnm@test.example.com"}, {"employeeId", flag ? "Aklq" : "Eqpj"}};
  auto rows = several_rows();
  std::string external = R"("externalId": "b.jensen")";
  if (!flag) {
    rows[4] = constant("externalId", "Eqpj");
    external = R"("externalId": "old")";
  }
  return taken_over(mapped(rows, dialect), user,
                    fmt::format(R"({{"displayName": "a", {}, "emails": [{{"type": "work", "value": "b"}}], "name": {{"givenName": "c", "familyName": "d"}},
                        "{}": {{"employeeNumber": "e"}}}})", external, enterprise));
}

/// One row beside the user name.
std::string one_change(MappingRow row, std::string_view shown, PatchDialect dialect = classic, ClientQuirks quirks = {}, JsonObject user = {{"displayName", "x"}}) {
  return taken_over(mapped({direct("userName", "userPrincipalName", 1), std::move(row)}, dialect, std::move(quirks)), std::move(user), shown);
}

std::string disabled(PatchDialect dialect, ClientQuirks quirks = {}, std::string flag = {}) {
  auto settings = mapped({direct("userName", "userPrincipalName", 1), formula("active", soft_delete_switch)}, dialect, std::move(quirks));
  if (!flag.empty()) settings.tenant_url = base::parse_uri("https://scim.example.test/scim/v2/?" + flag).value();
  Case played({.settings = settings, .resource = {{"active", true}}});
  played.bench.unassign(played.user);
  return played.after_cycle("PATCH");
}

std::string enabled(PatchDialect dialect) {
  auto settings = mapped({direct("userName", "userPrincipalName", 1), formula("active", soft_delete_switch)}, dialect);
  return taken_over(settings, {{"displayName", "x"}}, R"({"active": false})");
}

std::string manager_set(PatchDialect dialect, ClientQuirks quirks = {}, std::string_view shown = "{}") {
  auto settings = mapped({direct("userName", "userPrincipalName", 1), direct(std::string(enterprise) + ":manager", "manager")}, dialect, std::move(quirks));
  Case played({.settings = settings, .resource = json(shown).as_object()});
  played.add_boss();
  played.bench.tenant().set_manager(played.user, played.boss).value();
  return played.after_cycle("PATCH");
}

std::string manager_taken(PatchDialect dialect, ClientQuirks quirks = {}) {
  auto settings = mapped({direct("userName", "userPrincipalName", 1), direct(std::string(enterprise) + ":manager", "manager")}, dialect, std::move(quirks));
  Case played({.settings = settings, .resource = json(fmt::format(R"({{"{}": {{"manager": {{"value": "boss-1"}}}}}})", enterprise)).as_object()});
  played.add_boss();
  played.bench.tenant().set_manager(played.user, played.boss).value();
  played.next_cycle();
  played.bench.tenant().set_manager(played.user, std::nullopt).value();
  return played.after_cycle("PATCH");
}

std::string manager_asked() {
  auto settings = mapped({direct("userName", "userPrincipalName", 1), direct(std::string(enterprise) + ":manager", "manager")}, classic, {ClientQuirk::asks_before_references});
  Case played({.settings = settings});
  played.add_boss();
  played.bench.tenant().set_manager(played.user, played.boss).value();
  return played.after_cycle("GET", "manager");
}

/// With one role of the app, which the user has.
std::string with_role(std::string_view target, std::string_view expression, std::string_view method) {
  auto settings = mapped({direct("userName", "userPrincipalName", 1), formula(target, expression)});
  Case played({.settings = settings, .in_target = method == "PATCH", .runs = false});
  auto& app = *played.bench.tenant().applications().find(played.bench.service().settings().app_id);
  app.roles.push_back({"06b07648", "Admin", "Admin"});
  played.bench.tenant().assign(app, played.user, "06b07648").value();
  played.bench.start_job();
  played.bench.run_for(minutes{10});
  return played.last(method);
}

std::string deleted_user() {
  Case played({});
  played.bench.remove(played.user);
  played.bench.run_for(days{31});
  return played.last("DELETE");
}

std::string group_case(const std::function<void(Case&)>& change, std::string_view method, PatchDialect dialect = classic, ClientQuirks quirks = {},
                       std::size_t members_per_patch = 1, std::string_view in_target = "") {
  auto settings = Stage::with_groups();
  settings.dialect = dialect;
  settings.quirks = std::move(quirks);
  settings.members_per_patch = members_per_patch;
  Case played({.settings = settings});
  played.add_boss();
  played.add_team();
  change(played);
  return played.after_cycle(method, in_target);
}

std::string member_added(PatchDialect dialect, ClientQuirks quirks = {}) {
  return group_case([](Case& played) { played.join(played.user); }, "PATCH", dialect, std::move(quirks));
}
std::string member_removed(PatchDialect dialect) {
  return group_case([](Case& played) {
    played.join(played.user);
    played.next_cycle();
    played.leave(played.user);
  }, "PATCH", dialect);
}
std::string renamed(PatchDialect dialect, ClientQuirks quirks = {}) {
  return group_case([](Case& played) { played.bench.update(played.team, {{"displayName", "Sales and Service"}}); }, "PATCH", dialect, std::move(quirks));
}

std::string probed(std::string_view collection) {
  auto settings = Stage::with_groups();
  settings.probes = 1;
  Case played({.settings = settings});
  played.next_cycle();
  return played.after_cycle("GET", collection);
}

std::string looked_up(Settings settings) {
  Case played({.settings = std::move(settings), .user = barbara(), .in_target = false});
  return played.last("GET", "/Users?");
}

std::string group_created(std::string_view method) {
  Case played({});
  const auto before = played.bench.target().calls.size();
  played.add_team("Sales Team", false);
  played.mark = before;
  return played.last(method, "/Groups");
}

/// By name of its file.
std::map<std::string, std::function<std::string()>> cases() {
  using enum ClientQuirk;
  auto full = barbara();
  for (const auto& [name, value] : JsonObject{{"jobTitle", "Clerk"}, {"preferredLanguage", "de"}, {"officeLocation", "Building 4"}, {"streetAddress", "Invalidenstr. 1"}, {"city", "Berlin"},
                                              {"state", "BE"}, {"postalCode", "10115"}, {"country", "DE"}, {"businessPhones", base::JsonArray{"+49 30 1"}}, {"mobilePhone", "+49 170 1"},
                                              {"faxNumber", "+49 30 2"}, {"employeeId", "701984"}, {"department", "Sales"}})
    full[name] = value;
  auto without_proxies = default_user_mapping();
  std::erase_if(without_proxies.rows, [](const MappingRow& row) { return row.source == MappingSource(Direct{"proxyAddresses"}); });
  const auto default_settings = Stage::with_groups();
  auto basic = default_settings;
  basic.users = without_proxies;
  auto unquoted = default_settings;
  unquoted.quirks = {filter_unquoted};
  auto by_external_id = default_settings;
  by_external_id.quirks = {match_by_external_id};
  const auto title = direct("title", "jobTitle");
  const auto email = direct(work_email, "mail");
  const JsonObject clerk{{"displayName", "x"}, {"jobTitle", "Clerk"}};
  const JsonObject addressed{{"displayName", "x"}, {"mail", "x@y.example"}};
  const JsonObject babs{{"displayName", "x"}, {"employeeType", "Babs"}};
  const auto user_name = direct("userName", "userPrincipalName", 1);
  return {
      {"lookup_user", [=] { return looked_up(default_settings); }},
      {"lookup_by_email", [=] { return looked_up(mapped({direct(work_email, "mail", 1), direct("userName", "userPrincipalName")})); }},
      {"lookup_by_external_id", [=] { return looked_up(by_external_id); }},
      {"lookup_unquoted", [=] { return looked_up(unquoted); }},
      {"read_user", [] { Case played({}); played.bench.retitle(played.user, "Clerk"); return played.after_cycle("GET"); }},
      {"probe_user", [] { return probed("/Users"); }},
      {"probe_group", [] { return probed("/Groups"); }},
      {"create_user", [=] { return created(basic, barbara()); }},
      {"create_user_full", [=] { return created(default_settings, full); }},
      {"create_user_article", [] { return created(quiet(), {{"displayName", "Barbara Jensen"}, {"givenName", "Barbara"}, {"surname", "Jensen"}}); }},
      {"create_user_own_extension", [=] { return created(mapped({user_name, direct("urn:ietf:params:scim:schemas:extension:Name:2.0:User:tag", "employeeId")}), {{"displayName", "x"}, {"employeeId", "701984"}}); }},
      {"create_user_nulls", [=] { return created(mapped({user_name, title, direct(R"(addresses[type eq "work"].country)", "country"), direct(R"(phoneNumbers[type eq "fax"].value)", "faxNumber")}, classic, {explicit_nulls}), {{"displayName", "x"}}); }},
      {"classic_replace_several", [] { return replaced_several(classic); }},
      {"compliant_replace_several", [] { return replaced_several(compliant); }},
      {"classic_multi_valued", [=] { return taken_over(mapped({user_name, email, direct("name.familyName", "surname")}), {{"displayName", "x"}, {"mail", "updatedEmail@example.com"}, {"surname", "updatedFamilyName"}}, R"({"emails": [{"type": "work", "value": "a"}], "name": {"familyName": "b"}})"); }},
      {"classic_add", [=] { return one_change(direct("nickName", "employeeType"), "{}", classic, {}, babs); }},
      {"compliant_add", [=] { return one_change(direct("nickName", "employeeType"), "{}", compliant, {}, babs); }},
      {"compliant_add_without_path", [=] { return taken_over(mapped({user_name, direct("name.givenName", "givenName"), title}, compliant, {additions_without_path}), {{"displayName", "x"}, {"givenName", "A"}, {"jobTitle", "T"}}, "{}"); }},
      {"classic_user_name", [] {
         Case played({.settings = mapped({direct("userName", "userPrincipalName", 1)})});
         played.bench.update(played.user, {{"userPrincipalName", "5b50642d@example.test"}});
         return played.after_cycle("PATCH");
       }},
      {"classic_missing_element", [=] { return one_change(email, R"({"emails": [{"type": "home", "value": "h"}]})", classic, {}, addressed); }},
      {"compliant_missing_element", [=] { return one_change(email, "{}", compliant, {}, addressed); }},
      {"classic_primary_first", [=] { return one_change(email, "{}", classic, {primary_first_as_text}, addressed); }},
      {"classic_values_in_arrays", [=] { return one_change(title, R"({"title": "a"})", classic, {values_in_arrays}, clerk); }},
      {"classic_extension_with_dot", [] { return one_change(direct(employee_number, "employeeId"), fmt::format(R"({{"{}": {{"employeeNumber": "a"}}}})", enterprise), classic, {extension_with_dot}, {{"displayName", "x"}, {"employeeId", "7"}}); }},
      {"classic_disable", [] { return disabled(classic); }},
      {"classic_enable", [] { return enabled(classic); }},
      {"compliant_disable", [] { return disabled(classic, {}, "aadOptscim062020"); }},
      {"compliant_enable", [] { return enabled(compliant); }},
      {"classic_disable_as_boolean", [] { return disabled(classic, {disable_as_boolean}); }},
      {"patch_2017", [] { return disabled(compliant, {}, "AzureAdScimPatch2017"); }},
      {"classic_manager_add", [] { return manager_set(classic); }},
      {"classic_manager_replace", [] { return manager_set(classic, {}, fmt::format(R"({{"{}": {{"manager": {{"value": "boss-0"}}}}}})", enterprise)); }},
      {"classic_manager_remove", [] { return manager_taken(classic); }},
      {"compliant_manager_add", [] { return manager_set(compliant); }},
      {"compliant_manager_remove", [] { return manager_taken(compliant); }},
      {"manager_as_object", [] { return manager_set(classic, {manager_as_object}); }},
      {"manager_as_object_remove", [] { return manager_taken(classic, {manager_as_object}); }},
      {"manager_as_array", [] { return manager_set(classic, {manager_as_array}); }},
      {"asks_for_manager", [] { return manager_asked(); }},
      {"create_single_role", [] { return with_role(R"(roles[primary eq "True"].value)", "SingleAppRoleAssignment([appRoleAssignments])", "POST"); }},
      {"create_complex_roles", [] { return with_role("roles", "AppRoleAssignmentsComplex([appRoleAssignments])", "POST"); }},
      {"classic_single_role", [] { return with_role(R"(roles[primary eq "True"].value)", "SingleAppRoleAssignment([appRoleAssignments])", "PATCH"); }},
      {"classic_complex_roles", [] { return with_role("roles", "AppRoleAssignmentsComplex([appRoleAssignments])", "PATCH"); }},
      {"classic_assertive_roles", [] { return with_role("roles", "AssertiveAppRoleAssignmentsComplex([appRoleAssignments])", "PATCH"); }},
      {"delete_user", [] { return deleted_user(); }},
      {"delete_group", [] { return group_case([](Case& played) { played.bench.remove(played.team); }, "DELETE"); }},
      {"lookup_group", [] { return group_created("GET"); }},
      {"read_group", [] { return group_case([](Case& played) { played.join(played.user); }, "GET", classic, {}, 1, "/Groups/"); }},
      {"create_group", [] { return group_created("POST"); }},
      {"classic_add_member", [] { return member_added(classic); }},
      {"compliant_add_member", [] { return member_added(compliant); }},
      {"classic_add_two_members", [] { return group_case([](Case& played) { played.join(played.user); played.join(played.boss); }, "PATCH", classic, {}, 10); }},
      {"members_replaced", [] { return member_added(classic, {members_replaced}); }},
      {"classic_remove_member", [] { return member_removed(classic); }},
      {"compliant_remove_member", [] { return member_removed(compliant); }},
      {"classic_rename_group", [] { return renamed(classic); }},
      {"compliant_rename_group", [] { return renamed(compliant); }},
      {"rename_group_without_path", [] { return renamed(classic, {group_rename_without_path}); }},
      {"asks_for_member", [] { return group_case([](Case& played) { played.join(played.user); }, "GET", classic, {asks_before_references}, 1, "members+eq"); }},
  };
}

// [Entra provisioning-clients 2.1-01] [Entra provisioning-clients 2.1-03] [Entra provisioning-clients 2.1-08] [Entra provisioning-clients 2.1-16]
// [Entra provisioning-clients 2.1-18] [Entra provisioning-clients 2.1-20] [Entra provisioning-clients 2.1-21] [Entra provisioning-clients 2.2-02]
// [Entra provisioning-clients 2.2-03] [Entra provisioning-clients 2.2-04] [Entra provisioning-clients 2.5-04] [Entra provisioning-clients 2.5-05]
// [Entra provisioning-clients 2.5-07] [Entra provisioning-clients 2.5-08] [Entra provisioning-clients 2.6-01] [Entra provisioning-clients 2.6-02]
// [Entra provisioning-clients 2.6-03] [Entra provisioning-clients 2.6-07] [Entra provisioning-clients 2.7-01] [Entra provisioning-clients 2.7-02]
// [Entra provisioning-clients 2.7-03] [Entra provisioning-clients 2.7-04] [Entra provisioning-clients 2.7-05] [Entra provisioning-clients 2.7-06]
// [Entra provisioning-clients 2.7-07] [Entra provisioning-clients 2.7-08] [Entra provisioning-clients 2.7-09] [Entra provisioning-clients 2.7-10]
// [Entra provisioning-clients 2.7-11] [Entra provisioning-clients 2.7-13] [Entra provisioning-clients 2.7-14] [Entra provisioning-clients 2.7-15]
// [Entra provisioning-clients 2.7-16] [Entra provisioning-clients 2.8-01] [Entra provisioning-clients 2.8-02] [Entra provisioning-clients 2.8-03]
// [Entra provisioning-clients 2.8-04] [Entra provisioning-clients 2.8-05] [Entra provisioning-clients 2.8-06] [Entra provisioning-clients 2.8-07]
// [Entra provisioning-clients 2.9-02] [Entra provisioning-clients 2.9-05] [Entra provisioning-clients 2.9-09] [Entra provisioning-clients 2.9-10]
// [Entra provisioning-clients 2.10-01] [Entra provisioning-clients 2.10-02] [Entra provisioning-clients 2.10-03] [Entra provisioning-clients 2.10-04]
// [Entra provisioning-clients 2.10-05] [Entra provisioning-clients 2.10-06] [Entra provisioning-clients 2.10-07] [Graph X2] [Graph X8]
TEST(Golden, each_documented_request_appears_byte_for_byte) {
  goldens.expect_equal(cases());
}

TEST(Golden, every_file_has_a_case_and_every_case_a_file) {
  goldens.expect_complete(cases());
}

}  // namespace golden_test
}  // namespace fakes::entra::provisioning
