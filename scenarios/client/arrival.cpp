#include "scenarios/client/arrival.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/client/judge_history.h"

namespace scenarios::client {
namespace {

/// The step of that verb; null where the phase has none.
const Value* step_named(const Phase& phase, const char* verb) {
  for (const auto& given : phase.given) {
    if (given.step.is_object() && given.step.contains(verb)) return &given.step[verb];
  }
  return nullptr;
}

/// One after the other.
Arrival arrival_of(const std::vector<Pattern>& patterns, const History& history) {
  auto at = history.begin();
  for (const auto& pattern : patterns) {
    at = std::find_if(at, history.end(), [&](const Seen& seen) { return fits(pattern, seen); });
    if (at == history.end()) return {false, pattern_text(pattern)};
    ++at;
  }
  return {true, pattern_text(patterns.back())};
}

bool asks_for_a_token_up_front(const Seen& seen) {
  return std::ranges::any_of(seen.query, [](const auto& parameter) { return parameter.first == "response_type" && parameter.second.find("id_token") != std::string::npos; });
}

bool begins_a_sign_in(const Seen& seen) { return seen.method == "GET" && seen.path.ends_with("/authorize"); }

/// A token is handed out by the token endpoint, or with the way back from the sign-in page. [OIDC Core 3.1.3, 3.3.2]
bool hands_out_a_token(const Seen& seen) {
  const bool by_the_endpoint = seen.method == "POST" && seen.path.ends_with("/token") && seen.status == 200;
  return by_the_endpoint || (begins_a_sign_in(seen) && asks_for_a_token_up_front(seen));
}

bool is_of_the_way_back(const Value& spoilt) {
  return spoilt.is_object() && spoilt.contains("flaw") && spoilt["flaw"].is_string() && spoilt["flaw"].get<std::string>().find("state") != std::string::npos;
}

}  // namespace

Arrival arrival_in(const Phase& phase, const History& history) {
  if (!phase.when.empty()) return arrival_of(phase.when, history);
  if (step_named(phase, "network.inject") != nullptr) return {std::ranges::any_of(history, [](const Seen& seen) { return !seen.fault.empty(); }), "the fault that was waiting for it"};
  const auto* spoilt = step_named(phase, "entra.spoil_sign_in");
  if (spoilt == nullptr) return {};
  const bool came = std::ranges::any_of(history, is_of_the_way_back(*spoilt) ? begins_a_sign_in : hands_out_a_token);
  return {came, "the flaw of the sign-in"};
}

}  // namespace scenarios::client
