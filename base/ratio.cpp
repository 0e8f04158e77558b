#include "base/ratio.h"

#include <fmt/format.h>

#include <charconv>

namespace base {

Result<Ratio> parse_ratio(std::string_view text) {
  const auto malformed = [&] {
    return fail(
        fmt::format("'{}' is not a ratio; write it like 1/50, with the first number at most the second",
                    text.substr(0, 40)));
  };
  Ratio ratio;
  const auto slash = text.find('/');
  const auto read = [](std::string_view digits, std::uint32_t& into) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), into);
    return error == std::errc{} && end == digits.data() + digits.size();
  };
  if (!read(text.substr(0, slash), ratio.part)) return malformed();
  if (slash != std::string_view::npos && !read(text.substr(slash + 1), ratio.whole)) return malformed();
  if (ratio.whole == 0 || ratio.part > ratio.whole) return malformed();
  return ratio;
}

std::string to_text(Ratio ratio) {
  if (ratio.part == 0) return "0";
  if (ratio.part == ratio.whole) return "1";
  return fmt::format("{}/{}", ratio.part, ratio.whole);
}

}  // namespace base
