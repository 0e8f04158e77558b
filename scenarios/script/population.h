// The people of `world.users`, the computers of `world.fleet` and the groups of `world.groups`: whom and what a script has without
// naming each. They are counted from 1, and a script knows each by a prefix and its number.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "scenarios/script/values.h"

namespace scenarios {

inline constexpr std::array<std::string_view, 3> places_of_people{"entra", "okta", "directory"};
/// Of people, of computers and of groups.
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

inline constexpr std::array<std::string_view, 3> fleet_systems{"windows", "macos", "mixed"};

struct FleetSpec {
  std::int64_t generate = 0;
  std::string os = "windows";
  std::string prefix = "device";
  bool agent = true;
  base::Duration poll = std::chrono::hours{12};
  SourcePlace source{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("generate", self.generate,
                   "how many computers, 1 to 1000000; the script knows them as device0001, device0002, …, and each is meant for the person "
                   "of the same number");
    visit.choice("os", self.os, fleet_systems, "their operating system; mixed: each has one of the two, drawn from the seed");
    visit.optional("prefix", self.prefix, "what their names begin with; by default device");
    visit.optional("agent", self.agent, "whether they have the agent");
    visit.optional("poll", self.poll, "how long a poll of an agent is held; here the directory holds it as long");
  }
  bool operator==(const FleetSpec&) const = default;
};

struct GroupsSpec {
  std::int64_t generate = 0;
  CountRange members{2, 40};
  std::string prefix = "group";
  bool assigned = true;
  SourcePlace source{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("generate", self.generate, "how many security groups, 1 to 1000000; the script knows them as group0001, group0002, …");
    visit.optional("members", self.members, "how many of the people are in each, and who: both drawn from the seed; no more than there are people");
    visit.optional("prefix", self.prefix, "what their names begin with; by default group");
    visit.optional("assigned", self.assigned, "whether they are assigned to the application");
  }
  bool operator==(const GroupsSpec&) const = default;
};

/// The name of the one with this number, from 1, of `count`: the prefix and four digits, or as many as the largest number has.
[[nodiscard]] std::string generated_name(std::string_view prefix, std::int64_t count, std::int64_t number);

/// The number of the one of `count` that has this name; none where nobody has it.
[[nodiscard]] std::optional<std::int64_t> generated_number(std::string_view prefix, std::int64_t count, std::string_view name);

/// The same by what a world says of them.
template <class Spec>
[[nodiscard]] std::string generated_name(const Spec& spec, std::int64_t number) {
  return generated_name(spec.prefix, spec.generate, number);
}
template <class Spec>
[[nodiscard]] bool is_generated_name(const Spec& spec, std::string_view name) {
  return generated_number(spec.prefix, spec.generate, name).has_value();
}

/// Why there can be no such population, fleet or groups; empty where there can.
[[nodiscard]] std::string unfit_population(const UsersSpec& spec);
[[nodiscard]] std::string unfit_fleet(const FleetSpec& spec);
[[nodiscard]] std::string unfit_groups(const GroupsSpec& spec, const std::optional<UsersSpec>& users);

}  // namespace scenarios
