#include "directory/insights/search_term.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string_view>

#include "base/encoding.h"

namespace directory {
namespace {

using base::Json;
using base::JsonObject;

constexpr std::size_t most_terms = 200;
constexpr std::size_t most_values = 1'000;
constexpr int deepest = 8;
constexpr std::array<std::string_view, 3> not_searchable{"changes", "useragent", "system_timestamp"};  // [rule DI10]

}  // namespace

std::vector<std::string> split_path(std::string_view path) {
  std::vector<std::string> parts;
  for (;;) {
    const auto dot = std::min(path.find('.'), path.size());
    parts.emplace_back(path.substr(0, dot));
    if (dot == path.size()) return parts;
    path.remove_prefix(dot + 1);
  }
}

namespace {

/// A string, number or boolean as it is compared; empty for anything else.
std::optional<std::string> comparable(const Json& value) {
  if (value.is_string()) return base::to_lower(base::as_text(value.get_string()));
  if (value.is_bool() || value.is_number()) return base::to_text(value);
  return std::nullopt;
}

/// Calls `each` with every value at the path; lists count as all of their elements.
template <class Each>
bool any_at(const Json& json, std::span<const std::string> path, const Each& each) {
  if (const auto* list = json.if_array()) {
    return std::ranges::any_of(*list, [&](const Json& element) { return any_at(element, path, each); });
  }
  if (path.empty()) return each(json);
  const auto* next = base::member(json, path.front());
  return next != nullptr && any_at(*next, path.subspan(1), each);
}

}  // namespace

struct SearchTerm::OperatorName {
  std::string_view name;
  Operator value;
};

const SearchTerm::OperatorName SearchTerm::operators[13]{
    {"eq", Operator::eq},           {"ne", Operator::ne},
    {"contains", Operator::contains}, {"startsWith", Operator::starts_with},
    {"endsWith", Operator::ends_with}, {"in", Operator::in},
    {"not_in", Operator::not_in},   {"lt", Operator::lt},
    {"gt", Operator::gt},           {"lte", Operator::lte},
    {"gte", Operator::gte},         {"before", Operator::before},
    {"after", Operator::after},
};

/// Parses one term; counts what is in it.
class SearchTerm::Parser {
 public:
  base::Result<SearchTerm> conjunction(std::string_view name, const Json& json, int depth) {
    SearchTerm term;
    term.kind_ = *kind_of(name);
    if (depth > deepest) return base::fail(fmt::format("a search_term is at most {} levels deep", deepest));
    std::set<std::string, std::less<>> fields;
    const auto add_members = [&](const Json& element) -> base::Result<void> {
      const auto* object = element.if_object();
      if (object == nullptr) return base::fail(fmt::format("'{}' lists objects", name));
      if (base::member(*object, "field") != nullptr && base::member(*object, "value") != nullptr) {
        return add(term, with_operator(*object));
      }
      for (const auto& [key, value] : *object) {
        const std::string_view field{key.data(), key.size()};
        if (kind_of(field)) {
          if (auto added = add(term, conjunction(field, value, depth + 1)); !added) return added;
          continue;
        }
        if (!fields.insert(std::string(field)).second) {
          return base::fail(fmt::format("'{}' is named twice; list its values instead", field));
        }
        if (auto added = add(term, test(field, value.is_array() ? Operator::in : Operator::eq, value)); !added) return added;
      }
      return {};
    };
    if (const auto* list = json.if_array()) {
      for (const auto& element : *list) {
        if (auto added = add_members(element); !added) return std::unexpected(added.error());
      }
    } else if (auto added = add_members(json); !added) {
      return std::unexpected(added.error());
    }
    if (term.terms_.empty()) return base::fail(fmt::format("'{}' has no terms", name));
    return term;
  }

  static std::optional<Kind> kind_of(std::string_view name) {
    if (name == "and") return Kind::all_of;
    if (name == "or") return Kind::any_of;
    if (name == "not") return Kind::none_of;
    return std::nullopt;
  }

 private:
  base::Result<void> add(SearchTerm& term, base::Result<SearchTerm> part) {
    if (!part) return std::unexpected(part.error());
    if (++count_ > most_terms) return base::fail(fmt::format("a search_term has at most {} terms", most_terms));
    term.terms_.push_back(std::move(*part));
    return {};
  }

  static base::Result<SearchTerm> with_operator(const JsonObject& object) {
    const auto field = base::string_member(object, "field");
    if (!field) return base::fail("field must be a string");
    const auto& value = *base::member(object, "value");
    const auto* name = base::member(object, "operator");
    if (name == nullptr) return test(*field, value.is_array() ? Operator::in : Operator::eq, value);
    const auto text = name->is_string() ? base::as_text(name->get_string()) : std::string_view{};
    const auto known = std::ranges::find(operators, text, &OperatorName::name);
    if (known == std::end(operators)) return base::fail("there is no such operator");
    return test(*field, known->value, value);
  }

