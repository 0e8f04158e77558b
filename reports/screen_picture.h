// What a device showed, as a small picture: a login screen with its names, a lock, a prompt. Its title is what the screen says in words, so
// that a page read aloud loses nothing.
#pragma once

#include <string_view>

#include "reports/html.h"
#include "scenarios/run_record.h"

namespace reports {

inline constexpr int screen_width = 480;
inline constexpr int screen_height = 300;

/// An SVG element of that size, coloured by classes of `screen_style()`. Texts that are too long are shortened in the picture, not in its
/// title; of more tiles, buttons or pop-ups than there is room for, the rest is counted.
[[nodiscard]] Html screen_picture(const scenarios::ScreenRecord& screen);

/// The style sheet of pictures, on the light and the dark scheme of a page.
[[nodiscard]] std::string_view screen_style();

}  // namespace reports
