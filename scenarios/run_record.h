// What one run leaves behind: everything a report shows, as plain values. Text in it is redacted already.
// Equal runs leave equal records, except for what `measured` holds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/instant.h"

namespace scenarios {

/// What a run, a step or an expectation came to.
enum class Verdict {
  conforms,
  deviates,        ///< a SHOULD is not followed
  violates,        ///< what must hold did not
  refused,         ///< an optional feature, declined the way the standard asks
  not_applicable,  ///< the target lacks what the script needs
  blocked,         ///< something earlier makes it impossible to judge
  unclear,         ///< the texts allow two readings
  error            ///< the bench itself failed
};

[[nodiscard]] std::string_view to_text(Verdict verdict);

struct StepRecord {
  base::Instant at{};
  int line = 0;         ///< in the script
  std::string what;     ///< the verb as one line of YAML
  std::string outcome;  ///< "ok", or what happened instead
  Verdict verdict = Verdict::conforms;
  std::vector<std::string> rules{};  ///< that the outcome proves
  std::string counts{};              ///< what it has counted, in words; empty for most

  bool operator==(const StepRecord&) const = default;
};

/// What a device showed: the words and what a picture of it needs. Labels and names, never what somebody typed.
struct ScreenRecord {
  enum class Kind { off, setup, preboot, login, locked, desktop, web_view };
  /// A name to choose.
  struct Tile {
    std::string account;
    std::string full_name;
    bool selected = false;

    bool operator==(const Tile&) const = default;
  };
  /// A window that wants an answer.
  struct Prompt {
    std::string title;
    std::string text;
    std::vector<std::string> fields;   ///< labels
    std::vector<std::string> choices;  ///< buttons

    bool operator==(const Prompt&) const = default;
  };

  base::Instant at{};  ///< when it was looked at
  std::string device;
  std::string platform;  ///< `windows` or `macos`
  Kind kind = Kind::off;
  std::string text;        ///< all of it in words
  std::string account;     ///< whose desktop or lock screen it is
  std::vector<Tile> tiles{};
  std::string typed_name;  ///< given by hand instead of a tile
  std::string message;     ///< why nobody was let in
  bool shaking = false;
  std::optional<Prompt> prompt{};
  std::vector<std::string> popups{};
  std::vector<std::string> offers{};
  std::string web_host;  ///< whose page a web view shows

  bool operator==(const ScreenRecord&) const = default;
};

[[nodiscard]] std::string_view to_text(ScreenRecord::Kind kind);

/// An expectation and how it was judged.
struct JudgementRecord {
  base::Instant at{};
  int line = 0;
  std::vector<std::string> rules;
  std::string what;      ///< the observation as one line of YAML
  std::string when;      ///< "at once", "within 1m", "always", "never"
  std::string expected;  ///< in words
  std::string found;
  Verdict verdict = Verdict::conforms;
  std::vector<std::uint64_t>
      exchanges;  ///< the last ones before it, oldest first; only where it did not hold
  std::optional<ScreenRecord> screen{};  ///< where it was about one

  bool operator==(const JudgementRecord&) const = default;
};

struct ExchangeRecord {
  std::uint64_t id = 0;
  std::string from;
  std::string to;
  base::Instant sent{};
  std::optional<base::Instant> delivered{};
  std::optional<base::Instant> concluded{};
  std::string method;
  std::string target;
  std::vector<std::pair<std::string, std::string>> request_headers;
  std::string request_body;
  int status = 0;       ///< 0: no response
  std::string failure;  ///< why there is none; "under way" while it is
  std::vector<std::pair<std::string, std::string>> response_headers;
  std::string response_body;

  bool operator==(const ExchangeRecord&) const = default;
};

struct NoteRecord {
  base::Instant at{};
  std::string party;
  std::string text;

  bool operator==(const NoteRecord&) const = default;
};

/// Not part of what equal runs have in common.
struct Measured {
  base::Duration wall{0};

  bool operator==(const Measured&) const = default;
};

struct RunRecord {
  std::string script;  ///< path as given
  std::string title;
  std::string about;
  std::vector<std::string> covers;
  std::uint64_t seed = 0;
  std::string arm;     ///< "sim" or "live"
  std::string target;  ///< "core" or a URL
  Verdict verdict = Verdict::conforms;
  std::string problem;  ///< why it could not be played to the end; empty where it was
  bool finished = false;  ///< whether the timeline came to its end; not so where less of it was asked for
  base::Instant started{};
  base::Duration virtual_time{0};
  std::uint64_t fingerprint = 0;
  std::uint64_t events = 0;  ///< dispatches of the scheduler
  std::vector<std::string> parties;
  std::vector<StepRecord> steps;
  std::vector<JudgementRecord> judgements;
  /// What each device showed at the start, and then whenever the script had acted or looked and it showed something else; oldest first.
  std::vector<ScreenRecord> screens;
  std::uint64_t screens_forgotten = 0;  ///< older ones that the bounded record no longer holds
  std::vector<ExchangeRecord> exchanges;
  std::uint64_t exchanges_forgotten = 0;  ///< older ones that the bounded record no longer holds
  std::vector<NoteRecord> notes;
  std::vector<std::string> pending;  ///< what a run that did not come to its end waits for, and on what
  std::string replay;                ///< the command that repeats the run
  Measured measured;
};

/// All runs of one call of the program.
struct Session {
  std::string version;  ///< of the program
  std::vector<RunRecord> runs;
};

/// 16 lower-case hexadecimal digits.
[[nodiscard]] std::string fingerprint_text(std::uint64_t fingerprint);

/// Exit code of the program for these runs: 0 pass, 1 violation, 2 inconclusive only, 70 a bug of the bench.
[[nodiscard]] int exit_code(const Session& session);

}  // namespace scenarios
