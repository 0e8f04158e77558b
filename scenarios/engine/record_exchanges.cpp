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

void redact_list(std::vector<std::string>& texts, const sim::Redactor& redact) {
  for (auto& text : texts) text = redact(text);
}

/// A name may be one that somebody typed: a password in the field for names would be in it.
void redact_screen(ScreenRecord& screen, const sim::Redactor& redact) {
  for (auto* text : {&screen.text, &screen.account, &screen.typed_name, &screen.message, &screen.web_host}) *text = redact(*text);
  for (auto& tile : screen.tiles) {
    tile.account = redact(tile.account);
    tile.full_name = redact(tile.full_name);
  }
  if (screen.prompt) {
    screen.prompt->title = redact(screen.prompt->title);
    screen.prompt->text = redact(screen.prompt->text);
    redact_list(screen.prompt->fields, redact);
    redact_list(screen.prompt->choices, redact);
  }
  redact_list(screen.popups, redact);
  redact_list(screen.offers, redact);
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
    step.counts = redact(step.counts);
  }
  for (auto& judgement : record.judgements) {
    judgement.expected = redact(judgement.expected);
    judgement.found = redact(judgement.found);
    if (judgement.screen) redact_screen(*judgement.screen, redact);
  }
  for (auto& screen : record.screens) redact_screen(screen, redact);
  record.problem = redact(record.problem);
  for (auto& pending : record.pending) pending = redact(pending);
}

}  // namespace scenarios
