// What the parts of the HTML report share: how a run is shown, the ids that its links use, and small pieces
// of markup.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "reports/findings.h"
#include "reports/html.h"
#include "reports/rule_text.h"
#include "scenarios/run_record.h"

namespace reports {

/// The most exchanges of a run that the diagram and the list show.
inline constexpr std::size_t exchanges_in_full = 300;
/// The most that a run shown in brief lists.
inline constexpr std::size_t exchanges_in_brief = 40;
/// The most rows of a timeline and marks of a diagram, beside the findings.
inline constexpr std::size_t longest_timeline = 1'000;

enum class Detail {
  full,
  brief  ///< neither a diagram nor headers and bodies
};

/// A run and what the page shows of it. Points into the session.
struct RunView {
  const scenarios::RunRecord* run = nullptr;
  std::size_t number = 0;  ///< position in the session, from 1
  Detail detail = Detail::full;
  std::vector<Finding> findings{};
  std::vector<std::size_t> exchanges{};       ///< positions of those that are shown
  std::set<std::uint64_t> exchanges_shown{};  ///< their ids
};

[[nodiscard]] RunView view_of(const scenarios::RunRecord& run, std::size_t number, Detail detail);

/// `run-2`, `run-2-exchange-41`: an element of a run.
[[nodiscard]] std::string element_id(const RunView& view);
[[nodiscard]] std::string element_id(const RunView& view, std::string_view kind, std::uint64_t which);

[[nodiscard]] std::string_view css_class(scenarios::Verdict verdict);
/// A sign beside the word, since colour alone tells not everyone.
[[nodiscard]] std::string_view sign(scenarios::Verdict verdict);
[[nodiscard]] Html badge(scenarios::Verdict verdict);

/// A link to an exchange of the run where the page shows it; its number alone otherwise.
[[nodiscard]] Html exchange_link(const RunView& view, std::uint64_t id);
/// Links to the laws at the end of the page.
[[nodiscard]] Html rule_links(const std::vector<std::string>& rules);
[[nodiscard]] std::string rule_element_id(std::string_view rule);

/// Time since the run's start and the clock's time.
[[nodiscard]] Html time_label(const scenarios::RunRecord& run, base::Instant at);

}  // namespace reports
