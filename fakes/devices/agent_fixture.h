// A device with its agent on one simulated host, and a stand-in for the directory on another: it keeps what
// agents ask, and serves a desired state that tests change by hand.
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
#include "base/wait.h"
#include "fakes/devices/agent.h"
#include "fakes/devices/macos.h"
#include "fakes/devices/windows.h"
#include "sim/world.h"

namespace fakes::devices {

/// Text of the test's own; it throws where that is no JSON.
inline base::Json json(std::string_view text) {
  return base::parse_json(text).value();
}

struct WantedAccount {
  std::string local_account;
  std::string display_name;
  bool enabled = true;
  bool sudo = false;
  std::string verifier{};  ///< what is handed off; empty: nothing
  std::int64_t password_set = 0;
  std::string handoff_id{};
  bool password_sync = true;
  std::string password_expires{};  ///< RFC 3339; empty: never
  std::string password_authority = "directory";
};

/// What the directory wants of a device beside its accounts.
struct WantedDevice {
  bool hide_app = false;
  bool provisioning_offered = false;
  std::vector<std::pair<std::string, std::string>> commands;  ///< id and kind
  base::Json password_rules{};
};

/// Registration, long poll, reports and password changes, as the directory answers them.
class DirectoryStandIn final : public base::HttpService {
 public:
  explicit DirectoryStandIn(base::Scheduler& scheduler) : scheduler_(&scheduler), changed_(scheduler) {}

  base::Task<base::HttpResponse> handle(base::HttpRequest request) override {
    requests.push_back(request);
    if (refuse_with != 0) co_return base::HttpResponse(refuse_with, "text/html", "<html>");
    const auto target = base::parse_target(request.target).value_or(base::Target{});
    if (target.path == "/agent/v1/register") co_return enrol(request);
    if (request.headers.find("x-system-key") != "key-of-system-1") co_return base::HttpResponse(401);
    if (target.path == "/agent/v1/report") co_return report(request);
    if (target.path == "/agent/v1/recovery-key") co_return base::HttpResponse(204);
    if (target.path == "/agent/v1/password") co_return change_password(request);
    if (target.path == "/agent/v1/provision") co_return provision(request);
    if (target.path == "/agent/v1/provision/begin") co_return begin_provisioning(request);
    if (target.path == "/agent/v1/provision/complete") co_return complete_provisioning();
    if (uninstall) co_return base::HttpResponse(410);
    const auto known = std::stoll(target.parameter("revision").value_or("0"));
    const auto deadline =
        scheduler_->now() + std::chrono::seconds{std::stoll(target.parameter("wait").value_or("0"))};
    while (revision_ == known && scheduler_->now() < deadline && !uninstall)
      co_await changed_.wait_until(deadline, "a change");
    if (uninstall) co_return base::HttpResponse(410);
    if (revision_ == known) co_return base::HttpResponse(204);
    co_return base::HttpResponse(200, "application/json", base::to_text(state()));
  }

  /// Changes what the device should look like, and tells it.
  template <class Change>
  void want(Change change) {
    change(accounts_);
    ++revision_;
    changed_.notify_all();
  }
  template <class Change>
  void want_of_device(Change change) {
    change(device_);
    ++revision_;
    changed_.notify_all();
  }
  /// Tells the agent to go.
  void delete_system() {
    uninstall = true;
    changed_.notify_all();
  }
  /// The reports that have a member of that name, and what it was.
  [[nodiscard]] std::vector<base::Json> reported(std::string_view name) const {
    std::vector<base::Json> found;
    for (const auto& request : requests_to("/agent/v1/report")) {
      const auto body = json(request.body);
      if (const auto* value = base::member(body, name)) found.push_back(*value);
    }
    return found;
  }
  /// Hands a password off to every device, as if it had been set elsewhere.
  void set_password(const std::string& user, const base::Secret& password) {
    want([&](auto& accounts) { hand_off(accounts[user], password); });
  }

