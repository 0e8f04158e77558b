// The attribute mappings that admins start from: those of a new app, and those that the article asks for.
#pragma once

#include <string_view>
#include <vector>

#include "fakes/entra/provisioning/attribute_mapping.h"

namespace fakes::entra::provisioning {

inline constexpr std::string_view core_user = "urn:ietf:params:scim:schemas:core:2.0:User";
inline constexpr std::string_view enterprise_user = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
inline constexpr std::string_view core_group = "urn:ietf:params:scim:schemas:core:2.0:Group";

/// `active` in every mapping of users. [Entra provisioning-clients 2.9-02]
inline constexpr std::string_view soft_delete_switch = R"(Switch([IsSoftDeleted], , "False", "True", "True", "False"))";

/// Of an app that is in no gallery, as Entra sets it up. [Entra provisioning-clients 2.18-01]
[[nodiscard]] ObjectMapping default_user_mapping();
/// It is switched on. [rule R25] [Entra provisioning-clients 2.18-14]
[[nodiscard]] ObjectMapping default_group_mapping();

/// What the article on real-time provisioning asks an admin to set up. [rule R36] [rule R37]
[[nodiscard]] ObjectMapping article_mapping();
/// Groups, switched off. [rule R25]
[[nodiscard]] ObjectMapping no_groups();

}  // namespace fakes::entra::provisioning