  static base::Result<SearchTerm> test(std::string_view field, Operator op, const Json& value) {
    SearchTerm term;
    term.kind_ = Kind::test;
    term.path_ = split_path(field);
    term.operator_ = op;
    // Assumed: the vendor says that these cannot be searched, and not what becomes of a try.
    if (std::ranges::find(not_searchable, term.path_.front()) != not_searchable.end()) {
      return base::fail(fmt::format("'{}' cannot be searched", term.path_.front()));
    }
    const bool many = op == Operator::in || op == Operator::not_in;
    if (value.is_array() != many) return base::fail("in and not_in take a list of values, other operators one");
    const auto* list = value.if_array();
    const auto count = list == nullptr ? 1 : list->size();
    if (count == 0 || count > most_values) return base::fail(fmt::format("a list has 1 to {} values", most_values));
    for (std::size_t i = 0; i < count; ++i) {
      if (auto taken = term.take(list == nullptr ? value : (*list)[i]); !taken) return std::unexpected(taken.error());
    }
    return term;
  }

  std::size_t count_ = 0;
};

base::Result<void> SearchTerm::take(const Json& value) {
  const auto text = comparable(value);
  if (!text) return base::fail("a value is a string, a number or a boolean");
  values_.push_back(*text);
  switch (operator_) {
    case Operator::contains:
    case Operator::starts_with:
    case Operator::ends_with:
      if (!value.is_string()) return base::fail("contains, startsWith and endsWith compare with a string");
      break;
    case Operator::lt:
    case Operator::gt:
    case Operator::lte:
    case Operator::gte:
      if (!value.is_number()) return base::fail("lt, gt, lte and gte compare with a number");
      number_ = value.to_number<double>();
      break;
    case Operator::before:
    case Operator::after: {
      const auto instant = base::parse_rfc3339(value.is_string() ? base::as_text(value.get_string()) : "");
      if (!instant) return base::fail("before and after compare with a time: " + instant.error().message);
      instant_ = *instant;
      break;
    }
    case Operator::eq:
    case Operator::ne:
    case Operator::in:
    case Operator::not_in: break;
  }
  // Equal times may be written in several ways.
  if (path_ == std::vector<std::string>{"timestamp"} && value.is_string()) {
    if (const auto instant = base::parse_rfc3339(base::as_text(value.get_string()))) {
      values_.back() = base::to_lower(base::to_rfc3339(*instant));
    }
  }
  return {};
}

base::Result<SearchTerm> SearchTerm::parse(const Json& json) {
  const auto* object = json.if_object();
  if (object == nullptr || object->size() != 1) return base::fail("search_term has one of and, or, not");
  const auto& [key, value] = *object->begin();
  const std::string_view name{key.data(), key.size()};
  if (!Parser::kind_of(name)) return base::fail("search_term has one of and, or, not");
  return Parser{}.conjunction(name, value, 1);
}

bool SearchTerm::matches(const Json& event) const {
  const auto matches_event = [&](const SearchTerm& term) { return term.matches(event); };
  switch (kind_) {
    case Kind::all_of: return std::ranges::all_of(terms_, matches_event);
    case Kind::any_of: return std::ranges::any_of(terms_, matches_event);
    case Kind::none_of: return std::ranges::none_of(terms_, matches_event);
    case Kind::test: break;
  }
  const bool found = any_at(event, path_, [&](const Json& value) { return tests_true(value); });
  return operator_ == Operator::ne || operator_ == Operator::not_in ? !found : found;
}

/// For ne and not_in: whether the value is one of those that must not be there.
bool SearchTerm::tests_true(const Json& value) const {
  const auto text = comparable(value);
  if (!text) return false;
  const auto compares = [&](auto compare) { return value.is_number() && compare(value.to_number<double>(), number_); };
  switch (operator_) {
    case Operator::eq:
    case Operator::ne:
    case Operator::in:
    case Operator::not_in: return std::ranges::find(values_, *text) != values_.end();
    case Operator::contains: return text->find(values_.front()) != std::string::npos;
    case Operator::starts_with: return text->starts_with(values_.front());
    case Operator::ends_with: return text->ends_with(values_.front());
    case Operator::lt: return compares(std::less{});
    case Operator::gt: return compares(std::greater{});
    case Operator::lte: return compares(std::less_equal{});
    case Operator::gte: return compares(std::greater_equal{});
    case Operator::before:
    case Operator::after: break;
  }
  if (!value.is_string()) return false;
  const auto instant = base::parse_rfc3339(base::as_text(value.get_string()));
  return instant && (operator_ == Operator::before ? *instant < instant_ : *instant > instant_);
}

bool SearchTerm::is_about_event_types() const {
  return kind_ == Kind::test && path_ == std::vector<std::string>{"event_type"} &&
         (operator_ == Operator::eq || operator_ == Operator::in);
}

std::optional<std::vector<std::string>> SearchTerm::event_types() const {
  if (is_about_event_types()) return values_;
  if (kind_ == Kind::all_of) {
    for (const auto& term : terms_) {
      if (auto types = term.event_types()) return types;
    }
  }
  if (kind_ == Kind::any_of) {
    std::vector<std::string> all;
    for (const auto& term : terms_) {
      const auto types = term.event_types();
      if (!types) return std::nullopt;
      all.insert(all.end(), types->begin(), types->end());
    }
    return all;
  }
  return std::nullopt;
}

bool SearchTerm::asks_for_event_types_alone() const {
  if (kind_ == Kind::any_of) return std::ranges::all_of(terms_, &SearchTerm::asks_for_event_types_alone);
  if (kind_ == Kind::all_of) return terms_.size() == 1 && terms_.front().asks_for_event_types_alone();
  return is_about_event_types();
}

}  // namespace directory
