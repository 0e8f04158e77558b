// What a SCIM client asks of the directory, step by step.
#include "scenarios/engine/api_request.h"

namespace scenarios {
namespace {

void add_scim_token(Cast& cast, base::HttpRequest& request, std::string_view credentials) {
  if (credentials == "entra") cast.add_credentials(request, Cast::Credentials::scim, nullptr);
  if (credentials == "okta") cast.add_credentials(request, Cast::Credentials::okta, nullptr);
  if (credentials == "wrong") request.headers.add("Authorization", "Bearer lockstep-no-such-token");
}

}  // namespace

base::Task<Performed> perform(Cast& cast, ScimRequest verb) {
  ApiRequest step{verb.method, verb.path, verb.query, verb.body, verb.answer, verb.expect};
  Addressing to{&cast.browsers(), "application/scim+json", {}};
  to.address = [&cast, credentials = verb.credentials](const std::string& method, const std::string& path) {
    auto request = cast.directory_request(method, "/scim/v2" + path);
    add_scim_token(cast, request, credentials);
    return request;
  };
  auto performed = co_await send_request(cast, std::move(step), std::move(to));
  co_return performed;
}

}  // namespace scenarios
