// The people of `world.users`, as accounts: in the tenant and the org as the world is made, in the directory by an admin's
// import.
#pragma once

#include <string>
#include <vector>

#include "base/rng.h"
#include "scenarios/engine/cast.h"
#include "scenarios/script/population.h"

namespace scenarios {

/// One of them. Who a person is depends on the seed and their own name, not on how many there are.
struct Inhabitant {
  std::string name;
  std::string given_name;
  std::string surname;
  std::string department;  ///< empty: none
  std::string address;     ///< user principal name, login and e-mail address
};

[[nodiscard]] std::vector<Inhabitant> population_of(const UsersSpec& spec, const base::Rng& rng);

/// Introduces the people, and gives them their accounts in the tenant or the org. Why that could not be done; empty: it was.
[[nodiscard]] std::string settle_population(Cast& cast, const UsersSpec& spec);

/// An admin imports those of `in: directory`, 200 a request. Why that could not be done; empty: it was, or there are none.
base::Task<std::string> import_population(Cast& cast, const UsersSpec& spec);

}  // namespace scenarios
