// What provisioning would do with the users of a tenant, before anybody switches it on: the body of each request, what becomes
// of it at the directory, and the rule of the articles behind each refusal and each attribute that is not kept.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "scenarios/script/world_spec.h"

namespace scenarios {

struct PreviewedUser {
  std::string name;                ///< userPrincipalName
  std::string outcome;             ///< created, refused, skipped
  std::string detail{};            ///< why, where it was not created
  std::vector<std::string> rules{};///< that a refusal goes back to
  std::string body{};              ///< of the POST, JSON; empty where none was sent
  int status = 0;                  ///< of its answer; 0: none

  struct Lost {
    std::string attribute;         ///< path, or with the extension's URN
    std::string rule;
  };
  std::vector<Lost> not_kept{};    ///< sent, and not in the resource that came of it
};

/// Plays the initial cycle for the users of `world.users`, whose domains count as verified, against the core. An error says
/// what is wrong with a file.
[[nodiscard]] std::expected<std::vector<PreviewedUser>, std::string> preview_provisioning(const EntraSpec& world);

}  // namespace scenarios
