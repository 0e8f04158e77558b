#include "properties/generators/drawn_world.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "properties/generators/pools.h"
#include "properties/timeline.h"

namespace properties {
namespace {

constexpr std::array passwords{"spring", "summer", "autumn", "winter"};
constexpr std::array given_names{"ann", "bob", "cyd", "dov", "eve", "fay", "gus", "hal", "ida", "jon"};
constexpr std::size_t hot = 4;

}  // namespace

WorldScale scale_of(WorldSize size) {
  switch (size) {
    case WorldSize::small:
      return {.people = 3, .devices = 2, .steps = 25, .faults = 2};
    case WorldSize::standard:
      return {.people = 20, .devices = 6, .steps = 100, .faults = 5};
    case WorldSize::large:
      return {.people = 100, .devices = 20, .steps = 500, .faults = 20};
  }
  return {};
}

void DrawnWorld::add(scenarios::Verb action, base::Duration after) {
  add_step(scenario_, std::move(action), scenarios::Outcome::any, after);
}

void DrawnWorld::know_person(std::string name, bool at_entra, bool at_okta) {
  if (at_entra) of_entra_.push_back(name);
  if (at_okta) of_okta_.push_back(name);
  people_.push_back(std::move(name));
}

scenarios::PersonRef DrawnWorld::one_of(const std::vector<std::string>& people) {
  const auto among = rng_.chance({1, 2}) ? std::min(hot, people.size()) : people.size();
  return scenarios::PersonRef{people[rng_.below(among)]};
}

scenarios::PersonRef DrawnWorld::person() {
  return one_of(people_);
}

scenarios::PersonRef DrawnWorld::person_of_entra() {
  return one_of(of_entra_.empty() ? people_ : of_entra_);
}

scenarios::PersonRef DrawnWorld::person_of_okta() {
  return one_of(of_okta_.empty() ? people_ : of_okta_);
}

scenarios::DeviceRef DrawnWorld::device() {
  const auto& devices = scenario_.world.devices;
  return scenarios::DeviceRef{devices[rng_.below(devices.size())].name};
}

scenarios::SecretName DrawnWorld::password() {
  return scenarios::SecretName{passwords[rng_.below(passwords.size())]};
}

scenarios::SecretName DrawnWorld::password_of(const scenarios::PersonRef& person) {
  const auto known = passwords_.find(person.name);
  return known != passwords_.end() && rng_.chance({3, 4}) ? known->second : password();
}

std::string DrawnWorld::group() {
  return groups[rng_.below(groups.size())];
}

std::string DrawnWorld::department() {
  return std::string(department_pool[rng_.below(department_pool.size())]);
}

std::string DrawnWorld::text() {
  const auto& texts = boundary_texts();
  return texts[rng_.below(texts.size())];
}

std::string DrawnWorld::new_name() {
  const auto number = named_++;
  const auto* name = given_names[number % given_names.size()];
  return number < given_names.size() ? std::string(name) : fmt::format("{}{}", name, number / given_names.size() + 1);
}

base::Duration DrawnWorld::pause() {
  using namespace std::chrono_literals;
  const auto drawn = rng_.below(100);
  if (drawn < 55) return 0s;
  if (drawn < 75) return 1s;
  if (drawn < 93) return 30s;
  if (drawn < 98) return 3min;
  return drawn < 99 ? base::Duration{45min} : base::Duration{6h};
}

}  // namespace properties
