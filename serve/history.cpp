#include "serve/history.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/har.h"
#include "reports/json_parts.h"
#include "scenarios/engine/record_exchanges.h"

namespace serve {
namespace {

scenarios::RunRecord record_of(ServedWorld& world, const HistoryQuery& query) {
  scenarios::RunRecord record;
  record.title = world.scenario().title;
  record.seed = world.seed();
  record.started = world.started();
  scenarios::copy_redacted(world.cast().world().recorder(), record);
  std::erase_if(record.exchanges, [&](const auto& exchange) {
    return exchange.id <= query.after || (!query.party.empty() && exchange.from != query.party && exchange.to != query.party);
  });
  const auto count = record.exchanges.size();
  if (count > query.most) record.exchanges.erase(record.exchanges.begin(), record.exchanges.end() - static_cast<std::ptrdiff_t>(query.most));
  const auto since = query.after == 0 && count <= query.most ? record.started : (record.exchanges.empty() ? world.now() : record.exchanges.front().sent);
  std::erase_if(record.notes, [&](const auto& note) { return note.at < since || (!query.party.empty() && note.party != query.party); });
  return record;
}

}  // namespace

std::string history_json(ServedWorld& world, const HistoryQuery& query) {
  const auto record = record_of(world, query);
  auto notes = nlohmann::ordered_json::array();
  for (const auto& note : record.notes) notes.push_back({{"at", base::to_rfc3339(note.at)}, {"party", note.party}, {"text", note.text}});
  const nlohmann::ordered_json out{{"last", world.cast().world().recorder().exchange_count()},
                                   {"forgotten", record.exchanges_forgotten},
                                   {"exchanges", reports::array_json(record.exchanges, reports::exchange_object)},
                                   {"notes", std::move(notes)}};
  return reports::dump(out, -1);
}

std::string history_har(ServedWorld& world, const HistoryQuery& query, std::string_view version) {
  return reports::to_har(record_of(world, query), version);
}

}  // namespace serve
