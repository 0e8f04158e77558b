// What the proof's tests share: the suites, and playing them on one provider.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "fakes/scim/quirks.h"
#include "scenarios/catalog.h"
#include "scenarios/conformance_record.h"
#include "scenarios/probe/fake_session.h"
#include "scenarios/probe/suite.h"

namespace scenarios::proof {

/// One case that came to another verdict than on the provider without quirks.
struct Finding {
  std::string verdict;  ///< "red", "refused", "unclear", or "error": a failure of the bench itself
  std::string shown;    ///< "scim violates: status: 201 instead of 409"
};
using Findings = std::map<std::string, Finding, std::less<>>;

class Bench {
 public:
  /// Reads everything from the source tree; what cannot be read is in `problem`.
  Bench();

  [[nodiscard]] const std::string& problem() const { return problem_; }
  [[nodiscard]] const Catalog& catalog() const { return catalog_; }
  [[nodiscard]] const std::vector<probe::Suite>& suites() const { return suites_; }
  /// By id, of all suites.
  [[nodiscard]] const std::map<std::string, const probe::Probe*>& cases() const { return cases_; }

  [[nodiscard]] probe::FakeSession play(const probe::Suite& suite, const probe::FakeProduct& product) const;
  /// Whether the provider without quirks asks about that one while the suite is played. Where it does not, the provider with it is
  /// the same, answer by answer.
  [[nodiscard]] bool asks(const probe::Suite& suite, fakes::scim::Quirk quirk) const { return asked_.at(suite.name).has(quirk); }
  /// Of all suites. A case that several hold is red where any of them finds it so.
  [[nodiscard]] Findings findings(fakes::scim::Quirk quirk) const;

 private:
  void learn_what_is_healthy();

  std::string problem_;
  Catalog catalog_;
  std::vector<probe::Suite> suites_;
  std::map<std::string, const probe::Probe*> cases_;
  std::map<std::string, std::map<std::string, Verdict>> healthy_;  ///< by suite and case
  std::map<std::string, fakes::scim::Quirks> asked_;               ///< by suite
};

/// The one of this process: reading it takes longer than playing a suite.
[[nodiscard]] const Bench& bench();

}  // namespace scenarios::proof
