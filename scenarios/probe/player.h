// Plays one case against a product and says what it came to.
#pragma once

#include <optional>
#include <string_view>

#include "base/task.h"
#include "base/wait.h"
#include "scenarios/probe/client.h"
#include "scenarios/probe/judge.h"

namespace scenarios::probe {

/// What a case came to, before one cause is made one finding.
struct Played {
  Verdict verdict = Verdict::conforms;
  std::string summary;
  std::string needs_clause;  ///< of `blocked`: the clause whose step failed
  std::vector<std::string> readings;
  std::vector<CheckRecord> checks;
};

class Player {
 public:
  /// All three outlive it.
  Player(Client& client, const Product& product, const SessionOptions& options);

  /// `run` is part of every name that the case gives. Its steps are played once for each value of its `each`.
  [[nodiscard]] base::Task<Played> play(const Probe& probe, std::string run);

  /// Holds the answers of the whole run against a watch.
  [[nodiscard]] Played watch(const Probe& probe) const;

 private:
  /// What `each` stands for in one play of the steps.
  struct Turn {
    std::string label;  ///< "nickName"; empty where the case has no each
    std::vector<std::pair<std::string, Value>> values;
  };
  enum class Go { on, stop };

  [[nodiscard]] std::vector<Turn> turns_of(const Probe& probe, const std::string& run) const;
  [[nodiscard]] base::Task<Go> play_steps(const std::vector<Step>& steps, const Probe& probe, Names& names, Played& played);
  [[nodiscard]] base::Task<Go> play_step(const Step& step, const Probe& probe, Names& names, Played& played);
  [[nodiscard]] base::Task<Go> play_create(const Step& step, const Probe& probe, Names& names, Played& played);
  /// Nothing is sent: the body stands where that of an answer would.
  [[nodiscard]] Go play_compose(const Step& step, Names& names, Played& played) const;
  [[nodiscard]] base::Task<Go> play_walk(const Step& step, const Probe& probe, Names& names, Played& played);
  [[nodiscard]] base::Task<Go> play_parallel(const Step& step, const Probe& probe, Names& names, Played& played);

  [[nodiscard]] base::Result<Client::Request> request_of(const Send& send, const Names& names) const;
  [[nodiscard]] base::Result<Client::Request> request_of(const Create& create, const std::string& unique, const Names& names) const;
  /// Judges the answer where the step says how; otherwise it must be a success, or a filter that the product may decline.
  [[nodiscard]] Go conclude(const Step& step, const Answer& answer, const Probe& probe, const Names& names, Played& played) const;
  /// An earlier answer lacks what the step names, mostly an id: nothing can be said of what the case asks.
  static Go block_by_lack(const Step& step, std::string_view what, Played& played);
  static base::Task<void> run_in_parallel(Client& client, Client::Request request, Answer& into, int& left, base::Event& done);

  Client* client_;
  const Product* product_;
  const SessionOptions* options_;
};

}  // namespace scenarios::probe
