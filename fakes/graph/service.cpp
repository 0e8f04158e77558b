#include "fakes/graph/service.h"

#include <optional>
#include <set>
#include <utility>

#include "fakes/graph/replica.h"
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
  std::optional<Replica> replica{};        ///< with a lag
  std::optional<Replica> index_replica{};  ///< with a lag of the index
  Throttle throttle{options.limits};
  std::set<std::string> tokens_seen{};
  base::Instant resync_before{};
};

Service::Service(base::Clock& clock, base::Rng rng, entra::Tenant& tenant, const entra::AccessTokens& tokens, const entra::SignInLog* sign_ins,
                 GraphOptions options)
    : state_(std::make_unique<State>(State{clock, rng.fork("now and then"), rng.fork("request ids"), tenant, tokens, sign_ins, std::move(options)})) {
  auto& state = *state_;
  if (!state.options.lag.is_none()) state.replica.emplace(tenant, rng.fork("lag"), state.options.lag);
  if (!state.options.index_lag.is_none()) state.index_replica.emplace(tenant, rng.fork("index lag"), state.options.index_lag);
}

Service::~Service() = default;

base::HttpResponse Service::respond(const base::HttpRequest& request) {
  auto& state = *state_;
  state.tenant.purge();
  const auto catch_up = [&state] {
    if (state.replica) state.replica->catch_up();
    if (state.index_replica) state.index_replica->catch_up();
  };
  catch_up();
  state.throttle.limit_to(state.options.limits);
  const Reading& reading = state.replica ? static_cast<const Reading&>(*state.replica) : state.reading;
  const Reading& index_reading = state.index_replica ? *state.index_replica : reading;
  const Context context{state.options,  state.tenant, reading,           index_reading,
                        state.sign_ins, state.rng,    state.clock.now(), state.resync_before};
  World world{state.options, state.tokens, state.throttle, state.tokens_seen, state.ids, state.reading, catch_up};
  return graph::respond(world, context, request);
}

base::Task<base::HttpResponse> Service::handle(base::HttpRequest request) { co_return respond(request); }

void Service::require_resync() { state_->resync_before = state_->clock.now() + base::Duration{1}; }
GraphOptions& Service::options() { return state_->options; }

}  // namespace fakes::graph
