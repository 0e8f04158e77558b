#include "reports/joined_campaign.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

namespace reports {
namespace {

using scenarios::CampaignFinding;
using scenarios::CampaignRecord;
using scenarios::SeedRun;

/// The first seed that both hold.
std::optional<std::uint64_t> common_seed(const SeedRun& left, const SeedRun& right) {
  const auto& wide = left.step >= right.step ? left : right;
  const auto& narrow = left.step >= right.step ? right : left;
  // After so many steps of the wide one, the remainders repeat.
  const auto most = narrow.step / std::gcd(wide.step, narrow.step);
  auto seed = wide.first;
  if (seed < narrow.first) seed += (narrow.first - seed + wide.step - 1) / wide.step * wide.step;
  for (std::uint64_t i = 0; i < most && seed <= std::min(wide.last, narrow.last); ++i, seed += wide.step) {
    if ((seed - narrow.first) % narrow.step == 0) return seed;
  }
  return std::nullopt;
}

std::optional<std::uint64_t> common_seed(const std::vector<SeedRun>& left, const std::vector<SeedRun>& right) {
  for (const auto& one : left) {
    for (const auto& other : right) {
      if (const auto seed = common_seed(one, other)) return seed;
    }
  }
  return std::nullopt;
}

/// What of the options differs; empty: nothing.
std::string different_option(const CampaignRecord& left, const CampaignRecord& right) {
  if (left.version != right.version) return "version";
  if (left.size != right.size) return "size";
  if (left.focus != right.focus) return "focus";
  if (left.planted != right.planted) return "planted defect";
  if (left.laws != right.laws) return "laws";
  return std::ranges::equal(left.probes, right.probes, {}, &scenarios::CampaignProbe::id, &scenarios::CampaignProbe::id) ? "" : "probes";
}

void join_campaign_findings(std::map<std::string, CampaignFinding>& all, const std::vector<CampaignFinding>& findings) {
  for (const auto& finding : findings) {
    const auto [place, is_new] = all.emplace(finding.hash, finding);
    if (is_new) continue;
    auto& known = place->second;
    const auto worlds = known.worlds + finding.worlds;
    if (finding.seed < known.seed) known = finding;
    known.worlds = worlds;
  }
}

/// How far a run has been taken over.
struct Cursor {
  SeedRun run;
  std::uint64_t next = 0;  ///< > run.last: all of it

  [[nodiscard]] bool done() const { return next > run.last; }
};

/// Shards that take turns, as many as their step, are taken over together for as many rounds as all of them have: the seed after those.
std::uint64_t take_rounds(std::vector<Cursor>& cursors, std::uint64_t end) {
  const auto first = std::ranges::find_if(cursors, [&](const Cursor& cursor) { return !cursor.done() && cursor.next == end; });
  if (first == cursors.end()) return end;
  const auto step = first->run.step;
  const auto takes_turns = [&](const Cursor& cursor) {
    return !cursor.done() && cursor.run.step == step && cursor.next >= end && cursor.next - end < step;
  };
  if (static_cast<std::uint64_t>(std::ranges::count_if(cursors, takes_turns)) < step) return end;
  auto rounds = UINT64_MAX;
  for (const auto& cursor : cursors) {
    if (takes_turns(cursor)) rounds = std::min(rounds, (cursor.run.last - cursor.next) / step + 1);
  }
  for (auto& cursor : cursors) {
    if (takes_turns(cursor)) cursor.next += rounds * step;
  }
  return end + rounds * step;
}

}  // namespace

std::vector<SeedRun> joined_seeds(std::vector<SeedRun> runs) {
  std::ranges::sort(runs, {}, [](const SeedRun& run) { return std::pair(run.first, run.step); });
  std::vector<Cursor> cursors;
  for (auto& run : runs) {
    run.last = run.first + (run.last - run.first) / run.step * run.step;
    if (run.first == run.last) run.step = 1;
    cursors.push_back({run, run.first});
  }
  std::vector<SeedRun> out;
  while (!cursors.empty()) {
    // As far as there is no gap.
    const auto begin = cursors.front().run.first;
    auto end = begin;
    for (bool grows = true; grows;) {
      const auto before = std::exchange(end, take_rounds(cursors, end));
      for (auto& cursor : cursors) {
        if (cursor.done() || cursor.next != end) continue;
        cursor.next += cursor.run.step;
        ++end;
      }
      grows = end != before;
    }
    if (end == begin + 1) {
      out.push_back(cursors.front().run);
      cursors.erase(cursors.begin());
      for (auto& cursor : cursors) cursor.next = cursor.run.first;
      continue;
    }
    out.push_back({begin, end - 1, 1});
    for (const auto& cursor : cursors) {
      if (cursor.next > cursor.run.first && !cursor.done())
        out.push_back({cursor.next, cursor.run.last, cursor.next == cursor.run.last ? 1 : cursor.run.step});
    }
    std::erase_if(cursors, [](const Cursor& cursor) { return cursor.next > cursor.run.first; });
  }
  std::ranges::sort(out, {}, &SeedRun::first);
  return out;
}

base::Result<CampaignRecord> joined_campaign(std::span<const CampaignPart> parts) {
  CampaignRecord out = parts.front().record;
  std::map<std::string, CampaignFinding> findings;
  join_campaign_findings(findings, out.findings);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const auto& part = parts[i];
    if (const auto what = different_option(parts.front().record, part.record); !what.empty())
      return base::fail(fmt::format("{} and {} differ in their {}", parts.front().source, part.source, what));
    for (std::size_t before = 0; before < i; ++before) {
      if (const auto seed = common_seed(parts[before].record.seeds, part.record.seeds))
        return base::fail(fmt::format("{} and {} both played seed {}", parts[before].source, part.source, *seed));
    }
    out.worlds += part.record.worlds;
    out.events += part.record.events;
    out.virtual_time += part.record.virtual_time;
    out.failures += part.record.failures;
    out.seeds.insert(out.seeds.end(), part.record.seeds.begin(), part.record.seeds.end());
    join_campaign_findings(findings, part.record.findings);
    for (std::size_t p = 0; p < out.probes.size(); ++p) out.probes[p].worlds += part.record.probes[p].worlds;
    for (const auto& [cell, worlds] : part.record.matrix) out.matrix[cell] += worlds;
  }
  out.seeds = joined_seeds(std::move(out.seeds));
  out.findings.clear();
  for (auto& [hash, finding] : findings) out.findings.push_back(std::move(finding));
  std::ranges::sort(out.findings, {}, [](const CampaignFinding& finding) { return std::pair(finding.seed, finding.hash); });
  return out;
}

}  // namespace reports
