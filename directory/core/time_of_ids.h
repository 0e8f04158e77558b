// What an id says of the time when it was made: ids of one kind are in the order of their creation.
#pragma once

#include <string>

#include "base/instant.h"

namespace directory {

/// The first eight digits of an id: whole seconds since the epoch in hexadecimal. Earlier times count as the epoch, and those that
/// need more digits, from 2106 on, as the last that does not; a later time never has a lesser text.
[[nodiscard]] std::string second_of_id(base::Instant at);
/// The first fourteen: six more for the fraction of the second, in steps of 60 ns.
[[nodiscard]] std::string time_of_id(base::Instant at);

}  // namespace directory
