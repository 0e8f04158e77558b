#include "scenarios/engine/probe_logs.h"

#include <fmt/format.h>

#include <span>

namespace scenarios {
namespace {

template <class Probe>
void add_rows(std::vector<ProbeEntry>& out, std::string_view part, std::span<const base::ProbeRow<Probe>> rows) {
  for (const auto& row : rows)
    out.push_back({fmt::format("{}.{}", part, row.name), row.kind, row.reach, fmt::format("{}/{}", part, row.place), row.what});
}

template <class Probe>
void add_hits(std::vector<bool>& out, const base::ProbeLog<Probe>& log, std::span<const base::ProbeRow<Probe>> rows) {
  for (const auto& row : rows) out.push_back(log.was_hit(row.probe));
}

template <class Probe>
void add_broken(std::vector<BrokenProbe>& out, std::size_t before, const base::ProbeLog<Probe>& log, std::span<const base::ProbeRow<Probe>> rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (log.was_broken(rows[i].probe)) out.push_back({before + i, log.broken_since(rows[i].probe)});
  }
}

}  // namespace

void ProbeLogs::tell_time(const std::function<base::Instant()>& now) {
  directory.tell_time(now);
  fakes.tell_time(now);
}

std::vector<bool> ProbeLogs::hits() const {
  std::vector<bool> out;
  add_hits(out, directory, ::directory::probe_rows());
  add_hits(out, fakes, ::fakes::probe_rows());
  return out;
}

std::vector<BrokenProbe> ProbeLogs::broken() const {
  std::vector<BrokenProbe> out;
  add_broken(out, 0, directory, ::directory::probe_rows());
  add_broken(out, ::directory::probe_rows().size(), fakes, ::fakes::probe_rows());
  return out;
}

const std::vector<ProbeEntry>& all_probes() {
  static const auto all = [] {
    std::vector<ProbeEntry> out;
    add_rows(out, "directory", directory::probe_rows());
    add_rows(out, "fakes", fakes::probe_rows());
    return out;
  }();
  return all;
}

}  // namespace scenarios
