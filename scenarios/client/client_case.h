// A case of a product that is a client, as a value: how the service that it works against behaves, what the product is asked to
// do, and what must be true of the requests that come. Cases are scripts below scenarios/client_conformance/, one a file; the
// README.md there is their reference.
//
// Not a probe::Probe: nothing is sent to the product, and one request proves little. What is judged is a history.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/instant.h"
#include "scenarios/conformance_record.h"
#include "scenarios/probe/probe.h"
#include "scenarios/script/values.h"

namespace scenarios::client {

using probe::Value;
using Checks = std::vector<std::pair<std::string, Value>>;

/// The host of whoever is judged, as cases write it wherever a script names a host.
inline constexpr std::string_view product_placeholder = "product";

/// Which exchanges of the product are meant; everything that is set must fit.
struct Pattern {
  std::vector<std::string> methods{};
  std::vector<std::string> paths{};  ///< decoded and without query; `*` stands for anything; one of them
  std::string party{};               ///< host that was asked; empty: any
  probe::StatusSet status{};
  std::optional<bool> answered{};    ///< whether the product got an answer
  std::optional<bool> in_batch{};    ///< whether it came inside a batch
  Checks query{};                    ///< by the parameter's name
  Checks headers{};
  Checks body{};                     ///< by paths, as of conformance cases
  Checks form{};                     ///< of a body that is a form, by the parameter's name
  Checks answer_headers{};
  Checks answer{};                   ///< by paths
};

/// After each exchange that fits, nothing more is sent for a while.
struct Waits {
  enum class Scope { same_request, same_party };
  Pattern after{};
  std::optional<base::Duration> span{};  ///< empty: what Retry-After of the answer asks for
  Scope scope = Scope::same_party;
};
/// So many exchanges fit.
struct Sends {
  Pattern of{};
  std::int64_t least = 0;
  std::optional<std::int64_t> most{};
};
/// Each exchange that fits the one pattern fits the other too.
struct Each {
  Pattern of{};
  Pattern has{};
};
/// What an answer leads on to is asked for as it stands there.
struct Follows {
  enum class Link {
    next,     ///< @odata.nextLink of every page
    delta,    ///< @odata.deltaLink of the last round, in a later phase
    location  ///< Location of a 410
  };
  Link link = Link::next;
};
/// No two exchanges that took effect have the same value there.
struct Once {
  Pattern of{};
  std::string by{};  ///< path in the body
};
/// For each pattern there is an exchange, each after the one before.
struct Order {
  std::vector<Pattern> of{};
};
/// In no span of that length the same is asked more often.
struct Paces {
  Pattern of{};
  std::int64_t most = 1;
  base::Duration span{0};
};
/// No two exchanges that fit have the same value there, and each has one.
struct Differs {
  Pattern of{};
  std::string in{};       ///< parameter of the query
  std::int64_t least = 0;  ///< characters
};
/// Of a batch the requests that were refused for now come again, and those that were done do not.
struct MendsBatches {};
/// The service's state, by an observation of scripts.
struct State {
  Value observation{};  ///< `{microsoft.account: {…}}`
  bool holds = true;
};
/// What the product says that it knows, at the end of a phase.
struct Result {
  Checks is{};
};

using Law = std::variant<Waits, Sends, Each, Follows, Once, Order, Paces, Differs, MendsBatches, State, Result>;

/// An expectation.
struct Expect {
  Law law{};
  std::optional<Pattern> when{};        ///< judged only where an exchange of those phases fits; empty: always
  std::vector<std::string> phases{};    ///< names; empty: all of them
  std::string says{};                   ///< one sentence
  std::vector<std::string> sources{};   ///< facts, sections of RFCs, articles
  std::optional<Level> level{};         ///< empty: the case's
  SourcePlace place{};
};

/// A step of a script, as JSON; hosts may be `product`.
struct ScriptStep {
  Value step{};
  SourcePlace place{};
};

/// Something that happens while the product works: as soon as so many of its exchanges fit, before it has the answer of the last.
struct During {
  Pattern when{};
  std::int64_t nth = 1;
  std::vector<ScriptStep> steps{};
};

/// What the product is asked to do.
struct Task {
  std::string name{};
  Value data = Value::object();
};

/// What may come of a task.
enum class Ends { done, refused, any };

struct Phase {
  std::string name{};
  std::vector<ScriptStep> given{};
  std::optional<Task> ask{};
  std::int64_t tries = 1;  ///< so often the product is asked before "not done" counts, as people ask again
  std::vector<During> during{};
  std::vector<Pattern> when{};  ///< what the product must have met, in this order, for the case to be about it; empty: the faults of `given`
  std::optional<Ends> ends{};  ///< set: it is judged; empty: a task that is not done makes the case blocked
  std::string ends_says{};
  std::vector<std::string> ends_sources{};
  SourcePlace place{};
};

struct Case {
  std::string id{};  ///< the file's place: "graph-client/throttling/seconds"
  std::string title{};
  std::vector<std::string> covers{};
  Level level = Level::must;
  Severity severity = Severity::medium;
  std::string why{};
  std::string fix{};
  std::vector<std::string> tags{};
  Value world = Value::object();  ///< as in scripts; with the suite's own below it
  std::vector<ScriptStep> setup{};
  std::vector<Phase> phases{};
  std::vector<Expect> expect{};
};

}  // namespace scenarios::client
