// As much of JSON Schema, draft 2020-12, as the published schema uses; a keyword that it does not know is a
// finding, so that no part of a schema goes unchecked. For tests.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace reports {

/// What of `value` the schema does not allow: a JSON pointer and a sentence each.
[[nodiscard]] std::vector<std::string> schema_findings(const nlohmann::ordered_json& schema,
                                                       const nlohmann::ordered_json& value);

}  // namespace reports
