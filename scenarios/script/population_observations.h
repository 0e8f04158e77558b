// What the people of a population have come to.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "scenarios/script/values.h"

namespace scenarios {

struct PopulationLife {
  static constexpr std::string_view name = "population.life";
  static constexpr std::string_view help = "What population.onboard and population.live have come to since the start: what went well is counted.";

  std::optional<std::int64_t> onboarded{};
  std::optional<std::int64_t> working_days{};
  std::optional<std::int64_t> sign_ins{};
  std::optional<std::int64_t> attribute_changes{};
  std::optional<std::int64_t> joiners{};
  std::optional<std::int64_t> leavers{};
  std::optional<std::int64_t> password_changes{};
  std::optional<std::int64_t> federated_logins{};
  std::optional<std::int64_t> entra_cycles{};
  std::optional<std::int64_t> failed{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.optional("onboarded", self.onboarded, "people who were onboarded, joiners among them");
    visit.optional("working_days", self.working_days, "working days");
    visit.optional("sign_ins", self.sign_ins, "sign-ins at computers");
    visit.optional("attribute_changes", self.attribute_changes, "changes of attributes in Entra");
    visit.optional("joiners", self.joiners, "people who have joined and were onboarded");
    visit.optional("leavers", self.leavers, "people who have left");
    visit.optional("password_changes", self.password_changes, "changes of passwords");
    visit.optional("federated_logins", self.federated_logins, "logins to the portal through the identity provider");
    visit.optional("entra_cycles", self.entra_cycles, "cycles of Entra's provisioning that have ended while population.live went on");
    visit.optional("failed", self.failed, "what they tried in vain");
  }
  bool operator==(const PopulationLife&) const = default;
};

}  // namespace scenarios
