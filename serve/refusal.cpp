#include "serve/refusal.h"

#include "base/json.h"
#include "fakes/okta/api/api_error.h"

namespace serve {
namespace {

using base::json_text;
using base::JsonArray;
using base::JsonObject;

JsonObject body_of(Party party, int status, std::string_view why) {
  switch (party) {
    case Party::entra:
      return {{"error", "invalid_request"}, {"error_description", json_text(why)}};
    case Party::graph:
      return {{"error", JsonObject{{"code", "BadRequest"}, {"message", json_text(why)}}}};
    case Party::okta:
      return fakes::okta::api::error_body({.code = fakes::okta::api::ErrorCode::malformed_body, .summary = std::string(why)}, "oae0000000000000000");
    case Party::directory:
      return {{"schemas", JsonArray{"urn:ietf:params:scim:api:messages:2.0:Error"}},
              {"status", std::to_string(status)},
              {"detail", json_text(why)},
              {"message", json_text(why)}};
  }
  return {};
}

}  // namespace

base::HttpResponse refusal(Party party, int status, std::string_view why) {
  return {status, "application/json", base::to_text(base::Json(body_of(party, status, why)))};
}

}  // namespace serve
