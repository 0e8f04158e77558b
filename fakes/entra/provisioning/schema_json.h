// The synchronization schema that an admin downloads from the portal (Provisioning, Edit attribute mappings, advanced options:
// "Review your schema here"): a `synchronizationSchema` of Graph.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/entra/provisioning/attribute_mapping.h"

namespace fakes::entra::provisioning {

struct SynchronizationSchema {
  ObjectMapping users;
  ObjectMapping groups;             ///< switched off where the schema maps none
  std::vector<std::string> ignored; ///< what it holds and the service does not do, a sentence each
};

/// Reads the first rule that maps the tenant's users. An error says where in the document it is and what is wrong there:
/// `synchronizationRules[0].objectMappings[0].attributeMappings[3]: …`.
[[nodiscard]] std::expected<SynchronizationSchema, std::string> read_schema(std::string_view text);

}  // namespace fakes::entra::provisioning
