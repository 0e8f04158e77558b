#include "directory/scim/attribute_path.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "directory/scim/scim_error.h"

namespace directory::scim {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_name_character(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '$';
}

bool is_name(std::string_view text) {
  return !text.empty() && (is_letter(text.front()) || text.front() == '$') &&
         std::ranges::all_of(text, is_name_character);
}

/// Loosely: what stands before the last colon has to begin like a URN and hold only what a URN may.
bool is_schema_urn(std::string_view text) {
  constexpr std::string_view scheme = "urn:";
  if (text.size() <= scheme.size() || !base::equals_ignoring_case(text.substr(0, scheme.size()), scheme))
    return false;
  return std::ranges::all_of(
      text, [](char c) { return is_name_character(c) || c == ':' || c == '.' || c == '+' || c == '/'; });
}

}  // namespace

std::string AttributePath::text() const {
  return fmt::format("{}{}{}{}{}", schema, schema.empty() ? "" : ":", attribute,
                     sub_attribute.empty() ? "" : ".", sub_attribute);
}

base::Result<AttributePath> parse_attribute_path(std::string_view text) {
  const auto refused = [&] { return base::fail(fmt::format("'{}' is no attribute path", excerpt(text))); };
  AttributePath path;
  auto rest = text;
  if (const auto colon = text.rfind(':'); colon != std::string_view::npos) {
    if (!is_schema_urn(text.substr(0, colon))) return refused();
    path.schema = text.substr(0, colon);
    rest.remove_prefix(colon + 1);
  }
  const auto dot = rest.find('.');
  if (!is_name(rest.substr(0, dot))) return refused();
  path.attribute = rest.substr(0, dot);
  if (dot != std::string_view::npos) {
    if (!is_name(rest.substr(dot + 1))) return refused();
    path.sub_attribute = rest.substr(dot + 1);
  }
  return path;
}

}  // namespace directory::scim
