#include "fakes/okta/sign_in/api_callers.h"

namespace fakes::okta::sign_in {

std::optional<api::Caller> ApiCallers::find_access_token(std::string_view text) const {
  const auto* token = desk_->access_tokens.find(text);
  if (token == nullptr || !token->grant.server.empty() || !desk_->holds(*token)) return std::nullopt;
  const auto* app = desk_->find_client(token->grant.client_id);
  api::Caller caller;
  caller.kind = api::Caller::Kind::access_token;
  caller.id = token->grant.client_id;  // an app has one share of a bucket, however many tokens it has [Okta provisioning-clients 5.6-06]
  caller.name = app->label;
  if (token->grant.proof) caller.user = token->grant.proof->user.text();
  caller.scopes = token->grant.scopes;
  caller.expires = token->ends;
  return caller;
}

}  // namespace fakes::okta::sign_in
