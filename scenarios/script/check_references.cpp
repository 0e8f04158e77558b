// Every party that a script names must be there: devices in the world, people introduced by an earlier step.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "scenarios/script/decode.h"
#include "scenarios/script/field_list.h"
#include "scenarios/script/nearest.h"

namespace scenarios {
namespace {

constexpr std::string_view kind_name(PartyKind kind) {
  switch (kind) {
    case PartyKind::person:
      return "person";
    case PartyKind::device:
      return "device";
    case PartyKind::host:
      return "host";
  }
  return "";
}

/// Hosts that a run has and no script names: where people's browsers run, and where expectations look from.
constexpr std::array<std::string_view, 2> hosts_of_the_bench{"people", "inspector"};

class Checker {
 public:
  Checker(const WorldSpec& world, std::span<const std::string_view> more_hosts) {
    for (const auto host : more_hosts) known_[PartyKind::host].emplace_back(host);
    for (const auto* host : {"directory", "entra", "login", "graph", "program", "okta", "mail"}) known_[PartyKind::host].emplace_back(host);
    if (world.users) introduce_population(*world.users);
    for (const auto& device : world.devices) {
      introduce(PartyKind::device, device.name, device.source.place);
      if (!error_ &&
          (std::ranges::find(known_[PartyKind::host], device.name) != known_[PartyKind::host].end() ||
           std::ranges::find(hosts_of_the_bench, device.name) != hosts_of_the_bench.end())) {
        fail(device.source.place, fmt::format("'{}' is the name of another host", device.name));
      }
      known_[PartyKind::host].push_back(device.name);
      for (auto at = device.accounts.begin(); at != device.accounts.end(); ++at) {
        if (std::any_of(device.accounts.begin(), at,
                        [&](const AccountSpec& other) { return other.name == at->name; })) {
          fail(device.source.place, fmt::format("{} has two accounts '{}'", device.name, at->name));
        }
      }
    }
  }

  template <class Field>
  void required(std::string_view, const Field& field, std::string_view) {
    look_at(field);
  }
  template <class Field>
  void optional(std::string_view, const Field& field, std::string_view) {
    look_at(field);
  }
  template <class Field>
  void choice(std::string_view, const Field&, std::span<const std::string_view>, std::string_view) {}

  template <class Action>
  void visit(const Action& action) {
    tell(fields_of(action), *this);
  }

  [[nodiscard]] const std::optional<ScriptError>& error() const { return error_; }

 private:
  template <class Field>
  void look_at(const Field&) {}

  template <class Field>
  void look_at(const std::optional<Field>& field) {
    if (field) look_at(*field);
  }
  template <class Field>
  void look_at(const std::vector<Field>& fields) {
    for (const auto& field : fields) look_at(field);
  }

  template <PartyKind kind>
  void look_at(const Reference<kind>& reference) {
    const auto& names = known_[kind];
    if (std::ranges::find(names, reference.name) != names.end()) return;
    const std::vector<std::string_view> views(names.begin(), names.end());
    auto message = fmt::format("there is no {} '{}' here", kind_name(kind), reference.name);
    if (const auto near = nearest_key(reference.name, views)) {
      message += fmt::format("; did you mean '{}'?", *near);
    } else if (names.empty()) {
      message += kind == PartyKind::person ? "; a step such as entra.create_user introduces one" : "";
    }
    fail(reference.source.place, std::move(message));
  }

  void look_at(const NewPerson& person) { introduce(PartyKind::person, person.name, person.source.place); }

  /// They differ among themselves, and nobody else is there yet.
  void introduce_population(const UsersSpec& spec) {
    if (auto problem = unfit_population(spec); !problem.empty()) return fail(spec.source.place, std::move(problem));
    for (std::int64_t number = 1; number <= spec.generate; ++number) known_[PartyKind::person].push_back(generated_name(spec, number));
  }

  void introduce(PartyKind kind, const std::string& name, Place place) {
    auto& names = known_[kind];
    if (std::ranges::find(names, name) != names.end()) {
      fail(place, fmt::format("the {} '{}' is there already", kind_name(kind), name));
    }
    names.push_back(name);
  }

  void fail(Place place, std::string message) {
    if (!error_) error_ = ScriptError{place, std::move(message)};
  }

  std::map<PartyKind, std::vector<std::string>> known_;
  std::optional<ScriptError> error_;
};

}  // namespace

std::expected<void, ScriptError> check_references(const Scenario& scenario, std::span<const std::string_view> more_hosts) {
  Checker checker(scenario.world, more_hosts);
  for (const auto& step : scenario.timeline) {
    if (const auto* verb = std::get_if<VerbStep>(&step.action)) {
      checker.visit(verb->verb);
    } else {
      checker.visit(std::get<Expectation>(step.action).observation);
    }
  }
  for (const auto& expectation : scenario.expect) checker.visit(expectation.observation);
  if (checker.error()) return std::unexpected(*checker.error());
  return {};
}

}  // namespace scenarios
