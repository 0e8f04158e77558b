// `load` as a user calls it: against the served directory, and against providers that fail in one way each.
#include <gmock/gmock.h>

#include <map>

#include "base/uri.h"
#include "cli/serve_fixture.h"
#include "live/outside_fixture.h"

namespace cli {
namespace load_test {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using Json = nlohmann::json;

/// A provider in this process that knows names alone, and what is wrong with it.
class SmallProvider {
 public:
  /// The answer in place of its own; nothing: its own. What is asked is done unless the status is an error.
  /// 0: no answer at all, and the connection is closed; 1: never any.
  using Fault = std::function<std::optional<base::HttpResponse>(const base::HttpRequest&)>;

  SmallProvider(boost::asio::io_context& context, Fault fault)
      : fault_(std::move(fault)), host_(context, 0, [this](live::HttpHost::RequestId id, const base::HttpRequest& request) { take(id, request); }) {}

  [[nodiscard]] std::string url() const { return fmt::format("http://127.0.0.1:{}/scim", host_.port()); }
  [[nodiscard]] const std::map<std::string, std::string>& users() const { return users_; }
  [[nodiscard]] int asked(const std::string& method) const {
    const auto found = asked_.find(method);
    return found == asked_.end() ? 0 : found->second;
  }

 private:
  void take(live::HttpHost::RequestId id, const base::HttpRequest& request) {
    ++asked_[request.method];
    const auto faulty = fault_ ? fault_(request) : std::nullopt;
    if (faulty && faulty->status == 0) {
      host_.abandon(id);
    } else if (!faulty || faulty->status != 1) {
      const bool refused = faulty && faulty->status >= 400;
      const auto own = refused ? base::HttpResponse(500) : answer(request);
      host_.respond(id, faulty ? *faulty : own);
    }
  }

  base::HttpResponse answer(const base::HttpRequest& request) {
    const auto target = *base::parse_target(request.target);
    const auto last = target.segments().back();
    const auto json = [](int status, const Json& body) { return base::HttpResponse(status, "application/scim+json", body.dump()); };
    if (request.method == "POST") {
      const auto body = Json::parse(request.body);
      const auto name = body.value("userName", body.value("displayName", ""));
      const auto id = fmt::format("u{}", asked_["POST"]);
      users_[id] = name;
      return json(201, {{"id", id}});
    }
    if (request.method == "DELETE") {
      users_.erase(last);
      return base::HttpResponse(204);
    }
    if (const auto filter = target.parameter("filter")) {
      Json list = Json::array();
      for (const auto& [id, name] : users_) {
        if (filter->ends_with(fmt::format(R"( eq "{}")", name))) list.push_back({{"id", id}});
      }
      return json(200, {{"totalResults", list.size()}, {"Resources", list}});
    }
    return users_.contains(last) ? json(200, {{"id", last}}) : base::HttpResponse(404);
  }

  Fault fault_;
  std::map<std::string, std::string> users_;
  std::map<std::string, int> asked_;
  live::HttpHost host_;
};

class Load : public Serve {
 protected:
  void SetUp() override { write("token", "a-token-of-the-test\n"); }

