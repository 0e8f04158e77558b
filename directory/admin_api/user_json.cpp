#include "directory/admin_api/user_json.h"

#include <fmt/format.h>

#include "directory/organization/settings_json.h"

namespace directory {
namespace {

using base::Json;
using base::JsonObject;

Refusal invalid(std::string_view field, std::string_view must) {
  return {Refusal::Kind::invalid, std::string(field), fmt::format("{} must be {}", field, must)};
}

Json time_or_null(const std::optional<base::Instant>& at) {
  return at ? Json(base::to_rfc3339(*at)) : Json(nullptr);
}

std::optional<Refusal> read_flag(const JsonObject& body, std::string_view name, bool& into) {
  const auto* value = base::member(body, name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_bool()) return invalid(name, "true or false");
  into = value->get_bool();
  return std::nullopt;
}

/// Whether the person has a password, as the console shows it. [rule D8] [rule R12]
bool shown_as_activated(const Core& core, const User& user) {
  if (core.has(Defect::pending_shows_as_active)) return true;
  if (core.has(Defect::password_shows_as_pending)) return user.password_set == user.created;
  return user.password_hash.has_value();
}

std::string shown_email(const Core& core, const User& user) {
  const bool masked = !user.password_hash && core.has(Defect::pending_address_is_masked);
  return masked ? "***" + user.attributes.email.substr(user.attributes.email.find('@')) : user.attributes.email;
}

}  // namespace

JsonObject to_json(const Core& core, const User& user) {
  JsonObject out{{"_id", user.id.text()},
                 {"id", user.id.text()},
                 {"username", user.attributes.username},
                 {"email", shown_email(core, user)},
                 {"state", base::json_text(state_name(user.state))},
                 {"suspended", user.state == UserState::suspended},  // [rule D7]
                 {"activated", shown_as_activated(core, user)},
                 {"account_locked", user.locked && !core.has(Defect::locked_shows_as_active)},
                 {"account_locked_date", time_or_null(user.locked_since)},
                 {"badLoginAttempts", user.failed_logins},
                 {"password_expired", user.password_expired},
                 {"password_expiration_date", time_or_null(user.password_expires)},
                 {"password_never_expires", user.password_terms.never_expires},
                 {"externally_managed", user.password_terms.authority != PasswordAuthority::directory},
                 {"restrictedFields", restricted_fields(user.password_terms.authority)},
                 {"disableDeviceMaxLoginAttempts", user.password_terms.ignores_device_failures},
                 {"totp_enabled", false},
                 {"mfa", JsonObject{{"configured", false}, {"exclusion", false}}},
                 {"mfaEnrollment", JsonObject{{"overallStatus", "NOT_ENROLLED"}}},
                 {"recoveryEmail", JsonObject{{"address", ""}, {"verified", false}}},
                 {"organization", core.options.organization},
                 {"creationSource", user.creation_source},
                 {"created", base::to_rfc3339(user.created)}};
  if (user.password_set) out["password_date"] = base::to_rfc3339(*user.password_set);
  for (const auto& attribute : text_attributes) {
    const auto& value = user.attributes.*attribute.member;
    if (value) out[base::json_key(attribute.name)] = *value;
  }
  for (const auto& attribute : number_attributes) {
    const auto& value = user.attributes.*attribute.member;
    if (value) out[base::json_key(attribute.name)] = *value;
  }
  return out;
}

std::optional<Refusal> read_attributes(const JsonObject& body, UserAttributes& into) {
  for (const auto& [name, member] :
       {std::pair{"username", &UserAttributes::username}, {"email", &UserAttributes::email}}) {
    const auto* value = base::member(body, name);
    if (value == nullptr) continue;
    if (!value->is_string()) return invalid(name, "a string");
    into.*member = std::string(base::as_text(value->get_string()));
  }
  for (const auto& attribute : text_attributes) {
    const auto* value = base::member(body, attribute.name);
    if (value == nullptr) continue;
    if (!value->is_string() && !value->is_null()) return invalid(attribute.name, "a string");
    auto& attribute_value = into.*attribute.member;
    if (value->is_null() || value->get_string().empty()) {
      attribute_value.reset();
    } else {
      attribute_value = std::string(base::as_text(value->get_string()));
    }
  }
  for (const auto& attribute : number_attributes) {
    const auto* value = base::member(body, attribute.name);
    if (value == nullptr) continue;
    const auto* number = value->if_int64();
    if (number == nullptr && !value->is_null()) return invalid(attribute.name, "a whole number");
    into.*attribute.member = number == nullptr ? std::nullopt : std::optional<std::int64_t>(*number);
  }
  return std::nullopt;
}

std::optional<Refusal> read_password_terms(const JsonObject& body, PasswordTerms& into) {
  if (auto refusal = read_flag(body, "password_never_expires", into.never_expires)) return refusal;
  if (auto refusal = read_flag(body, "disableDeviceMaxLoginAttempts", into.ignores_device_failures))
    return refusal;
  if (const auto* fields = base::member(body, "restrictedFields")) {
    const auto authority = read_restricted_fields(*fields);
    if (!authority) return authority.error();
    into.authority = *authority;
    return std::nullopt;
  }
  bool external = into.authority != PasswordAuthority::directory;
  if (auto refusal = read_flag(body, "externally_managed", external)) return refusal;
  into.authority = external ? PasswordAuthority::scim : PasswordAuthority::directory;
  return std::nullopt;
}

Change<std::optional<UserState>> read_state(const JsonObject& body) {
  const auto* state_given = base::member(body, "state");
  const auto* suspended_given = base::member(body, "suspended");
  std::optional<UserState> state;
  if (state_given != nullptr) {
    state = state_given->is_string() ? parse_state(base::as_text(state_given->get_string())) : std::nullopt;
    if (!state) return std::unexpected(invalid("state", "one of STAGED, ACTIVATED, SUSPENDED"));
  }
  if (suspended_given == nullptr) return state;
  if (!suspended_given->is_bool()) return std::unexpected(invalid("suspended", "true or false"));
  const bool suspended = suspended_given->get_bool();
  if (state && suspended != (*state == UserState::suspended)) {
    return std::unexpected(
        Refusal{Refusal::Kind::invalid, "state",
                fmt::format("Cannot save conflicting state and suspended fields. (state={} suspended={})",
                            state_name(*state), suspended)});
  }
  if (!state && suspended) state = UserState::suspended;
  return state;
}

Change<std::optional<base::Secret>> read_password(const JsonObject& body) {
  const auto* value = base::member(body, "password");
  if (value == nullptr || value->is_null()) return std::nullopt;
  if (!value->is_string()) return std::unexpected(invalid("password", "a string"));
  if (value->get_string().empty()) return std::nullopt;
  return base::Secret(std::string(base::as_text(value->get_string())));
}

Change<NewUser> read_new_user(const Core& core, const JsonObject& body, UserState fallback,
                              std::string_view creation_source) {
  NewUser fresh{{}, fallback, std::string(creation_source)};
  if (auto refusal = read_attributes(body, fresh.attributes)) return std::unexpected(std::move(*refusal));
  PasswordTerms terms{core.settings.password_authority};
  if (auto refusal = read_password_terms(body, terms)) return std::unexpected(std::move(*refusal));
  fresh.password_terms = terms;
  const auto state = read_state(body);
  if (!state) return std::unexpected(state.error());
  fresh.state = state->value_or(fallback);
  auto password = read_password(body);
  if (!password) return std::unexpected(std::move(password.error()));
  fresh.password = std::move(*password);
  return fresh;
}

}  // namespace directory
