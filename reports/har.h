// The exchanges as an HTTP archive, for browsers' developer tools and proxies.
#pragma once

#include <string>

#include "scenarios/conformance_record.h"

namespace reports {

/// HAR 1.2: a page a case, an entry an exchange. Members of our own begin with `_`: the failure of an
/// exchange without an answer, the verdict of a case. Bodies that are no UTF-8 are base64; of a request, in a
/// comment. Times are whole milliseconds.
[[nodiscard]] std::string to_har(const scenarios::ConformanceRecord& record);

}  // namespace reports
