#include "reports/text_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/plain_text.h"

namespace reports {

using scenarios::Verdict;

std::string_view colour_code(Verdict verdict) {
  switch (verdict) {
    case Verdict::error:
    case Verdict::violates:
      return "1;31";
    case Verdict::deviates:
    case Verdict::unclear:
      return "33";
    case Verdict::blocked:
      return "35";
    case Verdict::conforms:
      return "32";
    case Verdict::refused:
      return "36";
    case Verdict::not_applicable:
      return dim;
  }
  return dim;
}

std::string TextPage::paint(std::string_view text, std::string_view code) const {
  return colour_ ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
}

std::string TextPage::paint(std::string_view text, Verdict verdict) const {
  return paint(text, colour_code(verdict));
}

std::string TextPage::totals(std::string all, const std::array<std::size_t, all_verdicts.size()>& counts) const {
  auto used = all.size();
  std::string_view separator = ":";
  for (const auto verdict : all_verdicts) {
    const auto count = counts[rank(verdict)];
    if (count == 0) continue;
    const auto part = fmt::format("{} {}", count, to_text(verdict));
    all += std::exchange(separator, ",");
    const bool fits = used + part.size() + 3 <= columns;
    all += fits ? " " : "\n  ";
    used = (fits ? used : 0) + part.size() + 2;
    all += paint(part, verdict);
  }
  return all;
}

void TextPage::line(std::string_view text) {
  out_ += text;
  out_ += '\n';
}

void TextPage::field(std::size_t indent, std::string_view label, std::string_view text, std::size_t limit) {
  static constexpr std::size_t label_columns = 10;
  const auto left = indent + label_columns;
  auto lead = std::string(indent, ' ') + paint(label, dim) +
              std::string(label_columns - std::min(label_columns, label.size()), ' ');
  for (const auto& part : wrapped(shortened(visible(text, Breaks::join), limit), columns - left)) {
    line(part.empty() ? lead.substr(0, lead.find_last_not_of(' ') + 1) : lead + part);
    lead = std::string(left, ' ');
  }
}

void TextPage::heading(std::size_t indent, std::string_view label) {
  line(std::string(indent, ' ') + paint(label, dim));
}

}  // namespace reports
