#include "fakes/scim/answer.h"

#include <algorithm>
#include <array>

namespace fakes::scim {
namespace {

constexpr std::string_view error_schema = "urn:ietf:params:scim:api:messages:2.0:Error";

/// The text with every character beyond the ASCII ones, or only those of four bytes, made a question mark.
std::string impoverished(std::string_view text, unsigned char first) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < first) {
      result += text[at];
      continue;
    }
    result += '?';
    while (at + 1 < text.size() && (static_cast<unsigned char>(text[at + 1]) & 0xC0U) == 0x80) ++at;
  }
  return result;
}

std::string written(const base::JsonObject& body, const Quirks& quirks) {
  auto text = base::to_text(body);
  if (quirks.has(Quirk::letters_lost)) text = impoverished(text, 0x80);
  if (quirks.has(Quirk::emoji_lost)) text = impoverished(text, 0xF0);
  return text;
}

}  // namespace

base::HttpResponse json_answer(int status, const base::JsonObject& body, const Quirks& quirks) {
  const auto* type = quirks.has(Quirk::answers_as_plain_json) ? "application/json" : "application/scim+json";
  return {status, type, written(body, quirks)};
}

base::JsonObject error_body(const ScimError& error, const Quirks& quirks) {
  base::JsonObject body;
  if (!quirks.has(Quirk::error_schema_missing))
    body["schemas"] = base::JsonArray{base::json_text(error_schema)};
  if (quirks.has(Quirk::error_status_as_number)) {
    body["status"] = error.status;
  } else {
    body["status"] =
        base::json_text(std::to_string(quirks.has(Quirk::error_status_differs) ? 500 : error.status));
  }
  auto scim_type = error.scim_type;
  if (quirks.has(Quirk::scim_type_invented) && error.status == 404) scim_type = "notFound";
  if (!scim_type.empty()) body["scimType"] = base::json_text(scim_type);
  auto detail = error.detail;
  if (quirks.has(Quirk::detail_is_stack_trace))
    detail = "java.lang.IllegalStateException: refused\n\tat com.example.Scim.run(Scim.java:17)";
  if (quirks.has(Quirk::detail_empty)) detail.clear();
  body["detail"] = base::json_text(detail);
  return body;
}

base::HttpResponse error_answer(const ScimError& error, const Quirks& quirks) {
  auto response = json_answer(error.status, error_body(error, quirks), quirks);
  const bool page = (error.status == 401 && quirks.has(Quirk::unauthorized_as_page)) ||
                    (error.status == 404 && quirks.has(Quirk::not_found_as_page));
  if (page) response = {error.status, "text/html", "<html><body>Something went wrong</body></html>"};
  if (quirks.has(Quirk::errors_as_plain_json)) response.headers.set("Content-Type", "application/json");
  if (error.status == 401 && !quirks.has(Quirk::unauthorized_without_schemes)) {
    response.headers.add("WWW-Authenticate", "Bearer realm=\"scim\"");
  }
  return response;
}

}  // namespace fakes::scim
