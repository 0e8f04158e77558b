#include "scenarios/client/core_products.h"

#include <fmt/format.h>

#include <chrono>
#include <initializer_list>
#include <utility>

#include "base/wait.h"
#include "scenarios/engine/observe.h"
#include "scenarios/engine/perform.h"
#include "scenarios/script/decode.h"

namespace scenarios::client {
namespace {

/// What the directory does on its own has come to rest by then, or is never done: it asks what has changed there each quarter of an hour.
constexpr base::Duration directory_settles = std::chrono::minutes{20};
/// Three cycles of the job.
constexpr base::Duration entra_settles = std::chrono::hours{2};
constexpr base::Duration okta_settles = std::chrono::minutes{15};
constexpr const char* instance_name = "m365";
constexpr const char* sign_in_app = "Sign-in";

/// One step of a script: a verb, or an observation that holds.
base::Task<TaskEnd> do_step(Cast* cast, Value step) {
  const auto read = decode_step(step.dump());
  if (!read) co_return TaskEnd{TaskEnd::Kind::refused, read.error().message, nullptr};
  if (const auto* wanted = std::get_if<Expectation>(&read->action)) {
    const auto observed = co_await observe(*cast, wanted->observation);
    if (observed.holds) co_return TaskEnd{};
    co_return TaskEnd{TaskEnd::Kind::refused, fmt::format("expected: {}; found: {}", observed.expected, observed.found), nullptr};
  }
  const auto performed = co_await scenarios::perform(*cast, std::get<VerbStep>(read->action).verb);
  if (performed.kind == Performed::Kind::ok) co_return TaskEnd{};
  co_return TaskEnd{TaskEnd::Kind::refused, performed.detail, nullptr};
}

/// One after the other, until one fails.
base::Task<TaskEnd> do_steps(Cast* cast, std::vector<Value> steps) {
  for (auto& step : steps) {
    auto end = co_await do_step(cast, std::move(step));
    if (end.kind != TaskEnd::Kind::done) co_return end;
  }
  co_return TaskEnd{};
}

base::Task<void> settle_for(Cast* cast, base::Duration span) { co_await base::Sleep(cast->scheduler(), cast->scheduler().now() + span); }

/// Of a task's data, what a verb takes.
Value picked(const Value& data, std::initializer_list<const char*> names) {
  auto out = Value::object();
  for (const auto* name : names) {
    if (data.contains(name)) out[name] = data[name];
  }
  return out;
}

Value step_of(std::string_view verb, Value fields) {
  auto out = Value::object();
  out[std::string(verb)] = std::move(fields);
  return out;
}

TaskEnd has_no_such_task() { return {TaskEnd::Kind::cannot, {}, nullptr}; }

class CoreGraphClient final : public Product {
 public:
  explicit CoreGraphClient(Cast& cast) : cast_(&cast) {}

  std::vector<std::string> hosts() const override { return {"directory"}; }

  base::Task<TaskEnd> prepare() override {
    std::vector<Value> steps{step_of("entra.create_user", {{"user", "boss"}, {"given_name", "Bea"}, {"surname", "Oss"}}),
                             step_of("entra.set_password", {{"user", "boss"}, {"password", "boss-secret"}}),
                             step_of("entra.grant_role", {{"user", "boss"}, {"role", "Global Administrator"}}),
                             step_of("admin.add_microsoft", {{"directory", instance_name}}),
                             step_of("admin.authorize_microsoft", {{"directory", instance_name}, {"as", "boss"}, {"password", "boss-secret"}})};
    // It asks what has changed in a tenant once there is an account whose owner it is.
    std::vector<Value> looks;
    add_person({{"user", "anchor"}, {"given_name", "Ann"}, {"surname", "Chor"}}, steps, looks);
    auto end = co_await do_steps(cast_, std::move(steps));
    if (end.kind != TaskEnd::Kind::done) co_return end;
    co_await settle_for(cast_, directory_settles);
    end = co_await do_steps(cast_, std::move(looks));
    co_return end;
  }

