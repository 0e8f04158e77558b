// Functions that draw. Only the context's stream is drawn from, so that a run repeats.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "fakes/entra/expression/families.h"

namespace fakes::entra::expression {
namespace {

constexpr std::size_t longest_random = 256;

// The kinds of characters that Windows counts in a password; letters of other scripts are a kind of their own there and are
// not drawn. In the order of RandomString's arguments. [Entra provisioning-clients 2.19-20]
constexpr std::array<std::string_view, 4> kinds{"0123456789", "~!@#$%^&*_-+=`|\\(){}[]:;\"'<>,.?/",
                                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"};

base::Rng* rng_of(Arguments& arguments) {
  auto* rng = arguments.context().rng();
  if (rng == nullptr) arguments.fail(ErrorCode::no_randomness, "nothing random can be had here");
  return rng;
}

std::string without(std::string_view characters, std::string_view avoided) {
  std::string left(characters);
  std::erase_if(left, [avoided](char c) { return avoided.find(c) != std::string_view::npos; });
  return left;
}

}  // namespace

/// Version 4. [RFC9562 5.4]
Value guid(Arguments& arguments) {
  auto* rng = rng_of(arguments);
  if (rng == nullptr) return {};
  auto digits = rng->hex(16);
  digits[12] = '4';
  digits[16] = "89ab"[rng->below(4)];
  const std::string_view all = digits;
  return fmt::format("{}-{}-{}-{}-{}", all.substr(0, 8), all.substr(8, 4), all.substr(12, 4), all.substr(16, 4), all.substr(20));
}

/// Assumed: what no minimum asks for is drawn from all kinds; in the documented example without special characters the minima
/// fill the length.
Value random_string(Arguments& arguments) {
  const auto length = arguments.integer(0);
  std::array<std::size_t, 4> minima{};
  std::size_t least = 0;
  for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
    const auto minimum = arguments.integer(kind + 1);
    if (minimum < 0 || minimum > static_cast<std::int64_t>(longest_random)) {
      return arguments.fail(ErrorCode::out_of_range, fmt::format("a minimum is from 0 to {}", longest_random));
    }
    minima[kind] = static_cast<std::size_t>(minimum);
    least += minima[kind];
  }
  const auto avoided = arguments.text_or_empty(5);
  if (arguments.failed()) return {};
  if (length < 0 || length > static_cast<std::int64_t>(longest_random) || static_cast<std::size_t>(length) < least) {
    return arguments.fail(ErrorCode::out_of_range,
                          fmt::format("the length is at most {} and no less than the minima together", longest_random));
  }
  auto* rng = rng_of(arguments);
  if (rng == nullptr) return {};
  std::string all;
  std::string drawn;
  for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
    const auto choice = without(kinds[kind], avoided);
    all += choice;
    if (choice.empty() && minima[kind] > 0) {
      return arguments.fail(ErrorCode::bad_argument, "every character of a kind that is asked for is to be avoided");
    }
    for (std::size_t i = 0; i < minima[kind]; ++i) drawn += choice[rng->below(choice.size())];
  }
  while (drawn.size() < static_cast<std::size_t>(length)) {
    if (all.empty()) return arguments.fail(ErrorCode::bad_argument, "every character is to be avoided");
    drawn += all[rng->below(all.size())];
  }
  rng->shuffle(std::span<char>(drawn));
  return drawn;
}

}  // namespace fakes::entra::expression
