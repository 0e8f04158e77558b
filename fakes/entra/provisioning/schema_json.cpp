#include "fakes/entra/provisioning/schema_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/encoding.h"

namespace fakes::entra::provisioning {
namespace {

using base::equals_ignoring_case;
using base::Json;
using base::JsonArray;

constexpr std::string_view json_byte_order_mark = "\xEF\xBB\xBF";

std::unexpected<std::string> fail(std::string_view place, std::string_view why) { return std::unexpected(fmt::format("{}: {}", place, why)); }

const JsonArray* array_at(const Json& json, std::string_view name) {
  const auto* found = base::member(json, name);
  return found == nullptr ? nullptr : found->if_array();
}

bool is_absent(const Json* json) { return json == nullptr || json->is_null(); }

class Reader {
 public:
  explicit Reader(std::vector<std::string>* ignored) : ignored_(ignored) {}

  std::expected<ObjectMapping, std::string> object_mapping(const Json& json, ObjectKind kind, const std::string& place) {
    ObjectMapping mapping;
    mapping.enabled = base::bool_member(json, "enabled").value_or(true);
    const auto flows = base::string_or(json, "flowTypes", "Add, Update, Delete");
    mapping.create = names(flows, "Add");
    mapping.update = names(flows, "Update");
    mapping.remove = names(flows, "Delete");
    const auto* rows = array_at(json, "attributeMappings");
    if (rows == nullptr) return fail(place, "there are no attributeMappings");
    for (std::size_t i = 0; i < rows->size(); ++i) {
      auto row = attribute_mapping(rows->at(i), fmt::format("{}.attributeMappings[{}]", place, i));
      if (!row) return std::unexpected(row.error());
      // Of a list, too, one value of a type is served. [Entra provisioning-clients 2.1-11]
      const auto& target = row->target.text;
      if (std::ranges::any_of(mapping.rows, [&](const MappingRow& other) { return equals_ignoring_case(other.target.text, target); }))
        return fail(fmt::format("{}.attributeMappings[{}]", place, i), fmt::format("\"{}\" is mapped already", target));
      mapping.rows.push_back(*std::move(row));
    }
    const auto* scope = base::member(json, "scope");
    if (is_absent(scope)) return mapping;
    auto filters = scoping_filters(*scope, kind, place + ".scope");
    if (!filters) return std::unexpected(filters.error());
    mapping.filters = *std::move(filters);
    return mapping;
  }

