#include "fakes/okta/scim_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/encoding.h"

namespace fakes::okta {
namespace {

constexpr base::Duration socket_timeout = std::chrono::seconds{60};      // [Okta provisioning-clients 4.1-07]
constexpr base::Duration pause_without_header = std::chrono::minutes{5};  // [Okta provisioning-clients 4.9-01]
constexpr int most_attempts = 10;                                        // [Okta provisioning-clients 4.9-02]

constexpr auto user_schema = "urn:ietf:params:scim:schemas:core:2.0:User";
constexpr auto enterprise_schema = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
constexpr auto patch_schema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/// Whole seconds; anything else counts as missing. [Okta provisioning-clients 4.9-01]
base::Duration retry_after(const base::HttpResponse& response) {
  const auto header = response.headers.find("Retry-After");
  std::int64_t seconds = 0;
  if (!header) return pause_without_header;
  const auto [end, error] = std::from_chars(header->data(), header->data() + header->size(), seconds);
  if (error != std::errc{} || end != header->data() + header->size() || seconds < 0) return pause_without_header;
  return std::chrono::seconds{seconds};
}

/// Empty on success, else what the admin reads.
std::optional<std::string> problem_of(const base::HttpResult& result) {
  if (!result) return result.error().message;
  if (result->ok()) return std::nullopt;
  const auto body = base::parse_json(result->body);
  const auto detail = body ? base::string_or(*body, "detail", "") : std::string{};
  return fmt::format("{} {}", result->status, detail);
}

/// The attributes that the application's mapping fills; empty ones are pushed as empty on an update.
void put_attributes(base::JsonObject& resource, const Profile& profile, bool with_empty) {
  resource["userName"] = value_or_empty(profile, "login");
  resource["name"] = base::JsonObject{{"givenName", value_or_empty(profile, "firstName")}, {"familyName", value_or_empty(profile, "lastName")}};
  resource["emails"] = base::JsonArray{base::JsonObject{{"primary", true}, {"value", value_or_empty(profile, "email")}, {"type", "work"}}};
  resource["displayName"] = display_name_of(profile);
  const auto title = value_or_empty(profile, "title");
  if (with_empty || !title.empty()) resource["title"] = title;
  base::JsonObject enterprise;
  for (const auto* name : {"department", "costCenter", "employeeNumber"}) {
    const auto value = value_or_empty(profile, name);
    if (with_empty || !value.empty()) enterprise[name] = value;
  }
  if (!enterprise.empty()) resource[enterprise_schema] = std::move(enterprise);
}

}  // namespace

ScimClient::ScimClient(Org& org, base::Scheduler& scheduler, base::Clock& clock, base::HttpTransport& transport, base::Trace& trace,
                       base::SecretWitness& witness, base::Rng rng, ScimClientConfig config)
    : org_(&org),
      clock_(&clock),
      transport_(&transport),
      trace_(&trace),
      witness_(&witness),
      rng_(rng),
      config_(std::move(config)),
      changed_(scheduler),
      listener_(org.changes().listen([this] { changed_.notify_all(); })) {}

void ScimClient::read_changes() {
  for (const auto& entry : org_->changes().after(cursor_)) {
    cursor_ = entry.sequence;
    const auto* app = org_->find(config_.app);
    if (app == nullptr || !app->provisions()) continue;
    const auto& settings = app->provisioning;
    const bool assigned = app->assignment_of(entry.user) != nullptr;
    const auto of_app = [&](Change what) { return entry.what == what && entry.app == config_.app; };
    if (of_app(Change::app_user_assigned) || of_app(Change::app_user_retried)) pushes_.push_back({Push::Kind::create, entry.user});
    if (of_app(Change::app_user_unassigned) && settings.deactivate) pushes_.push_back({Push::Kind::deactivate, entry.user});
    if (entry.what == Change::user_updated && assigned && settings.update) pushes_.push_back({Push::Kind::update, entry.user});
    if (entry.what == Change::password_set && assigned && settings.password && settings.change == PasswordChange::change) {
      pushes_.push_back({Push::Kind::password, entry.user});
    }
  }
}

/// What the org shows of the assignment. [Okta provisioning-clients 4.9-05]
void ScimClient::report(const Push& push, const Result& result) {
  const auto link = links_.find(push.user);
  if (result.problem) {
    org_->sync_failed(config_.app, push.user);
  } else if (link != links_.end()) {
    org_->sync_succeeded(config_.app, push.user, link->second);
  }
}

base::Task<void> ScimClient::run() {
  for (;;) {
    read_changes();
    if (pushes_.empty()) {
      co_await changed_.wait("a change to push");
      continue;
    }
    const auto push = pushes_.front();
    co_await clock_->sleep_for(config_.delay);
    const auto outcome = co_await process(push);
    pushes_.pop_front();
    report(push, outcome);
    if (outcome.action.empty()) continue;
    const bool failed = outcome.problem.has_value();
    if (failed) failed_.push_back(push);
    trace_->note("okta", fmt::format("{} of {}: {}", outcome.action, push.user.text(), outcome.problem.value_or("success")));
    log_.push_back({clock_->now(), push.user, outcome.action, failed ? TaskStatus::failure : TaskStatus::success,
                    outcome.problem.value_or("")});
  }
}

bool ScimClient::retry(const UserId& user) {
  const auto [first, last] = std::ranges::stable_partition(failed_, [&](const Push& push) { return push.user != user; });
  const std::vector<Push> again(first, last);
  failed_.erase(first, last);
  for (const auto& push : again) pushes_.push_back(push);
  changed_.notify_all();
  return !again.empty();
}

base::Task<ScimClient::Result> ScimClient::process(Push push) {
  const auto* found = org_->find(push.user);
  const auto link = links_.find(push.user);
  const auto resource_id = link == links_.end() ? std::string{} : link->second;
  // A user without an account in the application has nothing to update there.
  if (push.kind == Push::Kind::deactivate) {
    if (resource_id.empty()) co_return Result{};
    auto outcome = co_await patch(resource_id, "deactivate", base::JsonObject{{"active", false}});  // [Okta provisioning-clients 4.5-01]
    co_return outcome;
  }
  if (found == nullptr || org_->find(config_.app)->assignment_of(push.user) == nullptr) co_return Result{};
  const auto user = *found;
  if (push.kind == Push::Kind::create || resource_id.empty()) {
    auto outcome = co_await create_or_link(user);
    co_return outcome;
  }
  if (push.kind == Push::Kind::update) {
    auto outcome = co_await put_profile(user, resource_id);
    co_return outcome;
  }
  if (!user.credentials.password) co_return Result{};
  base::JsonObject value{{"password", user.credentials.password->reveal()}};  // [Okta provisioning-clients 4.6-02]
  auto outcome = co_await patch(resource_id, "password", std::move(value));
  co_return outcome;
}

bool ScimClient::seeds_their_own() const {
  const auto& settings = org_->find(config_.app)->provisioning;
  return settings.password && settings.seed == PasswordSeed::okta;
}

base::Task<ScimClient::Result> ScimClient::create_or_link(User user) {
  const auto filter = base::percent_encode(fmt::format("userName eq \"{}\"", user.login()));
  const auto path = fmt::format("/Users?filter={}&startIndex=1&count=100", filter);  // [Okta provisioning-clients 4.3-01]
  const auto found = co_await call("GET", path, std::nullopt);
  const bool missing = found && found->status == 404;  // [Okta provisioning-clients 4.3-03]
  if (auto problem = problem_of(found); problem && !missing) co_return Result{"create", std::move(problem)};
  if (!missing) {
    const auto list = base::parse_json(found->body);
    const auto* resources = list ? base::member(*list, "Resources") : nullptr;
    if (resources != nullptr && resources->is_array() && !resources->get_array().empty()) {
      auto id = base::string_or(resources->get_array().front(), "id", "");
      auto outcome = co_await link(user, std::move(id));
      co_return outcome;
    }
  }
  auto body = create_body(user);
  const auto created = co_await call("POST", "/Users", std::move(body));
  if (auto problem = problem_of(created)) co_return Result{"create", std::move(problem)};
  const auto resource = base::parse_json(created->body);
  auto id = resource ? base::string_or(*resource, "id", "") : std::string{};
  if (id.empty()) co_return Result{"create", "Create new user returned empty user."};  // [Okta provisioning-clients 4.3-11]
  links_[user.id] = std::move(id);
  co_return Result{"create"};
}

base::Task<ScimClient::Result> ScimClient::link(User user, std::string resource_id) {
  links_[user.id] = resource_id;
  auto activated = co_await patch(resource_id, "link", base::JsonObject{{"active", true}});  // [Okta provisioning-clients 4.3-04]
  if (activated.problem) co_return activated;
  auto profile = co_await put_profile(user, resource_id);
  if (profile.problem) co_return profile;
  if (seeds_their_own() && user.credentials.password) {
    base::JsonObject value{{"password", user.credentials.password->reveal()}};  // [Okta provisioning-clients 4.6-04]
    auto pushed = co_await patch(resource_id, "password", std::move(value));
    if (pushed.problem) co_return pushed;
  }
  co_return Result{"link"};
}

base::Task<ScimClient::Result> ScimClient::put_profile(User user, std::string resource_id) {
  const auto path = "/Users/" + base::percent_encode(resource_id);
  const auto read = co_await call("GET", path, std::nullopt);  // [Okta provisioning-clients 4.4-01]
  if (auto problem = problem_of(read)) co_return Result{"update", std::move(problem)};
  auto resource = base::parse_json(read->body);
  if (!resource || !resource->is_object()) co_return Result{"update", "the application's answer is no resource"};
  put_attributes(resource->get_object(), user.profile, true);  // [Okta provisioning-clients 4.4-02]
  const auto written = co_await call("PUT", path, std::move(resource->get_object()));
  co_return Result{"update", problem_of(written)};
}

base::Task<ScimClient::Result> ScimClient::patch(std::string resource_id, std::string action, base::JsonObject value) {
  const auto path = "/Users/" + base::percent_encode(resource_id);
  const auto read = co_await call("GET", path, std::nullopt);  // [Okta provisioning-clients 4.4-01]
  if (auto problem = problem_of(read)) co_return Result{std::move(action), std::move(problem)};
  base::JsonObject operation{{"op", "replace"}, {"value", std::move(value)}};
  base::JsonObject body{{"schemas", base::JsonArray{patch_schema}}, {"Operations", base::JsonArray{std::move(operation)}}};
  const auto written = co_await call("PATCH", path, std::move(body));
  co_return Result{std::move(action), problem_of(written)};
}

base::Task<base::HttpResult> ScimClient::call(std::string method, std::string path, std::optional<base::JsonObject> body) {
  base::Duration pause{0};
  for (int attempt = 1;; ++attempt) {
    auto message = request(method, path, body);
    auto result = co_await transport_->send(std::move(message), socket_timeout);
    if (!result || result->status != 429 || attempt == most_attempts) co_return result;
    pause = attempt == 1 ? retry_after(*result) : pause * 2;
    co_await clock_->sleep_for(pause);
  }
}

base::HttpRequest ScimClient::request(std::string method, std::string path, const std::optional<base::JsonObject>& body) const {
  auto base_path = config_.base_url.path;
  while (base_path.ends_with('/')) base_path.pop_back();
  base::HttpRequest message(std::move(method), config_.base_url);
  message.target = base_path + path;
  message.headers.add("User-Agent", "Okta SCIM Client 1.0.0");  // [Okta provisioning-clients 4.1-01]
  message.headers.add("Authorization", "Bearer " + config_.token.reveal());
  message.headers.add("Accept", "application/scim+json");
  message.headers.add("Accept-Charset", "utf-8");
  if (body) {
    message.headers.add("Content-Type", "application/scim+json; charset=utf-8");
    message.body = base::to_text(*body);
  }
  return message;
}

base::JsonObject ScimClient::create_body(const User& user) {
  // [Okta provisioning-clients 4.3-06]
  base::JsonObject body{{"schemas", base::JsonArray{user_schema}}};
  put_attributes(body, user.profile, false);
  if (body.contains(enterprise_schema)) body["schemas"].as_array().push_back(enterprise_schema);
  body["locale"] = "en-US";
  body["externalId"] = user.id.text();
  body["groups"] = base::JsonArray{};
  // A placeholder where passwords are not synchronised, or there is none. [Okta provisioning-clients 4.3-08]
  auto password = seeds_their_own() ? user.credentials.password : std::nullopt;
  if (!password) {
    password = base::Secret(rng_.hex(4));
    witness_->witness(*password);
  }
  body["password"] = password->reveal();
  body["active"] = true;
  return body;
}

}  // namespace fakes::okta
