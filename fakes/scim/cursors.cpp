#include "fakes/scim/cursors.h"

#include <utility>

namespace fakes::scim {
namespace {

constexpr std::size_t most = 10'000;  ///< cursors that are remembered

}  // namespace

std::string Cursors::issue(Place place, base::Rng& rng, const Quirks& quirks) {
  auto text = "c-" + rng.hex(12);
  if (quirks.has(Quirk::cursor_in_base64)) text += "+/=";
  places_[text] = std::move(place);
  oldest_.push_back(text);
  if (oldest_.size() > most) {
    places_.erase(oldest_.front());
    oldest_.pop_front();
  }
  return text;
}

std::expected<Place, ScimError> Cursors::find(const std::string& text, const std::string& query,
                                              base::Instant now, base::Duration life,
                                              const Quirks& quirks) const {
  const auto found = places_.find(text);
  if (found == places_.end() || found->second.query != query) {
    if (quirks.has(Quirk::forged_cursor_unnamed)) return std::unexpected(bad_request("", "no such cursor"));
    return std::unexpected(bad_request("invalidCursor", "the cursor is none of this query's"));
  }
  if (now - found->second.issued > life) {
    return std::unexpected(bad_request("expiredCursor", "the cursor is too old; begin anew"));
  }
  return found->second;
}

}  // namespace fakes::scim
