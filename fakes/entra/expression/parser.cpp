#include "fakes/entra/expression/parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/encoding.h"
#include "fakes/entra/expression/functions.h"
#include "fakes/entra/expression/letters.h"
#include "fakes/entra/expression/value.h"

namespace fakes::entra::expression {
namespace {

using Parsed = std::expected<Expression, ParseError>;

constexpr std::string_view an_argument = "an attribute in brackets, a text in double quotes, a number or a function";
constexpr std::string_view next_or_end = "a comma or a closing parenthesis";
constexpr std::size_t longest_shown = 40;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/// What stands at the beginning of `rest`, for a message.
std::string shown(std::string_view rest) {
  if (rest.empty()) return "the end";
  const auto end = std::ranges::find_if(rest, is_blank);
  const auto word = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
  return fmt::format("'{}'", base::utf8_prefix(word, longest_shown));
}

/// "1 argument", "2 to 4 arguments", "3 arguments or more"
std::string wanted_count(const Function& function) {
  const auto noun = [](std::size_t count) { return count == 1 ? "argument" : "arguments"; };
  if (function.most == any_number) return fmt::format("{} {} or more", function.least, noun(function.least));
  if (function.most == function.least) return fmt::format("{} {}", function.least, noun(function.least));
  return fmt::format("{} to {} {}", function.least, function.most, noun(function.most));
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Parsed parse() {
    if (utf16_length(text_) > longest_expression) {
      return refuse(0, fmt::format("at most {} characters", longest_expression), "an expression is no longer than that");
    }
    skip_blanks();
    auto whole = operand();
    if (!whole) return whole;
    skip_blanks();
    const auto behind = at_;
    if (comparator()) {
      return refuse(behind, "the end", "a comparison stands only as an argument, as the condition of IIF does");
    }
    if (!rest().empty()) return refuse(at_, "the end", fmt::format("{} follows a whole expression", shown(rest())));
    return whole;
  }

 private:
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  [[nodiscard]] bool next_is(char c) const { return at_ < text_.size() && text_[at_] == c; }

  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }

  bool take(char c) {
    if (!next_is(c)) return false;
    ++at_;
    return true;
  }

  [[nodiscard]] std::unexpected<ParseError> refuse(std::size_t offset, std::string expected, const std::string& reason,
                                                   std::optional<std::string> nearest = std::nullopt) const {
    ParseError error{offset, 1, 1, std::move(expected), std::move(nearest), {}};
    const auto before = text_.substr(0, offset);
    error.line += static_cast<std::size_t>(std::ranges::count(before, '\n'));
    const auto line_start = before.rfind('\n') + 1;  // npos + 1 is 0
    error.column += code_points(before.substr(line_start)).size();
    error.message = fmt::format("line {}, column {}: {}; expected {}", error.line, error.column, reason, error.expected);
    if (error.nearest) error.message += fmt::format("; did you mean {}?", *error.nearest);
    return std::unexpected(std::move(error));
  }

  /// What stands between two commas: nothing, an operand, or two that are compared.
  Parsed argument() {
    skip_blanks();
    if (next_is(',') || next_is(')')) return Expression{at_, Empty{}};
    auto left = operand();
    if (!left) return left;
    skip_blanks();
    const auto compared = comparator();
    if (!compared) return left;
    skip_blanks();
    auto right = operand();
    if (!right) return right;
    skip_blanks();
    const auto offset = left->offset;
    Comparison comparison{*compared, {}};
    comparison.sides.push_back(*std::move(left));
    comparison.sides.push_back(*std::move(right));
    return Expression{offset, std::move(comparison)};
  }

  std::optional<Comparator> comparator() {
    using Named = std::pair<std::string_view, Comparator>;
    // The longer ones first.
    static constexpr std::array<Named, 6> comparators{{{"<>", Comparator::unequal},
                                                       {">=", Comparator::at_least},
                                                       {"<=", Comparator::at_most},
                                                       {"=", Comparator::equal},
                                                       {">", Comparator::greater},
                                                       {"<", Comparator::less}}};
    for (const auto& [name, comparator] : comparators) {
      if (!rest().starts_with(name)) continue;
      at_ += name.size();
      return comparator;
    }
    return std::nullopt;
  }

  Parsed operand() {
    if (next_is('[')) return attribute();
    if (next_is('"')) return text();
    if (at_ < text_.size()) {
      const char c = text_[at_];
      if (is_digit(c) || c == '-' || c == '+' || c == '&') return number();
      if (is_letter(c)) return word();
    }
    const bool curly = rest().starts_with("\xE2\x80\x9C") || rest().starts_with("\xE2\x80\x9D");
    const auto reason = curly ? std::string("this quotation mark is a curly one and not \"")
                              : fmt::format("no argument begins with {}", shown(rest()));
    return refuse(at_, std::string(an_argument), reason);
  }

