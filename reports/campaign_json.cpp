#include "reports/campaign_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/json_parts.h"

namespace reports {
namespace {

using CampaignJson = nlohmann::ordered_json;
using scenarios::CampaignFinding;
using scenarios::CampaignLaw;
using scenarios::CampaignProbe;
using scenarios::CampaignRecord;
using scenarios::FaultCell;
using scenarios::FaultPhase;
using scenarios::SeedRun;

constexpr int campaign_format = 1;
constexpr std::string_view campaign_head = "{\n  \"lockstep_campaign\":";

CampaignJson campaign_finding_json(const CampaignFinding& finding) {
  return {{"law", finding.law},
          {"hash", finding.hash},
          {"seed", finding.seed},
          {"worlds", finding.worlds},
          {"text", finding.text},
          {"path", script_path(finding)},
          {"lines", std::ranges::count(finding.script, '\n')},
          {"shrinking", finding.shrinking},
          {"script", finding.script}};
}

SeedRun read_seed_run(const CampaignJson& json) {
  SeedRun out{json.at("first").get<std::uint64_t>(), json.at("last").get<std::uint64_t>(), json.at("step").get<std::uint64_t>()};
  out.step = std::max<std::uint64_t>(out.step, 1);
  out.last = std::max(out.first, out.last);
  return out;
}

CampaignFinding read_finding(const CampaignJson& json) {
  return {.law = json.at("law").get<std::string>(),
          .hash = json.at("hash").get<std::string>(),
          .seed = json.at("seed").get<std::uint64_t>(),
          .worlds = json.at("worlds").get<std::uint64_t>(),
          .text = json.at("text").get<std::string>(),
          .script = json.at("script").get<std::string>(),
          .shrinking = json.at("shrinking").get<std::uint64_t>()};
}

/// By operation: worlds that sent it, and what it met.
CampaignJson matrix_json(const std::map<FaultCell, std::uint64_t>& matrix) {
  auto out = CampaignJson::array();
  for (const auto& [cell, worlds] : matrix) {
    if (out.empty() || out.back().at("operation") != cell.operation) out.push_back({{"operation", cell.operation}, {"worlds", 0}, {"met", CampaignJson::array()}});
    if (cell.phase == FaultPhase::sent) {
      out.back()["worlds"] = worlds;
    } else {
      out.back()["met"].push_back({{"fault", cell.fault}, {"phase", name_of(cell.phase)}, {"worlds", worlds}});
    }
  }
  return out;
}

std::map<FaultCell, std::uint64_t> read_matrix(const CampaignJson& json) {
  std::map<FaultCell, std::uint64_t> out;
  for (const auto& row : json) {
    const auto operation = row.at("operation").get<std::string>();
    out[{operation, "", FaultPhase::sent}] = row.at("worlds").get<std::uint64_t>();
    for (const auto& met : row.at("met")) {
      const auto phase = scenarios::fault_phase_named(met.at("phase").get<std::string>());
      if (phase) out[{operation, met.at("fault").get<std::string>(), *phase}] = met.at("worlds").get<std::uint64_t>();
    }
  }
  return out;
}

CampaignRecord read_record(const CampaignJson& json) {
  CampaignRecord out;
  out.version = json.at("version").get<std::string>();
  const auto& options = json.at("options");
  out.size = options.at("size").get<std::string>();
  out.focus = options.at("focus").get<std::string>();
  out.planted = options.at("planted").get<std::string>();
  for (const auto& run : json.at("seeds")) out.seeds.push_back(read_seed_run(run));
  const auto& tally = json.at("tally");
  out.worlds = tally.at("worlds").get<std::uint64_t>();
  out.events = tally.at("events").get<std::uint64_t>();
  out.virtual_time = base::Duration{tally.at("virtual_time").at("nanoseconds").get<std::int64_t>()};
  out.failures = tally.at("failures").get<std::uint64_t>();
  for (const auto& law : json.at("laws")) out.laws.push_back({law.at("id").get<std::string>(), law.at("law").get<std::string>()});
  for (const auto& finding : json.at("findings")) out.findings.push_back(read_finding(finding));
  for (const auto& probe : json.at("probes")) {
    out.probes.push_back({probe.at("id").get<std::string>(), probe.at("kind").get<std::string>(), probe.at("rare").get<bool>(),
                          probe.at("worlds").get<std::uint64_t>()});
  }
  out.matrix = read_matrix(json.at("matrix"));
  return out;
}

/// It becomes part of a path: letters, digits and hyphens.
bool is_safe_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace

std::string script_path(const CampaignFinding& finding) {
  return fmt::format("corpus/{}/{}/scenario.yaml", finding.law, finding.hash);
}

std::string to_json(const CampaignRecord& record) {
  const CampaignJson json{
      {"lockstep_campaign", campaign_format},
      {"version", record.version},
      {"options", {{"size", record.size}, {"focus", record.focus}, {"planted", record.planted}}},
      {"seeds", array_json(record.seeds, [](const SeedRun& run) { return CampaignJson{{"first", run.first}, {"last", run.last}, {"step", run.step}}; })},
      {"tally",
       {{"worlds", record.worlds}, {"events", record.events}, {"virtual_time", duration_json(record.virtual_time)}, {"failures", record.failures}}},
      {"laws", array_json(record.laws, [](const CampaignLaw& law) { return CampaignJson{{"id", law.id}, {"law", law.law}}; })},
      {"findings", array_json(record.findings, campaign_finding_json)},
      {"probes", array_json(record.probes, [](const CampaignProbe& probe) {
         return CampaignJson{{"id", probe.id}, {"kind", probe.kind}, {"rare", probe.rare}, {"worlds", probe.worlds}};
       })},
      {"matrix", matrix_json(record.matrix)}};
  return dump(json, 2) + "\n";
}

bool is_campaign(std::string_view text) {
  return text.starts_with(campaign_head);
}

base::Result<CampaignRecord> read_campaign(std::string_view text) {
  try {
    const auto json = CampaignJson::parse(text);
    const auto format = json.at("lockstep_campaign").get<int>();
    if (format != campaign_format)
      return base::fail(fmt::format("format {} of campaigns is not known; this program reads format {}", format, campaign_format));
    auto record = read_record(json);
    for (const auto& finding : record.findings) {
      if (!is_safe_name(finding.law) || !is_safe_name(finding.hash)) return base::fail("the law or hash of a finding is no name");
    }
    return record;
  } catch (const nlohmann::json::exception& error) {
    return base::fail(fmt::format("no campaign: {}", error.what()));
  }
}

}  // namespace reports
