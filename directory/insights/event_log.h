// The directory's event log: each change writes its event in the transaction of the change.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/rng.h"
#include "directory/store/database.h"

namespace directory {

/// Who caused a change. [rule DI22]
struct Actor {
  enum class Kind { admin, user, integration, system, device };
  Kind kind = Kind::system;
  std::string id;    ///< of the admin, user or device; name of the integration
  std::string name;  ///< for people to read
};

/// What a change was made to. [rule DI21]
struct EventSubject {
  std::string type;  ///< systemuser, system, …
  std::string id;
  std::string name;
};

/// A changed field; both ends are left out for passwords. [rule DI24]
struct FieldChange {
  std::string field;
  std::optional<std::string> from;
  std::optional<std::string> to;
};

class EventLog {
 public:
  EventLog(Database& database, base::Rng rng, std::string organization);

  /// Appends one event to the running transaction. [rule DI20]
  void write(std::string_view type, base::Instant at, const Actor& actor, const EventSubject& subject,
             const std::vector<FieldChange>& changes = {}, bool success = true);

  /// Events with start <= timestamp < end, ascending, at most `limit`. [rule DI5] [rule DI8]
  [[nodiscard]] base::JsonArray read(base::Instant start, base::Instant end, std::int64_t limit);

 private:
  Database* database_;
  base::Rng rng_;
  std::string organization_;
};

}  // namespace directory
