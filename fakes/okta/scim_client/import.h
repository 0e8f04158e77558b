// What an import makes of what it read: pages until the total is covered, what is new, changed or gone since the last time,
// and the safeguard. [Okta provisioning-clients 4.7-01] [Okta provisioning-clients 4.7-08] [Okta provisioning-clients 4.7-09]
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/json.h"
#include "fakes/okta/scim_client/answers.h"

namespace fakes::okta::scim_client {

/// Collects the pages of one collection.
class PagedReading {
 public:
  /// Where the next page begins.
  [[nodiscard]] std::int64_t start() const { return start_; }
  /// True where another page is due. A page without resources before the total is covered is a failure: the import would
  /// ask for ever. Assumed: nothing says what Okta does there.
  Answered<bool> take(Page page);

  /// By id, each once.
  [[nodiscard]] const std::map<std::string, base::JsonObject>& resources() const { return resources_; }
  /// What is wrong with the answers without keeping the import from going on. [Okta provisioning-clients 4.7-03]
  /// [Okta provisioning-clients 4.7-04]
  [[nodiscard]] const std::vector<std::string>& findings() const { return findings_; }

 private:
  std::int64_t start_ = 1;
  std::map<std::string, base::JsonObject> resources_;
  std::vector<std::string> findings_;
};

/// An account of the application.
struct Account {
  std::string id;
  std::string user_name{};
  std::string email{};
  std::string given_name{};
  std::string family_name{};
  std::string display_name{};
  bool active = true;  ///< also where the resource does not say

  bool operator==(const Account&) const = default;
};
[[nodiscard]] Account account_of(const base::JsonObject& resource);

/// How often each verdict was reached. [Okta provisioning-clients 4.7-09]
struct ImportCounts {
  std::int64_t scanned = 0;
  std::int64_t added = 0;
  std::int64_t updated = 0;
  std::int64_t unchanged = 0;
  std::int64_t removed = 0;

  bool operator==(const ImportCounts&) const = default;
};

/// What each resource held, by its id; `meta` does not count.
using Snapshot = std::map<std::string, std::string>;
[[nodiscard]] Snapshot snapshot_of(const std::map<std::string, base::JsonObject>& resources);
[[nodiscard]] ImportCounts counts_between(const Snapshot& before, const Snapshot& after);

/// In percent; more than that many assignments are not removed by an import. [Okta provisioning-clients 4.7-08]
struct Safeguard {
  std::int64_t of_app = 20;
  std::int64_t of_org = 20;
};
[[nodiscard]] bool exceeds(std::int64_t removed, std::int64_t of, std::int64_t percent);

struct ImportResult {
  base::Instant at{};
  std::optional<std::string> problem{};  ///< why it was given up; nothing was changed then
  bool held_back = false;                ///< by the safeguard
  ImportCounts users{};
  ImportCounts groups{};
  std::vector<std::string> findings{};
};
/// `Users: 3 scanned, 1 new, 0 updated, 2 unchanged, 0 removed. Groups: ...`
[[nodiscard]] std::string summary_of(const ImportResult& result);

}  // namespace fakes::okta::scim_client
