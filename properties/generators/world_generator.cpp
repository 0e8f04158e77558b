#include "properties/generators/world_generator.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "directory/fault_points.h"
#include "properties/generators/fault_table.h"
#include "properties/generators/pools.h"
#include "properties/generators/step_table.h"
#include "properties/generators/story_table.h"

namespace properties {
namespace {

using namespace std::chrono_literals;

/// Rows that a world has, to be drawn by weight.
template <class Row>
class Swarm {
 public:
  void add(const Row& row) {
    rows_.push_back(&row);
    total_ += row.weight;
  }
  [[nodiscard]] bool empty() const { return rows_.empty(); }
  [[nodiscard]] const Row& draw(base::Rng& rng) const {
    auto left = rng.below(total_);
    for (const auto* row : rows_) {
      if (left < row->weight) return *row;
      left -= row->weight;
    }
    return *rows_.back();
  }

 private:
  std::vector<const Row*> rows_;
  std::uint64_t total_ = 0;
};

class Generator {
 public:
  Generator(base::Rng rng, const WorldChoice& choice)
      : unusual_(rng.fork("fault points")), stories_(rng.fork("stories")), world_(rng), rng_(world_.rng()), choice_(choice), scale_(scale_of(choice.size)) {}

  scenarios::Scenario generate() {
    world_.scenario().title = "A generated world";
    draw_settings();
    draw_devices();
    const auto people = 1 + scale_.people / 2 + rng_.below(scale_.people / 2 + 1);
    const auto early = (people + 1) / 2;
    for (std::uint64_t i = 0; i < early; ++i) introduce(world_, i % 4 == 0 ? world_.pause() : 0s);
    add_groups();
    connect_microsoft();
    for (std::uint64_t i = 0; i < early; ++i) {
      if (rng_.chance({2, 3})) set_up();
    }
    choose_steps();
    choose_faults();
    play(people - early);
    draw_fault_points();
    return std::move(world_.scenario());
  }

 private:
  void draw_settings() {
    auto& spec = world_.scenario().world;
    spec.start = start_of_a_world(rng_);
    if (rng_.chance({1, 4})) spec.network.latency = {1ms, 5s};
    if (rng_.chance({1, 6})) spec.network.loss = {1, 50};
    if (rng_.chance({1, 2})) spec.entra.dialect = "compliant";
    spec.entra.interval = 10min;
    if (rng_.chance({1, 4})) spec.directory.default_state = "staged";
    if (rng_.chance({1, 4})) spec.directory.activation_mail = "on_request";
    if (rng_.chance({1, 4})) spec.directory.login_attempts = 3;
    if (rng_.chance({1, 4})) spec.directory.empty_groups = "create";
    if (rng_.chance({1, 3})) spec.okta.made_from = "wizard";
    if (rng_.chance({1, 3})) spec.okta.password_seed = "random";
  }

  /// In a quarter of all worlds, some of them.
  void draw_fault_points() {
    if (!unusual_.chance({1, 4})) return;
    scenarios::FaultPointsSpec out;
    for (const auto& row : directory::fault_point_rows()) {
      if (unusual_.chance({1, 3})) out.points.emplace_back(row.name);
    }
    static constexpr std::array<base::Ratio, 3> ratios{base::Ratio{1, 20}, base::Ratio{1, 5}, base::Ratio{1, 2}};
    out.fires = ratios[unusual_.below(ratios.size())];
    if (!out.points.empty()) world_.scenario().world.fault_points = std::move(out);
  }

  void draw_devices() {
    auto& spec = world_.scenario().world;
    const auto devices = scale_.devices - rng_.below(scale_.devices / 2 + 1);
    for (std::uint64_t i = 0; i < devices; ++i) {
      scenarios::DeviceSpec device;
      device.os = rng_.chance({1, 2}) ? "macos" : "windows";
      device.name = fmt::format("pc-{}", i + 1);
      device.poll = 5min;
      if (device.os == "windows" && rng_.chance({1, 4})) device.edition = "home";
      if (device.os == "windows" && rng_.chance({1, 6})) device.joined = "domain";
      if (rng_.chance({1, 2})) {
        static constexpr std::array account_names{"ann", "bob", "cyd", "Ann", "dov", "visitor"};
        device.accounts.push_back({account_names[rng_.below(account_names.size())], scenarios::SecretName{"local"}, false, {"work.txt"}});
      }
      spec.devices.push_back(std::move(device));
    }
  }

  void add_groups() {
    const auto count = rng_.below(4);
    for (std::uint64_t i = 0; i < count; ++i) {
      scenarios::AdminCreateGroup group;
      group.group = fmt::format("group-{}", i + 1);
      if (rng_.chance({1, 3})) {
        group.attribute = "department";
        group.equals = world_.department();
      }
      world_.groups.push_back(group.group);
      world_.add(group);
    }
  }

  void connect_microsoft() {
    if (rng_.chance({1, 4})) return;
    scenarios::EntraCreateUser boss;
    boss.user = scenarios::NewPerson(std::string(cloud_admin));
    boss.assigned = false;
    world_.add(boss);
    const scenarios::PersonRef admin{std::string(cloud_admin)};
    const scenarios::SecretName secret{std::string(cloud_admin_password)};
    world_.add(scenarios::EntraSetPassword{admin, secret});
    scenarios::EntraGrantRole role;
    role.user = admin;
    role.role = "Global Administrator";
    world_.add(role);
    scenarios::AdminAddMicrosoft microsoft;
    microsoft.directory = cloud_directory;
    world_.add(microsoft);
    world_.add(scenarios::AdminAuthorizeMicrosoft{std::string(cloud_directory), admin, secret});
    world_.connected = true;
  }

