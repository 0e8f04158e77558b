#include "reports/har.h"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/encoding.h"
#include "base/forwarded_origin.h"
#include "base/uri.h"
#include "reports/json_parts.h"
#include "reports/plain_text.h"
#include "reports/shown_exchange.h"

namespace reports {
namespace {

using OrderedJson = nlohmann::ordered_json;
using scenarios::CaseRecord;
using scenarios::ConformanceRecord;
using scenarios::ExchangeRecord;

OrderedJson headers_json(const HeaderList& headers) {
  OrderedJson out = OrderedJson::array();
  for (const auto& [name, value] : headers) out.push_back(OrderedJson{{"name", name}, {"value", value}});
  return out;
}

std::string header_value(const HeaderList& headers, std::string_view name) {
  const auto found = std::ranges::find_if(
      headers, [&](const auto& header) { return base::equals_ignoring_case(header.first, name); });
  return found == headers.end() ? "" : found->second;
}

OrderedJson query_json(const std::string& target) {
  OrderedJson out = OrderedJson::array();
  const auto parsed = base::parse_target(target);
  if (!parsed) return out;
  for (const auto& [name, value] : parsed->query) out.push_back(OrderedJson{{"name", name}, {"value", value}});
  return out;
}

OrderedJson request_json(const std::string& url, const ExchangeRecord& exchange) {
  OrderedJson request{{"method", exchange.method},
               {"url", url},
               {"httpVersion", "HTTP/1.1"},
               {"cookies", OrderedJson::array()},
               {"headers", headers_json(exchange.request_headers)},
               {"queryString", query_json(exchange.target)},
               {"headersSize", -1},
               {"bodySize", exchange.request_body.size()}};
  if (exchange.request_body.empty()) return request;
  OrderedJson post{{"mimeType", header_value(exchange.request_headers, "Content-Type")}, {"params", OrderedJson::array()}};
  if (base::is_utf8(exchange.request_body)) {
    post["text"] = exchange.request_body;
  } else {
    post["text"] = "";
    post["comment"] = "base64: " + base::to_base64(exchange.request_body);
  }
  request["postData"] = std::move(post);
  return request;
}

OrderedJson content_json(const ExchangeRecord& exchange) {
  const auto& body = exchange.response_body;
  OrderedJson content{{"size", body.size()}, {"mimeType", header_value(exchange.response_headers, "Content-Type")}};
  if (base::is_utf8(body)) {
    content["text"] = body;
  } else {
    content["text"] = base::to_base64(body);
    content["encoding"] = "base64";
  }
  return content;
}

/// An exchange without an answer has status 0, as browsers write it.
OrderedJson response_json(const ExchangeRecord& exchange) {
  return OrderedJson{{"status", exchange.status},
              {"statusText", ""},
              {"httpVersion", exchange.status == 0 ? "" : "HTTP/1.1"},
              {"cookies", OrderedJson::array()},
              {"headers", headers_json(exchange.response_headers)},
              {"content", content_json(exchange)},
              {"redirectURL", header_value(exchange.response_headers, "Location")},
              {"headersSize", -1},
              {"bodySize", exchange.status == 0 ? OrderedJson(-1) : OrderedJson(exchange.response_body.size())}};
}

/// As report.json has it, so that the transcript is the same where it is made from that.
std::chrono::milliseconds in_report(base::Instant at) {
  return std::chrono::floor<std::chrono::milliseconds>(at.time_since_epoch());
}

/// `exchange` as it may be shown.
OrderedJson entry_json(const std::string& url, const std::string& page, const ExchangeRecord& exchange) {
  const auto took = exchange.concluded ? in_report(*exchange.concluded) - in_report(exchange.sent)
                                       : std::chrono::milliseconds{0};
  OrderedJson entry{{"pageref", page},
             {"startedDateTime", base::to_rfc3339(exchange.sent)},
             {"time", took.count()},
             {"request", request_json(url, exchange)},
             {"response", response_json(exchange)},
             {"cache", OrderedJson::object()},
             {"timings", OrderedJson{{"send", 0}, {"wait", took.count()}, {"receive", 0}}}};
  if (exchange.status == 0) entry["_failure"] = outcome_text(exchange);
  return entry;
}

OrderedJson page_json(const ConformanceRecord& record, const CaseRecord& one) {
  return OrderedJson{{"startedDateTime",
               base::to_rfc3339(one.exchanges.empty() ? record.started : one.exchanges.front().sent)},
              {"id", one.id},
              {"title", one.title},
              {"pageTimings", OrderedJson::object()},
              {"_verdict", to_text(one.verdict)}};
}

/// Of a party of a world: by the name that the request had for it.
std::string url_in_world(const ExchangeRecord& exchange) {
  const auto scheme = header_value(exchange.request_headers, base::forwarded_scheme_field);
  return (scheme.empty() ? "https" : scheme) + "://" + header_value(exchange.request_headers, "Host") + exchange.target;
}

std::string har_of(std::string_view version, OrderedJson pages, OrderedJson entries) {
  const OrderedJson har{{"log", OrderedJson{{"version", "1.2"},
                              {"creator", OrderedJson{{"name", "Lockstep"}, {"version", version}}},
                              {"pages", std::move(pages)},
                              {"entries", std::move(entries)}}}};
  return dump(har, 2) + "\n";
}

}  // namespace

std::string to_har(const scenarios::RunRecord& record, std::string_view version) {
  const std::string page = "run";
  OrderedJson entries = OrderedJson::array();
  for (const auto& raw : record.exchanges) {
    const auto exchange = shown_exchange(raw);
    auto entry = entry_json(url_in_world(exchange), page, exchange);
    entry["_from"] = exchange.from;
    entry["_to"] = exchange.to;
    entries.push_back(std::move(entry));
  }
  return har_of(version,
                OrderedJson::array({OrderedJson{{"startedDateTime", base::to_rfc3339(record.started)},
                                                {"id", page},
                                                {"title", record.title},
                                                {"pageTimings", OrderedJson::object()}}}),
                std::move(entries));
}

std::string to_har(const ConformanceRecord& record) {
  OrderedJson pages = OrderedJson::array();
  OrderedJson entries = OrderedJson::array();
  for (const auto& one : record.cases) {
    if (one.exchanges.empty()) continue;
    pages.push_back(page_json(record, one));
    for (const auto& raw : one.exchanges) {
      const auto exchange = shown_exchange(raw);
      entries.push_back(entry_json(shown_url(record, exchange), one.id, exchange));
    }
  }
  return har_of(record.version, std::move(pages), std::move(entries));
}

}  // namespace reports
