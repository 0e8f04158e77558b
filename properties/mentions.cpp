#include "properties/mentions.h"

#include <algorithm>
#include <array>

#include "scenarios/script/given_fields.h"

namespace properties {

std::vector<std::string> mentioned_in(const scenarios::Step& step) {
  static constexpr std::array<std::string_view, 3> keys{"device", "group", "host"};
  std::vector<std::string> out;
  const auto* action = std::get_if<scenarios::VerbStep>(&step.action);
  if (action == nullptr) return out;
  for (const auto& field : scenarios::given_fields(action->verb)) {
    std::string name;
    if (const auto* person = std::get_if<scenarios::PersonRef>(&field.value)) name = person->name;
    if (const auto* newcomer = std::get_if<scenarios::NewPerson>(&field.value)) name = newcomer->name;
    const auto* text = std::get_if<std::string>(&field.value);
    if (text != nullptr && std::ranges::find(keys, field.key) != keys.end()) name = *text;
    if (!name.empty() && std::ranges::find(out, name) == out.end()) out.push_back(std::move(name));
  }
  return out;
}

std::vector<std::string> mentioned_in(const std::vector<scenarios::Step>& timeline) {
  std::vector<std::string> out;
  for (const auto& step : timeline) {
    for (auto& name : mentioned_in(step)) {
      if (std::ranges::find(out, name) == out.end()) out.push_back(std::move(name));
    }
  }
  std::ranges::reverse(out);
  return out;
}

}  // namespace properties
