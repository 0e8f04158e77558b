// Every probe of the bench: each part has a table of its own (directory/probes.h, fakes/probes.h), which are joined here. A world's cast
// has a log of each part, whoever plays it; a served directory has none.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/probes.h"
#include "fakes/probes.h"

namespace scenarios {

struct BrokenProbe {
  std::size_t index;    ///< in all_probes()
  base::Instant since;  ///< when it first did not hold
};

/// What one world came to.
struct ProbeLogs {
  ::directory::Probes directory{};
  ::fakes::Probes fakes{};

  /// To each part's log.
  void tell_time(const std::function<base::Instant()>& now);
  /// For each of all_probes(), whether it was hit.
  [[nodiscard]] std::vector<bool> hits() const;
  /// Those that did not hold, in the order of all_probes().
  [[nodiscard]] std::vector<BrokenProbe> broken() const;
};

struct ProbeEntry {
  std::string id;             ///< `directory.token_is_refused`; unique
  base::ProbeKind kind;
  base::ProbeReach reach;
  std::string place;          ///< path in the tree
  std::string_view what;      ///< one sentence without its full stop

  /// Whether a batch of random worlds that is large enough has to hit it.
  [[nodiscard]] bool is_to_be_hit() const { return kind != base::ProbeKind::unreachable; }
  [[nodiscard]] bool is_rare() const { return reach == base::ProbeReach::rare; }
};

/// By part, each in the order of its table.
[[nodiscard]] const std::vector<ProbeEntry>& all_probes();

}  // namespace scenarios
