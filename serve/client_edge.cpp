#include "serve/client_edge.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/http_date.h"
#include "scenarios/client/task_data.h"
#include "scenarios/client/world_driver.h"
#include "scenarios/script/decode.h"
#include "scenarios/script/verbs.h"
#include "serve/refusal.h"

namespace serve {

namespace client = scenarios::client;

namespace {

/// Between two looks at whether the product has come to its end.
constexpr base::Duration between_polls = std::chrono::milliseconds{20};
/// What the product has sent last may still be on its way when it says that it is done.
constexpr base::Duration afterwards = std::chrono::milliseconds{100};
/// As long as it takes at most until the product has begun.
constexpr base::Duration ahead_of_the_product = std::chrono::milliseconds{10};
/// For what is to hold once all is over: the product is done.
constexpr base::Duration time_to_look = std::chrono::seconds{1};
/// What a world does before the product is asked for anything takes no longer.
constexpr base::Duration time_to_set_up = std::chrono::minutes{1};
/// Some libraries refuse a token that is issued a second ahead of their clock. [OIDC-CORE 3.1.3.7]
constexpr base::Duration tokens_are_behind = std::chrono::minutes{1};

/// How far the world's clock goes by itself when the step is played.
base::Duration wait_of(const scenarios::Step& step) {
  auto span = step.after.value_or(base::Duration{0});
  const auto* verb = std::get_if<scenarios::VerbStep>(&step.action);
  const auto* wait = verb == nullptr ? nullptr : verb->verb.get_if<scenarios::Wait>();
  return wait == nullptr ? span : span + wait->span;
}

base::Duration waits_of(const std::vector<client::ScriptStep>& steps) {
  base::Duration span{0};
  for (const auto& one : steps) {
    if (const auto step = scenarios::decode_step(client::with_product_host(one.step, outside_host).dump())) span += wait_of(*step);
  }
  return span;
}

/// Between the tasks of the case, all told.
base::Duration waits_of(const client::Case& one) {
  base::Duration span{0};
  for (const auto& phase : one.phases) {
    span += waits_of(phase.given);
    for (const auto& during : phase.during) span += waits_of(during.steps);
  }
  return span;
}

base::Duration waits_of(const scenarios::Scenario& script) {
  base::Duration span{0};
  for (const auto& step : script.timeline) span += wait_of(step);
  return span;
}

/// How far the world is always behind the product. Dates in Retry-After are the reason why not all are: the product waits for them by its
/// own clock, and would come too early.
base::Duration always_behind(const client::SuiteInfo& suite) { return suite.name == "oidc-rp" ? tokens_are_behind : base::Duration{0}; }

}  // namespace

/// A served world with the product beyond its ports.
class ClientStage final : public client::Stage {
 public:
  /// `behind`: how far the world is to be behind the product at first.
  ClientStage(ClientEdge& edge, std::unique_ptr<ServedWorld> world, base::Duration behind)
      : edge_(&edge), world_(std::move(world)), clockwork_(*world_, ClockMode{}, edge.time_.steady), driver_(world_->cast()), behind_(behind) {
    edge_->served_ = {world_.get(), &clockwork_, {}, 0};
  }
  ~ClientStage() override {
    for (const auto& [id, ticket] : edge_->served_.asking) edge_->gates_->abandon(ticket);
    edge_->served_ = {};
  }
  ClientStage(const ClientStage&) = delete;
  ClientStage& operator=(const ClientStage&) = delete;

  scenarios::Cast& cast() override { return world_->cast(); }
  std::vector<std::string> hosts() override { return {std::string(outside_host)}; }

  base::Result<void> play(scenarios::Step step) override {
    behind_ -= wait_of(step);
    auto played = driver_.play(std::move(step));
    clockwork_.world_taken_back();
    return played;
  }

  base::Result<void> look(scenarios::Step expectation) override {
    if (auto* wanted = std::get_if<scenarios::Expectation>(&expectation.action); wanted != nullptr && !wanted->within) wanted->within = time_to_look;
    auto looked = driver_.look(std::move(expectation));
    clockwork_.world_taken_back();
    return looked;
  }

  client::TaskEnd ask(const client::Task& task, const std::function<void()>& concluded) override {
    const auto told = client::told_in_full(world_->cast(), *edge_->options_.suite, task);
    const auto arrived = edge_->served_.arrived;
    auto end = ask_once(told, concluded);
    // Once more, as somebody at a shell would try; what has sent something would send it twice.
    const bool may_again = end.kind == client::TaskEnd::Kind::not_run && edge_->served_.arrived == arrived && !edge_->options_.stop();
    if (may_again) end = ask_once(told, concluded);
    return end;
  }

 private:
  client::TaskEnd ask_once(const client::Task& told, const std::function<void()>& concluded) {
    auto& product = *edge_->options_.product;
    auto settings = make_settings(edge_->gates_->places(), world_->accounts());
    catch_up_with_the_product();
    if (auto begun = product.begin(told, settings); !begun) return {client::TaskEnd::Kind::not_run, begun.error().message, nullptr};
    clockwork_.set_mode(ClockMode{.speed = 1});
    const auto began = edge_->time_.steady();
    const auto& patience = edge_->options_.patience;
    std::optional<client::TaskEnd> end;
    while (!end && !(patience && edge_->time_.steady() >= began + *patience) && !edge_->options_.stop()) {
      serve_until(edge_->time_.steady() + between_polls, concluded);
      end = product.poll();
    }
    if (!end) product.give_up();
    serve_until(edge_->time_.steady() + afterwards, concluded);
    clockwork_.set_mode(ClockMode{});
    if (end) return *std::move(end);
    return {client::TaskEnd::Kind::silent, "it did not come to its end in time", nullptr};
  }