  /// Gets a person to where most bugs live: a password, a device, open sessions, an account at Microsoft.
  void set_up() {
    const auto who = world_.person();
    const auto secret = world_.password();
    world_.note_password(who, secret);
    scenarios::EntraProvisionOnDemand provision;
    provision.user = who;
    world_.add(provision);
    if (rng_.chance({1, 4})) {
      scenarios::AdminActivateUser activate;
      activate.user = who;
      world_.add(activate);
    }
    scenarios::UserOpenActivationMail open;
    open.user = who;
    world_.add(open, 5s);
    world_.add(scenarios::UserSetPassword{who, secret});
    if (world_.connected && rng_.chance({1, 2})) {
      scenarios::AdminConnectUser connect;
      connect.user = who;
      connect.directory = cloud_directory;
      world_.add(connect);
      world_.add(scenarios::UserLogIn{who, secret});
    }
    if (world_.scenario().world.devices.empty()) return;
    const auto device = world_.device();
    world_.add(scenarios::AdminBindDevice{who, device, false});
    world_.add(scenarios::DeviceSignIn{device, who.name, secret}, 30s);
  }

  [[nodiscard]] bool is_possible(Needs needs) const {
    switch (needs) {
      case Needs::nothing:
        return true;
      case Needs::okta:
        return world_.has_okta();
      case Needs::devices:
        return !world_.scenario().world.devices.empty();
      case Needs::groups:
        return !world_.groups.empty();
      case Needs::cloud:
        return world_.connected;
      case Needs::cloud_groups:
        return world_.connected && !world_.groups.empty();
    }
    return false;
  }

  void choose_steps() {
    for (const auto& row : step_rows()) {
      const bool drawn = rng_.chance({2, 3});
      const bool wanted = choice_.focus.empty() ? row.always || drawn : row.area == choice_.focus;
      if (wanted && is_possible(row.needs)) steps_.add(row);
    }
    // A world in which what is asked for cannot happen has what always can.
    if (!steps_.empty()) return;
    for (const auto& row : step_rows()) {
      if (row.always && is_possible(row.needs)) steps_.add(row);
    }
  }

  void choose_faults() {
    const bool devices = !world_.scenario().world.devices.empty();
    for (const auto& row : fault_rows()) {
      const bool drawn = rng_.chance({1, 2});
      if (drawn && (devices || !row.needs_devices)) faults_.add(row);
    }
  }

  /// The steps, with newcomers and faults at places drawn among them.
  void play(std::uint64_t newcomers) {
    const auto steps = scale_.steps / 2 + rng_.below(scale_.steps);
    auto faults = rng_.chance({1, 5}) || faults_.empty() ? 0 : scale_.faults / 2 + 1 + rng_.below(scale_.faults);
    const auto story = choice_.focus.empty() ? place_of_story(steps) : std::nullopt;
    for (std::uint64_t i = 0; i < steps; ++i) {
      if (story == i) tell_story();
      const auto left = static_cast<std::uint32_t>(steps - i);
      if (newcomers > 0 && rng_.below(left) < newcomers) {
        introduce(world_, world_.pause());
        --newcomers;
      }
      if (faults > 0 && rng_.below(left) < faults) {
        auto fault = faults_.draw(rng_).make(world_);
        world_.add(std::move(fault), world_.pause());
        --faults;
      }
      auto step = steps_.draw(rng_).make(world_);
      world_.add(std::move(step), world_.pause());
    }
  }

  /// In a quarter of all worlds: before which step.
  std::optional<std::uint64_t> place_of_story(std::uint64_t steps) {
    if (!stories_.chance({1, 4})) return std::nullopt;
    return stories_.below(steps);
  }

  void tell_story() {
    std::vector<const StoryRow*> possible;
    for (const auto& row : story_rows()) {
      if (std::ranges::all_of(row.needs, [&](Needs needs) { return is_possible(needs); })) possible.push_back(&row);
    }
    if (possible.empty()) return;
    std::swap(rng_, stories_);
    possible[rng_.below(possible.size())]->tell(world_);
    std::swap(rng_, stories_);
  }

  // Apart, so that all else is drawn as it was without them.
  base::Rng unusual_;  ///< for fault points
  base::Rng stories_;
  DrawnWorld world_;
  base::Rng& rng_;
  const WorldChoice& choice_;
  WorldScale scale_;
  Swarm<StepRow> steps_;
  Swarm<FaultRow> faults_;
};

}  // namespace

std::vector<std::string_view> focus_areas() {
  std::vector<std::string_view> areas;
  for (const auto& row : step_rows()) {
    if (std::ranges::find(areas, row.area) == areas.end()) areas.push_back(row.area);
  }
  return areas;
}

scenarios::Scenario generate_world(base::Rng rng, const WorldChoice& choice) {
  return Generator(rng, choice).generate();
}

}  // namespace properties
