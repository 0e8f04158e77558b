// Text prepared for comparison, so that what looks the same is the same: `é` in one character or as a letter with an
// accent behind it, wide Latin letters and plain ones. Only for comparing and hashing: what people wrote is kept.
#pragma once

#include <string>
#include <string_view>

#include "base/secret.h"

namespace base {

/// Two texts in which letter case does not count are the same when their keys are: wide and narrow forms made
/// ordinary, lower case, composed (NFC). Bytes that are no UTF-8 keep their places, and ASCII letters among them are
/// lowered. [RFC7644 5] [RFC8265 3.3, UsernameCaseMapped]
[[nodiscard]] std::string comparison_key(std::string_view text);
[[nodiscard]] bool compare_equal(std::string_view left, std::string_view right);

/// A password as it is hashed and verified: spaces of other scripts made U+0020, composed (NFC), letter case kept.
/// Whoever types it on another keyboard or system sends the same password in other bytes. [RFC8265 4.2, OpaqueString]
[[nodiscard]] Secret prepared_password(const Secret& password);

}  // namespace base