  /// To where the world's clock is the product's once the case has waited for all that it waits for.
  void catch_up_with_the_product() {
    const auto now = edge_->time_.wall() + ahead_of_the_product - std::max(behind_, base::Duration{0}) - always_behind(*edge_->options_.suite);
    if (world_->now() >= now) return;
    clockwork_.advance_to(now);
    while (clockwork_.moving()) clockwork_.turn();
  }

  void serve_until(base::Duration until, const std::function<void()>& concluded) {
    for (auto now = edge_->time_.steady(); now < until; now = edge_->time_.steady()) {
      const bool more = clockwork_.turn();
      deliver(concluded);
      auto idle = until - now;
      if (const auto due = clockwork_.wait()) idle = std::min(idle, *due);
      if (!more) edge_->context_.run_one_for(std::max(idle, base::Duration{0}));
      edge_->context_.poll();
      // Without work of its own a context stops.
      edge_->context_.restart();
    }
  }

  void deliver(const std::function<void()>& concluded) {
    auto answers = world_->take_answers();
    // Before the product goes on.
    if (!answers.empty()) concluded();
    for (auto& answer : answers) {
      clockwork_.concluded(answer.id);
      auto& asking = edge_->served_.asking;
      const auto found = asking.find(answer.id);
      if (found == asking.end()) continue;
      if (answer.result) {
        if (!answer.result->headers.find("Date")) answer.result->headers.add("Date", base::to_http_date(world_->now()));
        edge_->gates_->respond(found->second, *answer.result);
      } else {
        edge_->gates_->abandon(found->second);
      }
      asking.erase(found);
    }
  }

  ClientEdge* edge_;
  std::unique_ptr<ServedWorld> world_;
  Clockwork clockwork_;
  client::WorldDriver driver_;
  base::Duration behind_;  ///< what the case is still going to wait
};

std::set<Party> parties_of_suite(const client::SuiteInfo& suite) {
  std::set<Party> out;
  for (const auto party : all_parties) {
    const auto asked = std::ranges::find(suite.parties, info_of(party).host);
    if (asked != suite.parties.end()) out.insert(party);
  }
  // What relying parties ask for the person's claims is at Graph's host.
  if (suite.name == "oidc-rp") out.insert(Party::graph);
  return out;
}

ClientEdge::ClientEdge(ClientEdgeOptions options) : options_(std::move(options)) {}

ClientEdge::~ClientEdge() = default;

base::Result<std::unique_ptr<ClientEdge>> ClientEdge::open(ClientEdgeOptions options) {
  std::unique_ptr<ClientEdge> edge(new ClientEdge(std::move(options)));
  edge->options_.gates.parties = parties_of_suite(*edge->options_.suite);
  auto gates = Gates::open(edge->context_, edge->options_.gates,
                           [self = edge.get()](Gates::Ticket ticket, Admitted admitted) { self->arrived(ticket, std::move(admitted)); });
  if (!gates) return std::unexpected(gates.error());
  edge->gates_ = *std::move(gates);
  return edge;
}

void ClientEdge::arrived(Gates::Ticket ticket, Admitted admitted) {
  if (served_.world == nullptr) {
    gates_->respond(ticket, refusal(admitted.party, 503, "No case is being played."));
    return;
  }
  // The world's clock stands where it was looked after last, which is when it gave its last answer: what comes now is later.
  served_.clockwork->turn();
  const auto id = served_.world->ask(admitted.party, std::move(admitted.request));
  served_.asking.emplace(id, ticket);
  ++served_.arrived;
  served_.clockwork->begun(id);
}

base::Result<std::unique_ptr<ServedWorld>> ClientEdge::make_world(scenarios::Scenario scenario, base::Duration ago) const {
  // Libraries hold the times in tokens against their own clocks.
  scenario.world.start = base::Instant{std::chrono::floor<std::chrono::seconds>((time_.wall() - ago).time_since_epoch())};
  auto world = ServedWorld::make({std::move(scenario), options_.seed});
  if (!world) return world;
  if (auto* app = (*world)->cast().tenant().applications().find((*world)->accounts().entra_client_id); app != nullptr) {
    app->redirect_uris.insert(app->redirect_uris.end(), options_.redirect_uris.begin(), options_.redirect_uris.end());
  }
  return world;
}

base::Result<Settings> ClientEdge::settings() {
  scenarios::Scenario empty;
  auto world = make_world(std::move(empty), base::Duration{0});
  if (!world) return std::unexpected(world.error());
  return make_settings(gates_->places(), (*world)->accounts());
}

client::StageMaker ClientEdge::stages() {
  return [this](const client::Case& one, const scenarios::Scenario& script) -> base::Result<std::unique_ptr<client::Stage>> {
    if (auto begun = options_.product->begin_case(one.id); !begun) return std::unexpected(begun.error());
    const auto waits = waits_of(one);
    auto world = make_world(script, time_to_set_up + waits_of(script) + waits + always_behind(*options_.suite));
    if (!world) return std::unexpected(world.error());
    return std::unique_ptr<client::Stage>(std::make_unique<ClientStage>(*this, *std::move(world), waits));
  };
}

}  // namespace serve
