#include "fakes/graph/delta_token.h"

#include "base/digest.h"
#include "base/encoding.h"
#include "base/json.h"

namespace fakes::graph {
namespace {

constexpr std::size_t mark_size = 8;

/// So that a text of somebody else's making is told apart.
std::string mark_of(std::string_view bytes) { return base::to_hex(std::to_string(base::digest_of(bytes))).substr(0, mark_size); }

}  // namespace

std::string DeltaToken::encode() const {
  base::JsonObject json;
  json["g"] = kind == entra::ObjectKind::group;
  json["t"] = issued.time_since_epoch().count();
  json["v"] = generation;
  json["0"] = initial;
  json["s"] = since;
  json["a"] = at;
  if (has_select) json["p"] = base::json_text(select);
  if (!ids.empty()) {
    base::JsonArray list;
    for (const auto& id : ids) list.push_back(base::json_text(id));
    json["i"] = std::move(list);
  }
  if (!group.empty()) {
    json["m"] = base::json_text(group);
    json["n"] = members;
  }
  const auto text = base::to_text(json);
  return base::to_base64url(mark_of(text) + text);
}

std::optional<DeltaToken> decode_delta_token(std::string_view text) {
  const auto bytes = base::from_base64url(text);
  if (!bytes || bytes->size() < mark_size) return std::nullopt;
  const auto body = std::string_view(*bytes).substr(mark_size);
  if (bytes->substr(0, mark_size) != mark_of(body)) return std::nullopt;
  const auto json = base::parse_json(body);
  if (!json) return std::nullopt;
  DeltaToken out;
  out.kind = base::bool_member(*json, "g").value_or(false) ? entra::ObjectKind::group : entra::ObjectKind::user;
  out.issued = base::Instant{base::Duration{base::integer_member(*json, "t").value_or(0)}};
  out.generation = static_cast<std::uint64_t>(base::integer_member(*json, "v").value_or(0));
  out.initial = base::bool_member(*json, "0").value_or(true);
  out.since = static_cast<std::uint64_t>(base::integer_member(*json, "s").value_or(0));
  out.at = static_cast<std::uint64_t>(base::integer_member(*json, "a").value_or(0));
  if (const auto select = base::string_member(*json, "p")) {
    out.select = *select;
    out.has_select = true;
  }
  if (const auto* ids = base::member(*json, "i"); ids != nullptr && ids->is_array()) {
    for (const auto& id : ids->get_array()) {
      if (id.is_string()) out.ids.emplace_back(base::as_text(id.get_string()));
    }
  }
  out.group = base::string_or(*json, "m", "");
  out.members = static_cast<std::size_t>(base::integer_member(*json, "n").value_or(0));
  return out;
}

}  // namespace fakes::graph
