#include "scenarios/target_api.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/script/given_fields.h"

namespace scenarios {
namespace {

bool is_named(const MappedRequest& request, std::string_view key) {
  for (const auto* text : {&request.path, &request.body}) {
    const auto names = names_in(*text);
    if (names && std::ranges::find(*names, key) != names->end()) return true;
  }
  return false;
}

class Lacks {
 public:
  explicit Lacks(const TargetApi& api) : api_(&api) {}

  void look_at(const Verb& verb) {
    const auto name = name_of(verb);
    if (name.starts_with(mapped_verbs) && !api_->verbs.contains(name)) add(fmt::format("{}, which is not mapped", name));
  }

  void look_at(const Observation& observation) {
    const auto name = name_of(observation);
    if (!name.starts_with(mapped_observations)) return;
    const auto mapped = api_->observations.find(name);
    if (mapped == api_->observations.end()) return add(fmt::format("{}, which is not mapped", name));
    const auto& [request, fields, id] = mapped->second;
    const auto given = given_fields(observation);
    for (const auto& field : given) {
      const bool is_subject = field.key == "exists" || std::holds_alternative<PersonRef>(field.value);
      if (is_subject || fields.contains(field.key) || is_named(request, field.key)) continue;
      add(fmt::format("{} of {}, which is not mapped", field.key, name));
    }
  }

  std::vector<std::string> found;

 private:
  void add(std::string what) {
    if (std::ranges::find(found, what) == found.end()) found.push_back(std::move(what));
  }

  const TargetApi* api_;
};

}  // namespace

base::Result<std::vector<std::string>> names_in(std::string_view text) {
  std::vector<std::string> names;
  for (auto at = text.find("${"); at != std::string_view::npos; at = text.find("${", at)) {
    const auto end = text.find('}', at);
    if (end == std::string_view::npos) return base::fail(fmt::format("'{}' has no end: ${{NAME}}", text.substr(at, 40)));
    names.emplace_back(text.substr(at + 2, end - at - 2));
    at = end;
  }
  return names;
}

std::string target_path(const base::Uri& scim_url, std::string path) {
  constexpr std::string_view scim_base = "/scim/v2";
  if (!path.starts_with(scim_base)) return path;
  auto base_path = scim_url.path;
  while (base_path.ends_with('/')) base_path.pop_back();
  return base_path + path.substr(scim_base.size());
}

std::vector<std::string> lacks_of_target(const Scenario& scenario, const TargetApi& api) {
  if (scenario.needs.empty()) return {"a list of needs"};
  const bool has_api = !api.observations.empty() || !api.verbs.empty();
  Lacks lacks(api);
  for (const auto& need : scenario.needs) {
    if (need != "scim" && !(need == "admin" && has_api)) lacks.found.push_back(need);
  }
  for (const auto& step : scenario.timeline) {
    if (const auto* verb = std::get_if<VerbStep>(&step.action)) {
      lacks.look_at(verb->verb);
    } else {
      lacks.look_at(std::get<Expectation>(step.action).observation);
    }
  }
  for (const auto& expectation : scenario.expect) lacks.look_at(expectation.observation);
  return std::move(lacks.found);
}

}  // namespace scenarios
