// A campaign for people and for the systems that show test results.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "scenarios/campaign_record.h"

namespace reports {

/// A page of Markdown, for a merge request or a job's summary: what was played, and each finding with its script and the line that
/// replays it. The first 20 scripts are shown.
[[nodiscard]] std::string to_markdown(const scenarios::CampaignRecord& record, const std::string& program);

/// JUnit XML: a case for each law, and one that failed for each finding in place of its law's.
[[nodiscard]] std::string to_junit(const scenarios::CampaignRecord& record, const std::string& program);

/// How many probes are there to be hit, and how many were.
struct ProbesHit {
  std::size_t hit = 0;
  std::size_t all = 0;
  std::vector<std::string> missed{};       ///< ids of those that were not and are not rare
  std::vector<std::string> rare_missed{};  ///< of those that were not and are
};
[[nodiscard]] ProbesHit probes_of(const scenarios::CampaignRecord& record);

/// The line that replays a finding whose script is at `script`: `./lockstep run corpus/…/scenario.yaml --planted NAME`.
[[nodiscard]] std::string replay_line(const scenarios::CampaignRecord& record, const std::string& program, const std::string& script);

}  // namespace reports
