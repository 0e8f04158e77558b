// The directory's event log: each change writes its event in the transaction of the change. Events are kept as the
// text they are answered with, beside the columns that queries go by.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/rng.h"
#include "directory/insights/event.h"
#include "directory/insights/event_query.h"
#include "directory/store/database.h"

namespace directory {

/// Events as JSON texts, in the order that was asked for.
struct EventPage {
  std::vector<std::string> events;
  EventPosition last;  ///< of the last of them; without any, where the page begins
};

class EventLog {
 public:
  /// Events older than `retention` are not found and in time erased. [rule DI11]
  EventLog(Database& database, base::Rng rng, std::string organization,
           base::Duration retention = std::chrono::days{90});

  /// What every event is given that is written while it lives; the one before it comes back after.
  class [[nodiscard]] Context {
   public:
    ~Context() { std::swap(log_->context_, outer_); }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

   private:
    friend class EventLog;
    struct Values {
      RequestOrigin origin;
      std::optional<Correlation> correlation;
    };
    Context(EventLog& log, Values values) : log_(&log), outer_(std::exchange(log.context_, std::move(values))) {}

    EventLog* log_;
    Values outer_;
  };

  /// Names where the request that is being handled came from. Not to be held over a co_await.
  Context during(RequestOrigin origin) { return {*this, {std::move(origin), context_.correlation}}; }
  /// Makes the events part of a job. [rule DI26]
  Context during(Correlation job) { return {*this, {context_.origin, std::move(job)}}; }

  /// Appends one event to the running transaction. [rule DI20]
  void write(base::Instant at, const Event& event);
  void write(std::string_view type, base::Instant at, const Actor& actor, const EventSubject& subject,
             const std::vector<FieldChange>& changes = {}, bool success = true);

  [[nodiscard]] EventPage find(const EventQuery& query, base::Instant now);
  /// How many events match, whatever the limit.
  [[nodiscard]] std::int64_t count(const EventQuery& query, base::Instant now);

 private:
  struct Stored {
    EventPosition position;
    std::string body;
  };
  template <class Each>
  void visit(const EventQuery& query, base::Instant now, Each each);
  [[nodiscard]] std::vector<Stored> stored(const EventQuery& query, const EventPosition& after, std::int64_t most);
  void erase_expired(base::Instant now);

  Database* database_;
  base::Rng rng_;
  std::string organization_;
  base::Duration retention_;
  Context::Values context_;
};

}  // namespace directory
