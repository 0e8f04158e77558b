#include "reports/plain_text.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdint>

#include "base/duration_text.h"
#include "base/encoding.h"

namespace reports {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr std::string_view ellipsis = "\xE2\x80\xA6";

/// Bytes of the character that `text` begins with; 0 where it begins with none.
std::size_t first_character(std::string_view text) {
  for (std::size_t length = 1; length <= 4 && length <= text.size(); ++length) {
    if (base::is_utf8(text.substr(0, length))) return length;
  }
  return 0;
}

std::uint32_t code_point(std::string_view character) {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(character[i]));
  };
  switch (character.size()) {
    case 1:
      return byte(0);
    case 2:
      return (byte(0) & 0x1FU) << 6 | (byte(1) & 0x3FU);
    case 3:
      return (byte(0) & 0x0FU) << 12 | (byte(1) & 0x3FU) << 6 | (byte(2) & 0x3FU);
    default:
      return (byte(0) & 0x07U) << 18 | (byte(1) & 0x3FU) << 12 | (byte(2) & 0x3FU) << 6 | (byte(3) & 0x3FU);
  }
}

/// Controls but tab and line feed, marks and overrides of direction, line and paragraph separators, byte
/// order mark.
bool is_unseen(std::uint32_t point) {
  if (point == '\t' || point == '\n') return false;
  return point < 0x20 || point == 0x7F || (point >= 0x80 && point <= 0x9F) || point == 0x61C ||
         point == 0x200E || point == 0x200F || (point >= 0x2028 && point <= 0x202E) ||
         (point >= 0x2066 && point <= 0x2069) || point == 0xFEFF;
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool begins_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

/// Bytes of the first `characters` characters.
std::size_t prefix(std::string_view text, std::size_t characters) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (begins_character(text[at]) && characters-- == 0) break;
    ++at;
  }
  return at;
}

}  // namespace

std::string visible(std::string_view text, Breaks breaks) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    if (breaks == Breaks::join && is_space(text.front())) {
      out += ' ';
      while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
      continue;
    }
    const auto length = first_character(text);
    if (length == 0) {
      out += replacement;
      text.remove_prefix(1);
      continue;
    }
    const auto character = text.substr(0, length);
    const auto point = code_point(character);
    if (is_unseen(point)) {
      out += fmt::format("[U+{:04X}]", point);
    } else {
      out += character;
    }
    text.remove_prefix(length);
  }
  return out;
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += begins_character(c) ? 1 : 0;
  return count;
}

std::string shortened(std::string_view text, std::size_t limit) {
  if (limit == 0) return "";
  if (count_characters(text) <= limit) return std::string(text);
  return std::string(text.substr(0, prefix(text, limit - 1))) + std::string(ellipsis);
}

std::string shortened_front(std::string_view text, std::size_t limit) {
  if (limit == 0) return "";
  const auto count = count_characters(text);
  if (count <= limit) return std::string(text);
  return std::string(ellipsis) + std::string(text.substr(prefix(text, count - (limit - 1))));
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (count_characters(text) > width) {
    const auto fits = prefix(text, width);
    // A space right behind the line is a place to break, too.
    auto end = text.substr(0, fits + 1).rfind(' ');
    if (end == std::string_view::npos || end == 0) end = fits;
    lines.emplace_back(text.substr(0, text.find_last_not_of(' ', end - 1) + 1));
    text.remove_prefix(end);
    while (text.starts_with(' ')) text.remove_prefix(1);
  }
  while (text.ends_with(' ')) text.remove_suffix(1);
  if (!text.empty() || lines.empty()) lines.emplace_back(text);
  return lines;
}

std::string brief(base::Duration duration) {
  using namespace std::chrono;
  const auto size = duration < base::Duration::zero() ? -duration : duration;
  if (size >= days{1}) return base::to_text(duration_cast<minutes>(duration));
  if (size >= hours{1}) return base::to_text(duration_cast<seconds>(duration));
  return base::to_text(duration_cast<milliseconds>(duration));
}

std::string since_start(const scenarios::RunRecord& run, base::Instant at) {
  const auto passed = std::chrono::floor<std::chrono::milliseconds>(at - run.started);
  return (passed < base::Duration::zero() ? "" : "+") + base::to_text(passed);
}

std::string milliseconds_text(base::Duration duration) {
  const auto tenths = duration.count() / 100'000;
  if (tenths >= 10'000'000) return fmt::format("{} ms", tenths / 10);
  return fmt::format("{}.{} ms", tenths / 10, tenths % 10);
}

std::string outcome_text(const scenarios::ExchangeRecord& exchange) {
  if (exchange.status != 0) return fmt::format("{}", exchange.status);
  return exchange.failure.empty() ? "no answer" : exchange.failure;
}

std::string shell_word(std::string_view text) {
  static constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=@%+,-";
  return !text.empty() && text.find_first_not_of(plain) == std::string_view::npos ? std::string(text) : shell_quoted(text);
}

std::string shell_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

std::string capitalised(std::string_view text) {
  std::string out(text);
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

}  // namespace reports
