// The provider as the directory product of the articles: users by a table of attributes, fed from Entra, and no groups. It is
// the fake's own reading of them; the directory core has another, and the suite `jumpcloud` judges both.
#pragma once

#include <expected>

#include "base/json.h"
#include "fakes/scim/provider_options.h"
#include "fakes/scim/schema.h"
#include "fakes/scim/scim_error.h"
#include "fakes/scim/store.h"

namespace fakes::scim {

/// The schema without what is not in the table, and with `emails` required. [rule R47] [rule R58]
[[nodiscard]] Schema limited_to_table(const Schema& schema);

/// What is stored of a user: refuses usernames and addresses that the articles rule out, and leaves out what is not in the
/// table. `old` is null for a new user. [rule R44] [rule R47] [rule R58]
[[nodiscard]] std::expected<base::JsonObject, ScimError> kept_by_articles(base::JsonObject attributes, const Record* old,
                                                                          const Quirks& quirks);

}  // namespace fakes::scim
