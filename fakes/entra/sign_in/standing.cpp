#include "fakes/entra/sign_in/standing.h"

namespace fakes::entra::sign_in {
namespace {

constexpr base::Duration revocation_lag = std::chrono::minutes{2};

bool is_revoked(const Tenant& tenant, const SignInOptions& options, const DirectoryObject& user, const Proof& proof) {
  // A guest has signed in at home, which is not asked. [Graph U58]
  if (user.text("userType") == "Guest") return false;
  const auto* valid_from = user.find("signInSessionsValidFromDateTime");
  // The property shows whole seconds; the sequence tells the order of what happened within one.
  if (valid_from == nullptr || valid_from->changed <= proof.sequence) return false;
  if (!options.quirks.has(Quirk::revocation_lags)) return true;
  const auto since = base::parse_rfc3339(user.text("signInSessionsValidFromDateTime"));
  return !since || tenant.now() >= *since + revocation_lag;
}

/// The rows of the table of refresh tokens for a password that was changed or reset. [Graph K22] [Graph K23]
bool is_voided_by_password(const SignInOptions& options, const PasswordState& password, const Proof& proof, Artifact artifact) {
  if (password.changed <= proof.at) return false;
  const bool is_token = artifact != Artifact::cookie;
  if (is_token && !password.changed_by_user && options.quirks.has(Quirk::admin_reset_revokes_all)) return true;
  return proof.method == Method::password && artifact != Artifact::confidential_client_token;
}

}  // namespace

Aadsts check_standing(const Tenant& tenant, const SignInOptions& options, const Proof& proof, Artifact artifact) {
  const auto* user = tenant.find(proof.user);
  if (user == nullptr) return Aadsts::no_such_user;
  if (!user->flag("accountEnabled", true)) return Aadsts::user_disabled;
  const auto voided = artifact == Artifact::cookie ? Aadsts::session_voided : Aadsts::grant_revoked;
  if (is_revoked(tenant, options, *user, proof)) return voided;
  // That a password has expired leaves everything as it is. [Graph K21]
  const auto* password = tenant.password_of(proof.user);
  if (password != nullptr && is_voided_by_password(options, *password, proof, artifact)) return voided;
  return Aadsts::none;
}

}  // namespace fakes::entra::sign_in
