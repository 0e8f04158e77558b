#include "directory/scim/misread_patch.h"

#include <algorithm>

namespace directory::scim {
namespace {

bool begins_with_a_capital(const base::Json& operation) {
  const auto op = base::string_or(operation, "op", "");
  return !op.empty() && op.front() >= 'A' && op.front() <= 'Z';
}

void drop_dotted_names(base::Json& operation) {
  if (!operation.is_object()) return;
  auto* value = operation.get_object().if_contains("value");
  if (value == nullptr || !value->is_object()) return;
  std::vector<std::string> dotted;
  for (const auto& [name, member] : value->get_object()) {
    if (std::ranges::count(name, '.') > 0 && !name.starts_with("urn:")) dotted.emplace_back(name.data(), name.size());
  }
  for (const auto& name : dotted) value->get_object().erase(name);
}

void take_texts_for_true(base::Json& operation) {
  if (!operation.is_object() || base::string_or(operation, "path", "") != "active") return;
  auto* value = operation.get_object().if_contains("value");
  if (value != nullptr && value->is_string()) *value = true;
}

}  // namespace

std::optional<base::JsonObject> as_misread(const Core& core, const base::JsonObject& body) {
  const bool first_alone = core.has(Defect::only_the_first_operation_counts);
  const bool drops_capitals = core.has(Defect::capital_operations_are_dropped);
  const bool drops_dots = core.has(Defect::dotted_names_are_dropped);
  const bool takes_texts = core.has(Defect::text_booleans_are_true);
  if (!first_alone && !drops_capitals && !drops_dots && !takes_texts) return std::nullopt;
  auto misread = body;
  auto* operations = misread.if_contains("Operations");
  if (operations == nullptr || !operations->is_array() || operations->get_array().empty()) return misread;
  auto& list = operations->get_array();
  if (first_alone) list.resize(1);
  for (auto& operation : list) {
    if (drops_capitals && begins_with_a_capital(operation)) operation = base::JsonObject{{"op", "replace"}, {"value", base::JsonObject{}}};
    if (drops_dots) drop_dotted_names(operation);
    if (takes_texts) take_texts_for_true(operation);
  }
  return misread;
}

}  // namespace directory::scim
