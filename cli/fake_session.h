// Judging the provider that comes with the bench, whole or with quirks: what shows which case finds which fault.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "scenarios/probe/session.h"

namespace cli {

/// In a world of its own, with a second credential that may only read groups; the suite jumpcloud finds it with the contract
/// of the articles. An error is a name that is no quirk's.
[[nodiscard]] std::expected<scenarios::probe::SessionResult, std::string> judge_fake(
    const scenarios::probe::Suite& suite, const scenarios::Catalog& catalog, const std::vector<std::string>& quirks,
    scenarios::probe::SessionOptions options);

}  // namespace cli
