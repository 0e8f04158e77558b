#include "fakes/graph/logs.h"

#include <fmt/format.h>

#include "fakes/graph/log_json.h"
#include "fakes/graph/odata/json_filter.h"
#include "fakes/graph/page_token.h"
#include "fakes/graph/permissions.h"

namespace fakes::graph {
namespace {

constexpr std::size_t default_logs_page = 100;  ///< Assumed
constexpr std::size_t longest_logs_page = 999;

/// Records at least as old as the log is late. [Graph F25]
bool is_written(const Call& call, base::Instant at) { return at + call.context.options.log_lag <= call.context.now; }

Outcome<std::size_t> page_size(const Request& request) {
  const auto top = request.option("top");
  if (!top) return default_logs_page;
  const bool digits = !top->empty() && top->size() < 5 && top->find_first_not_of("0123456789") == std::string::npos;
  const auto size = digits ? std::stoul(*top) : 0;
  if (size < 1 || size > longest_logs_page)
    return unsupported_query(fmt::format("Invalid page size specified: '{}'. Must be between 1 and {} inclusive.", *top, longest_logs_page));
  return size;
}

/// The latest first.
template <class Records>
Reply list_records(const Call& call, const Records& records, std::string_view name) {
  const auto token = read_page_token(call.request, call.context.now, call.context.options.page_token_life);
  if (!token) return std::unexpected(token.error());
  const auto size = page_size(call.request);
  if (!size) return std::unexpected(size.error());
  JsonFilter filter;
  if (const auto text = call.request.option("filter")) {
    auto parsed = parse_json_filter(*text);
    if (!parsed) return std::unexpected(parsed.error());
    filter = *std::move(parsed);
  }
  base::JsonArray value;
  bool is_last = true;
  bool skips = token->has_value();
  std::string last;
  for (auto at = records.rbegin(); at != records.rend(); ++at) {
    if (skips) {
      skips = at->id != (*token)->last_id;
      continue;
    }
    if (!is_written(call, at->at)) continue;
    auto json = log_json(*at, call.context.tenant);
    if (!matches(filter, json)) continue;
    if (value.size() == *size) {
      is_last = false;
      break;
    }
    last = at->id;
    value.push_back(std::move(json));
  }
  base::JsonObject body;
  body["@odata.context"] = base::json_text(context(call.request, fmt::format("auditLogs/{}", name)));
  if (!is_last) body["@odata.nextLink"] = base::json_text(link_with_token(call.request, "$skiptoken=" + PageToken{call.context.now, false, last, {}}.encode(call.request)));
  body["value"] = std::move(value);
  return json_answer(200, body);
}

template <class Records>
Reply read_record(const Call& call, const Records& records, std::string_view name) {
  for (const auto& record : records) {
    if (record.id != call.keys.front() || !is_written(call, record.at)) continue;
    base::JsonObject body;
    body["@odata.context"] = base::json_text(context(call.request, fmt::format("auditLogs/{}/$entity", name)));
    for (const auto& [key, value] : log_json(record, call.context.tenant)) body[key] = value;
    return json_answer(200, body);
  }
  return no_such_resource(call.keys.front());
}

/// [Graph O9]
Outcome<void> may_see_sign_ins(const Call& call) {
  if (!has_one(call.token, "Directory.Read.All Directory.ReadWrite.All Directory.AccessAsUser.All")) return insufficient_privileges();
  if (!call.context.options.premium_licence)
    return refuse(403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant", "Neither tenant is B2C or tenant doesn't have premium license");
  return {};
}

const std::deque<entra::SignInRecord>& sign_ins(const Call& call) {
  static const std::deque<entra::SignInRecord> none;
  return call.context.sign_ins == nullptr ? none : call.context.sign_ins->records();
}

}  // namespace

Reply list_directory_audits(const Call& call) { return list_records(call, call.context.tenant.audits(), "directoryAudits"); }
Reply read_directory_audit(const Call& call) { return read_record(call, call.context.tenant.audits(), "directoryAudits"); }

Reply list_sign_ins(const Call& call) {
  if (const auto allowed = may_see_sign_ins(call); !allowed) return std::unexpected(allowed.error());
  return list_records(call, sign_ins(call), "signIns");
}

Reply read_sign_in(const Call& call) {
  if (const auto allowed = may_see_sign_ins(call); !allowed) return std::unexpected(allowed.error());
  return read_record(call, sign_ins(call), "signIns");
}

}  // namespace fakes::graph
