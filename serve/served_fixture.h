// A served world without sockets, a clock that the test turns, and who asks: requests go in as an edge admits them.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/encoding.h"
#include "base/json.h"
#include "scenarios/script/decode.h"
#include "serve/admission.h"
#include "serve/clockwork.h"
#include "serve/served_world.h"

namespace serve {

inline constexpr base::Instant company_start{std::chrono::seconds{1'767'600'000}};  // 2026-01-05T08:00:00Z

class ServedFixture : public ::testing::Test {
 protected:
  using Fields = std::vector<std::pair<std::string, std::string>>;

  explicit ServedFixture(WorldPlan plan = {small_company(company_start, false), 7}, ClockMode mode = {}) {
    auto made = ServedWorld::make(std::move(plan));
    EXPECT_TRUE(made.has_value()) << (made ? "" : made.error().message);
    if (!made) return;
    world_ = *std::move(made);
    clockwork_ = std::make_unique<Clockwork>(*world_, mode, [this] { return real_; });
  }

  static base::HttpRequest request(const std::string& method, const std::string& target, const Fields& fields = {}, std::string body = {}) {
    base::HttpRequest out(method, target);
    for (const auto& [name, value] : fields) out.headers.add(name, value);
    out.body = std::move(body);
    return out;
  }

  /// Puts a request in, and no event happens yet.
  std::uint64_t begin(Party party, base::HttpRequest request, const std::string& host = "localhost:4000", Scheme scheme = Scheme::https) {
    if (!request.headers.find("Host")) request.headers.add("Host", host);
    auto admitted = admission_.admit(party, scheme, "127.0.0.1", std::move(request));
    EXPECT_TRUE(admitted.has_value()) << (admitted ? "" : admitted.error().body);
    if (!admitted) return 0;
    const auto id = world_->ask(admitted->party, std::move(admitted->request));
    clockwork_->begun(id);
    return id;
  }
  /// Turns until there is nothing to run any more; what was answered is in answers_.
  void turn() {
    bool more = true;
    while (more) {
      more = clockwork_->turn();
      keep_answers();
      for (auto& outcome : world_->take_outcomes()) {
        clockwork_->concluded(outcome.id);
        outcomes_.insert_or_assign(outcome.id, std::move(outcome));
      }
    }
  }
  void keep_answers() {
    for (auto& answer : world_->take_answers()) {
      clockwork_->concluded(answer.id);
      answers_.insert_or_assign(answer.id, std::move(answer.result));
    }
  }
  /// Empty where there is no answer yet.
  std::optional<base::HttpResult> answer_to(std::uint64_t id) {
    turn();
    const auto found = answers_.find(id);
    return found == answers_.end() ? std::nullopt : std::optional(found->second);
  }
  base::HttpResponse ask(Party party, base::HttpRequest request, const std::string& host = "localhost:4000") {
    const auto id = begin(party, std::move(request), host);
    const auto answer = answer_to(id);
    EXPECT_TRUE(answer && *answer) << "no answer";
    return answer && *answer ? **answer : base::HttpResponse(0);
  }
  static base::Json json_of(const base::HttpResponse& response) { return base::parse_json(response.body).value_or(base::Json()); }

  /// With the secret of the app that programs from outside have.
  base::HttpResponse ask_for_token(const std::string& host = "localhost:4000") {
    const auto& accounts = world_->accounts();
    const auto form = "grant_type=client_credentials&client_id=" + accounts.entra_client_id + "&client_secret=" + base::percent_encode(accounts.entra_client_secret.reveal()) +
                      "&scope=" + base::percent_encode("https://graph.microsoft.com/.default");
    return ask(Party::entra, request("POST", "/" + accounts.tenant_id + "/oauth2/v2.0/token", {{"Content-Type", "application/x-www-form-urlencoded"}}, form), host);
  }
  Fields bearer() {
    if (token_.empty()) token_ = base::string_or(json_of(ask_for_token()), "access_token", "");
    return {{"Authorization", "Bearer " + token_}};
  }
  base::HttpResponse graph(const std::string& target) { return ask(Party::graph, request("GET", target, bearer())); }

  std::string play(const std::string& text) {
    const auto step = scenarios::decode_step(text);
    EXPECT_TRUE(step.has_value()) << (step ? "" : step.error().message);
    const auto id = step ? world_->play(*step) : base::Result<std::uint64_t>(0);
    if (!id) return id.error().message;
    clockwork_->begun(*id);
    turn();
    const auto found = outcomes_.find(*id);
    return found == outcomes_.end() ? "under way" : std::string(to_text(found->second.kind));
  }
  void advance(base::Duration by) {
    clockwork_->advance_to(world_->now() + by);
    turn();
    EXPECT_TRUE(clockwork_->take_move_end().has_value());
  }

  base::Duration real_{0};  ///< what the steady clock shows
  Admission admission_{AdmissionOptions{}};
  std::unique_ptr<ServedWorld> world_;
  std::unique_ptr<Clockwork> clockwork_;
  std::map<std::uint64_t, base::HttpResult> answers_;
  std::map<std::uint64_t, StepOutcome> outcomes_;
  std::string token_;
};

}  // namespace serve
