#include "fakes/graph/odata/lexer.h"

#include <optional>

namespace fakes::graph {
namespace {

std::optional<Token::Kind> punctuation(char c) {
  switch (c) {
    case '(': return Token::Kind::open;
    case ')': return Token::Kind::close;
    case ',': return Token::Kind::comma;
    case '/': return Token::Kind::slash;
    default: return std::nullopt;
  }
}

bool ends_word(char c) { return c == ' ' || c == '\t' || c == '\'' || punctuation(c); }

}  // namespace

std::expected<std::vector<Token>, LexicalError> tokens_of(std::string_view expression) {
  std::vector<Token> out;
  std::size_t at = 0;
  while (at < expression.size()) {
    const char c = expression[at];
    if (c == ' ' || c == '\t') {
      ++at;
      continue;
    }
    if (const auto kind = punctuation(c)) {
      out.push_back({*kind, std::string(1, c), at++});
      continue;
    }
    const auto begin = at;
    if (c == '\'') {
      std::string text;
      for (++at;; ++at) {
        if (at == expression.size()) return std::unexpected(LexicalError{begin});
        if (expression[at] != '\'') {
          text += expression[at];
        } else if (at + 1 < expression.size() && expression[at + 1] == '\'') {
          text += expression[at++];
        } else {
          break;
        }
      }
      ++at;
      out.push_back({Token::Kind::text, std::move(text), begin});
      continue;
    }
    // A colon ends the name of a range variable, but belongs to a time: `p:p eq`, `2026-01-05T08:00:00Z`.
    while (at < expression.size() && !ends_word(expression[at])) {
      const bool is_name = expression[begin] < '0' || expression[begin] > '9';
      if (expression[at] == ':' && is_name) break;
      ++at;
    }
    if (at > begin) out.push_back({Token::Kind::word, std::string(expression.substr(begin, at - begin)), begin});
    if (at < expression.size() && expression[at] == ':') {
      out.push_back({Token::Kind::colon, ":", at});
      ++at;
    }
  }
  out.push_back({Token::Kind::end, {}, expression.size()});
  return out;
}

}  // namespace fakes::graph
