// Regular expressions in .NET's spelling. RE2 matches them in a time that is linear in the text, whatever an admin wrote; the
// price is what RE2 does not know: looking ahead or behind, and referring back. Such a pattern is refused.
#pragma once

#include <cstddef>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace fakes::entra::expression {

class Pattern {
 public:
  /// `(?<name>…)` and `(?'name'…)` name a group. Letter case counts; `\d`, `\w` and `\s` are those of ASCII. The error says
  /// what is wrong.
  [[nodiscard]] static std::expected<Pattern, std::string> compile(std::string_view pattern);

  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;
  ~Pattern();

  /// By name, or by number: unnamed groups come before named ones.
  [[nodiscard]] bool has_group(std::string_view name) const;

  /// Every match replaced. In `replacement`, `$1`, `${1}` and `${name}` are what a group matched, `$0` and `$&` the whole
  /// match, and `$$` a dollar sign; a `$` with anything else stands for itself. Empty where the result is longer than `most`.
  [[nodiscard]] std::optional<std::string> replace_all(std::string_view text, std::string_view replacement,
                                                       std::size_t most) const;
  /// What the group matched, replaced within every match.
  [[nodiscard]] std::optional<std::string> replace_group(std::string_view text, std::string_view group,
                                                         std::string_view replacement, std::size_t most) const;
  /// What the group has in the first match; empty where there is none.
  [[nodiscard]] std::optional<std::string> extract(std::string_view text, std::string_view group) const;

 private:
  struct Compiled;
  explicit Pattern(std::unique_ptr<Compiled> compiled);

  std::unique_ptr<Compiled> compiled_;
};

}  // namespace fakes::entra::expression
