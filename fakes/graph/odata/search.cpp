#include "fakes/graph/odata/search.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "fakes/graph/representation.h"

namespace fakes::graph {
namespace {

enum class Class : std::uint8_t { space, lower, upper, digit, symbol };

Class class_of(char c) {
  if (c == ' ' || c == '\t') return Class::space;
  if (c >= 'A' && c <= 'Z') return Class::upper;
  if (c >= '0' && c <= '9') return Class::digit;
  // Bytes of other scripts count as letters.
  if ((c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80) return Class::lower;
  return Class::symbol;
}

bool is_tokenised(const entra::Property& property) { return property.name == "displayName" || property.name == "description"; }

std::unexpected<GraphError> syntax_error(std::string_view text) {
  return refuse(400, "Request_BadRequest", fmt::format("Syntax error: the search clause '{}' is not of the form \"property:text\".", text));
}

bool holds(const Search::Clause& clause, std::string_view value) {
  if (!is_tokenised(*clause.property)) return base::to_lower(value).starts_with(clause.text);
  // Each word asked for begins a word of the value.
  const auto have = words_of(value);
  return std::ranges::all_of(words_of(clause.text), [&](const std::string& word) {
    return std::ranges::any_of(have, [&](const std::string& one) { return one.starts_with(word); });
  });
}

bool holds(const Search::Clause& clause, const entra::DirectoryObject& object) {
  const auto* value = object.find(clause.property->name);
  if (value == nullptr) return false;
  if (value->json.is_string()) return holds(clause, base::as_text(value->json.get_string()));
  return value->json.is_array() && std::ranges::any_of(value->json.get_array(), [&](const base::Json& element) {
           return element.is_string() && holds(clause, base::as_text(element.get_string()));
         });
}

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  auto before = Class::space;
  for (const char c : text) {
    const auto now = class_of(c);
    const bool continues = now == before || (before == Class::upper && now == Class::lower);
    if (now != Class::space) {
      if (!continues || out.empty()) out.emplace_back();
      out.back() += now == Class::upper ? static_cast<char>(c - 'A' + 'a') : c;
    }
    before = now;
  }
  return out;
}

Outcome<Search> parse_search(std::string_view text, entra::ObjectKind kind) {
  Search out{{{}}};
  auto rest = text;
  const auto skip_spaces = [&] {
    while (rest.starts_with(' ')) rest.remove_prefix(1);
  };
  for (;;) {
    skip_spaces();
    if (!rest.starts_with('"')) return syntax_error(text);
    const auto end = rest.find('"', 1);
    const auto clause = end == std::string_view::npos ? std::string_view() : rest.substr(1, end - 1);
    const auto colon = clause.find(':');
    if (colon == std::string_view::npos || colon + 1 == clause.size()) return syntax_error(text);
    const auto* property = entra::find_property(kind, clause.substr(0, colon));
    if (property == nullptr || property->filter.empty() || (property->type != entra::PropertyType::text && property->type != entra::PropertyType::texts))
      return unsupported_query();
    const auto wanted = clause.substr(colon + 1);
    out.alternatives.back().push_back({property, is_tokenised(*property) ? std::string(wanted) : base::to_lower(wanted)});
    rest.remove_prefix(end + 1);
    skip_spaces();
    if (rest.empty()) return out;
    if (rest.starts_with("OR ")) {
      out.alternatives.emplace_back();
      rest.remove_prefix(3);
    } else if (rest.starts_with("AND ")) {
      rest.remove_prefix(4);
    } else {
      return syntax_error(text);
    }
  }
}

bool matches(const Search& search, const entra::DirectoryObject& object) {
  return std::ranges::any_of(search.alternatives, [&](const auto& clauses) {
    return std::ranges::all_of(clauses, [&](const Search::Clause& clause) { return holds(clause, object); });
  });
}

}  // namespace fakes::graph
