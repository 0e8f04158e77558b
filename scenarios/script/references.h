// Whom a script knows, step by step: people, devices and hosts that were there before or that a step has introduced.
#pragma once

#include <expected>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/script/scenario.h"

namespace scenarios {

class References {
 public:
  /// `more_hosts` are there beside those of every world.
  explicit References(const WorldSpec& world, std::span<const std::string_view> more_hosts = {});

  /// What is wrong with the world: two of one name, a population that cannot be.
  [[nodiscard]] const std::optional<ScriptError>& error_of_world() const { return world_error_; }

  /// The next step: an error where it names somebody who is not there, or introduces somebody who is.
  [[nodiscard]] std::expected<void, ScriptError> admit(const Step& step);
  [[nodiscard]] std::expected<void, ScriptError> admit(const Expectation& expectation);

 private:
  class Reader;
  struct Names {
    std::set<std::string, std::less<>> all{};
    std::vector<std::string> in_order{};

    [[nodiscard]] bool has(const std::string& name) const { return all.contains(name); }
    void add(const std::string& name);
  };

  [[nodiscard]] bool is_there(PartyKind kind, const std::string& name) const;
  /// Names that a misspelt one may have meant.
  [[nodiscard]] std::vector<std::string> names_of(PartyKind kind) const;
  void must_be_there(PartyKind kind, const std::string& name, Place place);
  void introduce(PartyKind kind, const std::string& name, Place place);
  void fail(Place place, std::string message);
  [[nodiscard]] std::expected<void, ScriptError> conclude();

  std::map<PartyKind, Names> known_;
  // Theirs are not listed: there may be a million.
  std::optional<UsersSpec> population_;
  std::optional<FleetSpec> fleet_;
  std::optional<ScriptError> world_error_;
  std::optional<ScriptError> error_;  ///< the first of this step
};

}  // namespace scenarios
