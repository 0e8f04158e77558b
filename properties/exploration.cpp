#include "properties/exploration.h"

#include <fmt/format.h>

#include <optional>

#include "properties/fault_matrix.h"
#include "scenarios/engine/probe_logs.h"

namespace properties {
namespace {

using scenarios::FaultCell;

/// `sent||graph: GET /users`.
std::string encode_cell(const FaultCell& cell) {
  return fmt::format("{}|{}|{}", name_of(cell.phase), cell.fault, cell.operation);
}

std::optional<FaultCell> decode_cell(std::string_view text) {
  const auto first = text.find('|');
  const auto second = first == std::string_view::npos ? first : text.find('|', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const auto phase = scenarios::fault_phase_named(text.substr(0, first));
  if (!phase) return std::nullopt;
  return FaultCell{std::string(text.substr(second + 1)), std::string(text.substr(first + 1, second - first - 1)), *phase};
}

}  // namespace

scenarios::Exploration exploration_of(scenarios::Cast& cast) {
  scenarios::Exploration out;
  const auto hits = cast.probes().hits();
  for (const bool hit : hits) out.probes.push_back(hit ? 1 : 0);
  for (const auto& cell : fault_cells(cast.world().recorder().exchanges())) out.cells.emplace(cell, 1);
  return out;
}

base::JsonObject encode_exploration(const scenarios::Exploration& explored) {
  std::string hits;
  for (const auto worlds : explored.probes) hits += worlds > 0 ? '1' : '0';
  base::JsonArray cells;
  for (const auto& [cell, worlds] : explored.cells) cells.emplace_back(encode_cell(cell));
  return {{"probes", hits}, {"cells", std::move(cells)}};
}

scenarios::Exploration decode_exploration(const base::Json& json) {
  scenarios::Exploration out;
  const auto hits = base::string_or(json, "probes", "");
  for (const char hit : hits) out.probes.push_back(hit == '1' ? 1 : 0);
  const auto* cells = base::member(json, "cells");
  if (cells == nullptr || !cells->is_array()) return out;
  for (const auto& text : cells->get_array()) {
    const auto cell = text.is_string() ? decode_cell(base::as_text(text.get_string())) : std::nullopt;
    if (cell) out.cells.emplace(*cell, 1);
  }
  return out;
}

ProbeCount probes_hit(const scenarios::Exploration& explored) {
  ProbeCount out;
  const auto& all = scenarios::all_probes();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!all[i].is_to_be_hit()) continue;
    ++out.all;
    if (i < explored.probes.size() && explored.probes[i] > 0) ++out.hit;
  }
  return out;
}

}  // namespace properties
