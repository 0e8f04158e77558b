// What can be seen of the network itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "scenarios/script/values.h"
#include "scenarios/script/verbs/fault_verbs.h"

namespace scenarios {

struct NetworkFaults {
  static constexpr std::string_view name = "network.faults";
  static constexpr std::string_view help = "Requests that something injected has befallen.";

  std::string fault = "lose_request";
  std::optional<HostRef> to{};
  std::optional<std::int64_t> count{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.choice("fault", self.fault, exchange_faults, "what has befallen them");
    visit.optional("to", self.to, "the host that they were sent to; by default any");
    visit.optional("count", self.count, "how many since the start; by default at least one");
  }
  bool operator==(const NetworkFaults&) const = default;
};

struct LawHolds {
  static constexpr std::string_view name = "law.holds";
  static constexpr std::string_view help = "The world obeys a law that every world has to obey; 'lockstep list laws' says what each demands.";

  std::string law;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("law", self.law, "its id, such as quiet-after-settling");
  }
  bool operator==(const LawHolds&) const = default;
};

}  // namespace scenarios
