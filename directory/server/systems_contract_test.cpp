// Systems as an administrator sees, changes, commands and deletes them, and what their agents notice of it.
#include "directory/server/device_fixture.h"

namespace directory {
namespace systems_contract_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::string_view full_facts = R"({"facts": {
    "version": "10.0.22631", "osVersionDetail": {"osName": "Windows 11 Pro"}, "arch": "x86_64",
    "serialNumber": "S-1", "agentVersion": "2.1.0", "azureAdJoined": false,
    "domainInfo": {"domainName": "", "partOfDomain": false}, "fde": {"active": true, "keyPresent": true},
    "serviceAccountState": {"hasSecureToken": true, "passwordAPFSValid": true, "passwordODValid": false},
    "userMetrics": [{"userName": "amy", "managed": true, "admin": true, "suspended": false,
                     "secureTokenEnabled": true, "origin": "local"}]}})";

class SystemsContract : public DeviceContract {
 protected:
  base::Json system(const std::string& id) { return body_of(bench_.admin("GET", "/api/systems/" + id)); }
  base::HttpResponse put_system(const std::string& id, std::string body) {
    return bench_.admin("PUT", "/api/systems/" + id, std::move(body));
  }
  /// The hostnames that a list shows, in its order.
  std::vector<std::string> listed(const std::string& query) {
    const auto answer = bench_.admin("GET", "/api/systems?" + query);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return hostnames(answer);
  }
  std::vector<std::string> searched(std::string body) {
    const auto answer = bench_.admin("POST", "/api/search/systems", std::move(body));
    EXPECT_EQ(answer.status, 200) << answer.body;
    return hostnames(answer);
  }
  int command(const std::string& id, std::string_view kind) {
    return bench_.admin("POST", fmt::format("/api/systems/{}/command/builtin/{}", id, kind), "{}").status;
  }
  /// Kinds of the commands that wait for a device.
  std::vector<std::string> waiting(TestDevice& device) {
    std::vector<std::string> kinds;
    const auto now = state(device);
    for (const auto& entry : now.at("commands").as_array())
      kinds.push_back(base::string_or(entry, "kind", ""));
    return kinds;
  }

 private:
  static std::vector<std::string> hostnames(const base::HttpResponse& answer) {
    std::vector<std::string> names;
    const auto body = body_of(answer);
    for (const auto& entry : body.at("results").as_array())
      names.push_back(base::string_or(entry, "hostname", ""));
    return names;
  }
};

// What is shown

// [rule D123]
TEST_F(SystemsContract, a_system_is_shown_under_the_documented_names_D123) {
  const auto device = registered("laptop", 1, "windows");
  const auto shown = system(device.id);
  EXPECT_EQ(shown.at("_id"), base::Json(device.id));
  EXPECT_EQ(shown.at("hostname"), base::Json("laptop"));
  EXPECT_EQ(shown.at("displayName"), base::Json("laptop"));
  EXPECT_EQ(shown.at("os"), base::Json("Windows"));
  EXPECT_EQ(shown.at("osFamily"), base::Json("windows"));
  EXPECT_EQ(shown.at("azureAdJoined"), base::Json(false));
  EXPECT_EQ(shown.at("active"), base::Json(true));
  EXPECT_EQ(system(registered("mac", 2).id).at("osFamily"), base::Json("darwin"));
  EXPECT_EQ(bench_.admin("GET", "/api/systems/none").status, 404);
}

// [rule D123] [rule V15]
TEST_F(SystemsContract, what_the_agent_reports_is_shown_V15) {
  const auto device = registered("laptop");
  ASSERT_EQ(tell(device, std::string(full_facts)).status, 204);
  const auto shown = system(device.id);
  EXPECT_EQ(shown.at("version"), base::Json("10.0.22631"));
  EXPECT_EQ(shown.at("agentVersion"), base::Json("2.1.0"));
  EXPECT_EQ(shown.at("serialNumber"), base::Json("S-1"));
  EXPECT_EQ(shown.at("fde"), json(R"({"active": true, "keyPresent": true})"));
  EXPECT_EQ(shown.at("serviceAccountState"),
            json(R"({"hasSecureToken": true, "passwordAPFSValid": true, "passwordODValid": false})"));
  EXPECT_EQ(shown.at("userMetrics"),
            json(R"([{"userName": "amy", "managed": true, "admin": true, "suspended": false,
                                               "secureTokenEnabled": true}])"));
}

