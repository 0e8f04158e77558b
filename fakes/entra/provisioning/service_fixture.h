// An Entra tenant with its provisioning service on one simulated host, and a small SCIM target on another.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/encoding.h"
#include "base/json.h"
#include "fakes/entra/provisioning/service.h"
#include "fakes/scim_target_fixture.h"
#include "sim/world.h"

namespace fakes::entra::provisioning {

/// The article's mapping, and no look-ups of random values before each cycle.
inline Settings quiet() {
  Settings settings;
  settings.probes = 0;
  return settings;
}

class ProvisioningBench {
 public:
  explicit ProvisioningBench(Settings config = quiet(), std::uint64_t seed = 1)
      : world_(world_options(seed), carriage_) {
    target_host = &world_.add_host("target", "scim.example.test");
    target_ = std::make_unique<ScimTarget>(target_host->clock());
    target_host->install([this](sim::Host&) { return std::make_unique<sim::ServiceProgram>(target_.get()); });
    target_host->start();
    entra_host = &world_.add_host("entra", "entra.example.test");
    tenant_ = std::make_unique<Tenant>(entra_host->clock(), world_.rng("tenant"));
    if (config.tenant_url.host.empty())
      config.tenant_url = base::parse_uri("https://scim.example.test/scim/v2").value();
    config.token = base::Secret("secret-token");
    app_ = &tenant_->applications().register_app("SCIM target");
    config.app_id = app_->app_id;
    const Ports ports{tenant_.get(), &entra_host->scheduler(), &entra_host->clock(),
                      &world_.network().transport(*entra_host), &service_tokens_, &world_.recorder()};
    service_ = std::make_unique<Service>(ports, world_.rng("provisioning"), std::move(config));
    entra_host->install([this](sim::Host& self) {
      if (job_runs_) self.spawn("provisions", service_->run_job());
      return std::make_unique<sim::ServiceProgram>(nullptr);
    });
    entra_host->start();
  }
  ~ProvisioningBench() {
    for (const auto& name : world_.host_names()) world_.find_host(name)->crash();
  }
  ProvisioningBench(const ProvisioningBench&) = delete;
  ProvisioningBench& operator=(const ProvisioningBench&) = delete;

  /// Starts the job: its initial cycle begins now.
  void start_job() {
    job_runs_ = true;
    entra_host->spawn("provisions", service_->run_job());
  }

  /// An assigned user `<nickname>@example.test`.
  ObjectId add_user(std::string_view nickname, bool assigned = true) {
    return add_user(nickname, base::JsonObject{{"displayName", fmt::format("Display of {}", nickname)}}, assigned);
  }
  ObjectId add_user(std::string_view nickname, base::JsonObject properties, bool assigned) {
    properties["accountEnabled"] = true;
    properties["mailNickname"] = base::json_text(nickname);
    properties["userPrincipalName"] = fmt::format("{}@example.test", nickname);
    properties["passwordProfile"] = base::JsonObject{{"password", "Correct-Horse-1"}};
    const auto id = tenant_->create(ObjectKind::user, properties);
    EXPECT_TRUE(id.has_value());
    if (!id) return {};
    if (assigned) assign(*id);
    return *id;
  }
  void update(const ObjectId& id, const base::JsonObject& changes) { tenant_->update(id, changes).value(); }
  void retitle(const ObjectId& id, std::string title) { update(id, {{"jobTitle", std::move(title)}}); }
  void set_enabled(const ObjectId& id, bool enabled) { update(id, {{"accountEnabled", enabled}}); }
  void assign(const ObjectId& id) { tenant_->assign(*app_, id).value(); }
  void unassign(const ObjectId& id) { tenant_->unassign(*app_, id).value(); }
  void remove(const ObjectId& id) { tenant_->remove(id).value(); }
  void restore(const ObjectId& id) { tenant_->restore(id).value(); }
  void remove_for_good(const ObjectId& id) {
    remove(id);
    tenant_->remove_for_good(id).value();
  }

