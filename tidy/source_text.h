// A C++ source as rules see it: tokens without comments and with literals emptied, each with its line,
// brackets paired. Not a parser: macros are not expanded and both sides of an #if are read.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace tidy {

inline constexpr std::size_t no_token = static_cast<std::size_t>(-1);

struct Token {
  enum class Kind { word, number, literal, mark };

  Kind kind = Kind::mark;
  /// Empty for a literal. `::`, `->`, `&&` and `||` are one mark, every other mark is a character.
  std::string text;
  std::size_t line = 0;
  std::size_t mate = no_token;  ///< of a round, square or curly bracket: its partner
};

struct Include {
  std::string path;
  bool angled = false;
  std::size_t line = 0;
};

struct Comment {
  std::string text;
  std::size_t line = 0;  ///< where it starts
};

/// A lambda with a body; the members are token positions.
struct Lambda {
  std::size_t introducer = 0;
  std::size_t body = 0;  ///< its opening brace
  bool captures = false;
};

struct SourceText {
  std::vector<Token> tokens;
  std::vector<Include> includes;
  std::vector<Comment> comments;
  std::vector<Lambda> lambdas;
  bool pragma_once = false;

  /// The text of the token at `position`, or empty outside the file.
  [[nodiscard]] std::string_view at(std::size_t position) const {
    return position < tokens.size() ? std::string_view(tokens[position].text) : std::string_view();
  }
  [[nodiscard]] bool is_word(std::size_t position) const {
    return position < tokens.size() && tokens[position].kind == Token::Kind::word;
  }
  /// The position of the bracket's partner; `position` itself where there is none.
  [[nodiscard]] std::size_t across(std::size_t position) const;
  /// The closing brace when `position` opens a lambda's body, otherwise `no_token`.
  [[nodiscard]] std::size_t end_of_lambda_body(std::size_t position) const;
  /// The lambda whose body holds the token most closely; null outside all of them.
  [[nodiscard]] const Lambda* innermost_lambda(std::size_t position) const;
};

/// A letter of an identifier.
[[nodiscard]] bool continues_word(char c);
[[nodiscard]] bool one_of(std::string_view word, std::initializer_list<std::string_view> words);
[[nodiscard]] bool opens_bracket(std::string_view mark);
[[nodiscard]] bool closes_bracket(std::string_view mark);

[[nodiscard]] SourceText read_source(std::string_view text);

}  // namespace tidy
