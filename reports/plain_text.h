// Text of unknown origin made fit for people's eyes. Bodies come from the network: they may hold broken
// UTF-8, terminal escapes and characters that turn the direction of the text, and none of these may reach a
// terminal or a page.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "scenarios/run_record.h"

namespace reports {

/// What becomes of line feeds and tabs.
enum class Breaks {
  keep,
  join  ///< a run of white space becomes one space
};

/// Well-formed UTF-8 in which every character can be seen: control characters and marks of direction as
/// `[U+202E]`, bytes that are no UTF-8 as U+FFFD.
[[nodiscard]] std::string visible(std::string_view text, Breaks breaks);

/// Code points of well-formed UTF-8; a terminal's columns, but for wide and combining characters.
[[nodiscard]] std::size_t count_characters(std::string_view text);

/// At most `limit` characters of well-formed UTF-8, the last of them `…` where something is left out.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t limit);
/// The same, leaving out the beginning: the end of a path says more.
[[nodiscard]] std::string shortened_front(std::string_view text, std::size_t limit);

/// Lines of at most `width` characters, broken between words where possible. Never empty.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t width);

/// For people: a day or more to the minute, an hour or more to the second, otherwise to the millisecond.
[[nodiscard]] std::string brief(base::Duration duration);
/// `+40m1s250ms`: rounded down to the millisecond.
[[nodiscard]] std::string since_start(const scenarios::RunRecord& run, base::Instant at);
/// `12.3 ms`; from 1,000 seconds on without the tenths.
[[nodiscard]] std::string milliseconds_text(base::Duration duration);

/// The status, or why there is none.
[[nodiscard]] std::string outcome_text(const scenarios::ExchangeRecord& exchange);

/// As a POSIX shell reads it back: quoted where it must be.
[[nodiscard]] std::string shell_word(std::string_view text);
/// The same, quoted whether it must be or not.
[[nodiscard]] std::string shell_quoted(std::string_view text);

/// With a capital letter in front, where that is a letter of ASCII.
[[nodiscard]] std::string capitalised(std::string_view text);

/// "1 run", "2 runs"
[[nodiscard]] std::string counted(std::size_t count, std::string_view one, std::string_view many);

}  // namespace reports
