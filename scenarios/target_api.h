// How a directory of somebody else is asked what scripts say of a directory: requests in the place of the core's admin API.
// A value; cli reads it from a target's configuration, engine/mapped plays it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/uri.h"
#include "scenarios/script/scenario.h"

namespace scenarios {

/// A request with names in it, `${user.email}`: see names_in().
struct MappedRequest {
  std::string method = "GET";
  std::string path;  ///< with query; a leading /scim/v2 is the target's own SCIM base
  std::string body;  ///< JSON, with names in its texts; empty: none
};

/// Where an attribute stands in the answer, and what its values mean.
struct MappedField {
  std::string pointer;                                   ///< [RFC6901]; of a list it is the number of its entries
  std::map<std::string, std::string, std::less<>> words;  ///< by the value as JSON has it: "true", "ACTIVE", "7"
};

struct MappedObservation {
  MappedRequest request;
  std::map<std::string, MappedField, std::less<>> fields;  ///< by the observation's keys
  std::string id;                                          ///< pointer to what `${user.id}` is; of directory.user alone
};

struct TargetApi {
  std::optional<MappedRequest> reset;  ///< makes the target as it is when nobody is there; before each run
  std::map<std::string, MappedObservation, std::less<>> observations;
  std::map<std::string, MappedRequest, std::less<>> verbs;
};

/// What can be mapped: what the core is asked through its admin API.
inline constexpr std::string_view mapped_verbs = "admin.";
inline constexpr std::string_view mapped_observations = "directory.";
/// What a person's key stands for in a request: `${user.email}`.
inline constexpr std::array<std::string_view, 4> names_of_a_person{"name", "username", "email", "id"};

/// What is named as `${…}`, in order; an error where a `${` has no end.
[[nodiscard]] base::Result<std::vector<std::string>> names_in(std::string_view text);

/// A path of scripts and mappings at this target: a leading /scim/v2 is its own SCIM base.
[[nodiscard]] std::string target_path(const base::Uri& scim_url, std::string path);

/// What a script needs and the target does not offer; empty where it offers all. A target offers SCIM, and the admin API to
/// scripts of whose verbs and observations each is mapped, with each field that is looked at.
[[nodiscard]] std::vector<std::string> lacks_of_target(const Scenario& scenario, const TargetApi& api);

}  // namespace scenarios
