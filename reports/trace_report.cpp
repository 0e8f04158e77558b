#include "reports/trace_report.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>

namespace reports {
namespace {

using Json = nlohmann::ordered_json;

/// An entry with what it is sorted by: time, then exchanges before notes, then order of appearance.
struct Entry {
  std::tuple<base::Instant, int, std::size_t> key;
  Json json;
};

Json headers_json(const std::vector<std::pair<std::string, std::string>>& headers) {
  auto out = Json::array();
  for (const auto& [name, value] : headers) out.push_back({name, value});
  return out;
}

Json exchange_json(std::size_t run, const scenarios::ExchangeRecord& exchange) {
  Json out{{"run", run},
           {"at", base::to_rfc3339(exchange.sent)},
           {"kind", "exchange"},
           {"id", exchange.id},
           {"from", exchange.from},
           {"to", exchange.to},
           {"method", exchange.method},
           {"target", exchange.target},
           {"request_headers", headers_json(exchange.request_headers)},
           {"request_body", exchange.request_body}};
  if (exchange.concluded) out["concluded"] = base::to_rfc3339(*exchange.concluded);
  if (exchange.status == 0) {
    out["failure"] = exchange.failure;
  } else {
    out["status"] = exchange.status;
    out["response_headers"] = headers_json(exchange.response_headers);
    out["response_body"] = exchange.response_body;
  }
  return out;
}

}  // namespace

std::string to_trace(const scenarios::Session& session) {
  std::string out;
  for (std::size_t run = 0; run < session.runs.size(); ++run) {
    const auto& record = session.runs[run];
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < record.exchanges.size(); ++i) {
      entries.push_back({{record.exchanges[i].sent, 0, i}, exchange_json(run, record.exchanges[i])});
    }
    for (std::size_t i = 0; i < record.notes.size(); ++i) {
      const auto& note = record.notes[i];
      entries.push_back({{note.at, 1, i},
                         {{"run", run},
                          {"at", base::to_rfc3339(note.at)},
                          {"kind", "note"},
                          {"party", note.party},
                          {"text", note.text}}});
    }
    std::ranges::sort(entries, {}, &Entry::key);
    for (const auto& entry : entries)
      out += entry.json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  }
  return out;
}

}  // namespace reports
