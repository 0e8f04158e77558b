#include "fakes/scim/patch_target.h"

#include <fmt/format.h>

#include <string>
#include <utility>

namespace fakes::scim {
namespace {

std::unexpected<ScimError> refuse_path(std::string detail) {
  return std::unexpected(bad_request("invalidPath", std::move(detail)));
}

/// Where the bracket that opens at `open` closes, texts within it passed over; npos if nowhere.
std::size_t closing_bracket(std::string_view path, std::size_t open) {
  bool in_text = false;
  for (auto at = open; at < path.size(); ++at) {
    if (in_text && path[at] == '\\') ++at;
    else if (path[at] == '"') in_text = !in_text;
    else if (!in_text && path[at] == ']') return at;
  }
  return std::string_view::npos;
}

/// The sub-attribute behind the bracket; null where nothing stands there.
std::expected<const Attribute*, ScimError> sub_attribute_behind(std::string_view rest, const Attribute& attribute,
                                                                const Quirks& quirks) {
  if (rest.empty()) return nullptr;
  if (!rest.starts_with('.')) return refuse_path(fmt::format("\"{}\" cannot follow a filter in a path", rest));
  const auto* sub_attribute = find_sub_attribute(attribute, rest.substr(1), quirks);
  if (sub_attribute == nullptr) return refuse_path(fmt::format("\"{}\" has no \"{}\"", attribute.name, rest.substr(1)));
  return sub_attribute;
}

}  // namespace

std::expected<PatchTarget, ScimError> parse_patch_target(std::string_view path, const ResourceType& type,
                                                         const Quirks& quirks) {
  if (path.size() > longest_filter) return refuse_path(fmt::format("the path is longer than {} bytes", longest_filter));
  const auto open = path.find('[');
  const auto attribute_path = find_attribute(type, path.substr(0, open), quirks);
  if (!attribute_path) return refuse_path(fmt::format("the path \"{}\" names no attribute", path));
  PatchTarget target{*attribute_path};
  if (open == std::string_view::npos) return target;
  const auto* attribute = attribute_path->attribute;
  if (attribute == nullptr || attribute_path->sub_attribute != nullptr || !attribute->multi_valued ||
      attribute->type != Attribute::Type::complex) {
    return refuse_path(fmt::format("\"{}\" has no values to choose from by a filter", path.substr(0, open)));
  }
  const auto close = closing_bracket(path, open);
  if (close == std::string_view::npos) return refuse_path(fmt::format("a bracket is not closed in the path \"{}\"", path));
  auto filter = parse_value_filter(path.substr(open + 1, close - open - 1), *attribute, quirks);
  if (!filter) return refuse_path(fmt::format("the filter in a path cannot be read: {}", filter.error().detail));
  target.filter = *std::move(filter);
  const auto sub_attribute = sub_attribute_behind(path.substr(close + 1), *attribute, quirks);
  if (!sub_attribute) return std::unexpected(sub_attribute.error());
  target.path.sub_attribute = *sub_attribute;
  return target;
}

}  // namespace fakes::scim
