// Lines for a terminal: 110 columns, labels with wrapped text beside them, colours where they are wanted.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "reports/findings.h"
#include "scenarios/run_record.h"

namespace reports {

inline constexpr std::size_t columns = 110;
/// The most characters of one text, such as what was found.
inline constexpr std::size_t text_characters = 1'200;

/// Parameters of the escape sequence that sets a colour.
inline constexpr std::string_view bold = "1";
inline constexpr std::string_view dim = "2";
[[nodiscard]] std::string_view colour_code(scenarios::Verdict verdict);

class TextPage {
 public:
  /// `colour` adds ANSI escapes.
  explicit TextPage(bool colour) : colour_(colour) {}

  [[nodiscard]] std::string paint(std::string_view text, std::string_view code) const;
  [[nodiscard]] std::string paint(std::string_view text, scenarios::Verdict verdict) const;

  /// `47 runs: 46 conforms, 1 violates`, verdicts that did not come up left out; broken where it gets too long.
  [[nodiscard]] std::string totals(std::string all, const std::array<std::size_t, all_verdicts.size()>& counts) const;

  void line(std::string_view text);
  /// `label` at `indent`, then `text` in a column of its own, wrapped.
  void field(std::size_t indent, std::string_view label, std::string_view text,
             std::size_t limit = text_characters);
  void heading(std::size_t indent, std::string_view label);

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  bool colour_;
  std::string out_;
};

}  // namespace reports
