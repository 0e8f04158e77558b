#include "scenarios/script/nearest.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace scenarios {
namespace {

/// Insertions, deletions, replacements and swaps of neighbours, also of letters between which others came and
/// went
/// ("ca" to "abc" is 2). Both words are at most `longest_compared_word` long.
std::size_t distance(std::string_view from, std::string_view to) {
  constexpr std::size_t side = longest_compared_word + 2;
  // Row and column 0 are a border that no path enters; row and column 1 stand for the empty word.
  std::array<std::array<std::size_t, side>, side> cost{};
  const std::size_t unreachable = from.size() + to.size();
  for (std::size_t i = 0; i <= from.size(); ++i) cost[i + 1][0] = unreachable, cost[i + 1][1] = i;
  for (std::size_t j = 0; j <= to.size(); ++j) cost[0][j + 1] = unreachable, cost[1][j + 1] = j;
  cost[0][0] = unreachable;
  std::array<std::size_t, 256> last_row{};  // where each byte last stood in `from`, 1-based; 0 is nowhere
  for (std::size_t i = 1; i <= from.size(); ++i) {
    std::size_t last_match = 0;  // the same in this row of `to`
    for (std::size_t j = 1; j <= to.size(); ++j) {
      const std::size_t swap_row = last_row[static_cast<unsigned char>(to[j - 1])];
      const std::size_t swap_column = last_match;
      const bool same = from[i - 1] == to[j - 1];
      if (same) last_match = j;
      const std::size_t swapped =
          cost[swap_row][swap_column] + (i - swap_row - 1) + 1 + (j - swap_column - 1);
      cost[i + 1][j + 1] =
          std::min({cost[i][j] + (same ? 0U : 1U), cost[i + 1][j] + 1, cost[i][j + 1] + 1, swapped});
    }
    last_row[static_cast<unsigned char>(from[i - 1])] = i;
  }
  return cost[from.size() + 1][to.size() + 1];
}

}  // namespace

std::optional<std::string> nearest_key(std::string_view word, std::span<const std::string_view> candidates) {
  if (word.size() > longest_compared_word) return std::nullopt;
  std::size_t bound = std::max<std::size_t>((word.size() + 2) / 3, 1);
  std::optional<std::string> best;
  for (const auto candidate : candidates) {
    if (candidate.size() > longest_compared_word) continue;
    const std::size_t found = distance(word, candidate);
    if (found > bound || found >= std::max(word.size(), candidate.size())) continue;
    best = candidate;
    if (found == 0) break;
    bound = found - 1;  // from here on only a nearer one counts
  }
  return best;
}

std::string unknown_key_message(std::string_view word, std::span<const std::string_view> candidates) {
  const auto shown = shown_word(word);
  if (const auto near = nearest_key(word, candidates)) {
    return fmt::format("unknown key '{}'; did you mean '{}'?", shown, *near);
  }
  if (candidates.empty()) return fmt::format("unknown key '{}'; no keys are known here", shown);
  return fmt::format("unknown key '{}'; known here: {}", shown, fmt::join(candidates, ", "));
}

std::string shown_word(std::string_view word) {
  constexpr std::size_t longest = 40;
  std::size_t length = std::min(word.size(), longest);
  // A cut never falls between a character's first byte and its others.
  while (length > 0 && length < word.size() && (static_cast<unsigned char>(word[length]) & 0xC0U) == 0x80U)
    --length;
  std::string shown(word.substr(0, length));
  std::ranges::replace_if(
      shown, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, '?');
  if (length < word.size()) shown += "...";
  return shown;
}

}  // namespace scenarios
