#include "serve/problem.h"

namespace serve {

base::HttpResponse problem(int status, std::string_view detail) {
  const base::JsonObject body{{"type", "about:blank"}, {"title", base::json_text(base::reason_phrase(status))}, {"status", status}, {"detail", base::json_text(detail)}};
  return {status, "application/problem+json", base::to_text(base::Json(body))};
}

base::HttpResponse json_answer(int status, base::JsonObject body) {
  return {status, "application/json", base::to_text(base::Json(std::move(body)))};
}

}  // namespace serve
