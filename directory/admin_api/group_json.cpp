#include "directory/admin_api/group_json.h"

#include <fmt/format.h>

#include "directory/admin_api/graph_json.h"
#include "directory/groups/dynamic_membership.h"
#include "directory/server/responses.h"

namespace directory {
namespace {

using base::HttpResponse;
using base::Json;
using base::JsonArray;
using base::JsonObject;

/// Takes over the text that the body names; null or "" clears an optional one. False where it is no string.
bool read_text(const JsonObject& body, std::string_view name, std::optional<std::string>& into) {
  const auto* value = base::member(body, name);
  if (value == nullptr) return true;
  if (!value->is_string() && !value->is_null()) return false;
  into.reset();
  if (value->is_string() && !value->get_string().empty())
    into = std::string(base::as_text(value->get_string()));
  return true;
}

std::optional<HttpResponse> apply_texts(GroupFields& fields, const JsonObject& body) {
  std::optional<std::string> name = fields.name;
  for (const auto& [field, into] :
       {std::pair{"name", &name}, {"description", &fields.description}, {"email", &fields.email}}) {
    if (!read_text(body, field, *into)) return error_response(400, fmt::format("{} must be a string", field));
  }
  fields.name = name.value_or("");
  return std::nullopt;
}

std::optional<HttpResponse> apply_exemptions(GroupFields& fields, GraphType member_type, const Json& list) {
  const auto malformed = [&] {
    return error_response(400,
                          fmt::format("memberQueryExemptions look like [{{\"id\": \"…\", \"type\": \"{}\"}}]",
                                      type_name(member_type)));
  };
  fields.exemptions.clear();
  if (list.is_null()) return std::nullopt;
  if (!list.is_array()) return malformed();
  for (const auto& object : list.get_array()) {
    auto id = base::string_member(object, "id");
    if (!id || base::string_or(object, "type", "") != type_name(member_type)) return malformed();
    fields.exemptions.push_back(std::move(*id));
  }
  return std::nullopt;
}

/// How members are found: by hand, or by a rule and its exemptions.
std::optional<HttpResponse> apply_rule(GroupFields& fields, GraphType type, const JsonObject& body) {
  if (const auto* given = base::member(body, "membershipMethod")) {
    const auto method = given->is_string() ? parse_method(base::as_text(given->get_string())) : std::nullopt;
    if (!method) {
      return error_response(
          400, "membershipMethod is one of NOTSET, STATIC, DYNAMIC_REVIEW_REQUIRED, DYNAMIC_AUTOMATED");
    }
    fields.membership_method = *method;
  }
  if (const auto* given = base::member(body, "memberQuery")) {
    fields.member_query.reset();
    if (!given->is_null()) {
      auto query = read_member_query(*given);
      if (!query) return error_response(400, query.error());
      fields.member_query = std::move(*query);
    }
  }
  if (const auto* given = base::member(body, "memberSuggestionsNotify")) {
    if (!given->is_bool()) return error_response(400, "memberSuggestionsNotify is true or false");
    fields.suggestions_notify = given->get_bool();
  }
  const auto* exemptions = base::member(body, "memberQueryExemptions");
  if (exemptions == nullptr) return std::nullopt;
  const auto member_type = type == GraphType::user_group ? GraphType::user : GraphType::system;
  return apply_exemptions(fields, member_type, *exemptions);
}

}  // namespace

JsonObject to_json(Database& db, const Group& group) {
  const auto& fields = group.fields;
  JsonObject attributes;
  if (group.type == GraphType::user_group) {
    attributes["sudo"] =
        JsonObject{{"enabled", fields.sudo}, {"withoutPassword", fields.sudo_without_password}};
  }
  JsonObject out{{"id", group.id.text()},
                 {"name", fields.name},
                 {"type", base::json_text(type_name(group.type))},
                 {"description", fields.description.value_or("")},
                 {"email", fields.email.value_or("")},
                 {"attributes", std::move(attributes)},
                 {"membershipMethod", base::json_text(method_name(fields.membership_method))},
                 {"memberQuery", nullptr},
                 {"memberSuggestionsNotify", fields.suggestions_notify}};
  if (fields.member_query) out["memberQuery"] = to_json(*fields.member_query);
  JsonArray exemptions;
  for (const auto& id : fields.exemptions) {
    exemptions.push_back(JsonObject{{"id", id}, {"type", base::json_text(type_name(group.member_type()))}});
  }
  out["memberQueryExemptions"] = std::move(exemptions);
  JsonArray flags;
  for (const auto& flag : error_flags(db, group)) flags.push_back(base::json_text(flag));
  out["memberQueryErrorFlags"] = std::move(flags);
  const auto counts = fields.membership_method == MembershipMethod::review_required
                          ? count_suggestions(db, group.id)
                          : SuggestionCounts{};
  out["suggestionCounts"] =
      JsonObject{{"add", counts.add}, {"remove", counts.remove}, {"total", counts.add + counts.remove}};
  return out;
}

std::optional<HttpResponse> apply_group_fields(GroupFields& fields, GraphType type, const JsonObject& body) {
  if (auto refused = apply_texts(fields, body)) return refused;
  if (auto refused = apply_rule(fields, type, body)) return refused;
  const auto attributes = read_attributes(body, {fields.sudo, fields.sudo_without_password});
  if (!attributes) return attributes.error();
  fields.sudo = attributes->sudo;
  fields.sudo_without_password = attributes->sudo_without_password;
  return std::nullopt;
}

}  // namespace directory
