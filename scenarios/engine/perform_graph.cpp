// What the company's program does with Graph, and how Graph behaves.
#include <fmt/format.h>

#include "fakes/graph/service.h"
#include "scenarios/engine/graph_program.h"
#include "scenarios/engine/perform.h"

namespace scenarios {

base::Task<Performed> perform(Cast& cast, GraphSend verb) {
  const auto sent = co_await cast.graph_program().send(verb.method, verb.path, verb.body.value_or(""), verb.eventual);
  if (!sent) co_return refused(sent.error().message);
  const auto& result = *sent;
  if (!verb.status || !result) co_return from_response(result);
  if (result->status == *verb.status) co_return Performed{};
  co_return refused(fmt::format("the status is {} and not {}", result->status, *verb.status));
}

base::Task<Performed> perform(Cast& cast, GraphReadDelta verb) {
  const auto read = co_await cast.graph_program().read_delta(verb.of);
  co_return read ? Performed{} : refused(read.error().message);
}

base::Task<Performed> perform(Cast& cast, GraphSubscribe verb) {
  const auto sent = co_await cast.graph_program().subscribe(verb.to);
  if (!sent) co_return refused(sent.error().message);
  co_return from_response(*sent);
}

base::Task<Performed> perform(Cast& cast, GraphRequireResync) {
  cast.graph().require_resync();
  cast.world().recorder().note("graph", "forgets the state of delta links");
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, GraphSet verb) {
  fakes::graph::Quirks quirks;
  for (const auto& name : verb.quirks) {
    const auto quirk = fakes::graph::find_quirk(name);
    if (!quirk) co_return refused(fmt::format("Graph has no quirk '{}'; 'lockstep list quirks' lists them", name));
    quirks.add(*quirk);
  }
  cast.graph().options().quirks = quirks;
  if (verb.often) cast.graph().options().now_and_then = *verb.often;
  if (verb.writes && *verb.writes < 1) co_return refused("Graph grants at least one write");
  if (verb.writes) cast.graph().options().limits.writes.amount = *verb.writes;
  if (verb.lag) cast.graph().set_lag({verb.lag->low, verb.lag->high});
  cast.world().recorder().note("graph", "behaves in another way");
  co_return Performed{};
}

}  // namespace scenarios
