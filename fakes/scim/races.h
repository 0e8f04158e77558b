// What goes wrong in a provider that takes time between reading and writing, so that another request comes in
// between.
#pragma once

#include "base/clock.h"
#include "base/task.h"
#include "fakes/scim/context.h"
#include "fakes/scim/request.h"

namespace fakes::scim {

/// How many requests of a kind are under way.
struct Traffic {
  int creates = 0;
  int replacements = 0;
  base::Instant since{};
  int requests = 0;  ///< since then
};

/// Answers a request as the provider's quirks of races have it. `context` outlives the task; its `now` is not
/// looked at.
[[nodiscard]] base::Task<base::HttpResponse> respond_in_races(Context context, base::Clock& clock,
                                                              Traffic& traffic, base::HttpRequest sent);

}  // namespace fakes::scim
