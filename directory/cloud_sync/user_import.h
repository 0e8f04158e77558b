// How an account of a tenant becomes a user: a pure reading of what Graph shows of it, and the user with the tie to the account, made in
// one transaction. Nothing changes at Microsoft: the directory manages the account once the user is connected. [rule R138] [rule R140]
#pragma once

#include <string>

#include "base/json.h"
#include "directory/cloud_sync/cloud_attributes.h"
#include "directory/cloud_sync/import_job.h"

namespace directory {

/// What Graph is asked of an account that is to be imported: no more than the choices take. [rule R81]
[[nodiscard]] std::string imported_selection(const AttributeChoices& choices);

/// The user that an account would become: the username is the account's alias or else the local part of its user principal name,
/// which becomes the e-mail address; of the rest what the choices take. [rule R81] [rule R82] [rule D68]
[[nodiscard]] UserAttributes attributes_of_account(const base::Json& account, const AttributeChoices& choices);

/// Inside a transaction: makes the user, in the state that the settings give to users of integrations, and ties it to the account by
/// the object id; or says in the entry's message why not. Whether it was for want of a licence. [rule R80] [rule R83] [rule R86]
[[nodiscard]] bool import_account(Core& core, const ImportJob& job, const AttributeChoices& choices, const base::Json& account,
                                  ImportEntry& entry);

}  // namespace directory
