// Groups in Microsoft 365, there and as the directory sees them.
#include <fmt/format.h>

#include <set>

#include "base/encoding.h"
#include "scenarios/engine/cloud_directories.h"
#include "scenarios/engine/comparison.h"
#include "scenarios/engine/observe.h"

namespace scenarios {
namespace {

using fakes::entra::DirectoryObject;
using fakes::entra::ObjectKind;

Observed hidden(std::string expected, const Performed& answer) { return {false, std::move(expected), "cannot be seen: " + answer.detail}; }

std::string_view kind_of_group(const DirectoryObject& group) {
  const auto* types = group.find("groupTypes");
  const auto lists = [&](std::string_view type) {
    return types != nullptr && types->json.is_array() && std::ranges::any_of(types->json.get_array(), [&](const base::Json& each) {
             return each.is_string() && base::as_text(each.get_string()) == type;
           });
  };
  if (lists("Unified")) return "microsoft365";
  return lists("DynamicMembership") ? "dynamic" : "security";
}

}  // namespace

base::Task<Observed> observe(Cast& cast, MicrosoftGroup wanted) {
  const auto& tenant = cast.tenant();
  std::int64_t count = 0;
  std::set<std::string> members;
  for (const auto& [id, group] : tenant.living(ObjectKind::group)) {
    const auto* name = group.find("displayName");
    const bool named = name != nullptr && name->json.is_string() && base::as_text(name->json.get_string()) == wanted.group;
    if (!named || kind_of_group(group) != wanted.kind) continue;
    const bool by_entra = cast.groups_of_entra().contains(id);
    if (wanted.made_by != "anybody" && by_entra != (wanted.made_by == "entra")) continue;
    ++count;
    for (const auto& [member, since] : tenant.members_of(id).present) members.insert(member.text());
  }
  auto subject = fmt::format("{} groups '{}' of the tenant", wanted.kind, wanted.group);
  if (wanted.made_by != "anybody") subject += fmt::format(" that {} made", wanted.made_by == "entra" ? "its admin" : "the directory");
  if (!wanted.members || (wanted.count && *wanted.count != count)) co_return counted(std::move(subject), count, wanted.count);
  std::vector<std::string> expected;
  for (const auto& person : *wanted.members) expected.push_back(cast.person(person).email);
  std::vector<std::string> found;
  for (const auto& member : members) {
    const auto* object = tenant.find(fakes::entra::ObjectId{member});
    const auto* upn = object != nullptr ? object->find("userPrincipalName") : nullptr;
    found.push_back(upn != nullptr && upn->json.is_string() ? std::string(base::as_text(upn->json.get_string())) : member);
  }
  if (count == 0 && !wanted.count) co_return counted(std::move(subject), count, wanted.count);
  co_return compared_lists("members of the " + subject, std::move(expected), std::move(found));
}

base::Task<Observed> observe(Cast& cast, DirectoryGroupConnection wanted) {
  const auto subject = fmt::format("connection of the group '{}' to '{}'", wanted.group, wanted.directory);
  const bool should_exist = wanted.exists.value_or(true);
  const auto instance = co_await find_microsoft(cast, cast.inspector(), wanted.directory);
  if (!instance) co_return hidden(subject, instance.error());
  const auto group = co_await group_id(cast, wanted.group, cast.inspector());
  if (!group) co_return hidden(subject, group.error());
  const auto answer = co_await cast.ask_directory(cast.inspector(), "GET", fmt::format("/api/v2/usergroups/{}/office365s", *group),
                                                  std::nullopt, Cast::Credentials::admin);
  if (!answer || !answer->ok()) co_return hidden(subject, from_response(answer));
  const auto body = base::parse_json(answer->body);
  const base::Json* connection = nullptr;
  if (body && body->is_array()) {
    for (const auto& entry : body->get_array()) {
      if (base::string_or(entry, "id", "") == instance->id) connection = &entry;
    }
  }
  if (connection == nullptr || !should_exist) co_return presence(subject, should_exist, connection != nullptr);
  const auto* status = base::member(*connection, "syncStatus");
  Comparison comparison(subject);
  comparison.compare("status", wanted.status, status != nullptr ? base::string_or(*status, "code", "") : std::string("none"));
  co_return comparison.result();
}

base::Task<Observed> observe(Cast& cast, DirectoryGroupEvents wanted) {
  const auto subject = fmt::format("events {} about the group '{}'", wanted.type, wanted.group);
  base::JsonObject query{{"service", base::JsonArray{"directory"}}, {"start_time", "1970-01-01T00:00:00Z"}, {"limit", 10'000}};
  const auto answer = co_await cast.ask_directory(cast.inspector(), "POST", "/insights/directory/v1/events", std::move(query),
                                                  Cast::Credentials::admin);
  if (!answer || !answer->ok()) co_return hidden(subject, from_response(answer));
  const auto body = base::parse_json(answer->body);
  std::int64_t count = 0;
  if (body && body->is_array()) {
    for (const auto& event : body->get_array()) {
      const auto* resource = base::member(event, "resource");
      if (resource == nullptr || base::string_or(event, "event_type", "") != wanted.type) continue;
      if (base::string_or(*resource, "name", "") == wanted.group) ++count;
    }
  }
  co_return counted(subject, count, wanted.count);
}

}  // namespace scenarios
