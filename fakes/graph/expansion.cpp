#include "fakes/graph/expansion.h"

#include <fmt/format.h>

#include <array>

#include "fakes/graph/listing.h"

namespace fakes::graph {
namespace {

constexpr std::size_t most = 20;

struct Row {
  std::string_view name;
  ObjectKind kind;
  Expansion expansion;
};
constexpr std::array rows{
    Row{"manager", ObjectKind::user, Expansion::manager},    Row{"memberOf", ObjectKind::user, Expansion::member_of},
    Row{"members", ObjectKind::group, Expansion::members},   Row{"owners", ObjectKind::group, Expansion::owners},
    Row{"memberOf", ObjectKind::group, Expansion::member_of},
};

std::vector<ObjectId> present(const entra::Links& links) {
  std::vector<ObjectId> out;
  for (const auto& [id, since] : links.present) out.push_back(id);
  return out;
}

std::vector<ObjectId> related(const Reading& reading, const ObjectId& id, Expansion expansion) {
  switch (expansion) {
    case Expansion::members: return present(reading.members_of(id));
    case Expansion::owners: return present(reading.owners_of(id));
    case Expansion::member_of: return reading.groups_of(id);
    case Expansion::manager: {
      const auto manager = reading.manager_of(id);
      return manager ? std::vector{*manager} : std::vector<ObjectId>{};
    }
  }
  return {};
}

std::string_view name_of(Expansion expansion) {
  for (const auto& row : rows) {
    if (row.expansion == expansion) return row.name;
  }
  return {};
}

}  // namespace

Outcome<std::optional<Expansion>> read_expansion(const Request& request, std::optional<ObjectKind> kind) {
  const auto text = request.option("expand");
  if (!text || text->empty()) return std::nullopt;
  if (text->contains('(') || text->contains(',')) return unsupported_query();
  for (const auto& row : rows) {
    if (row.name == *text && row.kind == kind) return row.expansion;
  }
  return refuse(400, "BadRequest", fmt::format("Parsing OData Select and Expand failed: Could not find a property named '{}' on type '{}'.", *text,
                                               kind ? type_of(*kind).substr(1) : "microsoft.graph.directoryObject"));
}

void add_expansion(base::JsonObject& out, const Call& call, const DirectoryObject& object, Expansion expansion) {
  static const auto defaults = read_selection(std::nullopt, std::nullopt, Shape::one);
  base::JsonArray shown;
  for (const auto& id : related(call.context.reading, object.id(), expansion)) {
    const auto* other = call.context.reading.find(id);
    if (other != nullptr && shown.size() < most) shown.push_back(listed(*other, *defaults, true));
  }
  if (expansion != Expansion::manager) {
    out[base::json_key(name_of(expansion))] = std::move(shown);
  } else if (!shown.empty()) {
    out["manager"] = shown.front();
  }
}

}  // namespace fakes::graph
