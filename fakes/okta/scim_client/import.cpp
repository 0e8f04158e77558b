#include "fakes/okta/scim_client/import.h"

#include <fmt/format.h>

#include <algorithm>

#include "fakes/okta/scim_client/requests.h"

namespace fakes::okta::scim_client {
namespace {

std::string counted(const ImportCounts& counts) {
  return fmt::format("{} scanned, {} new, {} updated, {} unchanged, {} removed", counts.scanned, counts.added, counts.updated,
                     counts.unchanged, counts.removed);
}

std::string primary_email(const base::JsonObject& resource) {
  const auto* emails = base::member_ignoring_case(resource, "emails");
  if (emails == nullptr || !emails->is_array() || emails->get_array().empty()) return {};
  const auto& list = emails->get_array();
  const auto primary = std::ranges::find_if(list, [](const base::Json& email) { return base::bool_member(email, "primary").value_or(false); });
  return base::string_or(primary == list.end() ? list.front() : *primary, "value", "");
}

}  // namespace

Answered<bool> PagedReading::take(Page page) {
  const auto received = static_cast<std::int64_t>(page.resources.size());
  if (page.items_per_page && *page.items_per_page != received)
    findings_.push_back(fmt::format("itemsPerPage is {} where {} came", *page.items_per_page, received));
  for (auto& resource : page.resources) {
    const auto id = text_in(resource, "id");
    if (id.empty()) return std::unexpected(Failure{0, "a resource has no id"});
    if (!resources_.insert_or_assign(id, std::move(resource)).second) findings_.push_back(fmt::format("{} came twice", id));
  }
  start_ += page_size;
  const bool more = start_ <= page.total;
  if (more && received == 0) return std::unexpected(Failure{0, "a page is empty before the total is reached"});
  return more;
}

Account account_of(const base::JsonObject& resource) {
  Account account{text_in(resource, "id")};
  account.user_name = text_in(resource, "userName");
  account.display_name = text_in(resource, "displayName");
  account.email = primary_email(resource);
  const auto* name = base::member_ignoring_case(resource, "name");
  if (name != nullptr && name->is_object()) {
    account.given_name = text_in(name->get_object(), "givenName");
    account.family_name = text_in(name->get_object(), "familyName");
  }
  const auto* active = base::member_ignoring_case(resource, "active");
  account.active = active == nullptr || !active->is_bool() || active->get_bool();
  return account;
}

Snapshot snapshot_of(const std::map<std::string, base::JsonObject>& resources) {
  Snapshot snapshot;
  for (const auto& [id, resource] : resources) {
    auto content = resource;
    if (const auto found = content.find("meta"); found != content.end()) content.stable_erase(found);
    snapshot[id] = base::to_text(content);
  }
  return snapshot;
}

ImportCounts counts_between(const Snapshot& before, const Snapshot& after) {
  ImportCounts counts;
  counts.scanned = static_cast<std::int64_t>(after.size());
  for (const auto& [id, content] : after) {
    const auto known = before.find(id);
    ++(known == before.end() ? counts.added : known->second == content ? counts.unchanged : counts.updated);
  }
  counts.removed = std::ranges::count_if(before, [&](const auto& entry) { return !after.contains(entry.first); });
  return counts;
}

bool exceeds(std::int64_t removed, std::int64_t of, std::int64_t percent) { return removed * 100 > of * percent; }

std::string summary_of(const ImportResult& result) {
  return fmt::format("Users: {}. Groups: {}.", counted(result.users), counted(result.groups));
}

}  // namespace fakes::okta::scim_client
