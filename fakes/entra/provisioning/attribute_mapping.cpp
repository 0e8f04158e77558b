#include "fakes/entra/provisioning/attribute_mapping.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "fakes/entra/expression/roles.h"

namespace fakes::entra::provisioning {
namespace {

using base::Json;
using base::JsonArray;
using expression::Value;

ScimPath path_of(std::string_view target) { return parse_path(target).value_or(ScimPath{std::string(target), {}, std::string(target), {}, {}}); }

/// As the target's type asks. Of several values a place for one is given the first. Assumed.
Json to_json(const Value& value, const ScimPath& target) {
  if (expression::is_null_or_empty(value)) return {};
  if (is_boolean(target)) {
    const auto truth = expression::as_truth(value);
    return truth ? Json(*truth) : Json();
  }
  if (const auto* truth = std::get_if<bool>(&value)) return base::json_text(expression::spelling(*truth));
  if (const auto* number = std::get_if<std::int64_t>(&value)) return Json(*number);
  if (const auto* text = std::get_if<std::string>(&value)) return base::json_text(*text);
  const auto texts = expression::as_list(value);
  if (texts.size() == 1 || target.has_filter()) return base::json_text(texts.front());
  JsonArray array;
  for (const auto& text : texts) array.push_back(base::json_text(text));
  return array;
}

std::expected<expression::Outcome, std::string> outcome_of(const MappingRow& row, const SourceObject& source,
                                                           const EvaluationSettings& settings, bool forgets) {
  if (const auto* attribute = std::get_if<Direct>(&row.source)) return expression::Outcome{.value = attribute_of(source, attribute->attribute)};
  if (const auto* fixed = std::get_if<Constant>(&row.source)) return expression::Outcome{.value = fixed->value};
  const auto* written = std::get_if<Formula>(&row.source);
  if (written == nullptr) return expression::Outcome{};
  SourceContext context(source, settings.now, settings.rng, forgets);
  auto outcome = expression::evaluate(written->tree, context);
  if (!outcome) return std::unexpected(outcome.error().text);
  return *std::move(outcome);
}

}  // namespace

MappingRow direct(std::string_view target, std::string_view attribute, int matching) {
  return {path_of(target), Direct{std::string(attribute)}, matching};
}

MappingRow constant(std::string_view target, std::string_view value) { return {path_of(target), Constant{std::string(value)}}; }

MappingRow formula(std::string_view target, std::string_view text) {
  auto written = read_formula(text);
  return {path_of(target), written ? MappingSource(*std::move(written)) : MappingSource(Unmapped{})};
}

std::expected<Formula, expression::ParseError> read_formula(std::string_view text) {
  auto tree = expression::parse(text);
  if (!tree) return std::unexpected(tree.error());
  return Formula{std::string(text), *std::move(tree)};
}

bool is_reference(const MappingRow& row) {
  const auto* attribute = std::get_if<Direct>(&row.source);
  return attribute != nullptr && (attribute->attribute == "manager" || attribute->attribute == "members");
}

const MappingRow* reference_row(const ObjectMapping& mapping, std::string_view attribute) {
  const auto found = std::ranges::find_if(
      mapping.rows, [&](const MappingRow& row) { return row.source == MappingSource(Direct{std::string(attribute)}); });
  return found == mapping.rows.end() ? nullptr : &*found;
}

bool can_disable(const ObjectMapping& mapping) {
  return std::ranges::any_of(mapping.rows, [](const MappingRow& row) {
    return row.target.sub.empty() && base::equals_ignoring_case(row.target.attribute, "active");
  });
}

std::vector<const MappingRow*> matching_rows(const ObjectMapping& mapping) {
  std::vector<const MappingRow*> rows;
  for (const auto& row : mapping.rows) {
    if (row.matching > 0) rows.push_back(&row);
  }
  std::ranges::stable_sort(rows, {}, &MappingRow::matching);
  return rows;
}

std::string MappedValue::log_text() const {
  if (outcome.redacted) return std::string(expression::redacted_text);
  if (value.is_string()) return std::string(base::as_text(value.get_string()));
  if (value.is_bool()) return std::string(expression::spelling(value.get_bool()));
  return value.is_null() ? std::string() : base::to_text(value);
}

std::expected<MappedValue, MappingFailure> mapped_value(const MappingRow& row, const SourceObject& source, Occasion occasion,
                                                        const EvaluationSettings& settings) {
  auto outcome = outcome_of(row, source, settings, settings.switch_forgets_unchanged);
  if (!outcome) return std::unexpected(MappingFailure{&row, outcome.error()});
  MappedValue mapped{.row = &row, .value = {}, .nulled = false, .outcome = *std::move(outcome)};
  if (mapped.outcome.ignored) return mapped;
  if (mapped.outcome.roles != expression::RoleChange::none) {
    mapped.value = expression::created_roles(mapped.outcome);
    if (mapped.value.get_array().empty()) mapped.value = {};
    return mapped;
  }
  mapped.value = to_json(mapped.outcome.value, row.target);
  if (mapped.value.is_null() && occasion == Occasion::creation && !row.default_value.empty())
    mapped.value = to_json(row.default_value, row.target);
  if (mapped.value.is_null() && settings.switch_forgets_unchanged && occasion == Occasion::update) {
    // What the fault took away, and nothing else, reaches the target as null.
    const auto true_outcome = outcome_of(row, source, settings, false);
    mapped.nulled = true_outcome && !to_json(true_outcome->value, row.target).is_null();
  }
  return mapped;
}

std::expected<std::vector<MappedValue>, MappingFailure> mapped_values(const ObjectMapping& mapping, const SourceObject& source,
                                                                      Occasion occasion, const EvaluationSettings& settings) {
  std::vector<MappedValue> values;
  for (const auto& row : mapping.rows) {
    if (is_reference(row) || (row.apply == Apply::on_creation && occasion == Occasion::update)) continue;
    auto mapped = mapped_value(row, source, occasion, settings);
    if (!mapped) return std::unexpected(mapped.error());
    values.push_back(*std::move(mapped));
  }
  return values;
}

}  // namespace fakes::entra::provisioning
