// A directory on a simulated host, a client that asks it, and a mail relay that keeps what arrives. A
// question runs the world until its answer is there, so that contract tests read from top to bottom.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/crypto.h"
#include "base/encoding.h"
#include "base/json.h"
#include "directory/server/directory_server.h"
#include "sim/world.h"

namespace directory {

/// Text of the test's own; it throws where that is no JSON.
inline base::Json json(std::string_view text) {
  return base::parse_json(text).value();
}

inline base::Json body_of(const base::HttpResponse& response) {
  auto parsed = base::parse_json(response.body);
  EXPECT_TRUE(parsed.has_value()) << response.status << " " << response.body;
  return parsed ? *std::move(parsed) : base::Json(base::JsonObject{});
}

inline std::string header_of(const base::HttpResponse& response, std::string_view name) {
  return std::string(response.headers.find(name).value_or(""));
}

/// Takes every message, or refuses it with another status.
class Relay final : public base::HttpService {
 public:
  struct Message {
    base::Instant at{};
    base::HttpRequest request;
    bool taken = false;
  };

  explicit Relay(base::Clock& clock) : clock_(&clock) {}

  base::Task<base::HttpResponse> handle(base::HttpRequest request) override {
    messages.push_back({clock_->now(), std::move(request), status < 300});
    if (arrives) arrives(messages.back());
    co_return base::HttpResponse(status);
  }

  int status = 202;
  std::function<void(const Message&)> arrives;
  std::vector<Message> messages;  ///< refused ones too

 private:
  base::Clock* clock_;
};

/// Called as a request reaches the directory and as its answer leaves it.
struct Watch {
  std::function<void()> arrives;
  std::function<void()> leaves;
};

class DirectoryProgram final : public sim::Program, public base::HttpService {
 public:
  DirectoryProgram(std::unique_ptr<DirectoryServer> server, const Watch& watch) : server_(std::move(server)), watch_(&watch) {}
  base::HttpService* service() override { return this; }

  base::Task<base::HttpResponse> handle(base::HttpRequest request) override {
    if (watch_->arrives) watch_->arrives();
    auto response = co_await server_->handle(std::move(request));
    if (watch_->leaves) watch_->leaves();
    co_return response;
  }

 private:
  std::unique_ptr<DirectoryServer> server_;
  const Watch* watch_;
};

struct BenchOptions {
  std::uint64_t seed = 1;
  Options directory{};
  Defects defects{};
  base::Instant start = *base::parse_rfc3339("2026-01-05T08:00:00Z");
  /// Instead of the host's own; it outlives the bench, and a crash of the host is none of its power.
  base::Disk* disk = nullptr;
  bool may_refuse_to_start = false;
};

/// What became of a request that was sent without waiting for it.
struct Pending {
  std::optional<base::HttpResult> result;
  base::Instant concluded{};

  [[nodiscard]] int status() const { return result && *result ? (*result)->status : 0; }
};

class ServerBench {
 public:
  using Fields = std::vector<base::Header>;

  explicit ServerBench(BenchOptions options = {})
      : settings_(std::move(options.directory)),
        defects_(std::move(options.defects)),
        disk_(options.disk),
        may_refuse_to_start_(options.may_refuse_to_start),
        world_(world_options(options), carriage_) {
    settings_.password_cost = base::PasswordCost::simulated();
    for (const auto* key :
         {&keys.admin_key, &keys.scim_token, &keys.connect_key, &keys.okta_token, &keys.generic_token})
      world_.recorder().witness(*key);
    mail_host = &world_.add_host("mail", "mail.example.test");
    relay_ = std::make_unique<Relay>(mail_host->clock());
    mail_host->install([this](sim::Host&) { return std::make_unique<sim::ServiceProgram>(relay_.get()); });
    mail_host->start();
    client_ = &world_.add_host("client", "client.example.test");
    client_->install([](sim::Host&) { return std::make_unique<sim::ServiceProgram>(nullptr); });
    client_->start();
    directory_host = &world_.add_host("directory", "directory.example.test");
    directory_host->install([this](sim::Host& self) { return boot(self); });
    directory_host->start();
  }
  ~ServerBench() {
    for (const auto& name : world_.host_names()) world_.find_host(name)->crash();
  }
  ServerBench(const ServerBench&) = delete;
  ServerBench& operator=(const ServerBench&) = delete;

