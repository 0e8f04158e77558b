// The shapes of SCIM answers that hold no resource of their own, and the reading of bodies.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "base/http.h"
#include "base/json.h"
#include "directory/core/options.h"
#include "directory/scim/scim_error.h"
#include "directory/users/user_changes.h"

namespace directory::scim {

/// What a page, a body and a bulk request hold at most, as the ServiceProviderConfig publishes them.
inline constexpr std::int64_t largest_page = 200;
inline constexpr std::size_t largest_body = 1 << 20;
inline constexpr std::size_t most_bulk_operations = 1000;

[[nodiscard]] base::HttpResponse scim_response(int status, const base::Json& body);
/// The message of RFC 7644 with its status as a string. [RFC7644 3.12]
[[nodiscard]] base::HttpResponse scim_error(int status, std::string_view detail,
                                            std::string_view scim_type = {});
/// 400 invalidValue, 409 uniqueness, 403.
[[nodiscard]] base::HttpResponse scim_refusal(const Refusal& refusal);
[[nodiscard]] base::HttpResponse scim_refusal(const ScimError& error);
[[nodiscard]] base::HttpResponse not_found(std::string_view what);
/// A ListResponse. [RFC7644 3.4.2]
[[nodiscard]] base::HttpResponse list_response(std::int64_t total, std::int64_t start_index,
                                               base::JsonArray resources);

/// The body as an object: 415 for another media type than SCIM's or JSON's, 413 for too much, 400
/// invalidSyntax for what is no JSON object. A body without a type is read as JSON. [RFC7644 3.1]
/// [RFC7644 3.12]
[[nodiscard]] std::expected<base::JsonObject, base::HttpResponse> read_body(const base::HttpRequest& request);

/// Whether `schemas` of a message names it. [RFC7644 3.1]
[[nodiscard]] bool names_schema(const base::JsonObject& message, std::string_view urn);

/// `https://host/scim/v2`, without a slash at its end: as the options have it, for whoever sends this.
[[nodiscard]] std::string base_url(const Options& options, const base::HttpRequest& request);

}  // namespace directory::scim