  /// Whether the password that the directory has for a user is that one.
  [[nodiscard]] bool has_password(const std::string& user, const base::Secret& password) const {
    return base::verify_password(password, accounts_.at(user).verifier);
  }
  [[nodiscard]] bool has_handoff(const std::string& user) const {
    return !accounts_.at(user).handoff_id.empty();
  }
  [[nodiscard]] std::vector<base::HttpRequest> requests_to(std::string_view path) const {
    std::vector<base::HttpRequest> found;
    for (const auto& request : requests) {
      if (request.target.starts_with(path)) found.push_back(request);
    }
    return found;
  }

  std::vector<base::HttpRequest> requests;
  int refuse_with = 0;           ///< a status for everything
  int refuse_password_with = 0;  ///< a status for password changes
  int refuse_reports_with = 0;   ///< a status for reports, which count all the same
  int refuse_provisioning_with = 0;
  bool federated = false;  ///< whoever provisions signs in at https://idp.example.test/sign-in
  bool signed_in = false;  ///< and has done so
  bool seal_for_another = false;
  bool uninstall = false;

 private:
  base::HttpResponse enrol(const base::HttpRequest& request) {
    if (request.headers.find("x-connect-key") != "connect-key") return base::HttpResponse(401);
    sealing_key_ = base::from_base64(base::string_or(json(request.body), "sealing_key", "")).value_or("");
    EXPECT_EQ(sealing_key_.size(), 32U);
    return {201, "application/json", R"({"system_id": "system-1", "agent_key": "key-of-system-1"})"};
  }

  base::HttpResponse report(const base::HttpRequest& request) {
    const auto body = json(request.body);
    for (const auto& id : body.at("handoffs_done").as_array()) {
      for (auto& [user, account] : accounts_) {
        if (account.handoff_id == base::as_text(id.as_string())) account.handoff_id.clear();
      }
    }
    for (const auto& id : body.at("commands_done").as_array()) {
      std::erase_if(device_.commands,
                    [&](const auto& command) { return command.first == base::as_text(id.as_string()); });
    }
    return base::HttpResponse(refuse_reports_with != 0 ? refuse_reports_with : 204);
  }

  base::HttpResponse change_password(const base::HttpRequest& request) {
    const auto body = json(request.body);
    const auto user = base::string_or(body, "user_id", "");
    const bool captured = base::bool_member(body, "captured").value_or(false);
    auto refused = refuse_password_with;
    if (captured && refused == 0 && !has_password(user, base::Secret(base::string_or(body, "old_password", "")))) refused = 403;
    if (refused != 0) {
      // The password that the directory has, once more.
      if (captured && refused < 500) want([&](auto& accounts) { accounts[user].handoff_id = fmt::format("handed-back-{}", ++stamps_); });
      return base::HttpResponse(refused);
    }
    set_password(user, base::Secret(base::string_or(body, "new_password", "")));
    return {200, "application/json",
            fmt::format(R"({{"password_set": {}}})", accounts_.at(user).password_set)};
  }

  /// Whoever comes is user-9, with the password that is given.
  base::HttpResponse provision(const base::HttpRequest& request) {
    const auto body = json(request.body);
    if (refuse_provisioning_with != 0) {
      return {refuse_provisioning_with, "application/json", R"({"message": "refused by the directory"})"};
    }
    const auto name = base::string_or(body, "username", "");
    const bool sync = base::bool_member(body, "password_sync").value_or(true);
    want([&](auto& accounts) {
      auto& account = accounts["user-9"];
      account = {name, "Display of " + name};
      account.password_sync = sync;
      if (sync) hand_off(account, base::Secret(base::string_or(body, "password", "")));
    });
    return {201, "application/json",
            fmt::format(R"({{"user_id": "user-9", "local_account": "{}", "password_set": {}}})", name,
                        accounts_.at("user-9").password_set)};
  }

