// Judging the provider that comes with the bench, whole or with quirks: what shows which case finds which fault.
#pragma once

#include <cstddef>
#include <string>

#include "fakes/scim/quirks.h"
#include "scenarios/probe/session.h"

namespace scenarios::probe {

/// How the provider is before anybody asks it anything.
struct FakeProduct {
  fakes::scim::Quirks quirks{};
  std::size_t users = 0;   ///< of various shapes
  std::size_t groups = 0;
};

struct FakeSession {
  SessionResult result{};
  std::string before{};  ///< all that the provider held, by its own account
  std::string after{};
};

/// In a world of its own, with a second credential that may only read groups; the suite jumpcloud finds it with the contract
/// of the articles.
[[nodiscard]] FakeSession judge_fake(const Suite& suite, const Catalog& catalog, const FakeProduct& product,
                                     SessionOptions options);

}  // namespace scenarios::probe
