// The shape of every verb that needs to know only whom it is about.
#pragma once

#include "scenarios/script/values.h"

namespace scenarios {

struct OnPerson {
  PersonRef user;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
  }
  bool operator==(const OnPerson&) const = default;
};

}  // namespace scenarios
