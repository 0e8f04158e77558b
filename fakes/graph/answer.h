// Answers as they go out: media type, contexts, links to further pages, and the fields that every answer has. [Graph G2] [Graph G3]
#pragma once

#include <string>
#include <string_view>

#include "base/http.h"
#include "base/json.h"
#include "fakes/graph/graph_error.h"
#include "fakes/graph/request.h"

namespace fakes::graph {

inline constexpr std::string_view media_type =
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

using Reply = Outcome<base::HttpResponse>;

[[nodiscard]] base::HttpResponse json_answer(int status, const base::JsonObject& body);
[[nodiscard]] inline base::HttpResponse no_content() { return base::HttpResponse(204); }

/// `https://graph.microsoft.com/v1.0/$metadata#users`. [Graph G4]
[[nodiscard]] std::string context(const Request& request, std::string_view what);
/// `@odata.context` with true. [Graph U56]
[[nodiscard]] base::HttpResponse true_answer(const Request& request);

/// The request's URL with all its query options but the tokens, and this one in addition. [Graph Q14]
[[nodiscard]] std::string link_with_token(const Request& request, std::string_view token);

/// What the client called the request, or else what the service does. [Graph G3]
[[nodiscard]] std::string client_request_id(const base::Headers& headers, const std::string& request_id);

/// Adds the fields of every answer.
void finish(base::HttpResponse& response, const RequestIds& ids, base::Instant now);
[[nodiscard]] base::HttpResponse error_answer(const GraphError& error, const RequestIds& ids, base::Instant now);

}  // namespace fakes::graph
