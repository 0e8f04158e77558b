#include "fakes/okta/scim_client/user_push.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "fakes/okta/scim_client/mapping.h"
#include "fakes/okta/scim_client/requests.h"

namespace fakes::okta::scim_client {
namespace {

/// Eight letters and digits. [Okta provisioning-clients 4.3-09]
base::Secret placeholder(base::Rng* rng) {
  constexpr std::string_view alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";
  constexpr std::size_t length = 8;
  std::string text;
  while (text.size() < length) text += alphabet[rng->below(alphabet.size())];
  return base::Secret(std::move(text));
}

Attributes with_values(Attributes attributes) {
  std::erase_if(attributes, [](const Attribute& attribute) { return attribute.value.empty(); });
  return attributes;
}

bool is_active(const base::JsonObject& resource) {
  const auto* active = base::member_ignoring_case(resource, "active");
  return active != nullptr && active->is_bool() && active->get_bool();
}

}  // namespace

bool UserPush::patches() const {
  const auto* to = app();
  return to != nullptr && to->made_from == AppTemplate::catalogue;
}

ProvisioningSettings UserPush::provisioning() const {
  const auto* to = app();
  return to == nullptr ? ProvisioningSettings{} : to->provisioning;
}

base::Task<UserPushed> UserPush::perform(UserWork work) {
  const auto* to = app();
  if (to == nullptr || !to->provisions()) co_return UserPushed{};
  if (work.kind == UserWork::Kind::deactivate) {
    auto done = co_await deactivate(work.user, work.external_id);
    co_return done;
  }
  const auto* assignment = to->assignment_of(work.user);
  if (assignment == nullptr) co_return UserPushed{};
  if (work.kind == UserWork::Kind::provision) {
    auto done = co_await provision(work.user);
    co_return done;
  }
  // Who has no account there has nothing to change in it: a creation that failed is an admin's to retry.
  if (assignment->external_id.empty()) co_return UserPushed{};
  if (work.kind == UserWork::Kind::update) {
    auto done = co_await update(work.user);
    co_return done;
  }
  auto done = co_await push_password(work.user);
  co_return done;
}

base::Task<UserPushed> UserPush::provision(UserId user) {
  const auto& to = *app();
  auto attributes = attributes_of(*org_, to, *to.assignment_of(user), *settings_);
  org_->sync_started(settings_->app, user);
  const auto path = look_up_path(Collection::users, value_of(attributes, settings_->unique_identifier));
  const auto found = co_await caller_->call("GET", path);
  auto hit = hit_of(found, settings_->quirks);
  if (!hit) co_return UserPushed{"create", hit.error()};
  if (settings_->probing.sometimes(Probe::okta_links_a_user, hit->has_value())) {
    auto resource = *std::move(*hit);
    auto failure = co_await link(user, std::move(attributes), std::move(resource));
    co_return UserPushed{"link", std::move(failure)};
  }
  // [Okta provisioning-clients 4.3-14]
  if (!provisioning().create) co_return UserPushed{"create", Failure{0, "Matching user not found"}};
  auto failure = co_await create(user, std::move(attributes));
  co_return UserPushed{"create", std::move(failure)};
}

base::Task<std::optional<Failure>> UserPush::create(UserId user, Attributes attributes) {
  auto body = create_body({attributes, user.text(), seed_password(user)}, settings_->quirks);
  const std::string path(path_of(Collection::users));
  const auto answer = co_await caller_->call("POST", path, std::move(body));
  const auto id = created_id(answer, "Create new user returned empty user.");  // [Okta provisioning-clients 4.3-11]
  if (!id) co_return id.error();
  pushed_[user] = std::move(attributes);
  org_->sync_succeeded(settings_->app, user, *id);
  co_return std::nullopt;
}

base::Task<std::optional<Failure>> UserPush::link(UserId user, Attributes attributes, base::JsonObject hit) {
  const auto id = text_in(hit, "id");
  // Okta keeps the id before it sends anything. [Okta provisioning-clients 4.3-04]
  org_->sync_succeeded(settings_->app, user, id);
  org_->sync_started(settings_->app, user);
  const auto& quirks = settings_->quirks;
  const bool activates = !quirks.has(ClientQuirk::one_update_where_active) || !is_active(hit);
  const bool profile_first = quirks.has(ClientQuirk::profile_before_activation);
  const bool pushes_profile = provisioning().update;
  UserChange profile{.attributes = with_values(attributes), .external_id = user.text()};
  if (quirks.has(ClientQuirk::create_without_external_id)) profile.external_id.reset();
  const std::array<bool, 2> order{profile_first, !profile_first};
  for (const bool is_profile : order) {
    if (is_profile && pushes_profile) {
      auto failure = co_await push_profile(user, id, attributes, profile);
      if (failure) co_return failure;
    }
    if (!is_profile && activates) {
      UserChange activation{.active = true};
      auto failure = co_await change(id, std::move(activation), patches());
      if (failure) co_return failure;
    }
  }
  // [Okta provisioning-clients 4.6-04]
  const auto password = seeds_own_password() ? own_password(user) : std::nullopt;
  if (password) {
    UserChange seed{.password = password};
    auto failure = co_await change(id, std::move(seed), patches());
    if (failure) co_return failure;
  }
  org_->sync_succeeded(settings_->app, user, id);
  co_return std::nullopt;
}

base::Task<std::optional<Failure>> UserPush::push_profile(UserId user, std::string external_id, Attributes attributes, UserChange changes) {
  const bool by_patch = patches() && settings_->quirks.has(ClientQuirk::profile_by_patch);
  auto failure = co_await change(std::move(external_id), std::move(changes), by_patch);
  if (!failure) pushed_[user] = std::move(attributes);
  co_return failure;
}

base::Task<UserPushed> UserPush::update(UserId user) {
  const auto& to = *app();
  if (!to.provisioning.update) co_return UserPushed{};
  const auto& assignment = *to.assignment_of(user);
  const auto id = assignment.external_id;
  auto attributes = attributes_of(*org_, to, assignment, *settings_);
  UserChange changes{.attributes = changed(pushed_[user], attributes)};
  if (changes.attributes.empty()) co_return UserPushed{};
  if (settings_->quirks.has(ClientQuirk::resends_all_attributes)) {
    for (const auto& attribute : with_values(attributes)) {
      if (std::ranges::count(changes.attributes, attribute) == 0) changes.attributes.push_back(attribute);
    }
  }
  org_->sync_started(settings_->app, user);
  auto failure = co_await push_profile(user, id, std::move(attributes), std::move(changes));
  if (!failure) org_->sync_succeeded(settings_->app, user, id);
  co_return UserPushed{"update", std::move(failure)};
}

base::Task<UserPushed> UserPush::push_password(UserId user) {
  const auto& to = *app();
  const auto password = own_password(user);
  if (!to.provisioning.password || to.provisioning.change == PasswordChange::keep_existing || !password) co_return UserPushed{};
  const auto id = to.assignment_of(user)->external_id;
  org_->sync_started(settings_->app, user);
  UserChange changes{.password = password};
  auto failure = co_await change(id, std::move(changes), patches());
  if (!failure) org_->sync_succeeded(settings_->app, user, id);
  co_return UserPushed{"password", std::move(failure)};
}

base::Task<UserPushed> UserPush::deactivate(UserId user, std::string external_id) {
  if (!provisioning().deactivate || external_id.empty()) co_return UserPushed{};
  pushed_.erase(user);
  UserChange deactivation{.active = false};
  auto failure = co_await change(std::move(external_id), std::move(deactivation), patches());
  co_return UserPushed{"deactivate", std::move(failure)};
}

base::Task<std::optional<Failure>> UserPush::change(std::string external_id, UserChange changes, bool by_patch) {
  const auto path = path_of(Collection::users, external_id);
  const auto read = co_await caller_->call("GET", path);
  auto resource = resource_of(read);
  if (!resource) co_return resource.error();
  auto body = by_patch ? patch_body(changes, settings_->quirks) : replacement(*std::move(resource), changes, settings_->quirks);
  // A PATCH that is refused is not tried as a PUT. [Okta provisioning-clients 4.5-12]
  const std::string method = by_patch ? "PATCH" : "PUT";
  const auto written = co_await caller_->call(method, path, std::move(body));
  co_return failure_of(written);
}

bool UserPush::seeds_own_password() const {
  const auto settings = provisioning();
  return settings.password && settings.seed == PasswordSeed::okta;
}

base::Secret UserPush::seed_password(const UserId& user) {
  if (settings_->defects.contains(Defect::creates_with_another_password)) return base::Secret("Drawn-by-chance-7");
  if (seeds_own_password()) {
    if (auto password = own_password(user)) return *std::move(password);
  }
  // A creation never lacks one. [Okta provisioning-clients 4.3-08]
  auto drawn = placeholder(&rng_);
  witness_->witness(drawn);
  return drawn;
}

std::optional<base::Secret> UserPush::own_password(const UserId& user) const {
  const auto* found = org_->find(user);
  return found == nullptr ? std::nullopt : found->credentials.password;
}

}  // namespace fakes::okta::scim_client
