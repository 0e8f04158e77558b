// The conform command against what stands at the other end of a URL: a directory that works, and everything that a URL can
// lead to instead. Whatever it is, the first finding names it, the rest waits for that, and it takes no longer than promised.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/sanitized.h"
#include "cli/serve_fixture.h"
#include "live/outside_fixture.h"

namespace cli {
namespace conform_test {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using Json = nlohmann::json;
using Reply = live::RawServer::Reply;

/// Programs take so much longer under sanitizers, most of it to read the suites.
constexpr int slower = base::sanitized ? 6 : 1;

class Conform : public Serve {
 protected:
  void SetUp() override {
    write("token", "a-token-of-the-test");
    write("none.yaml", "lockstep_config: 1\ntimeout: 2s\n");
  }

  /// Plays a suite in a child while this process answers.
  Ended judge(const std::string& url, std::vector<std::string> more = {}) {
    std::vector<std::string> all{"conform", "scim", "--target", url, "--token-file", "token", "--report", "report"};
    all.insert(all.end(), more.begin(), more.end());
    Child child(LOCKSTEP_PROGRAM, all, folder());
    return child.wait([this] { context_.run_for(std::chrono::milliseconds{5}); });
  }
  Ended judge(const live::RawServer& server, std::vector<std::string> more = {}) {
    return judge("http://" + server.host() + "/scim", std::move(more));
  }

  /// One finding with this cause, on a case that stands for the target; all others are blocked by it.
  void expect_only_cause(const Ended& ended, const std::string& cause, base::Duration longest = std::chrono::seconds{30}) const {
    EXPECT_EQ(ended.exit_code, 1) << ended.err;
    EXPECT_LT(ended.took, longest * slower);
    const auto report = Json::parse(read("report/report.json"), nullptr, false);
    ASSERT_TRUE(report.is_object()) << ended.err;
    const auto& cases = report.at("cases");
    ASSERT_GT(cases.size(), 200U);
    EXPECT_EQ(cases[0].at("verdict"), "violates");
    EXPECT_THAT(cases[0].at("summary").get<std::string>(), HasSubstr(cause));
    for (std::size_t i = 1; i < cases.size(); ++i) {
      EXPECT_EQ(cases[i].at("verdict"), "blocked") << cases[i].at("id");
      EXPECT_EQ(cases[i].at("blocked_by"), "target/reach");
    }
    EXPECT_THAT(ended.out + read("report/report.json"), Not(HasSubstr("a-token-of-the-test")));
  }

  /// What a server that says this leads to.
  void expect_of(const std::string& bytes, bool closes, const std::string& cause) {
    const live::RawServer server(context_, [&](std::size_t, std::size_t) { return Reply{bytes, closes}; });
    expect_only_cause(judge(server, {"--config", "none.yaml"}), cause);
  }