  static std::vector<std::string> command(const std::string& url, std::vector<std::string> more) {
    std::vector<std::string> all{"load", "scim", "--target", url, "--report", "report"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  /// While this process answers.
  Ended drive(const std::string& url, std::vector<std::string> more) {
    more.insert(more.end(), {"--token-file", "token"});
    Child child(LOCKSTEP_PROGRAM, command(url, std::move(more)), folder());
    return child.wait([this] { context_.run_for(std::chrono::milliseconds{1}); });
  }
  /// Of the last run.
  [[nodiscard]] Json report() const { return Json::parse(read("report/load.json"), nullptr, false); }
  static Json operation(const Json& report, const std::string& name) {
    for (const auto& one : report.at("operations")) {
      if (one.at("operation") == name) return one;
    }
    return nullptr;
  }

  boost::asio::io_context context_;
};

// The served directory
// ----------------------------------------------------------------------------------------------------

class LoadOfDirectory : public Load {
 protected:
  Ended drive_served(std::vector<std::string> more) {
    auto served = serve();
    write("token", key());
    const auto ended = call(command(fmt::format("http://127.0.0.1:{}/scim/v2", served.port()), std::move(more)));
    auto client = served.client();
    left_ = Json::parse(client.Get("/scim/v2/Users", bearer())->body).at("totalResults").get<int>() +
            Json::parse(client.Get("/scim/v2/Groups", bearer())->body).at("totalResults").get<int>();
    served.terminate();
    return ended;
  }

  int left_ = -1;
};

TEST_F(LoadOfDirectory, an_initial_cycle_is_measured_and_removed_again) {
  const auto ended = drive_served({"--token-file", "token", "--users", "50", "--rate", "max", "--clients", "4"});
  EXPECT_EQ(ended.exit_code, 0) << ended.out << ended.err;
  EXPECT_EQ(left_, 0);
  EXPECT_THAT(ended.out, AllOf(HasSubstr("create user"), HasSubstr("p99.9"), HasSubstr("Entra's 25 requests a second: pass")));
  EXPECT_THAT(ended.out + read("report/load.json") + read("report/index.html"), Not(HasSubstr(key())));
  const auto json = report();
  ASSERT_TRUE(json.is_object());
  EXPECT_EQ(json.at("lockstep_load"), 1);
  EXPECT_EQ(operation(json, "look up user").at("right"), 50);
  EXPECT_EQ(operation(json, "create user").at("right"), 50);
  EXPECT_EQ(operation(json, "create group").at("right"), 3);
  EXPECT_EQ(operation(json, "add member").at("right"), 50);
  EXPECT_EQ(json.at("all").at("count"), 156);
  EXPECT_EQ(json.at("all").at("latency_us").at("count"), 156);
  EXPECT_EQ(json.at("removed"), 53);
  EXPECT_EQ(json.at("open_loop"), false);
  EXPECT_EQ(json.at("verdict").at("result"), "pass");
  int in_seconds = 0;
  for (const auto& second : json.at("seconds")) in_seconds += second[0].get<int>() + second[1].get<int>();
  EXPECT_EQ(in_seconds, 156);
}

TEST_F(LoadOfDirectory, known_users_are_read_and_changed) {
  const auto ended = drive_served({"--token-file", "token", "--profile", "entra-incremental", "--users", "60", "--rate", "max"});
  EXPECT_EQ(ended.exit_code, 0) << ended.out << ended.err;
  EXPECT_EQ(left_, 0);
  const auto json = report();
  EXPECT_EQ(operation(json, "read user").at("right"), 60);
  EXPECT_GT(operation(json, "update user").at("right"), 3);
  EXPECT_EQ(json.at("prepared").at("count"), 120);
}

TEST_F(LoadOfDirectory, okta_assigns_pushes_and_imports) {
  const auto ended = drive_served({"--token-file", "token", "--profile", "okta-import", "--users", "130", "--rate", "max"});
  EXPECT_EQ(ended.exit_code, 0) << ended.out << ended.err;
  EXPECT_EQ(left_, 0);
  const auto json = report();
  EXPECT_EQ(operation(json, "create user").at("right"), 130);
  EXPECT_EQ(operation(json, "replace user").at("right"), 130);
  EXPECT_EQ(operation(json, "list users").at("right"), 2);
}

TEST_F(LoadOfDirectory, asks_one_thing_over_and_over) {
  for (const auto& [profile, name] : std::vector<std::pair<std::string, std::string>>{
           {"look-ups", "look up user"}, {"creates", "create user"}, {"patches", "update user"}}) {
    const auto ended = drive_served({"--profile", profile, "--rate", "max", "--users", "30", "--token-file", "token"});
    EXPECT_EQ(ended.exit_code, 0) << profile << ended.out << ended.err;
    const auto report = this->report();
    ASSERT_THAT(report.at("operations"), SizeIs(1)) << profile;
    EXPECT_EQ(operation(report, name).at("right"), 30) << profile;
    EXPECT_EQ(left_, 0) << profile;
  }
}

TEST_F(LoadOfDirectory, at_a_rate_for_a_time) {
  const auto ended = drive_served({"--token-file", "token", "--profile", "mixed", "--users", "20", "--rate", "200", "--duration", "1s"});
  EXPECT_EQ(ended.exit_code, 0) << ended.out << ended.err;
  EXPECT_EQ(left_, 0);
  const auto json = report();
  EXPECT_GT(json.at("all").at("right"), 100);
  EXPECT_LE(json.at("all").at("count"), 201);
  EXPECT_EQ(json.at("open_loop"), true);
}

TEST_F(LoadOfDirectory, keeps_what_it_made_where_that_is_asked_for) {
  const auto ended = drive_served({"--token-file", "token", "--users", "30", "--rate", "max", "--keep"});
  EXPECT_EQ(ended.exit_code, 0) << ended.out << ended.err;
  EXPECT_EQ(left_, 32);
  EXPECT_THAT(ended.out, HasSubstr("What was made is still there"));
}

// Providers that fail
// ----------------------------------------------------------------------------------------------------

TEST_F(Load, errors_are_counted_and_fail) {
  const SmallProvider provider(context_, [](const base::HttpRequest&) { return base::HttpResponse(500, "text/plain", "out of order"); });
  const auto ended = drive(provider.url(), {"--users", "30", "--rate", "max"});
  EXPECT_EQ(ended.exit_code, 1) << ended.err;
  EXPECT_THAT(ended.out, AllOf(HasSubstr("look up user: 30 status; the first: 500 out of order"), HasSubstr("second: fail: 32 of 32 requests failed")));
  EXPECT_EQ(provider.asked("POST"), 0);
  // The groups are looked up as well.
  EXPECT_EQ(report().at("all").at("errors").at("status"), 32);
}

TEST_F(Load, takes_any_answer_for_right_where_that_is_asked_for) {
  SmallProvider provider(context_, [](const base::HttpRequest&) { return base::HttpResponse(200, "text/plain", "always the same"); });
  for (const std::string profile : {"look-ups", "creates", "patches"}) {
    const auto ended = drive(provider.url(), {"--profile", profile, "--rate", "max", "--users", "30", "--any-answer"});
    EXPECT_EQ(ended.exit_code, 0) << ended.out << ended.err;
    EXPECT_EQ(report().at("all").at("right"), 30) << profile;
    EXPECT_THAT(ended.out, HasSubstr("Answers were not judged"));
  }
  EXPECT_EQ(provider.asked("DELETE"), 0);
}

TEST_F(Load, a_provider_that_closes_is_not_judged) {
  const SmallProvider provider(context_, [](const base::HttpRequest&) { return base::HttpResponse(0); });
  const auto ended = drive(provider.url(), {"--users", "30", "--rate", "max"});
  EXPECT_EQ(ended.exit_code, 2) << ended.out << ended.err;
  EXPECT_EQ(report().at("all").at("errors").at("connection"), 32);
  EXPECT_EQ(report().at("all").at("latency_us").at("count"), 0);
}

TEST_F(Load, nor_is_one_that_never_answers) {
  write("short.yaml", "lockstep_config: 1\ntimeout: 200ms\n");
  const SmallProvider provider(context_, [](const base::HttpRequest&) { return base::HttpResponse(1); });
  const auto ended = drive(provider.url(), {"--users", "8", "--rate", "max", "--config", "short.yaml"});
  EXPECT_EQ(ended.exit_code, 2) << ended.out << ended.err;
  EXPECT_EQ(report().at("all").at("errors").at("timed_out"), 9);
  // The wait counts in full. It began with the turn of the loop that sends the request, a little before the request did.
  EXPECT_GE(report().at("all").at("latency_us").at("p50").get<int>(), 190'000);
}

TEST_F(Load, nor_is_one_that_is_not_there) {
  std::string url;
  { url = SmallProvider(context_, {}).url(); }
  const auto ended = drive(url, {"--users", "30", "--rate", "max"});
  EXPECT_EQ(ended.exit_code, 2) << ended.out << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("no request was answered"));
}

TEST_F(Load, nor_is_one_that_does_not_know_the_credentials) {
  const SmallProvider provider(context_, [](const base::HttpRequest&) { return base::HttpResponse(401); });
  const auto ended = drive(provider.url(), {"--users", "30", "--rate", "max"});
  EXPECT_EQ(ended.exit_code, 2) << ended.out << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("the credentials are not accepted"));
}

TEST_F(Load, one_that_asks_to_wait_is_waited_for) {
  int refusals = 2;
  const SmallProvider provider(context_, [&](const base::HttpRequest& request) -> std::optional<base::HttpResponse> {
    if (request.method != "POST" || refusals == 0) return std::nullopt;
    base::HttpResponse response(429);
    response.headers.add("Retry-After", --refusals == 0 ? "1" : "0");
    return response;
  });
  const auto ended = drive(provider.url(), {"--users", "13", "--rate", "max", "--clients", "1", "--profile", "entra-incremental"});
  EXPECT_GE(ended.took, std::chrono::seconds{1});
  const auto json = report();
  EXPECT_EQ(json.at("put_off").at("count"), 2);
  EXPECT_EQ(json.at("prepared").at("failed"), 0);
  EXPECT_EQ(json.at("removed"), 13);
  EXPECT_THAT(provider.users(), SizeIs(0));
}

TEST_F(Load, a_creation_without_an_answer_is_looked_for_and_removed) {
  SmallProvider* self = nullptr;
  SmallProvider provider(context_, [&](const base::HttpRequest& request) -> std::optional<base::HttpResponse> {
    // The third one is done, and its answer is lost.
    if (request.method != "POST" || self->asked("POST") != 3) return std::nullopt;
    return base::HttpResponse(200, "text/plain", "no JSON");
  });
  self = &provider;
  const auto ended = drive(provider.url(), {"--users", "20", "--rate", "max", "--clients", "1"});
  EXPECT_EQ(operation(report(), "create user").at("errors").at("status"), 1) << ended.out;
  EXPECT_GE(provider.asked("DELETE"), 20);
  EXPECT_THAT(provider.users(), SizeIs(0));
}

// Ctrl-C
// ----------------------------------------------------------------------------------------------------

TEST_F(Load, interrupted_it_removes_what_it_made) {
  Child* child = nullptr;
  SmallProvider* self = nullptr;
  SmallProvider provider(context_, [&](const base::HttpRequest& request) -> std::optional<base::HttpResponse> {
    if (request.method == "POST" && self->asked("POST") == 10) child->interrupt();
    return std::nullopt;
  });
  self = &provider;
  Child running(LOCKSTEP_PROGRAM, command(provider.url(), {"--token-file", "token", "--users", "100000", "--rate", "500"}), folder());
  child = &running;
  const auto ended = running.wait([this] { context_.run_for(std::chrono::milliseconds{1}); });
  EXPECT_EQ(ended.exit_code, 130) << ended.err;
  EXPECT_THAT(provider.users(), SizeIs(0));
  EXPECT_GE(provider.asked("DELETE"), 10);
  EXPECT_EQ(report().at("interrupted"), true);
  EXPECT_THAT(report().at("left"), SizeIs(0));
}

TEST_F(Load, interrupted_again_it_says_what_is_left) {
  Child* child = nullptr;
  SmallProvider* self = nullptr;
  SmallProvider provider(context_, [&](const base::HttpRequest& request) -> std::optional<base::HttpResponse> {
    const bool first = request.method == "POST" && self->asked("POST") == 10;
    const bool second = request.method == "DELETE" && self->asked("DELETE") == 1;
    if (first || second) child->interrupt();
    // From then on nothing is answered.
    if (request.method == "DELETE") return base::HttpResponse(1);
    return std::nullopt;
  });
  self = &provider;
  Child running(LOCKSTEP_PROGRAM, command(provider.url(), {"--token-file", "token", "--users", "100000", "--rate", "500"}), folder());
  child = &running;
  const auto ended = running.wait([this] { context_.run_for(std::chrono::milliseconds{1}); });
  EXPECT_EQ(ended.exit_code, 130) << ended.err;
  EXPECT_THAT(ended.err, AllOf(HasSubstr("not removed, "), HasSubstr("/Users/u1 lockstep-load-")));
  EXPECT_EQ(report().at("left").size(), provider.users().size());
}

// Usage
// ----------------------------------------------------------------------------------------------------

TEST_F(Load, a_target_beyond_this_machine_is_named_and_asked_about) {
  const auto ended = call({"load", "scim", "--target", "https://directory.example/scim/v2", "--token-file", "token"});
  EXPECT_EQ(ended.exit_code, 64);
  EXPECT_THAT(ended.err, AllOf(HasSubstr("https://directory.example/scim/v2"), HasSubstr("--yes")));
}

TEST_F(Load, bad_usage_says_what_is_wrong) {
  const auto complaint = [&](std::vector<std::string> more) {
    std::vector<std::string> all{"load", "scim"};
    all.insert(all.end(), more.begin(), more.end());
    const auto ended = call(all);
    EXPECT_EQ(ended.exit_code, 64) << ended.out;
    return ended.err;
  };
  EXPECT_THAT(complaint({}), HasSubstr("--target"));
  EXPECT_THAT(complaint({"--target", "ftp://x"}), HasSubstr("--target"));
  EXPECT_THAT(complaint({"--target", "core"}), HasSubstr("URL"));
  EXPECT_THAT(complaint({"--target", "http://127.0.0.1:1/", "--rate", "fast"}), HasSubstr("'fast'"));
  EXPECT_THAT(complaint({"--target", "http://127.0.0.1:1/", "--rate", "-1"}), HasSubstr("--rate"));
  EXPECT_THAT(complaint({"--target", "http://127.0.0.1:1/", "--duration", "soon"}), HasSubstr("--duration"));
  EXPECT_THAT(complaint({"--target", "http://127.0.0.1:1/", "--token-file", "none"}), HasSubstr("none"));
}

}  // namespace load_test
}  // namespace cli
