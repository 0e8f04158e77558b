#include "fakes/scim/provider.h"

#include <utility>

#include "fakes/scim/context.h"
#include "fakes/scim/population.h"
#include "fakes/scim/races.h"

namespace fakes::scim {

struct Provider::State {
  base::Clock& clock;
  base::Rng rng;
  ProviderOptions options;
  Store store{};
  Store graveyard{};
  Cursors cursors{};
  Traffic traffic{};
};

Provider::Provider(base::Clock& clock, base::Rng rng, ProviderOptions options)
    : state_(std::make_unique<State>(State{clock, rng, std::move(options)})) {}

Provider::~Provider() = default;

base::Task<base::HttpResponse> Provider::handle(base::HttpRequest request) {
  auto& state = *state_;
  const Context context{state.options, state.options.quirks, state.store, state.graveyard, state.cursors,
                        state.rng,     state.clock.now()};
  auto response = co_await respond_in_races(context, state.clock, state.traffic, std::move(request));
  co_return response;
}

std::string Provider::dump() const {
  return state_->store.dump();
}

void Provider::populate(std::size_t users, std::size_t groups) {
  scim::populate(state_->store, state_->rng, state_->clock.now(), users, groups);
}

}  // namespace fakes::scim