  base::HttpResponse begin_provisioning(const base::HttpRequest& request) {
    if (refuse_provisioning_with != 0) {
      return {refuse_provisioning_with, "application/json", R"({"message": "refused by the directory"})"};
    }
    if (!federated) return {200, "application/json", R"({"method": "password"})"};
    const auto body = json(request.body);
    provisioned_.local_account = base::string_or(body, "username", "");
    provisioned_.display_name = "Display of " + provisioned_.local_account;
    provisioned_.password_sync = base::bool_member(body, "password_sync").value_or(true);
    return {200, "application/json",
            R"({"method": "federated", "ticket": "ticket-1", "location": "https://idp.example.test/sign-in?state=1",
                "cookie": "federation=1; Path=/oauth"})"};
  }

  /// Whoever comes is user-9; asked again it answers the same.
  base::HttpResponse complete_provisioning() {
    if (refuse_provisioning_with != 0) {
      return {refuse_provisioning_with, "application/json", R"({"message": "refused by the directory"})"};
    }
    if (!signed_in) return {202, "application/json", "{}"};
    if (!accounts_.contains("user-9")) {
      want([&](auto& accounts) {
        auto& account = accounts["user-9"];
        account = provisioned_;
        if (account.password_sync) hand_off(account, base::Secret("the directory's own"));
      });
    }
    return {201, "application/json",
            fmt::format(R"({{"user_id": "user-9", "local_account": "{}", "password_set": {}}})",
                        provisioned_.local_account, accounts_.at("user-9").password_set)};
  }

  void hand_off(WantedAccount& account, const base::Secret& password) {
    account.verifier = base::hash_password(password, base::PasswordCost::simulated(), rng_);
    account.password_set = ++stamps_;
    account.handoff_id = fmt::format("handoff-{}", stamps_);
  }

  base::Json state() {
    base::JsonArray accounts;
    for (const auto& [user, wanted] : accounts_) {
      base::JsonObject account{{"user_id", user},
                               {"local_account", wanted.local_account},
                               {"display_name", wanted.display_name},
                               {"enabled", wanted.enabled},
                               {"sudo", wanted.sudo},
                               {"password_sync", wanted.password_sync},
                               {"password_expires", wanted.password_expires},
                               {"password_authority", wanted.password_authority},
                               {"handoff", nullptr}};
      if (!wanted.handoff_id.empty()) {
        const auto context =
            fmt::format("password of {} for {}", user, seal_for_another ? "system-2" : "system-1");
        const auto box = base::seal(wanted.verifier, sealing_key_, context, rng_);
        account["handoff"] = base::JsonObject{{"id", wanted.handoff_id},
                                              {"sealed", base::to_base64(box.value_or(""))},
                                              {"password_set", wanted.password_set}};
      }
      accounts.push_back(std::move(account));
    }
    base::JsonArray commands;
    for (const auto& [id, kind] : device_.commands)
      commands.push_back(base::JsonObject{{"id", id}, {"kind", kind}});
    return base::JsonObject{{"revision", revision_},
                            {"accounts", std::move(accounts)},
                            {"commands", std::move(commands)},
                            {"hide_app", device_.hide_app},
                            {"provisioning_offered", device_.provisioning_offered},
                            {"password_rules", device_.password_rules}};
  }

  base::Scheduler* scheduler_;
  base::Event changed_;
  base::Rng rng_{11};
  std::map<std::string, WantedAccount> accounts_;
  WantedDevice device_;
  WantedAccount provisioned_{};
  std::string sealing_key_;
  std::int64_t revision_ = 1;
  std::int64_t stamps_ = 0;
};

