// Refusals of Graph, and the error bodies that carry them. [Graph E1]
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "base/json.h"
#include "fakes/entra/directory_object.h"
#include "fakes/entra/tenant_error.h"
#include "fakes/graph/quirks.h"

namespace fakes::graph {

/// One property that is to blame. [Graph E4]
struct ErrorDetail {
  std::string code;
  std::string message{};  ///< left out where empty
  std::string target{};   ///< left out where empty
};

struct GraphError {
  int status = 400;
  std::string code;
  std::string message;
  std::vector<ErrorDetail> details{};
  std::vector<base::Header> headers{};
  /// Whether innerError repeats status and code, as replies to too many requests do. [Graph E40]
  bool repeats_status = false;
};

template <class T>
using Outcome = std::expected<T, GraphError>;

[[nodiscard]] inline std::unexpected<GraphError> refuse(int status, std::string code, std::string message) {
  return std::unexpected(GraphError{status, std::move(code), std::move(message)});
}
[[nodiscard]] inline std::unexpected<GraphError> bad_request(std::string message) {
  return refuse(400, "Request_BadRequest", std::move(message));
}
/// No object has the id, or none that this caller sees. [Graph E24]
[[nodiscard]] std::unexpected<GraphError> no_such_resource(std::string_view id);
/// [Graph E32]
[[nodiscard]] std::unexpected<GraphError> wrong_method();
/// [Graph E28]
[[nodiscard]] std::unexpected<GraphError> insufficient_privileges();
/// [Graph E36]
[[nodiscard]] std::unexpected<GraphError> unsupported_query(std::string message = "Unsupported Query.");

/// What Graph says where the tenant refuses a change; `sent` is the body. [Graph E10] to [Graph E25]
[[nodiscard]] GraphError of_tenant(const entra::TenantError& error, const base::JsonObject& sent, const Quirks& quirks);

struct RequestIds {
  std::string request;
  std::string client;
};

[[nodiscard]] base::JsonObject error_body(const GraphError& error, const RequestIds& ids, base::Instant now);

}  // namespace fakes::graph
