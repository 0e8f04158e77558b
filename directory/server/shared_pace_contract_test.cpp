// An import and the synchronisation of one tenant share what the tenant grants, over HTTP. [Graph T1]
#include <gtest/gtest.h>

#include <algorithm>

#include "directory/server/cloud_sync_fixture.h"

namespace directory {
namespace shared_pace_contract_test {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::int64_t granted = 30;
constexpr base::Duration window = seconds{10};

BenchOptions narrow_tenant() {
  auto out = tenant_options();
  out.directory.microsoft.requests = {granted, window};
  return out;
}

class SharedPaceContract : public CloudSyncContract {
 protected:
  SharedPaceContract() : CloudSyncContract(narrow_tenant()) {
    tenant_->reads = [this](const GraphCallSeen& call,
                            const base::Target& target) -> std::optional<base::HttpResponse> {
      if (target.segments().size() != 2 || !tenant_->accounts.contains(target.segments()[1]))
        return std::nullopt;
      auto account = tenant_->accounts.at(target.segments()[1]);
      account["id"] = call.path.substr(7);
      return SmallTenant::answer(200, account);
    };
  }

  void import(const std::string& directory, const std::vector<std::string>& ids) {
    base::JsonArray users;
    for (const auto& id : ids) users.emplace_back(id);
    const auto answer = bench_.admin("POST", fmt::format("/api/v2/office365s/{}/import/jobs", directory),
                                     base::to_text(base::JsonObject{{"users", std::move(users)}}));
    EXPECT_EQ(answer.status, 201) << answer.body;
  }

  /// By how many calls the busiest stretch of time has more than a tenant grants that drains evenly.
  [[nodiscard]] std::int64_t excess() const {
    std::int64_t most = 0;
    for (std::size_t first = 0; first < tenant_->calls.size(); ++first) {
      for (std::size_t last = first; last < tenant_->calls.size(); ++last) {
        const auto drained = (tenant_->calls[last].at - tenant_->calls[first].at) * granted / window;
        most = std::max(most, static_cast<std::int64_t>(last - first + 1) - granted - drained);
      }
    }
    return most;
  }
};

TEST_F(SharedPaceContract, an_import_and_the_synchronisation_keep_to_one_quota) {
  const auto directory = set_up();
  std::vector<std::string> strangers;
  for (int i = 0; i < 60; ++i) {
    strangers.push_back(tenant_->add(fmt::format("stranger{}@example.test", i),
                                     {{"mailNickname", fmt::format("stranger{}", i)}}));
  }
  std::vector<std::string> users;
  for (int i = 0; i < 40; ++i) users.push_back(add_user(fmt::format("user{}", i)));
  const auto sales = add_group("Sales", users);
  bench_.run_for(minutes{1});
  connect(sales, directory, "add", "usergroups");
  import(directory, strangers);
  bench_.run_for(minutes{5});
  EXPECT_LE(excess(), 0);
  // Neither has starved the other.
  EXPECT_FALSE(tenant_->find("user39@example.test").empty());
  const auto jobs = body_of(bench_.admin("GET", fmt::format("/api/v2/office365s/{}/import/jobs", directory)));
  ASSERT_EQ(jobs.as_array().size(), 1U);
  EXPECT_EQ(base::string_or(jobs.as_array().front(), "status", ""), "finished");
}

TEST_F(SharedPaceContract, two_instances_of_a_tenant_keep_to_one_quota) {
  const auto first = set_up("first");
  const auto second = set_up("second");
  std::vector<std::string> users;
  for (int i = 0; i < 60; ++i) users.push_back(add_user(fmt::format("user{}", i)));
  const auto some = add_group("Some", {users.begin(), users.begin() + 30});
  const auto others = add_group("Others", {users.begin() + 30, users.end()});
  bench_.run_for(minutes{1});
  connect(some, first, "add", "usergroups");
  connect(others, second, "add", "usergroups");
  bench_.run_for(minutes{5});
  EXPECT_LE(excess(), 0);
  EXPECT_FALSE(tenant_->find("user29@example.test").empty());
  EXPECT_FALSE(tenant_->find("user59@example.test").empty());
}

}  // namespace shared_pace_contract_test
}  // namespace directory