  // Asking
  // -------------------------------------------------------------------------------------------------------

  /// Sends without waiting; run_for() brings the answer.
  std::shared_ptr<Pending> send(std::string method, std::string target, Fields fields = {},
                                std::string body = {}) {
    base::HttpRequest request(std::move(method), std::move(target));
    const bool named = std::ranges::any_of(fields, [](const auto& field) { return field.name == "Host"; });
    if (!named) request.headers.add("Host", "directory.example.test");
    for (auto& field : fields) request.headers.add(std::move(field.name), std::move(field.value));
    request.body = std::move(body);
    auto pending = std::make_shared<Pending>();
    client_->spawn("asks", send_and_keep(world_.network().transport(*client_), world_.scheduler(),
                                         std::move(request), pending));
    return pending;
  }

  base::HttpResult try_ask(std::string method, std::string target, Fields fields = {},
                           std::string body = {}) {
    const auto pending = send(std::move(method), std::move(target), std::move(fields), std::move(body));
    run_until_concluded(*pending);
    return *pending->result;
  }

  /// The answer; status 0 and a failed test where there is none.
  base::HttpResponse ask(std::string method, std::string target, Fields fields = {}, std::string body = {}) {
    const auto what = method + " " + target;
    auto result = try_ask(std::move(method), std::move(target), std::move(fields), std::move(body));
    EXPECT_TRUE(result.has_value()) << what << ": " << result.error().message;
    return result ? *std::move(result) : base::HttpResponse(0);
  }

  base::HttpResponse admin(std::string method, std::string target, std::string body = {}) {
    return ask(std::move(method), std::move(target), admin_fields(), std::move(body));
  }
  base::HttpResponse scim(std::string method, std::string target, std::string body = {}) {
    return ask(std::move(method), "/scim/v2" + target, scim_fields(), std::move(body));
  }
  /// The same for the integrations of the other two kinds.
  base::HttpResponse okta(std::string method, std::string target, std::string body = {}) {
    return ask(std::move(method), "/scim/v2" + target, bearer(keys.okta_token), std::move(body));
  }
  base::HttpResponse generic(std::string method, std::string target, std::string body = {},
                             Fields more = {}) {
    auto fields = bearer(keys.generic_token);
    fields.insert(fields.end(), more.begin(), more.end());
    return ask(std::move(method), "/scim/v2" + target, std::move(fields), std::move(body));
  }
  base::HttpResponse portal(std::string path, std::string body, std::string session = {}) {
    Fields fields;
    if (!session.empty()) fields.push_back({"Cookie", "session=" + session});
    return ask("POST", "/portal" + path, std::move(fields), std::move(body));
  }

  struct Colleague {
    std::string id;
    std::string key;
  };
  /// Another administrator, with a key.
  Colleague colleague(std::string_view email, std::string_view role) {
    const auto created =
        admin("POST", "/api/users", fmt::format(R"({{"email": "{}", "roleName": "{}"}})", email, role));
    EXPECT_EQ(created.status, 200) << created.body;
    auto id = base::string_or(body_of(created), "_id", "");
    const auto issued = admin("POST", "/api/users/" + id + "/apikey");
    EXPECT_EQ(issued.status, 200) << issued.body;
    return {std::move(id), base::string_or(body_of(issued), "apiKey", "")};
  }
  static Fields key_fields(const std::string& key) { return {{"x-api-key", key}}; }

