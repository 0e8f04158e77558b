#include "directory/organization/settings_json.h"

#include <fmt/format.h>

#include <array>

namespace directory {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr std::size_t longest_text = 1024;
constexpr int most_days = 3650;

struct LimitField {
  std::string_view name, switch_name;
  PolicyLimit PasswordPolicy::*member;
  int least, most;
};

// [rule D110] [rule D111]; the switch of resetLockoutCounterMinutes is assumed to be named like its siblings.
constexpr std::array limits{
    LimitField{"minLength", "enableMinLength", &PasswordPolicy::min_length, shortest_password,
               longest_password},
    LimitField{"maxHistory", "enableMaxHistory", &PasswordPolicy::max_history, 1, 24},
    LimitField{"passwordExpirationInDays", "enablePasswordExpirationInDays", &PasswordPolicy::expiration_days,
               1, most_days},
    LimitField{"daysBeforeExpirationToForceReset", "enableDaysBeforeExpirationToForceReset",
               &PasswordPolicy::force_reset_days, 1, most_days},
    LimitField{"minChangePeriodInDays", "enableMinChangePeriodInDays", &PasswordPolicy::min_change_days, 1,
               most_days},
    LimitField{"maxLoginAttempts", "enableMaxLoginAttempts", &PasswordPolicy::max_login_attempts, 1, 1000},
    LimitField{"lockoutTimeInSeconds", "enableLockoutTimeInSeconds", &PasswordPolicy::lockout_seconds, 300,
               5400},
    LimitField{"resetLockoutCounterMinutes", "enableResetLockoutCounter",
               &PasswordPolicy::reset_counter_minutes, 1, 1440},
};

struct FlagField {
  std::string_view name;
  bool PasswordPolicy::*member;
};

constexpr std::array flags{
    FlagField{"needsLowercase", &PasswordPolicy::needs_lowercase},
    FlagField{"needsUppercase", &PasswordPolicy::needs_uppercase},
    FlagField{"needsNumeric", &PasswordPolicy::needs_numeric},
    FlagField{"needsSymbolic", &PasswordPolicy::needs_symbolic},
    FlagField{"allowUsernameSubstring", &PasswordPolicy::allow_username_substring},
    FlagField{"disallowCommonlyUsedPasswords", &PasswordPolicy::disallow_common},
    FlagField{"disallowSequentialOrRepetitiveChars", &PasswordPolicy::disallow_sequential},
};

struct StateField {
  std::string_view name;
  UserState NewUserStates::*member;
};

constexpr std::array states{
    StateField{"manualEntry", &NewUserStates::manual_entry},
    StateField{"csvImport", &NewUserStates::csv_import},
    StateField{"applicationImport", &NewUserStates::application_import},
};

struct TextField {
  std::string_view name;
  std::string OrganizationSettings::*member;
};

constexpr std::array texts{
    TextField{"name", &OrganizationSettings::name},
    TextField{"contactName", &OrganizationSettings::contact_name},
    TextField{"contactEmail", &OrganizationSettings::contact_email},
};

/// An enum whose values are words of the API.
template <class Value>
struct Word {
  std::string_view name;
  Value value;
};

constexpr std::array scim_defaults{Word<ScimDefault>{"manualEntry", ScimDefault::manual_entry},
                                   Word<ScimDefault>{"applicationImport", ScimDefault::application_import}};
constexpr std::array activation_mails{Word<ActivationMail>{"onCreate", ActivationMail::on_create},
                                      Word<ActivationMail>{"onRequest", ActivationMail::on_request}};

std::unexpected<Refusal> invalid(std::string_view field, std::string_view must) {
  return std::unexpected(
      Refusal{Refusal::Kind::invalid, std::string(field), fmt::format("settings.{} {}", field, must)});
}

Change<void> read_flag(const JsonObject& from, std::string_view group, std::string_view name, bool& into) {
  const auto* value = base::member(from, name);
  if (value == nullptr) return {};
  if (!value->is_bool()) return invalid(fmt::format("{}{}", group, name), "is true or false");
  into = value->get_bool();
  return {};
}

Change<void> read_policy(const JsonObject& from, PasswordPolicy& policy) {
  constexpr std::string_view group = "passwordPolicy.";
  for (const auto& field : flags) {
    if (auto read = read_flag(from, group, field.name, policy.*field.member); !read) return read;
  }
  for (const auto& field : limits) {
    auto& limit = policy.*field.member;
    if (auto read = read_flag(from, group, field.switch_name, limit.enabled); !read) return read;
    const auto* value = base::member(from, field.name);
    if (value == nullptr) continue;
    const auto* number = value->if_int64();
    if (number == nullptr || *number < field.least || *number > field.most) {
      return invalid(fmt::format("{}{}", group, field.name),
                     fmt::format("is a whole number from {} to {}", field.least, field.most));
    }
    limit.value = static_cast<int>(*number);
  }
  return {};
}

Change<void> read_states(const JsonObject& from, NewUserStates& into) {
  for (const auto& field : states) {
    const auto* value = base::member(from, field.name);
    if (value == nullptr) continue;
    const auto state = value->is_string() ? parse_state(base::as_text(value->get_string())) : std::nullopt;
    if (!state || *state == UserState::suspended) {
      return invalid(fmt::format("newSystemUserStateDefaults.{}", field.name), "is STAGED or ACTIVATED");
    }
    into.*field.member = *state;
  }
  return {};
}

template <class Value, std::size_t N>
Change<void> read_word(const JsonObject& from, std::string_view name, const std::array<Word<Value>, N>& words,
                       Value& into) {
  const auto* given = base::member(from, name);
  if (given == nullptr) return {};
  for (const auto& word : words) {
    if (given->is_string() && word.name == base::as_text(given->get_string())) {
      into = word.value;
      return {};
    }
  }
  return invalid(name, "has no such value");
}

template <class Value, std::size_t N>
Json word_of(const std::array<Word<Value>, N>& words, Value value) {
  for (const auto& word : words) {
    if (word.value == value) return base::json_text(word.name);
  }
  return {};
}

/// The member as an object; null where it is missing.
Change<const JsonObject*> group_of(const JsonObject& from, std::string_view name) {
  const auto* value = base::member(from, name);
  if (value == nullptr) return nullptr;
  if (!value->is_object()) return invalid(name, "is an object");
  return &value->get_object();
}

Change<void> read_texts(const JsonObject& from, OrganizationSettings& settings) {
  for (const auto& field : texts) {
    const auto* value = base::member(from, field.name);
    if (value == nullptr) continue;
    if (!value->is_string() || value->get_string().size() > longest_text)
      return invalid(field.name, "is a short text");
    settings.*field.member = std::string(base::as_text(value->get_string()));
  }
  if (settings.name.empty()) return invalid("name", "is not empty");
  // What is not custom would replace the policy by another that is not published.
  const auto* compliance = base::member(from, "passwordCompliance");
  if (compliance != nullptr && *compliance != Json("custom"))
    return invalid("passwordCompliance", "is custom");
  return {};
}

/// Adds the leaves of `json` to `out` as text, each under its path.
void flatten(const Json& json, const std::string& path,
             std::vector<std::pair<std::string, std::string>>& out) {
  if (const auto* object = json.if_object()) {
    for (const auto& [name, value] : *object) {
      const std::string own(name.data(), name.size());
      flatten(value, path.empty() ? own : path + "." + own, out);
    }
  } else {
    out.emplace_back(path,
                     json.is_string() ? std::string(base::as_text(json.get_string())) : base::to_text(json));
  }
}

}  // namespace

