#include "fakes/entra/sign_in/quirks.h"


namespace fakes::entra::sign_in {
namespace {

// clang-format off
constexpr QuirkInfo quirk_table[] = {
    {Quirk::common_issuer_is_template, "common_issuer_is_template", "the discovery documents of /common and /organizations name an issuer with {tenantid} in it", "Graph F19", "", true},
    {Quirk::descriptions_in_lines, "descriptions_in_lines", "the parts of an error_description stand on lines of their own, not behind each other", "Graph K3", "", false},
    {Quirk::valid_token_rejected_once, "valid_token_rejected_once", "an access token counts as expired when it is first shown, and as valid from then on", "Graph F8", "", false},
    {Quirk::key_set_lags, "key_set_lags", "a new signing key is missing from the key set for its first five minutes", "Graph F20", "", false},
    {Quirk::not_before_in_the_future, "not_before_in_the_future", "the nbf of ID tokens is two minutes ahead", "Graph F8", "", false},
    {Quirk::preferred_name_is_mail, "preferred_name_is_mail", "preferred_username is the mail address where there is one", "Graph F21", "", false},
    {Quirk::revocation_lags, "revocation_lags", "tokens and cookies work for two minutes after they were revoked", "Graph U57", "2021", false},
    {Quirk::admin_reset_revokes_all, "admin_reset_revokes_all", "a password that an admin sets voids the refresh tokens of confidential clients and of other sign-in methods too", "Graph K23", "", false},
    {Quirk::throttled_once, "throttled_once", "the first token request of each app is answered with 90055", "Graph K5", "", false},
    {Quirk::unavailable_once, "unavailable_once", "the first token request of each app is answered with 90033", "Graph K5", "", false},
};
// clang-format on

}  // namespace

std::span<const QuirkInfo> all_quirks() { return quirk_table; }

std::optional<Quirk> find_quirk(std::string_view name) {
  return quirk_named(all_quirks(), name);
}

Quirks::Quirks() {
  for (const auto& info : quirk_table) {
    if (info.on) add(info.quirk);
  }
}

}  // namespace fakes::entra::sign_in
