// What it takes to answer a request.
#pragma once

#include "base/instant.h"
#include "base/rng.h"
#include "fakes/scim/cursors.h"
#include "fakes/scim/provider_options.h"
#include "fakes/scim/store.h"

namespace fakes::scim {

struct Context {
  const ProviderOptions& options;
  const Quirks& quirks;  ///< of this request: a race may lend it some
  Store& store;
  Store& graveyard;  ///< what was deleted; nobody sees it without a quirk
  Cursors& cursors;
  base::Rng& rng;
  base::Instant now;
};

}  // namespace fakes::scim
