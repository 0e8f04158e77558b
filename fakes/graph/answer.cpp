#include "fakes/graph/answer.h"

#include <fmt/format.h>

#include "base/encoding.h"
#include "base/http_date.h"

namespace fakes::graph {
namespace {

bool is_token(std::string_view name) {
  if (name.starts_with('$')) name.remove_prefix(1);
  return base::equals_ignoring_case(name, "skiptoken");
}

}  // namespace

base::HttpResponse json_answer(int status, const base::JsonObject& body) {
  return {status, media_type, base::to_text(body)};
}

std::string context(const Request& request, std::string_view what) { return fmt::format("{}/$metadata#{}", request.root(), what); }

base::HttpResponse true_answer(const Request& request) {
  base::JsonObject body;
  body["@odata.context"] = base::json_text(context(request, "Edm.Boolean"));
  body["value"] = true;
  return json_answer(200, body);
}

std::string link_with_token(const Request& request, std::string_view token) {
  auto link = request.root() + request.path_text();
  char separator = '?';
  for (const auto& [name, value] : request.parameters) {
    if (is_token(name)) continue;
    link += fmt::format("{}{}={}", separator, name, base::percent_encode(value));
    separator = '&';
  }
  return link + fmt::format("{}{}", separator, token);
}

std::string client_request_id(const base::Headers& headers, const std::string& request_id) {
  const auto sent = headers.find("client-request-id");
  return sent && !sent->empty() ? std::string(*sent) : request_id;
}

void finish(base::HttpResponse& response, const RequestIds& ids, base::Instant now) {
  response.headers.add("request-id", ids.request);
  response.headers.add("client-request-id", ids.client);
  response.headers.add("OData-Version", "4.0");
  response.headers.add("Date", base::to_http_date(now));
}

base::HttpResponse error_answer(const GraphError& error, const RequestIds& ids, base::Instant now) {
  auto response = json_answer(error.status, error_body(error, ids, now));
  for (const auto& header : error.headers) response.headers.add(header.name, header.value);
  return response;
}

}  // namespace fakes::graph
