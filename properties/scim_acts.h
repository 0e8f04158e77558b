// What a SCIM client does with a service provider, and what the provider has to answer: a naive model of users and groups, which
// shares nothing with the directory or the fakes. A session is a list of acts; its script follows from the acts alone, expectations
// included, so that leaving out an act leaves a script that is right again.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/rng.h"
#include "scenarios/script/scenario.h"

namespace properties {

/// One request, and where it writes a look at what it has left.
struct ScimAct {
  enum class Kind : std::uint8_t {
    create,          ///< a user, or once more where the slot was deleted
    create_twin,     ///< of a userName that is taken, in the same or in other letters
    patch,           ///< one attribute of a user
    patch_names,     ///< a part of the name, by the whole
    switch_active,   ///< off or on
    add_mail,        ///< a second address, or the same once more
    remove_mail,     ///< one of two, by a filter
    put,             ///< the whole user
    remove,          ///< the user
    find,            ///< by a filter
    page,            ///< through all of the session's users
    create_group,
    add_member,
    remove_member,
    rename_group     ///< which leaves its members
  };
  Kind kind{};
  std::uint64_t slot = 0;     ///< which user, or which group
  std::uint64_t other = 0;    ///< which user is added or removed
  std::uint64_t way = 0;      ///< which of several spellings
  std::uint64_t value = 0;    ///< which of a few values

  bool operator==(const ScimAct&) const = default;
};

/// What the acts are about, for reports: `patch`, `find`.
[[nodiscard]] std::string_view kind_name(ScimAct::Kind kind);
[[nodiscard]] std::vector<std::string_view> scim_act_kinds();

/// A function of its arguments alone.
[[nodiscard]] std::vector<ScimAct> draw_scim_session(base::Rng rng, std::size_t acts);

struct ScimScript {
  scenarios::Scenario scenario;
  std::vector<std::size_t> act_of;  ///< for each step, the act that it belongs to; those that clean up: the number of acts
};

/// Acts that make no sense where they stand are passed over. What the session has created it removes at its end. [RFC7643] [RFC7644]
[[nodiscard]] ScimScript script_of_session(const std::vector<ScimAct>& acts);

}  // namespace properties
