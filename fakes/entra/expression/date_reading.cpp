// Texts into dates.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "base/encoding.h"
#include "fakes/entra/expression/date_format.h"
#include "fakes/entra/expression/date_time.h"

namespace fakes::entra::expression {
namespace {

constexpr std::int64_t ticks_a_minute = 60 * ticks_a_second;
constexpr std::int64_t widest_offset = std::int64_t{14} * 60;  // minutes
/// Assumed: of two digits, those up to this one are of this century; .NET's default for long.
constexpr int last_short_year = 29;

struct Parts {
  std::optional<int> year, month, day, weekday, hour, hour_of_half, minute, second;
  std::optional<bool> afternoon;
  std::optional<std::int64_t> offset;  ///< minutes
  std::int64_t fraction = 0;           ///< ticks
};

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  [[nodiscard]] const Parts& parts() const { return parts_; }

  void skip_white() {
    while (!at_end() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }

  /// Reads the format from here on; where that fails, nothing has been read.
  bool read(const DateFormat& format, bool inner_white = false) {
    const auto start = at_;
    const auto before = parts_;
    for (std::size_t i = 0; i < format.size(); ++i) {
      if (inner_white) skip_white();
      const bool may_lack_point = i + 1 < format.size() && format[i + 1].letter == 'F' && format[i].literal == ".";
      if (may_lack_point && !rest().starts_with('.')) {
        ++i;
      } else if (!(format[i].letter == 0 ? literal(format[i].literal, inner_white) : specifier(format[i]))) {
        at_ = start;
        parts_ = before;
        return false;
      }
    }
    return true;
  }

 private:
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  [[nodiscard]] bool digit_next() const { return !at_end() && text_[at_] >= '0' && text_[at_] <= '9'; }

  /// Where blanks come and go, those of the format stand for any number of them.
  bool literal(std::string_view wanted, bool inner_white = false) {
    for (const char c : wanted) {
      if (inner_white) skip_white();
      if (inner_white && c == ' ') continue;
      if (at_end() || text_[at_] != c) return false;
      ++at_;
    }
    return true;
  }

  /// From `least` to `most` digits whose number lies between `low` and `high`.
  bool number(std::optional<int>& into, std::size_t least, std::size_t most, int low, int high) {
    int value = 0;
    std::size_t count = 0;
    for (; count < most && digit_next(); ++count) value = value * 10 + (text_[at_++] - '0');
    if (count < least || value < low || value > high) return false;
    into = value;
    return true;
  }

  /// One or two digits for one letter, exactly two for more.
  bool one_or_two(std::optional<int>& into, std::size_t letters, int low, int high) {
    return number(into, std::min<std::size_t>(letters, 2), 2, low, high);
  }

  /// A name from the list, abbreviated where three letters stand for it; its place is counted from `first`.
  bool name(std::optional<int>& into, std::span<const std::string_view> names, std::size_t letters, int first) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto wanted = letters == short_name ? names[i].substr(0, short_name) : names[i];
      if (!base::equals_ignoring_case(rest().substr(0, wanted.size()), wanted)) continue;
      at_ += wanted.size();
      into = first + static_cast<int>(i);
      return true;
    }
    return false;
  }

  bool year(std::size_t letters) {
    if (letters > 2) return number(parts_.year, letters, letters, 1, 9999);
    if (!one_or_two(parts_.year, letters, 0, 99)) return false;
    *parts_.year += *parts_.year <= last_short_year ? 2000 : 1900;
    return true;
  }

  bool half_of_day(std::size_t letters) {
    for (const bool afternoon : {false, true}) {
      const auto wanted = std::string_view(afternoon ? "PM" : "AM").substr(0, letters);
      if (!base::equals_ignoring_case(rest().substr(0, wanted.size()), wanted)) continue;
      at_ += wanted.size();
      parts_.afternoon = afternoon;
      return true;
    }
    return false;
  }

  bool fraction(std::size_t most, bool exactly) {
    std::int64_t unit = ticks_a_second;
    std::size_t count = 0;
    parts_.fraction = 0;
    for (; count < most && digit_next(); ++count) parts_.fraction += (unit /= 10) * (text_[at_++] - '0');
    return !exactly || count == most;
  }