  using Outcome = std::shared_ptr<std::optional<LogRecord>>;
  /// Provisions on demand without waiting for it.
  Outcome start_on_demand(const ObjectId& id) {
    auto outcome = std::make_shared<std::optional<LogRecord>>();
    entra_host->spawn("provisions on demand", keep(*service_, id, outcome));
    return outcome;
  }
  /// How it ended: `create success`, `other skipped NotEffectivelyEntitled`.
  std::string on_demand(const ObjectId& id) {
    const auto outcome = start_on_demand(id);
    run_for(std::chrono::minutes{2});
    return *outcome ? text_of(**outcome) : "not over";
  }
  std::optional<std::string> test_connection(std::string random_value) {
    std::optional<std::optional<std::string>> message;
    entra_host->spawn("tests the connection", keep_message(*service_, std::move(random_value), message));
    run_for(std::chrono::minutes{2});
    EXPECT_TRUE(message.has_value());
    return message.value_or("no answer");
  }

  static std::string text_of(const LogRecord& record) {
    const auto* status = record.status == LogStatus::success   ? "success"
                         : record.status == LogStatus::failure ? "failure"
                                                               : "skipped";
    return record.code.empty() ? fmt::format("{} {}", record.action, status)
                               : fmt::format("{} {} {}", record.action, status, record.code);
  }
  [[nodiscard]] std::vector<std::string> log() const {
    std::vector<std::string> lines;
    for (const auto& record : service_->log()) lines.push_back(text_of(record));
    return lines;
  }
  /// The calls of the target since the last time, as lines.
  std::vector<std::string> new_calls(std::string_view methods = "GET POST PUT PATCH DELETE") {
    std::vector<std::string> lines;
    for (; seen_ < target_->calls.size(); ++seen_) {
      const auto& call = target_->calls[seen_];
      if (methods.find(call.request.method) != std::string_view::npos) lines.push_back(call.line());
    }
    return lines;
  }

  void run_for(base::Duration span) {
    auto& scheduler = world_.scheduler();
    const auto until = scheduler.now() + span;
    if (scheduler.run_until(until) == base::RunEnd::quiet) scheduler.advance_to(until);
  }
  [[nodiscard]] base::Instant now() { return world_.scheduler().now(); }
  [[nodiscard]] sim::World& world() { return world_; }
  [[nodiscard]] Tenant& tenant() { return *tenant_; }
  [[nodiscard]] Service& service() { return *service_; }
  [[nodiscard]] ScimTarget& target() { return *target_; }

  sim::Host* target_host = nullptr;
  sim::Host* entra_host = nullptr;

 private:
  static sim::WorldOptions world_options(std::uint64_t seed) {
    sim::WorldOptions options;
    options.seed = seed;
    options.start = *base::parse_rfc3339("2026-01-05T08:00:00Z");
    return options;
  }
  static base::Task<void> keep(Service& service, ObjectId id, Outcome outcome) {
    auto record = co_await service.provision_on_demand(std::move(id));
    *outcome = std::move(record);
  }
  static base::Task<void> keep_message(Service& service, std::string random_value,
                                       std::optional<std::optional<std::string>>& message) {
    auto answer = co_await service.test_connection(std::move(random_value));
    message = std::move(answer);
  }

  /// Says how often it was asked.
  class CountedTokens final : public ServiceTokens {
   public:
    base::Secret service_token() override { return base::Secret(fmt::format("token-of-entra-{}", ++asked_)); }

   private:
    int asked_ = 0;
  };

  base::DirectCarriage carriage_;
  CountedTokens service_tokens_;
  sim::World world_;
  std::unique_ptr<ScimTarget> target_;
  std::unique_ptr<Tenant> tenant_;
  Application* app_ = nullptr;
  std::unique_ptr<Service> service_;
  bool job_runs_ = false;
  std::size_t seen_ = 0;
};

}  // namespace fakes::entra::provisioning
