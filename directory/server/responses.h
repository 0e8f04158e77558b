// The shapes of answers outside SCIM.
#pragma once

#include <expected>
#include <string_view>

#include "base/http.h"
#include "base/json.h"
#include "directory/core/refusal.h"

namespace directory {

[[nodiscard]] base::HttpResponse json_response(int status, const base::Json& body);
/// `{code, message, status}`. [rule D28]
[[nodiscard]] base::HttpResponse error_response(int status, std::string_view message);
/// 400 for invalid, 409 for conflict, 403 for forbidden.
[[nodiscard]] base::HttpResponse refusal_response(const Refusal& refusal);

/// The body as a JSON object of at most `most` bytes, or the answer that says why not (400, 413).
[[nodiscard]] std::expected<base::JsonObject, base::HttpResponse> read_object(const base::HttpRequest& request,
                                                                             std::size_t most = 1 << 20);

}  // namespace directory
