// What a file is that somebody takes for a conformance report: the folder of the reports holds a dozen
// others, and `run` leaves a report.json of its own.
#pragma once

#include <string_view>

namespace reports {

/// "an HTML page", "a script"; empty where it is none of the kinds that the program writes and reads. Looks
/// at the beginning where that is enough: what it names need not be well-formed.
[[nodiscard]] std::string_view document_kind(std::string_view text);

}  // namespace reports
