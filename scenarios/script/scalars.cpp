#include "scenarios/script/scalars.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "scenarios/script/nearest.h"
#include "scenarios/script/world_spec.h"

namespace scenarios {
namespace {

base::Result<void> require_text(const YamlNode& node, std::string_view what) {
  if (node.kind == YamlNode::Kind::scalar) return {};
  return base::fail(fmt::format("{} is expected here", what));
}

template <class T>
base::Result<void> read_with(const YamlNode& node, std::string_view what, T& out,
                             base::Result<T> (*parse)(std::string_view)) {
  if (auto text = require_text(node, what); !text) return text;
  auto parsed = parse(node.scalar);
  if (!parsed) return std::unexpected(parsed.error());
  out = *parsed;
  return {};
}

template <class Number>
base::Result<void> read_whole_number(const YamlNode& node, std::string_view complaint, Number& out) {
  const auto& text = node.scalar;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  const bool is_all = error == std::errc{} && end == text.data() + text.size();
  if (node.kind == YamlNode::Kind::scalar && !node.quoted && is_all) return {};
  return base::fail(std::string(complaint));
}

}  // namespace

base::Result<void> read_scalar(const YamlNode& node, std::string& out) {
  if (auto text = require_text(node, "text"); !text) return text;
  out = node.scalar;
  return {};
}

base::Result<void> read_scalar(const YamlNode& node, bool& out) {
  if (node.kind != YamlNode::Kind::scalar || node.quoted ||
      (node.scalar != "true" && node.scalar != "false")) {
    return base::fail("true or false is expected here");
  }
  out = node.scalar == "true";
  return {};
}

base::Result<void> read_scalar(const YamlNode& node, std::int64_t& out) {
  return read_whole_number(node, "a whole number is expected here", out);
}

base::Result<void> read_scalar(const YamlNode& node, std::uint64_t& out) {
  return read_whole_number(node, "a whole number from 0 on is expected here", out);
}

base::Result<void> read_scalar(const YamlNode& node, base::Duration& out) {
  return read_with(node, "a duration such as 40m", out, base::parse_duration);
}

base::Result<void> read_scalar(const YamlNode& node, base::Instant& out) {
  auto read = read_with(node, "a date-time such as 2026-01-05T08:00:00Z", out, base::parse_rfc3339);
  if (read && (out < base::Instant{} || out > latest_start))
    return base::fail("a run begins between 1970 and 2100");
  return read;
}

base::Result<void> read_scalar(const YamlNode& node, base::Ratio& out) {
  auto read = read_with(node, "a ratio such as 1/50", out, base::parse_ratio);
  // Never and always have one form, so that equal scripts are equal values.
  if (out.part == 0) out = {0, 1};
  if (out.part == out.whole) out = {1, 1};
  return read;
}

base::Result<void> read_scalar(const YamlNode& node, DurationRange& out) {
  if (auto text = require_text(node, "a range of durations such as 20ms..80ms"); !text) return text;
  const std::string_view text = node.scalar;
  const auto dots = text.find("..");
  const auto low = base::parse_duration(text.substr(0, dots));
  const auto high = dots == std::string_view::npos ? low : base::parse_duration(text.substr(dots + 2));
  if (!low) return std::unexpected(low.error());
  if (!high) return std::unexpected(high.error());
  if (*high < *low)
    return base::fail(fmt::format("the range '{}' ends before it begins", text.substr(0, 60)));
  out = {*low, *high};
  return {};
}

base::Result<void> read_scalar(const YamlNode& node, CountRange& out) {
  constexpr std::string_view what = "a number such as 7 or a range of numbers such as 2..40";
  if (auto text = require_text(node, what); !text) return text;
  const std::string_view text = node.scalar;
  const auto dots = text.find("..");
  const auto read = [](std::string_view digits, std::int64_t& number) {
    const auto* end = digits.data() + digits.size();
    const auto [stopped, error] = std::from_chars(digits.data(), end, number);
    return error == std::errc{} && stopped == end && number >= 0;
  };
  if (node.quoted || !read(text.substr(0, dots), out.low)) return base::fail(fmt::format("{} is expected here", what));
  out.high = out.low;
  if (dots != std::string_view::npos && !read(text.substr(dots + 2), out.high)) return base::fail(fmt::format("{} is expected here", what));
  if (out.high < out.low) return base::fail(fmt::format("the range '{}' ends before it begins", text.substr(0, 60)));
  return {};
}

base::Result<void> read_name(const YamlNode& node, std::string& out) {
  if (auto text = require_text(node, "a name"); !text) return text;
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto fits = [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  };
  const auto& name = node.scalar;
  if (name.empty() || name.size() > 64 || !is_letter(name.front()) || !std::ranges::all_of(name, fits)) {
    return base::fail(fmt::format(
        "'{}' is no name: a letter, then letters, digits, dots, underscores or hyphens, at most 64",
        shown_word(name)));
  }
  out = name;
  return {};
}

base::Result<void> read_scalar(const YamlNode& node, SecretName& out) {
  return read_name(node, out.name);
}

base::Result<void> read_scalar(const YamlNode& node, NewPerson& out) {
  out.source.place = node.place;
  return read_name(node, out.name);
}

base::Result<void> read_scalar(const YamlNode& node, InputFile& out) {
  return read_scalar(node, out.path);
}

ScalarText write_scalar(const std::string& value) {
  return {value, true};
}
ScalarText write_scalar(bool value) {
  return {value ? "true" : "false"};
}
ScalarText write_scalar(std::int64_t value) {
  return {std::to_string(value)};
}
ScalarText write_scalar(std::uint64_t value) {
  return {std::to_string(value)};
}
ScalarText write_scalar(base::Duration value) {
  return {base::to_text(value)};
}
ScalarText write_scalar(base::Instant value) {
  auto text = base::to_rfc3339(value);
  const auto below = value.time_since_epoch().count() % 1'000'000;
  if (below != 0) text.insert(text.size() - 1, fmt::format("{:06}", below));
  return {std::move(text)};
}
ScalarText write_scalar(base::Ratio value) {
  return {base::to_text(value)};
}
ScalarText write_scalar(const DurationRange& value) {
  if (value.low == value.high) return {base::to_text(value.low)};
  return {base::to_text(value.low) + ".." + base::to_text(value.high)};
}
ScalarText write_scalar(const CountRange& value) {
  if (value.low == value.high) return {std::to_string(value.low)};
  return {fmt::format("{}..{}", value.low, value.high)};
}
ScalarText write_scalar(const SecretName& value) {
  return {value.name, true};
}
ScalarText write_scalar(const NewPerson& value) {
  return {value.name, true};
}
ScalarText write_scalar(const InputFile& value) {
  return {value.path, true};
}

}  // namespace scenarios