  boost::asio::io_context context_;
};

std::string answer(std::string_view status, std::string_view type, std::string_view body) {
  return fmt::format("HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n{}", status, type, body.size(), body);
}

TEST_F(Conform, a_refused_connection_is_told_at_once) {
  std::string host;
  { host = live::RawServer(context_, [](std::size_t, std::size_t) { return Reply{}; }).host(); }
  expect_only_cause(judge("http://" + host + "/scim"), "refused", std::chrono::seconds{10});
}

TEST_F(Conform, one_that_never_answers_is_given_up) { expect_of("", false, "no answer within 2s"); }
TEST_F(Conform, one_that_hangs_up_is_named) { expect_of("", true, "closed"); }
TEST_F(Conform, one_that_hangs_up_within_its_answer_is_named) {
  expect_of("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"Resour", true, "cannot be reached");
}
TEST_F(Conform, noise_is_no_http) { expect_of("\x16\x03\x01 SSH-2.0 \xFF\xFE\r\n\r\n", true, "not HTTP"); }
TEST_F(Conform, a_page_is_no_scim) { expect_of(answer("200 OK", "text/html", "<h1>Welcome</h1>"), false, "text/html that is no JSON"); }
TEST_F(Conform, another_api_is_no_scim) {
  expect_of(answer("404 Not Found", "application/json", R"({"message": "no route"})"), false, "404 and JSON that is no SCIM message");
}
TEST_F(Conform, json_nested_too_deeply_is_no_json) {
  expect_of(answer("200 OK", "application/scim+json", std::string(200'000, '[')), false, "that is no JSON");
}
TEST_F(Conform, a_redirect_is_not_followed_but_told) {
  expect_of("HTTP/1.1 302 Found\r\nLocation: https://login.example.test/\r\nContent-Length: 0\r\n\r\n", false,
            "https://login.example.test/");
}
TEST_F(Conform, a_refused_token_is_one_finding) {
  expect_of("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer\r\nContent-Length: 0\r\n\r\n", false, "refuses the credentials");
}
TEST_F(Conform, an_answer_without_end_is_cut_off) {
  expect_of("HTTP/1.1 200 OK\r\nContent-Type: application/scim+json\r\n\r\n" + std::string(20U << 20U, ' '), true, "larger than 16 MiB");
}

TEST_F(Conform, an_unknown_authority_is_named_and_may_be_told) {
  const auto files = live::ensure_certificates((folder() / "tls").string(), live::local_names);
  ASSERT_TRUE(files.has_value()) << files.error().message;
  const auto tls = live::TlsServer::load(*files);
  ASSERT_TRUE(tls.has_value()) << tls.error().message;
  std::unique_ptr<live::HttpHost> host;
  host = std::make_unique<live::HttpHost>(context_, live::HttpHostOptions{.tls = tls->get()}, [&](auto id, const base::HttpRequest&) {
    host->respond(id, base::HttpResponse(200, "text/html", "<h1>Inside</h1>"));
  });
  const auto url = fmt::format("https://localhost:{}/scim", host->port());
  expect_only_cause(judge(url), "unknown authority");
  write("trusting.yaml", fmt::format("lockstep_config: 1\ntls: {{ca_file: {}}}\n", files->authority));
  expect_only_cause(judge(url, {"--config", "trusting.yaml"}), "does not speak SCIM");
  write("reckless.yaml", "lockstep_config: 1\ntls: {insecure: true}\n");
  expect_only_cause(judge(url, {"--config", "reckless.yaml"}), "does not speak SCIM");
}

TEST_F(Conform, tls_where_there_is_none_is_named) {
  const live::RawServer server(context_, [](std::size_t, std::size_t) { return live::fine_reply(); });
  expect_only_cause(judge("https://" + server.host() + "/scim"), "TLS");
}

std::string scim_of(const Served& served) { return fmt::format("http://127.0.0.1:{}/scim/v2", served.port()); }

/// How many users and groups a directory has whose names begin as a run's do.
std::size_t left_of_runs(httplib::Client& client, const httplib::Headers& bearer) {
  std::size_t all = 0;
  for (const auto* place : {"/scim/v2/Users?filter=userName%20sw%20%22lockstep-%22&count=0",
                            "/scim/v2/Groups?filter=displayName%20sw%20%22lockstep-%22&count=0"}) {
    const auto result = client.Get(place, bearer);
    if (result && result->status == 200) all += Json::parse(result->body).at("totalResults").get<std::size_t>();
  }
  return all;
}

TEST_F(Conform, a_served_directory_conforms_and_two_runs_agree) {
  const auto served = serve();
  write("token", key());
  std::vector<std::string> chosen;
  if (base::sanitized) {  // the whole suite takes a minute and a half there
    chosen = {"--only", "scim/discovery", "--only", "scim/create", "--only", "scim/patch", "--only", "scim/concurrency"};
  }
  std::vector<Json> verdicts;
  for (int i = 0; i < 2; ++i) {
    const auto ended = judge(scim_of(served), chosen);
    EXPECT_EQ(ended.exit_code, 0) << ended.out;
    Json all;
    const auto report = Json::parse(read("report/report.json"));
    for (const auto& one : report.at("cases")) all[one.at("id").get<std::string>()] = one.at("verdict");
    verdicts.push_back(std::move(all));
  }
  EXPECT_EQ(verdicts[0], verdicts[1]);
  auto client = served.client();
  EXPECT_EQ(left_of_runs(client, bearer()), 0U);
}

TEST_F(Conform, a_token_is_fetched_where_oauth_is_configured) {
  const auto served = serve();
  const auto granted = Json{{"access_token", key()}, {"token_type", "Bearer"}, {"expires_in", 3600}}.dump();
  const live::RawServer tokens(context_, [&](std::size_t, std::size_t) { return Reply{answer("200 OK", "application/json", granted), false}; });
  write("secret", "of the client");
  write("oauth.yaml", fmt::format("lockstep_config: 1\ntarget: {}\nauth:\n  oauth: {{token_url: \"http://{}/token\", client_id: bench, "
                                  "client_secret_file: secret}}\n",
                                  scim_of(served), tokens.host()));
  Child child(LOCKSTEP_PROGRAM, {"conform", "scim", "--config", "oauth.yaml", "--only", "scim/create", "--report", "report"}, folder());
  const auto ended = child.wait([this] { context_.run_for(std::chrono::milliseconds{5}); });
  EXPECT_EQ(ended.exit_code, 0) << ended.out << ended.err;
  EXPECT_THAT(tokens.methods(), AllOf(Not(IsEmpty()), Each("POST")));
  EXPECT_THAT(read("report/report.json") + read("report/transcript.har"), Not(HasSubstr(key())));
}

TEST_F(Conform, a_token_that_cannot_be_had_is_no_finding) {
  const live::RawServer tokens(context_, [](std::size_t, std::size_t) {
    return Reply{answer("400 Bad Request", "application/json", R"({"error": "invalid_client"})"), false};
  });
  write("secret", "of the client");
  write("oauth.yaml", fmt::format("lockstep_config: 1\ntarget: http://127.0.0.1:1/scim\nauth:\n  oauth: {{token_url: \"http://{}/token\", "
                                  "client_id: bench, client_secret_file: secret}}\n",
                                  tokens.host()));
  Child child(LOCKSTEP_PROGRAM, {"conform", "scim", "--config", "oauth.yaml"}, folder());
  const auto ended = child.wait([this] { context_.run_for(std::chrono::milliseconds{5}); });
  EXPECT_EQ(ended.exit_code, 64);
  EXPECT_THAT(ended.err, AllOf(HasSubstr("/token"), HasSubstr("invalid_client")));
}

TEST_F(Conform, a_configuration_may_name_what_comes_with_the_program) {
  write("fake.yaml", "lockstep_config: 1\ntarget: fake\nknown: [{case: P-3.3-7, reason: \"planted\"}]\n");
  const auto known = call({"conform", "scim", "--config", "fake.yaml", "--quirk", "duplicate_accepted", "--report", "report"});
  EXPECT_EQ(known.exit_code, 0) << known.out;
  EXPECT_EQ(call({"conform", "scim", "--config", "fake.yaml", "--report", "report"}).exit_code, 1) << "it no longer happens";
}

TEST_F(Conform, the_report_of_the_run_before_becomes_history) {
  std::filesystem::create_directories(folder() / "report/history");
  for (int year = 1980; year < 2001; ++year) write(fmt::format("report/history/{}-01-01T00-00-00.000Z.json", year), "{}");
  write("report/history/notes.json", "mine");
  const std::vector<std::string> words{"conform", "scim", "--target", "fake", "--only", "scim/create", "--report", "report"};
  const auto first = call(words);
  EXPECT_THAT(first.out, HasSubstr("report: report/index.html"));
  EXPECT_THAT(read("report/index.html"), Not(HasSubstr("Earlier runs")));
  const auto kept = read("report/report.json");
  const auto second = call(words);
  EXPECT_EQ(second.exit_code, first.exit_code) << second.err;
  EXPECT_THAT(read("report/index.html"), HasSubstr("Earlier runs"));
  EXPECT_EQ(read("report/history/notes.json"), "mine") << "not a report of ours";
  EXPECT_FALSE(std::filesystem::exists(folder() / "report/history/1981-01-01T00-00-00.000Z.json")) << "20 are kept";
  EXPECT_TRUE(std::filesystem::exists(folder() / "report/history/1982-01-01T00-00-00.000Z.json"));
  auto name = Json::parse(kept).at("started").get<std::string>();
  std::ranges::replace(name, ':', '-');
  EXPECT_EQ(read("report/history/" + name + ".json"), kept);
}

TEST_F(Conform, interrupted_it_removes_what_it_made_and_reports_what_it_has) {
  const auto served = serve();
  write("token", key());
  auto client = served.client();
  Child child(LOCKSTEP_PROGRAM,
              {"conform", "scim", "--target", scim_of(served), "--token-file", "token", "--rate", "40", "--report", "report"}, folder());
  while (left_of_runs(client, bearer()) == 0 && child.runs()) {
  }
  child.interrupt();
  const auto ended = child.wait();
  EXPECT_EQ(ended.exit_code, 130) << ended.err;
  EXPECT_EQ(left_of_runs(client, bearer()), 0U);
  const auto report = Json::parse(read("report/report.json"));
  EXPECT_LT(report.at("cases").size(), 200U);
  EXPECT_THAT(report.at("left_behind"), IsEmpty());
}

}  // namespace conform_test
}  // namespace cli
