#include "fakes/scim/bulk_references.h"

#include <utility>

namespace fakes::scim {
namespace {

constexpr std::string_view mark = "bulkId:";

/// The bulkId of a text that is a reference and nothing else; empty for others.
std::string_view reference_in(const base::Json& json) {
  const auto text = json.is_string() ? base::as_text(json.get_string()) : std::string_view{};
  return text.starts_with(mark) ? text.substr(mark.size()) : std::string_view{};
}

std::string_view reference_in_path(std::string_view path) {
  const auto at = path.find(mark);
  if (at == std::string_view::npos) return {};
  const auto rest = path.substr(at + mark.size());
  return rest.substr(0, rest.find_first_of("/?"));
}

}  // namespace

void collect_references(const base::Json& json, std::set<std::string>& into) {
  if (const auto reference = reference_in(json); !reference.empty()) into.emplace(reference);
  if (const auto* array = json.if_array()) {
    for (const auto& element : *array) collect_references(element, into);
  }
  if (const auto* object = json.if_object()) {
    for (const auto& [name, value] : *object) collect_references(value, into);
  }
}

void collect_references(std::string_view path, std::set<std::string>& into) {
  if (const auto reference = reference_in_path(path); !reference.empty()) into.emplace(reference);
}

base::Json resolved(const base::Json& json, const BulkIds& ids) {
  if (const auto* array = json.if_array()) {
    base::JsonArray elements;
    for (const auto& element : *array) elements.push_back(resolved(element, ids));
    return elements;
  }
  if (const auto* object = json.if_object()) {
    base::JsonObject members;
    for (const auto& [name, value] : *object) members[name] = resolved(value, ids);
    return members;
  }
  const auto id = ids.find(reference_in(json));
  return id == ids.end() ? json : base::json_text(id->second);
}

std::string resolved(std::string_view path, const BulkIds& ids) {
  const auto reference = reference_in_path(path);
  const auto id = ids.find(reference);
  std::string text(path);
  if (id != ids.end()) text.replace(path.find(mark), mark.size() + reference.size(), id->second);
  return text;
}

base::Json without_references(const base::Json& json) {
  const auto refers = [](const base::Json& value) {
    std::set<std::string> references;
    if (value.is_object() || value.is_string()) collect_references(value, references);
    return !references.empty();
  };
  if (const auto* array = json.if_array()) {
    base::JsonArray elements;
    for (const auto& element : *array) {
      if (!refers(element)) elements.push_back(element);
    }
    return elements;
  }
  base::JsonObject members;
  for (const auto& [name, value] : json.get_object()) {
    if (value.is_array())
      members[name] = without_references(value);
    else if (!refers(value))
      members[name] = value;
  }
  return members;
}

}  // namespace fakes::scim
