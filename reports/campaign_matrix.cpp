#include "reports/campaign_matrix.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace reports {
namespace {

using scenarios::FaultCell;
using scenarios::FaultPhase;

struct MatrixColumn {
  FaultPhase phase;
  std::string_view fault;
};

/// All that can be met. [docs/campaigns.md]
constexpr std::array matrix_columns{
    MatrixColumn{FaultPhase::before, "lose_request"},   MatrixColumn{FaultPhase::before, "delay_request"}, MatrixColumn{FaultPhase::before, "refuse"},
    MatrixColumn{FaultPhase::before, "reset_before"},   MatrixColumn{FaultPhase::before, "answer_instead"}, MatrixColumn{FaultPhase::before, "loss_of_request"},
    MatrixColumn{FaultPhase::before, "status_429"},     MatrixColumn{FaultPhase::before, "status_5xx"},    MatrixColumn{FaultPhase::after, "lose_response"},
    MatrixColumn{FaultPhase::after, "delay_response"},  MatrixColumn{FaultPhase::after, "duplicate"},      MatrixColumn{FaultPhase::after, "reset_after"},
    MatrixColumn{FaultPhase::after, "answer_after"},    MatrixColumn{FaultPhase::after, "truncate"},       MatrixColumn{FaultPhase::after, "loss_of_answer"},
    MatrixColumn{FaultPhase::outage, "down"},           MatrixColumn{FaultPhase::outage, "cut_off"},       MatrixColumn{FaultPhase::outage, "crash"},
    MatrixColumn{FaultPhase::outage, "time_out"}};

using Cells = std::map<FaultCell, std::uint64_t>;

std::uint64_t worlds_of(const Cells& cells, const std::string& operation, std::string_view fault, FaultPhase phase) {
  const auto found = cells.find({operation, std::string(fault), phase});
  return found == cells.end() ? 0 : found->second;
}

std::string heading_of(std::string_view receiver) {
  auto out = fmt::format("\n## To {}\n\n| operation | worlds |", receiver);
  std::string rule = "| --- | ---: |";
  for (const auto& column : matrix_columns) {
    out += fmt::format(" {}: {} |", name_of(column.phase), column.fault);
    rule += " ---: |";
  }
  return out + "\n" + rule + "\n";
}

std::string row_of(const Cells& cells, const std::string& operation, std::string_view shown, std::size_t& explored) {
  auto out = fmt::format("| `{}` | {} |", shown, worlds_of(cells, operation, "", FaultPhase::sent));
  for (const auto& column : matrix_columns) {
    const auto met = worlds_of(cells, operation, column.fault, column.phase);
    if (met == 0) {
      out += "  |";
      continue;
    }
    ++explored;
    out += fmt::format(" {} > {} |", met, worlds_of(cells, operation, column.fault, FaultPhase::healed));
  }
  return out + "\n";
}

}  // namespace

std::string matrix_markdown(const scenarios::CampaignRecord& record) {
  std::set<std::pair<std::string, std::string>> operations;  // receiver and the whole
  for (const auto& [cell, worlds] : record.matrix) operations.emplace(cell.operation.substr(0, cell.operation.find(':')), cell.operation);
  std::string tables;
  std::string receiver;
  std::size_t explored = 0;
  for (const auto& [to, operation] : operations) {
    if (to != receiver) tables += heading_of(to);
    receiver = to;
    tables += row_of(record.matrix, operation, std::string_view(operation).substr(std::min(operation.size(), to.size() + 2)), explored);
  }
  return fmt::format(
             "# What was explored: operations, faults and phases\n\n"
             "In {} worlds {} operations were sent; of {} pairs of an operation and a fault {} have met. `12 > 9`: in 12 worlds the operation has met\n"
             "the fault, and in 9 of them the same sender's same operation has gone well since. An empty cell was not explored.\n"
             "*before*: the receiver has not processed the request; *after*: it has, and the sender heard nothing or something else; *outage*: a\n"
             "host was down, cut off, crashed meanwhile or did not answer in time.\n",
             record.worlds, operations.size(), operations.size() * matrix_columns.size(), explored) +
         tables;
}

}  // namespace reports
