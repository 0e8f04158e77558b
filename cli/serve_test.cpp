// The served directory as operators and provisioning clients meet it: the built program, on real sockets and files.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "cli/serve_fixture.h"
#include "live/load_client.h"

namespace cli {
namespace serve_test {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

unsigned mode_of(const std::filesystem::path& path) {
  struct stat status {};
  EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 0777U;
}

// Serving
// ----------------------------------------------------------------------------------------------------

TEST_F(Serve, an_independent_client_creates_reads_finds_changes_and_deletes) {
  auto served = serve();
  auto client = served.client();
  const auto created = client.Post("/scim/v2/Users", bearer(), user("amy.lee"), scim_json);
  ASSERT_TRUE(created);
  ASSERT_EQ(created->status, 201) << created->body;
  const auto id = Json::parse(created->body).at("id").get<std::string>();
  EXPECT_EQ(created->get_header_value("Location"), fmt::format("http://127.0.0.1:{}/scim/v2/Users/{}", served.port(), id));
  const auto path = "/scim/v2/Users/" + id;
  EXPECT_EQ(Json::parse(client.Get(path, bearer())->body).at("userName"), "amy.lee");

  const auto found = client.Get("/scim/v2/Users?filter=userName%20eq%20%22AMY.LEE%22", bearer());
  EXPECT_EQ(Json::parse(found->body).at("totalResults"), 1);

  const auto patched = client.Patch(path, bearer(), R"({"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      "Operations": [{"op": "replace", "path": "active", "value": false}]})", scim_json);
  ASSERT_EQ(patched->status, 200) << patched->body;
  EXPECT_EQ(Json::parse(client.Get(path, bearer())->body).at("active"), false);

