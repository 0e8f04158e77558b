#include "directory/groups/candidates.h"

#include "directory/devices/system_record.h"
#include "directory/users/user_store.h"

namespace directory {
namespace {

Candidate candidate_of(const User& user) {
  Candidate candidate{user.id.text(), {}};
  auto& attributes = candidate.attributes;
  attributes.emplace("username", user.attributes.username);
  attributes.emplace("email", user.attributes.email);
  attributes.emplace("state", state_name(user.state));
  for (const auto& attribute : text_attributes) {
    if (const auto& value = user.attributes.*attribute.member) attributes.emplace(attribute.name, *value);
  }
  return candidate;
}

Candidate candidate_of(const SystemRecord& record) {
  const bool windows = record.system.os == "windows";
  Candidate candidate{record.system.id.text(), {}};
  auto& attributes = candidate.attributes;
  attributes.emplace("hostname", record.system.hostname);
  attributes.emplace("displayName", record.settings.display_name);
  attributes.emplace("os", windows ? "Windows" : "Mac OS X");
  attributes.emplace("osFamily", windows ? "windows" : "darwin");
  for (const auto& [name, value] : to_json(record.facts)) {
    if (value.is_string()) attributes.emplace(name, base::as_text(value.get_string()));
    if (value.is_bool()) attributes.emplace(name, value.get_bool() ? "true" : "false");
  }
  return candidate;
}

}  // namespace

std::vector<Candidate> all_candidates(Database& db, GraphType type) {
  std::vector<Candidate> candidates;
  if (type == GraphType::user) {
    for (const auto& user : list_users(db, 0, INT64_MAX)) candidates.push_back(candidate_of(user));
  } else {
    for (const auto& record : list_system_records(db, 0, INT64_MAX))
      candidates.push_back(candidate_of(record));
  }
  return candidates;
}

std::optional<Candidate> find_candidate(Database& db, GraphType type, const std::string& id) {
  if (type == GraphType::user) {
    const auto user = find_user(db, UserId{id});
    return user ? std::optional(candidate_of(*user)) : std::nullopt;
  }
  const auto record = find_system_record(db, SystemId{id});
  return record ? std::optional(candidate_of(*record)) : std::nullopt;
}

}  // namespace directory
