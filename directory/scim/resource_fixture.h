// What tests of the User resource share: a user at hand, states that print as JSON, and JSON for property
// tests: any shape, but with names and words that the resource knows, so that most of it gets past the first
// look.
#pragma once

#include <rapidcheck.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
#include <expected>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "directory/scim/policy.h"
#include "directory/scim/resource_patch.h"
#include "directory/scim/user_resource.h"

namespace directory::scim {

/// What a SCIM client of the Entra integration has in its hands: the attributes and `active`.
struct ResourceState {
  UserAttributes attributes;
  bool active = true;
  bool operator==(const ResourceState&) const = default;
};

inline User to_user(const ResourceState& state) {
  User user;
  user.attributes = state.attributes;
  user.state = state.active ? UserState::activated : UserState::suspended;
  return user;
}

/// As the Entra integration shows it.
inline base::JsonObject to_resource(const User& user) {
  return to_resource({user, {}, {}, {}}, Detail::table, "https://directory.example.test/scim/v2");
}

inline ResourceState state_of(const User& user) {
  return {user.attributes, is_active(user)};
}

inline void PrintTo(const ResourceState& state, std::ostream* out) {  // NOLINT: the name is GoogleTest's
  *out << base::to_text(to_resource(to_user(state)));
}

/// What the Entra integration makes of a PATCH.
inline std::expected<Edited, ScimError> apply_patch(ResourceState& state, const base::JsonObject& body) {
  const auto policy = policy_of(IntegrationKind::entra, {});
  auto resource = to_resource(to_user(state));
  auto edited = apply_patch(resource, body, *policy.users, policy.patches);
  if (!edited) return edited;
  auto write = read_user(std::move(resource), state.attributes, policy.detail);
  if (!write) return std::unexpected(write.error());
  state.attributes = std::move(write->attributes);
  state.attributes.username = write->user_name;
  state.active = write->active.value_or(state.active);
  return edited;
}

inline std::expected<Edited, ScimError> apply_operation(ResourceState& state, base::JsonObject operation) {
  return apply_patch(state, base::JsonObject{{"Operations", base::JsonArray{std::move(operation)}}});
}

/// Text of the test's own; it throws where that is no JSON.
inline base::Json json(std::string_view text) {
  return base::parse_json(text).value();
}

inline ResourceState amy() {
  ResourceState state;
  state.attributes.username = "amy.lee";
  state.attributes.email = "amy.lee@example.test";
  return state;
}

/// An attribute path or anything else that a client might put in its place.
inline rc::Gen<std::string> any_path() {
  return rc::gen::oneOf(
      rc::gen::element<std::string>(
          "userName", "USERNAME", "active", "name", "name.givenName", "name.familyName", "name.", "emails",
          "emails.value", R"(emails[type eq "work"].value)", R"(emails[type eq "work"].primary)", "emails[",
          "title", "displayName", "department", "manager", "", ".", ":", std::string(user_schema_urn),
          std::string(enterprise_user_schema_urn), std::string(enterprise_user_schema_urn) + ":",
          std::string(enterprise_user_schema_urn) + ":department",
          std::string(user_schema_urn) + ":userName"),
      rc::gen::string<std::string>());
}

inline rc::Gen<base::Json> any_scalar() {
  return rc::gen::oneOf(
      rc::gen::map(rc::gen::element<std::string>("", "x", "True", "false", "work", "amy.lee", "a@b.c",
                                                 "Replace", "add", "remove"),
                   [](const std::string& text) { return base::Json(text); }),
      rc::gen::map(rc::gen::string<std::string>(), [](const std::string& text) { return base::Json(text); }),
      rc::gen::map(rc::gen::arbitrary<bool>(), [](bool value) { return base::Json(value); }),
      rc::gen::map(rc::gen::arbitrary<std::int64_t>(), [](std::int64_t value) { return base::Json(value); }),
      rc::gen::just(base::Json(nullptr)));
}

inline rc::Gen<std::string> any_key() {
  return rc::gen::oneOf(any_path(), rc::gen::element<std::string>("op", "OP", "path", "value", "Operations",
                                                                  "type", "primary", "schemas", "givenName"));
}

inline base::Json to_object(const std::vector<std::pair<std::string, base::Json>>& members) {
  base::JsonObject object;
  for (const auto& [key, value] : members) object[key] = value;
  return object;
}

/// Nested at most `depth` deep.
inline rc::Gen<base::Json> any_json(int depth = 4) {
  if (depth == 0) return any_scalar();
  const auto array =
      rc::gen::map(rc::gen::resize(5, rc::gen::container<std::vector<base::Json>>(any_json(depth - 1))),
                   [](const std::vector<base::Json>& values) {
                     return base::Json(base::JsonArray(values.begin(), values.end()));
                   });
  const auto object =
      rc::gen::map(rc::gen::resize(5, rc::gen::container<std::vector<std::pair<std::string, base::Json>>>(
                                          rc::gen::pair(any_key(), any_json(depth - 1)))),
                   to_object);
  return rc::gen::oneOf(any_scalar(), array, object);
}

inline rc::Gen<base::JsonObject> any_object() {
  return rc::gen::map(rc::gen::resize(8, rc::gen::container<std::vector<std::pair<std::string, base::Json>>>(
                                             rc::gen::pair(any_key(), any_json(3)))),
                      [](const std::vector<std::pair<std::string, base::Json>>& members) {
                        return to_object(members).get_object();
                      });
}

}  // namespace directory::scim
