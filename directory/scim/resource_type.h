// What SCIM asks of a kind of resource, so that operations, queries and bulk requests are written once for
// users and groups. Resources travel as canonical JSON: the schema's names, the schema's types. [RFC7643 6]
#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/http.h"
#include "base/json.h"
#include "directory/insights/event_log.h"
#include "directory/scim/filter.h"
#include "directory/scim/schema.h"

namespace directory::scim {

/// The id of what was written, or the answer that says why nothing was.
using Written = std::expected<std::string, base::HttpResponse>;

class ResourceType {
 public:
  virtual ~ResourceType() = default;

  [[nodiscard]] virtual const ResourceSchema& schema() const = 0;
  /// All that RFC 7643 knows of the type; a filter may speak of what the policy leaves out, which then has no
  /// value.
  [[nodiscard]] virtual const ResourceSchema& known_schema() const { return schema(); }
  /// `Users`, `Groups`
  [[nodiscard]] virtual std::string_view endpoint() const = 0;

  /// The whole resource as clients see it.
  [[nodiscard]] virtual std::optional<base::JsonObject> find(std::string_view id) = 0;
  /// The resource that a PATCH changes; it differs where what is shown is computed from more than what is
  /// set.
  [[nodiscard]] virtual std::optional<base::JsonObject> find_for_change(std::string_view id) {
    return find(id);
  }

  /// A posted body with what the type supplies where the client says nothing.
  [[nodiscard]] virtual base::JsonObject completed(base::JsonObject body) const { return body; }

  // Inside a transaction. `resource` is canonical and whole: what it leaves out is unassigned.
  virtual Written create(base::JsonObject resource) = 0;
  virtual Written update(std::string_view id, base::JsonObject resource) = 0;
  virtual Written remove(std::string_view id) = 0;

  [[nodiscard]] virtual std::int64_t count() = 0;
  /// In the stable order of lists: creation, then id.
  [[nodiscard]] virtual base::JsonArray page(std::int64_t skip, std::int64_t limit) = 0;
  /// Every resource that the filter may match, in that order, found by an index where one serves; the caller
  /// still evaluates the filter. False, and nothing visited, where more than `most` would have to be read.
  [[nodiscard]] virtual bool visit(const Filter* filter, std::int64_t most,
                                   const std::function<void(base::JsonObject)>& each) = 0;

  /// Whom an event about the resource names.
  [[nodiscard]] virtual EventSubject subject_of(std::string_view id) = 0;
};

}  // namespace directory::scim