// [rule D123] [rule V15]
TEST_F(SystemsContract, a_later_report_replaces_the_one_before) {
  const auto device = registered("laptop");
  tell(device, std::string(full_facts));
  ASSERT_EQ(
      tell(
          device,
          R"({"facts": {"azureAdJoined": true, "domainInfo": {"domainName": "CORP", "partOfDomain": true}}})")
          .status,
      204);
  const auto shown = system(device.id);
  EXPECT_EQ(shown.at("azureAdJoined"), base::Json(true));
  EXPECT_EQ(shown.at("domainInfo"), json(R"({"domainName": "CORP", "partOfDomain": true})"));
  EXPECT_THAT(shown.at("userMetrics").as_array(), IsEmpty());
  EXPECT_EQ(base::member(shown, "agentVersion"), nullptr);
  ASSERT_EQ(tell(device, R"({"handoffs_done": []})").status, 204);
  EXPECT_EQ(system(device.id).at("azureAdJoined"), base::Json(true)) << "a report without facts changes none";
}

TEST_F(SystemsContract, a_report_that_cannot_be_read_changes_nothing) {
  const auto device = registered("laptop");
  tell(device, std::string(full_facts));
  const auto before = system(device.id).at("userMetrics");
  const std::string long_text(300, 'x');
  for (const auto& facts :
       {std::string("5"), std::string(R"({"version": 5})"), fmt::format(R"({{"version": "{}"}})", long_text),
        std::string(R"({"userMetrics": {}})"), std::string(R"({"userMetrics": [5]})"),
        std::string(R"({"userMetrics": [{"managed": true}]})"),
        std::string(R"({"userMetrics": [{"userName": "a", "admin": 1}]})"),
        std::string(R"({"userMetrics": [{"userName": "a", "origin": "moon"}]})"),
        std::string(R"({"fde": {"active": "yes"}})"), std::string(R"({"domainInfo": []})"),
        std::string(R"({"azureAdJoined": "no"})")}) {
    EXPECT_EQ(tell(device, fmt::format(R"({{"facts": {}, "handoffs_done": ["x"]}})", facts)).status, 400)
        << facts;
  }
  EXPECT_EQ(system(device.id).at("userMetrics"), before);
}

TEST_F(SystemsContract, a_report_is_bounded) {
  const auto device = registered("laptop");
  std::string entries;
  for (int i = 0; i < 501; ++i)
    entries += fmt::format(R"({}{{"userName": "user-{}"}})", i == 0 ? "" : ",", i);
  EXPECT_EQ(tell(device, fmt::format(R"({{"facts": {{"userMetrics": [{}]}}}})", entries)).status, 400);
  EXPECT_EQ(tell(device, fmt::format(R"({{"more": "{}"}})", std::string(256 << 10, 'x'))).status, 413);
}

// [rule D123]
TEST_F(SystemsContract, a_system_is_active_while_it_is_in_contact) {
  auto device = registered("laptop");
  state(device);
  bench_.run_for(minutes{9});
  EXPECT_EQ(system(device.id).at("active"), base::Json(true));
  bench_.run_for(minutes{2});
  EXPECT_EQ(system(device.id).at("active"), base::Json(false));
  const auto last_contact = system(device.id).at("lastContact");
  const auto poll = bench_.send("GET", state_path(device.revision, 300), fields_of(device));
  bench_.run_for(seconds{1});
  EXPECT_EQ(system(device.id).at("active"), base::Json(true)) << "it holds a poll";
  EXPECT_NE(system(device.id).at("lastContact"), last_contact);
}

// Lists

// [rule D27]
TEST_F(SystemsContract, a_list_is_paged_filtered_sorted_and_trimmed_D27) {
  for (const auto& [name, os] : {std::pair{"anvil", "windows"}, {"brick", "macos"}, {"cedar", "windows"}}) {
    registered(name, static_cast<std::uint64_t>(name[0]), os);
    bench_.run_for(seconds{1});
  }
  EXPECT_THAT(listed(""), ElementsAre("anvil", "brick", "cedar"));
  EXPECT_THAT(listed("limit=1&skip=1"), ElementsAre("brick"));
  EXPECT_THAT(listed("filter=osFamily:$eq:windows"), ElementsAre("anvil", "cedar"));
  EXPECT_THAT(listed("filter=os:eq:Mac%20OS%20X"), ElementsAre("brick"));
  EXPECT_THAT(listed("filter=osFamily:$eq:windows&filter=hostname:$ne:anvil"), ElementsAre("cedar"));
  EXPECT_THAT(listed("filter=domainInfo.partOfDomain:$eq:true"), IsEmpty());
  EXPECT_THAT(listed("filter=hostname:$in:anvil|brick&sort=-hostname"), ElementsAre("brick", "anvil"));
  EXPECT_THAT(listed("sort=-osFamily hostname&limit=2"), ElementsAre("anvil", "cedar"));
  const auto trimmed =
      body_of(bench_.admin("GET", "/api/systems?fields=hostname%20os&sort=hostname&limit=1"));
  EXPECT_EQ(trimmed.at("totalCount"), base::Json(3));
  EXPECT_THAT(trimmed.at("results").at(0).as_object(), SizeIs(3)) << "_id, hostname, os";
  EXPECT_EQ(bench_.admin("GET", "/api/systems?filter=hostname").status, 400);
  EXPECT_EQ(bench_.admin("GET", "/api/systems?filter=hostname:$like:a").status, 400);
}

