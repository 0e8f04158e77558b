#include "reports/json_report.h"

#include <nlohmann/json.hpp>

#include "base/duration_text.h"
#include "reports/findings.h"
#include "reports/json_parts.h"

namespace reports {
namespace {

using Json = nlohmann::ordered_json;

Json step_json(const scenarios::StepRecord& step) {
  Json json{{"at", base::to_rfc3339(step.at)},
            {"line", step.line},
            {"what", step.what},
            {"outcome", step.outcome},
            {"verdict", to_text(step.verdict)}};
  if (!step.rules.empty()) json["rules"] = step.rules;
  if (!step.counts.empty()) json["counts"] = step.counts;
  return json;
}

Json tile_json(const scenarios::ScreenRecord::Tile& tile) {
  return Json{{"account", tile.account}, {"full_name", tile.full_name}, {"selected", tile.selected}};
}

Json screen_json(const scenarios::ScreenRecord& screen) {
  Json prompt = nullptr;
  if (screen.prompt) {
    prompt = Json{{"title", screen.prompt->title},
                  {"text", screen.prompt->text},
                  {"fields", screen.prompt->fields},
                  {"choices", screen.prompt->choices}};
  }
  return Json{{"at", base::to_rfc3339(screen.at)},
              {"device", screen.device},
              {"platform", screen.platform},
              {"kind", to_text(screen.kind)},
              {"text", screen.text},
              {"account", screen.account},
              {"tiles", array_json(screen.tiles, tile_json)},
              {"typed_name", screen.typed_name},
              {"message", screen.message},
              {"shaking", screen.shaking},
              {"prompt", std::move(prompt)},
              {"popups", screen.popups},
              {"offers", screen.offers},
              {"web_host", screen.web_host}};
}

Json judgement_json(const scenarios::JudgementRecord& judgement) {
  return Json{{"at", base::to_rfc3339(judgement.at)},
              {"line", judgement.line},
              {"rules", judgement.rules},
              {"what", judgement.what},
              {"when", judgement.when},
              {"expected", judgement.expected},
              {"found", judgement.found},
              {"verdict", to_text(judgement.verdict)},
              {"exchanges", judgement.exchanges},
              {"screen", judgement.screen ? screen_json(*judgement.screen) : Json(nullptr)}};
}

Json note_json(const scenarios::NoteRecord& note) {
  return Json{{"at", base::to_rfc3339(note.at)}, {"party", note.party}, {"text", note.text}};
}

Json run_json(const scenarios::RunRecord& run) {
  return Json{{"script", run.script},
              {"title", run.title},
              {"about", run.about},
              {"covers", run.covers},
              {"seed", run.seed},
              {"arm", run.arm},
              {"target", run.target},
              {"verdict", to_text(run.verdict)},
              {"problem", run.problem},
              {"started", base::to_rfc3339(run.started)},
              {"virtual_time", duration_json(run.virtual_time)},
              {"fingerprint", scenarios::fingerprint_text(run.fingerprint)},
              {"events", run.events},
              {"parties", run.parties},
              {"steps", array_json(run.steps, step_json)},
              {"judgements", array_json(run.judgements, judgement_json)},
              {"screens", array_json(run.screens, screen_json)},
              {"screens_forgotten", run.screens_forgotten},
              {"exchanges", array_json(run.exchanges, exchange_object)},
              {"exchanges_forgotten", run.exchanges_forgotten},
              {"notes", array_json(run.notes, note_json)},
              {"pending", run.pending},
              {"replay", run.replay},
              {"measured", Json{{"wall", duration_json(run.measured.wall)}}}};
}

Json totals_json(const scenarios::Session& session) {
  Json totals{{"runs", session.runs.size()}};
  const auto counts = count_verdicts(session);
  for (const auto verdict : all_verdicts) totals[std::string(to_text(verdict))] = counts[rank(verdict)];
  totals["virtual_time"] = duration_json(total_virtual_time(session));
  return totals;
}

}  // namespace

std::string to_json(const scenarios::Session& session) {
  const Json json{{"schema_version", "2"},
                  {"version", session.version},
                  {"exit_code", exit_code(session)},
                  {"totals", totals_json(session)},
                  {"runs", array_json(session.runs, run_json)}};
  return dump(json, 2) + "\n";
}

std::string to_json_lines(const scenarios::Session& session) {
  std::string out;
  for (const auto& run : session.runs) {
    const Json line{{"script", run.script},
                    {"seed", run.seed},
                    {"arm", run.arm},
                    {"target", run.target},
                    {"verdict", to_text(run.verdict)},
                    {"virtual_time", base::to_text(run.virtual_time)},
                    {"fingerprint", scenarios::fingerprint_text(run.fingerprint)},
                    {"events", run.events}};
    out += dump(line, -1) + "\n";
  }
  return out;
}

}  // namespace reports
