// Bulk jobs: many requests in one, which may refer to what others of them create. [RFC7644 3.7]
#pragma once

#include "fakes/scim/resources.h"

namespace fakes::scim {

/// Processes the operations in their order, save that one which refers to a resource of a later one waits for
/// it. Of resources that refer to each other in a circle the first is created without its references and
/// completed at the end. Refuses with 413 a job beyond the limits, naming them.
[[nodiscard]] Answer answer_bulk(Context& context, const Request& request);

}  // namespace fakes::scim