  EXPECT_EQ(client.Delete(path, bearer())->status, 204);
  EXPECT_EQ(client.Get(path, bearer())->status, 404);
}

TEST_F(Serve, the_key_is_taken_in_both_headers_and_no_other_key_is) {
  auto served = serve();
  auto client = served.client();
  EXPECT_EQ(client.Get("/scim/v2/Users", bearer())->status, 200);
  EXPECT_EQ(client.Get("/scim/v2/Users", {{"x-api-key", key()}})->status, 200);
  EXPECT_EQ(client.Get("/api/systemusers", {{"x-api-key", key()}})->status, 200);
  EXPECT_EQ(client.Get("/scim/v2/Users")->status, 401);
  EXPECT_EQ(client.Get("/scim/v2/Users", {{"Authorization", "Bearer " + key() + "x"}})->status, 401);
}

// [rule R44]
TEST_F(Serve, the_key_belongs_to_the_integration_named) {
  auto served = serve({"--integration", "entra"});
  EXPECT_THAT(served.ready_line(), HasSubstr("(integration entra)"));
  auto client = served.client();
  const auto refused = client.Post("/scim/v2/Users", bearer(), user("amy@example.test"), scim_json);
  EXPECT_EQ(refused->status, 400);
  EXPECT_EQ(Json::parse(refused->body).at("scimType"), "invalidValue");
}

TEST_F(Serve, tls_is_spoken_to_clients_that_trust_its_authority) {
  auto served = serve({"--tls", "--host", "directory.example.test"});
  EXPECT_THAT(served.ready_line(), HasSubstr("directory at https://127.0.0.1:"));
  httplib::SSLClient client("127.0.0.1", served.port());
  client.set_ca_cert_path((folder() / "data/tls/ca.pem").c_str());
  const auto created = client.Post("/scim/v2/Users", bearer(), user("amy.lee"), scim_json);
  ASSERT_TRUE(created) << httplib::to_string(created.error());
  EXPECT_EQ(created->status, 201);
  EXPECT_THAT(created->get_header_value("Location"), StartsWith("https://127.0.0.1:"));
  httplib::SSLClient wary("127.0.0.1", served.port());
  EXPECT_FALSE(wary.Get("/scim/v2/Users", bearer()));
}

// [rule R11]
TEST_F(Serve, mail_becomes_a_file_whose_link_sets_a_password) {
  auto served = serve();
  auto client = served.client();
  ASSERT_EQ(client.Post("/scim/v2/Users", bearer(), user("amy.lee"), scim_json)->status, 201);
  const auto ended = served.terminate();
  ASSERT_EQ(ended.exit_code, 0) << ended.err;
  const std::filesystem::directory_iterator mails(folder() / "data/mail");
  ASSERT_NE(mails, std::filesystem::directory_iterator{});
  const auto mail = Json::parse(read("data/mail/" + mails->path().filename().string()));
  EXPECT_EQ(mail.at("to"), "amy.lee@example.test");
  const auto text = mail.at("text").get<std::string>();
  const auto token = text.substr(text.find("token=") + 6, 64);
  auto again = serve();
  const auto set = again.client().Post("/portal/activate",
                                       Json{{"token", token}, {"password", "correct horse battery"}}.dump(), "application/json");
  EXPECT_EQ(set->status, 204) << set->body;
}

// Starting
// ----------------------------------------------------------------------------------------------------

TEST_F(Serve, makes_its_folder_and_a_key_for_its_owner_alone) {
  auto served = serve();
  EXPECT_EQ(mode_of(folder() / "data"), 0700U);
  EXPECT_EQ(mode_of(folder() / "key"), 0600U);
  EXPECT_EQ(mode_of(folder() / "data/connect.key"), 0600U);
  EXPECT_EQ(key().size(), 64U);
  const auto ended = served.terminate();
  EXPECT_THAT(ended.err, AllOf(HasSubstr("a fresh key is in key\n"), HasSubstr("mail becomes files in data/mail")));
  EXPECT_THAT(ended.err, Not(HasSubstr(key())));
  EXPECT_EQ(ended.out, "");
}

TEST_F(Serve, refuses_a_key_that_is_none) {
  const std::pair<std::string, std::string> table[] = {
      {"", "is too short: 0 characters; it takes 16 or more"},
      {"  \n", "is too short: 0 characters"},
      {"fifteen-letters", "is too short: 15 characters"},
      {"sixteen letters!", "has characters that an HTTP header cannot carry"},
      {"sixteen-letters-\xC3\xA9", "has characters that an HTTP header cannot carry"},
      {std::string(600, 'x'), "is longer than"},
  };
  for (const auto& [text, why] : table) {
    write("key", text);
    const auto ended = call(arguments());
    EXPECT_EQ(ended.exit_code, 64) << text;
    EXPECT_THAT(ended.err, AllOf(StartsWith("lockstep: "), HasSubstr(why))) << text;
    EXPECT_FALSE(std::filesystem::exists(folder() / "data")) << "nothing is begun";
  }
}

TEST_F(Serve, takes_a_key_of_its_operator_and_warns_where_others_can_read_it) {
  write("key", "sixteen-letters!\n");
  std::filesystem::permissions(folder() / "key", std::filesystem::perms(0644));
  auto served = serve();
  EXPECT_EQ(served.client().Get("/scim/v2/Users", {{"Authorization", "Bearer sixteen-letters!"}})->status, 200);
  EXPECT_THAT(served.terminate().err, HasSubstr("warning: others can read key"));
}

TEST_F(Serve, refuses_bad_usage) {
  const std::pair<std::vector<std::string>, std::string> table[] = {
      {{"--integration", "ldap"}, "--integration"},
      {{"--port", "70000"}, "--port"},
      {{"--listen", "localhost"}, "--listen: 'localhost' is not an address"},
      {{"--public-url", "ftp://x"}, "--public-url"},
      {{"--mail-relay", "x"}, "--mail-relay"},
      {{"--host", "x"}, "--host names the server in its certificate, and needs --tls"},
  };
  for (const auto& [more, why] : table) {
    const auto ended = call(arguments(more));
    EXPECT_EQ(ended.exit_code, 64) << more.front();
    EXPECT_THAT(ended.err, HasSubstr(why));
    EXPECT_FALSE(std::filesystem::exists(folder() / "data"));
  }
  EXPECT_EQ(call({"serve", "directory", "--data", "d"}).exit_code, 64) << "without a key";
  EXPECT_EQ(call({"serve", "directory", "--key-file", "k"}).exit_code, 64) << "without data";
  EXPECT_EQ(call({"serve", "graph", "--data", "d", "--key-file", "k"}).exit_code, 64) << "the directory alone has data";
  EXPECT_EQ(call({"serve", "directory", "--data", "d", "--key-file", "k", "--clock", "real"}).exit_code, 64) << "its time is real";
  EXPECT_EQ(call({"serve", "nobody"}).exit_code, 64);
}

TEST_F(Serve, says_what_it_needs_and_cannot_have) {
  auto served = serve();
  const auto locked = call(arguments());
  EXPECT_EQ(locked.exit_code, 69);
  EXPECT_THAT(locked.err, StartsWith("lockstep: data is in use by process "));

  const auto port_in_use = call({"serve", "directory", "--port", std::to_string(served.port()), "--data", "other",
                                 "--key-file", "key"});
  EXPECT_EQ(port_in_use.exit_code, 69);
  EXPECT_THAT(port_in_use.err, HasSubstr(fmt::format("cannot listen on 127.0.0.1 port {}: another program listens there; "
                                                     "choose another --port\n", served.port())));

  write("file", "");
  const auto no_folder = call({"serve", "directory", "--port", "0", "--data", "file", "--key-file", "key"});
  EXPECT_EQ(no_folder.exit_code, 69);
  EXPECT_EQ(no_folder.err, "lockstep: file cannot be created: Not a directory\n");

  write("damaged/directory.db", std::string(8192, 'x'));
  const auto damaged = call({"serve", "directory", "--port", "0", "--data", "damaged", "--key-file", "key"});
  EXPECT_EQ(damaged.exit_code, 69);
  EXPECT_THAT(damaged.err, HasSubstr("the data in damaged cannot be used: "));
}

TEST_F(Serve, warns_of_what_is_for_trials) {
  const auto ended = serve({"--seed", "7", "--listen", "0.0.0.0"}).terminate();
  EXPECT_THAT(ended.err, AllOf(HasSubstr("warning: with --seed"), HasSubstr("warning: 0.0.0.0 is reached from other machines, "
                                                                             "and without --tls")));
}

TEST_F(Serve, a_seed_repeats_ids_but_never_those_of_the_last_start) {
  // Of the first id: what is before tells the time.
  const auto drawn_digits = [&](const std::string& data) {
    auto served = Served(std::make_unique<Child>(
        LOCKSTEP_PROGRAM,
        std::vector<std::string>{"serve", "directory", "--port", "0", "--data", data, "--key-file", "key", "--seed", "7"},
        folder()));
    const auto created = served.client().Post("/scim/v2/Users", bearer(), user(fmt::format("u{}", served.port())), scim_json);
    EXPECT_EQ(created->status, 201) << created->body;
    return Json::parse(created->body).at("id").get<std::string>().substr(14);
  };
  write("key", "sixteen-letters!\n");
  const auto drawn = drawn_digits("one");
  EXPECT_EQ(drawn_digits("two"), drawn);
  EXPECT_NE(drawn_digits("one"), drawn);
}

TEST_F(Serve, access_lines_come_when_asked_for_and_hold_no_secret) {
  auto served = serve({"--verbose"});
  served.client().Get("/scim/v2/Users?filter=userName%20eq%20%22secret%22", bearer());
  const auto ended = served.terminate();
  EXPECT_THAT(ended.err, HasSubstr(" 127.0.0.1 GET /scim/v2/Users 200 "));
  EXPECT_THAT(ended.err, AllOf(Not(HasSubstr("secret")), Not(HasSubstr(key()))));
  auto quiet = serve();
  quiet.client().Get("/scim/v2/Users", bearer());
  EXPECT_THAT(quiet.terminate().err, Not(HasSubstr("GET")));
}

// Ending
// ----------------------------------------------------------------------------------------------------

TEST_F(Serve, ends_cleanly_and_has_everything_when_it_starts_again) {
  for (const bool by_interrupt : {false, true}) {
    auto served = serve();
    const auto name = by_interrupt ? "amy.lee" : "bob.ray";
    ASSERT_EQ(served.client().Post("/scim/v2/Users", bearer(), user(name), scim_json)->status, 201);
    if (by_interrupt) {
      served.child().interrupt();
    } else {
      served.child().terminate();
    }
    const auto ended = served.child().wait();
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_FALSE(std::filesystem::exists(folder() / "data/directory.db-wal")) << "the log is folded into the database";
  }
  auto served = serve();
  EXPECT_EQ(Json::parse(served.client().Get("/scim/v2/Users", bearer())->body).at("totalResults"), 2);
}

TEST_F(Serve, an_idle_connection_and_a_long_poll_do_not_hold_up_its_end) {
  auto served = serve();
  auto idle = served.client();
  idle.set_keep_alive(true);
  idle.Get("/scim/v2/Users", bearer());
  const auto registered = served.client().Post(
      "/agent/v1/register",
      {{"x-connect-key", read("data/connect.key").substr(0, 64)}},
      R"({"hostname": "mac", "os": "macos", "sealing_key": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="})", "application/json");
  ASSERT_EQ(registered->status, 201) << registered->body;
  const auto agent_key = Json::parse(registered->body).at("agent_key").get<std::string>();
  const auto state = served.client().Get("/agent/v1/state", {{"x-system-key", agent_key}});
  const auto revision = Json::parse(state->body).at("revision").get<int>();
  bool terminated = false;
  int polled = 0;
  live::Load load;
  load.port = served.port();
  load.connections = 2;
  load.next = [&, sent = 0]() mutable -> std::optional<base::HttpRequest> {
    if (sent++ == 2 || terminated) return std::nullopt;
    base::HttpRequest request("GET", sent == 1 ? fmt::format("/agent/v1/state?revision={}&wait=300", revision) : "/scim/v2/Users");
    request.headers.add("x-system-key", agent_key);
    request.headers.add("Authorization", "Bearer " + key());
    return request;
  };
  load.on_answer = [&](const base::HttpRequest& request, const base::HttpResponse& response) {
    if (request.target == "/scim/v2/Users") {
      served.child().terminate();  // the poll, which came before, waits by now
      terminated = true;
    } else {
      polled = response.status;
    }
  };
  live::run_load(load);
  const auto ended = served.child().wait();
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  EXPECT_EQ(polled, 204);
  EXPECT_LT(ended.took, std::chrono::seconds{4}) << "nothing was waited for";
}

