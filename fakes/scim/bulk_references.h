// `bulkId:` references within the operations of a bulk job. [RFC7644 3.7.2]
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/json.h"

namespace fakes::scim {

/// The ids of resources by the bulkIds of the operations that made them.
using BulkIds = std::map<std::string, std::string, std::less<>>;

/// The bulkIds that the texts of a JSON value refer to.
void collect_references(const base::Json& json, std::set<std::string>& into);
/// The bulkId that a path such as `/Groups/bulkId:g` refers to.
void collect_references(std::string_view path, std::set<std::string>& into);

/// With ids in the place of references; those that are not known stay.
[[nodiscard]] base::Json resolved(const base::Json& json, const BulkIds& ids);
[[nodiscard]] std::string resolved(std::string_view path, const BulkIds& ids);

/// Without the objects in arrays, and the attributes, that refer to anything.
[[nodiscard]] base::Json without_references(const base::Json& json);

}  // namespace fakes::scim