  /// Up to the bracket that belongs to the first one, so that `[emails[type eq "work"].value]` is a name too.
  Parsed attribute() {
    const auto start = at_;
    std::size_t depth = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '[') ++depth;
      if (c != ']' || --depth > 0) continue;
      const auto name = text_.substr(start + 1, at_ - start - 2);
      if (std::ranges::all_of(name, is_blank)) return refuse(start + 1, "the name of an attribute", "the brackets are empty");
      return Expression{start, Attribute{std::string(name)}};
    }
    return refuse(start, "a closing bracket", "the bracket is never closed");
  }

  Parsed text() {
    const auto start = at_++;
    std::string value;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '"') return Expression{start, Text{std::move(value)}};
      if (c == '\\') {
        if (!next_is('"') && !next_is('\\')) {
          return refuse(at_, "another backslash or a quotation mark", "a backslash in a text is written as two");
        }
        value += text_[at_++];
      } else {
        value += c;
      }
    }
    return refuse(start, "a closing quotation mark", "the text never ends");
  }

  Parsed number() {
    const auto start = at_++;
    while (at_ < text_.size() && (is_digit(text_[at_]) || is_letter(text_[at_]) || text_[at_] == '.')) ++at_;
    const auto spelt = text_.substr(start, at_ - start);
    if (const auto value = read_integer(spelt)) return Expression{start, Number{*value}};
    return refuse(start, "a whole number of 64 bits, as in 42, -7 or &HF", fmt::format("{} is none", shown(spelt)));
  }

  Parsed word() {
    const auto start = at_;
    while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]))) ++at_;
    const auto name = text_.substr(start, at_ - start);
    skip_blanks();
    if (next_is('(')) return call(start, name);
    if (name == "True" || name == "False") return Expression{start, Boolean{name == "True"}};
    if (name == compare_text || name == compare_binary) return Expression{start, Constant{std::string(name)}};
    if (const auto* function = find_function(name)) {
      return refuse(at_, "an opening parenthesis", fmt::format("{} is a function", function->name));
    }
    return refuse(start, std::string(an_argument), fmt::format("{} is none of these", shown(name)));
  }

  Parsed call(std::size_t start, std::string_view name) {
    const auto* function = find_function(name);
    if (function == nullptr) return unknown_function(start, name);
    if (!function->refused_because.empty()) {
      return refuse(start, "another function", std::string(function->refused_because));
    }
    if (++depth_ > deepest_expression) {
      return refuse(start, fmt::format("at most {} calls within calls", deepest_expression), "this call is one more");
    }
    take('(');
    Call made{function, {}};
    skip_blanks();
    if (!take(')')) {
      if (auto failure = read_arguments(made)) return std::unexpected(*std::move(failure));
    }
    --depth_;
    if (auto failure = objection(start, made)) return std::unexpected(*std::move(failure));
    return Expression{start, std::move(made)};
  }

  std::optional<ParseError> read_arguments(Call& made) {
    do {
      auto next = argument();
      if (!next) return std::move(next).error();
      made.arguments.push_back(*std::move(next));
    } while (take(','));
    if (take(')')) return std::nullopt;
    const auto is_joint = [this](std::string_view joint) {
      return rest().size() > joint.size() && base::equals_ignoring_case(rest().substr(0, joint.size()), joint) &&
             !is_letter(rest()[joint.size()]);
    };
    if (is_joint("AND") || is_joint("OR")) {
      return refuse(at_, std::string(next_or_end), "conditions are not joined: put one IIF into another").error();
    }
    return refuse(at_, std::string(next_or_end), fmt::format("{} stands behind an argument of {}", shown(rest()), made.function->name))
        .error();
  }

  std::unexpected<ParseError> unknown_function(std::size_t start, std::string_view name) const {
    auto reason = fmt::format("there is no function {}", base::utf8_prefix(name, longest_shown));
    const auto near = nearest_function(name);
    if (!near) return refuse(start, "the name of a function", reason);
    if (base::equals_ignoring_case(name, *near)) reason += ", and letter case counts";
    return refuse(start, "the name of a function", reason, std::string(*near));
  }

  /// What is wrong with the arguments that were given.
  std::optional<ParseError> objection(std::size_t start, const Call& made) const {
    const auto& function = *made.function;
    const auto given = made.arguments.size();
    if (given < function.least || given > function.most) {
      return refuse(start, wanted_count(function), fmt::format("{} has {} here", function.name, given)).error();
    }
    if (function.in_pairs && given % 2 != 0) {
      return refuse(start, "an even number of arguments", fmt::format("{} takes its keys and values in pairs", function.name)).error();
    }
    for (std::size_t i = 0; i < given; ++i) {
      if (!is_empty(made.arguments[i]) || function.may_be_empty(i)) continue;
      return refuse(made.arguments[i].offset, std::string(an_argument),
                    fmt::format("argument {} of {} cannot be left out", i + 1, function.signature))
          .error();
    }
    return std::nullopt;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
};

/// Letters put in, left out or replaced to make one word from the other, in any letter case.
std::size_t distance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  for (std::size_t j = 0; j <= to.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= from.size(); ++i) {
    auto diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= to.size(); ++j) {
      const auto replaced = diagonal + (base::equals_ignoring_case(from.substr(i - 1, 1), to.substr(j - 1, 1)) ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, replaced}));
    }
  }
  return row[to.size()];
}

}  // namespace

std::expected<Expression, ParseError> parse(std::string_view text) { return Parser(text).parse(); }

std::optional<std::string_view> nearest_function(std::string_view name) {
  if (name.size() > longest_shown) return std::nullopt;
  auto bound = (name.size() + 2) / 3;
  std::optional<std::string_view> best;
  for (const auto& function : functions()) {
    const auto found = distance(name, function.name);
    if (found > bound || (best && found == bound)) continue;
    best = function.name;
    bound = found;
  }
  return best;
}

}  // namespace fakes::entra::expression
