// What can be expected of what Microsoft has seen of the directory: the tenant's audit log, and the requests that would change it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "scenarios/script/values.h"

namespace scenarios {

struct MicrosoftAudit {
  static constexpr std::string_view name = "microsoft.audit";
  static constexpr std::string_view help = "Records of the tenant's audit log about the person's account, found by its user principal name.";

  PersonRef user;
  std::optional<std::string> activity{};
  std::optional<PersonRef> by{};
  std::optional<std::int64_t> count{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.optional("activity", self.activity, "such as Add user, Update user, Disable account; by default any");
    visit.optional("by", self.by, "the administrator in whose name it was done; by default anybody");
    visit.optional("count", self.count, "how many; by default at least one");
  }
  bool operator==(const MicrosoftAudit&) const = default;
};

struct MicrosoftWrites {
  static constexpr std::string_view name = "microsoft.writes";
  static constexpr std::string_view help =
      "Requests of the directory that would change the tenant, alone or in a batch, whatever Graph has answered.";

  std::int64_t count = 0;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("count", self.count, "how many since the start");
  }
  bool operator==(const MicrosoftWrites&) const = default;
};

}  // namespace scenarios
