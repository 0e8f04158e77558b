#include "scenarios/engine/record_exchanges.h"

#include "sim/redactor.h"

namespace scenarios {
namespace {

using HeaderList = std::vector<std::pair<std::string, std::string>>;

HeaderList copy_headers(const base::Headers& headers, const sim::Redactor& redact) {
  HeaderList out;
  for (const auto& field : headers) out.emplace_back(field.name, redact(field.value));
  return out;
}

ExchangeRecord copy_exchange(const sim::Exchange& exchange, const sim::Redactor& redact) {
  ExchangeRecord out;
  out.id = exchange.id;
  out.from = exchange.from;
  out.to = exchange.to;
  out.sent = exchange.sent;
  out.delivered = exchange.delivered;
  out.concluded = exchange.concluded;
  out.method = exchange.request.method;
  out.target = redact(exchange.request.target);
  out.request_headers = copy_headers(exchange.request.headers, redact);
  out.request_body = redact(exchange.request.body);
  if (!exchange.result) {
    out.failure = "under way";
  } else if (!*exchange.result) {
    out.failure = redact(exchange.result->error().message);
  } else {
    out.status = (*exchange.result)->status;
    out.response_headers = copy_headers((*exchange.result)->headers, redact);
    out.response_body = redact((*exchange.result)->body);
  }
  return out;
}

}  // namespace

void copy_redacted(const sim::Recorder& recorder, RunRecord& record) {
  const sim::Redactor redact(recorder.secrets());
  for (const auto& exchange : recorder.exchanges())
    record.exchanges.push_back(copy_exchange(exchange, redact));
  record.exchanges_forgotten = recorder.exchange_count() - recorder.exchanges().size();
  for (const auto& note : recorder.notes()) record.notes.push_back({note.at, note.party, redact(note.text)});
  for (auto& step : record.steps) {
    step.what = redact(step.what);
    step.outcome = redact(step.outcome);
  }
  for (auto& judgement : record.judgements) {
    judgement.expected = redact(judgement.expected);
    judgement.found = redact(judgement.found);
  }
  record.problem = redact(record.problem);
  for (auto& pending : record.pending) pending = redact(pending);
}

}  // namespace scenarios
