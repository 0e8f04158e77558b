// What judging one product by one suite leaves behind: everything that a conformance report shows, as plain values. Text
// in it is redacted already. Equal products leave equal records, except for what `measured` holds and the times of
// exchanges.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/run_record.h"

namespace scenarios {

/// How binding the text is that a case looks at.
enum class Level { must, should, may };

/// What it costs a rollout when the case is not met.
enum class Severity { critical, high, medium, low };

[[nodiscard]] std::string_view to_text(Level level);
[[nodiscard]] std::string_view to_text(Severity severity);

/// A clause that cases look at, as the catalogue has it.
struct ClauseRecord {
  std::string id;     ///< "P-3.3-7"
  std::string title;
  std::string law;    ///< what a product has to do, in our words
  std::string why;
  std::string level;  ///< the catalogue's word: must, must_not, should, should_not, may, implied, field
  std::string source; ///< "RFC 7644, 3.3"
  std::string link;   ///< URL of the text
  std::string area;   ///< heading of the matrix: "Create", "Query: filters"

  bool operator==(const ClauseRecord&) const = default;
};

/// One thing in which an answer differs from what was expected.
struct Difference {
  std::string where;     ///< "status", "header Location", "body Resources[0].userName", "resources"
  std::string expected;  ///< in words or JSON
  std::string found;

  bool operator==(const Difference&) const = default;
};

/// One expectation of a case and how it was judged.
struct CheckRecord {
  int line = 0;           ///< in the case's script
  std::string what;       ///< the step as one line: "POST /Users"
  std::string expected;   ///< in words
  std::vector<Difference> differences;   ///< from the reading that conforms; empty where it held
  std::string says;       ///< of the reading that was taken, where the script gives a sentence
  Verdict verdict = Verdict::conforms;
  std::vector<std::uint64_t> exchanges;  ///< ids in the case's exchanges that it was judged by

  bool operator==(const CheckRecord&) const = default;
};

struct CaseRecord {
  std::string id;      ///< "scim/create/duplicate_user_name": the script's place below conformance/
  std::string title;
  std::vector<std::string> covers;  ///< clause ids
  Level level = Level::must;
  Severity severity = Severity::medium;
  std::string why;     ///< what goes wrong where it is not met
  std::string fix;     ///< how an engineer mends it
  std::vector<std::string> tags;
  Verdict verdict = Verdict::conforms;
  std::string summary;              ///< one line: the first difference, why it does not apply, what blocks it
  std::string blocked_by;           ///< id of the case that is the cause; only of the verdict `blocked`
  std::vector<std::string> readings;  ///< the two readings; only of the verdict `unclear`
  std::vector<CheckRecord> checks;
  std::vector<ExchangeRecord> exchanges;  ///< all of its own, oldest first; credentials as variables: "Bearer $TOKEN"
  std::string known;   ///< the reason that the configuration gives for expecting this verdict; empty: it expects none
  bool stale = false;  ///< the configuration expects a finding here that did not happen
  bool regressed = false;  ///< worse than in the baseline
  std::string replay;  ///< the command that repeats it
  Measured measured;

  bool operator==(const CaseRecord&) const = default;
};

/// A write that a plan announces.
struct PlannedWrite {
  std::string case_id;
  std::string method;
  std::string target;  ///< with `<name>` for what only an answer can tell
  std::string body;

  bool operator==(const PlannedWrite&) const = default;
};

/// "Ready for Entra": the cases that decide it, and what they came to.
struct ProfileRecord {
  std::string name;   ///< "RFC", "Entra", "Okta"
  Verdict verdict = Verdict::conforms;  ///< the worst of its cases, by must cases alone where nothing else is wrong
  std::string text;   ///< "ready for Entra", "not ready for Entra: 3 findings"
  std::vector<std::string> because;     ///< ids of the cases that stand against it

  bool operator==(const ProfileRecord&) const = default;
};

struct ConformanceRecord {
  std::string version;  ///< of the program
  std::string suite;    ///< "scim"
  std::string target;   ///< "core", or the base URL
  std::string product;  ///< its name in reports: of the configuration, or the target
  std::uint64_t seed = 0;
  base::Instant started{};
  std::vector<std::string> announced;  ///< what the product says it offers: "patch", "filter", "resource type Group"
  std::vector<ClauseRecord> clauses;   ///< all that the suite looks at, in the catalogue's order
  std::vector<CaseRecord> cases;       ///< in the order of the suite
  std::vector<ProfileRecord> profiles;
  std::size_t left_out = 0;            ///< cases that --only, --skip or --read-only left out
  std::vector<std::string> left_behind;  ///< resources that could not be removed, as paths
  std::size_t requests = 0;            ///< sent in all
  std::string problem;                 ///< why it did not come to its end; empty where it did ("interrupted")
  std::string baseline;                ///< what it was compared with: "0.1.0, 2026-01-05T08:00:00.000Z"; empty: nothing
  std::string replay;
  Measured measured;

  bool operator==(const ConformanceRecord&) const = default;
};

/// How much a verdict outweighs others, from 0 for `not_applicable` to 7 for `error`: the weightiest of several is what
/// they come to together.
[[nodiscard]] int weight(Verdict verdict);

[[nodiscard]] bool covers(const CaseRecord& record, std::string_view clause);

/// Whether the case counts against the product: a violation that is not known, or a known one that is stale; with a
/// baseline (`only_regressions`) one that has become worse.
[[nodiscard]] bool fails(const CaseRecord& record, bool only_regressions);

/// Exit code of the program: 0 pass, 1 violation, 2 nothing could be judged, 70 the bench failed.
[[nodiscard]] int exit_code(const ConformanceRecord& record, bool only_regressions);

/// The weightiest verdict of the cases that cover a clause; `not_applicable` where none does.
[[nodiscard]] Verdict verdict_of_clause(const ConformanceRecord& record, std::string_view clause);

}  // namespace scenarios
