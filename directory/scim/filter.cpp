#include "directory/scim/filter.h"

#include <fmt/format.h>

#include <optional>

#include "base/encoding.h"
#include "base/json.h"

namespace directory::scim {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) { skip_spaces(); }

  [[nodiscard]] bool done() const { return rest_.empty(); }

  std::string_view word() {
    std::size_t size = 0;
    while (size < rest_.size() && rest_[size] != ' ' && rest_[size] != '"') ++size;
    return take(size);
  }

  /// A JSON string with its quotes, or a bare word; empty where a string does not end.
  std::optional<std::string_view> value() {
    if (rest_.empty() || rest_.front() != '"') return word();
    std::size_t size = 1;
    while (size < rest_.size() && rest_[size] != '"') size += rest_[size] == '\\' ? 2 : 1;
    if (size >= rest_.size()) return std::nullopt;
    return take(size + 1);
  }

 private:
  std::string_view take(std::size_t size) {
    const auto taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    skip_spaces();
    return taken;
  }
  void skip_spaces() {
    while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
  }

  std::string_view rest_;
};

bool is_attribute_path(std::string_view text) {
  if (text.empty()) return false;
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == ':' ||
           c == '_' || c == '-' || c == '$';
  });
}

}  // namespace

std::expected<Filter, std::string> parse_filter(std::string_view text) {
  if (text.size() > longest_filter) return std::unexpected(fmt::format("a filter has at most {} bytes", longest_filter));
  Filter filter;
  Reader reader(text);
  for (;;) {
    const auto attribute = reader.word();
    if (!is_attribute_path(attribute)) return std::unexpected("an attribute is missing where a comparison begins");
    const auto comparison = reader.word();
    if (!base::equals_ignoring_case(comparison, "eq")) {
      return std::unexpected(fmt::format("the operator '{}' is not supported; 'eq' is", comparison.substr(0, 32)));
    }
    const auto raw = reader.value();
    if (!raw) return std::unexpected("a quoted value does not end");
    if (raw->empty()) return std::unexpected("the value of 'eq' is missing");
    Comparison parsed{std::string(attribute), std::string(*raw)};
    if (raw->front() == '"') {
      const auto json = base::parse_json(*raw);
      if (!json || !json->is_string()) return std::unexpected("a quoted value is not a JSON string");
      parsed.value = std::string(base::as_text(json->get_string()));
    } else if (base::equals_ignoring_case(*raw, "true") || base::equals_ignoring_case(*raw, "false")) {
      parsed.value = base::equals_ignoring_case(*raw, "true");
    }
    filter.push_back(std::move(parsed));
    if (reader.done()) return filter;
    if (filter.size() == most_comparisons) {
      return std::unexpected(fmt::format("a filter has at most {} comparisons", most_comparisons));
    }
    const auto joiner = reader.word();
    if (!base::equals_ignoring_case(joiner, "and")) {
      return std::unexpected(fmt::format("'{}' cannot join comparisons; 'and' does", joiner.substr(0, 32)));
    }
  }
}

}  // namespace directory::scim
