#include "fakes/okta/sign_in/quirks.h"

namespace fakes::okta::sign_in {
namespace {

// clang-format off
constexpr QuirkInfo quirk_table[] = {
    {Quirk::codes_last_a_minute, "codes_last_a_minute", "authorization codes live for 60 seconds, not for 300", "OIDC reference, /authorize", "until 2021"},
    {Quirk::name_is_asked_first, "name_is_asked_first", "the sign-in page asks for the name, and for the password on a second page", "Identity Engine", ""},
    {Quirk::lock_is_shown, "lock_is_shown", "who is locked out is told so; else they see what a wrong password shows", "password policy, showLockoutFailures", ""},
    {Quirk::unknown_client_as_api_error, "unknown_client_as_api_error", "a token request of an unknown client is refused with an error object of the management API", "seen by clients", ""},
    {Quirk::refresh_tokens_always_rotate, "refresh_tokens_always_rotate", "each use replaces a refresh token, whatever kind of app it is of", "rotation_type ROTATE", ""},
    {Quirk::claims_all_in_id_token, "claims_all_in_id_token", "an ID token that comes with an access token has all claims of its scopes", "claims set to Always", ""},
    {Quirk::email_unverified, "email_unverified", "the claim email_verified is false", "scope-dependent claims", ""},
    {Quirk::throttled_once, "throttled_once", "the first token request of each client is answered with 429", "Okta provisioning-clients 5.6-06", ""},
};
// clang-format on

}  // namespace

std::span<const QuirkInfo> all_quirks() { return quirk_table; }

std::optional<Quirk> find_quirk(std::string_view name) { return quirk_named(all_quirks(), name); }

}  // namespace fakes::okta::sign_in
