// When two texts count as the same: user names are compared after preparation, so that `é` in one character equals `e`
// with an accent behind it, and wide Latin letters equal plain ones. [RFC7644 5] [RFC8265 3.3]
#pragma once

#include <string>
#include <string_view>

namespace fakes::scim {

enum class LetterCase { kept, folded };

/// Wide forms made plain, accented Latin letters taken apart, and with LetterCase::folded all letters of the Latin,
/// Greek and Cyrillic alphabets in lower case. For comparing only; bytes that are no UTF-8 stay as they are.
/// What it leaves out of full Unicode normalisation: other scripts, and the order of several accents on one letter.
[[nodiscard]] std::string prepared(std::string_view text, LetterCase letter_case);

}  // namespace fakes::scim
