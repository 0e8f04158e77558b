// Reads the history of requests to the directory: what was answered 2xx, and what may have undone it since.
#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "base/json.h"
#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {
namespace {

constexpr std::string_view durable_law = "acknowledged-is-durable";

/// What the history allows one user to be in the end.
struct Expected {
  std::string username;
  bool may_be_gone = false;
  std::optional<std::string> state;  ///< the last acknowledged one; empty where it is not known
  base::Instant touched_until{};     ///< when the last request that touches the state was concluded
  base::Instant known_at{};          ///< when the directory last said that it has it so
};

using Users = std::map<std::string, Expected>;

/// The state that a user in an answer of either API has. SCIM shows only that somebody is not active, which an expired password
/// brings about too, so that it counts where it was asked for. [rule R49]
std::optional<std::string> state_in(const base::Json& user, const sim::Exchange& exchange) {
  if (auto state = base::string_member(user, "state")) return state;
  if (base::bool_member(user, "active") != false) return std::nullopt;
  const auto request = base::parse_json(exchange.request.body);
  if (request && asks_for_suspension(*request)) return "SUSPENDED";
  return std::nullopt;
}

void note_created(Users& users, const sim::Exchange& exchange) {
  const auto body = base::parse_json((*exchange.result)->body);
  if (!body) return;
  const auto id = base::string_member(*body, "id").value_or(base::string_or(*body, "_id", ""));
  auto& user = users[id];
  user.username = base::string_or(*body, "userName", base::string_or(*body, "username", ""));
  user.state = state_in(*body, exchange);
  user.touched_until = exchange.concluded.value_or(base::Instant::max());
  user.known_at = user.touched_until;
}

void note_touched(Users& users, const std::string& id, const sim::Exchange& exchange) {
  auto& user = users[id];
  // Two requests under way at once may be applied in either order: then nothing is known.
  const bool overlapping = exchange.sent < user.touched_until;
  user.touched_until = std::max(user.touched_until, exchange.concluded.value_or(base::Instant::max()));
  const bool answered = exchange.result && *exchange.result && !exchange.distorted;
  if (answered && (*exchange.result)->status >= 400) return;
  if (answered) user.known_at = *exchange.concluded;
  const auto body = answered ? base::parse_json((*exchange.result)->body) : base::fail("no answer");
  user.state = body && !overlapping ? state_in(*body, exchange) : std::nullopt;
}

Users expected_users(const sim::Recorder& recorder) {
  Users users;
  for (const auto& exchange : recorder.exchanges()) {
    if (exchange.to != "directory") continue;
    const auto& request = exchange.request;
    const bool answered = exchange.result && *exchange.result && !exchange.distorted;
    const bool created = answered && request.method == "POST" &&
                         ((request.target == "/scim/v2/Users" && (*exchange.result)->status == 201) ||
                          (request.target == "/api/systemusers" && (*exchange.result)->status == 200));
    if (created) note_created(users, exchange);
    const auto id = user_addressed(request.target);
    if (!id || request.method == "GET") continue;
    if (request.method == "DELETE") {
      users[*id].may_be_gone = true;
    } else {
      note_touched(users, *id, exchange);
    }
  }
  return users;
}

/// It was lost when the directory crashed after that; where it never did, nobody can say when.
Violation violation_about(const FinalView& view, const Expected& lost, std::string text, std::optional<std::string> state) {
  Violation violation{std::string(durable_law), std::move(text), {}};
  const auto crashes = script_times(view, "host.crash", directory_host);
  const auto crash = std::ranges::find_if(crashes, [&](base::Instant at) { return at >= lost.known_at; });
  if (crash != crashes.end()) violation.since = *crash;
  scenarios::DirectoryUser observation;
  if (const auto* person = view.person_of(lost.username)) observation.user = scenarios::PersonRef{person->name};
  observation.state = std::move(state);
  violation.expectation.observation = observation;
  return violation;
}

}  // namespace

std::optional<Violation> judge_acknowledged_is_durable(const FinalView& view) {
  std::optional<Violation> first;
  const auto keep = [&](Violation violation) {
    if (!first || violation.since < first->since) first = std::move(violation);
  };
  for (const auto& [id, expected] : expected_users(view.cast->world().recorder())) {
    if (expected.username.empty() || expected.may_be_gone) continue;
    const auto found = std::ranges::find(view.users, id, &DirectoryUserView::id);
    if (found == view.users.end()) {
      keep(violation_about(view, expected, fmt::format("{} was created, and is not there", expected.username), std::nullopt));
    } else if (expected.state && found->state != *expected.state) {
      keep(violation_about(view, expected, fmt::format("{} was acknowledged as {}, and is {}", expected.username, *expected.state, found->state), expected.state));
    }
  }
  return first;
}

}  // namespace properties
