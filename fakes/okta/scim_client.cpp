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

std::string display_name(const Profile& profile) {
  return profile.display_name.empty() ? profile.first_name + " " + profile.last_name : profile.display_name;
}

/// The attributes that the application's mapping fills; empty ones are pushed as empty on an update.
void put_attributes(base::JsonObject& resource, const Profile& profile, bool with_empty) {
  resource["userName"] = profile.login;
  resource["name"] = base::JsonObject{{"givenName", profile.first_name}, {"familyName", profile.last_name}};
  resource["emails"] = base::JsonArray{base::JsonObject{{"primary", true}, {"value", profile.email}, {"type", "work"}}};
  resource["displayName"] = display_name(profile);
  if (with_empty || !profile.title.empty()) resource["title"] = profile.title;
  base::JsonObject enterprise;
  for (const auto& [name, value] : {std::pair{"department", &profile.department}, {"costCenter", &profile.cost_center},
                                    {"employeeNumber", &profile.employee_number}}) {
    if (with_empty || !value->empty()) enterprise[name] = *value;
  }
  if (!enterprise.empty()) resource[enterprise_schema] = std::move(enterprise);
}

}  // namespace

ScimClient::ScimClient(Org& org, base::Clock& clock, base::HttpTransport& transport, base::Trace& trace,
                       base::SecretWitness& witness, base::Rng rng, ScimClientConfig config)
    : org_(&org),
      clock_(&clock),
      transport_(&transport),
      trace_(&trace),
      witness_(&witness),
      rng_(rng),
      config_(std::move(config)) {}

base::Task<void> ScimClient::run() {
  for (;;) {
    const auto push = org_->next_push();
    if (!push) {
      co_await org_->queued().wait("a change to push");
      continue;
    }
    co_await clock_->sleep_for(config_.delay);
    const auto outcome = co_await process(*push);
    org_->push_done();
    if (outcome.action.empty()) continue;
    const bool failed = outcome.problem.has_value();
    if (failed) failed_.push_back(*push);
    trace_->note("okta", fmt::format("{} of {}: {}", outcome.action, push->user.text(), outcome.problem.value_or("success")));
    log_.push_back({clock_->now(), push->user, outcome.action, failed ? TaskStatus::failure : TaskStatus::success,
                    outcome.problem.value_or("")});
  }
}

bool ScimClient::retry(const UserId& user) {
  const auto [first, last] = std::ranges::stable_partition(failed_, [&](const Push& push) { return push.user != user; });
  const std::vector<Push> again(first, last);
  failed_.erase(first, last);
  for (const auto& push : again) org_->queue(push);
  return !again.empty();
}

base::Task<ScimClient::Outcome> ScimClient::process(Push push) {
  const auto* found = org_->find(push.user);
  const auto link = links_.find(push.user);
  const auto resource_id = link == links_.end() ? std::string{} : link->second;
  // A user without an account in the application has nothing to update there.
  if (push.kind == Push::Kind::deactivate) {
    if (resource_id.empty()) co_return Outcome{};
    auto outcome = co_await patch(resource_id, "deactivate", base::JsonObject{{"active", false}});  // [Okta provisioning-clients 4.5-01]
    co_return outcome;
  }
  if (found == nullptr || !found->assigned) co_return Outcome{};
  const auto user = *found;
  if (push.kind == Push::Kind::create || resource_id.empty()) {
    auto outcome = co_await create_or_link(user);
    co_return outcome;
  }
  if (push.kind == Push::Kind::update) {
    auto outcome = co_await put_profile(user, resource_id);
    co_return outcome;
  }
  if (config_.seed == PasswordSeed::random || !user.password) co_return Outcome{};
  base::JsonObject value{{"password", user.password->reveal()}};  // [Okta provisioning-clients 4.6-02]
  auto outcome = co_await patch(resource_id, "password", std::move(value));
  co_return outcome;
}

base::Task<ScimClient::Outcome> ScimClient::create_or_link(User user) {
  const auto filter = base::percent_encode(fmt::format("userName eq \"{}\"", user.profile.login));
  const auto path = fmt::format("/Users?filter={}&startIndex=1&count=100", filter);  // [Okta provisioning-clients 4.3-01]
  const auto found = co_await call("GET", path, std::nullopt);
  const bool missing = found && found->status == 404;  // [Okta provisioning-clients 4.3-03]
  if (auto problem = problem_of(found); problem && !missing) co_return Outcome{"create", std::move(problem)};
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
  if (auto problem = problem_of(created)) co_return Outcome{"create", std::move(problem)};
  const auto resource = base::parse_json(created->body);
  auto id = resource ? base::string_or(*resource, "id", "") : std::string{};
  if (id.empty()) co_return Outcome{"create", "Create new user returned empty user."};  // [Okta provisioning-clients 4.3-11]
  links_[user.id] = std::move(id);
  co_return Outcome{"create"};
}

base::Task<ScimClient::Outcome> ScimClient::link(User user, std::string resource_id) {
  links_[user.id] = resource_id;
  auto activated = co_await patch(resource_id, "link", base::JsonObject{{"active", true}});  // [Okta provisioning-clients 4.3-04]
  if (activated.problem) co_return activated;
  auto profile = co_await put_profile(user, resource_id);
  if (profile.problem) co_return profile;
  if (config_.seed == PasswordSeed::okta && user.password) {
    base::JsonObject value{{"password", user.password->reveal()}};  // [Okta provisioning-clients 4.6-04]
    auto pushed = co_await patch(resource_id, "password", std::move(value));
    if (pushed.problem) co_return pushed;
  }
  co_return Outcome{"link"};
}

base::Task<ScimClient::Outcome> ScimClient::put_profile(User user, std::string resource_id) {
  const auto path = "/Users/" + base::percent_encode(resource_id);
  const auto read = co_await call("GET", path, std::nullopt);  // [Okta provisioning-clients 4.4-01]
  if (auto problem = problem_of(read)) co_return Outcome{"update", std::move(problem)};
  auto resource = base::parse_json(read->body);
  if (!resource || !resource->is_object()) co_return Outcome{"update", "the application's answer is no resource"};
  put_attributes(resource->get_object(), user.profile, true);  // [Okta provisioning-clients 4.4-02]
  const auto written = co_await call("PUT", path, std::move(resource->get_object()));
  co_return Outcome{"update", problem_of(written)};
}

base::Task<ScimClient::Outcome> ScimClient::patch(std::string resource_id, std::string action, base::JsonObject value) {
  const auto path = "/Users/" + base::percent_encode(resource_id);
  const auto read = co_await call("GET", path, std::nullopt);  // [Okta provisioning-clients 4.4-01]
  if (auto problem = problem_of(read)) co_return Outcome{std::move(action), std::move(problem)};
  base::JsonObject operation{{"op", "replace"}, {"value", std::move(value)}};
  base::JsonObject body{{"schemas", base::JsonArray{patch_schema}}, {"Operations", base::JsonArray{std::move(operation)}}};
  const auto written = co_await call("PATCH", path, std::move(body));
  co_return Outcome{std::move(action), problem_of(written)};
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
  auto password = config_.seed == PasswordSeed::okta ? user.password : std::nullopt;
  if (!password) {
    password = base::Secret(rng_.hex(4));
    witness_->witness(*password);
  }
  body["password"] = password->reveal();
  body["active"] = true;
  return body;
}

}  // namespace fakes::okta
