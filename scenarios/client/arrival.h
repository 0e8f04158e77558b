// Whether what a phase has in store for the product has met it. A fault that never struck proves nothing, however well the task went.
#pragma once

#include <string>

#include "scenarios/client/client_case.h"
#include "scenarios/client/seen.h"

namespace scenarios::client {

struct Arrival {
  bool came = true;    ///< also where nothing was in store
  std::string what{};  ///< what was in store, in words
};

/// By the phase's `when`; without one by its steps: of the faults that it injects one has struck, and a sign-in that it spoils has come
/// as far as what is wrong with it. `history` is that of the phase alone.
[[nodiscard]] Arrival arrival_in(const Phase& phase, const History& history);

}  // namespace scenarios::client