template <class D>
class AgentBench {
 public:
  explicit AgentBench(std::uint64_t seed = 1) : world_(world_options(seed), carriage_) {
    auto& directory_host = world_.add_host("directory", "directory.example.test");
    directory_ = std::make_unique<DirectoryStandIn>(world_.scheduler());
    directory_host.install([this](sim::Host&) { return std::make_unique<sim::ServiceProgram>(directory_.get()); });
    directory_host.start();
    config_.directory_url = base::parse_uri("https://directory.example.test/").value();
    config_.connect_key = base::Secret("connect-key");
    laptop = &world_.add_host("laptop", "laptop.example.test");
    device_ = std::make_unique<D>("laptop", laptop->clock(), world_.rng("device"), world_.recorder(),
                                  base::PasswordCost::simulated());
    laptop->install([this](sim::Host& self) { return std::make_unique<Program>(*this, self); });
  }
  ~AgentBench() {
    for (const auto& name : world_.host_names()) world_.find_host(name)->crash();
  }
  AgentBench(const AgentBench&) = delete;
  AgentBench& operator=(const AgentBench&) = delete;

  /// Switches the device on for the first time.
  void start() { laptop->start(); }
  void add_local_account(std::string name, const base::Secret& password, std::vector<std::string> files = {},
                         bool admin = false, AccountKind kind = AccountKind::local) {
    Account account;
    account.name = std::move(name);
    account.files = std::move(files);
    account.admin = admin;
    account.kind = kind;
    device_->add_account(std::move(account), password);
  }
  /// Binds a user to the device, with a password that is handed off.
  void bind(const std::string& user, const std::string& name, const base::Secret& password) {
    directory_->want([&](auto& accounts) { accounts[user] = {name, "Display of " + name}; });
    directory_->set_password(user, password);
  }
  void want_enabled(const std::string& user, bool enabled) {
    directory_->want([&](auto& accounts) { accounts[user].enabled = enabled; });
  }
  void unbind(const std::string& user) {
    directory_->want([&](auto& accounts) { accounts.erase(user); });
  }
  void set_online(bool online) { world_.network().partition("laptop", "directory", !online); }

  using Outcome = std::shared_ptr<std::optional<PasswordChange>>;
  Outcome start_change(std::string account, base::Secret old_password, base::Secret new_password) {
    auto outcome = std::make_shared<std::optional<PasswordChange>>();
    laptop->spawn("changes the password", change(*agent_, std::move(account), std::move(old_password),
                                                 std::move(new_password), outcome));
    return outcome;
  }
  PasswordChange change_password(std::string account, base::Secret old_password, base::Secret new_password) {
    const auto outcome = start_change(std::move(account), std::move(old_password), std::move(new_password));
    run_for(std::chrono::minutes{1});
    EXPECT_TRUE(outcome->has_value());
    return outcome->value_or(PasswordChange::offline);
  }

  /// Somebody at the login window; with a passcode the account has that.
  Provisioning provision(std::string username, base::Secret password,
                         std::optional<LocalPasscode> passcode = {}) {
    auto outcome = std::make_shared<std::optional<Provisioning>>();
    laptop->spawn("provisions", provision_and_keep(*agent_, std::move(username), std::move(password),
                                                   std::move(passcode), outcome));
    run_for(std::chrono::minutes{1});
    EXPECT_TRUE(outcome->has_value());
    return outcome->value_or(Provisioning{});
  }

  /// Somebody gives a name at the login window.
  ProvisioningBegun begin_provisioning(std::string username, bool password_sync = true) {
    auto begun = std::make_shared<std::optional<ProvisioningBegun>>();
    laptop->spawn("begins to provision", begin_and_keep(*agent_, std::move(username), password_sync, begun));
    run_for(std::chrono::minutes{1});
    EXPECT_TRUE(begun->has_value());
    return begun->value_or(Provisioning{});
  }
  using Completion = std::shared_ptr<std::optional<Provisioning>>;
  Completion start_completion(std::optional<LocalPasscode> passcode = {}) {
    auto outcome = std::make_shared<std::optional<Provisioning>>();
    laptop->spawn("completes", complete_and_keep(*agent_, std::move(passcode), outcome));
    return outcome;
  }
  Provisioning complete_provisioning(std::optional<LocalPasscode> passcode = {}) {
    const auto outcome = start_completion(std::move(passcode));
    run_for(std::chrono::minutes{1});
    EXPECT_TRUE(outcome->has_value());
    return outcome->value_or(Provisioning{});
  }

