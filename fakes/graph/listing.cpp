#include "fakes/graph/listing.h"

#include <algorithm>
#include <memory>

#include "fakes/graph/expansion.h"
#include "fakes/graph/odata/plan.h"
#include "fakes/graph/odata/query.h"
#include "fakes/graph/page_token.h"

namespace fakes::graph {
namespace {

bool is_wanted(const DirectoryObject& object, const Query& query) {
  return (!query.filter || matches(*query.filter, object)) && (!query.search || matches(*query.search, object));
}

/// Calls `visit` with the objects that match, by id and after `last`, until it returns false.
template <class Visit>
void visit_matches(const Rows& rows, const Query& query, const std::string& last, const Visit& visit) {
  const auto visit_some = [&](const std::vector<const DirectoryObject*>& some) {
    for (const auto* object : some) {
      if (object->id().text() > last && is_wanted(*object, query) && !visit(*object)) return;
    }
  };
  if (rows.all == nullptr) return visit_some(rows.some);
  if (query.filter && rows.index != nullptr) {
    if (const auto planned = candidates(*query.filter, *rows.all, *rows.index)) return visit_some(*planned);
  }
  for (auto at = rows.all->upper_bound(ObjectId{last}); at != rows.all->end(); ++at) {
    if (is_wanted(at->second, query) && !visit(at->second)) return;
  }
}

struct Page {
  std::vector<const DirectoryObject*> objects{};
  bool is_last = true;
  std::size_t total = 0;  ///< where it was counted
};

Page unsorted_page(const Rows& rows, const Query& query, const PageToken* from) {
  Page page;
  visit_matches(rows, query, from == nullptr ? std::string() : from->last_id, [&](const DirectoryObject& object) {
    if (page.objects.size() == query.top) {
      page.is_last = false;
      return false;
    }
    page.objects.push_back(&object);
    return true;
  });
  return page;
}

Page sorted_page(const Rows& rows, const Query& query, const PageToken* from) {
  struct Row {
    base::JsonArray keys;
    const DirectoryObject* object = nullptr;
  };
  std::vector<Row> found;
  visit_matches(rows, query, {}, [&](const DirectoryObject& object) {
    found.push_back({keys_of(object, query.order), &object});
    return true;
  });
  const auto precedes = [&](const base::JsonArray& left, const std::string& left_id, const base::JsonArray& right, const std::string& right_id) {
    const auto result = compare_keys(left, right, query.order);
    return result != 0 ? result < 0 : left_id < right_id;
  };
  std::ranges::sort(found, [&](const Row& left, const Row& right) {
    return precedes(left.keys, left.object->id().text(), right.keys, right.object->id().text());
  });
  auto at = found.begin();
  if (from != nullptr) {
    at = std::ranges::find_if(found, [&](const Row& row) { return precedes(from->last_keys, from->last_id, row.keys, row.object->id().text()); });
  }
  Page page;
  for (; at != found.end() && page.objects.size() < query.top; ++at) page.objects.push_back(at->object);
  page.is_last = at == found.end();
  return page;
}

std::size_t count_matches(const Rows& rows, const Query& query) {
  std::size_t total = 0;
  visit_matches(rows, query, {}, [&](const DirectoryObject&) {
    ++total;
    return true;
  });
  return total;
}

}  // namespace

Rows rows_of(const Call& call, ObjectKind kind) {
  const bool counts = call.request.option("count") == "true" || (!call.request.path.empty() && call.request.path.back() == "$count");
  const bool advanced = call.request.is_eventual() && (counts || call.request.option("search"));
  const auto& reading = advanced ? call.context.index_reading : call.context.reading;
  return {kind, &reading.living(kind), {}, &reading.index(kind), std::string(set_of(kind))};
}

Rows rows_of(const Call& call, const std::vector<ObjectId>& ids) {
  Rows rows;
  rows.name = "directoryObjects";
  for (const auto& id : ids) {
    if (const auto* object = call.context.reading.find(id); object != nullptr) rows.some.push_back(object);
  }
  return rows;
}

base::JsonObject listed(const DirectoryObject& object, const Selection& selection, bool with_type) {
  base::JsonObject out;
  if (with_type) out["@odata.type"] = base::json_text(type_of(object.kind()));
  if (with_type) out["id"] = base::json_text(object.id().text());
  add_properties(out, object, selection);
  return out;
}

Reply list(const Call& call, const Rows& rows) {
  const auto& request = call.request;
  const auto& context = call.context;
  const auto token = read_page_token(request, context.now, context.options.page_token_life);
  if (!token) return std::unexpected(token.error());
  if (*token && context.has(Quirk::page_tokens_end_early)) return expired_page_token();
  const auto query = read_query(request, rows.kind.value_or(ObjectKind::user), !rows.kind);
  if (!query) return std::unexpected(query.error());
  const auto expansion = read_expansion(request, rows.kind);
  if (!expansion) return std::unexpected(expansion.error());
  const auto* from = *token ? &**token : nullptr;
  auto page = query->order.keys.empty() ? unsorted_page(rows, *query, from) : sorted_page(rows, *query, from);
  PageToken next{context.now, request.is_eventual(), from == nullptr ? std::string() : from->last_id, from == nullptr ? base::JsonArray{} : from->last_keys};
  // [Graph Q15]
  if (!page.objects.empty() && context.has_now(Quirk::empty_pages)) {
    page.objects.clear();
    page.is_last = false;
  }
  base::JsonObject body;
  body["@odata.context"] = base::json_text(graph::context(request, rows.name + query->selection.context_suffix()));
  // [Graph Q7] [Graph Q8]
  if (query->counts && from == nullptr) body["@odata.count"] = count_matches(rows, *query);
  if (!page.objects.empty()) {
    next.last_id = page.objects.back()->id().text();
    next.last_keys = keys_of(*page.objects.back(), query->order);
  }
  if (!page.is_last) body["@odata.nextLink"] = base::json_text(link_with_token(request, "$skiptoken=" + next.encode(request)));
  base::JsonArray value;
  value.reserve(page.objects.size());
  for (const auto* object : page.objects) {
    auto shown = listed(*object, query->selection, !rows.kind);
    if (*expansion) add_expansion(shown, call, *object, **expansion);
    value.push_back(std::move(shown));
  }
  body["value"] = std::move(value);
  return json_answer(200, body);
}

Reply count(const Call& call, const Rows& rows) {
  if (!call.request.is_eventual()) return bad_request("$count is not currently supported.");
  auto request = call.request;
  request.parameters.emplace_back("$count", "true");
  const auto query = read_query(request, rows.kind.value_or(ObjectKind::user), !rows.kind);
  if (!query) return std::unexpected(query.error());
  return base::HttpResponse(200, "text/plain", std::to_string(count_matches(rows, *query)));
}

}  // namespace fakes::graph
