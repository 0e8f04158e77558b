// An Okta org with one app and its SCIM client on one simulated host, and a small SCIM target on another.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "fakes/okta/org/org.h"
#include "fakes/okta/scim_client/client.h"
#include "fakes/scim_target_fixture.h"
#include "sim/world.h"

namespace fakes::okta::scim_client {

/// How a bench is set up: everything is provisioned, and passwords are Okta's own.
struct Stage {
  AppTemplate made_from = AppTemplate::catalogue;
  ProvisioningSettings provisioning = ProvisioningSettings::all();
  Settings settings{};
  std::string base_url = "https://scim.example.test/scim/v2";
  OrgOptions org{};
};

inline Stage wizard(Stage setup = {}) {
  setup.made_from = AppTemplate::wizard;
  return setup;
}
inline Stage with_quirk(ClientQuirk quirk, Stage setup = {}) {
  setup.settings.quirks.add(quirk);
  return setup;
}
inline Stage with_placeholders(Stage setup = {}) {
  setup.provisioning.seed = PasswordSeed::random;
  setup.provisioning.change = PasswordChange::keep_existing;
  return setup;
}

/// The target, which does what it is asked and then may take its time to say so.
class SlowTarget final : public base::HttpService {
 public:
  SlowTarget(ScimTarget& target, base::Clock& clock) : target_(&target), clock_(&clock) {}

  base::Task<base::HttpResponse> handle(base::HttpRequest request) override {
    auto response = co_await target_->handle(std::move(request));
    const auto delay = takes;
    if (delay > base::Duration{0}) co_await clock_->sleep_for(delay);
    co_return response;
  }

  base::Duration takes{0};

 private:
  ScimTarget* target_;
  base::Clock* clock_;
};

class OktaBench {
 public:
  explicit OktaBench(Stage setup = {}) : world_(options(), carriage_) {
    auto& target_host = world_.add_host("target", "scim.example.test");
    target_ = std::make_unique<ScimTarget>(target_host.clock());
    slow_target_ = std::make_unique<SlowTarget>(*target_, target_host.clock());
    target_host.install([this](sim::Host&) { return std::make_unique<sim::ServiceProgram>(slow_target_.get()); });
    target_host.start();
    okta_host = &world_.add_host("okta", "okta.example.test");
    org_ = std::make_unique<Org>(okta_host->clock(), world_.rng("org"), setup.org);
    app = add_app("SCIM target", setup);
    setup.settings.app = app;
    const Ports ports{org_.get(), &okta_host->scheduler(), &okta_host->clock(), &world_.network().transport(*okta_host), &world_.recorder(), &world_.recorder()};
    client_ = std::make_unique<Client>(ports, world_.rng("client"), std::move(setup.settings));
    okta_host->install([this](sim::Host& self) {
      self.spawn("pushes", client_->run());
      return std::make_unique<sim::ServiceProgram>(nullptr);
    });
    okta_host->start();
  }
  ~OktaBench() {
    for (const auto& name : world_.host_names()) world_.find_host(name)->crash();
  }
  OktaBench(const OktaBench&) = delete;
  OktaBench& operator=(const OktaBench&) = delete;

  AppId add_app(const std::string& label, const Stage& setup) {
    NewApp wanted{.label = label, .made_from = setup.made_from, .can_provision = true, .provisioning = setup.provisioning};
    wanted.connection = {ProvisioningConnection::AuthScheme::token, true, setup.base_url, base::Secret("secret-token")};
    return org_->create_app(wanted).value();
  }

  /// `<name>@example.test`; a surname where `profile` has none.
  UserId add_user(const std::string& name, Profile profile = {}, std::optional<base::Secret> password = std::nullopt) {
    fakes::okta::NewUser wanted{.profile = std::move(profile), .password = std::move(password)};
    const auto login = name + "@example.test";
    for (const auto& [attribute, value] : Profile{{"login", login}, {"email", login}, {"firstName", name}, {"lastName", "Example"}})
      wanted.profile.try_emplace(attribute, value);
    return org_->create_user(wanted).value();
  }
  /// Amy Lee with a password, assigned.
  UserId add_amy() {
    const auto id = add_user("amy", {{"firstName", "Amy"}, {"lastName", "Lee"}}, base::Secret("Her-own-1"));
    assign(id);
    return id;
  }
  /// And the app has been told of her: she is `id-1` there.
  UserId add_pushed_amy() {
    const auto id = add_amy();
    run_for(std::chrono::minutes{1});
    new_calls();
    return id;
  }
  void assign(const UserId& user) { EXPECT_TRUE(org_->assign(app, user)); }
  void unassign(const UserId& user) { EXPECT_TRUE(org_->unassign(app, user)); }
  void update(const UserId& user, ProfileChanges changes) { EXPECT_TRUE(org_->update_user(user, {.profile = std::move(changes)})); }
  void set_password(const UserId& user, const std::string& password) { EXPECT_TRUE(org_->set_password(user, base::Secret(password))); }
  GroupId add_group(const std::string& name) { return org_->create_group({name}).value(); }
  void join(const GroupId& group, const UserId& user) { EXPECT_TRUE(org_->add_member(group, user)); }
  void leave(const GroupId& group, const UserId& user) { EXPECT_TRUE(org_->remove_member(group, user)); }
  [[nodiscard]] const AppUser& app_user(const UserId& user) const { return *org_->find(app, user); }
  [[nodiscard]] const PushMapping& mapping(const MappingId& id) const { return org_->find(app)->push_mappings.at(id); }

