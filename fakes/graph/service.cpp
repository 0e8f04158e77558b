#include "fakes/graph/service.h"

#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "fakes/entra/guid.h"
#include "fakes/graph/notifier.h"
#include "fakes/graph/replica.h"
#include "fakes/graph/router.h"

namespace fakes::graph {

struct Service::State {
  base::Clock& clock;
  base::Rng rng;
  base::Rng ids;
  base::Rng root;
  entra::Tenant& tenant;
  const entra::AccessTokens& tokens;
  const entra::SignInLog* sign_ins;
  GraphOptions options;
  TenantReading reading{tenant};
  std::vector<std::unique_ptr<Replica>> replicas{};  ///< with a lag
  std::optional<Replica> index_replica{};  ///< with a lag of the index
  Throttle throttle{options.limits};
  std::set<std::string> tokens_seen{};
  std::uint64_t delta_generation = 0;
  Subscriptions subscriptions{};
  std::optional<Notifier> notifier{};

  void make_replicas();
  base::HttpResponse answer(const base::HttpRequest& request);
  base::HttpResponse unreachable(const base::HttpRequest& request);
};

Service::Service(base::Clock& clock, base::Rng rng, entra::Tenant& tenant, const entra::AccessTokens& tokens, const entra::SignInLog* sign_ins,
                 GraphOptions options, base::HttpTransport* outbound)
    : state_(new State{clock, rng.fork("now and then"), rng.fork("request ids"), rng, tenant, tokens, sign_ins, std::move(options)}) {
  auto& state = *state_;
  state.make_replicas();
  if (!state.options.index_lag.is_none()) state.index_replica.emplace(tenant, rng.fork("index lag"), state.options.index_lag);
  state.subscriptions.seen = tenant.changes().last();
  if (outbound != nullptr) state.notifier.emplace(*outbound, clock, rng.fork("notifier"), tenant, state.subscriptions);
}

Service::~Service() = default;

void Service::State::make_replicas() {
  replicas.clear();
  for (std::size_t i = 0; !options.lag.is_none() && i < options.replicas; ++i)
    replicas.push_back(std::make_unique<Replica>(tenant, root.fork("lag", i), options.lag));
}

void Service::set_lag(Lag lag) {
  state_->options.lag = lag;
  state_->make_replicas();
}

base::HttpResponse Service::State::answer(const base::HttpRequest& request) {
  tenant.purge();
  subscriptions.expire(clock.now());
  const auto catch_up = [this] {
    for (const auto& replica : replicas) replica->catch_up();
    if (index_replica) index_replica->catch_up();
  };
  catch_up();
  throttle.limit_to(options.limits);
  const Reading* chosen = &reading;
  if (options.probing.sometimes(Probe::graph_reads_lag, !replicas.empty())) chosen = replicas[replicas.size() == 1 ? 0 : rng.below(replicas.size())].get();
  const Reading& used = *chosen;
  const Reading& used_index = index_replica ? *index_replica : used;
  const Context context{options, tenant, used, used_index, sign_ins, rng, clock.now(), delta_generation, &subscriptions};
  World world{options, tokens, throttle, tokens_seen, ids, reading, catch_up};
  return graph::respond(world, context, request);
}

/// [Graph E42]
base::HttpResponse Service::State::unreachable(const base::HttpRequest& request) {
  const GraphError error{400, "InvalidRequest", "Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request."};
  const auto id = entra::make_guid(ids);
  const RequestIds request_ids{id, client_request_id(request.headers, id)};
  auto response = error_answer(error, request_ids, clock.now());
  finish(response, request_ids, clock.now());
  return response;
}

base::HttpResponse Service::respond(const base::HttpRequest& request) {
  auto& state = *state_;
  auto response = state.answer(request);
  if (state.subscriptions.unvalidated.empty()) return response;
  for (const auto& id : state.subscriptions.unvalidated) state.subscriptions.all().erase(id);
  state.subscriptions.unvalidated.clear();
  return state.unreachable(request);
}

base::Task<base::HttpResponse> Service::handle(base::HttpRequest request) {
  auto& state = *state_;
  if (!state.notifier) co_return respond(request);
  auto response = state.answer(request);
  auto unvalidated = std::exchange(state.subscriptions.unvalidated, {});
  for (const auto& id : unvalidated) {
    const auto* subscription = state.subscriptions.find(id);
    const auto url = subscription == nullptr ? std::string() : subscription->notification_url;
    const bool is_there = co_await state.notifier->validate(url);
    if (is_there) continue;
    state.subscriptions.all().erase(id);
    response = state.unreachable(request);
  }
  co_return response;
}

base::Task<void> Service::deliver_notifications() {
  if (state_->notifier) co_await state_->notifier->deliver();
}

base::Task<void> Service::run_notifications(base::Scheduler* scheduler) {
  if (state_->notifier) co_await state_->notifier->run(scheduler);
}

void Service::require_resync() { ++state_->delta_generation; }
GraphOptions& Service::options() { return state_->options; }

}  // namespace fakes::graph
