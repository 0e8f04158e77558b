#include "bench/load/workload.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "base/rng.h"

namespace bench::load {
namespace {

constexpr std::array<std::string_view, 4> departments{"Sales", "Engineering", "Finance", "People"};

std::string_view department(base::Rng& rng) { return departments[rng.below(departments.size())]; }

/// No hit, so a creation; the provider has never heard of the user. [Entra provisioning-clients 2.3-08]
Visit entra_newcomer(std::size_t user) {
  return {{.operation = Operation::look_up_user, .user = user}, {.operation = Operation::create_user, .user = user}};
}

/// Groups are created empty, after users, and filled by PATCH. [Entra provisioning-clients 2.3-06] [Entra provisioning-clients 2.10-01]
Visit entra_group(std::size_t group, std::size_t users) {
  Visit visit{{.operation = Operation::look_up_group, .group = group}, {.operation = Operation::create_group, .group = group}};
  const auto last = std::min(users, (group + 1) * group_size);
  for (auto user = group * group_size; user < last; ++user) {
    visit.push_back({.operation = Operation::add_member, .user = user, .group = group});
  }
  return visit;
}

/// Known users are read before an update; equal ones are left alone. [Entra provisioning-clients 2.4-11]
/// [Entra provisioning-clients 2.3-10]
Visit entra_known(std::size_t user, base::Rng& rng) {
  Visit visit{{.operation = Operation::read_user, .user = user}};
  const auto what = rng.below(10);
  if (what >= 2) return visit;
  Step update{.operation = Operation::update_user, .user = user};
  if (what == 0) update.department = department(rng);
  if (what == 1) update.active = rng.chance({1, 2});
  visit.push_back(std::move(update));
  return visit;
}

/// [Okta provisioning-clients 4.3-01] [Okta provisioning-clients 4.3-05]
Visit okta_newcomer(std::size_t user) {
  return {{.operation = Operation::look_up_user, .dialect = Dialect::okta, .user = user},
          {.operation = Operation::create_user, .dialect = Dialect::okta, .user = user}};
}

/// Every update is preceded by a read. [Okta provisioning-clients 4.4-01] [Okta provisioning-clients 4.4-02]
Visit okta_update(std::size_t user, base::Rng& rng) {
  Visit visit{{.operation = Operation::read_user, .dialect = Dialect::okta, .user = user}};
  Step update{.operation = Operation::replace_user, .dialect = Dialect::okta, .user = user};
  update.department = department(rng);
  visit.push_back(std::move(update));
  return visit;
}

/// The first page; what follows depends on its answer. [Okta provisioning-clients 4.7-01]
Visit okta_pages() { return {{.operation = Operation::list_users, .dialect = Dialect::okta}}; }

Visit mixed_visit(std::size_t users, base::Rng& rng) {
  const auto user = rng.below(users);
  auto draw = rng.below(100);
  std::size_t which = 0;
  for (const auto& weight : mixed_weights()) {
    if (draw < weight.percent) break;
    draw -= weight.percent;
    ++which;
  }
  switch (which) {
    case 0: return {{.operation = Operation::look_up_user, .user = user, .expected = 1}};
    case 1: return entra_known(user, rng);
    case 2: return {{.operation = Operation::look_up_user, .dialect = Dialect::okta, .user = user, .expected = 1}};
    case 3: return okta_update(user, rng);
    default: return okta_pages();
  }
}

Visit look_up_of_somebody(std::size_t users, base::Rng& rng) {
  return {{.operation = Operation::look_up_user, .user = rng.below(users), .expected = 1}};
}

/// No two are alike, so that each changes something.
Visit patch_of_somebody(std::size_t users, std::size_t number, base::Rng& rng) {
  Step update{.operation = Operation::update_user, .user = rng.below(users)};
  update.department = fmt::format("{} {}", department(rng), number + 1);
  return {std::move(update)};
}

constexpr std::array every_profile{Profile::entra_initial, Profile::entra_incremental, Profile::okta_import, Profile::mixed,
                                   Profile::look_ups,      Profile::creates,         Profile::patches};

}  // namespace

std::string_view to_text(Profile profile) {
  switch (profile) {
    case Profile::entra_initial: return "entra-initial";
    case Profile::entra_incremental: return "entra-incremental";
    case Profile::okta_import: return "okta-import";
    case Profile::mixed: return "mixed";
    case Profile::look_ups: return "look-ups";
    case Profile::creates: return "creates";
    case Profile::patches: return "patches";
  }
  return "";
}

std::optional<Profile> profile_named(std::string_view name) {
  for (const auto profile : every_profile) {
    if (to_text(profile) == name) return profile;
  }
  return std::nullopt;
}

const std::vector<std::string>& profile_names() {
  static const auto names = [] {
    std::vector<std::string> out;
    std::ranges::transform(every_profile, std::back_inserter(out), [](Profile profile) { return std::string(to_text(profile)); });
    return out;
  }();
  return names;
}

std::string_view to_text(Operation operation) {
  switch (operation) {
    case Operation::look_up_user: return "look up user";
    case Operation::create_user: return "create user";
    case Operation::read_user: return "read user";
    case Operation::update_user: return "update user";
    case Operation::replace_user: return "replace user";
    case Operation::list_users: return "list users";
    case Operation::look_up_group: return "look up group";
    case Operation::create_group: return "create group";
    case Operation::add_member: return "add member";
  }
  return "";
}

const std::vector<Weight>& mixed_weights() {
  static const std::vector<Weight> weights{{"Entra looks a user up", 35},
                                           {"Entra reads a user, one in five is changed", 40},
                                           {"Okta looks a user up", 10},
                                           {"Okta reads and replaces a user", 10},
                                           {"Okta reads every page", 5}};
  return weights;
}

Workload::Workload(Profile profile, std::size_t users, std::uint64_t seed) : profile_(profile), users_(users), seed_(seed) {
  switch (profile) {
    case Profile::entra_initial:
      groups_ = (users + group_size - 1) / group_size;
      stages_ = {{.name = "users", .visits = users}, {.name = "groups", .visits = groups_}};
      break;
    case Profile::entra_incremental:
      stages_ = {{.name = "users to begin with", .visits = users, .measured = false}, {.name = "cycle", .visits = users, .repeats = true}};
      break;
    case Profile::okta_import:
      stages_ = {{.name = "assignment", .visits = users}, {.name = "profile push", .visits = users}, {.name = "import", .visits = 1, .repeats = true}};
      break;
    case Profile::mixed:
      stages_ = {{.name = "users to begin with", .visits = users, .measured = false}, {.name = "mixed", .visits = users, .repeats = true}};
      break;
    case Profile::look_ups:
    case Profile::creates:
    case Profile::patches:
      stages_ = {{.name = "users to begin with", .visits = users, .measured = false}, {.name = to_text(profile), .visits = users, .repeats = true}};
      break;
  }
}

Visit Workload::visit(std::size_t stage, std::size_t index) const {
  auto rng = base::Rng(seed_).fork(stages_[stage].name, index);
  switch (profile_) {
    case Profile::entra_initial: return stage == 0 ? entra_newcomer(index) : entra_group(index, users_);
    case Profile::entra_incremental: return stage == 0 ? entra_newcomer(index) : entra_known(index % users_, rng);
    case Profile::okta_import:
      if (stage == 0) return okta_newcomer(index);
      return stage == 1 ? okta_update(index, rng) : okta_pages();
    case Profile::mixed: return stage == 0 ? entra_newcomer(index) : mixed_visit(users_, rng);
    case Profile::look_ups: return stage == 0 ? entra_newcomer(index) : look_up_of_somebody(users_, rng);
    case Profile::creates: return stage == 0 ? entra_newcomer(index) : Visit{{.operation = Operation::create_user, .user = users_ + index}};
    case Profile::patches: return stage == 0 ? entra_newcomer(index) : patch_of_somebody(users_, index, rng);
  }
  return {};
}

}  // namespace bench::load
