// What a world under construction has so far, and what can be drawn of it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/rng.h"
#include "scenarios/script/scenario.h"

namespace properties {

enum class WorldSize { small, standard, large };

/// How much a world of some size has.
struct WorldScale {
  std::uint64_t people;
  std::uint64_t devices;
  std::uint64_t steps;
  std::uint64_t faults;
};

[[nodiscard]] WorldScale scale_of(WorldSize size);

class DrawnWorld {
 public:
  explicit DrawnWorld(base::Rng rng) : rng_(rng) {}

  [[nodiscard]] base::Rng& rng() { return rng_; }
  [[nodiscard]] scenarios::Scenario& scenario() { return scenario_; }
  [[nodiscard]] const scenarios::Scenario& scenario() const { return scenario_; }

  /// Appends a step; what comes of it is left open.
  void add(scenarios::Verb action, base::Duration after = {});

  // Whom the steps so far have brought in. The first few are hot: half of all draws take one of them, so that much happens to few.
  void know_person(std::string name, bool at_entra, bool at_okta);
  [[nodiscard]] scenarios::PersonRef person();
  [[nodiscard]] scenarios::PersonRef person_of_entra();
  [[nodiscard]] scenarios::PersonRef person_of_okta();
  [[nodiscard]] bool has_okta() const { return !of_okta_.empty(); }

  [[nodiscard]] scenarios::DeviceRef device();
  [[nodiscard]] scenarios::SecretName password();
  /// Mostly the one that was set for the person last, as far as the steps tell; else any.
  [[nodiscard]] scenarios::SecretName password_of(const scenarios::PersonRef& person);
  /// The person has it from now on, unless the step goes wrong.
  void note_password(const scenarios::PersonRef& person, const scenarios::SecretName& password) { passwords_[person.name] = password; }
  [[nodiscard]] std::string group();
  [[nodiscard]] std::string department();
  [[nodiscard]] std::string text();
  /// A new name for a script's person.
  [[nodiscard]] std::string new_name();

  /// A step's pause: mostly none, often seconds, now and then a cycle of provisioning.
  [[nodiscard]] base::Duration pause();

  bool connected = false;  ///< to Microsoft 365
  std::vector<std::string> groups;

 private:
  [[nodiscard]] scenarios::PersonRef one_of(const std::vector<std::string>& people);

  base::Rng rng_;
  scenarios::Scenario scenario_;
  std::vector<std::string> people_;
  std::vector<std::string> of_entra_;
  std::vector<std::string> of_okta_;
  std::map<std::string, scenarios::SecretName, std::less<>> passwords_;
  std::uint64_t named_ = 0;
};

/// The Microsoft 365 directory of every world that has one, the admin who authorises it, and that admin's password.
inline constexpr std::string_view cloud_directory = "m365";
inline constexpr std::string_view cloud_admin = "boss";
inline constexpr std::string_view cloud_admin_password = "boss-secret";

}  // namespace properties
