#include "directory/cloud_sync/user_import.h"

#include <fmt/format.h>

#include "directory/cloud_sync/cloud_account.h"
#include "directory/users/user_changes.h"
#include "directory/users/user_store.h"

namespace directory {
namespace {

constexpr std::string_view import_source = "jumpcloud:o365";  // [rule D5a]

bool is_active_account(const base::Json& account) { return base::bool_member(account, "accountEnabled").value_or(false); }

/// The tie by which the directory finds the account once the user is connected. A rule may have connected the user already.
void tie_to_account(Core& core, const CloudDirectoryId& directory, const User& user, std::string_view object_id) {
  core.db().run(
      "INSERT INTO cloud_accounts (directory_id, user_id, username, connected, object_id, synced, next_attempt) VALUES (?1, ?2, ?3, 0, ?4, 1, ?5) "
      "ON CONFLICT (directory_id, user_id) DO UPDATE SET object_id = excluded.object_id",
      directory.text(), user.id.text(), user.attributes.username, object_id, core.now());
}

bool is_beyond_licences(Core& core) {
  if (core.has(Defect::import_ignores_licences)) return false;
  return core.options.licensed_users && count_users(core.db()) >= *core.options.licensed_users;
}

}  // namespace

std::string imported_selection(const AttributeChoices& choices) {
  std::string selection = "id,accountEnabled,userPrincipalName,mailNickname";
  for (const auto& attribute : cloud_attributes) {
    if (attribute.member != nullptr && choice_of(choices, attribute).imported) selection += fmt::format(",{}", attribute.property);
  }
  return selection;
}

UserAttributes attributes_of_account(const base::Json& account, const AttributeChoices& choices) {
  auto attributes = imported_attributes(account, choices);
  attributes.email = base::string_or(account, "userPrincipalName", "");
  attributes.username = base::string_or(account, "mailNickname", "");
  if (attributes.username.empty()) attributes.username = attributes.email.substr(0, attributes.email.rfind('@'));
  return attributes;
}

bool import_account(Core& core, const ImportJob& job, const AttributeChoices& choices, const base::Json& account, ImportEntry& entry) {
  auto attributes = attributes_of_account(account, choices);
  if (core.has(Defect::import_ignores_the_alias)) attributes.username = attributes.email.substr(0, attributes.email.rfind('@'));
  entry.upn = attributes.email;
  entry.username = attributes.username;
  const auto refuse = [&](std::string why) {
    entry.status = ImportStatus::refused;
    entry.message = core.has(Defect::import_messages_are_lost) ? std::string() : std::move(why);
  };
  if (!is_active_account(account)) {
    refuse("the account is not active at Microsoft");
    return false;
  }
  if (const auto known = find_cloud_account_by_object(core.db(), job.directory, entry.object_id)) {
    refuse(fmt::format("the account belongs to the user {} already", known->username));
    return false;
  }
  if (is_beyond_licences(core)) {
    refuse(fmt::format("the limit of {} licensed users is reached; contact your provider", *core.options.licensed_users));
    return true;
  }
  const auto& states = core.settings.new_user_states;
  const auto state = core.has(Defect::import_ignores_default_state) ? states.manual_entry : states.application_import;
  NewUser fresh{std::move(attributes), state, std::string(import_source)};
  const auto user = create_user(core, std::move(fresh), job.actor());
  if (!user) {
    refuse(user.error().message);
    return false;
  }
  if (!core.has(Defect::import_forgets_the_account)) tie_to_account(core, job.directory, *user, entry.object_id);
  entry.status = ImportStatus::imported;
  entry.user = user->id;
  return false;
}

}  // namespace directory
