#include "reports/json_parts.h"

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "base/duration_text.h"
#include "base/encoding.h"

namespace reports {
namespace {

using Json = nlohmann::ordered_json;
using Headers = std::vector<std::pair<std::string, std::string>>;

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

}  // namespace

Json duration_json(base::Duration duration) {
  return Json{{"text", base::to_text(duration)}, {"nanoseconds", duration.count()}};
}

Json instant_json(const std::optional<base::Instant>& instant) {
  return instant ? Json(base::to_rfc3339(*instant)) : Json(nullptr);
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

std::string dump(const Json& json, int indentation) {
  return json.dump(indentation, ' ', false, Json::error_handler_t::replace);
}

}  // namespace reports