// [rule D27]
TEST_F(SystemsContract, a_host_name_finds_every_system_that_has_it) {
  registered("anvil", 1, "windows");
  registered("anvil", 2, "macos");
  registered("Anvil", 3, "windows");
  registered("7", 4, "windows");
  bench_.run_for(seconds{1});
  EXPECT_THAT(listed("filter=hostname:$eq:anvil"), ElementsAre("anvil", "anvil"));
  EXPECT_THAT(listed("filter=hostname:$eq:anvil&filter=osFamily:$eq:windows"), ElementsAre("anvil"));
  EXPECT_THAT(listed("filter=hostname:$eq:anvils"), IsEmpty());
  EXPECT_THAT(listed("filter=hostname:$eq:"), IsEmpty());
  EXPECT_THAT(listed("filter=hostname:$eq:07"), ElementsAre("7")) << "numbers are compared by their value";
  EXPECT_THAT(searched(R"({"filter": {"or": ["hostname:$eq:anvil", "hostname:$eq:Anvil"]}})"), SizeIs(3));
}

// [rule D27]
TEST_F(SystemsContract, a_search_has_a_body) {
  registered("anvil", 1, "windows");
  bench_.run_for(seconds{1});
  registered("brick", 2);
  EXPECT_THAT(searched(R"({"searchFilter": {"searchTerm": "ANV", "fields": ["hostname"]}})"),
              ElementsAre("anvil"));
  EXPECT_THAT(
      searched(R"({"filter": {"or": [{"hostname": "anvil"}, "osFamily:$eq:darwin"]}, "sort": "-hostname"})"),
      ElementsAre("brick", "anvil"));
  EXPECT_THAT(searched(R"({"filter": {"and": [{"hostname": "anvil"}, {"osFamily": "darwin"}]}})"), IsEmpty());
  EXPECT_THAT(searched(R"({"limit": 1, "skip": 1})"), ElementsAre("brick"));
  EXPECT_EQ(bench_.admin("POST", "/api/search/systems", R"({"filter": []})").status, 400);
  EXPECT_EQ(bench_.admin("POST", "/api/search/systems", R"({"searchFilter": {"searchTerm": "x"}})").status,
            400);
}

// Changes

// [rule DI51]
TEST_F(SystemsContract, an_admin_changes_what_is_the_admins_and_an_event_tells_DI51) {
  const auto device = registered("laptop");
  const auto change = [&] {
    const auto answer = put_system(
        device.id, R"({"displayName": "Front desk", "allowSshRootLogin": true, "hostname": "other"})");
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(body_of(answer).at("displayName"), base::Json("Front desk"));
  };
  EXPECT_THAT(bench_.events_of(change), ElementsAre("system_update"));
  EXPECT_EQ(system(device.id).at("allowSshRootLogin"), base::Json(true));
  EXPECT_EQ(system(device.id).at("hostname"), base::Json("laptop")) << "that is the agent's to say";
  EXPECT_THAT(bench_.events_of(change), IsEmpty()) << "nothing changes the second time";
  EXPECT_EQ(put_system(device.id, R"({"displayName": 5})").status, 400);
  EXPECT_EQ(put_system(device.id, R"({"allowSshRootLogin": "yes"})").status, 400);
  EXPECT_EQ(put_system("none", "{}").status, 404);
}

// Deletion

// [rule V10] [rule D122] [rule DI51]
TEST_F(SystemsContract, deleting_a_connected_system_uninstalls_its_agent_D122) {
  auto device = registered("laptop");
  const auto user = bench_.onboard("amy.lee");
  associate("add", device, user);
  state(device);
  const auto poll = bench_.send("GET", state_path(device.revision, 300), fields_of(device));
  bench_.run_for(seconds{1});
  const auto remove = [&] { EXPECT_EQ(bench_.admin("DELETE", "/api/systems/" + device.id).status, 200); };
  EXPECT_THAT(bench_.events_of(remove), ElementsAre("system_delete"));
  bench_.run_for(seconds{1});
  EXPECT_EQ(poll->status(), 410);
  EXPECT_EQ(bench_.ask("GET", state_path(0, 0), fields_of(device)).status, 410)
      << "an answer that is lost is given again";
  EXPECT_EQ(bench_.admin("GET", "/api/systems/" + device.id).status, 404);
  EXPECT_EQ(bench_.user(user).at("state"), base::Json("ACTIVATED")) << "users stay";
  EXPECT_EQ(bench_.admin("DELETE", "/api/systems/" + device.id).status, 404);
}

