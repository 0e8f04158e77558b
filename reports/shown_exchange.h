// An exchange as a report may show it and as a person may repeat it. Records are redacted already; this is
// the second lock: a header that carries a credential shows the name of a shell variable, whatever the record
// holds.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/conformance_record.h"

namespace reports {

using HeaderList = std::vector<std::pair<std::string, std::string>>;

/// Values of `Authorization` and its kin as `Bearer $TOKEN`, `Basic $CREDENTIALS`, `$COOKIE`, `$API_KEY`. A
/// variable that the record has already, such as `Bearer $WRONG_TOKEN`, stays.
[[nodiscard]] HeaderList shown_headers(const HeaderList& headers);
[[nodiscard]] scenarios::ExchangeRecord shown_exchange(scenarios::ExchangeRecord exchange);

/// The absolute URL of the request; `$ORIGIN` begins it where the target is no URL (the core).
[[nodiscard]] std::string shown_url(const scenarios::ConformanceRecord& record,
                                    const scenarios::ExchangeRecord& exchange);

/// A POSIX shell's command that sends the request again, byte for byte: a body that a terminal could misread
/// comes out of `base64 -d`. Credentials come from variables. A body above 16 KiB is named as the file
/// `body`.
[[nodiscard]] std::string curl_command(const scenarios::ConformanceRecord& record,
                                       const scenarios::ExchangeRecord& exchange);

}  // namespace reports
