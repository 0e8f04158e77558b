// Killed under load again and again, the served directory has every user that it ever acknowledged.
#include <gmock/gmock.h>

#include <set>

#include "cli/serve_fixture.h"
#include "live/load_client.h"

namespace cli {
namespace serve_kill_test {

constexpr int rounds = 5;
constexpr std::size_t connections = 8;

class ServeKill : public Serve {
 protected:
  /// Creates users on several connections until so many are acknowledged, and then kills the server, which is still
  /// busy with others.
  void create_until_killed(Served& served, std::size_t acknowledgements) {
    const auto authorization = "Bearer " + key();
    std::size_t count = 0;
    live::Load load;
    load.port = served.port();
    load.connections = connections;
    load.next = [&]() -> std::optional<base::HttpRequest> {
      base::HttpRequest request("POST", "/scim/v2/Users");
      request.headers.add("Authorization", authorization);
      request.headers.add("Content-Type", scim_json);
      request.body = user(fmt::format("user{}", ++created_));
      return request;
    };
    load.on_answer = [&](const base::HttpRequest&, const base::HttpResponse& response) {
      EXPECT_EQ(response.status, 201) << response.body;
      acknowledged_.insert(Json::parse(response.body).at("userName").get<std::string>());
      if (++count == acknowledgements) served.child().cut_off();
    };
    const auto outcome = live::run_load(load);
    EXPECT_GE(outcome.answered, acknowledgements);
    EXPECT_GT(outcome.unanswered, 0U) << "it was not killed under load";
    EXPECT_EQ(served.child().wait().signal, SIGKILL);
  }

  /// Every user's name, each of them whole.
  std::set<std::string> names(Served& served) {
    std::set<std::string> found;
    auto client = served.client();
    for (std::size_t total = 1, start = 1; start <= total;) {
      const auto page = client.Get(fmt::format("/scim/v2/Users?startIndex={}&count=100", start), bearer());
      if (!page || page->status != 200) {
        ADD_FAILURE() << "the list cannot be read";
        return found;
      }
      const auto body = Json::parse(page->body);
      total = body.at("totalResults").get<std::size_t>();
      if (body.at("Resources").empty()) break;
      for (const auto& resource : body.at("Resources")) {
        const auto name = resource.at("userName").get<std::string>();
        EXPECT_EQ(resource.at("emails").at(0).at("value"), name + "@example.test");
        found.insert(name);
      }
      start += body.at("Resources").size();
    }
    return found;
  }

  std::set<std::string> acknowledged_;
  int created_ = 0;
};

TEST_F(ServeKill, loses_no_acknowledged_user) {
  for (int round = 0; round < rounds; ++round) {
    auto served = serve();
    if (round > 0) {
      const auto found = names(served);
      for (const auto& name : acknowledged_) EXPECT_TRUE(found.contains(name)) << name << " is lost in round " << round;
      EXPECT_LE(found.size(), static_cast<std::size_t>(created_));
    }
    create_until_killed(served, static_cast<std::size_t>(20 + 17 * round));
  }
  auto served = serve();
  const auto found = names(served);
  for (const auto& name : acknowledged_) EXPECT_TRUE(found.contains(name)) << name;
  EXPECT_EQ(served.terminate().exit_code, 0);
}

}  // namespace serve_kill_test
}  // namespace cli