// [rule D122]
TEST_F(SystemsContract, deleting_a_system_that_is_away_removes_the_record_alone_D122) {
  auto device = registered("laptop");
  EXPECT_EQ(bench_.admin("DELETE", "/api/systems/" + device.id).status, 200);
  EXPECT_EQ(bench_.ask("GET", state_path(0, 0), fields_of(device)).status, 401);
}

// Commands

// [rule D124] [rule V13]
TEST_F(SystemsContract, commands_wait_in_order_until_they_are_reported_V13) {
  auto device = registered("laptop");
  for (const auto* kind : {"lock", "restart", "shutdown", "erase"}) EXPECT_EQ(command(device.id, kind), 201);
  EXPECT_THAT(waiting(device), ElementsAre("lock", "restart", "shutdown", "erase"));
  EXPECT_THAT(waiting(device), SizeIs(4)) << "reading does not acknowledge";
  const auto first = base::string_or(state(device).at("commands").at(0), "id", "");
  for (int i = 0; i < 2; ++i)
    EXPECT_EQ(tell(device, fmt::format(R"({{"commands_done": ["{}"]}})", first)).status, 204);
  EXPECT_THAT(waiting(device), ElementsAre("restart", "shutdown", "erase"));
  bench_.restart_directory();
  EXPECT_THAT(waiting(device), ElementsAre("restart", "shutdown", "erase"));
}

// [rule D124]
TEST_F(SystemsContract, only_the_four_commands_exist_and_only_for_systems) {
  auto device = registered("laptop");
  EXPECT_EQ(command(device.id, "explode"), 404);
  EXPECT_EQ(command("none", "lock"), 404);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(command(device.id, "lock"), 201);
  EXPECT_EQ(command(device.id, "lock"), 409) << "what waits is bounded";
}

// [rule V13]
TEST_F(SystemsContract, a_command_reaches_a_connected_system_at_once) {
  auto device = registered("laptop");
  state(device);
  const auto poll = bench_.send("GET", state_path(device.revision, 300), fields_of(device));
  bench_.run_for(seconds{10});
  command(device.id, "lock");
  bench_.run_for(milliseconds{500});
  EXPECT_EQ(poll->status(), 200);
}

TEST_F(SystemsContract, no_system_acknowledges_the_commands_of_another) {
  auto device = registered("laptop");
  const auto other = registered("tablet", 2);
  command(device.id, "lock");
  const auto id = base::string_or(state(device).at("commands").at(0), "id", "");
  EXPECT_EQ(tell(other, fmt::format(R"({{"commands_done": ["{}"]}})", id)).status, 204);
  EXPECT_THAT(waiting(device), SizeIs(1));
}

// Polls that are held

// [rule V6]
TEST_F(SystemsContract, a_newer_poll_takes_the_place_of_the_older_V6) {
  auto device = registered("laptop");
  state(device);
  const auto older = bench_.send("GET", state_path(device.revision, 300), fields_of(device));
  bench_.run_for(seconds{5});
  const auto newer = bench_.send("GET", state_path(device.revision, 300), fields_of(device));
  bench_.run_for(seconds{5});
  EXPECT_EQ(older->status(), 409);
  EXPECT_FALSE(newer->result.has_value());
  command(device.id, "lock");
  bench_.run_for(seconds{1});
  EXPECT_EQ(newer->status(), 200);
}

// [rule V6]
TEST(HeldPolls, are_bounded) {
  BenchOptions options;
  options.directory.held_polls = 0;
  ServerBench bench(std::move(options));
  const auto registered =
      bench.ask("POST", "/agent/v1/register", {{"x-connect-key", bench.keys.connect_key.reveal()}},
                fmt::format(R"({{"hostname": "laptop", "os": "macos", "sealing_key": "{}"}})",
                            base::to_base64(std::string(32, 'k'))));
  const auto key = base::string_or(body_of(registered), "agent_key", "");
  EXPECT_EQ(bench.ask("GET", "/agent/v1/state?revision=0&wait=60", {{"x-system-key", key}}).status, 503);
}

}  // namespace systems_contract_test
}  // namespace directory
