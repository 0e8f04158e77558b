// How a world's Okta org is set up: the quirks of its parts, and the one host at which people sign in and programs call its API.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "base/http_service.h"
#include "fakes/okta/api/service.h"
#include "fakes/okta/scim_client/client_quirks.h"
#include "fakes/okta/sign_in/sign_in_service.h"

namespace scenarios {

/// Each where it belongs. No name is one of two parts' quirks.
struct OktaQuirks {
  fakes::okta::scim_client::ClientQuirks client{};
  fakes::okta::sign_in::Quirks sign_in{};
  fakes::okta::api::Quirks api{};
};

/// The error names the one that no part has.
[[nodiscard]] std::expected<OktaQuirks, std::string> okta_quirks(const std::vector<std::string>& names);

/// What listens at the org's host: whatever is not sign-in's is the management API's.
class OktaHost final : public base::HttpService {
 public:
  /// Both outlive it.
  OktaHost(fakes::okta::sign_in::SignInService& sign_in, fakes::okta::api::Service& api) : sign_in_(&sign_in), api_(&api) {}

  base::Task<base::HttpResponse> handle(base::HttpRequest request) override;

 private:
  fakes::okta::sign_in::SignInService* sign_in_;
  fakes::okta::api::Service* api_;
};

}  // namespace scenarios
