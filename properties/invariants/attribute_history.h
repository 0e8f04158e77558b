// What clients wrote and read of each user, attribute by attribute, in the order in which they asked.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "properties/linearizability.h"
#include "sim/recorder.h"

namespace properties {

/// One client's use of one attribute of a user, or of the user's presence.
struct AttributeOperation {
  enum class Kind {
    write,
    drop,         ///< a PUT that leaves it out may clear it or keep it [RFC7644 3.5.1]
    maybe_write,
    read
  };
  Kind kind{};
  std::string value{};  ///< empty: none
  const sim::Exchange* exchange = nullptr;
  Interval interval{};
};

/// Beside the attributes of a user: whether there is one.
inline constexpr std::string_view presence_key = "";
inline constexpr std::string_view is_present = "there";
inline constexpr std::string_view is_gone = "gone";

/// By user and by the name that the admin API has for the attribute. Reads of attributes that the same request has written are left out, and
/// so is what was refused.
using AttributeHistories = std::map<std::pair<std::string, std::string>, std::vector<AttributeOperation>>;
[[nodiscard]] AttributeHistories attribute_histories(const sim::Recorder& recorder);

/// When a read first shows what it shows: what the bench's own last look alone shows is seen in the end.
[[nodiscard]] base::Instant seen_at(const AttributeOperation& read);

/// The one value that the read may show, given the writes before it; nothing where it is open: one of them is still under way, or was never
/// answered, or the last two overlap.
[[nodiscard]] std::optional<std::string> only_value_at(const std::vector<AttributeOperation>& operations, const AttributeOperation& read);

}  // namespace properties
