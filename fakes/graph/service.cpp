#include "fakes/graph/service.h"

#include <set>
#include <utility>

#include "fakes/graph/router.h"

namespace fakes::graph {

struct Service::State {
  base::Clock& clock;
  base::Rng rng;
  base::Rng ids;
  entra::Tenant& tenant;
  const entra::AccessTokens& tokens;
  const entra::SignInLog* sign_ins;
  GraphOptions options;
  TenantReading reading{tenant};
  Throttle throttle{options.limits};
  std::set<std::string> tokens_seen{};
  base::Instant resync_before{};
};

Service::Service(base::Clock& clock, base::Rng rng, entra::Tenant& tenant, const entra::AccessTokens& tokens, const entra::SignInLog* sign_ins,
                 GraphOptions options)
    : state_(std::make_unique<State>(State{clock, rng.fork("now and then"), rng.fork("request ids"), tenant, tokens, sign_ins, std::move(options)})) {}

Service::~Service() = default;

base::HttpResponse Service::respond(const base::HttpRequest& request) {
  auto& state = *state_;
  state.tenant.purge();
  const Context context{state.options,  state.tenant, state.reading,     state.reading,
                        state.sign_ins, state.rng,    state.clock.now(), state.resync_before};
  World world{state.options, state.tokens, state.throttle, state.tokens_seen, state.ids};
  return graph::respond(world, context, request);
}

base::Task<base::HttpResponse> Service::handle(base::HttpRequest request) { co_return respond(request); }

void Service::require_resync() { state_->resync_before = state_->clock.now() + base::Duration{1}; }
GraphOptions& Service::options() { return state_->options; }

}  // namespace fakes::graph
