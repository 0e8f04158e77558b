#include "fakes/entra/object_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "base/encoding.h"
#include "base/instant.h"

namespace fakes::entra {
namespace {

using base::Json;
using base::JsonObject;

constexpr std::size_t shortest_password = 8;
constexpr std::size_t longest_password = 256;

std::string_view resource_name(ObjectKind kind) { return kind == ObjectKind::user ? "User" : "Group"; }

std::unexpected<TenantError> missing(ObjectKind kind, std::string_view property) {
  return refuse(Refusal::required, std::string(property),
                fmt::format("A value is required for property '{}' of resource '{}'.", property, resource_name(kind)));
}

std::unexpected<TenantError> invalid(ObjectKind kind, std::string_view property) {
  return refuse(Refusal::invalid, std::string(property),
                fmt::format("Invalid value specified for property '{}' of resource '{}'.", property, resource_name(kind)));
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool is_all_of(const Json& json, auto test) {
  return json.is_array() && std::ranges::all_of(json.get_array(), test);
}

bool has_type(const Json& json, PropertyType type) {
  switch (type) {
    case PropertyType::text: return json.is_string();
    case PropertyType::boolean: return json.is_bool();
    case PropertyType::time: return json.is_string() && base::parse_rfc3339(base::as_text(json.get_string())).has_value();
    case PropertyType::texts: return is_all_of(json, [](const Json& element) { return element.is_string(); });
    case PropertyType::object: return json.is_object();
    case PropertyType::objects: return is_all_of(json, [](const Json& element) { return element.is_object(); });
  }
  return false;
}

/// [Graph U9] [Graph U10] [Graph U12] [Graph U19] [Graph U24] [Graph GR3] [Graph U4]
bool has_form(ObjectKind kind, std::string_view name, const Json& json) {
  const auto text = json.is_string() ? base::as_text(json.get_string()) : std::string_view();
  if (name == "userPrincipalName") return parse_user_principal_name(text).has_value();
  if (name == "mailNickname") {
    const auto forbidden = kind == ObjectKind::group ? std::string_view("@()\\[]\";:.<>, ") : std::string_view("@()\\[]\";:<>, ");
    return !text.empty() && text.find_first_of(forbidden) == std::string_view::npos;
  }
  if (name == "usageLocation")
    return text.size() == 2 && std::ranges::all_of(text, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
  if (name == "businessPhones") return json.get_array().size() <= 1;
  if (name == "userType") return text == "Member" || text == "Guest";
  if (name == "onPremisesImmutableId") return text.find_first_of("$_") == std::string_view::npos;
  if (name == "mail") return text.find('@') != std::string_view::npos;
  if (name == "passwordPolicies") {
    for (auto rest = text; !rest.empty();) {
      const auto comma = std::min(rest.find(','), rest.size());
      auto policy = rest.substr(0, comma);
      rest.remove_prefix(std::min(comma + 1, rest.size()));
      while (policy.starts_with(' ')) policy.remove_prefix(1);
      if (policy != "None" && policy != "DisablePasswordExpiration" && policy != "DisableStrongPassword") return false;
    }
  }
  return true;
}

Outcome<PasswordChange> read_password_profile(const Json& json, bool creating) {
  if (!json.is_object()) return invalid(ObjectKind::user, "passwordProfile");
  const auto password = base::string_member(json, "password");
  if (!password && creating) return refuse(Refusal::no_password, "passwordProfile", "A password must be specified to create a new user.");
  PasswordChange change;
  change.password = base::Secret(password.value_or(""));
  change.force_change = base::bool_member(json, "forceChangePasswordNextSignIn").value_or(false);
  change.force_change_with_mfa = base::bool_member(json, "forceChangePasswordNextSignInWithMfa").value_or(false);
  return change;
}

Outcome<Json> checked_value(ObjectKind kind, const Property& property, const Json& sent, bool creating) {
  if (property.writing == Writing::never || (property.writing == Writing::at_creation && !creating))
    return refuse(Refusal::read_only, std::string(property.name), fmt::format("Property '{}' is read-only and cannot be set.", property.name));
  if (sent.is_null()) {
    if (!property.clearable) return missing(kind, property.name);
    return Json();
  }
  if (!has_type(sent, property.type))
    return refuse(Refusal::wrong_type, std::string(property.name), fmt::format("Property '{}' is of another type.", property.name));
  const auto text = sent.is_string() ? base::as_text(sent.get_string()) : std::string_view();
  if (sent.is_string() && text.empty() && !property.clearable) return missing(kind, property.name);
  if (property.longest != 0 && characters(text) > property.longest)
    return refuse(Refusal::too_long, std::string(property.name),
                  fmt::format("Property '{}' holds at most {} characters.", property.name, property.longest));
  if (!has_form(kind, property.name, sent)) return invalid(kind, property.name);
  return sent;
}

Outcome<Proposal> checked(ObjectKind kind, const JsonObject& sent, bool creating) {
  Proposal proposal;
  for (const auto& [key, value] : sent) {
    const std::string_view name{key.data(), key.size()};
    if (name.find("@odata.") != std::string_view::npos) continue;
    if (kind == ObjectKind::user && name == "passwordProfile") {
      auto change = read_password_profile(value, creating);
      if (!change) return std::unexpected(change.error());
      proposal.password = *std::move(change);
      continue;
    }
    const auto* property = find_property(kind, name);
    if (property == nullptr)
      return refuse(Refusal::unknown_property, std::string(name), fmt::format("Resource '{}' has no property '{}'.", resource_name(kind), name));
    auto accepted = checked_value(kind, *property, value, creating);
    if (!accepted) return std::unexpected(accepted.error());
    proposal.values.emplace_back(property, *std::move(accepted));
  }
  return proposal;
}

bool has(const JsonObject& sent, std::string_view name) {
  const auto* value = base::member(sent, name);
  return value != nullptr && !value->is_null();
}

bool lists(const JsonObject& sent, std::string_view name, std::string_view text) {
  const auto* value = base::member(sent, name);
  return value != nullptr && value->is_array() &&
         std::ranges::any_of(value->get_array(), [&](const Json& element) { return element.is_string() && base::as_text(element.get_string()) == text; });
}

Outcome<void> check_group_type(const JsonObject& sent) {
  const bool unified = lists(sent, "groupTypes", "Unified");
  if (base::bool_member(sent, "mailEnabled").value_or(false) && !unified) {
    return refuse(Refusal::no_mail_groups, "mailEnabled",
                  "The service does not currently support writes of mail-enabled groups. Please ensure that the "
                  "mail-enablement property is unset and the security-enablement property is set.");
  }
  if (lists(sent, "groupTypes", "DynamicMembership") && !has(sent, "membershipRule"))
    return refuse(Refusal::required, "membershipRule", "A value is required for property 'membershipRule'.");
  return {};
}

}  // namespace

Outcome<Proposal> checked_creation(ObjectKind kind, const JsonObject& sent) {
  static constexpr std::array<std::string_view, 4> of_user{"accountEnabled", "displayName", "mailNickname", "userPrincipalName"};
  static constexpr std::array<std::string_view, 4> of_group{"displayName", "mailEnabled", "mailNickname", "securityEnabled"};
  if (kind == ObjectKind::user && !has(sent, "passwordProfile"))
    return refuse(Refusal::no_password, "passwordProfile", "A password must be specified to create a new user.");
  for (const auto name : kind == ObjectKind::user ? of_user : of_group) {
    if (!has(sent, name)) return missing(kind, name);
  }
  if (kind == ObjectKind::group) {
    if (const auto possible = check_group_type(sent); !possible) return std::unexpected(possible.error());
  }
  return checked(kind, sent, true);
}

Outcome<Proposal> checked_update(ObjectKind kind, const JsonObject& sent) { return checked(kind, sent, false); }

bool is_acceptable_password(const base::Secret& password, bool strong) {
  const auto& text = password.reveal();
  if (text.size() < shortest_password || text.size() > longest_password) return false;
  if (!std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; })) return false;
  if (!strong) return true;
  const auto holds = [&](auto test) { return std::ranges::any_of(text, test) ? 1 : 0; };
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_symbol = [&](char c) { return !is_lower(c) && !is_upper(c) && !is_digit(c); };
  return holds(is_lower) + holds(is_upper) + holds(is_digit) + holds(is_symbol) >= 3;
}

std::optional<SignInName> parse_user_principal_name(std::string_view text) {
  constexpr std::size_t longest_local = 64;
  constexpr std::size_t longest_domain = 48;
  const auto at = text.find('@');
  if (at == 0 || at == std::string_view::npos) return std::nullopt;
  const SignInName name{text.substr(0, at), text.substr(at + 1)};
  if (name.local.size() > longest_local || name.domain.empty() || name.domain.size() > longest_domain) return std::nullopt;
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("'.-_!#^~").find(c) != std::string_view::npos;
  };
  if (!std::ranges::all_of(name.local, allowed) || name.local.ends_with('.')) return std::nullopt;
  if (name.domain.find('@') != std::string_view::npos) return std::nullopt;
  return name;
}

}  // namespace fakes::entra
