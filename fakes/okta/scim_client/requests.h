// The requests of Okta's SCIM client as values: paths, headers in the order of sending, compact bodies.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/http.h"
#include "base/json.h"
#include "fakes/okta/scim_client/connection.h"

namespace fakes::okta::scim_client {

enum class Collection : std::uint8_t { users, groups };

/// How many resources a page has. [Okta provisioning-clients 4.7-01]
inline constexpr std::int64_t page_size = 100;
/// And how many users the test of the connection asks for. [Okta provisioning-clients 4.2-01]
inline constexpr std::int64_t test_page_size = 2;

[[nodiscard]] std::string_view path_of(Collection collection);
/// `/Users/{id}`
[[nodiscard]] std::string path_of(Collection collection, std::string_view id);
/// `/Users?startIndex=1&count=100`
[[nodiscard]] std::string page_path(Collection collection, std::int64_t start, std::int64_t count = page_size);
/// By userName, whatever attribute the value is of, or by displayName. [Okta provisioning-clients 4.3-01]
/// [Okta provisioning-clients 4.3-02] [Okta provisioning-clients 4.8-02]
[[nodiscard]] std::string look_up_path(Collection collection, std::string_view value);

/// Whether the two headers of the transport are named: a program that passes answers on must be able to unpack them.
enum class TransportHeaders : std::uint8_t { named, left_out };

/// `path` is behind the base URL. [Okta provisioning-clients 4.1-01]
[[nodiscard]] base::HttpRequest request_of(const Connection& connection, std::string method, std::string_view path,
                                           const std::optional<base::JsonObject>& body,
                                           TransportHeaders transport = TransportHeaders::named);

}  // namespace fakes::okta::scim_client
