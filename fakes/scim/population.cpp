#include "fakes/scim/population.h"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

namespace fakes::scim {
namespace {

using base::json_key;
using base::json_text;

base::JsonObject mail(const std::string& address, std::string_view type, bool primary) {
  base::JsonObject out{{"value", json_text(address)}, {"type", json_text(type)}};
  if (primary) out["primary"] = true;
  return out;
}

/// Somebody with a value of nearly each kind, and a manager where somebody was there before.
void equip(base::JsonObject& user, std::size_t index, const std::string& name, const std::string& manager) {
  user["name"] = base::JsonObject{{"givenName", "Zoë"}, {"familyName", json_text(fmt::format("Müller-{}", index))}};
  user["externalId"] = json_text(fmt::format("External-{}", index));
  user["preferredLanguage"] = "de-CH";
  user["emails"] = {mail(name + "@example.com", "work", true), mail(name + "@example.org", "home", false)};
  user["phoneNumbers"] = base::JsonArray{base::JsonObject{{"value", "+41 44 000 00 00"}, {"type", "work"}}};
  user["roles"] = base::JsonArray{base::JsonObject{{"value", "guide"}}, base::JsonObject{{"value", "cook"}}};
  base::JsonObject work{{"employeeNumber", json_text(std::to_string(index))}, {"department", "Rope & Tackle"}};
  if (!manager.empty()) work["manager"] = base::JsonObject{{"value", json_text(manager)}};
  user["schemas"].as_array().push_back(json_text(enterprise_schema().id));
  user[json_key(enterprise_schema().id)] = std::move(work);
}

base::JsonObject user_of(std::size_t index, const std::string& manager) {
  const auto name = fmt::format("user{:06}", index);
  base::JsonObject user{{"schemas", {json_text(user_schema().id)}}, {"userName", json_text(name)}, {"active", true}};
  switch (index % 5) {
    case 0:  // what most directories hold
      user["displayName"] = json_text(fmt::format("User {}", index));
      user["emails"] = base::JsonArray{mail(name + "@example.com", "work", true)};
      break;
    case 1:
      equip(user, index, name, manager);
      break;
    case 2:  // who has left
      user["displayName"] = json_text(fmt::format("Gone {}", index));
      user["active"] = false;
      break;
    case 3:  // names that need care
      user["userName"] = json_text(name + "+O'Neill@example.com");
      user["displayName"] = json_text(fmt::format("李 \"Quote\" \\ {} 🧗", index));
      user["title"] = json_text(std::string(300, 't'));
      break;
    default:  // a bare name
      break;
  }
  return user;
}

}  // namespace

void populate(Store& store, base::Rng& rng, base::Instant now, std::size_t users, std::size_t groups) {
  constexpr std::size_t members_of_a_group = 10;
  std::vector<std::string> user_ids;
  for (std::size_t i = 0; i < users; ++i) {
    auto id = rng.hex(16);
    store.insert({&user_type(), id, user_of(i, i == 0 ? "" : user_ids.back()), now, now});
    user_ids.push_back(std::move(id));
  }
  std::string before;
  for (std::size_t i = 0; i < groups; ++i) {
    base::JsonArray members;
    const auto take = [&](const std::string& id) { members.push_back(base::JsonObject{{"value", json_text(id)}}); };
    if (i % 3 == 0) {
      for (std::size_t j = 0; j < members_of_a_group && j < user_ids.size(); ++j)
        take(user_ids[(i * members_of_a_group + j) % user_ids.size()]);
    } else if (i % 3 == 1) {
      take(before);
    }
    base::JsonObject group{{"schemas", {json_text(group_schema().id)}}, {"displayName", json_text(fmt::format("Group {}", i))}};
    if (!members.empty()) group["members"] = std::move(members);
    before = rng.hex(16);
    store.insert({&group_type(), before, std::move(group), now, now});
  }
}

}  // namespace fakes::scim