 private:
  /// Whether a list such as `Add, Update` holds the word.
  static bool names(std::string_view list, std::string_view word) {
    for (auto rest = list; !rest.empty();) {
      const auto comma = std::min(rest.find(','), rest.size());
      auto each = rest.substr(0, comma);
      while (each.starts_with(' ')) each.remove_prefix(1);
      while (each.ends_with(' ')) each.remove_suffix(1);
      if (equals_ignoring_case(each, word)) return true;
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return false;
  }

  std::expected<MappingRow, std::string> attribute_mapping(const Json& json, const std::string& place) {
    const auto name = base::string_or(json, "targetAttributeName", "");
    auto target = parse_path(name);
    if (!target) return fail(place, fmt::format("\"{}\" is no target attribute", name));
    // [Entra provisioning-clients 2.1-12]
    const bool three_parts = target->conditions.size() > 1 && !target->sub.empty();
    if (three_parts || equals_ignoring_case(target->attribute, "entitlements"))
      return fail(place, fmt::format("\"{}\" is nothing that the service can address", name));
    MappingRow row{.target = *std::move(target), .source = Unmapped{}};
    row.default_value = base::string_or(json, "defaultValue", "");
    row.matching = static_cast<int>(base::integer_member(json, "matchingPriority").value_or(0));
    const auto flow = base::string_or(json, "flowType", "Always");
    if (equals_ignoring_case(flow, "ObjectAddOnly")) {
      row.apply = Apply::on_creation;
    } else if (!equals_ignoring_case(flow, "Always")) {
      ignored_->push_back(fmt::format("{}: the flow type {} is taken for Always", place, flow));
    }
    auto source = mapping_source(base::member(json, "source"), place + ".source");
    if (!source) return std::unexpected(source.error());
    row.source = *std::move(source);
    return row;
  }

  static std::expected<MappingSource, std::string> mapping_source(const Json* json, const std::string& place) {
    if (is_absent(json)) return Unmapped{};
    const auto type = base::string_or(*json, "type", "");
    const auto name = base::string_or(*json, "name", "");
    if (equals_ignoring_case(type, "Attribute")) return Direct{name};
    if (equals_ignoring_case(type, "Constant")) return Constant{name};
    if (!equals_ignoring_case(type, "Function")) return fail(place, fmt::format("there is no type of source \"{}\"", type));
    auto written = read_formula(base::string_or(*json, "expression", ""));
    if (!written) return fail(place, written.error().message);
    return *std::move(written);
  }

  std::expected<std::vector<ScopingFilter>, std::string> scoping_filters(const Json& json, ObjectKind kind, const std::string& place) {
    std::vector<ScopingFilter> filters;
    for (const auto* other : {"inputFilterGroups", "categoryFilterGroups"}) {
      const auto* groups = array_at(json, other);
      if (groups != nullptr && !groups->empty()) ignored_->push_back(fmt::format("{}: {} are not evaluated", place, other));
    }
    const auto* groups = array_at(json, "groups");
    for (std::size_t i = 0; groups != nullptr && i < groups->size(); ++i) {
      const auto where = fmt::format("{}.groups[{}]", place, i);
      ScopingFilter filter{base::string_or(groups->at(i), "name", ""), {}};
      const auto* clauses = array_at(groups->at(i), "clauses");
      for (std::size_t j = 0; clauses != nullptr && j < clauses->size(); ++j) {
        auto clause = scope_clause(clauses->at(j), kind, fmt::format("{}.clauses[{}]", where, j));
        if (!clause) return std::unexpected(clause.error());
        filter.clauses.push_back(*std::move(clause));
      }
      filters.push_back(std::move(filter));
    }
    return filters;
  }

  static std::expected<ScopeClause, std::string> scope_clause(const Json& json, ObjectKind kind, const std::string& place) {
    const auto name = base::string_or(json, "operatorName", "");
    const auto scope_operator = scope_operator_named(name);
    if (!scope_operator) return fail(place, fmt::format("there is no operator \"{}\"", name));
    ScopeClause clause{base::string_or(json, "sourceOperandName", ""), *scope_operator, {}};
    const auto* operand = base::member(json, "targetOperand");
    const auto* values = operand == nullptr ? nullptr : array_at(*operand, "values");
    if (values != nullptr && !values->empty() && values->front().is_string()) clause.value = base::as_text(values->front().get_string());
    if (const auto supported = check_clause(kind, clause); !supported) return fail(place, supported.error());
    return clause;
  }

  std::vector<std::string>* ignored_;
};

bool is_of(const Json& mapping, std::string_view object) { return equals_ignoring_case(base::string_or(mapping, "sourceObjectName", ""), object); }

}  // namespace

std::expected<SynchronizationSchema, std::string> read_schema(std::string_view text) {
  if (text.starts_with(json_byte_order_mark)) text.remove_prefix(json_byte_order_mark.size());
  const auto json = base::parse_json(text);
  if (!json) return std::unexpected(json.error().message);
  const auto* rules = array_at(*json, "synchronizationRules");
  if (rules == nullptr) return fail("synchronizationRules", "there are none");
  SynchronizationSchema schema;
  schema.groups.enabled = false;
  Reader reader(&schema.ignored);
  bool found = false;
  for (std::size_t i = 0; i < rules->size() && !found; ++i) {
    const auto* mappings = array_at(rules->at(i), "objectMappings");
    for (std::size_t j = 0; mappings != nullptr && j < mappings->size(); ++j) {
      const bool users = is_of(mappings->at(j), "User");
      if (!users && !is_of(mappings->at(j), "Group")) continue;
      auto mapping = reader.object_mapping(mappings->at(j), users ? ObjectKind::user : ObjectKind::group, fmt::format("synchronizationRules[{}].objectMappings[{}]", i, j));
      if (!mapping) return std::unexpected(mapping.error());
      (users ? schema.users : schema.groups) = *std::move(mapping);
      found = found || users;
    }
  }
  if (!found) return fail("synchronizationRules", "none of them maps users");
  return schema;
}

}  // namespace fakes::entra::provisioning
