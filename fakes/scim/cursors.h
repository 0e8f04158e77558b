// Walks by cursor: each holds the resources that were there when it began, so that deletions on the way hide
// no other. [RFC9865 2]
#pragma once

#include <cstddef>
#include <deque>
#include <expected>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/rng.h"
#include "fakes/scim/quirks.h"
#include "fakes/scim/scim_error.h"
#include "fakes/scim/store.h"

namespace fakes::scim {

using Walk = std::vector<Store::Serial>;

/// Where a page begins.
struct Place {
  std::shared_ptr<const Walk> walk;
  std::size_t begin = 0;
  std::string query;  ///< what was asked for; a cursor serves no other query
  base::Instant issued{};
};

class Cursors {
 public:
  /// The text of a cursor: letters, digits and hyphens. [RFC9865 2]
  std::string issue(Place place, base::Rng& rng, const Quirks& quirks);
  /// Refuses a text that is no cursor, or one of another query, with invalidCursor, and one that is too old
  /// with expiredCursor. [RFC9865 2.1]
  [[nodiscard]] std::expected<Place, ScimError> find(const std::string& text, const std::string& query,
                                                     base::Instant now, base::Duration life,
                                                     const Quirks& quirks) const;

 private:
  std::map<std::string, Place> places_;
  std::deque<std::string> oldest_;  ///< first
};

}  // namespace fakes::scim
