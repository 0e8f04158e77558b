// What every part of the directory works with: the store inside one transaction a request, the ports, the event
// log, and the signals that fire only after a commit.
#pragma once

#include <concepts>
#include <set>
#include <string>

#include "base/clock.h"
#include "base/http.h"
#include "base/http_transport.h"
#include "base/rng.h"
#include "base/secret.h"
#include "base/trace.h"
#include "directory/core/commit_group.h"
#include "directory/core/options.h"
#include "directory/defects.h"
#include "directory/devices/agent_connections.h"
#include "directory/fault_points.h"
#include "directory/insights/event_log.h"
#include "directory/probes.h"
#include "directory/store/database.h"

namespace directory {

/// What the directory is given from outside; all of it outlives the directory.
struct Ports {
  base::Scheduler* scheduler = nullptr;
  std::shared_ptr<base::Scope> scope;
  base::Clock* clock = nullptr;
  base::Disk* disk = nullptr;
  base::HttpTransport* transport = nullptr;
  base::Trace* trace = nullptr;
  base::SecretWitness* witness = nullptr;
  base::Rng rng{0};
  /// 32 bytes that seal what the directory must be able to read again, such as an identity provider's client secret.
  /// Kept outside the store; empty where there is none.
  base::Secret vault_key;
  const Defects* defects = nullptr;  ///< null: none
  Probes* probes = nullptr;          ///< null: nobody looks
  FaultPoints* fault_points = nullptr;  ///< null: none fires
};

/// A handler's answer, and whether what it wrote is kept.
struct Decided {
  // Implicit on purpose: handlers return responses, and a refusal keeps nothing.
  Decided(base::HttpResponse response) : response(std::move(response)), keep(this->response.status < 400) {}  // NOLINT
  Decided(base::HttpResponse response, bool keep) : response(std::move(response)), keep(keep) {}

  base::HttpResponse response;
  bool keep;
};

/// A refusal that keeps its writes, such as the count of failed logins.
[[nodiscard]] inline Decided kept(base::HttpResponse response) { return {std::move(response), true}; }

class Core {
 public:
  Core(Ports ports, Options options, std::unique_ptr<Database> database);

  Ports ports;
  base::Probing<Probe> probes;
  Options options;
  /// As stored; whoever changes them assigns them here after the commit.
  OrganizationSettings settings;
  std::unique_ptr<Database> database;
  CommitGroup group;
  EventLog events;
  /// Polls of agents, each woken when its system has changed.
  AgentConnections connections;
  /// A mail waits in the outbox.
  base::Event mail_queued;
  /// Something is due earlier than it was.
  base::Event agenda_changed;
  /// Something about tenants or their accounts is to be looked at.
  base::Event cloud_changed;
  /// Whether there is any tenant: without one, changes of users need not look for their accounts.
  bool cloud_in_use = false;

  [[nodiscard]] Database& db() { return *database; }
  [[nodiscard]] base::Instant now() const { return ports.clock->now(); }
  [[nodiscard]] bool has(Defect defect) const { return ports.defects != nullptr && ports.defects->contains(defect); }
  [[nodiscard]] Defects defects() const { return ports.defects != nullptr ? *ports.defects : Defects{}; }

  /// Whether the place does now what is unusual; see base/fault_points.h.
  [[nodiscard]] bool fires(FaultPoint point) const { return ports.fault_points != nullptr && ports.fault_points->fires(point); }

  /// Runs `body` in a transaction and commits before its answer is returned: a 2xx answer is durable. 503 where
  /// the store failed.
  template <std::invocable Body>
  base::HttpResponse transact(Body body) {
    begin();
    Decided decided = body();
    return finish(std::move(decided));
  }

  /// Runs `handler`, whose transactions may stay in an open group, if the options say so: its answer must wait
  /// until the group is committed.
  template <std::invocable Handler>
  base::HttpResponse in_group(Handler handler) {
    joins_group_ = options.commits == Commits::grouped;
    auto response = handler();
    joins_group_ = false;
    return response;
  }
  /// Ends the open group, and fires the signals of its parts once it is settled.
  static base::Task<void> commit_group(Core& core);

  // Called inside a transaction; they fire after its commit.
  void signal_device(const std::string& id) { signals_.devices.insert(id); }
  void signal_mail() { signals_.mail = true; }
  void signal_agenda() { signals_.agenda = true; }
  void signal_cloud() { signals_.cloud = true; }

  /// The directory is about to end: what waits for a change answers now.
  void end_waiting() {
    ending_ = true;
    connections.wake_all();
  }
  [[nodiscard]] bool ending() const { return ending_; }

  /// 24 hexadecimal digits, of which the first eight are the time in seconds, as those of JumpCloud's ids are, and the next six its
  /// fraction: ids are in order of creation, and one that is greater than all before it is put at the end of an index.
  [[nodiscard]] std::string new_id();
  /// A fresh random token, reported to the witness.
  [[nodiscard]] base::Secret new_token();

 private:
  struct Signals {
    std::set<std::string> devices;
    bool mail = false;
    bool agenda = false;
    bool cloud = false;
  };

  void begin();
  base::HttpResponse finish(Decided decided);
  bool concluded(bool durable, const Signals& owed);

  Signals signals_;  ///< of the running transaction
  Signals owed_;     ///< of what is kept but not committed
  std::unique_ptr<base::HttpTransport> settled_transport_;
  bool joins_group_ = false;
  bool ending_ = false;
};

/// Commits each group once all that was ready when it opened has joined it.
base::Task<void> commit_groups(Core& core);

/// What a token is stored as. Tokens are 256 random bits, so a plain digest cannot be searched back.
[[nodiscard]] std::string token_digest(const base::Secret& token);

}  // namespace directory
