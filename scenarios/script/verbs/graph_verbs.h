// What a program of the company does with Microsoft Graph, and how Graph behaves towards it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ratio.h"
#include "scenarios/script/values.h"

namespace scenarios {

struct GraphSend {
  static constexpr std::string_view name = "graph.send";
  static constexpr std::string_view help = "A program sends a request to Microsoft Graph, with a token that it fetches.";

  std::string method;
  std::string path;
  std::optional<std::string> body{};
  bool eventual = false;
  std::optional<std::int64_t> status{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("method", self.method, "GET, POST, PATCH, PUT or DELETE");
    visit.required("path", self.path, "path and query below the version: /users/amy@example.test");
    visit.optional("body", self.body, "the body, JSON");
    visit.optional("eventual", self.eventual, "whether ConsistencyLevel: eventual goes with it");
    visit.optional("status", self.status, "the status that counts as ok; by default any below 400");
  }
  bool operator==(const GraphSend&) const = default;
};

struct GraphReadDelta {
  static constexpr std::string_view name = "graph.read_delta";
  static constexpr std::string_view help =
      "A program brings its copy of the tenant's users or groups up to date by a delta query.";

  std::string of = "users";

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.choice("of", self.of, graph_collections, "what it has a copy of");
  }
  bool operator==(const GraphReadDelta&) const = default;
};

struct GraphSubscribe {
  static constexpr std::string_view name = "graph.subscribe";
  static constexpr std::string_view help =
      "A program wants to be told of changes of the tenant's users or groups, for four weeks. It answers each notification "
      "by a delta query.";

  std::string to = "users";

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.choice("to", self.to, graph_collections, "what it wants to be told of");
  }
  bool operator==(const GraphSubscribe&) const = default;
};

struct GraphRequireResync {
  static constexpr std::string_view name = "graph.require_resync";
  static constexpr std::string_view help = "Graph forgets the state of all delta links and answers them with 410.";

  template <class Self, class Visitor>
  static void describe(Self&, Visitor&) {}
  bool operator==(const GraphRequireResync&) const = default;
};

struct GraphSet {
  static constexpr std::string_view name = "graph.set";
  static constexpr std::string_view help = "Graph behaves in another way from now on.";

  std::vector<std::string> quirks;
  std::optional<base::Ratio> often{};
  std::optional<DurationRange> lag{};
  std::optional<std::int64_t> writes{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.optional("quirks", self.quirks, "its quirks, all others being off; `lockstep list quirks` names them");
    visit.optional("often", self.often, "how often those show that show now and then; by default 1/10");
    visit.optional("lag", self.lag, "how long reads stay behind each write, drawn from the range");
    visit.optional("writes", self.writes, "how many writes it grants an app in 150 seconds; by default 3000");
  }
  bool operator==(const GraphSet&) const = default;
};

}  // namespace scenarios
