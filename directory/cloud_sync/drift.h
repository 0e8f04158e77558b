// Whether accounts at Microsoft have moved away from what the directory owns of them: what a delta query tells is held against each
// account, and who differs is marked, so that the planner writes it again. Passwords are not told and are never sent for it.
// [rule R126] [rule D70] [Graph DL1]
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "directory/cloud_sync/account_sync.h"
#include "directory/cloud_sync/cloud_account.h"
#include "directory/core/core.h"

namespace directory {

/// One object of a page.
struct DeltaObject {
  std::string id;
  bool removed = false;  ///< deleted, whether or not it can come back [Graph DL9]
  base::JsonObject properties{};
};

/// A page of a delta query. Neither link: the page is not whole. Both are paths below the version.
struct DeltaPage {
  std::vector<DeltaObject> objects{};
  std::string next{};   ///< of the next page
  std::string delta{};  ///< of the next round
};

/// `root` is the service's address with its version; links that lead elsewhere are none, so that no token goes there.
[[nodiscard]] DeltaPage read_delta_page(const base::Json& body, std::string_view root);
/// A link's path below the version; empty where it leads elsewhere.
[[nodiscard]] std::string path_below(std::string_view link, std::string_view root);
/// What the first request of all asks for: the properties of those attributes that are exported. [Graph DL2] [Graph DL3]
[[nodiscard]] std::string first_delta_path(const AttributeChoices& choices);

/// What has been written over, so that two who want different things do not write for ever: the same difference again and
/// again, with nothing in between, is left alone after three times, for a day.
class Disputes {
 public:
  /// Whether to write over it.
  [[nodiscard]] bool may_write(CloudAccountId account, const std::string& difference, base::Instant now);
  /// The account has been seen as it ought to be.
  void settle(CloudAccountId account) { open_.erase(account); }

 private:
  struct Dispute {
    std::string difference;
    int written = 0;
    base::Instant last{};
  };
  std::map<CloudAccountId, Dispute> open_;
};

/// Holds the objects against the accounts; `asked` is when the page was asked for. False where some were passed over, since they may
/// have been written after it. Inside a transaction.
[[nodiscard]] bool notice_drift(Core& core, const TenantContext& tenant, const std::vector<DeltaObject>& objects, base::Instant asked, Disputes& disputes);

/// Accounts, by their object ids, that a round which tells everything has not told of yet.
struct UntoldAccounts {
  std::set<std::string> settled{};  ///< which it must tell of
  std::set<std::string> recent{};   ///< perhaps just made, and not visible yet

  void tell(const std::string& object) {
    settled.erase(object);
    recent.erase(object);
  }
};

[[nodiscard]] UntoldAccounts accounts_to_be_told(Core& core, const CloudDirectoryId& directory);
/// At the end of the round: what must have been told of is gone. False where it is too early to say so of others: what has been deleted
/// before a delta query begins is never told of later. Inside a transaction. [Graph DL18] [Graph DL19]
[[nodiscard]] bool notice_missing(Core& core, const CloudDirectoryId& directory, const UntoldAccounts& untold);

/// The account at Microsoft is gone: it is looked for by its name, and whoever may use one gets another. Who is not connected any more
/// is forgotten. Inside a transaction. [rule R95] [rule R96]
void account_is_gone(Core& core, const CloudAccount& account);

}  // namespace directory
