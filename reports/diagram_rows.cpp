#include "reports/diagram_rows.h"

#include <algorithm>
#include <tuple>

namespace reports {
namespace {

using Kind = DiagramRow::Kind;

constexpr std::size_t lanes_with_silent_parties = 6;
constexpr base::Duration shortest_pause = std::chrono::minutes{1};

void add_phases(std::vector<DiagramRow>& rows, const scenarios::RunRecord& run, std::size_t position) {
  const auto& exchange = run.exchanges[position];
  const auto add = [&](Kind kind, base::Instant at) {
    rows.push_back({.kind = kind, .at = at, .exchange = true, .position = position});
  };
  add(Kind::sent, exchange.sent);
  if (exchange.delivered) add(Kind::delivered, *exchange.delivered);
  if (exchange.concluded) add(Kind::concluded, *exchange.concluded);
}

/// One row for each unbroken series of exchanges that are not shown.
void add_left_out(std::vector<DiagramRow>& rows, const RunView& view) {
  const auto& exchanges = view.run->exchanges;
  bool in_series = false;
  for (const auto i : in_sending_order(*view.run)) {
    if (view.exchanges_shown.contains(exchanges[i].id)) {
      in_series = false;
    } else if (in_series) {
      ++rows.back().count;
    } else {
      rows.push_back({.kind = Kind::left_out, .at = exchanges[i].sent, .position = i, .count = 1});
      in_series = true;
    }
  }
}

/// Steps and judgements; past `longest_timeline` of them only those that do not hold.
void add_marks(std::vector<DiagramRow>& rows, const scenarios::RunRecord& run) {
  const auto add = [&](Kind kind, const auto& records) {
    for (std::size_t i = 0; i < records.size(); ++i) {
      if (i >= longest_timeline && holds(records[i].verdict)) continue;
      rows.push_back({.kind = kind, .at = records[i].at, .position = i});
    }
  };
  add(Kind::step, run.steps);
  add(Kind::judgement, run.judgements);
}

int order_at_an_instant(const DiagramRow& row) {
  if (row.kind == Kind::step) return 0;
  return row.kind == Kind::judgement ? 2 : 1;
}

}  // namespace

std::vector<DiagramRow> diagram_rows(const RunView& view) {
  std::vector<DiagramRow> rows;
  add_left_out(rows, view);
  for (const auto position : view.exchanges) add_phases(rows, *view.run, position);
  add_marks(rows, *view.run);
  std::ranges::sort(rows, {}, [](const DiagramRow& row) {
    return std::tuple(row.at, order_at_an_instant(row), row.position, row.kind);
  });
  std::vector<DiagramRow> with_pauses;
  for (const auto& row : rows) {
    const auto before = with_pauses.empty() ? view.run->started : with_pauses.back().at;
    if (row.at - before >= shortest_pause) {
      with_pauses.push_back({.kind = Kind::pause, .at = before, .length = row.at - before});
    }
    with_pauses.push_back(row);
  }
  return with_pauses;
}

std::vector<std::string> lanes_of(const RunView& view) {
  std::vector<std::string> talking;
  const auto add = [](std::vector<std::string>& lanes, const std::string& party) {
    if (std::ranges::find(lanes, party) == lanes.end()) lanes.push_back(party);
  };
  for (const auto position : view.exchanges) {
    add(talking, view.run->exchanges[position].from);
    add(talking, view.run->exchanges[position].to);
  }
  std::vector<std::string> lanes;
  for (const auto& party : view.run->parties) {
    const bool talks = std::ranges::find(talking, party) != talking.end();
    if (talks || view.run->parties.size() <= lanes_with_silent_parties) add(lanes, party);
  }
  for (const auto& party : talking) add(lanes, party);
  return lanes;
}

}  // namespace reports
