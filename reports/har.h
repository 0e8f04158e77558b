// The exchanges as an HTTP archive, for browsers' developer tools and proxies.
#pragma once

#include <string>
#include <string_view>

#include "scenarios/conformance_record.h"
#include "scenarios/run_record.h"

namespace reports {

/// HAR 1.2: a page a case, an entry an exchange. Members of our own begin with `_`: the failure of an
/// exchange without an answer, the verdict of a case. Bodies that are no UTF-8 are base64; of a request, in a
/// comment. Times are whole milliseconds.
[[nodiscard]] std::string to_har(const scenarios::ConformanceRecord& record);
/// Of a run: one page; `_from` and `_to` are the parties. An exchange that is under way has status 0 too.
[[nodiscard]] std::string to_har(const scenarios::RunRecord& record, std::string_view version);

}  // namespace reports
