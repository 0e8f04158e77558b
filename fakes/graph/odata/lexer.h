// Words of a `$filter` or `$search` expression.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace fakes::graph {

struct Token {
  enum class Kind { word, text, open, close, comma, colon, slash, end };
  Kind kind = Kind::end;
  std::string text{};         ///< of a word, or a literal with its quotes undone
  std::size_t position = 0;   ///< in characters of the expression
};

/// The position where no token can be read.
struct LexicalError {
  std::size_t position = 0;
};

/// Literals stand in single quotes, which are doubled inside. [Graph Q6] The last token is the end.
[[nodiscard]] std::expected<std::vector<Token>, LexicalError> tokens_of(std::string_view expression);

}  // namespace fakes::graph
