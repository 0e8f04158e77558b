#include "fakes/okta/api/group_rules.h"

#include "base/encoding.h"
#include "fakes/okta/api/group_json.h"

namespace fakes::okta::api {
namespace {

/// The value at the end of these members, or null.
const base::Json* value_at(const base::JsonObject& body, std::initializer_list<std::string_view> members) {
  const base::JsonObject* object = &body;
  const base::Json* value = nullptr;
  for (const auto name : members) {
    value = object == nullptr ? nullptr : base::member(*object, name);
    object = value != nullptr && value->is_object() ? &value->get_object() : nullptr;
  }
  return value;
}

template <class Id>
Outcome<std::set<Id>> read_ids(const base::Json* list) {
  std::set<Id> out;
  if (list == nullptr || list->is_null()) return out;
  if (!list->is_array()) return refuse(ErrorCode::malformed_body);
  for (const auto& entry : list->get_array()) {
    if (!entry.is_string()) return refuse(ErrorCode::malformed_body);
    out.insert(Id{std::string(base::as_text(entry.get_string()))});
  }
  return out;
}

Outcome<Org::NewRule> read_rule_body(const Request& request) {
  const auto body = read_object(request);
  if (!body) return std::unexpected(body.error());
  const auto name = text_of(*body, "name");
  if (!name) return std::unexpected(name.error());
  auto groups = read_ids<GroupId>(value_at(*body, {"actions", "assignUserToGroups", "groupIds"}));
  if (!groups) return std::unexpected(groups.error());
  auto excluded = read_ids<UserId>(value_at(*body, {"conditions", "people", "users", "exclude"}));
  if (!excluded) return std::unexpected(excluded.error());
  const auto* expression = value_at(*body, {"conditions", "expression", "value"});
  if (expression == nullptr || !expression->is_string()) return invalid("expression", "The field cannot be left blank");
  return Org::NewRule{name->value_or(""), std::string(base::as_text(expression->get_string())), *std::move(groups), *std::move(excluded)};
}

Outcome<RuleId> rule_of(const Call& call) {
  const RuleId id{call.keys.front()};
  if (call.org().find(id) == nullptr) return no_such("GroupRule", id.text());
  return id;
}

Reply done(const Outcome<void>& outcome) {
  if (!outcome) return std::unexpected(outcome.error());
  return no_content();
}

}  // namespace

Reply create_rule(const Call& call) {
  const auto rule = read_rule_body(call.request);
  if (!rule) return std::unexpected(rule.error());
  const auto id = told(call.org().create_rule(*rule, call.actor()));
  if (!id) return std::unexpected(id.error());
  return json_answer(rule_json(*call.org().find(*id)));
}

Reply list_rules(const Call& call) {
  const auto page = read_page(call.request, {50, 200});
  if (!page) return std::unexpected(page.error());
  const auto wanted = base::to_lower(call.request.parameter("search").value_or(""));
  Listing listing(*page);
  const auto& rules = call.org().rules();
  for (auto at = rules.upper_bound(RuleId{listing.after()}); at != rules.end(); ++at) {
    if (base::to_lower(at->second.name).contains(wanted) && !listing.add(at->first.text(), rule_json(at->second))) break;
  }
  return listing.answer(call.request);
}

Reply read_rule(const Call& call) {
  const auto id = rule_of(call);
  if (!id) return std::unexpected(id.error());
  return json_answer(rule_json(*call.org().find(*id)));
}

Reply replace_rule(const Call& call) {
  const auto id = rule_of(call);
  if (!id) return std::unexpected(id.error());
  const auto rule = read_rule_body(call.request);
  if (!rule) return std::unexpected(rule.error());
  const auto updated = told(call.org().update_rule(*id, *rule, call.actor()));
  if (!updated) return std::unexpected(updated.error());
  return json_answer(rule_json(*call.org().find(*id)));
}

Reply delete_rule(const Call& call) {
  const auto id = rule_of(call);
  if (!id) return std::unexpected(id.error());
  const auto removes = call.request.flag("removeUsers", false);
  if (!removes) return std::unexpected(removes.error());
  return done(told(call.org().remove_rule(*id, *removes, call.actor())));
}

Reply activate_rule(const Call& call) {
  const auto id = rule_of(call);
  if (!id) return std::unexpected(id.error());
  return done(told(call.org().activate_rule(*id, call.actor())));
}

Reply deactivate_rule(const Call& call) {
  const auto id = rule_of(call);
  if (!id) return std::unexpected(id.error());
  return done(told(call.org().deactivate_rule(*id, call.actor())));
}

}  // namespace fakes::okta::api
