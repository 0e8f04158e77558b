// The people of `world.users`, as accounts: in the tenant and the org as the world is made, in the directory by an admin's
// import; the computers of `world.fleet`, as devices; the groups of `world.groups`, in the tenant.
#pragma once

#include <string>
#include <vector>

#include "base/rng.h"
#include "scenarios/engine/cast.h"
#include "scenarios/script/population.h"
#include "scenarios/script/world_spec.h"

namespace scenarios {

/// One of them. Who a person is depends on the seed and their own name, not on how many there are.
struct Inhabitant {
  std::string name;
  std::string given_name;
  std::string surname;
  std::string department;  ///< empty: none
  std::string address;     ///< user principal name, login and e-mail address
};

[[nodiscard]] Inhabitant inhabitant_of(const UsersSpec& spec, std::string name, const base::Rng& rng);
[[nodiscard]] std::vector<Inhabitant> population_of(const UsersSpec& spec, const base::Rng& rng);

/// The devices of a fleet. Which system one has depends on the seed and its own name.
[[nodiscard]] std::vector<DeviceSpec> fleet_of(const FleetSpec& spec, const base::Rng& rng);

/// Numbers of the people, of whom there are so many, that are in the group of that name; in order. They depend on the seed, that name
/// and how many people there are.
[[nodiscard]] std::vector<std::int64_t> members_of(const GroupsSpec& spec, std::string_view group, std::int64_t people, const base::Rng& rng);

/// Introduces the people, and gives them their accounts in the tenant or the org. Why that could not be done; empty: it was.
[[nodiscard]] std::string settle_population(Cast& cast, const UsersSpec& spec);

/// Creates the groups in the tenant, with their members. Why that could not be done; empty: it was.
[[nodiscard]] std::string settle_groups(Cast& cast, const GroupsSpec& spec, const UsersSpec& users);

/// An admin imports those of `in: directory`, 200 a request. Why that could not be done; empty: it was, or there are none.
base::Task<std::string> import_population(Cast& cast, const UsersSpec& spec);

}  // namespace scenarios
