// The law of a rule in words. Reports cannot read the catalogue, so the caller hands them this.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace reports {

/// Takes a rule id; returns an empty text for an id that it does not know. May itself be empty.
using RuleText = std::function<std::string(std::string_view id)>;

}  // namespace reports