  /// While the device is on: another agent takes the place of the one that is there.
  void reinstall() {
    agent_->retire();
    retired_.push_back(std::move(agent_));
    reinstall_agent(*device_, memory_);
    install(*laptop);
  }

  void run_for(base::Duration span) {
    auto& scheduler = world_.scheduler();
    const auto until = scheduler.now() + span;
    if (scheduler.run_until(until) == base::RunEnd::quiet) scheduler.advance_to(until);
  }
  [[nodiscard]] sim::World& world() { return world_; }
  [[nodiscard]] DirectoryStandIn& directory() { return *directory_; }
  [[nodiscard]] D& device() { return *device_; }
  [[nodiscard]] AgentMemory& memory() { return memory_; }
  [[nodiscard]] Agent& agent() { return *agent_; }

  sim::Host* laptop = nullptr;

 private:
  /// The device with its agent while the power is on.
  class Program final : public sim::Program {
   public:
    Program(AgentBench& bench, sim::Host& self) : bench_(bench) {
      bench.device_->set_powered(true);
      bench.install(self);
    }
    ~Program() override {
      bench_.agent_.reset();
      bench_.retired_.clear();
      bench_.device_->set_powered(false);
    }

   private:
    AgentBench& bench_;
  };

  void install(sim::Host& host) {
    const AgentPorts ports{host.scheduler(), host.clock(), world_.network().transport(host), world_.recorder(),
                           world_.recorder()};
    agent_ = std::make_unique<Agent>(*device_, memory_, ports, host.rng("agent"), config_);
    host.spawn("agent reports", agent_->run_reports());
    host.spawn("agent reminders", agent_->run_reminders());
    host.spawn("agent", agent_->run());
  }

  static sim::WorldOptions world_options(std::uint64_t seed) {
    sim::WorldOptions options;
    options.seed = seed;
    options.start = *base::parse_rfc3339("2026-01-05T08:00:00Z");
    return options;
  }
  static base::Task<void> change(Agent& agent, std::string account, base::Secret old_password,
                                 base::Secret new_password, Outcome outcome) {
    const auto result =
        co_await agent.change_password(std::move(account), std::move(old_password), std::move(new_password));
    *outcome = result;
  }

  static base::Task<void> provision_and_keep(Agent& agent, std::string username, base::Secret password,
                                             std::optional<LocalPasscode> passcode,
                                             std::shared_ptr<std::optional<Provisioning>> outcome) {
    auto result =
        co_await agent.provision_account(std::move(username), std::move(password), std::move(passcode));
    *outcome = std::move(result);
  }

  static base::Task<void> begin_and_keep(Agent& agent, std::string username, bool password_sync,
                                         std::shared_ptr<std::optional<ProvisioningBegun>> begun) {
    auto result = co_await agent.begin_provisioning(std::move(username), password_sync);
    *begun = std::move(result);
  }
  static base::Task<void> complete_and_keep(Agent& agent, std::optional<LocalPasscode> passcode, Completion outcome) {
    auto result = co_await agent.complete_provisioning(std::move(passcode));
    *outcome = std::move(result);
  }

  base::DirectCarriage carriage_;
  sim::World world_;
  std::unique_ptr<DirectoryStandIn> directory_;
  std::unique_ptr<D> device_;
  AgentMemory memory_;
  AgentConfig config_;
  std::unique_ptr<Agent> agent_;
  std::vector<std::unique_ptr<Agent>> retired_;
};

}  // namespace fakes::devices
