#include "directory/admin_api/user_listing.h"

#include "directory/admin_api/user_json.h"
#include "directory/users/user_store.h"

namespace directory {
namespace {

using base::JsonArray;
using base::JsonObject;

JsonObject plain_page(Core& core, const ListQuery& query) {
  JsonArray results;
  for (const auto& user : list_users(core.db(), query.skip, query.limit)) {
    results.push_back(select_fields(query, to_json(core, user)));
  }
  return {{"results", std::move(results)}, {"totalCount", count_users(core.db())}};
}

/// The only user who can match, where one of the conditions that must all hold names a unique value; empty
/// where none does. The user may be missing.
std::optional<std::optional<User>> only_candidate(Core& core, const ListQuery& query) {
  if (query.combine != ListQuery::Combine::all) return std::nullopt;
  for (const auto& condition : query.conditions) {
    if (condition.op != ListCondition::Op::equal) continue;
    if (condition.field == "_id" || condition.field == "id")
      return find_user(core.db(), UserId{condition.value});
    if (condition.field == "username") return find_user_by_username(core.db(), condition.value);
    if (condition.field == "email") return find_user_by_email(core.db(), condition.value);
  }
  return std::nullopt;
}

/// Those that match, each with the fields of the order alone.
std::vector<JsonObject> matching(Core& core, const ListQuery& query) {
  ListQuery needed;
  for (const auto& order : query.order) needed.fields.push_back(order.field.substr(0, order.field.find('.')));
  if (needed.fields.empty()) needed.fields.emplace_back("_id");
  std::vector<JsonObject> found;
  const auto consider = [&](const User& user) {
    auto document = to_json(core, user);
    if (matches(query, document)) found.push_back(select_fields(needed, std::move(document)));
  };
  if (const auto candidate = only_candidate(core, query)) {
    if (*candidate) consider(**candidate);
  } else {
    for_each_user(core.db(), consider);
  }
  return found;
}

}  // namespace

JsonObject list_users(Core& core, const ListQuery& query) {
  if (query.is_plain()) return plain_page(core, query);
  ListQuery order;
  order.order = query.order;
  order.skip = query.skip;
  order.limit = query.limit;
  auto answer = run_list_query(order, matching(core, query));
  for (auto& shown : answer["results"].as_array()) {
    const auto user = find_user(core.db(), UserId{base::string_or(shown, "_id", "")});
    if (user) shown = select_fields(query, to_json(core, *user));
  }
  return answer;
}

}  // namespace directory