  [[nodiscard]] Fields admin_fields() const { return {{"x-api-key", keys.admin_key.reveal()}}; }
  [[nodiscard]] Fields scim_fields() const { return bearer(keys.scim_token); }
  [[nodiscard]] static Fields bearer(const base::Secret& key) {
    return {{"Authorization", "Bearer " + key.reveal()}};
  }

  // People
  // -------------------------------------------------------------------------------------------------------

  /// Creates a user as Entra does; its id.
  std::string provision(std::string_view username) {
    const auto created = scim(
        "POST", "/Users",
        fmt::format(
            R"({{"userName": "{0}", "emails": [{{"primary": true, "type": "work", "value": "{0}@example.test"}}],
                                               "externalId": "entra-{0}", "active": true}})",
            username));
    EXPECT_EQ(created.status, 201) << created.body;
    return base::string_or(body_of(created), "id", "");
  }

  /// Creates a user and sets a password through the link of the mail; its id.
  std::string onboard(std::string_view username, std::string_view password = "correct horse battery") {
    auto id = provision(username);
    settle();
    EXPECT_EQ(activate(activation_token(fmt::format("{}@example.test", username)), password).status, 204);
    return id;
  }

  base::HttpResponse activate(std::string_view token, std::string_view password) {
    return portal("/activate", fmt::format(R"({{"token": "{}", "password": "{}"}})", token, password));
  }

  base::HttpResponse log_in(std::string_view username, std::string_view password) {
    return portal("/login", fmt::format(R"({{"username": "{}", "password": "{}"}})", username, password));
  }

  /// The session that a login opens; empty where it is refused.
  std::string session_of(std::string_view username, std::string_view password = "correct horse battery") {
    const auto answer = log_in(username, password);
    EXPECT_EQ(answer.status, 200) << answer.body;
    const auto cookie = header_of(answer, "Set-Cookie");
    const auto begin = cookie.find('=') + 1;
    return cookie.substr(begin, cookie.find(';') - begin);
  }

  [[nodiscard]] bool is_open(const std::string& session) {
    return ask("GET", "/portal/session", {{"Cookie", "session=" + session}}).status == 200;
  }

  /// Changes the organisation's settings; `settings` is the object's JSON.
  base::HttpResponse change_settings(std::string_view settings) {
    return admin("PUT", "/api/organizations/" + settings_.organization,
                 fmt::format(R"({{"settings": {}}})", settings));
  }

  base::Json user(const std::string& id) { return body_of(admin("GET", "/api/systemusers/" + id)); }

  // Mail
  // -------------------------------------------------------------------------------------------------------

  /// The bodies of the mails that the relay took for an address, oldest first.
  [[nodiscard]] std::vector<base::Json> mails_to(std::string_view address) const {
    std::vector<base::Json> found;
    for (const auto& message : relay_->messages) {
      auto mail = json(message.request.body);
      if (message.taken && base::string_or(mail, "to", "") == address) found.push_back(std::move(mail));
    }
    return found;
  }

  /// The token in the newest mail to an address; empty where there is none.
  [[nodiscard]] std::string activation_token(std::string_view address) const {
    const auto mails = mails_to(address);
    if (mails.empty()) return {};
    constexpr std::string_view mark = "token=";
    const auto text = base::string_or(mails.back(), "text", "");
    const auto begin = text.find(mark) + mark.size();
    return text.substr(begin, text.find_first_not_of("0123456789abcdef", begin) - begin);
  }

  // Events
  // -------------------------------------------------------------------------------------------------------

  /// Every event so far, as Directory Insights tells it.
  base::JsonArray events() {
    const auto answer =
        admin("POST", "/insights/directory/v1/events",
              R"({"service": ["directory"], "start_time": "2026-01-01T00:00:00Z", "limit": 10000})");
    EXPECT_EQ(answer.status, 200) << answer.body;
    return body_of(answer).as_array();
  }

  /// The types of the events that were written while `action` ran.
  template <class Action>
  std::vector<std::string> events_of(Action action) {
    const auto before = events().size();
    action();
    std::vector<std::string> types;
    const auto all = events();
    for (auto i = before; i < all.size(); ++i) types.push_back(base::string_or(all[i], "event_type", ""));
    return types;
  }

  // The world
  // -------------------------------------------------------------------------------------------------------

  void run_for(base::Duration span) {
    auto& scheduler = world_.scheduler();
    const auto until = scheduler.now() + span;
    if (scheduler.run_until(until) == base::RunEnd::quiet) scheduler.advance_to(until);
  }
  /// Long enough for mail that can be sent to have been sent.
  void settle() { run_for(std::chrono::seconds{5}); }
  void restart_directory() {
    directory_host->crash();
    directory_host->start();
  }

  /// Every route of the directory as "METHOD /pattern".
  [[nodiscard]] std::vector<std::string> routes() const { return server_->routes(); }

  [[nodiscard]] base::Instant now() { return world_.scheduler().now(); }
  [[nodiscard]] sim::World& world() { return world_; }
  [[nodiscard]] Relay& relay() { return *relay_; }
  /// Changes the settings that the next start of the directory takes.
  [[nodiscard]] Options& settings() { return settings_; }

  InitialKeys keys{base::Secret("key-of-the-first-administrator"),
                   base::Secret("token-of-the-entra-integration"), base::Secret("connect-key-for-the-agents"),
                   base::Secret("token-of-the-okta-integration"),
                   base::Secret("token-of-the-generic-integration")};
  Watch watch;
  sim::Host* directory_host = nullptr;
  sim::Host* mail_host = nullptr;

 private:
  static sim::WorldOptions world_options(const BenchOptions& bench) {
    sim::WorldOptions options;
    options.seed = bench.seed;
    options.start = bench.start;
    return options;
  }

  std::unique_ptr<sim::Program> boot(sim::Host& self) {
    Ports ports;
    ports.scheduler = &self.scheduler();
    ports.scope = self.scope();
    ports.clock = &self.clock();
    ports.disk = disk_ != nullptr ? disk_ : &self.disk();
    ports.transport = &world_.network().transport(self);
    ports.trace = &world_.recorder();
    ports.witness = &world_.recorder();
    ports.rng = self.rng("directory");
    ports.vault_key = base::Secret(std::string(32, 'v'));
    ports.defects = &defects_;
    auto server = DirectoryServer::start(ports, settings_, keys);
    EXPECT_TRUE(server.has_value() || may_refuse_to_start_) << server.error().message;
    if (!server) return std::make_unique<sim::ServiceProgram>(nullptr);
    server_ = server->get();
    return std::make_unique<DirectoryProgram>(std::move(*server), watch);
  }

  static base::Task<void> send_and_keep(base::HttpTransport& transport, base::Scheduler& scheduler,
                                        base::HttpRequest request, std::shared_ptr<Pending> pending) {
    auto result = co_await transport.send(std::move(request), std::chrono::minutes{20});
    pending->result = std::move(result);
    pending->concluded = scheduler.now();
  }

  void run_until_concluded(Pending& pending) {
    auto& scheduler = world_.scheduler();
    while (!pending.result) {
      if (const auto due = scheduler.next_due()) {
        scheduler.run_until(*due);
      } else {
        pending.result = std::unexpected(
            base::TransportFailure{base::TransportFailure::Kind::timed_out, "the world is at rest"});
      }
    }
  }

  Options settings_;
  Defects defects_;
  base::Disk* disk_;
  bool may_refuse_to_start_;
  base::DirectCarriage carriage_;
  sim::World world_;
  std::unique_ptr<Relay> relay_;
  sim::Host* client_ = nullptr;
  DirectoryServer* server_ = nullptr;  ///< of the newest start
};

}  // namespace directory
