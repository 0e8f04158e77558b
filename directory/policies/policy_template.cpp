#include "directory/policies/policy_template.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace directory {
namespace {

constexpr std::array<std::string_view, 2> provisioning_choices{"first_user", every_user};

// The ids are the directory's own and never change.
constexpr std::array templates{
    PolicyTemplate{"5f07273cb544065386e1ce01",
                   "hide_app_windows",
                   "Hide the Windows App",
                   "Takes the directory's app out of the tray, so that nobody changes a password with it.",
                   "windows",
                   PolicyEffect::hide_app,
                   {"5f07273cb544065386e1ce11", "hideApp", "Hide the app", {}}},
    PolicyTemplate{"5f07273cb544065386e1ce02",
                   "app_controls_darwin",
                   "Mac App Controls",
                   "Takes the directory's app out of the menu bar.",
                   "darwin",
                   PolicyEffect::hide_app,
                   {"5f07273cb544065386e1ce12", "hideApp", "Hide the app", {}}},
    PolicyTemplate{
        "5f07273cb544065386e1ce03",
        "account_provisioning_windows",
        "Self-Service Account Provisioning",
        "Who may make an account at the login window: the first user of the device only, or every one.",
        "windows",
        PolicyEffect::account_provisioning,
        {"5f07273cb544065386e1ce13", "allowedUsers", "Users who may provision an account",
         provisioning_choices}},
};

bool fits(const PolicyField& field, const base::Json& value) {
  if (value.is_null()) return true;
  if (field.choices.empty()) return value.is_bool();
  return value.is_string() &&
         std::ranges::find(field.choices, base::as_text(value.get_string())) != field.choices.end();
}

}  // namespace

std::span<const PolicyTemplate> policy_templates() {
  return templates;
}

const PolicyTemplate* find_policy_template(std::string_view id) {
  const auto found = std::ranges::find(templates, id, &PolicyTemplate::id);
  return found == templates.end() ? nullptr : &*found;
}

base::JsonObject to_json(const PolicyTemplate& policy_template, TemplateDetail detail) {
  base::JsonObject out{{"id", base::json_text(policy_template.id)},
                       {"name", base::json_text(policy_template.name)},
                       {"displayName", base::json_text(policy_template.display_name)},
                       {"description", base::json_text(policy_template.description)},
                       {"osMetaFamily", base::json_text(policy_template.os_family)}};
  if (detail == TemplateDetail::summary) return out;
  const auto& field = policy_template.field;
  base::JsonObject shown{{"id", base::json_text(field.id)},
                         {"name", base::json_text(field.name)},
                         {"label", base::json_text(field.label)},
                         {"displayType", field.choices.empty() ? "checkbox" : "select"},
                         {"required", false}};
  if (!field.choices.empty()) {
    base::JsonArray options;
    for (const auto choice : field.choices) options.push_back(base::json_text(choice));
    shown["displayOptions"] = std::move(options);
  }
  out["configFields"] = base::JsonArray{std::move(shown)};
  return out;
}

std::expected<base::Json, std::string> read_policy_values(const PolicyTemplate& policy_template,
                                                          const base::Json& values) {
  const auto* list = values.if_array();
  if (list == nullptr || list->size() > 16) return std::unexpected("values must be a list of at most 16");
  base::Json read;
  const auto& field = policy_template.field;
  for (const auto& entry : *list) {
    const auto named = base::string_member(entry, "configFieldID") == field.id ||
                       base::string_member(entry, "configFieldName") == field.name;
    const auto* value = base::member(entry, "value");
    if (!named || value == nullptr) {
      return std::unexpected(
          fmt::format("a value of this policy is for configFieldID {} ({})", field.id, field.name));
    }
    if (!fits(field, *value)) {
      return std::unexpected(
          field.choices.empty() ? fmt::format("{} must be true or false", field.name)
                                : fmt::format("{} is one of {}", field.name, fmt::join(field.choices, ", ")));
    }
    read = *value;
  }
  return read;
}

base::JsonArray policy_values(const PolicyTemplate& policy_template, const base::Json& value) {
  if (value.is_null()) return {};
  return {base::JsonObject{{"configFieldID", base::json_text(policy_template.field.id)},
                           {"configFieldName", base::json_text(policy_template.field.name)},
                           {"value", value}}};
}

}  // namespace directory
