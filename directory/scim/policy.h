// How an integration's provisioning client is served: one value for each kind, asked by whatever differs
// between them. Nothing else in this folder looks at an integration's kind.
#pragma once

#include "directory/core/options.h"
#include "directory/defects.h"
#include "directory/integrations/integration.h"
#include "directory/scim/resource_patch.h"
#include "directory/scim/schema.h"
#include "directory/scim/user_resource.h"

namespace directory::scim {

/// What becomes of a userName that a client sends.
enum class UserNameRule {
  username,  ///< it is the directory's username; an e-mail address is refused [rule R44]
  login      ///< it is kept and matched as sent, and the username is derived from it [rule R44] [rule R61]
};

enum class Deletion {
  deletes,  ///< [rule R24]
  suspends  ///< and the resource stays readable as inactive [rule R71] [rule RT3]
};

struct Policy {
  const ResourceSchema* users;
  const ResourceSchema* groups;  ///< null: groups are refused
  Detail detail = Detail::document;
  UserNameRule user_names = UserNameRule::login;
  LoginCollision collision = LoginCollision::number;
  bool passwords = true;
  Deletion deletion = Deletion::deletes;
  PatchRules bodies = vendor_rules;  ///< how POST and PUT are read
  PatchRules patches = vendor_rules;
  bool tells_ignored = false;  ///< an event says which attributes a request brought in vain [rule R58]
};

/// All of RFC 7643's User, whoever asks.
[[nodiscard]] const ResourceSchema& all_of_user();

[[nodiscard]] Policy policy_of(IntegrationKind kind, const Options& options, const Defects& defects = {});

}  // namespace directory::scim
