#include "directory/cloud_sync/account_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "directory/cloud_sync/odata_text.h"

namespace directory {
namespace {

/// [Graph U7]
constexpr std::size_t longest_nickname = 64;

/// All that an account is compared by when it is found. [rule D70]
constexpr std::string_view compared =
    "id,accountEnabled,userPrincipalName,displayName,givenName,surname,department,jobTitle,officeLocation,otherMails";

PlannedStep look_up(std::string_view property, const std::string& value) {
  const auto filter = base::percent_encode(fmt::format("{} eq {}", property, odata_text(value)));
  return {AccountStep::look_up, {"GET", fmt::format("/users?$filter={}&$select={}", filter, compared)}};
}

/// The name before the at sign, of letters, digits and what else may stand in one. [Graph U3]
std::string nickname_of(std::string_view upn) {
  std::string nickname;
  for (const char c : upn.substr(0, upn.rfind('@'))) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (byte | 0x20U) - 'a' < 26U || byte - '0' < 10U;
    if (plain || c == '.' || c == '-' || c == '_') nickname += c;
  }
  nickname.resize(std::min(nickname.size(), longest_nickname));
  return nickname.empty() ? "user" : nickname;
}

base::JsonObject password_profile(const base::Secret& password) {
  return {{"password", password.reveal()}, {"forceChangePasswordNextSignIn", false}};  // [Graph U17]
}

PlannedStep create(const WantedAccount& wanted, const base::Secret& password) {
  base::JsonObject body{{"accountEnabled", wanted.enabled},
                        {"userPrincipalName", wanted.upn},
                        {"mailNickname", nickname_of(wanted.upn)},
                        {"passwordProfile", password_profile(password)}};
  for (const auto& [name, value] : wanted.properties) {
    const bool empty = value.is_null() || (value.is_array() && value.get_array().empty());
    if (!empty) body[name] = value;
  }
  return {AccountStep::create, {"POST", "/users", std::move(body)}};
}

std::string path_of(const CloudAccount& account) { return "/users/" + account.object_id; }

}  // namespace

base::JsonObject outstanding_changes(const CloudAccount& account, const WantedAccount& wanted) {
  base::JsonObject changes;
  const auto compare = [&](std::string_view name, const base::Json& value) {
    const auto* there = base::member(account.written, name);
    const bool nothing = value.is_null() || (value.is_array() && value.get_array().empty());
    if (there == nullptr ? nothing : *there == value) return;
    changes[base::json_key(name)] = value;
  };
  compare("accountEnabled", wanted.enabled);
  if (!account.connected) return changes;
  if (!wanted.upn.empty()) compare("userPrincipalName", base::json_text(wanted.upn));
  for (const auto& [name, value] : wanted.properties) compare({name.data(), name.size()}, value);
  return changes;
}

std::optional<PlannedStep> next_step(const CloudAccount& account, const WantedAccount& wanted,
                                     const std::optional<base::Secret>& password, const base::Secret& placeholder,
                                     const std::string& graph) {
  if (wanted.left_alone) return std::nullopt;
  if (account.object_id.empty()) {
    // What nobody ever wanted there is not looked for, unless it may have been created.
    if ((!account.connected && !account.create_sent) || wanted.upn.empty()) return std::nullopt;
    // What we may have created ourselves has the name alone for certain.
    const bool by_name = wanted.mail.empty() || account.create_sent;
    if (!account.known_absent) return by_name ? look_up("userPrincipalName", wanted.upn) : look_up("mail", wanted.mail);
    if (!account.connected) return std::nullopt;
    // Who must not use the account is well served without the one that was deleted.
    const bool was_deleted = base::member(account.written, former_object) != nullptr;
    if (was_deleted && !wanted.enabled) return std::nullopt;
    return create(wanted, password.value_or(placeholder));
  }
  if (auto changes = outstanding_changes(account, wanted); !changes.empty()) {
    return PlannedStep{AccountStep::update, {"PATCH", path_of(account), std::move(changes)}};
  }
  if (!account.connected) return std::nullopt;
  if (password) {
    return PlannedStep{AccountStep::set_password,
                       {"PATCH", path_of(account), base::JsonObject{{"passwordProfile", password_profile(*password)}}}};
  }
  if (wanted.manager && *wanted.manager != account.manager) {
    GraphCall call{"DELETE", path_of(account) + "/manager/$ref"};
    if (!wanted.manager->empty()) {
      call.method = "PUT";
      call.body = {{"@odata.id", fmt::format("{}/users/{}", graph, *wanted.manager)}};
    }
    return PlannedStep{AccountStep::set_manager, std::move(call), 0, *wanted.manager};
  }
  if (account.sessions_must_end) {
    return PlannedStep{AccountStep::end_sessions, {"POST", path_of(account) + "/revokeSignInSessions"}};
  }
  return std::nullopt;
}

}  // namespace directory
