#include "directory/cloud_sync/drift.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "directory/users/user_store.h"

namespace directory {
namespace {

/// How long replication may take until a new account is told of. [Graph C4]
constexpr base::Duration longest_absence = std::chrono::minutes{10};
constexpr int most_overwrites = 3;
constexpr base::Duration truce = std::chrono::hours{24};

bool is_nothing(const base::Json& value) { return value.is_null() || (value.is_array() && value.get_array().empty()); }

bool is_same(std::string_view property, const base::Json& there, const base::Json& wanted) {
  if (is_nothing(there) && is_nothing(wanted)) return true;
  // Names are compared whatever their letter case. [Graph Q20]
  const bool is_name = property == "userPrincipalName" && there.is_string() && wanted.is_string();
  if (is_name) return base::equals_ignoring_case(base::as_text(there.get_string()), base::as_text(wanted.get_string()));
  return there == wanted;
}

/// What the directory owns of an account. Of what the user has no value for it owns nothing, as at a takeover. [rule D70]
base::JsonObject owned_properties(const WantedAccount& wanted) {
  base::JsonObject owned{{"accountEnabled", wanted.enabled}};
  if (!wanted.upn.empty()) owned["userPrincipalName"] = wanted.upn;
  for (const auto& [name, value] : wanted.properties) {
    if (!is_nothing(value)) owned[name] = value;
  }
  return owned;
}

/// The manager's object id that the entry tells; nothing where it tells none.
std::optional<std::string> told_manager(const base::JsonObject& properties) {
  const auto* list = base::member(properties, "manager@delta");
  if (list == nullptr || !list->is_array()) return std::nullopt;
  std::string manager;
  for (const auto& entry : list->get_array()) {
    if (base::member(entry, "@removed") == nullptr) manager = base::string_or(entry, "id", "");
  }
  return manager;
}

/// Whoever came through SCIM may come from this very tenant. What is changed there arrives by itself, and is then no difference any
/// more: a change that was on its way must not be written over.
base::Instant time_to_write(Core& core, const CloudAccount& account) {
  const auto user = find_user(core.db(), account.user);
  const bool is_fed = user && user->creation_source == "jumpcloud:scim" && !core.has(Defect::feeds_are_written_over);
  return core.probes.sometimes(Probe::change_there_is_given_time, is_fed) ? core.now() + core.options.microsoft.feed_patience : core.now();
}

void store_seen(Core& core, const CloudAccount& account, bool differs) {
  core.db().run("UPDATE cloud_accounts SET written = ?2, manager = ?3 WHERE id = ?1", account.id, base::to_text(account.written), account.manager);
  if (!differs) return;
  // What is outstanding already stays due when it was: the difference may be our own change, which is not there yet.
  core.db().run("UPDATE cloud_accounts SET revision = revision + 1, attempts = 0, "
                "next_attempt = CASE WHEN synced < revision THEN min(next_attempt, ?2) ELSE ?2 END WHERE id = ?1",
                account.id, time_to_write(core, account));
  core.signal_cloud();
}

void notice_change(Core& core, const TenantContext& tenant, CloudAccount account, const base::JsonObject& there, Disputes& disputes) {
  const auto wanted = wanted_account(core, tenant, account);
  base::JsonObject differences;
  for (const auto& [name, value] : owned_properties(wanted)) {
    const std::string_view property{name.data(), name.size()};
    const auto* told = base::member(there, property);
    // What never had a value is left out. [Graph DL8]
    if (told == nullptr) continue;
    const bool same = is_same(property, *told, value);
    if (!same) differences[name] = *told;
    account.written[name] = same ? value : *told;
  }
  if (const auto manager = told_manager(there); manager && wanted.manager) {
    account.manager = *manager;
    if (*manager != *wanted.manager) differences["manager"] = *manager;
  }
  core.probes.sometimes(Probe::account_has_drifted, !differences.empty());
  if (differences.empty()) {
    disputes.settle(account.id);
    return store_seen(core, account, false);
  }
  const bool writes = disputes.may_write(account.id, base::to_text(differences), core.now());
  core.probes.sometimes(Probe::dispute_is_left_alone, !writes);
  if (writes) store_seen(core, account, true);
}

}  // namespace

std::string path_below(std::string_view link, std::string_view root) {
  if (!link.starts_with(root)) return {};
  const auto path = link.substr(root.size());
  return path.starts_with('/') ? std::string(path) : std::string();
}

DeltaPage read_delta_page(const base::Json& body, std::string_view root) {
  DeltaPage page;
  page.next = path_below(base::string_or(body, "@odata.nextLink", ""), root);
  page.delta = path_below(base::string_or(body, "@odata.deltaLink", ""), root);
  const auto* value = base::member(body, "value");
  if (value == nullptr || !value->is_array()) return page;
  for (const auto& entry : value->get_array()) {
    DeltaObject object;
    object.id = base::string_or(entry, "id", "");
    if (object.id.empty()) continue;
    object.removed = base::member(entry, "@removed") != nullptr;
    object.properties = entry.get_object();
    page.objects.push_back(std::move(object));
  }
  return page;
}

std::string first_delta_path(const AttributeChoices& choices) {
  std::string path = "/users/delta?$select=id,accountEnabled,userPrincipalName";
  for (const auto& attribute : cloud_attributes) {
    if (choice_of(choices, attribute).exported) path += fmt::format(",{}", attribute.property);
  }
  return path;
}

bool Disputes::may_write(CloudAccountId account, const std::string& difference, base::Instant now) {
  auto& dispute = open_[account];
  if (dispute.difference != difference || now - dispute.last >= truce) dispute = {difference, 0, now};
  if (dispute.written >= most_overwrites) return false;
  ++dispute.written;
  dispute.last = now;
  return true;
}

bool notice_drift(Core& core, const TenantContext& tenant, const std::vector<DeltaObject>& objects, base::Instant asked, Disputes& disputes) {
  bool has_seen_all = true;
  for (const auto& object : objects) {
    auto account = find_cloud_account_by_object(core.db(), tenant.directory.id, object.id);
    if (!account) continue;
    if (object.removed) {
      core.probes.reached(Probe::account_is_removed_there);
      account_is_gone(core, *account);
      continue;
    }
    // Who is not connected any more is nobody whom the directory keeps in step. [rule D72]
    if (!account->connected) continue;
    // What was written after the page was asked for may not be in it yet.
    const bool written_since = account->synced_at && *account->synced_at >= asked;
    has_seen_all = has_seen_all && !written_since;
    if (!written_since) notice_change(core, tenant, *std::move(account), object.properties, disputes);
  }
  return has_seen_all;
}

UntoldAccounts accounts_to_be_told(Core& core, const CloudDirectoryId& directory) {
  UntoldAccounts untold;
  // Who was only imported was never synchronised, and is not kept in step.
  core.db().query(
      "SELECT object_id, coalesce(synced_at <= ?2, 0) FROM cloud_accounts WHERE directory_id = ?1 AND object_id IS NOT NULL "
      "AND (synced_at IS NOT NULL OR synced < revision)",
      [&](Row row) { (row.boolean(1) ? untold.settled : untold.recent).insert(row.text(0)); }, directory.text(), core.now() - longest_absence);
  return untold;
}

bool notice_missing(Core& core, const CloudDirectoryId& directory, const UntoldAccounts& untold) {
  for (const auto& object : untold.settled) {
    if (const auto account = find_cloud_account_by_object(core.db(), directory, object)) account_is_gone(core, *account);
  }
  return untold.recent.empty();
}

void account_is_gone(Core& core, const CloudAccount& account) {
  if (!account.connected) return delete_cloud_account(core.db(), account.id);
  const base::JsonObject former{{former_object, account.object_id}};
  core.db().run(
      "UPDATE cloud_accounts SET object_id = NULL, create_sent = 0, known_absent = 0, written = ?2, manager = '', password_owed = 1, password_sent = 0, "
      "revision = revision + 1, attempts = 0, next_attempt = ?3 WHERE id = ?1",
      account.id, base::to_text(former), time_to_write(core, account));
  core.signal_cloud();
}

}  // namespace directory
