// A client that keeps a copy of a tenant's users or groups by delta queries, as a product's sync engine does: it takes
// entries again, empty pages and a forced resynchronisation as they come, and waits where it is told to. Scripts judge the
// fake by what its copy holds.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "base/clock.h"
#include "base/http_transport.h"
#include "base/json.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/task.h"
#include "base/uri.h"

namespace fakes::graph {

class DeltaReader {
 public:
  /// `first` is what a reader without a delta link asks for: `https://…/v1.0/users/delta?$select=…`.
  DeltaReader(base::HttpTransport& transport, base::Clock& clock, const base::Uri& first);

  /// Reads pages until the service gives a delta link. An error says what came in place of a page; what was read of the
  /// round by then is kept, and the next call begins where this one stopped.
  base::Task<base::Result<void>> read(base::Secret token);

  /// By id, with the latest value of each property that was told.
  [[nodiscard]] const std::map<std::string, base::JsonObject>& objects() const { return objects_; }
  /// Ids of the members of a group of the copy.
  [[nodiscard]] std::set<std::string> members_of(const std::string& group) const;

  struct Counts {
    std::uint64_t rounds = 0;
    std::uint64_t pages = 0;
    std::uint64_t empty_pages = 0;  ///< without an entry, though more followed [Graph DL13]
    std::uint64_t repeated = 0;     ///< entries that changed nothing of the copy [Graph DL12]
    std::uint64_t resyncs = 0;      ///< 410 [Graph DL17]
    std::uint64_t waits = 0;        ///< 429 and 503
  };
  [[nodiscard]] const Counts& counts() const { return counts_; }

 private:
  struct Step {
    bool over = false;     ///< the round is
    std::string trouble;   ///< why it cannot go on; empty where it can
  };
  Step take_answer(const base::HttpResponse& response);
  Step take_page(const base::Json& page);
  void take_entry(const base::JsonObject& entry);
  void take_members(const std::string& group, const base::Json& changes);
  void begin_again(std::string link);

  base::HttpTransport* transport_;
  base::Clock* clock_;
  std::string first_;
  std::string next_;
  std::map<std::string, base::JsonObject> objects_;
  std::map<std::string, std::set<std::string>> members_;
  bool resyncing_ = false;
  std::set<std::string> seen_;  ///< since the resynchronisation began
  Counts counts_;
};

}  // namespace fakes::graph