  base::Task<TaskEnd> perform(Task task) override {
    const auto& data = task.data;
    std::vector<Value> steps;
    std::vector<Value> looks;
    if (task.name == "create_user") {
      add_person(data, steps, looks);
    } else if (task.name == "create_users") {
      for (const auto& user : data["users"]) add_person(user, steps, looks);
    } else if (task.name == "update_user") {
      steps.push_back(step_of("admin.update_user", picked(data, {"user", "department", "given_name", "surname"})));
    } else if (task.name == "disable_user") {
      steps.push_back(step_of("admin.suspend_user", picked(data, {"user"})));
    } else if (task.name == "create_group") {
      steps.push_back(step_of("admin.create_group", picked(data, {"group"})));
      const auto people = data.value("members", Value::array());
      for (const auto& member : people) steps.push_back(step_of("admin.add_to_group", {{"user", member}, {"group", data["group"]}}));
      steps.push_back(step_of("admin.connect_group", {{"group", data["group"]}, {"directory", instance_name}}));
      looks.push_back(group_is_synced(data));
    } else if (task.name == "add_member" || task.name == "remove_member") {
      steps.push_back(step_of(task.name == "add_member" ? "admin.add_to_group" : "admin.remove_from_group", picked(data, {"user", "group"})));
      looks.push_back(group_is_synced(data));
    } else if (task.name != "sync") {
      co_return has_no_such_task();
    }
    auto end = co_await do_steps(cast_, std::move(steps));
    if (end.kind != TaskEnd::Kind::done) co_return end;
    co_await settle_for(cast_, directory_settles);
    end = co_await do_steps(cast_, std::move(looks));
    co_return end;
  }

 private:
  static Value group_is_synced(const Value& data) {
    return step_of("expect", step_of("directory.group_connection", {{"group", data["group"]}, {"directory", instance_name}, {"status", "synced"}}));
  }

  static void add_person(const Value& data, std::vector<Value>& steps, std::vector<Value>& looks) {
    const auto& user = data["user"];
    steps.push_back(step_of("admin.create_user", picked(data, {"user", "given_name", "surname"})));
    steps.push_back(step_of("admin.connect_user", {{"user", user}, {"directory", instance_name}}));
    looks.push_back(step_of("expect", step_of("directory.connection", {{"user", user}, {"directory", instance_name}, {"status", "synced"}})));
  }

  Cast* cast_;
};

class CoreRelyingParty final : public Product {
 public:
  explicit CoreRelyingParty(Cast& cast) : cast_(&cast) {}

  std::vector<std::string> hosts() const override { return {"directory", "people"}; }

  base::Task<TaskEnd> prepare() override {
    std::vector<Value> steps{step_of("entra.register_app", {{"app", sign_in_app}}), step_of("admin.add_identity_provider", {{"app", sign_in_app}})};
    auto end = co_await do_steps(cast_, std::move(steps));
    co_return end;
  }

  base::Task<TaskEnd> perform(Task task) override {
    if (task.name != "sign_in") co_return has_no_such_task();
    const auto name = task.data["user"].get<std::string>();
    auto& person = cast_->person(PersonRef(name));
    if (!person.directory_id) {
      auto end = co_await introduce(person);
      if (end.kind != TaskEnd::Kind::done) co_return end;
    }
    person.browser = Browser{};
    person.portal_session.reset();
    auto opened = co_await do_step(cast_, step_of("user.open_sign_in", {{"user", name}}));
    if (opened.kind != TaskEnd::Kind::done) co_return opened;
    auto entered = co_await do_step(cast_, step_of("user.enter_password", {{"user", name}, {"password", task.data["password"]}}));
    if (entered.kind != TaskEnd::Kind::done) co_return entered;
    auto end = co_await do_step(cast_, step_of("expect", step_of("portal.session", {{"user", name}, {"open", true}})));
    co_return end;
  }

