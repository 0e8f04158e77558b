// What is to be done next for an account, as one request to Graph: a pure function of the row, of what is wanted and of the
// password that waits. Called again after each answer until nothing is left.
#pragma once

#include <optional>
#include <string>

#include "base/json.h"
#include "base/secret.h"
#include "directory/cloud_sync/cloud_account.h"

namespace directory {

/// How the account ought to be.
struct WantedAccount {
  bool enabled = true;
  std::string upn{};      ///< empty: the user has none that may be synced, for the reason in `obstacle`
  std::string obstacle{};
  std::string mail{};       ///< the primary address by which an account is looked for; empty: by `upn` [rule R130]
  bool left_alone = false;  ///< nothing is sent, whatever there would be [rule R131]
  base::JsonObject properties{};
  /// The manager's object id; empty: none. Nothing where managers are not exported.
  std::optional<std::string> manager{};
};

enum class AccountStep : std::uint8_t {
  look_up,        ///< [rule R95] [rule R130]
  create,         ///< [rule R96]
  update,         ///< also what enables and disables it
  set_password,
  set_manager,    ///< or takes it away
  end_sessions    ///< [rule R120]
};

struct GraphCall {
  std::string method;
  std::string path;  ///< below the version
  base::JsonObject body{};
  bool eventual = false;  ///< asks for the index that advanced queries need [Graph Q9]
};

struct PlannedStep {
  AccountStep step{};
  GraphCall call{};
  std::int64_t password_revision = 0;  ///< of the password that is in it
  std::string manager{};               ///< the object id that is in it; empty: the manager is taken away
};

/// What of the account's properties would have to change; null for one that is to be emptied.
[[nodiscard]] base::JsonObject outstanding_changes(const CloudAccount& account, const WantedAccount& wanted);

/// Nothing where all is done, or where only `obstacle` is in the way. `placeholder` is the password of an account that is
/// created before anybody's is known; `graph` the address of the service, with its version.
[[nodiscard]] std::optional<PlannedStep> next_step(const CloudAccount& account, const WantedAccount& wanted,
                                                   const std::optional<base::Secret>& password, const base::Secret& placeholder,
                                                   const std::string& graph);

}  // namespace directory
