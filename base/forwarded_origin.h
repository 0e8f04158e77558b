// By which scheme and host a client has reached a service that stands behind an edge. The edge says which scheme it was
// in a header of its own and drops what the client says there; without that header nobody but parties of a world asks,
// who know a service by its own name.
#pragma once

#include <optional>
#include <string>

#include "base/http.h"

namespace base {

inline constexpr auto forwarded_scheme_field = "X-Forwarded-Proto";

/// `https://localhost:8443`; empty where no edge has said `http` or `https`, or there is no Host field.
[[nodiscard]] std::optional<std::string> forwarded_origin(const HttpRequest& request);

}  // namespace base
