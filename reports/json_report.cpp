#include "reports/json_report.h"

#include <nlohmann/json.hpp>

#include "base/duration_text.h"
#include "base/encoding.h"
#include "reports/findings.h"

namespace reports {
namespace {

using Json = nlohmann::ordered_json;
using Headers = std::vector<std::pair<std::string, std::string>>;

Json duration_json(base::Duration duration) {
  return Json{{"text", base::to_text(duration)}, {"nanoseconds", duration.count()}};
}

Json instant_json(const std::optional<base::Instant>& instant) {
  return instant ? Json(base::to_rfc3339(*instant)) : Json(nullptr);
}

Json step_json(const scenarios::StepRecord& step) {
  return Json{{"at", base::to_rfc3339(step.at)},
              {"line", step.line},
              {"what", step.what},
              {"outcome", step.outcome},
              {"verdict", to_text(step.verdict)}};
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
              {"exchanges", judgement.exchanges}};
}

Json header_list(const Headers& headers) {
  Json out = Json::array();
  for (const auto& [name, value] : headers) out.push_back(Json{{"name", name}, {"value", value}});
  return out;
}

void add_body(Json& message, const std::string& body) {
  if (base::is_utf8(body)) {
    message["body"] = body;
  } else {
    message["body_base64"] = base::to_base64(body);
  }
}

Json exchange_object(const scenarios::ExchangeRecord& exchange) {
  Json request{{"method", exchange.method},
               {"target", exchange.target},
               {"headers", header_list(exchange.request_headers)}};
  add_body(request, exchange.request_body);
  Json response = nullptr;
  if (exchange.status != 0) {
    response = Json{{"status", exchange.status}, {"headers", header_list(exchange.response_headers)}};
    add_body(response, exchange.response_body);
  }
  return Json{{"id", exchange.id},
              {"from", exchange.from},
              {"to", exchange.to},
              {"sent", base::to_rfc3339(exchange.sent)},
              {"delivered", instant_json(exchange.delivered)},
              {"concluded", instant_json(exchange.concluded)},
              {"request", std::move(request)},
              {"response", std::move(response)},
              {"failure", exchange.failure}};
}

Json note_json(const scenarios::NoteRecord& note) {
  return Json{{"at", base::to_rfc3339(note.at)}, {"party", note.party}, {"text", note.text}};
}

template <class Records, class ToJson>
Json array_json(const Records& records, ToJson to_json_value) {
  Json out = Json::array();
  for (const auto& record : records) out.push_back(to_json_value(record));
  return out;
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

/// Text is UTF-8 but for what came broken from the network.
std::string dump(const Json& json, int indentation) {
  return json.dump(indentation, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string to_json(const scenarios::Session& session) {
  const Json json{{"schema_version", "1"},
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
