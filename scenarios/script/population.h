// The people of `world.users`: whom a script has without naming each.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/script/values.h"

namespace scenarios {

inline constexpr std::array<std::string_view, 3> places_of_people{"entra", "okta", "directory"};
inline constexpr std::int64_t largest_population = 1'000'000;

struct UsersSpec {
  std::int64_t generate = 0;
  std::string in = "entra";
  std::string prefix = "user";
  std::string domain = "example.test";
  std::vector<std::string> departments{};
  bool assigned = true;
  SourcePlace source{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("generate", self.generate, "how many people, 1 to 1000000; the script knows them as user0001, user0002, …");
    visit.choice("in", self.in, places_of_people,
                 "where they are as the run begins: in the Entra tenant, in the Okta org, or in the directory, into which an admin imports "
                 "them before the first step");
    visit.optional("prefix", self.prefix, "what their names begin with; by default user");
    visit.optional("domain", self.domain, "domain of their addresses, user0001@DOMAIN; by default example.test");
    visit.optional("departments", self.departments, "each is in one of these, drawn from the seed; by default in none");
    visit.optional("assigned", self.assigned, "in entra and okta: whether they are assigned to the application");
  }
  bool operator==(const UsersSpec&) const = default;
};

/// The name of the person with this number, from 1: the prefix and four digits, or as many as the largest number has.
[[nodiscard]] std::string generated_name(const UsersSpec& spec, std::int64_t number);

/// Whether one of them has this name.
[[nodiscard]] bool is_generated_name(const UsersSpec& spec, std::string_view name);

/// Why there can be no such population; empty where there can.
[[nodiscard]] std::string unfit_population(const UsersSpec& spec);

}  // namespace scenarios
