#include "fakes/entra/provisioning/create_body.h"

#include <algorithm>
#include <array>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/encoding.h"
#include "fakes/entra/provisioning/default_mappings.h"

namespace fakes::entra::provisioning {
namespace {

using base::equals_ignoring_case;
using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr std::string_view service_group = "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group";

/// The printed examples begin with these and go on by the alphabet. [Entra provisioning-clients 2.6-01]
constexpr std::array<std::string_view, 4> first_of_user{"schemas", "externalId", "userName", "active"};
constexpr std::array<std::string_view, 4> first_of_group{"schemas", "externalId", "displayName", "meta"};
constexpr std::array<std::string_view, 3> first_of_name{"formatted", "familyName", "givenName"};

/// Members by the list first, then by the alphabet, URNs last.
template <std::size_t Count>
JsonObject ordered(JsonObject object, const std::array<std::string_view, Count>& first) {
  struct Ranked {
    std::size_t rank;
    std::string name;  ///< in lower case, of those that are not in the list
    boost::json::key_value_pair* member;
  };
  std::vector<Ranked> members;
  members.reserve(object.size());
  for (auto& member : object) {
    const std::string_view name{member.key().data(), member.key().size()};
    const auto found = std::ranges::find_if(first, [&](std::string_view each) { return equals_ignoring_case(each, name); });
    auto lower = found == first.end() ? base::to_lower(name) : std::string();
    const auto rank = found != first.end() ? static_cast<std::size_t>(found - first.begin()) : lower.starts_with("urn:") ? Count + 1 : Count;
    members.push_back({rank, std::move(lower), &member});
  }
  std::ranges::stable_sort(members, [](const Ranked& left, const Ranked& right) { return std::tie(left.rank, left.name) < std::tie(right.rank, right.name); });
  JsonObject sorted;
  sorted.reserve(members.size());
  for (const auto& [rank, name, member] : members) sorted.emplace(member->key(), std::move(member->value()));
  return sorted;
}

constexpr std::array<std::string_view, 2> first_of_element{"primary", "type"};
constexpr std::array<std::string_view, 0> alphabet{};

/// Elements and parts of the name as they are printed, extensions by the alphabet.
void order_within(JsonObject& body) {
  for (auto& member : body) {
    auto& value = member.value();
    if (value.is_object()) {
      auto& parts = value.get_object();
      value = member.key() == "name" ? ordered(std::move(parts), first_of_name) : ordered(std::move(parts), alphabet);
    } else if (value.is_array()) {
      for (auto& element : value.get_array()) {
        if (element.is_object()) element = ordered(std::move(element.get_object()), first_of_element);
      }
    }
  }
}

/// A single role is of the type of Entra's own roles. [Entra provisioning-clients 2.7-13]
void name_role_type(JsonObject& body) {
  auto* roles = body.if_contains("roles");
  if (roles == nullptr || !roles->is_array()) return;
  for (auto& element : roles->get_array()) {
    auto* role = element.if_object();
    if (role != nullptr && !role->contains("type")) (*role)["type"] = "WindowsAzureActiveDirectoryRole";
  }
}

}  // namespace

JsonObject create_body(ObjectKind kind, std::span<const MappedValue> values, const ClientQuirks& quirks) {
  const bool is_user = kind == ObjectKind::user;
  JsonObject body;
  if (is_user) {
    body["schemas"] = JsonArray{base::json_text(core_user), base::json_text(enterprise_user)};
  } else {
    body["schemas"] = JsonArray{base::json_text(core_group), base::json_text(service_group)};
  }
  for (const auto& mapped : values) {
    if (!mapped.value.is_null()) {
      place(body, mapped.row->target, mapped.value);
    } else if (quirks.has(ClientQuirk::explicit_nulls) && !body.contains(mapped.row->target.attribute)) {
      if (mapped.row->target.schema.empty()) body[mapped.row->target.attribute] = Json();
    }
  }
  body["meta"] = JsonObject{{"resourceType", is_user ? "User" : "Group"}};
  if (!is_user) return ordered(std::move(body), first_of_group);
  if (!body["roles"].is_array()) body["roles"] = JsonArray{};
  name_role_type(body);
  order_within(body);
  return ordered(std::move(body), first_of_user);
}

}  // namespace fakes::entra::provisioning
