#include "fakes/graph/delta.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "fakes/graph/delta_entry.h"
#include "fakes/graph/delta_token.h"
#include "fakes/graph/odata/filter.h"

namespace fakes::graph {
namespace {

constexpr std::size_t most_filtered = 50;  ///< ids [Graph DL4]
constexpr std::size_t replayed = 3;        ///< entries, with the quirk

/// The ids that `id eq 'x' or id eq 'y'` names. [Graph DL4]
Outcome<std::vector<std::string>> filtered_ids(const Request& request, ObjectKind kind) {
  std::vector<std::string> ids;
  const auto text = request.option("filter");
  if (!text) return ids;
  const auto filter = parse_filter(*text, kind);
  if (!filter) return std::unexpected(filter.error());
  const auto add = [&](const Filter& one) {
    const bool names_id = one.kind == Filter::Kind::equal && one.property != nullptr && one.property->name == "id" && one.values.front().is_string();
    if (names_id) ids.emplace_back(base::as_text(one.values.front().get_string()));
    return names_id;
  };
  const bool fits = filter->kind == Filter::Kind::one_of ? std::ranges::all_of(filter->operands, add) : add(*filter);
  if (!fits || ids.size() > most_filtered) return unsupported_query();
  return ids;
}

/// Of a first request. [Graph DL2] [Graph DL5]
Outcome<DeltaToken> first_token(const Call& call, ObjectKind kind) {
  for (const auto* option : {"expand", "top", "orderby", "search", "count"}) {
    if (call.request.option(option)) return unsupported_query();
  }
  auto ids = filtered_ids(call.request, kind);
  if (!ids) return std::unexpected(ids.error());
  DeltaToken token;
  token.kind = kind;
  token.issued = call.context.now;
  token.generation = call.context.delta_generation;
  token.ids = *std::move(ids);
  if (const auto select = call.request.option("select"); select && !select->empty()) {
    token.select = *select;
    token.has_select = true;
  }
  return token;
}

std::string url_of(const Request& request, std::string_view option, const std::string& token) {
  return fmt::format("{}{}?{}={}", request.root(), request.path_text(), option, token);
}

/// The first request again, with an empty token.
std::string url_of_first(const Request& request, const DeltaToken& token) {
  auto url = request.root() + request.path_text() + "?";
  if (token.has_select) url += fmt::format("$select={}&", base::percent_encode(token.select));
  if (!token.ids.empty()) url += fmt::format("$filter={}&", base::percent_encode(fmt::format("id eq '{}'", fmt::join(token.ids, "' or id eq '"))));
  return url + "$deltatoken=";
}

/// What an old token gets: a place to begin again, or only the word that it is too old. [Graph DL17]
std::unexpected<GraphError> outdated(const Call& call, const DeltaToken& token, bool with_location) {
  call.context.options.probing.reached(Probe::graph_voids_a_delta_token);
  if (!with_location) return refuse(400, "syncStateNotFound", "The sync state generation is not found; the delta token has expired.");
  GraphError error{410, "SyncStateNotFound", "The sync state generation is not found; a full synchronisation is required."};
  error.headers.push_back({"Location", url_of_first(call.request, token)});
  return std::unexpected(std::move(error));
}

Outcome<DeltaToken> continued_token(const Call& call, ObjectKind kind, const std::string& text) {
  auto token = decode_delta_token(text);
  if (!token || token->kind != kind) return bad_request("Badly formed content.");
  const auto& context = call.context;
  if (token->generation < context.delta_generation) return outdated(call, *token, true);
  if (context.now - token->issued > context.options.delta_token_life) return outdated(call, *token, context.has(Quirk::delta_expiry_is_410));
  return *std::move(token);
}

/// Where a new round of a known reader begins. [Graph DL12]
void begin_round(const Call& call, DeltaToken& token) {
  token.initial = false;
  if (call.context.has(Quirk::delta_replays)) {
    const auto& changes = call.context.tenant.changes();
    std::vector<std::uint64_t> before;
    for (auto at = changes.after(0); at != changes.end() && at->first <= token.since; ++at) {
      if (at->second.kind == token.kind) before.push_back(at->first);
    }
    const auto kept = before.size() > replayed ? before[before.size() - replayed - 1] : 0;
    token.since = before.empty() ? token.since : kept;
  }
  token.at = token.since;
}

struct Page {
  base::JsonArray entries{};
  bool is_last = true;
};

/// What the change at `sequence` tells, if anything. In the first round removals from before it are not news. [Graph DL18]
std::optional<DeltaEntry> told(const Call& call, const DeltaToken& token, const Tracking& tracking, std::uint64_t sequence,
                               const entra::ChangeFeed::Entry& change) {
  const auto& tenant = call.context.tenant;
  const auto* living = change.gone ? nullptr : tenant.find(change.id);
  if (living != nullptr) return entry_of(*living, tracking, token.group == change.id.text() ? token.members : 0);
  if (token.initial && sequence <= token.since) return std::nullopt;
  return DeltaEntry{removed_entry(change.id, change.gone ? Removal::deleted : Removal::changed)};
}

Page read_page(const Call& call, DeltaToken& token, const Selection& selection, std::uint64_t horizon) {
  const auto& context = call.context;
  const auto& changes = context.tenant.changes();
  const Tracking tracking{context.tenant, selection, token.initial, token.since, call.request.prefers("return=minimal"), context.options.members_page};
  Page page;
  for (auto at = changes.after(token.at); at != changes.end() && at->first <= horizon; ++at) {
    const auto& change = at->second;
    const bool is_asked = change.kind == token.kind && (token.ids.empty() || std::ranges::find(token.ids, change.id.text()) != token.ids.end());
    if (is_asked && page.entries.size() >= context.options.delta_page) {
      page.is_last = false;
      return page;
    }
    auto entry = is_asked ? told(call, token, tracking, at->first, change) : std::nullopt;
    if (entry) {
      if (context.has_now(Quirk::delta_duplicates)) page.entries.push_back(entry->json);
      page.entries.push_back(std::move(entry->json));
      if (entry->members_left > 0) {
        const auto before = token.group == change.id.text() ? token.members : 0;
        token.group = change.id.text();
        token.members = before + context.options.members_page;
        page.is_last = false;
        return page;
      }
    }
    token.group.clear();
    token.members = 0;
    token.at = at->first;
  }
  token.at = std::max(token.at, horizon);
  return page;
}

Reply answer(const Call& call, const DeltaToken& token, Page page, const Selection& selection) {
  base::JsonObject body;
  body["@odata.context"] = base::json_text(context(call.request, std::string(set_of(token.kind)) + selection.context_suffix()));
  auto next = token;
  next.issued = call.context.now;
  if (page.is_last) {
    next.initial = false;
    next.since = next.at;
    body["@odata.deltaLink"] = base::json_text(url_of(call.request, "$deltatoken", next.encode()));
  } else {
    body["@odata.nextLink"] = base::json_text(url_of(call.request, "$skiptoken", next.encode()));
  }
  body["value"] = std::move(page.entries);
  auto response = json_answer(200, body);
  if (call.request.prefers("return=minimal")) response.headers.add("Preference-Applied", "return=minimal");
  return response;
}

Reply delta(const Call& call, ObjectKind kind) {
  const auto& context = call.context;
  const auto horizon = context.has(Quirk::delta_ahead_of_writes) ? context.tenant.changes().last() : context.reading.horizon();
  const auto from = call.request.option("deltatoken");
  const auto next = call.request.option("skiptoken");
  const bool latest = from == "latest";
  const bool is_first = !next && (!from || from->empty() || latest);
  auto token = is_first ? first_token(call, kind) : continued_token(call, kind, next ? *next : *from);
  if (!token) return std::unexpected(token.error());
  const auto selection = read_selection(token->has_select ? std::optional(token->select) : std::nullopt, kind, Shape::list);
  if (!selection) return std::unexpected(selection.error());
  if (is_first) token->since = horizon;
  if (latest) {
    // [Graph DL6]
    token->at = horizon;
    return answer(call, *token, {}, *selection);
  }
  if (!is_first && !next) begin_round(call, *token);
  // [Graph DL13]
  if (context.has_now(Quirk::delta_empty_pages)) return answer(call, *token, {{}, false}, *selection);
  auto page = read_page(call, *token, *selection, horizon);
  return answer(call, *token, std::move(page), *selection);
}

}  // namespace

Reply user_delta(const Call& call) { return delta(call, ObjectKind::user); }
Reply group_delta(const Call& call) { return delta(call, ObjectKind::group); }

}  // namespace fakes::graph
