#include "fakes/entra/sign_in/passwords.h"

#include <chrono>

namespace fakes::entra::sign_in {
namespace {

std::string_view domain_of(std::string_view user_name) {
  const auto at = user_name.rfind('@');
  return at == std::string_view::npos ? std::string_view() : user_name.substr(at + 1);
}

}  // namespace

bool is_expired(const Tenant& tenant, const DirectoryObject& user, const PasswordState& password) {
  if (user.text("passwordPolicies").contains("DisablePasswordExpiration")) return false;
  const auto* domain = tenant.domains().find(domain_of(user.text("userPrincipalName")));
  if (domain == nullptr || domain->password_validity_days == passwords_never_expire) return false;
  // Held against the age: an instant plus many years overflows.
  return tenant.now() - password.changed >= std::chrono::days{domain->password_validity_days};
}

PasswordVerdict judge_name(const Tenant& tenant, std::string_view user_name) {
  const auto* user = tenant.find_user_by_name(user_name);
  const auto domain = domain_of(user_name);
  if (user == nullptr && !domain.empty() && tenant.domains().find(domain) == nullptr)
    return {sign_in_error(Aadsts::foreign_user, {user_name, domain, tenant.options().display_name}), {}};
  if (user == nullptr) return {sign_in_error(Aadsts::no_such_user, {user_name, tenant.options().display_name}), {}};
  if (const auto* held = tenant.domains().find(domain); held != nullptr && held->federated)
    return {sign_in_error(Aadsts::no_federated_realm, {domain}), user->id()};
  return {{}, user->id()};
}

PasswordVerdict judge_password(const Tenant& tenant, Lockouts& lockouts, const SignInOptions& options, std::string_view user_name,
                               const base::Secret& password) {
  auto verdict = judge_name(tenant, user_name);
  if (!verdict.ok()) return verdict;
  const auto fails = [&](Aadsts code) { return PasswordVerdict{sign_in_error(code), verdict.user}; };
  if (lockouts.is_locked(verdict.user, tenant.now())) return fails(Aadsts::locked);
  const auto* held = tenant.password_of(verdict.user);
  if (held == nullptr || held->password.empty()) return fails(Aadsts::no_password);
  if (!(held->password == password)) {
    lockouts.failed(verdict.user, password, options, tenant.now());
    return fails(Aadsts::wrong_password);
  }
  lockouts.succeeded(verdict.user);
  const auto& user = *tenant.find(verdict.user);
  if (!user.flag("accountEnabled", true)) return fails(Aadsts::user_disabled);
  // Nobody here has a second factor to show. [Graph U16]
  if (held->force_change_with_mfa) return fails(Aadsts::mfa_needed);
  const bool must_change = held->force_change && !options.defects.contains(Defect::temporary_password_lets_in);
  if (must_change || is_expired(tenant, user, *held)) return fails(Aadsts::password_expired);
  return verdict;
}

}  // namespace fakes::entra::sign_in
