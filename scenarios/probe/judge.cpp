#include "scenarios/probe/judge.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/duration_text.h"
#include "scenarios/probe/check.h"
#include "scenarios/probe/json_path.h"

namespace scenarios::probe {
namespace {

std::vector<std::string> ids_of_resources(const Answer& answer) {
  std::vector<std::string> out;
  const auto* resources = find_one(answer.body, "Resources");
  if (resources == nullptr || !resources->is_array()) return out;
  for (const auto& one : *resources) {
    const auto* id = member(one, "id");
    out.push_back(id != nullptr && id->is_string() ? id->get<std::string>() : std::string("a resource without id"));
  }
  return out;
}

base::Result<std::vector<std::string>> ids_of_names(const std::vector<std::string>& wanted, const Names& names) {
  std::vector<std::string> out;
  for (const auto& name : wanted) {
    auto ids = names.ids(name);
    if (!ids) return ids;
    out.insert(out.end(), ids->begin(), ids->end());
  }
  return out;
}

std::string listed(const std::vector<std::string>& ids) {
  constexpr std::size_t most = 8;
  if (ids.empty()) return "none";
  auto text = fmt::format("{}", fmt::join(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(std::min(most, ids.size())), ", "));
  if (ids.size() > most) text += fmt::format(" and {} more", ids.size() - most);
  return text;
}

std::size_t count_of(const std::vector<std::string>& ids, const std::string& id) {
  return static_cast<std::size_t>(std::ranges::count(ids, id));
}

/// What `finds`, `includes`, `excludes` and `in_order` say of a list's resources.
base::Result<void> compare_resources(const Pattern& pattern, const Answer& answer, const Names& names,
                                     std::vector<Difference>& out) {
  const auto found = ids_of_resources(answer);
  if (pattern.finds) {
    auto wanted = ids_of_names(*pattern.finds, names);
    if (!wanted) return std::unexpected(wanted.error());
    auto sorted = found;
    std::ranges::sort(sorted);
    std::ranges::sort(*wanted);
    if (sorted != *wanted) out.push_back({"resources", fmt::format("exactly {}", listed(*wanted)), listed(sorted)});
  }
  if (pattern.includes) {
    const auto wanted = ids_of_names(*pattern.includes, names);
    if (!wanted) return std::unexpected(wanted.error());
    for (const auto& id : *wanted) {
      const auto times = count_of(found, id);
      if (times != 1) out.push_back({"resources", fmt::format("{} once", id), fmt::format("{} times", times)});
    }
  }
  if (pattern.excludes) {
    const auto unwanted = ids_of_names(*pattern.excludes, names);
    if (!unwanted) return std::unexpected(unwanted.error());
    for (const auto& id : *unwanted) {
      if (count_of(found, id) > 0) out.push_back({"resources", fmt::format("not {}", id), "it is there"});
    }
  }
  if (pattern.in_order) {
    const auto wanted = ids_of_names(*pattern.in_order, names);
    if (!wanted) return std::unexpected(wanted.error());
    std::vector<std::string> order;
    std::ranges::copy_if(found, std::back_inserter(order), [&](const std::string& id) { return count_of(*wanted, id) > 0; });
    if (order != *wanted)
      out.push_back({"order of resources", fmt::format("{}", fmt::join(*wanted, ", ")), listed(order)});
  }
  return {};
}

base::Result<void> compare_same(const Pattern& pattern, const Answer& answer, const Names& names,
                                std::vector<Difference>& out) {
  const auto* other = names.answer(*pattern.same_as);
  if (other == nullptr) return base::fail(fmt::format("nothing is called {}", *pattern.same_as));
  auto left = other->body;
  auto right = answer.body;
  for (const auto& path : pattern.but) {
    remove_at(left, path);
    remove_at(right, path);
  }
  if (equal(left, right)) return {};
  if (!left.is_object() || !right.is_object()) {
    out.push_back({"body", fmt::format("the same as {}: {}", *pattern.same_as, shown(&left)), shown(&right)});
    return {};
  }
  for (const auto& [key, value] : left.items()) {
    const auto* there = member(right, key);
    const bool alike = there == nullptr ? is_unassigned(&value) : equal(value, *there);
    if (!alike) out.push_back({fmt::format("body {}", key), shown(&value), shown(there)});
  }
  for (const auto& [key, value] : right.items()) {
    if (member(left, key) == nullptr && !is_unassigned(&value))
      out.push_back({fmt::format("body {}", key), "nothing", shown(&value)});
  }
  return {};
}

base::Result<void> compare_headers(const Pattern& pattern, const Answer& answer, const Names& names,
                                   std::vector<Difference>& out) {
  for (const auto& [name, check] : pattern.headers) {
    const auto filled = names.fill(check);
    if (!filled) return std::unexpected(filled.error());
    Value fields = Value::object();
    if (const auto found = answer.headers.find(name)) fields[name] = std::string(*found);
    apply_check(fields, name, *filled, "header", out);
  }
  return {};
}

base::Result<void> compare_body(const Pattern& pattern, const Answer& answer, const Names& names,
                                std::vector<Difference>& out) {
  if (pattern.empty && !answer.text.empty())
    out.push_back({"body", "empty", fmt::format("{} bytes", answer.text.size())});
  const bool looked_at = !pattern.body.empty() || pattern.finds || pattern.includes || pattern.in_order || pattern.same_as;
  if (looked_at && !answer.is_json) {
    const Value text = answer.text;
    out.push_back({"body", "JSON", answer.text.empty() ? "nothing" : shown(&text)});
    return {};
  }
  for (const auto& [path, check] : pattern.body) {
    const auto where = names.fill_text(path);
    if (!where) return std::unexpected(where.error());
    const auto filled = names.fill(check);
    if (!filled) return std::unexpected(filled.error());
    apply_check(answer.body, *where, *filled, "body", out);
  }
  return {};
}

void compare_error(const Pattern& pattern, const Answer& answer, std::vector<Difference>& out) {
  const auto& allowed = *pattern.error;
  if (std::ranges::find(allowed, "any") != allowed.end()) return;
  const auto* type = find_one(answer.body, "scimType");
  const auto found = type != nullptr && type->is_string() ? type->get<std::string>() : std::string{};
  if (std::ranges::find(allowed, found) == allowed.end())
    out.push_back({"body scimType", fmt::format("{}", fmt::join(allowed, " or ")), shown(type)});
}

/// Which reading an answer that fits none came closest to: of those that conform, the first with its
/// status, or the first.
std::size_t nearest(const Judged& judged, const Answer& answer) {
  std::optional<std::size_t> first;
  for (std::size_t i = 0; i < judged.readings.size(); ++i) {
    if (judged.readings[i].verdict != Verdict::conforms) continue;
    const auto& status = judged.readings[i].pattern.status;
    if (status.allowed.empty() || status.contains(answer.status)) return i;
    if (!first) first = i;
  }
  return first.value_or(0);
}

}  // namespace

base::Result<std::vector<Difference>> differences(const Pattern& pattern, const Answer& answer, const Names& names) {
  std::vector<Difference> out;
  if (answer.status == 0) {
    out.push_back({"answer", "an answer", answer.failure});
    return out;
  }
  if (!pattern.status.allowed.empty() && !pattern.status.contains(answer.status))
    out.push_back({"status", pattern.status.text(), std::to_string(answer.status)});
  if (pattern.error) compare_error(pattern, answer, out);
  if (auto done = compare_headers(pattern, answer, names, out); !done) return std::unexpected(done.error());
  if (auto done = compare_body(pattern, answer, names, out); !done) return std::unexpected(done.error());
  if (answer.is_json) {
    if (auto done = compare_resources(pattern, answer, names, out); !done) return std::unexpected(done.error());
    if (pattern.same_as) {
      if (auto done = compare_same(pattern, answer, names, out); !done) return std::unexpected(done.error());
    }
  }
  if (pattern.within && answer.took > *pattern.within)
    out.push_back({"time", fmt::format("at most {}", base::to_text(*pattern.within)), base::to_text(answer.took)});
  return out;
}

std::string pattern_text(const Pattern& pattern) {
  std::vector<std::string> parts;
  if (!pattern.status.allowed.empty()) parts.push_back(fmt::format("status {}", pattern.status.text()));
  if (pattern.error) parts.push_back(fmt::format("scimType {}", fmt::join(*pattern.error, " or ")));
  for (const auto& [name, check] : pattern.headers) parts.push_back(fmt::format("header {}: {}", name, check_text(check)));
  if (pattern.empty) parts.emplace_back("no body");
  for (const auto& [path, check] : pattern.body) parts.push_back(fmt::format("{}: {}", path.empty() ? "body" : path, check_text(check)));
  const auto names = [&](const std::optional<std::vector<std::string>>& list, std::string_view what) {
    if (list) parts.push_back(fmt::format("{} {}", what, list->empty() ? "nothing" : fmt::format("{}", fmt::join(*list, ", "))));
  };
  names(pattern.finds, "finds exactly");
  names(pattern.includes, "finds");
  names(pattern.excludes, "does not find");
  names(pattern.in_order, "in the order");
  if (pattern.same_as) parts.push_back(fmt::format("the same body as {}", *pattern.same_as));
  if (pattern.within) parts.push_back(fmt::format("within {}", base::to_text(*pattern.within)));
  return fmt::format("{}", fmt::join(parts, "; "));
}

Verdict otherwise_of(Level level) { return level == Level::must ? Verdict::violates : Verdict::deviates; }

base::Result<Judgement> judge(const Judged& judged, const Answer& answer, const Names& names, Verdict otherwise) {
  Judgement out;
  out.check.line = judged.source.place.line;
  out.check.what = fmt::format("{} {}", answer.method, answer.path);
  if (answer.exchange != 0) out.check.exchanges.push_back(answer.exchange);
  std::vector<std::vector<Difference>> found;
  const Reading* fits = nullptr;
  for (const auto& reading : judged.readings) {
    auto lacks = differences(reading.pattern, answer, names);
    if (!lacks) return std::unexpected(lacks.error());
    found.push_back(std::move(*lacks));
    if (!found.back().empty()) continue;
    fits = &reading;
    break;
  }
  const auto told = fits == nullptr ? nearest(judged, answer) : 0;
  out.check.expected = pattern_text(judged.readings[told].pattern);
  out.check.differences = std::move(found[told]);
  out.check.verdict = fits == nullptr ? otherwise : fits->verdict;
  if (fits == nullptr) return out;
  out.check.says = fits->says;
  out.readings = fits->readings;
  return out;
}

}  // namespace scenarios::probe
