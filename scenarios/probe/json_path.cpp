#include "scenarios/probe/json_path.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/encoding.h"

namespace scenarios::probe {
namespace {

/// The name of the member that the path begins with, and what is behind it. A URN has dots and colons of its own: where the
/// object has a member that is a prefix of it, that is the name; otherwise all up to the last colon is.
struct Head {
  std::string_view name;
  std::string_view rest;
};

std::string_view without_dot(std::string_view rest) { return rest.starts_with('.') ? rest.substr(1) : rest; }

Head urn_head(const Value& object, std::string_view path) {
  if (object.is_object()) {
    std::string_view longest;
    for (const auto& [key, value] : object.items()) {
      const bool fits = path.size() >= key.size() && base::equals_ignoring_case(path.substr(0, key.size()), key) &&
                        (path.size() == key.size() || path[key.size()] == ':' || path[key.size()] == '[');
      if (fits && key.size() > longest.size()) longest = path.substr(0, key.size());
    }
    if (!longest.empty()) {
      auto rest = path.substr(longest.size());
      if (rest.starts_with(':')) rest.remove_prefix(1);
      return {longest, rest};
    }
  }
  // urn:ietf:params:scim:schemas:extension:enterprise:2.0:User and what follows it
  const auto colon = path.rfind(':');
  const auto name = path.substr(0, colon);
  return name.ends_with("2.0") || name == "urn" ? Head{path, {}} : Head{name, path.substr(colon + 1)};
}

Head head_of(const Value& object, std::string_view path) {
  if (base::equals_ignoring_case(path.substr(0, 4), "urn:")) return urn_head(object, path);
  const auto end = std::min(path.find_first_of(".["), path.size());
  return {path.substr(0, end), without_dot(path.substr(end))};
}

/// `[3]` or `[*]` at the beginning of a path.
struct Index {
  std::optional<std::size_t> number;  ///< empty: all
  std::string_view rest;
};

std::optional<Index> index_of(std::string_view path) {
  if (!path.starts_with('[')) return std::nullopt;
  const auto end = path.find(']');
  if (end == std::string_view::npos) return std::nullopt;
  const auto text = path.substr(1, end - 1);
  Index out{std::nullopt, without_dot(path.substr(end + 1))};
  if (text == "*") return out;
  std::size_t number = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc{}) return std::nullopt;
  out.number = number;
  return out;
}

void collect(const Value* at, std::string_view path, const std::string& where, std::vector<Found>& out) {
  if (path.empty()) {
    out.push_back({where, at});
    return;
  }
  if (const auto index = index_of(path)) {
    const std::size_t size = at != nullptr && at->is_array() ? at->size() : 0;
    if (index->number) {
      const auto* element = *index->number < size ? &(*at)[*index->number] : nullptr;
      return collect(element, index->rest, fmt::format("{}[{}]", where, *index->number), out);
    }
    for (std::size_t i = 0; i < size; ++i)
      collect(&(*at)[i], index->rest, fmt::format("{}[{}]", where, i), out);
    return;
  }
  static const Value nothing;
  const auto head = head_of(at != nullptr ? *at : nothing, path);
  const auto* next = at != nullptr ? member(*at, head.name) : nullptr;
  collect(next, head.rest, where.empty() ? std::string(head.name) : fmt::format("{}.{}", where, head.name), out);
}

}  // namespace

const Value* member(const Value& object, std::string_view name) {
  if (!object.is_object()) return nullptr;
  if (const auto found = object.find(std::string(name)); found != object.end()) return &*found;
  for (const auto& [key, value] : object.items()) {
    if (base::equals_ignoring_case(key, name)) return &value;
  }
  return nullptr;
}

std::vector<Found> find_all(const Value& document, std::string_view path) {
  std::vector<Found> out;
  collect(&document, path, "", out);
  return out;
}

const Value* find_one(const Value& document, std::string_view path) {
  const auto found = find_all(document, path);
  return found.empty() ? nullptr : found.front().value;
}

void set_at(Value& document, std::string_view path, Value value) {
  if (path.empty()) {
    document = std::move(value);
    return;
  }
  if (const auto index = index_of(path)) {
    if (!document.is_array()) document = Value::array();
    const auto position = index->number.value_or(document.size());
    while (document.size() <= position) document.push_back(Value::object());
    return set_at(document[position], index->rest, std::move(value));
  }
  if (!document.is_object()) document = Value::object();
  const auto head = head_of(document, path);
  const auto* there = member(document, head.name);
  auto& next = there != nullptr ? const_cast<Value&>(*there) : document[std::string(head.name)];
  set_at(next, head.rest, std::move(value));
}

void remove_at(Value& document, std::string_view path) {
  if (!document.is_object() || path.empty()) return;
  const auto head = head_of(document, path);
  for (auto at = document.begin(); at != document.end(); ++at) {
    if (!base::equals_ignoring_case(at.key(), head.name)) continue;
    if (head.rest.empty()) {
      document.erase(at);
    } else {
      remove_at(*at, head.rest);
    }
    return;
  }
}

}  // namespace scenarios::probe
