// A bulk request as values, and the references by bulkId in its bodies. [RFC7644 3.7]
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "base/json.h"

namespace directory::scim {

struct BulkOperation {
  std::string method;  ///< upper case
  std::string path;    ///< `/Users`, `/Users/7`, `/Users/bulkId:amy`
  std::string bulk_id;
  std::string version;
  base::JsonObject data;
  std::string flaw;  ///< why it cannot be performed at all; empty where it can
};

struct BulkRequest {
  std::int64_t fail_on_errors = 0;  ///< 0: errors never stop it
  std::vector<BulkOperation> operations;
};

/// 400 for what is no bulk request, 413 for too many operations. An operation with a flaw is read all the
/// same: it alone fails.
[[nodiscard]] std::expected<BulkRequest, base::HttpResponse> read_bulk_request(const base::JsonObject& body);

/// The bulkIds that an operation refers to: in its path, and in the strings `bulkId:…` of its data.
[[nodiscard]] std::vector<std::string> references_of(const BulkOperation& operation);

/// Puts ids in the place of references. References without an id in `ids` are cut out, with the value of a
/// list that they identify; true where something was.
[[nodiscard]] bool resolve_references(BulkOperation& operation,
                                      const std::map<std::string, std::string>& ids);

}  // namespace directory::scim
