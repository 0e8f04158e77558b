#include "properties/generators/timeline_generator.h"

#include <fmt/format.h>

#include <array>
#include <functional>
#include <utility>
#include <vector>

namespace properties {
namespace {

using scenarios::DeviceRef;
using scenarios::HostRef;
using scenarios::PersonRef;
using scenarios::SecretName;
using scenarios::Verb;

constexpr std::array names{"ann", "bob", "cyd", "dov"};
constexpr std::array passwords{"spring", "summer", "autumn"};

class Generator {
 public:
  explicit Generator(base::Rng rng) : rng_(rng) {}

  scenarios::Scenario generate() {
    scenario_.title = "A generated timeline";
    draw_world();
    choose_verbs();
    const auto people = 1 + rng_.below(names.size());
    for (std::uint64_t i = 0; i < people; ++i) {
      introduce(names[i]);
      if (rng_.chance({1, 2})) set_up(names[i]);
    }
    const auto steps = 10 + rng_.below(31);
    for (std::uint64_t i = 0; i < steps; ++i) add(enabled_[rng_.below(enabled_.size())](), pause());
    return std::move(scenario_);
  }

 private:
  using Maker = std::function<Verb()>;

  void draw_world() {
    auto& world = scenario_.world;
    static constexpr std::array losses{base::Ratio{}, base::Ratio{1, 50}, base::Ratio{1, 10}};
    world.network.loss = losses[rng_.below(losses.size())];
    if (rng_.chance({1, 3})) world.network.latency = {std::chrono::milliseconds{1}, std::chrono::seconds{5}};
    if (rng_.chance({1, 2})) world.entra.dialect = "compliant";
    if (rng_.chance({1, 4})) world.directory.default_state = "staged";
    const auto devices = rng_.below(4);
    for (std::uint64_t i = 0; i < devices; ++i) {
      scenarios::DeviceSpec device;
      device.os = rng_.chance({1, 2}) ? "macos" : "windows";
      device.name = fmt::format("pc-{}", i + 1);
      if (rng_.chance({1, 2})) {
        device.accounts.push_back(
            {names[rng_.below(names.size())], SecretName{"local"}, false, {"work.txt"}});
      }
      world.devices.push_back(std::move(device));
    }
  }

  /// Each verb is in with a chance of two in three; what moves a person along is always in.
  void choose_verbs() {
    const auto always = [&](Maker maker) { enabled_.push_back(std::move(maker)); };
    const auto perhaps = [&](Maker maker) {
      if (rng_.chance({2, 3})) enabled_.push_back(std::move(maker));
    };
    always([this] { return verb<scenarios::EntraProvisionOnDemand>(); });
    always([this] { return verb<scenarios::UserOpenActivationMail>(); });
    always([this] {
      auto who = person();
      return Verb(scenarios::UserSetPassword{who, password()});
    });
    always([this] {
      auto who = person();
      return Verb(scenarios::UserLogIn{who, password()});
    });
    perhaps([this] {
      auto who = person();
      auto before = password();
      return Verb(scenarios::UserChangePassword{who, before, password()});
    });
    perhaps([this] { return update(); });
    perhaps([this] { return verb<scenarios::EntraUnassignUser>(); });
    perhaps([this] { return verb<scenarios::EntraAssignUser>(); });
    perhaps([this] { return verb<scenarios::EntraDeleteUser>(); });
    perhaps([this] { return verb<scenarios::EntraRestoreUser>(); });
    always([this] { return verb<scenarios::AdminSuspendUser>(); });
    perhaps([this] { return verb<scenarios::AdminActivateUser>(); });
    perhaps([this] { return verb<scenarios::AdminSendActivationMail>(); });
    perhaps([this] { return verb<scenarios::AdminUnlockUser>(); });
    if (!scenario_.world.devices.empty()) choose_device_verbs(always, perhaps);
    perhaps([this] { return Verb(scenarios::HostCrash{host()}); });
    perhaps([this] { return Verb(scenarios::HostRestart{host()}); });
    perhaps([] { return Verb(scenarios::NetworkPartition{HostRef{"entra"}, HostRef{"directory"}}); });
    perhaps([] { return Verb(scenarios::NetworkHeal{HostRef{"entra"}, HostRef{"directory"}}); });
  }

