#include "fakes/scim/incoming.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "base/crypto.h"
#include "base/encoding.h"
#include "fakes/scim/articles.h"
#include "fakes/scim/comparison.h"
#include "fakes/scim/request.h"
#include "fakes/scim/value.h"

namespace fakes::scim {
namespace {

using Checked = std::expected<void, ScimError>;
using Mutability = Attribute::Mutability;

/// Whether a value that is sent for the attribute is passed over.
bool is_ignored(const Attribute& attribute) {
  return attribute.mutability == Mutability::read_only;
}

bool is_null_or_empty_list(const base::Json& value) {
  return value.is_null() || (value.is_array() && value.get_array().empty());
}

Checked take(base::JsonObject& into, const Attribute& attribute, const base::Json& sent,
             const Quirks& quirks) {
  if (sent.is_null() && quirks.has(Quirk::null_refused))
    return std::unexpected(bad_request("invalidValue", "null is no value"));
  if (sent.is_array() && sent.get_array().empty() && quirks.has(Quirk::empty_list_refused)) {
    return std::unexpected(bad_request("invalidValue", fmt::format("\"{}\" is empty", attribute.name)));
  }
  if (sent.is_string() && sent.get_string().size() > 1'000 && quirks.has(Quirk::long_texts_fail)) {
    return std::unexpected(ScimError{500, "", "value too long for type character varying(1000)"});
  }
  const bool empty_list = sent.is_array() && sent.get_array().empty();
  if (empty_list && attribute.type == Attribute::Type::complex &&
      quirks.has(Quirk::empty_list_stored_as_value)) {
    into[base::json_key(attribute.name)] = base::JsonArray{base::JsonObject{}};
    return {};
  }
  if (attribute.name == "nickName" && quirks.has(Quirk::nick_name_not_stored)) return {};
  auto accepted = accepted_value(attribute, sent, quirks);
  if (!accepted && quirks.has(Quirk::wrong_type_fails))
    return std::unexpected(ScimError{500, "", "the value could not be stored"});
  if (!accepted) return std::unexpected(accepted.error());
  constexpr std::size_t column = 255;
  if (accepted->is_string() && quirks.has(Quirk::long_texts_cut)) {
    *accepted = base::json_text(base::utf8_prefix(base::as_text(accepted->get_string()), column));
  }
  if (!is_null_or_empty_list(*accepted)) into[base::json_key(attribute.name)] = *std::move(accepted);
  return {};
}

Checked take_all(base::JsonObject& into, const Schema& schema, const base::JsonObject& members,
                 const Quirks& quirks) {
  for (const auto& [key, value] : members) {
    const auto* attribute = find_in_schema(schema, {key.data(), key.size()});
    if (attribute == nullptr) continue;
    if (is_ignored(*attribute) || attribute->name == "schemas") continue;
    if (auto done = take(into, *attribute, value, quirks); !done) return done;
  }
  return {};
}

const Schema* extension_named(const ResourceType& type, std::string_view urn) {
  const auto found = std::ranges::find_if(
      type.extensions, [&](const Schema* schema) { return base::equals_ignoring_case(schema->id, urn); });
  return found == type.extensions.end() ? nullptr : *found;
}

/// Each attribute of the type with its value, null where there is none; `visit` gets the schema, null for the
/// core's.
template <class Visit>
void for_each_attribute(const ResourceType& type, const base::JsonObject& attributes, Visit visit) {
  for (const auto& attribute : type.core->attributes)
    visit(nullptr, attribute, base::member(attributes, attribute.name));
  for (const auto* extension : type.extensions) {
    const auto* holder = base::member(attributes, extension->id);
    for (const auto& attribute : extension->attributes) {
      visit(extension, attribute, holder == nullptr ? nullptr : base::member(*holder, attribute.name));
    }
  }
}

ScimError taken(const Attribute& attribute, const Quirks& quirks) {
  const auto detail = fmt::format("another resource has this \"{}\"", attribute.name);
  if (quirks.has(Quirk::duplicate_is_400)) return bad_request("", detail);
  if (quirks.has(Quirk::duplicate_fails)) return {500, "", detail};
  return {409, quirks.has(Quirk::duplicate_unnamed) ? "" : "uniqueness", detail};
}

bool is_taken(const Quirks& quirks, const Store& store, const ResourceType& type, const Schema* extension,
              const Attribute& attribute, const base::Json& value, const Record* self) {
  return std::ranges::any_of(store.all(&type), [&](Store::Serial serial) {
    const auto& other = *store.find(serial);
    if (&other == self) return false;
    const auto* holder = extension == nullptr ? nullptr : base::member(other.attributes, extension->id);
    const auto* its = extension == nullptr ? base::member(other.attributes, attribute.name)
                      : holder == nullptr  ? nullptr
                                           : base::member(*holder, attribute.name);
    if (its == nullptr) return false;
    if (quirks.has(Quirk::duplicate_in_other_case_accepted)) return *its == value;
    return compare_values(attribute, *its, value, quirks) == 0;
  });
}

Checked check_members(const Context& context, const base::JsonObject& attributes, const Record* old) {
  const auto* members = base::member(attributes, "members");
  if (members == nullptr || !members->is_array()) return {};
  if (context.quirks.has(Quirk::unknown_members_created) && old == nullptr) return {};
  if (context.quirks.has(Quirk::unknown_members_kept_by_changes) && old != nullptr) return {};
  for (const auto& member : members->get_array()) {
    const auto id = base::string_member(member, "value");
    if (id && context.store.find(nullptr, *id) != nullptr) continue;
    if (!id && context.quirks.has(Quirk::removed_list_kept_empty)) continue;
    return std::unexpected(
        bad_request("invalidValue", fmt::format("there is no member \"{}\"", id.value_or(""))));
  }
  return {};
}

/// The core schema and each extension of which there is data. [RFC7643 3]
base::JsonArray schemas_of(const ResourceType& type, const base::JsonObject& attributes) {
  base::JsonArray schemas{base::json_text(type.core->id)};
  for (const auto* extension : type.extensions) {
    if (attributes.contains(base::json_key(extension->id))) schemas.push_back(base::json_text(extension->id));
  }
  return schemas;
}

}  // namespace

std::expected<base::JsonObject, ScimError> incoming_attributes(const base::Json& body,
                                                               const ResourceType& type,
                                                               const Quirks& quirks) {
  if (!names_schema(body, type.core->id) && !quirks.has(Quirk::base_schema_not_needed)) {
    return std::unexpected(
        bad_request("invalidValue", fmt::format("\"schemas\" does not name {}", type.core->id)));
  }
  const auto& members = body.get_object();
  if (quirks.has(Quirk::base_schema_must_come_first) &&
      body.at("schemas").at(0) != base::json_text(type.core->id)) {
    return std::unexpected(bad_request("invalidSyntax", "the base schema must come first"));
  }
  if (quirks.has(Quirk::schemas_must_come_first) && members.begin()->key() != "schemas") {
    return std::unexpected(bad_request("invalidSyntax", "\"schemas\" must come first"));
  }
  base::JsonObject attributes;
  if (auto done = take_all(attributes, common_schema(), members, quirks); !done)
    return std::unexpected(done.error());
  if (auto done = take_all(attributes, *type.core, members, quirks); !done)
    return std::unexpected(done.error());
  for (const auto& [key, value] : members) {
    const auto* extension = extension_named(type, {key.data(), key.size()});
    if (extension == nullptr || value.is_null()) continue;
    if (!names_schema(body, extension->id) && quirks.has(Quirk::unnamed_extension_ignored)) continue;
    if (!value.is_object())
      return std::unexpected(bad_request("invalidValue", fmt::format("{} is an object", extension->id)));
    base::JsonObject part;
    if (auto done = take_all(part, *extension, value.get_object(), quirks); !done)
      return std::unexpected(done.error());
    if (!part.empty()) attributes[base::json_key(extension->id)] = std::move(part);
  }
  const bool defaulted = &type == &user_type() && !attributes.contains("active");
  if (defaulted && !quirks.has(Quirk::default_only_shown)) attributes["active"] = true;
  return attributes;
}

std::expected<void, ScimError> check_required(const ResourceType& type, const base::JsonObject& attributes,
                                              const Quirks& quirks) {
  for (const auto& attribute : type.core->attributes) {
    if (!attribute.required) continue;
    const auto* value = base::member(attributes, attribute.name);
    if (value != nullptr && !is_empty_value(*value)) continue;
    if (quirks.has(Quirk::group_name_not_required) && attribute.name == "displayName") continue;
    return std::unexpected(bad_request("invalidValue", fmt::format("\"{}\" is required", attribute.name)));
  }
  return {};
}

std::expected<void, ScimError> check_unique(const Context& context, const ResourceType& type,
                                            const base::JsonObject& attributes, const Record* self) {
  const auto& quirks = context.quirks;
  Checked checked;
  for_each_attribute(
      type, attributes, [&](const Schema* extension, const Attribute& attribute, const base::Json* value) {
        if (!checked || value == nullptr || attribute.uniqueness == Attribute::Uniqueness::none) return;
        const bool blocked = quirks.has(Quirk::deleted_blocks_its_name) &&
                             is_taken(quirks, context.graveyard, type, extension, attribute, *value, self);
        if (blocked || is_taken(quirks, context.store, type, extension, attribute, *value, self)) {
          checked = std::unexpected(taken(attribute, quirks));
        }
      });
  const auto* external = base::member(attributes, "externalId");
  const bool once = quirks.has(Quirk::external_id_must_be_new) && self == nullptr && external != nullptr;
  if (once && is_taken(quirks, context.store, type, nullptr, *find_in_schema(common_schema(), "externalId"),
                       *external, nullptr)) {
    return std::unexpected(ScimError{409, "uniqueness", "another resource has this \"externalId\""});
  }
  return checked;
}

std::expected<base::JsonObject, ScimError> replacement_of(const Record& old, base::JsonObject incoming,
                                                          const Quirks& quirks) {
  std::expected<void, ScimError> checked;
  const auto keep = [&](const Schema* extension, const Attribute& attribute, const base::Json& value) {
    if (extension == nullptr) {
      incoming[base::json_key(attribute.name)] = value;
      return;
    }
    auto& holder = incoming[base::json_key(extension->id)];
    if (!holder.is_object()) holder.emplace_object();
    holder.get_object()[base::json_key(attribute.name)] = value;
  };
  for_each_attribute(*old.type, old.attributes,
                     [&](const Schema* extension, const Attribute& attribute, const base::Json* was) {
                       if (!checked) return;
                       const auto* holder =
                           extension == nullptr ? nullptr : base::member(incoming, extension->id);
                       const auto* now = extension == nullptr ? base::member(incoming, attribute.name)
                                         : holder == nullptr  ? nullptr
                                                              : base::member(*holder, attribute.name);
                       const auto refuse = [&] {
                         checked = std::unexpected(bad_request(
                             "mutability", fmt::format("\"{}\" cannot be changed", attribute.name)));
                       };
                       const bool immutable = attribute.mutability == Mutability::immutable;
                       if (was == nullptr) {
                         if (immutable && now != nullptr && quirks.has(Quirk::first_immutable_refused))
                           refuse();
                         return;
                       }
                       if (now == nullptr && (immutable || attribute.mutability == Mutability::write_only))
                         return keep(extension, attribute, *was);
                       if (immutable && *now != *was && !quirks.has(Quirk::immutable_replaced))
                         return refuse();
                       if (now == nullptr && quirks.has(Quirk::replacement_keeps_values) && !attribute.required &&
                           attribute.name != "active")
                         keep(extension, attribute, *was);
                     });
  if (!checked) return std::unexpected(checked.error());
  return incoming;
}

std::expected<base::JsonObject, ScimError> settled(Context& context, base::JsonObject attributes,
                                                   const ResourceType& type, const Record* old) {
  const auto& quirks = context.quirks;
  if (auto checked = check_members(context, attributes, old); !checked)
    return std::unexpected(checked.error());
  if (context.options.contract == Contract::articles && &type == &user_type()) {
    auto kept = kept_by_articles(std::move(attributes), old, quirks);
    if (!kept) return std::unexpected(kept.error());
    attributes = *std::move(kept);
  }
  auto* password = attributes.if_contains("password");
  const auto* known = old == nullptr ? nullptr : base::member(old->attributes, "password");
  const bool is_new =
      password != nullptr && password->is_string() && (known == nullptr || *known != *password);
  if (is_new && !quirks.has(Quirk::filter_finds_passwords)) {
    const base::Secret clear{std::string(base::as_text(password->get_string()))};
    *password = base::json_text(base::hash_password(clear, base::PasswordCost::simulated(), context.rng));
  }
  base::JsonObject complete;
  const auto* listed = base::member(attributes, "schemas");  // after a PATCH, which keeps it right
  complete["schemas"] = listed != nullptr ? *listed : base::Json(schemas_of(type, attributes));
  for (const auto& [name, value] : attributes) {
    if (name != "schemas") complete[name] = value;
  }
  return complete;
}

}  // namespace fakes::scim
