// The record of a run: every exchange and every note, and the digest over all of it. The digest is always on
// and runs over the raw bytes; text leaves this class redacted.
#pragma once

#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "base/http_transport.h"
#include "base/instant.h"
#include "base/scheduler.h"
#include "base/secret.h"
#include "base/trace.h"

namespace sim {

/// One request and what became of it, from the sender's side.
struct Exchange {
  std::uint64_t id = 0;
  std::string from;
  std::string to;
  base::HttpRequest request;
  base::Instant sent{};
  std::optional<base::Instant> delivered{};
  std::optional<base::Instant> concluded{};
  std::optional<base::HttpResult> result{};
  bool distorted = false;  ///< the result is not what the receiver said
  /// What befell it first: a name of network_fault_names, `loss`, `cut_off`, `down` or `crash`; empty: nothing.
  std::string_view fault{};
};

struct Note {
  std::uint64_t dispatch = 0;
  base::Instant at{};
  std::string party;
  std::string text;
};

/// A dispatch in the log by which two runs are compared.
struct LoggedDispatch {
  std::uint64_t id = 0;
  std::uint64_t parent = 0;
  base::Instant at{};
  std::uint64_t digest = 0;
  std::string task;  ///< "host: task"
};

struct RecorderOptions {
  /// Exchanges whose messages are kept in full; older ones are forgotten (the digest has seen them).
  std::size_t exchanges_kept = 20'000;
  /// Bytes of their messages; beyond, older exchanges are forgotten too, but for the last.
  std::size_t bytes_kept = std::numeric_limits<std::size_t>::max();
  std::size_t notes_kept = 100'000;
  /// Keep a LoggedDispatch for each of the first so many dispatches; for run-twice comparisons.
  std::size_t dispatches_logged = 0;
};

class Recorder final : public base::Trace, public base::SecretWitness, public base::DispatchObserver {
 public:
  Recorder(base::Scheduler& scheduler, RecorderOptions options);
  ~Recorder() override;
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  void note(std::string_view party, std::string_view what) override;
  void witness(const base::Secret& secret) override;
  void dispatched(const base::Dispatch& dispatch) override;

  // What the network reports.
  std::uint64_t request_sent(std::string_view from, std::string_view to, const base::HttpRequest& request);
  void request_delivered(std::uint64_t exchange);
  /// Something in between changes the answer or answers itself.
  void distorted(std::uint64_t exchange);
  /// `fault` is a literal. It is for whoever counts faults, and goes into no digest.
  void befell(std::uint64_t exchange, std::string_view fault);
  void concluded(std::uint64_t exchange, const base::HttpResult& result);

  [[nodiscard]] const std::deque<Exchange>& exchanges() const { return exchanges_; }
  [[nodiscard]] std::uint64_t exchange_count() const { return next_exchange_; }
  /// The exchange that was concluded last; null where none was, or where it is forgotten.
  [[nodiscard]] const Exchange* last_concluded() const { return last_concluded_ == 0 ? nullptr : at_id(last_concluded_); }
  [[nodiscard]] std::uint64_t concluded_count() const { return concluded_; }
  [[nodiscard]] std::uint64_t note_count() const { return noted_; }
  [[nodiscard]] const std::deque<Note>& notes() const { return notes_; }
  [[nodiscard]] const std::vector<LoggedDispatch>& dispatch_log() const { return dispatch_log_; }
  [[nodiscard]] std::uint64_t fingerprint() const { return scheduler_->digest(); }

  /// Every secret that was minted or decoded in this world.
  [[nodiscard]] const std::set<std::string, std::less<>>& secrets() const { return secrets_; }

 private:
  Exchange* find(std::uint64_t id);
  void forget_beyond_limits();
  [[nodiscard]] const Exchange* at_id(std::uint64_t id) const;

  base::Scheduler* scheduler_;
  RecorderOptions options_;
  std::deque<Exchange> exchanges_;
  std::size_t bytes_ = 0;  ///< of their messages
  std::deque<Note> notes_;
  std::vector<LoggedDispatch> dispatch_log_;
  std::set<std::string, std::less<>> secrets_;
  std::uint64_t next_exchange_ = 0;
  std::uint64_t last_concluded_ = 0;  ///< id
  std::uint64_t concluded_ = 0;
  std::uint64_t noted_ = 0;
};

}  // namespace sim
