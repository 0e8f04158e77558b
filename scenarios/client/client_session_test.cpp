// The suites for clients, proved on products: those that come with the program, and small ones with a mistake each.
#include "scenarios/client/client_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "fakes/oidc/token_flaws.h"
#include "scenarios/client/core_products.h"
#include "scenarios/client/proof_fixture.h"
#include "scenarios/script/verbs/federation_verbs.h"

namespace scenarios::client {
namespace client_session_test {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Key;

std::set<std::string> names_in(const std::map<std::string, std::string>& red) {
  std::set<std::string> out;
  for (const auto& [name, why] : red) out.insert(name);
  return out;
}

/// Cases that could not be judged at all, with why.
std::map<std::string, std::string> unjudged(const ConformanceRecord& record) {
  std::map<std::string, std::string> out;
  for (const auto& one : record.cases) {
    if (one.verdict == Verdict::error || one.verdict == Verdict::blocked) out[one.id] = one.summary;
  }
  return out;
}

/// Cases that say nothing of the product, without the suite's name.
std::set<std::string> not_about(const ConformanceRecord& record) {
  std::set<std::string> out;
  for (const auto& one : record.cases) {
    if (one.verdict == Verdict::not_applicable) out.insert(one.id.substr(one.id.find('/') + 1));
  }
  return out;
}

class SampleClients : public ::testing::TestWithParam<std::string> {};

TEST_P(SampleClients, conform_to_every_case) {
  const auto record = judged(shipped_suite(GetParam()), sample_product(GetParam(), {}));
  EXPECT_THAT(red_cases(record), IsEmpty());
  EXPECT_THAT(unjudged(record), IsEmpty());
  // It sends no versions, and a state never alone. All else is about it.
  const std::map<std::string, std::set<std::string>> others{{"scim-client", {"headers/version"}}, {"oidc-rp", {"state/alone"}}};
  const auto known = others.find(GetParam());
  EXPECT_EQ(not_about(record), known == others.end() ? std::set<std::string>{} : known->second);
}

TEST_P(SampleClients, leave_equal_records) {
  const auto once = judged(shipped_suite(GetParam()), sample_product(GetParam(), {}));
  const auto twice = judged(shipped_suite(GetParam()), sample_product(GetParam(), {}));
  EXPECT_EQ(once.cases, twice.cases);
}

INSTANTIATE_TEST_SUITE_P(EachSuite, SampleClients, ::testing::Values("graph-client", "oidc-rp", "scim-client"), [](const auto& info) {
  auto name = info.param;
  std::ranges::replace(name, '-', '_');
  return name;
});

/// Does the first thing that it is asked for, and is not there any more after it.
class GoneAfterTheFirstTask final : public Product {
 public:
  explicit GoneAfterTheFirstTask(std::unique_ptr<Product> product) : product_(std::move(product)) {}
  std::vector<std::string> hosts() const override { return product_->hosts(); }
  base::Task<TaskEnd> prepare() override {
    auto end = co_await product_->prepare();
    co_return end;
  }
  base::Task<TaskEnd> perform(Task task) override {
    if (std::exchange(gone_, true)) co_return TaskEnd{TaskEnd::Kind::refused, "connection refused", nullptr};
    auto end = co_await product_->perform(std::move(task));
    co_return end;
  }

