#include "scenarios/client/page_walks.h"

#include <algorithm>
#include <array>

#include "scenarios/probe/json_path.h"

namespace scenarios::client {
namespace {

/// They say how the answer looks, or where to go on, and not what it is about.
constexpr std::array<std::string_view, 6> options_of_looks{"$top", "$select", "$count", "$orderby", "$skiptoken", "$format"};

bool is_page(const Seen& seen) {
  if (seen.method != "GET" || seen.status != 200) return false;
  const auto* value = probe::member(seen.answer, "value");
  return value != nullptr && value->is_array();
}

std::string next_target(const Seen& page) {
  const auto* link = probe::member(page.answer, "@odata.nextLink");
  return link != nullptr && link->is_string() ? target_of_link(link->get<std::string>()) : std::string();
}

std::string walked_over(const Seen& page) {
  std::vector<std::string> parts;
  for (const auto& [name, value] : page.query) {
    if (std::ranges::find(options_of_looks, name) != options_of_looks.end()) continue;
    // A delta token differs each time: what counts is that only changes are asked for.
    parts.push_back(name == "$deltatoken" ? name : name + "=" + value);
  }
  std::ranges::sort(parts);
  auto out = page.path;
  for (const auto& part : parts) out += "&" + part;
  return out;
}

bool has_token_of_a_page(const Seen& page) {
  return std::ranges::any_of(page.query, [](const auto& parameter) { return parameter.first == "$skiptoken" || parameter.first == "$skip"; });
}

bool leads_to(const Seen& page, const Seen& next) {
  const auto target = next_target(page);
  return !target.empty() && same_target(next.target, target);
}

}  // namespace

std::vector<PageWalk> page_walks(const History& history, const std::vector<std::size_t>& phases) {
  std::vector<PageWalk> out;
  for (const auto& seen : history) {
    if (std::ranges::find(phases, seen.phase) == phases.end() || !is_page(seen)) continue;
    auto walk = std::ranges::find_if(out, [&](const PageWalk& one) { return std::ranges::any_of(one.pages, [&](const Seen* page) { return leads_to(*page, seen); }); });
    if (walk == out.end()) walk = out.insert(out.end(), PageWalk{walked_over(seen), !has_token_of_a_page(seen), false, {}});
    walk->pages.push_back(&seen);
    walk->ended = walk->ended || next_target(seen).empty();
  }
  return out;
}

}  // namespace scenarios::client
