#include <fmt/format.h>

#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {
namespace {

/// A resource without what every look at it may change.
std::string content_of(const base::Json& resource) {
  auto content = resource.get_object();
  content.erase("meta");
  content.erase("groups");
  return base::to_text(base::Json(std::move(content)));
}

}  // namespace

/// Answers with a whole user that have the same ETag show the same. [RFC7644 3.14] [RFC9110 8.8.1]
std::optional<Violation> judge_versions_follow_contents(const FinalView& view) {
  std::map<std::pair<std::string, std::string>, std::string> contents;
  for (const auto& exchange : view.cast->world().recorder().exchanges()) {
    const auto& target = exchange.request.target;
    if (exchange.to != "directory" || !target.starts_with("/scim/v2/Users") || target.find('?') != std::string::npos || !is_acknowledged(exchange)) continue;
    const auto body = base::parse_json((*exchange.result)->body);
    const auto* meta = body ? base::member(*body, "meta") : nullptr;
    const auto version = meta == nullptr ? std::string() : base::string_or(*meta, "version", "");
    if (version.empty()) continue;
    const auto content = content_of(*body);
    // Each integration has a view of its own of the same user.
    const auto [place, is_new] = contents.emplace(std::pair{exchange.from + " " + base::string_or(*body, "id", ""), version}, content);
    if (is_new || place->second == content) continue;
    return breach_of("versions-follow-contents", fmt::format("version {} of {} has two contents", version, base::string_or(*body, "userName", "")), *exchange.concluded);
  }
  return std::nullopt;
}

}  // namespace properties
