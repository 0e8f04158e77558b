// Any text through the JSON parser, and what it read through the printer and back.
#include <algorithm>
#include <cmath>

#include "base/fuzz/fuzz_target.h"
#include "base/json.h"

namespace {

using base::Json;

/// Equal, but for the last digits of numbers with a fraction or an exponent, which the parser rounds.
bool is_same(const Json& left, const Json& right) {
  if (left.is_double() && right.is_double()) {
    const double difference = std::abs(left.get_double() - right.get_double());
    return difference <= std::abs(left.get_double()) * 1e-12 || difference < 1e-300;
  }
  if (left.is_array() && right.is_array()) {
    return std::ranges::equal(left.get_array(), right.get_array(), is_same);
  }
  if (left.is_object() && right.is_object()) {
    return std::ranges::equal(left.get_object(), right.get_object(), [](const auto& one, const auto& other) {
      return one.key() == other.key() && is_same(one.value(), other.value());
    });
  }
  return left == right;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto json = base::parse_json(base::fuzz_text(data, size));
  if (!json) {
    base::require(!json.error().message.empty(), "a refusal says why");
    return 0;
  }
  const auto text = base::to_text(*json);
  const auto again = base::parse_json(text);
  base::require(again.has_value(), "what is printed can be read");
  base::require(is_same(*json, *again), "what is printed says the same");
  return 0;
}
