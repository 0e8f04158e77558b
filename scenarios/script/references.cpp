// Every party that a script names must be there: devices in the world, people introduced by an earlier step.
#include "scenarios/script/references.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
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

/// A misspelt name is compared with no more of a population or a fleet than this.
constexpr std::int64_t largest_compared_population = 10'000;

template <class Spec>
void add_generated(const std::optional<Spec>& spec, std::vector<std::string>& names) {
  if (!spec) return;
  for (std::int64_t number = 1; number <= std::min(spec->generate, largest_compared_population); ++number) names.push_back(generated_name(*spec, number));
}

std::string unknown_name(PartyKind kind, const std::string& name, const std::vector<std::string>& names) {
  const std::vector<std::string_view> views(names.begin(), names.end());
  auto message = fmt::format("there is no {} '{}' here", kind_name(kind), name);
  if (const auto near = nearest_key(name, views)) {
    message += fmt::format("; did you mean '{}'?", *near);
  } else if (names.empty()) {
    message += kind == PartyKind::person ? "; a step such as entra.create_user introduces one" : "";
  }
  return message;
}

}  // namespace

/// Goes through the fields of an action.
class References::Reader {
 public:
  explicit Reader(References& references) : references_(&references) {}

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
    references_->must_be_there(kind, reference.name, reference.source.place);
  }
  void look_at(const NewPerson& person) { references_->introduce(PartyKind::person, person.name, person.source.place); }

  References* references_;
};

References::References(const WorldSpec& world, std::span<const std::string_view> more_hosts) {
  auto& hosts = known_[PartyKind::host];
  for (const auto host : more_hosts) hosts.add(std::string(host));
  for (const auto* host : {"directory", "entra", "login", "graph", "program", "okta", "mail"}) hosts.add(host);
  if (world.users) {
    if (auto problem = unfit_population(*world.users); !problem.empty()) fail(world.users->source.place, std::move(problem));
    population_ = world.users;
  }
  if (world.fleet) {
    if (auto problem = unfit_fleet(*world.fleet); !problem.empty()) fail(world.fleet->source.place, std::move(problem));
    fleet_ = world.fleet;
  }
  if (world.groups) {
    if (auto problem = unfit_groups(*world.groups, world.users); !problem.empty()) fail(world.groups->source.place, std::move(problem));
  }
  for (const auto& device : world.devices) {
    introduce(PartyKind::device, device.name, device.source.place);
    if (hosts.has(device.name) || std::ranges::find(hosts_of_the_bench, device.name) != hosts_of_the_bench.end())
      fail(device.source.place, fmt::format("'{}' is the name of another host", device.name));
    hosts.add(device.name);
    for (auto at = device.accounts.begin(); at != device.accounts.end(); ++at) {
      if (std::any_of(device.accounts.begin(), at, [&](const AccountSpec& other) { return other.name == at->name; }))
        fail(device.source.place, fmt::format("{} has two accounts '{}'", device.name, at->name));
    }
  }
  world_error_ = std::exchange(error_, std::nullopt);
}

std::expected<void, ScriptError> References::admit(const Step& step) {
  if (const auto* expectation = std::get_if<Expectation>(&step.action)) return admit(*expectation);
  Reader(*this).visit(std::get<VerbStep>(step.action).verb);
  return conclude();
}

std::expected<void, ScriptError> References::admit(const Expectation& expectation) {
  Reader(*this).visit(expectation.observation);
  return conclude();
}

std::expected<void, ScriptError> References::conclude() {
  if (!error_) return {};
  return std::unexpected(*std::exchange(error_, std::nullopt));
}

bool References::is_there(PartyKind kind, const std::string& name) const {
  const auto names = known_.find(kind);
  if (names != known_.end() && names->second.has(name)) return true;
  if (kind == PartyKind::person) return population_ && is_generated_name(*population_, name);
  // A device is a host too.
  return fleet_ && is_generated_name(*fleet_, name);
}

std::vector<std::string> References::names_of(PartyKind kind) const {
  std::vector<std::string> names;
  if (kind == PartyKind::person) add_generated(population_, names);
  if (kind != PartyKind::person) add_generated(fleet_, names);
  if (const auto named = known_.find(kind); named != known_.end())
    names.insert(names.end(), named->second.in_order.begin(), named->second.in_order.end());
  return names;
}

void References::must_be_there(PartyKind kind, const std::string& name, Place place) {
  if (is_there(kind, name)) return;
  fail(place, unknown_name(kind, name, names_of(kind)));
}

void References::introduce(PartyKind kind, const std::string& name, Place place) {
  if (is_there(kind, name)) return fail(place, fmt::format("the {} '{}' is there already", kind_name(kind), name));
  known_[kind].add(name);
}

void References::fail(Place place, std::string message) {
  if (!error_) error_ = ScriptError{place, std::move(message)};
}

void References::Names::add(const std::string& name) {
  if (all.insert(name).second) in_order.push_back(name);
}

std::expected<void, ScriptError> check_references(const Scenario& scenario, std::span<const std::string_view> more_hosts) {
  References references(scenario.world, more_hosts);
  if (references.error_of_world()) return std::unexpected(*references.error_of_world());
  for (const auto& step : scenario.timeline) {
    if (auto admitted = references.admit(step); !admitted) return admitted;
  }
  for (const auto& expectation : scenario.expect) {
    if (auto admitted = references.admit(expectation); !admitted) return admitted;
  }
  return {};
}

}  // namespace scenarios
