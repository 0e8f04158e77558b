// Judges one product by one suite for clients: a world of its own for each case, one phase after the other, then what came.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "scenarios/catalog.h"
#include "scenarios/client/client_suite.h"
#include "scenarios/client/stage.h"
#include "scenarios/conformance_record.h"
#include "scenarios/probe/session.h"

namespace scenarios::client {

struct ClientOptions {
  std::string product;  ///< its name in reports
  std::string target;   ///< "core", "sample", or the command
  std::uint64_t seed = 1;
  std::string version;
  std::string replay;   ///< the command that repeats the whole run
  base::Instant started{};
  std::vector<probe::KnownDeviation> known{};
  bool twice = true;    ///< whether a finding must show itself twice
  std::function<std::string()> stop = [] { return std::string(); };  ///< why nothing more is played; empty: it goes on
  std::function<void(const CaseRecord&, std::size_t done, std::size_t all)> progress = [](const CaseRecord&, std::size_t, std::size_t) {};
};

/// All that is passed outlives the call.
[[nodiscard]] ConformanceRecord judge_client(const Suite& suite, const Catalog& catalog, const StageMaker& stages, const ClientOptions& options);

/// One case, once.
[[nodiscard]] CaseRecord play_client_case(const Case& one, const SuiteInfo& suite, const StageMaker& stages);

}  // namespace scenarios::client
