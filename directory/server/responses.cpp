#include "directory/server/responses.h"

#include <fmt/format.h>

namespace directory {

base::HttpResponse json_response(int status, const base::Json& body) {
  return {status, "application/json", base::to_text(body)};
}

base::HttpResponse error_response(int status, std::string_view message) {
  return json_response(status, base::JsonObject{{"code", status},
                                                {"message", base::json_text(message)},
                                                {"status", base::json_text(base::reason_phrase(status))}});
}

base::HttpResponse refusal_response(const Refusal& refusal) {
  switch (refusal.kind) {
    case Refusal::Kind::invalid: return error_response(400, refusal.message);
    case Refusal::Kind::conflict: return error_response(409, refusal.message);
    case Refusal::Kind::forbidden: return error_response(403, refusal.message);
  }
  return error_response(400, refusal.message);
}

std::expected<base::JsonObject, base::HttpResponse> read_object(const base::HttpRequest& request, std::size_t most) {
  if (request.body.size() > most) {
    return std::unexpected(error_response(413, fmt::format("a body has at most {} bytes", most)));
  }
  auto json = base::parse_json(request.body);
  if (!json) return std::unexpected(error_response(400, json.error().message));
  auto* object = json->if_object();
  if (object == nullptr) return std::unexpected(error_response(400, "the body is not a JSON object"));
  return std::move(*object);
}

}  // namespace directory
