#include "sim/network_faults.h"

#include <fnmatch.h>

namespace sim {

std::string_view path_of(const base::HttpRequest& request) {
  return std::string_view(request.target).substr(0, request.target.find('?'));
}

bool matches(std::string_view match, const base::HttpRequest& request) {
  if (match.empty()) return true;
  const auto space = match.find(' ');
  const auto method = match.starts_with('/') ? std::string_view{} : match.substr(0, space);
  if (!method.empty() && method != "*" && method != request.method) return false;
  std::string pattern;
  if (match.starts_with('/')) pattern = match;
  if (method.size() < match.size() && space != std::string_view::npos) pattern = match.substr(space + 1);
  if (pattern.empty()) return true;
  const std::string path(path_of(request));
  return ::fnmatch(pattern.c_str(), path.c_str(), FNM_NOESCAPE) == 0;
}

const FaultRule* FaultRules::pick(std::string_view from, std::string_view to, const base::HttpRequest& request, base::Instant now) {
  for (auto& [rule, matched, befallen] : rules_) {
    if (rule.until && now >= *rule.until) continue;
    if (rule.count && befallen >= *rule.count) continue;
    if (!rule.from.empty() && rule.from != from) continue;
    if (!rule.to.empty() && rule.to != to) continue;
    if (!matches(rule.match, request)) continue;
    if (++matched <= rule.skip) continue;
    const bool certain = rule.ratio.part == rule.ratio.whole;
    if (!certain && !rng_.chance(rule.ratio)) continue;
    ++befallen;
    ++befallen_[{rule.fault, std::string(from), std::string(to)}];
    return &rule;
  }
  return nullptr;
}

}  // namespace sim