  /// `+h`, `+hh` or, for three letters, `+hh:mm` with or without the colon.
  bool offset(std::size_t letters) {
    const bool west = rest().starts_with('-');
    if (!west && !rest().starts_with('+')) return false;
    ++at_;
    std::optional<int> hours;
    std::optional<int> minutes = 0;
    if (!one_or_two(hours, letters, 0, 14)) return false;
    if (letters > 2) {
      literal(":");
      if (!number(minutes, 2, 2, 0, 59)) return false;
    }
    const std::int64_t east = *hours * 60 + *minutes;
    parts_.offset = west ? -east : east;
    return east <= widest_offset;
  }

  bool kind() {
    if (rest().starts_with('Z')) {
      ++at_;
      parts_.offset = 0;
      return true;
    }
    return !(rest().starts_with('+') || rest().starts_with('-')) || offset(3);
  }

  bool specifier(const FormatToken& token) {
    const auto letters = token.count;
    switch (token.letter) {
      case 'd':
        return letters < short_name ? one_or_two(parts_.day, letters, 1, 31) : name(parts_.weekday, day_names, letters, 0);
      case 'M':
        return letters < short_name ? one_or_two(parts_.month, letters, 1, 12) : name(parts_.month, month_names, letters, 1);
      case 'y':
        return year(letters);
      case 'H':
        return one_or_two(parts_.hour, letters, 0, 23);
      case 'h':
        return one_or_two(parts_.hour_of_half, letters, 1, 12);
      case 'm':
        return one_or_two(parts_.minute, letters, 0, 59);
      case 's':
        return one_or_two(parts_.second, letters, 0, 59);
      case 't':
        return half_of_day(letters);
      case 'f':
      case 'F':
        return fraction(letters, token.letter == 'f');
      case 'g':
        return literal("A.D.");
      case 'K':
        return kind();
      default:
        return offset(letters);
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Parts parts_{};
};

/// Of the day; empty where the hour contradicts itself.
std::optional<int> hour_of(const Parts& parts) {
  if (parts.hour) {
    if (parts.afternoon && *parts.afternoon != (*parts.hour >= 12)) return std::nullopt;
    return parts.hour;
  }
  if (!parts.hour_of_half) return 0;
  return *parts.hour_of_half % 12 + (parts.afternoon.value_or(false) ? 12 : 0);
}

std::expected<DateTime, std::string> date_of(const Parts& parts, const Calendar& today) {
  const bool has_day = parts.year || parts.month || parts.day;
  const auto hour = hour_of(parts);
  if (!hour) return std::unexpected("the hour is not of the half of the day that is named");
  Calendar calendar{parts.year.value_or(today.year), parts.month.value_or(has_day ? 1 : today.month),
                    parts.day.value_or(has_day ? 1 : today.day), parts.fraction};
  calendar.tick += ((*hour * std::int64_t{60} + parts.minute.value_or(0)) * 60 + parts.second.value_or(0)) * ticks_a_second;
  auto date = date_of(calendar);
  if (!date) return std::unexpected("there is no such day");
  if (parts.weekday && *parts.weekday != weekday_of(*date)) return std::unexpected("the day is another day of the week");
  if (parts.offset) *date = {date->ticks - *parts.offset * ticks_a_minute, true};
  if (date->ticks < 0 || date->ticks > last_tick) return std::unexpected("the date is out of range");
  return *date;
}

std::vector<DateFormat> formats_of(std::span<const std::string_view> texts) {
  std::vector<DateFormat> formats;
  for (const auto text : texts) formats.push_back(parse_format(text).value());
  return formats;
}

bool read_one_of(Reader& reader, const std::vector<DateFormat>& formats) {
  return std::ranges::any_of(formats, [&reader](const DateFormat& format) { return reader.read(format); });
}

}  // namespace

std::expected<DateStyles, std::string> parse_styles(std::string_view names) {
  DateStyles styles;
  if (names.find_first_not_of(' ') == std::string_view::npos) return styles;
  styles = {false, false, false, false};
  bool local = false;
  bool universal = false;
  bool adjusts = false;
  bool round_trip = false;
  for (auto left = names; !left.empty();) {
    const auto end = std::min(left.find(','), left.size());
    auto name = left.substr(0, end);
    left.remove_prefix(std::min(end + 1, left.size()));
    name.remove_prefix(std::min(name.find_first_not_of(' '), name.size()));
    name = name.substr(0, name.find_last_not_of(' ') + 1);
    constexpr std::string_view type = "DateTimeStyles.";
    if (name.starts_with(type)) name.remove_prefix(type.size());
    const bool all_white = name == "AllowWhiteSpaces";
    if (all_white || name == "AllowLeadingWhite") styles.leading_white = true;
    if (all_white || name == "AllowTrailingWhite") styles.trailing_white = true;
    if (all_white || name == "AllowInnerWhite") styles.inner_white = true;
    if (name == "NoCurrentDateDefault") styles.first_day_for_none = true;
    local = local || name == "AssumeLocal";
    universal = universal || name == "AssumeUniversal";
    adjusts = adjusts || name == "AdjustToUniversal";
    round_trip = round_trip || name == "RoundtripKind";
    static constexpr std::array<std::string_view, 10> known{
        "None",        "AllowWhiteSpaces", "AllowLeadingWhite", "AllowTrailingWhite", "AllowInnerWhite", "NoCurrentDateDefault",
        "AssumeLocal", "AssumeUniversal",  "AdjustToUniversal", "RoundtripKind"};
    if (std::ranges::find(known, name) == known.end()) return std::unexpected(fmt::format("there is no style '{}'", name));
  }
  if ((local && universal) || (round_trip && (local || universal || adjusts))) {
    return std::unexpected("these styles contradict each other");
  }
  return styles;
}

std::expected<DateTime, std::string> read_exactly(std::string_view text, std::string_view format, const DateStyles& styles,
                                                  DateTime today) {
  const auto tokens = parse_format(format);
  if (!tokens) return std::unexpected(tokens.error());
  Reader reader(text);
  if (styles.leading_white) reader.skip_white();
  if (!reader.read(*tokens, styles.inner_white)) return std::unexpected("the text is not in the input format");
  if (styles.trailing_white) reader.skip_white();
  if (!reader.at_end()) return std::unexpected("the text goes on behind the input format");
  return date_of(reader.parts(), calendar_of(styles.first_day_for_none ? DateTime{} : today));
}

std::optional<DateTime> read_any(std::string_view text) {
  static constexpr std::array<std::string_view, 11> days{
      "yyyy-M-d",    "yyyy/M/d",     "M/d/yyyy",          "d MMMM yyyy",      "d MMM yyyy",        "MMMM d, yyyy",
      "MMM d, yyyy", "dddd, d MMMM yyyy", "ddd, d MMM yyyy", "dddd, MMMM d, yyyy", "d-MMM-yyyy"};
  static constexpr std::array<std::string_view, 4> times{"h:mm:ss tt", "h:mm tt", "H:mm:ss.FFFFFFF", "H:mm"};
  static constexpr std::array<std::string_view, 4> offsets{"zzz", "zz", "'Z'", "'GMT'"};
  static const auto day_formats = formats_of(days);
  static const auto time_formats = formats_of(times);
  static const auto offset_formats = formats_of(offsets);
  static const DateFormat separator{{0, 0, "T"}};

  Reader reader(text);
  reader.skip_white();
  if (!read_one_of(reader, day_formats)) return std::nullopt;
  if (!reader.read(separator)) reader.skip_white();
  static_cast<void>(read_one_of(reader, time_formats));
  reader.skip_white();
  const bool has_offset = read_one_of(reader, offset_formats);
  reader.skip_white();
  if (!reader.at_end()) return std::nullopt;
  auto date = date_of(reader.parts(), Calendar{});
  if (!date) return std::nullopt;
  date->is_utc = has_offset;
  return *date;
}

}  // namespace fakes::entra::expression
