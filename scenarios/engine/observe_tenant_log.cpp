#include <fmt/format.h>

#include <algorithm>

#include "scenarios/engine/comparison.h"
#include "scenarios/engine/observe.h"

namespace scenarios {
namespace {

/// What a request to Graph would change: one, or those of a batch that are no reads.
std::int64_t writes_in(const base::HttpRequest& request) {
  if (request.method == "GET") return 0;
  if (!request.target.ends_with("/$batch")) return 1;
  const auto body = base::parse_json(request.body);
  const auto* items = body ? base::member(*body, "requests") : nullptr;
  if (items == nullptr || !items->is_array()) return 0;
  return std::ranges::count_if(items->get_array(), [](const base::Json& item) { return base::string_or(item, "method", "") != "GET"; });
}

}  // namespace

base::Task<Observed> observe(Cast& cast, MicrosoftAudit wanted) {
  const auto& person = cast.person(wanted.user);
  const auto admin = wanted.by ? cast.person(*wanted.by).email : std::string();
  const auto* user = cast.tenant().find_user_by_name(person.email);
  std::int64_t count = 0;
  for (const auto& record : cast.tenant().audits()) {
    const bool is_about = user != nullptr && record.target == user->id();
    const bool is_of = (!wanted.activity || record.activity == *wanted.activity) && (!wanted.by || record.initiated_by.name == admin);
    if (is_about && is_of) ++count;
  }
  co_return counted(fmt::format("audit log of {}: {}{}", person.email, wanted.activity.value_or("any activity"), wanted.by ? " by " + admin : ""),
                    count, wanted.count);
}

base::Task<Observed> observe(Cast& cast, MicrosoftWrites wanted) {
  std::int64_t count = 0;
  for (const auto& exchange : cast.world().recorder().exchanges()) {
    if (exchange.from == "directory" && exchange.to == "graph") count += writes_in(exchange.request);
  }
  co_return counted("writes of the directory to Microsoft", count, wanted.count);
}

}  // namespace scenarios
