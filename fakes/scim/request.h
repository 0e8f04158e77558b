// A request as the provider reads it: where it goes, below the base URL, and on whose behalf.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/http.h"
#include "base/json.h"
#include "fakes/scim/provider_options.h"
#include "fakes/scim/scim_error.h"

namespace fakes::scim {

enum class Caller {
  nobody,  ///< sent no credential
  reader,  ///< may read groups
  admin
};

struct Request {
  std::string method{};
  std::vector<std::string> path{};  ///< below the base URL, decoded
  std::vector<std::pair<std::string, std::string>> parameters{};
  base::Headers headers{};
  std::string body{};
  Caller caller = Caller::nobody;

  [[nodiscard]] std::optional<std::string> parameter(std::string_view name) const;
};

/// Refuses a target that cannot be decoded or is too long, a place that is not below the base URL, and a
/// version of the protocol that is not spoken here. [RFC7644 3.13]
[[nodiscard]] std::expected<Request, ScimError> read_request(const base::HttpRequest& sent,
                                                             const ProviderOptions& options,
                                                             const Quirks& quirks);

/// The body as a JSON object. Refuses a body that is too large, of a type that is not supported, or no JSON
/// object. [RFC7644 3.1] [RFC7644 3.8]
[[nodiscard]] std::expected<base::Json, ScimError> read_body(const Request& request,
                                                             const ProviderOptions& options,
                                                             const Quirks& quirks);

/// Whether a member named `schemas` holds the URN, in any letter case.
[[nodiscard]] bool names_schema(const base::Json& body, std::string_view urn);

}  // namespace fakes::scim