// Data at rest
// ----------------------------------------------------------------------------------------------------

TEST_F(Serve, data_is_checked_and_backed_up_while_nobody_serves_it) {
  auto served = serve();
  ASSERT_EQ(served.client().Post("/scim/v2/Users", bearer(), user("amy.lee"), scim_json)->status, 201);
  for (const auto& command : {std::vector<std::string>{"directory", "check", "--data", "data"},
                              {"directory", "backup", "--data", "data", "--to", "copy.db"}}) {
    const auto ended = call(command);
    EXPECT_EQ(ended.exit_code, 69);
    EXPECT_THAT(ended.err, HasSubstr("data is in use by process "));
  }
  served.terminate();
  const auto checked = call({"directory", "check", "--data", "data"});
  EXPECT_EQ(checked.exit_code, 0) << checked.err;
  EXPECT_EQ(checked.out, "data: sound\n");
  const auto copied = call({"directory", "backup", "--data", "data", "--to", "copy.db"});
  EXPECT_EQ(copied.exit_code, 0) << copied.err;
  EXPECT_THAT(copied.out, AllOf(StartsWith("copy.db: "), HasSubstr("every page verified")));
  EXPECT_EQ(mode_of(folder() / "copy.db"), 0600U);
  EXPECT_FALSE(std::filesystem::exists(folder() / "copy.db.partial"));
  const auto again = call({"directory", "backup", "--data", "data", "--to", "copy.db"});
  EXPECT_EQ(again.exit_code, 64);
  EXPECT_EQ(again.err, "lockstep: copy.db is there already\n");

  write("restored/directory.db", read("copy.db"));
  auto restored = Served(std::make_unique<Child>(
      LOCKSTEP_PROGRAM,
      std::vector<std::string>{"serve", "directory", "--port", "0", "--data", "restored", "--key-file", "key"}, folder()));
  EXPECT_EQ(Json::parse(restored.client().Get("/scim/v2/Users", bearer())->body).at("totalResults"), 1);
}

TEST_F(Serve, damage_is_found_and_no_data_is_told_from_it) {
  const auto none = call({"directory", "check", "--data", "nowhere"});
  EXPECT_EQ(none.exit_code, 69);
  EXPECT_EQ(none.err, "lockstep: there is no directory's database in nowhere\n");
  EXPECT_FALSE(std::filesystem::exists(folder() / "nowhere"));
  auto served = serve();
  ASSERT_EQ(served.client().Post("/scim/v2/Users", bearer(), user("amy.lee"), scim_json)->status, 201);
  served.terminate();
  auto bytes = read("data/directory.db");
  const auto name = bytes.find("amy.lee");
  ASSERT_NE(name, std::string::npos);
  bytes[name] = 'b';
  write("data/directory.db", bytes);
  const auto ended = call({"directory", "check", "--data", "data"});
  EXPECT_NE(ended.exit_code, 0);
  EXPECT_THAT(ended.out, Not(HasSubstr("sound")));
}

}  // namespace serve_test
}  // namespace cli
