#include "directory/scim/etags.h"

#include "base/encoding.h"

namespace directory::scim {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::string_view opaque(std::string_view tag) {
  return tag.starts_with("W/") ? tag.substr(2) : tag;
}

/// The length of the first entry of a list whose entries may hold commas between quotes.
std::size_t first_entry(std::string_view list) {
  bool quoted = false;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i] == '"') quoted = !quoted;
    if (list[i] == ',' && !quoted) return i;
  }
  return list.size();
}

bool names(std::string_view list, std::string_view tag) {
  while (!list.empty()) {
    const auto size = first_entry(list);
    const auto entry = trimmed(list.substr(0, size));
    if (entry == "*" || opaque(entry) == opaque(tag)) return true;
    list.remove_prefix(std::min(size + 1, list.size()));
  }
  return false;
}

enum class Named { absent, no, yes };

Named named_in(const base::HttpRequest& request, std::string_view header, std::string_view tag) {
  auto found = Named::absent;
  for (const auto& field : request.headers) {
    if (!base::equals_ignoring_case(field.name, header)) continue;
    if (names(field.value, tag)) return Named::yes;
    found = Named::no;
  }
  return found;
}

}  // namespace

bool has_precondition(const base::HttpRequest& request) {
  return request.headers.find("If-Match") || request.headers.find("If-None-Match");
}

Precondition check_precondition(const base::HttpRequest& request, std::string_view tag) {
  if (named_in(request, "If-Match", tag) == Named::no) return Precondition::failed;
  if (named_in(request, "If-None-Match", tag) != Named::yes) return Precondition::holds;
  return request.method == "GET" || request.method == "HEAD" ? Precondition::not_modified
                                                             : Precondition::failed;
}

}  // namespace directory::scim
