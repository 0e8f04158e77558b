// The directory's event log: each change writes its event in the transaction of the change.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/rng.h"
#include "directory/insights/event.h"
#include "directory/store/database.h"

namespace directory {

class EventLog {
 public:
  EventLog(Database& database, base::Rng rng, std::string organization);

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

  /// Events with start <= timestamp < end, ascending, at most `limit`. [rule DI5] [rule DI8]
  [[nodiscard]] base::JsonArray read(base::Instant start, base::Instant end, std::int64_t limit);

 private:
  Database* database_;
  base::Rng rng_;
  std::string organization_;
  Context::Values context_;
};

}  // namespace directory
