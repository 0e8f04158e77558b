#include "fakes/okta/api/service.h"

#include <optional>
#include <utility>

#include "fakes/okta/api/app_json.h"
#include "fakes/okta/api/hook_sender.h"
#include "fakes/okta/api/hooks.h"
#include "fakes/okta/api/router.h"

namespace fakes::okta::api {

struct Service::State {
  base::Clock& clock;
  base::Rng rng;
  Org& org;
  const Callers& callers;
  ApiOptions options;
  SearchIndex index{org, options.search_lag};
  RateLimits limits{};
  EventHooks hooks{};
  std::optional<HookSender> sender{};
  ConnectionTester* tester = nullptr;
  std::optional<UntestedConnection> to_test{};  ///< by the current request; whoever answers the request has it tested
  std::size_t at_work = 0;

  Context context() { return {options, org, index, limits, hooks, rng, clock.now(), tester == nullptr ? nullptr : &to_test}; }
  base::HttpResponse answer(const base::HttpRequest& request) {
    org.settle();
    return api::respond(context(), callers, request);
  }
};

namespace {

/// One of the requests at work, for as long as it lives.
class Place {
 public:
  explicit Place(std::size_t& count) : count_(count) { ++count_; }
  ~Place() { --count_; }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

 private:
  std::size_t& count_;
};

/// Wakes who waits for changes, where there is a hook.
class Listening {
 public:
  Listening(Org& org, EventHooks& hooks, base::Event& changed)
      : org_(org), listener_(org.changes().listen([&hooks, &changed] {
          if (!hooks.all().empty()) changed.notify_all();
        })) {}
  ~Listening() { org_.changes().unlisten(listener_); }
  Listening(const Listening&) = delete;
  Listening& operator=(const Listening&) = delete;

 private:
  Org& org_;
  std::size_t listener_;
};

void refuse_with(const Context& context, const ApiError& refusal, base::HttpResponse& response) {
  response.status = refusal.http_status();
  response.body = base::to_text(error_body(refusal, "oae" + context.rng.hex(9).substr(0, 17)));
}

/// The answer to a request to verify shows what came of it.
void tell_verification(const Context& context, const std::string& id, bool verified, base::HttpResponse& response) {
  const auto* hook = context.hooks.find(id);
  if (verified && hook != nullptr) {
    response.body = base::to_text(hook_json(*hook));
    return;
  }
  // Assumed: the code.
  refuse_with(context, invalid("eventHook", "The endpoint did not send the challenge back").error(), response);
}

/// What has passed the test is stored, and the answer shows it. [Okta provisioning-clients 4.2-03]
void store_tested(const Context& context, const UntestedConnection& asked, const base::Result<void>& tested, base::HttpResponse& response) {
  if (!tested) return refuse_with(context, refuse(ErrorCode::connector_not_tested, {}, {tested.error().message}).error(), response);
  const auto stored = told(context.org.set_connection(asked.app, asked.connection, asked.actor));
  if (!stored) return refuse_with(context, stored.error(), response);
  response.body = base::to_text(connection_json(*context.org.find(asked.app)));
}

}  // namespace

Service::Service(base::Clock& clock, base::Rng rng, Org& org, const Callers& callers, ApiOptions options, base::HttpTransport* outbound,
                 ConnectionTester* tester)
    : state_(new State{clock, rng.fork("ids"), org, callers, std::move(options)}) {
  state_->tester = tester;
  if (outbound != nullptr) state_->sender.emplace(*outbound, clock, rng.fork("event hooks"), org, state_->hooks, state_->options);
}

Service::~Service() = default;

base::HttpResponse Service::respond(const base::HttpRequest& request) {
  auto response = state_->answer(request);
  const auto hook = std::exchange(state_->hooks.to_verify, {});
  if (!hook.empty()) tell_verification(state_->context(), hook, false, response);
  if (const auto asked = std::exchange(state_->to_test, std::nullopt)) store_tested(state_->context(), *asked, base::fail("nobody has tested it"), response);
  return response;
}

base::Task<base::HttpResponse> Service::handle(base::HttpRequest request) {
  auto& state = *state_;
  if (state.at_work >= state.options.limits.concurrent && state.options.limits.on) co_return respond_too_many_at_once(state.context());
  const Place place(state.at_work);
  if (state.options.takes > base::Duration::zero()) co_await state.clock.sleep_for(state.options.takes);
  auto response = state.answer(request);
  const auto hook = std::exchange(state.hooks.to_verify, {});
  const auto asked = std::exchange(state.to_test, std::nullopt);
  if (asked) {
    auto app = asked->app;
    auto connection = asked->connection;
    const auto tested = co_await state.tester->test(std::move(app), std::move(connection));
    store_tested(state.context(), *asked, tested, response);
  }
  if (hook.empty()) co_return response;
  bool verified = false;
  if (state.sender) verified = co_await state.sender->verify(hook);
  tell_verification(state.context(), hook, verified, response);
  co_return response;
}

base::Task<void> Service::deliver_events() {
  if (state_->sender) co_await state_->sender->deliver();
}

base::Task<void> Service::run_event_hooks(base::Scheduler* scheduler) {
  auto& state = *state_;
  if (!state.sender) co_return;
  base::Event changed(*scheduler);
  const Listening listening(state.org, state.hooks, changed);
  for (;;) {
    if (!state.hooks.has_unseen(state.org.log())) co_await changed.wait("a change that event hooks are told of");
    co_await state.clock.sleep_for(std::chrono::seconds{1});
    co_await state.sender->deliver();
  }
}

void Service::set_search_lag(base::Duration lag) {
  state_->options.search_lag = lag;
  state_->index.set_lag(lag);
}

ApiOptions& Service::options() { return state_->options; }

}  // namespace fakes::okta::api
