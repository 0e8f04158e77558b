// Who calls the management API: an API token of the book, or an access token that the org's own authorization server has handed out.
// Tokens of its other servers are for the resources of other people. [Okta provisioning-clients 5.1-01] [Okta provisioning-clients 5.8-01]
#pragma once

#include "fakes/okta/api/caller.h"
#include "fakes/okta/sign_in/desk.h"

namespace fakes::okta::sign_in {

class ApiCallers final : public api::Callers {
 public:
  /// Both outlive it.
  ApiCallers(const api::Callers& api_tokens, const Desk& desk) : api_tokens_(&api_tokens), desk_(&desk) {}

  [[nodiscard]] std::optional<api::Caller> find_api_token(std::string_view text) const override { return api_tokens_->find_api_token(text); }
  /// None that has expired, was revoked, or whose user or app may do nothing any more. Assumed: with a scope anybody may do what an
  /// admin may, as the org has no roles.
  [[nodiscard]] std::optional<api::Caller> find_access_token(std::string_view text) const override;

 private:
  const api::Callers* api_tokens_;
  const Desk* desk_;
};

}  // namespace fakes::okta::sign_in
