// What the people of `world.users` do by themselves, day after day.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "scenarios/script/values.h"

namespace scenarios {

struct PopulationOnboard {
  static constexpr std::string_view name = "population.onboard";
  static constexpr std::string_view help =
      "Each of the people of `world.users`, who are in Entra, waits for the activation mail, sets a password, and is bound to the computer of "
      "the fleet that is meant for them; the step ends when the agents have made their accounts.";

  base::Duration over = std::chrono::hours{1};
  std::int64_t federated = 0;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.optional("over", self.over, "time over which they begin, each at an instant drawn from the seed");
    visit.optional("federated", self.federated,
                   "how many of them, the first, are then put into the routing policy of the identity provider, which must be Entra and be there");
  }
  bool operator==(const PopulationOnboard&) const = default;
};

struct PopulationLive {
  static constexpr std::string_view name = "population.live";
  static constexpr std::string_view help =
      "People who were onboarded go about their days: so many of each thing on every working day, by whom and when drawn from the seed. Fails "
      "where anything did that they tried.";

  base::Duration span{0};
  std::int64_t sign_ins = 0;
  std::int64_t attribute_changes = 0;
  std::int64_t joiners = 0;
  std::int64_t leavers = 0;
  std::int64_t password_changes = 0;
  std::int64_t federated_logins = 0;
  std::optional<DurationRange> hours{};
  std::vector<std::string> days{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("for", self.span, "how long; a day counts whose hours lie in it");
    visit.optional("sign_ins", self.sign_ins, "people who sign in at their own computers");
    visit.optional("attribute_changes", self.attribute_changes, "departments and job titles that an Entra admin changes");
    visit.optional("joiners", self.joiners,
                   "people whom an Entra admin creates and assigns, and who are onboarded; each is given a computer of the fleet that is nobody's yet");
    visit.optional("leavers", self.leavers, "people whom an Entra admin disables, unassigns or deletes");
    visit.optional("password_changes", self.password_changes, "passwords that people change, in the portal or at their computers");
    visit.optional("federated_logins", self.federated_logins, "logins to the portal that lead through the identity provider");
    visit.optional("hours", self.hours, "when in the day all this begins, in UTC; by default 8h..18h");
    visit.optional("days", self.days, "the working days; by default monday to friday");
  }
  bool operator==(const PopulationLive&) const = default;
};

}  // namespace scenarios