 private:
  /// An account of the same address here, with a policy that sends the person to the provider.
  base::Task<TaskEnd> introduce(Person& person) {
    base::JsonObject body{{"username", person.username}, {"email", person.email}, {"state", "ACTIVATED"}};
    const auto made = co_await cast_->ask_directory(cast_->browsers(), "POST", "/api/systemusers", std::move(body), Cast::Credentials::admin);
    if (!made || !made->ok()) co_return TaskEnd{TaskEnd::Kind::refused, "the person cannot be given an account", nullptr};
    person.directory_id = base::string_or(base::parse_json(made->body).value_or(base::Json{}), "_id", "");
    auto end = co_await do_step(cast_, step_of("admin.route_user", {{"user", person.name}}));
    co_return end;
  }

  Cast* cast_;
};

/// A provider's verbs for what a task asks for; empty: it has none.
struct ProvisioningVerbs {
  std::string_view create;
  std::string_view password;  ///< of whoever is created, to be active at once; empty: none is needed
  std::string_view update;
  std::string_view disable;
  std::string_view remove;
};

class ProvisioningClient final : public Product {
 public:
  ProvisioningClient(Cast& cast, std::string host, ProvisioningVerbs verbs, base::Duration settles)
      : cast_(&cast), host_(std::move(host)), verbs_(verbs), settles_(settles) {}

  std::vector<std::string> hosts() const override { return {host_}; }

  base::Task<TaskEnd> perform(Task task) override {
    std::vector<Value> steps;
    const auto verb = verb_for(task.name);
    if (task.name != "sync" && verb.empty()) co_return has_no_such_task();
    if (!verb.empty()) steps.push_back(step_of(verb, picked(task.data, {"user", "given_name", "surname", "department"})));
    if (task.name == "create_user" && !verbs_.password.empty()) steps.back()[std::string(verb)]["password"] = std::string(verbs_.password);
    auto end = co_await do_steps(cast_, std::move(steps));
    if (end.kind != TaskEnd::Kind::done) co_return end;
    co_await settle_for(cast_, settles_);
    co_return end;
  }

 private:
  [[nodiscard]] std::string_view verb_for(std::string_view task) const {
    if (task == "create_user") return verbs_.create;
    if (task == "update_user") return verbs_.update;
    if (task == "disable_user") return verbs_.disable;
    return task == "delete_user" ? verbs_.remove : std::string_view();
  }

  Cast* cast_;
  std::string host_;
  ProvisioningVerbs verbs_;
  base::Duration settles_;
};

}  // namespace

std::unique_ptr<Product> core_graph_client(Cast& cast) { return std::make_unique<CoreGraphClient>(cast); }

std::unique_ptr<Product> core_relying_party(Cast& cast) { return std::make_unique<CoreRelyingParty>(cast); }

std::unique_ptr<Product> entra_scim_client(Cast& cast) {
  // Entra deletes for good after thirty days: no task waits so long.
  return std::make_unique<ProvisioningClient>(cast, "entra", ProvisioningVerbs{"entra.create_user", "", "entra.update_user", "entra.disable_user", ""}, entra_settles);
}

std::unique_ptr<Product> okta_scim_client(Cast& cast) {
  return std::make_unique<ProvisioningClient>(cast, "okta", ProvisioningVerbs{"okta.create_user", "person-secret", "okta.update_user", "okta.deactivate_user", ""}, okta_settles);
}

std::string_view default_product(std::string_view suite) { return suite == "scim-client" ? "entra" : "core"; }

std::optional<ProductMaker> product_named(std::string_view suite, std::string_view name) {
  if (suite == "graph-client" && name == "core") return core_graph_client;
  if (suite == "oidc-rp" && name == "core") return core_relying_party;
  if (suite == "scim-client" && name == "entra") return entra_scim_client;
  if (suite == "scim-client" && name == "okta") return okta_scim_client;
  return std::nullopt;
}

}  // namespace scenarios::client