JsonObject to_json(const OrganizationSettings& settings) {
  JsonObject out;
  for (const auto& field : texts) out[base::json_key(field.name)] = settings.*field.member;
  JsonObject defaults;
  for (const auto& field : states)
    defaults[base::json_key(field.name)] = base::json_text(state_name(settings.new_user_states.*field.member));
  out["newSystemUserStateDefaults"] = std::move(defaults);
  out["scimUserStateDefault"] = word_of(scim_defaults, settings.scim_default);
  out["activationMail"] = word_of(activation_mails, settings.activation_mail);
  out["passwordTakeover"] = settings.password_takeover;
  out["systemUserDefaultRestrictedFields"] = restricted_fields(settings.password_authority);
  out["passwordCompliance"] = "custom";
  JsonObject policy;
  for (const auto& field : flags) policy[base::json_key(field.name)] = settings.password_policy.*field.member;
  for (const auto& field : limits) {
    const auto& limit = settings.password_policy.*field.member;
    policy[base::json_key(field.switch_name)] = limit.enabled;
    policy[base::json_key(field.name)] = limit.value;
  }
  out["passwordPolicy"] = std::move(policy);
  return out;
}

Change<OrganizationSettings> with_changes(OrganizationSettings settings, const JsonObject& change) {
  const auto defaults = group_of(change, "newSystemUserStateDefaults");
  if (!defaults) return std::unexpected(defaults.error());
  const auto policy = group_of(change, "passwordPolicy");
  if (!policy) return std::unexpected(policy.error());
  auto read = read_texts(change, settings);
  if (read && *defaults != nullptr) read = read_states(**defaults, settings.new_user_states);
  if (read && *policy != nullptr) read = read_policy(**policy, settings.password_policy);
  if (read) read = read_word(change, "scimUserStateDefault", scim_defaults, settings.scim_default);
  if (read) read = read_word(change, "activationMail", activation_mails, settings.activation_mail);
  if (read) read = read_flag(change, "", "passwordTakeover", settings.password_takeover);
  if (!read) return std::unexpected(std::move(read.error()));
  if (const auto* fields = base::member(change, "systemUserDefaultRestrictedFields")) {
    const auto authority = read_restricted_fields(*fields);
    if (!authority) return std::unexpected(authority.error());
    settings.password_authority = *authority;
  }
  return settings;
}

std::vector<FieldChange> differences(const OrganizationSettings& before, const OrganizationSettings& after) {
  std::vector<std::pair<std::string, std::string>> left, right;
  flatten(to_json(before), "", left);
  flatten(to_json(after), "", right);
  std::vector<FieldChange> changes;
  // Both have the same leaves in the same order.
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (left[i] != right[i]) changes.push_back({left[i].first, left[i].second, right[i].second});
  }
  return changes;
}

JsonArray restricted_fields(PasswordAuthority authority) {
  JsonArray out;
  if (authority == PasswordAuthority::scim)
    out.push_back(JsonObject{{"field", "password"}, {"type", "scim"}});
  return out;
}

Change<PasswordAuthority> read_restricted_fields(const Json& fields) {
  const auto refused = [](std::string_view why) {
    return std::unexpected(Refusal{Refusal::Kind::invalid, "restrictedFields", std::string(why)});
  };
  const auto* list = fields.if_array();
  if (list == nullptr || list->size() > 8)
    return refused("restrictedFields is a short list of {field, type}");
  auto authority = PasswordAuthority::directory;
  for (const auto& entry : *list) {
    if (base::string_or(entry, "field", "") != "password")
      return refused("only the field password can be restricted");
    if (base::string_or(entry, "type", "") != "scim") {
      return refused("scim is the only external password authority; active_directory is not supported");
    }
    authority = PasswordAuthority::scim;
  }
  return authority;
}

}  // namespace directory
