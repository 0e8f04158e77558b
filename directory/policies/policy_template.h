// The kinds of policy that devices can be given, with the fields each is filled in with. [rule R68] [rule
// V41]
#pragma once

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/json.h"

namespace directory {

/// What a policy brings about on a device; each template sets one of them.
enum class PolicyEffect {
  hide_app,             ///< the directory's tray or menu-bar app is not shown [rule R68] [rule V88]
  account_provisioning  ///< who may provision an account at the login window [rule V41]
};

struct PolicyField {
  std::string_view id;
  std::string_view name;
  std::string_view label;
  std::span<const std::string_view> choices;  ///< empty: a boolean
};

struct PolicyTemplate {
  std::string_view id;
  std::string_view name;
  std::string_view display_name;
  std::string_view description;
  std::string_view os_family;  ///< the systems it has an effect on: windows, darwin
  PolicyEffect effect;
  PolicyField field;
};

/// In the order of lists.
[[nodiscard]] std::span<const PolicyTemplate> policy_templates();
[[nodiscard]] const PolicyTemplate* find_policy_template(std::string_view id);

/// Members of the template as the API shows it; with its fields on request.
enum class TemplateDetail { summary, with_fields };
[[nodiscard]] base::JsonObject to_json(const PolicyTemplate& policy_template, TemplateDetail detail);

/// Reads `[{configFieldID | configFieldName, value}]`. The stored value is that of the template's field; null
/// where the list leaves it out. An error names what is unknown or of the wrong type.
[[nodiscard]] std::expected<base::Json, std::string> read_policy_values(const PolicyTemplate& policy_template,
                                                                        const base::Json& values);
/// The stored value in the same shape.
[[nodiscard]] base::JsonArray policy_values(const PolicyTemplate& policy_template, const base::Json& value);

/// The choice that lets every user of the directory provision an account. [rule V41]
inline constexpr std::string_view every_user = "every_user";

}  // namespace directory
