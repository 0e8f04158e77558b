#include "fakes/scim/resources.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/encoding.h"
#include "fakes/scim/incoming.h"
#include "fakes/scim/patch.h"
#include "fakes/scim/preconditions.h"
#include "fakes/scim/presentation.h"
#include "fakes/scim/representation.h"

namespace fakes::scim {
namespace {

std::unexpected<ScimError> unknown(const Quirks& quirks) {
  return std::unexpected(
      ScimError{quirks.has(Quirk::unknown_id_is_400) ? 400 : 404, "", "there is no such resource"});
}

std::expected<Selection, ScimError> selection_of(const Request& request, const ResourceType& type,
                                                 const Quirks& quirks) {
  const bool writes = request.method != "GET";
  if (writes && quirks.has(Quirk::attributes_ignored_in_writes)) return Selection{};
  return read_selection(request.parameter("attributes").value_or(""),
                        request.parameter("excludedAttributes").value_or(""), type, quirks);
}

/// The resource that a request means, if the request holds for its version.
std::expected<const Record*, ScimError> meant(const Context& context, const Request& request,
                                              const ResourceType& type, const std::string& id) {
  const auto* record = context.store.find(&type, id);
  if (record == nullptr && context.quirks.has(Quirk::id_of_another_type_found))
    record = context.store.find(nullptr, id);
  if (record == nullptr && request.method == "GET" && context.quirks.has(Quirk::deleted_can_be_read)) {
    record = context.graveyard.find(&type, id);
  }
  if (record == nullptr) return unknown(context.quirks);
  const auto tag = tag_of(whole_resource(*record, context.store, context.options.base, context.quirks));
  const bool reads = request.method == "GET";
  if (!reads && !meets_if_match(request, tag, context.quirks)) {
    return std::unexpected(ScimError{412, "", "the resource has changed since"});
  }
  return record;
}

/// A UUID of random digits; the text bulkId cannot occur in it. [RFC7643 3.1]
std::string fresh_id(base::Rng& rng, const Quirks& quirks) {
  const auto digits = rng.hex(16);
  const auto id = fmt::format("{}-{}-{}-{}-{}", digits.substr(0, 8), digits.substr(8, 4),
                              digits.substr(12, 4), digits.substr(16, 4), digits.substr(20));
  return quirks.has(Quirk::id_contains_bulk_id) ? "bulkId-" + id : id;
}

std::string id_of_new(const Context& context, const base::Json& body, const base::JsonObject& attributes,
                      const ResourceType& type) {
  const auto& quirks = context.quirks;
  const auto sent = base::string_member(body, "id");
  if (sent && quirks.has(Quirk::client_id_taken) && context.store.find(nullptr, *sent) == nullptr)
    return *sent;
  const auto name = base::to_lower(base::string_or(attributes, "userName", ""));
  if (&type == &user_type() && quirks.has(Quirk::id_made_of_the_name) &&
      context.store.find(nullptr, base::to_hex(name)) == nullptr)
    return base::to_hex(name);
  if (quirks.has(Quirk::ids_counted_by_type))
    return std::to_string(context.store.all(&type).size() + context.graveyard.all(&type).size() + 1);
  return fresh_id(context.rng, quirks);
}

/// Writes an existing resource, unless it stays as it is.
void save(Context& context, const Record& old, base::JsonObject attributes, bool touch) {
  if (attributes == old.attributes && !touch) return;
  const auto modified = old.modified;
  context.store.change(old, std::move(attributes), context.now);
  if (context.quirks.has(Quirk::modified_never_moves)) context.store.set_times(old, old.created, modified);
}

bool repeats_read_only(const base::Json& body) {
  const auto holds = [&](const char* name) { return body.get_object().contains(name); };
  return holds("id") || holds("meta") || holds("groups");
}

std::optional<base::Instant> created_in(const base::Json& body) {
  const auto* meta = base::member(body, "meta");
  const auto created = base::parse_rfc3339(meta == nullptr ? "" : base::string_or(*meta, "created", ""));
  return created ? std::optional(*created) : std::nullopt;
}

std::string type_called_in(const base::Json& body, const Quirks& quirks) {
  const auto* meta = base::member(body, "meta");
  const bool taken = meta != nullptr && quirks.has(Quirk::resource_type_taken_from_client);
  return taken ? base::string_or(*meta, "resourceType", "") : "";
}

/// Makes a user a member of the groups that a body names, which no provider should.
void join_groups(Context& context, const base::Json& body, const std::string& id) {
  const auto* groups = base::member(body, "groups");
  if (groups == nullptr || !groups->is_array()) return;
  for (const auto& entry : groups->get_array()) {
    const auto* group = context.store.find(&group_type(), base::string_or(entry, "value", ""));
    if (group == nullptr) continue;
    auto attributes = group->attributes;
    auto& members = attributes["members"];
    if (!members.is_array()) members.emplace_array();
    members.get_array().push_back(base::JsonObject{{"value", base::json_text(id)}});
    save(context, *group, std::move(attributes), false);
  }
}

/// Takes the groups that operations of a PATCH name for memberships; false where there are none.
bool join_groups_by_patch(Context& context, const base::Json& body, const std::string& id) {
  const auto* operations = base::member(body, "Operations");
  if (operations == nullptr || !operations->is_array()) return false;
  bool joined = false;
  for (const auto& operation : operations->get_array()) {
    const auto* value = base::member(operation, "value");
    if (value == nullptr || base::string_or(operation, "path", "") != "groups") continue;
    join_groups(context, base::JsonObject{{"groups", *value}}, id);
    joined = true;
  }
  return joined;
}

/// Leaves the entry of a group that goes in what is stored of its members.
void keep_memberships(Context& context, const Record& group) {
  const auto* members = base::member(group.attributes, "members");
  if (members == nullptr || !members->is_array()) return;
  for (const auto& member : members->get_array()) {
    const auto* user = context.store.find(&user_type(), base::string_or(member, "value", ""));
    if (user == nullptr) continue;
    auto attributes = user->attributes;
    attributes["groups"] = base::JsonArray{base::JsonObject{{"value", base::json_text(group.id)}}};
    context.store.change(*user, std::move(attributes), context.now);
  }
}

/// Whether a group lists itself, perhaps through other groups.
bool is_in_itself(const Store& store, const std::string& id) {
  std::set<std::string> seen;
  std::vector<std::string> next{id};
  while (!next.empty()) {
    const auto member = next.back();
    next.pop_back();
    for (const auto serial : store.groups_of(member)) {
      const auto& group = store.find(serial)->id;
      if (group == id) return true;
      if (seen.insert(group).second) next.push_back(group);
    }
  }
  return false;
}

/// The members of a body beside those of the schemas, as a provider shows them that repeats what it was sent.
base::HttpResponse echoing(base::HttpResponse response, const base::Json& body) {
  auto answer = base::parse_json(response.body);
  if (!answer || !answer->is_object()) return response;
  for (const auto& [name, value] : body.get_object()) {
    if (!answer->get_object().contains(name) && name != "password") answer->get_object()[name] = value;
  }
  response.body = base::to_text(*answer);
  return response;
}

}  // namespace

Answer create_resource(Context& context, const Request& request, const ResourceType& type) {
  const auto& quirks = context.quirks;
  const auto selection = selection_of(request, type, quirks);
  if (!selection) return std::unexpected(selection.error());
  const auto body = read_body(request, context.options, quirks);
  if (!body) return std::unexpected(body.error());
  if (repeats_read_only(*body) && quirks.has(Quirk::read_only_refused))
    return std::unexpected(bad_request("mutability", "it is readOnly"));
  auto lax = quirks;
  lax.remove(Quirk::wrong_type_stored);
  if (quirks.has(Quirk::wrong_type_created)) lax.add(Quirk::wrong_type_stored);
  if (quirks.has(Quirk::boolean_text_kept_by_create)) lax.add(Quirk::boolean_text_kept);
  auto attributes = incoming_attributes(*body, type, lax);
  if (!attributes) {
    if (quirks.has(Quirk::refused_create_leaves_resource)) {
      const auto name = base::json_text(base::string_or(*body, "userName", "?"));
      context.store.insert({&type,
                            fresh_id(context.rng, quirks),
                            {{"schemas", {base::json_text(type.core->id)}}, {"userName", name}},
                            context.now,
                            context.now});
    }
    return std::unexpected(attributes.error());
  }
  const bool nameless = quirks.has(Quirk::user_name_not_required) && &type == &user_type() &&
                        !body->get_object().contains("userName");
  const bool emptied =
      quirks.has(Quirk::empty_user_name_accepted) && base::string_or(*body, "userName", "?").empty();
  if (auto checked = check_required(type, *attributes, quirks); !checked && !nameless && !emptied)
    return std::unexpected(checked.error());
  if (auto checked = check_unique(context, type, *attributes, nullptr);
      !checked && !quirks.has(Quirk::duplicate_accepted))
    return std::unexpected(checked.error());
  auto complete = settled(context, *std::move(attributes), type, nullptr);
  if (!complete) return std::unexpected(complete.error());
  const auto id = id_of_new(context, *body, *complete, type);
  const auto created =
      quirks.has(Quirk::created_taken_in_create) ? created_in(*body).value_or(context.now) : context.now;
  const auto serial = context.store.insert(
      {&type, id, *std::move(complete), created, context.now, type_called_in(*body, quirks)});
  if (quirks.has(Quirk::groups_taken_from_users)) join_groups(context, *body, id);
  if (quirks.has(Quirk::circles_of_groups_fail) && is_in_itself(context.store, id))
    return std::unexpected(ScimError{500, "", "stack overflow"});
  auto response = resource_answer(201, context, *context.store.find(serial), *selection);
  if (quirks.has(Quirk::create_answers_200)) response.status = 200;
  if (quirks.has(Quirk::create_answers_without_body)) response.body.clear();
  if (quirks.has(Quirk::answer_repeats_request)) response = echoing(std::move(response), *body);
  return response;
}

Answer read_resource(Context& context, const Request& request, const ResourceType& type,
                     const std::string& id) {
  const auto& quirks = context.quirks;
  const auto record = meant(context, request, type, id);
  if (!record) {
    const bool odd =
        id.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.") !=
        std::string::npos;
    if (odd && quirks.has(Quirk::odd_id_fails))
      return std::unexpected(ScimError{500, "", "the id could not be read"});
    if (quirks.has(Quirk::unknown_id_is_empty)) return base::HttpResponse(200, "application/scim+json", "{}");
    return std::unexpected(record.error());
  }
  const auto selection = selection_of(request, type, quirks);
  if (!selection) return std::unexpected(selection.error());
  if (quirks.has(Quirk::inactive_cannot_be_read) &&
      !base::bool_member((*record)->attributes, "active").value_or(true))
    return std::unexpected(ScimError{404, "", "there is no such user"});
  if (quirks.has(Quirk::reading_moves_modified))
    context.store.change(**record, (*record)->attributes, context.now);
  auto response = resource_answer(200, context, **record, *selection);
  const auto tag = tag_of(whole_resource(**record, context.store, context.options.base, quirks));
  if (!is_known(request, tag, quirks)) return response;
  response.status = 304;
  response.body.clear();
  response.headers.remove("Content-Type");
  return response;
}

Answer replace_resource(Context& context, const Request& request, const ResourceType& type,
                        const std::string& id) {
  const auto& quirks = context.quirks;
  if (quirks.has(Quirk::put_creates) && context.store.find(nullptr, id) == nullptr)
    return create_resource(context, request, type);
  const auto record = meant(context, request, type, id);
  if (!record) return std::unexpected(record.error());
  const auto& old = **record;
  const auto selection = selection_of(request, type, quirks);
  if (!selection) return std::unexpected(selection.error());
  auto body = read_body(request, context.options, quirks);
  if (!body) return std::unexpected(body.error());
  const auto* meta = base::member(*body, "meta");
  if (meta != nullptr && base::member(*meta, "version") != nullptr &&
      quirks.has(Quirk::version_in_body_refused)) {
    return std::unexpected(bad_request("mutability", "meta.version cannot be written"));
  }
  if (repeats_read_only(*body) && quirks.has(Quirk::read_only_refused_by_put))
    return std::unexpected(bad_request("mutability", "it is readOnly"));
  auto incoming = incoming_attributes(*body, type, quirks);
  if (!incoming) return std::unexpected(incoming.error());
  if (incoming->contains("password") && quirks.has(Quirk::password_not_replaced)) {
    return std::unexpected(bad_request("mutability", "the password cannot be changed"));
  }
  if (quirks.has(Quirk::replacement_needs_no_user_name) && !incoming->contains("userName") &&
      old.attributes.contains("userName")) {
    (*incoming)["userName"] = old.attributes.at("userName");
  }
  if (auto checked = check_required(type, *incoming, quirks); !checked)
    return std::unexpected(checked.error());
  auto replaced = replacement_of(old, *std::move(incoming), quirks);
  if (!replaced) return std::unexpected(replaced.error());
  if (auto checked = check_unique(context, type, *replaced, &old);
      !checked && !quirks.has(Quirk::taken_name_accepted_by_put))
    return std::unexpected(checked.error());
  auto complete = settled(context, *std::move(replaced), type, &old);
  if (!complete) return std::unexpected(complete.error());
  const bool renamed =
      complete->contains("userName") && complete->at("userName") != old.attributes.at("userName");
  save(context, old, *std::move(complete), false);
  if (quirks.has(Quirk::groups_taken_by_put)) join_groups(context, *body, id);
  const auto created = created_in(*body);
  if (created && quirks.has(Quirk::created_taken_from_client))
    context.store.set_times(old, *created, old.modified);
  if (renamed && quirks.has(Quirk::renaming_changes_the_id)) {
    auto moved = old;
    moved.id = fresh_id(context.rng, quirks);
    context.store.erase(old);
    return resource_answer(200, context, *context.store.find(context.store.insert(std::move(moved))),
                           *selection);
  }
  auto response = resource_answer(200, context, old, *selection);
  if (quirks.has(Quirk::replace_answers_204)) return base::HttpResponse(204);
  return response;
}

Answer patch_resource(Context& context, const Request& request, const ResourceType& type,
                      const std::string& id) {
  const auto& quirks = context.quirks;
  const auto record = meant(context, request, type, id);
  const bool deleted = context.graveyard.find(&type, id) != nullptr;
  const bool gone = context.store.find(&type, id) == nullptr;
  if (gone && quirks.has(deleted ? Quirk::deleted_can_be_patched : Quirk::patch_of_unknown_id_succeeds))
    return base::HttpResponse(204);
  if (!record) return std::unexpected(record.error());
  const auto& old = **record;
  const auto selection = selection_of(request, type, quirks);
  if (!selection) return std::unexpected(selection.error());
  const auto body = read_body(request, context.options, quirks);
  if (!body) return std::unexpected(body.error());
  if (quirks.has(Quirk::groups_taken_by_patch) && &type == &user_type() && join_groups_by_patch(context, *body, id))
    return base::HttpResponse(204);
  // It is applied to all that is shown, so that what is readOnly is seen to be there; what is derived is
  // taken out again.
  auto whole = whole_resource(old, context.store, context.options.base, quirks);
  whole["schemas"] = old.attributes.at("schemas");
  const auto result = apply_patch(whole, *body, type, quirks);
  if (!result && result.error().scim_type == "noTarget" && quirks.has(Quirk::refused_patch_without_body))
    return base::HttpResponse(400);
  if (!result && !quirks.has(Quirk::patch_not_atomic)) return std::unexpected(result.error());
  const auto after = stored_part(whole, context.store);
  const bool was_active = base::bool_member(old.attributes, "active").value_or(true);
  if (!was_active && base::bool_member(after, "active") == true && quirks.has(Quirk::reactivation_refused)) {
    return std::unexpected(bad_request("mutability", "who left cannot come back"));
  }
  if (auto checked = check_unique(context, type, after, &old);
      !checked && !quirks.has(Quirk::taken_name_accepted_by_patch))
    return std::unexpected(checked.error());
  auto complete = settled(context, after, type, &old);
  if (!complete) return std::unexpected(complete.error());
  save(context, old, *std::move(complete),
       result && result->changed && quirks.has(Quirk::patch_always_changes));
  if (!result) return std::unexpected(result.error());
  if (quirks.has(Quirk::circles_of_groups_fail) && is_in_itself(context.store, id))
    return std::unexpected(ScimError{500, "", "stack overflow"});
  if (quirks.has(Quirk::patch_answers_200_without_body)) return base::HttpResponse(200);
  if (quirks.has(Quirk::patch_answers_204_always)) return base::HttpResponse(204);
  return resource_answer(200, context, old, *selection);
}

Answer delete_resource(Context& context, const Request& request, const ResourceType& type,
                       const std::string& id) {
  const auto& quirks = context.quirks;
  const auto record = meant(context, request, type, id);
  const bool again = context.graveyard.find(&type, id) != nullptr;
  if (!record && record.error().status == 404 &&
      quirks.has(again ? Quirk::deleted_twice : Quirk::unknown_id_deleted))
    return base::HttpResponse(204);
  if (!record) return std::unexpected(record.error());
  if (context.options.contract == Contract::articles && quirks.has(Quirk::delete_suspends)) {
    auto suspended = (*record)->attributes;
    suspended["active"] = false;
    save(context, **record, std::move(suspended), false);
    return base::HttpResponse(204);
  }
  for (const auto serial : std::vector(context.store.groups_of(id))) {
    if (quirks.has(Quirk::deleted_stays_a_member)) break;
    const auto& group = *context.store.find(serial);
    auto attributes = group.attributes;
    auto& members = attributes["members"].get_array();
    members.erase(
        std::remove_if(members.begin(), members.end(),
                       [&](const base::Json& member) { return base::string_member(member, "value") == id; }),
        members.end());
    if (members.empty()) attributes.stable_erase("members");
    save(context, group, std::move(attributes), false);
  }
  if (quirks.has(Quirk::deleted_group_stays_in_users)) keep_memberships(context, **record);
  context.graveyard.insert(**record);
  context.store.erase(**record);
  if (quirks.has(&type == &group_type() ? Quirk::delete_of_groups_answers_200 : Quirk::delete_answers_200))
    return base::HttpResponse(200, "application/scim+json", "{}");
  return base::HttpResponse(204);
}

}  // namespace fakes::scim
