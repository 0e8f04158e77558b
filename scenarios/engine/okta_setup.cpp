#include "scenarios/engine/okta_setup.h"

#include <fmt/format.h>

namespace scenarios {

namespace okta = fakes::okta;

std::expected<OktaQuirks, std::string> okta_quirks(const std::vector<std::string>& names) {
  OktaQuirks quirks;
  for (const auto& name : names) {
    if (const auto of_client = okta::scim_client::client_quirk_named(name)) {
      quirks.client.add(*of_client);
    } else if (const auto of_sign_in = okta::sign_in::find_quirk(name)) {
      quirks.sign_in.add(*of_sign_in);
    } else if (const auto of_api = okta::api::find_quirk(name)) {
      quirks.api.add(*of_api);
    } else {
      return std::unexpected(fmt::format("world.okta.quirks: there is no quirk '{}'; 'lockstep list quirks' lists them", name));
    }
  }
  return quirks;
}

base::Task<base::HttpResponse> OktaHost::handle(base::HttpRequest request) {
  const auto path = request.target.substr(0, request.target.find('?'));
  if (okta::sign_in::SignInService::serves(path)) co_return sign_in_->answer(request);
  auto response = co_await api_->handle(std::move(request));
  co_return response;
}

}  // namespace scenarios
