// JSON laid out for reading, byte for byte the same but for white space between tokens: a report is evidence,
// so numbers, escapes and repeated keys stay as they were sent.
#pragma once

#include <string>
#include <string_view>

namespace reports {

/// Two spaces a level. Text that is no JSON object or array, is nested deeper than 32 levels or is longer
/// than 256 KiB comes back as it is.
[[nodiscard]] std::string laid_out_json(std::string_view text);

}  // namespace reports
