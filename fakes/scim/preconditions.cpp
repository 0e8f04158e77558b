#include "fakes/scim/preconditions.h"

namespace fakes::scim {
namespace {

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

std::string_view opaque(std::string_view tag) {
  return tag.starts_with("W/") || tag.starts_with("w/") ? tag.substr(2) : tag;
}

bool lists(std::string_view field, std::string_view tag) {
  if (trimmed(field) == "*") return true;
  while (!field.empty()) {
    const auto comma = field.find(',');
    if (opaque(trimmed(field.substr(0, comma))) == opaque(tag)) return true;
    field.remove_prefix(comma == std::string_view::npos ? field.size() : comma + 1);
  }
  return false;
}

bool ignores_if_match(std::string_view method, const Quirks& quirks) {
  if (method == "PUT") return quirks.has(Quirk::if_match_ignored_by_put);
  if (method == "PATCH") return quirks.has(Quirk::if_match_ignored_by_patch);
  return quirks.has(Quirk::if_match_ignored_by_delete);
}

}  // namespace

bool meets_if_match(const Request& request, std::string_view tag, const Quirks& quirks) {
  const auto field = request.headers.find("If-Match");
  return !field || lists(*field, tag) || ignores_if_match(request.method, quirks);
}

bool is_known(const Request& request, std::string_view tag, const Quirks& quirks) {
  const auto field = request.headers.find("If-None-Match");
  return field && lists(*field, tag) && !quirks.has(Quirk::if_none_match_ignored);
}

}  // namespace fakes::scim