  template <class Always, class Perhaps>
  void choose_device_verbs(const Always& always, const Perhaps& perhaps) {
    for (int weight = 0; weight < 2; ++weight) {
      always([this] {
        auto user = person();
        auto where = device();
        return Verb(scenarios::AdminBindDevice{user, where, rng_.chance({1, 4})});
      });
      always([this] {
        auto where = device();
        auto who = person();
        return Verb(scenarios::DeviceSignIn{where, who.name, password()});
      });
    }
    perhaps([this] {
      auto user = person();
      return Verb(scenarios::AdminUnbindDevice{user, device()});
    });
    perhaps([this] { return Verb(scenarios::DeviceSignOut{device()}); });
    perhaps([this] { return Verb(scenarios::DevicePowerOff{device()}); });
    perhaps([this] { return Verb(scenarios::DevicePowerOn{device()}); });
    perhaps([this] {
      auto where = device();
      auto who = person();
      auto before = password();
      return Verb(scenarios::DeviceChangePassword{where, who.name, before, password()});
    });
  }

  void introduce(const char* name) {
    people_.emplace_back(name);
    scenarios::NewPerson person(name);
    if (rng_.chance({3, 4})) {
      scenarios::EntraCreateUser create;
      create.user = person;
      add(Verb(create), pause());
    } else {
      scenarios::AdminCreateUser create;
      create.user = person;
      add(Verb(create), pause());
    }
  }

  /// Gets a person to where most bugs live: a password, devices, open sessions.
  void set_up(const char* name) {
    const PersonRef who{name};
    const auto secret = password();
    scenarios::EntraProvisionOnDemand provision;
    provision.user = who;
    add(provision, base::Duration{0});
    scenarios::UserOpenActivationMail open;
    open.user = who;
    add(open, std::chrono::minutes{1});
    add(scenarios::UserSetPassword{who, secret}, base::Duration{0});
    std::vector<DeviceRef> bound;
    for (const auto& device : scenario_.world.devices) {
      if (!rng_.chance({2, 3})) continue;
      bound.emplace_back(device.name);
      add(scenarios::AdminBindDevice{who, bound.back(), false}, base::Duration{0});
    }
    auto settling = base::Duration{std::chrono::minutes{3}};
    for (const auto& device : bound) {
      add(scenarios::DeviceSignIn{device, name, secret}, std::exchange(settling, base::Duration{0}));
    }
  }

  Verb update() {
    static constexpr std::array departments{"Sales", "Support", "R&D"};
    scenarios::EntraUpdateUser out;
    out.user = person();
    out.department = departments[rng_.below(departments.size())];
    return out;
  }

  template <class OnPerson>
  Verb verb() {
    OnPerson out;
    out.user = person();
    return out;
  }

  void add(Verb action, base::Duration after) {
    scenarios::Step step;
    if (after > base::Duration::zero()) step.after = after;
    step.action = scenarios::VerbStep{std::move(action), scenarios::Outcome::any};
    scenario_.timeline.push_back(std::move(step));
  }

  base::Duration pause() {
    using namespace std::chrono_literals;
    static constexpr std::array<base::Duration, 6> pauses{0s, 0s, 1s, 2min, 40min, 6h};
    return pauses[rng_.below(pauses.size())];
  }

  PersonRef person() { return PersonRef{people_[rng_.below(people_.size())]}; }
  SecretName password() { return SecretName{passwords[rng_.below(passwords.size())]}; }
  DeviceRef device() {
    const auto& devices = scenario_.world.devices;
    return DeviceRef{devices[rng_.below(devices.size())].name};
  }
  HostRef host() { return HostRef{rng_.chance({3, 4}) ? "directory" : "mail"}; }

  base::Rng rng_;
  scenarios::Scenario scenario_;
  std::vector<std::string> people_;
  std::vector<Maker> enabled_;
};

}  // namespace

scenarios::Scenario generate_timeline(base::Rng rng) {
  return Generator(rng).generate();
}

}  // namespace properties
