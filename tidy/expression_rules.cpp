#include "tidy/expression_rules.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace tidy {
namespace {

bool names_rng(const SourceText& source, std::size_t at) {
  return source.is_word(at) && source.at(at).find("rng") != std::string_view::npos;
}

/// The name that a chain's last link hangs on: `rng` of `rng.`, `rng("name").` and `rngs[i].`.
std::size_t receiver(const SourceText& source, std::size_t dot) {
  const auto at = dot - 1;
  const bool call = one_of(source.at(at), {")", "]"}) && source.across(at) > 0;
  return call ? source.across(at) - 1 : at;
}

/// `rng.next(`, `rng_->below(`, `host.rng("x").hex(`, or a call of the generator itself, `rng()`.
bool is_draw(const SourceText& source, std::size_t at) {
  if (source.at(at + 1) != "(") return false;
  const auto before = at == 0 ? std::string_view() : source.at(at - 1);
  if (one_of(source.at(at), {"next", "below", "between", "chance", "fill", "hex", "pick", "shuffle"})) {
    return at >= 2 && one_of(before, {".", "->"}) && names_rng(source, receiver(source, at - 1));
  }
  return names_rng(source, at) && source.at(at + 2) == ")" && one_of(before, {"(", ",", "+", "-", "%"});
}

/// A generator handed to a call draws there, as far as a reader of the line can tell: `make_id(rng)`.
bool is_handed_on(const SourceText& source, std::size_t at, std::size_t list) {
  if (!names_rng(source, at) || !one_of(source.at(at + 1), {")", ","})) return false;
  auto open = at - 1;
  if (source.at(open) == "*") --open;
  if (!one_of(source.at(open), {"(", ","})) return false;
  while (open > list && source.at(open) != "(") {
    if (closes_bracket(source.at(open))) open = source.across(open);
    --open;
  }
  return open > list && source.is_word(open - 1) &&
         !one_of(source.at(open - 1), {"move", "forward", "ref", "cref", "as_const", "addressof"});
}

/// A round bracket behind a value or a type, where it is neither a statement's head nor unevaluated.
bool opens_arguments(const SourceText& source, std::size_t at) {
  if (at == 0 || source.at(at) != "(" || source.tokens[at].mate == no_token) return false;
  if (!source.is_word(at - 1)) return one_of(source.at(at - 1), {">", ")", "]", "}"});
  return !one_of(source.at(at - 1),
                 {"if", "while", "for", "switch", "catch", "sizeof", "alignof", "decltype", "return",
                  "noexcept", "requires", "alignas", "co_return", "co_await", "co_yield", "case"});
}

/// The second of two draws whose order one argument list leaves open, or `no_token`. What a lambda draws, it
/// draws when called; `&&`, `||`, `?` and `:` order what stands beside them.
std::size_t second_draw(const SourceText& source, std::size_t list) {
  bool earlier_argument_draws = false;
  bool argument_draws = false;
  bool unordered_draw = false;
  std::size_t depth = 0;
  for (auto at = list + 1; at < source.tokens[list].mate; ++at) {
    const auto text = source.at(at);
    if (const auto end = source.end_of_lambda_body(at); end != no_token) {
      at = end;
    } else if (opens_bracket(text)) {
      ++depth;
    } else if (closes_bracket(text)) {
      if (depth > 0) --depth;
    } else if (depth == 0 && text == ",") {
      earlier_argument_draws |= std::exchange(argument_draws, false);
      unordered_draw = false;
    } else if (depth == 0 && one_of(text, {"&&", "||", "?", ":"})) {
      unordered_draw = false;
    } else if (is_draw(source, at) || (depth > 0 && is_handed_on(source, at, list))) {
      if (earlier_argument_draws || (unordered_draw && depth == 0)) return at;
      argument_draws = true;
      unordered_draw |= depth == 0;
    }
  }
  return no_token;
}

/// Where the condition of the statement head that opens at `open` begins and ends.
struct Condition {
  std::size_t begin;
  std::size_t end;
};

Condition condition_of(const SourceText& source, std::string_view keyword, std::size_t open) {
  std::vector<std::size_t> semicolons;
  for (auto at = open + 1; at < source.tokens[open].mate; ++at) {
    if (source.at(at) == ";") semicolons.push_back(at);
    if (opens_bracket(source.at(at))) at = source.across(at);
  }
  if (keyword == "for") {
    if (semicolons.size() != 2) return {open, open};
    return {semicolons[0] + 1, semicolons[1]};
  }
  return {semicolons.empty() ? open + 1 : semicolons.back() + 1, source.tokens[open].mate};
}

/// Whether the expression that holds the co_await at `at`, up to its brackets, commas and semicolons, is a
/// conditional one.
bool in_conditional_operator(const SourceText& source, std::size_t at) {
  for (auto i = at; i-- > 0;) {
    const auto text = source.at(i);
    if (opens_bracket(text) || one_of(text, {";", ",", "}"})) break;
    if (text == "?") return true;
    if (closes_bracket(text)) i = source.across(i);
  }
  for (auto i = at + 1; i < source.tokens.size(); ++i) {
    const auto text = source.at(i);
    if (closes_bracket(text) || one_of(text, {";", ","})) break;
    if (text == "?") return true;
    if (opens_bracket(text)) i = source.across(i);
  }
  return false;
}

}  // namespace

std::vector<Finding> check_two_draws(const std::string& path, const SourceText& source) {
  std::vector<Finding> findings;
  for (std::size_t at = 0; at < source.tokens.size(); ++at) {
    if (!opens_arguments(source, at)) continue;
    const auto second = second_draw(source, at);
    if (second == no_token) continue;
    findings.push_back({path, source.tokens[second].line, "two-draws",
                        "the order of two draws in one argument list is the compiler's; draw each into a "
                        "named value first"});
  }
  return findings;
}

std::vector<Finding> check_capturing_coroutines(const std::string& path, const SourceText& source) {
  std::vector<const Lambda*> reported;
  std::vector<Finding> findings;
  for (std::size_t at = 0; at < source.tokens.size(); ++at) {
    if (!one_of(source.at(at), {"co_await", "co_return", "co_yield"})) continue;
    const auto* lambda = source.innermost_lambda(at);
    if (lambda == nullptr || !lambda->captures || std::ranges::find(reported, lambda) != reported.end())
      continue;
    reported.push_back(lambda);
    findings.push_back(
        {path, source.tokens[lambda->introducer].line, "capturing-coroutine",
         "the captures die with the closure while the coroutine is suspended; pass them as parameters"});
  }
  return findings;
}

std::vector<Finding> check_await_in_condition(const std::string& path, const SourceText& source) {
  std::vector<Finding> findings;
  const auto report = [&](std::size_t at) {
    findings.push_back({path, source.tokens[at].line, "await-in-condition",
                        "some compilers destroy its temporaries twice; await into a named value first"});
  };
  for (std::size_t at = 0; at < source.tokens.size(); ++at) {
    if (source.at(at) == "co_await" && in_conditional_operator(source, at)) report(at);
    if (!one_of(source.at(at), {"if", "while", "for"})) continue;
    const auto open = source.at(at + 1) == "constexpr" ? at + 2 : at + 1;
    if (source.at(open) != "(" || source.tokens[open].mate == no_token) continue;
    const auto [begin, end] = condition_of(source, source.at(at), open);
    for (auto i = begin; i < end; ++i) {
      if (const auto body_end = source.end_of_lambda_body(i); body_end != no_token) i = body_end;
      if (source.at(i) == "co_await") report(i);
    }
  }
  return findings;
}

}  // namespace tidy
