// What the application's answers mean to Okta. Bodies are read as JSON whatever their type says, and keys in any case of
// their letters. [Okta provisioning-clients 4.1-03] [Okta provisioning-clients 4.1-13]
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http_transport.h"
#include "base/json.h"
#include "fakes/okta/scim_client/client_quirks.h"

namespace fakes::okta::scim_client {

/// Why a request did not do what it was sent for.
struct Failure {
  int status = 0;      ///< 0: there is no answer
  std::string detail;  ///< what the application says, else what happened

  bool operator==(const Failure&) const = default;
};

template <class T>
using Answered = std::expected<T, Failure>;

/// Empty on a 2xx. The detail is the SCIM error's. [Okta provisioning-clients 4.1-12]
[[nodiscard]] std::optional<Failure> failure_of(const base::HttpResult& result);

/// A 404 whose body is a SCIM error.
[[nodiscard]] bool says_not_found(const base::HttpResult& result);

struct Page {
  std::int64_t total = 0;
  std::optional<std::int64_t> items_per_page{};
  std::vector<base::JsonObject> resources{};
};
/// A page of an import. The numbers must be whole numbers. [Okta provisioning-clients 4.7-02]
[[nodiscard]] Answered<Page> page_of(const base::HttpResult& result);

/// The resource that a look-up found; empty where it found nothing, in either form. [Okta provisioning-clients 4.3-03]
[[nodiscard]] Answered<std::optional<base::JsonObject>> hit_of(const base::HttpResult& result, const ClientQuirks& quirks);

/// The resource that a GET shows.
[[nodiscard]] Answered<base::JsonObject> resource_of(const base::HttpResult& result);

/// The id of what a POST made; `empty` is the detail where there is none.
[[nodiscard]] Answered<std::string> created_id(const base::HttpResult& result, std::string_view empty);

/// The member of a resource in any case of its letters; empty where it is missing or no string.
[[nodiscard]] std::string text_in(const base::JsonObject& resource, std::string_view name);

}  // namespace fakes::okta::scim_client
