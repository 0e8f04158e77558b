// A user's account in one tenant: the row that says what it is there, what was last written to it, and whether something still
// has to be. A change of the user only counts the revision up; what has to be sent follows from the row and the user when
// it is sent, so that many changes become one write.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "directory/cloud_sync/cloud_directory.h"
#include "directory/cloud_sync/sync_progress.h"
#include "directory/users/user.h"

namespace directory {

using CloudAccountId = std::int64_t;

/// In `written` of an account that has been deleted there: the id that it had.
inline constexpr std::string_view former_object = "id";
/// In `manager`, where nobody can say who it is there. No object has that id.
inline constexpr std::string_view unknown_manager = "?";

struct CloudAccount : SyncProgress {
  CloudAccountId id = 0;
  CloudDirectoryId directory{};
  UserId user{};
  std::string username{};        ///< also of a user who is gone
  bool connected = true;         ///< whether a path of the graph leads to the tenant [rule D61]
  bool user_gone = false;
  std::string object_id{};       ///< Microsoft's; empty until it is known [rule R99]
  bool create_sent = false;      ///< a request to create it was sent, and nobody knows what became of it
  bool known_absent = false;     ///< it was looked for and is not there [rule R96]
  base::JsonObject written{};    ///< properties as they are there, as far as we know
  std::string manager{};         ///< the object id of the manager there
  bool has_password = false;     ///< a password waits to be sent
  std::int64_t password_revision = 0;  ///< which one
  bool password_owed = true;     ///< none was sent since the user or the connection changed [rule D80]
  bool password_sent = false;          ///< one was sent since the account is known
  bool sessions_must_end = false;      ///< [rule R120]

  /// Whether the account there is one that we have enabled or found enabled.
  [[nodiscard]] bool is_enabled_there() const;
};

[[nodiscard]] std::optional<CloudAccount> find_cloud_account(Database& db, CloudAccountId id);
[[nodiscard]] std::optional<CloudAccount> find_cloud_account(Database& db, const CloudDirectoryId& directory, const UserId& user);
[[nodiscard]] std::optional<CloudAccount> find_cloud_account_by_object(Database& db, const CloudDirectoryId& directory,
                                                                       std::string_view object_id);
/// Whether another instance manages the same account for a user who is connected to that. [rule RT5]
[[nodiscard]] bool is_connected_elsewhere(Database& db, const CloudAccount& account);
/// Of one user, in all instances.
[[nodiscard]] std::vector<CloudAccount> cloud_accounts_of(Database& db, const UserId& user);
/// Those with something to do that may be tried by now, the longest due first.
[[nodiscard]] std::vector<CloudAccount> due_cloud_accounts(Database& db, const CloudDirectoryId& directory, base::Instant now,
                                                           std::int64_t most);
/// When the next of them may be tried.
[[nodiscard]] std::optional<base::Instant> next_cloud_account_due(Database& db, const CloudDirectoryId& directory);

/// All that the synchronisation itself writes; what changes of users write meanwhile (connected, revision, password) stays.
void store_progress(Database& db, const CloudAccount& account);
void delete_cloud_account(Database& db, CloudAccountId id);

/// The password that waits, sealed until it is sent and erased then; empty where there is none or the vault key is another.
[[nodiscard]] std::optional<base::Secret> waiting_password(Core& core, const CloudAccount& account);
void keep_waiting_password(Core& core, const CloudAccount& account, const base::Secret& password);
/// Erases that password, unless another has taken its place meanwhile.
void erase_waiting_password(Database& db, const CloudAccount& account);

}  // namespace directory