  void run_for(base::Duration span) {
    auto& scheduler = world_.scheduler();
    const auto until = scheduler.now() + span;
    if (scheduler.run_until(until) == base::RunEnd::quiet) scheduler.advance_to(until);
  }
  /// Seconds after a change it is pushed: a minute is long enough.
  std::vector<std::string> calls_after(base::Duration span = std::chrono::minutes{1}) {
    run_for(span);
    return new_calls();
  }
  /// The calls of the target since the last time, as lines.
  std::vector<std::string> new_calls() {
    std::vector<std::string> lines;
    for (; seen_ < target_->calls.size(); ++seen_) lines.push_back(target_->calls[seen_].line());
    return lines;
  }
  [[nodiscard]] base::Json last_body() const { return target_->calls.back().body(); }
  /// `create success`, `update failure: too short`
  [[nodiscard]] std::vector<std::string> log() const {
    std::vector<std::string> lines;
    for (const auto& record : client_->log()) lines.push_back(record.action + (record.status == TaskStatus::success ? " success" : " failure: " + record.detail));
    return lines;
  }
  [[nodiscard]] std::vector<EventType> events() const {
    std::vector<EventType> out;
    for (const auto& event : org_->log().events()) out.push_back(event.type);
    return out;
  }
  [[nodiscard]] bool logged(EventType type) const { return std::ranges::count(events(), type) > 0; }

  /// Answers what `about` accepts with this status and body, so many times.
  void answer(std::function<bool(const base::HttpRequest&)> about, int status, std::string body, int times = 1'000'000,
              std::string retry_after = "") {
    target_->refuse = [=, left = times](const base::HttpRequest& request) mutable -> std::optional<base::HttpResponse> {
      if (!about(request) || left == 0) return std::nullopt;
      --left;
      base::HttpResponse response(status, "application/scim+json", body);
      if (!retry_after.empty()) response.headers.add("Retry-After", retry_after);
      return response;
    };
  }
  void answer_all(int status, int times = 1'000'000, std::string retry_after = "") {
    answer([](const base::HttpRequest&) { return true; }, status, "", times, std::move(retry_after));
  }

  [[nodiscard]] bool is_witnessed(const std::string& secret) { return world_.recorder().secrets().contains(secret); }

  /// Empty on success, else what the admin reads.
  std::string test_connection() {
    std::optional<base::Result<void>> outcome;
    okta_host->spawn("tests the connection", keep(client_.get(), &outcome));
    run_for(std::chrono::minutes{3});
    if (!outcome) return "no answer";
    return *outcome ? "" : outcome->error().message;
  }
  /// The same of a connection that nobody has saved, of the app or of another one; without the code.
  std::string test_unsaved(const AppId& of, ProvisioningConnection connection) {
    std::optional<base::Result<void>> outcome;
    okta_host->spawn("tests a connection", keep_unsaved(client_.get(), of, std::move(connection), &outcome));
    run_for(std::chrono::minutes{3});
    if (!outcome) return "no answer";
    return *outcome ? "" : outcome->error().message;
  }
  std::string complete_authorization(const std::string& code) {
    std::optional<base::Result<void>> outcome;
    okta_host->spawn("exchanges the code", exchange(client_.get(), code, &outcome));
    run_for(std::chrono::minutes{3});
    if (!outcome) return "no answer";
    return *outcome ? "" : outcome->error().message;
  }
  const ImportResult& import() {
    client_->request_import();
    run_for(std::chrono::minutes{1});
    return client_->imports().back();
  }

  [[nodiscard]] base::Instant now() { return world_.scheduler().now(); }
  [[nodiscard]] Org& org() { return *org_; }
  [[nodiscard]] Client& client() { return *client_; }
  [[nodiscard]] ScimTarget& target() { return *target_; }
  void take_time(base::Duration span) { slow_target_->takes = span; }

  AppId app;
  sim::Host* okta_host = nullptr;

 private:
  static sim::WorldOptions options() {
    sim::WorldOptions out;
    out.start = *base::parse_rfc3339("2026-01-05T08:00:00Z");
    return out;
  }
  static base::Task<void> keep(Client* client, std::optional<base::Result<void>>* outcome) {
    auto answer = co_await client->test_connection();
    *outcome = std::move(answer);
  }
  static base::Task<void> keep_unsaved(Client* client, AppId of, ProvisioningConnection connection, std::optional<base::Result<void>>* outcome) {
    auto answer = co_await client->test(std::move(of), std::move(connection));
    *outcome = std::move(answer);
  }
  static base::Task<void> exchange(Client* client, std::string code, std::optional<base::Result<void>>* outcome) {
    auto answer = co_await client->complete_authorization(std::move(code));
    *outcome = std::move(answer);
  }

  base::DirectCarriage carriage_;
  sim::World world_;
  std::unique_ptr<ScimTarget> target_;
  std::unique_ptr<SlowTarget> slow_target_;
  std::unique_ptr<Org> org_;
  std::unique_ptr<Client> client_;
  std::size_t seen_ = 0;
};

}  // namespace fakes::okta::scim_client
