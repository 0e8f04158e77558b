// The ids of an org's objects: a prefix for the kind, and twenty characters in all. [Okta provisioning-clients 5.1-10]
#pragma once

#include "base/id.h"

namespace fakes::okta {

using UserId = base::Id<struct UserTag>;        ///< `00u…`
using GroupId = base::Id<struct GroupTag>;      ///< `00g…`
using RuleId = base::Id<struct RuleTag>;        ///< `0pr…`
using AppId = base::Id<struct AppTag>;          ///< `0oa…`
using MappingId = base::Id<struct MappingTag>;  ///< `gPm…`
using SessionId = base::Id<struct SessionTag>;  ///< `102…`

}  // namespace fakes::okta
