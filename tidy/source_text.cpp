#include "tidy/source_text.h"

#include <algorithm>
#include <utility>

namespace tidy {
namespace {

bool starts_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  SourceText read() {
    while (at_ < text_.size()) step();
    return std::move(out_);
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  void step() {
    const char c = peek();
    if (c == '\n') {
      ++line_;
      ++at_;
      line_is_blank_ = true;
      return;
    }
    if (c == ' ' || c == '\t' || c == '\r') {
      ++at_;
      return;
    }
    if (c == '/' && (peek(1) == '/' || peek(1) == '*')) return read_comment();
    const bool first = std::exchange(line_is_blank_, false);
    if (c == '#' && first) return read_directive();
    if (starts_word(c)) return read_word();
    if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return read_number();
    if (c == '"' || c == '\'') return read_literal(c);
    read_mark();
  }

  void read_comment() {
    const bool block = peek(1) == '*';
    const auto end = text_.find(block ? "*/" : "\n", at_ + 2);
    const auto stop = end == std::string_view::npos ? text_.size() : end;
    const auto body = text_.substr(at_ + 2, stop - at_ - 2);
    out_.comments.push_back({std::string(body), line_});
    line_ += static_cast<std::size_t>(std::ranges::count(body, '\n'));
    at_ = block && end != std::string_view::npos ? stop + 2 : stop;
  }

  /// Only includes and `#pragma once` are kept apart; what other directives say is code like any other.
  void read_directive() {
    ++at_;
    const auto rest = text_.substr(at_, text_.find('\n', at_) - at_);
    const auto name = rest.find_first_not_of(" \t");
    if (name == std::string_view::npos) return;
    if (rest.substr(name).starts_with("pragma once")) out_.pragma_once = true;
    if (!rest.substr(name).starts_with("include")) return;
    const auto open = rest.find_first_of("<\"", name);
    if (open == std::string_view::npos) return;
    const bool angled = rest[open] == '<';
    const auto close = rest.find(angled ? '>' : '"', open + 1);
    if (close == std::string_view::npos) return;
    out_.includes.push_back({std::string(rest.substr(open + 1, close - open - 1)), angled, line_});
    at_ += close + 1;
  }

  void read_word() {
    const auto begin = at_;
    while (continues_word(peek())) ++at_;
    const auto word = text_.substr(begin, at_ - begin);
    const bool quoted = peek() == '"' || peek() == '\'';
    if (peek() == '"' && one_of(word, {"R", "LR", "uR", "UR", "u8R"})) return read_raw_string();
    if (quoted && one_of(word, {"L", "u", "U", "u8"})) return read_literal(peek());
    push(Token::Kind::word, std::string(word));
  }

  void read_number() {
    const auto begin = at_;
    while (true) {
      const char c = peek();
      const bool exponent_sign = (c == '+' || c == '-') &&
                                 std::string_view("eEpP").find(text_[at_ - 1]) != std::string_view::npos &&
                                 !text_.substr(begin).starts_with("0x");
      const bool separator = c == '\'' && continues_word(peek(1));
      if (!continues_word(c) && c != '.' && !exponent_sign && !separator) break;
      ++at_;
    }
    push(Token::Kind::number, std::string(text_.substr(begin, at_ - begin)));
  }

  void read_literal(char quote) {
    push(Token::Kind::literal, "");
    ++at_;
    while (at_ < text_.size() && peek() != quote && peek() != '\n')
      at_ += peek() == '\\' && peek(1) != '\n' ? 2 : 1;
    if (peek() == quote) ++at_;
    skip_suffix();
  }

  void read_raw_string() {
    push(Token::Kind::literal, "");
    const auto open = text_.find('(', at_);
    if (open == std::string_view::npos) {
      at_ = text_.size();
      return;
    }
    const auto end_mark = ")" + std::string(text_.substr(at_ + 1, open - at_ - 1)) + "\"";
    const auto end = text_.find(end_mark, open);
    const auto stop = end == std::string_view::npos ? text_.size() : end + end_mark.size();
    line_ += static_cast<std::size_t>(std::ranges::count(text_.substr(at_, stop - at_), '\n'));
    at_ = stop;
    skip_suffix();
  }

  void skip_suffix() {
    while (continues_word(peek())) ++at_;
  }

  void read_mark() {
    const std::size_t length = one_of(text_.substr(at_, 2), {"::", "->", "&&", "||"}) ? 2 : 1;
    push(Token::Kind::mark, std::string(text_.substr(at_, length)));
    at_ += length;
    pair_bracket();
  }

  /// A bracket that does not fit closes what was left open inside it.
  void pair_bracket() {
    const auto here = out_.tokens.size() - 1;
    const auto& mark = out_.tokens[here].text;
    if (opens_bracket(mark)) open_.push_back(here);
    const std::string_view wanted = mark == ")" ? "(" : mark == "]" ? "[" : mark == "}" ? "{" : "";
    if (wanted.empty()) return;
    const auto fits = [&](std::size_t open) { return out_.tokens[open].text == wanted; };
    const auto found = std::find_if(open_.rbegin(), open_.rend(), fits);
    if (found == open_.rend()) return;
    out_.tokens[*found].mate = here;
    out_.tokens[here].mate = *found;
    open_.erase(found.base() - 1, open_.end());
  }

  void push(Token::Kind kind, std::string text) {
    out_.tokens.push_back({kind, std::move(text), line_, no_token});
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  bool line_is_blank_ = true;
  std::vector<std::size_t> open_;
  SourceText out_;
};

/// Square brackets that follow a value are a subscript; doubled ones an attribute; after `auto` a binding.
bool introduces_lambda(const SourceText& source, std::size_t at) {
  if (source.at(at) != "[" || source.tokens[at].mate == no_token) return false;
  if (source.at(at + 1) == "[") return false;
  if (at == 0) return true;
  const auto& before = source.tokens[at - 1];
  if (before.kind == Token::Kind::word)
    return one_of(before.text, {"return", "co_return", "co_await", "co_yield", "else"});
  if (before.kind != Token::Kind::mark) return false;
  if (before.text == ")" || before.text == "]" || before.text == "[") return false;
  const bool reference = before.text == "&" || before.text == "&&";
  return !(reference && at >= 2 && source.at(at - 2) == "auto");
}

/// From the end of the introducer to the body's brace, over parameters, specifiers and the result type.
std::size_t find_body(const SourceText& source, std::size_t introducer) {
  for (auto at = source.tokens[introducer].mate + 1; at < source.tokens.size(); ++at) {
    const auto text = source.at(at);
    if (text == "{") return source.tokens[at].mate == no_token ? no_token : at;
    if (text == "(" || text == "[") {
      at = source.across(at);
    } else if (text == ";" || text == ")" || text == "]" || text == "}" || text == "=") {
      return no_token;
    }
  }
  return no_token;
}

}  // namespace

bool continues_word(char c) {
  return starts_word(c) || is_digit(c);
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

bool opens_bracket(std::string_view mark) {
  return mark == "(" || mark == "[" || mark == "{";
}
bool closes_bracket(std::string_view mark) {
  return mark == ")" || mark == "]" || mark == "}";
}

std::size_t SourceText::across(std::size_t position) const {
  const bool paired = position < tokens.size() && tokens[position].mate != no_token;
  return paired ? tokens[position].mate : position;
}

std::size_t SourceText::end_of_lambda_body(std::size_t position) const {
  const auto found = std::ranges::find(lambdas, position, &Lambda::body);
  return found == lambdas.end() ? no_token : tokens[position].mate;
}

const Lambda* SourceText::innermost_lambda(std::size_t position) const {
  const Lambda* innermost = nullptr;
  for (const auto& lambda : lambdas) {
    const bool holds = lambda.body < position && position < tokens[lambda.body].mate;
    if (holds && (innermost == nullptr || lambda.body > innermost->body)) innermost = &lambda;
  }
  return innermost;
}

SourceText read_source(std::string_view text) {
  auto source = Reader(text).read();
  for (std::size_t at = 0; at < source.tokens.size(); ++at) {
    if (!introduces_lambda(source, at)) continue;
    const auto body = find_body(source, at);
    if (body != no_token) source.lambdas.push_back({at, body, source.tokens[at].mate != at + 1});
  }
  return source;
}

}  // namespace tidy