 private:
  std::unique_ptr<Product> product_;
  bool gone_ = false;
};

TEST(ClientCases, take_a_product_that_has_gone_for_no_careful_one) {
  const auto& suite = shipped_suite("oidc-rp");
  const auto product = sample_product("oidc-rp", {});
  const auto record = judged(suite, [&](Cast& cast) { return std::make_unique<GoneAfterTheFirstTask>(product(cast)); });
  ASSERT_EQ(record.cases.size(), suite.cases.size());
  for (std::size_t i = 0; i < suite.cases.size(); ++i) {
    if (suite.cases[i].phases.size() < 2) continue;
    EXPECT_NE(record.cases[i].verdict, Verdict::conforms) << record.cases[i].id;
    EXPECT_NE(record.cases[i].verdict, Verdict::violates) << record.cases[i].id;
  }
}

/// Never sends what cases about writes disturb, and says that all is well.
class DoesNothing final : public Product {
 public:
  explicit DoesNothing(Cast& cast) { cast.world().add_host("product", "product.example.test"); }
  std::vector<std::string> hosts() const override { return {"product"}; }
  base::Task<TaskEnd> perform(Task) override { co_return TaskEnd{}; }
};

TEST(ClientCases, find_nothing_good_in_a_product_that_does_nothing) {
  for (const auto& info : client_suites()) {
    const auto record = judged(shipped_suite(std::string(info.name)), [](Cast& cast) { return std::make_unique<DoesNothing>(cast); });
    for (const auto& one : record.cases) EXPECT_NE(one.verdict, Verdict::conforms) << one.id;
  }
}

TEST(ClientCases, blame_no_product_that_could_not_be_asked) {
  class NotRun final : public Product {
   public:
    explicit NotRun(Cast& cast) { cast.world().add_host("product", "product.example.test"); }
    std::vector<std::string> hosts() const override { return {"product"}; }
    base::Task<TaskEnd> perform(Task) override { co_return TaskEnd{TaskEnd::Kind::not_run, "no such command", nullptr}; }
  };
  const auto& suite = shipped_suite("oidc-rp");
  const auto stages = stages_in_world([](Cast& cast) { return std::make_unique<NotRun>(cast); }, {.seed = 1, .defects = {}, .store = nullptr});
  const auto record = play_client_case(suite.cases.back(), *suite.info, stages);
  EXPECT_EQ(record.verdict, Verdict::blocked);
  EXPECT_THAT(record.summary, HasSubstr("no such command"));
}

TEST(ClientProof, each_mistake_turns_red_what_the_table_says_and_nothing_else) {
  const auto rows = proof_rows();
  for (const auto& [row, expected] : rows) {
    const auto& [suite, mistake] = row;
    const auto quirk = fakes::clients::find_quirk(mistake);
    ASSERT_TRUE(quirk) << mistake;
    const auto record = judged(shipped_suite(suite), sample_product(suite, {*quirk}));
    const auto red = red_cases(record);
    EXPECT_EQ(names_in(red), expected) << suite << ": " << mistake << "\n" << ::testing::PrintToString(red);
  }
}

TEST(ClientProof, knows_every_mistake) {
  std::set<std::string, std::less<>> known;
  const auto rows = proof_rows();
  for (const auto& [row, expected] : rows) {
    known.insert(row.second);
    EXPECT_FALSE(expected.empty()) << row.second;
  }
  for (const auto& quirk : fakes::clients::all_quirks()) EXPECT_TRUE(known.contains(quirk.name)) << quirk.name;
}

TEST(ClientProof, every_case_but_the_first_is_turned_red_by_some_mistake) {
  std::set<std::string> turned;
  const auto rows = proof_rows();
  for (const auto& [row, expected] : rows) {
    for (const auto& name : expected) turned.insert(row.first + "/" + name);
  }
  for (const auto& info : client_suites()) {
    for (const auto& one : shipped_suite(std::string(info.name)).cases) {
      const bool proved = turned.contains(one.id) || one.id.find("/first/") != std::string::npos;
      EXPECT_TRUE(proved) << one.id;
    }
  }
}

TEST(ClientProof, scripts_call_flaws_of_tokens_as_sign_in_does) {
  const auto flaws = fakes::oidc::all_token_flaws();
  ASSERT_EQ(sign_in_flaws.size(), flaws.size() + 1);
  for (std::size_t i = 0; i < flaws.size(); ++i) EXPECT_EQ(sign_in_flaws.at(i + 1), flaws[i].name);
}

TEST(ClientProducts, the_directorys_sync_with_microsoft_conforms) {
  const auto record = judged(shipped_suite("graph-client"), core_graph_client);
  EXPECT_THAT(red_cases(record), IsEmpty());
  EXPECT_THAT(unjudged(record), IsEmpty());
  // It looks nobody up by name, lists no departments, says to nobody whom it knows, and has no sync that takes more than a request.
  const std::set<std::string> others{"access/token_ended_midway", "delta/removed", "queries/advanced", "queries/advanced_pages", "queries/quotes"};
  EXPECT_EQ(not_about(record), others);
}

TEST(ClientProducts, the_directorys_federation_conforms) {
  const auto record = judged(shipped_suite("oidc-rp"), core_relying_party);
  EXPECT_THAT(red_cases(record), IsEmpty());
  EXPECT_THAT(unjudged(record), IsEmpty());
}

/// Without the suite's name.
std::set<std::string> known_of(const std::string& product) {
  const auto root = yaml_of(client_cases + "/known/" + product + ".yaml");
  std::set<std::string> out;
  for (const auto& [key, findings] : root.members) {
    for (const auto& finding : findings.items) {
      const auto name = finding.text("case");
      out.insert(name.substr(name.find('/') + 1));
    }
  }
  return out;
}

TEST(ClientProducts, entras_provisioning_deviates_where_it_is_known_to) {
  const auto record = judged(shipped_suite("scim-client"), entra_scim_client);
  EXPECT_EQ(names_in(red_cases(record)), known_of("entra"));
  EXPECT_THAT(unjudged(record), IsEmpty());
}

TEST(ClientProducts, oktas_provisioning_deviates_where_it_is_known_to) {
  const auto record = judged(shipped_suite("scim-client"), okta_scim_client);
  EXPECT_EQ(names_in(red_cases(record)), known_of("okta"));
  EXPECT_THAT(unjudged(record), IsEmpty());
}

/// Of the directory, with one seeded defect.
std::map<std::string, std::string> red_with(directory::Defect defect) {
  SeededDefects defects;
  defects.directory = {defect};
  return red_cases(judged(shipped_suite("graph-client"), core_graph_client, defects));
}

TEST(ClientProducts, defects_of_the_directorys_sync_are_found) {
  // Not retry_after_is_ignored: the directory's own pauses are longer than what cases, which others wait for in real time, ask for.
  EXPECT_THAT(red_with(directory::Defect::throttled_work_is_dropped), Contains(Key("throttling/write")));
  EXPECT_THAT(red_with(directory::Defect::lost_answers_count_as_done), Contains(Key("lost/update")));
}

}  // namespace client_session_test
}  // namespace scenarios::client
