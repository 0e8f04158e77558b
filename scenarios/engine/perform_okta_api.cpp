// What the company's program does with Okta's management API; the scopes that it may use are an admin's to grant, in the org.
#include "base/encoding.h"
#include "base/json.h"
#include "fakes/oidc/form.h"
#include "scenarios/engine/api_request.h"
#include "scenarios/engine/perform_okta.h"

namespace scenarios {
namespace {

constexpr base::Duration longest_wait = std::chrono::seconds{60};

void add_okta_token(Cast& cast, base::HttpRequest& request, std::string_view credentials) {
  if (credentials == "api_token") request.headers.add("Authorization", "SSWS " + cast.okta_api_token().reveal());
  if (credentials == "access_token") request.headers.add("Authorization", "Bearer " + cast.okta_program().access_token.reveal());
  if (credentials == "wrong") request.headers.add("Authorization", "SSWS lockstep-no-such-token");
}

}  // namespace

base::Task<Performed> perform(Cast& cast, OktaGrantScopes verb) {
  auto& org = cast.okta();
  auto& program = cast.okta_program();
  const std::set<std::string> scopes(verb.scopes.begin(), verb.scopes.end());
  if (program.app) {
    auto client = *org.find(*program.app)->oidc;
    client.api_scopes = scopes;
    co_return from_okta(org.set_oidc(*program.app, client));
  }
  fakes::okta::NewApp app{.label = "Program"};
  app.oidc = fakes::okta::OidcClient{.grant_types = {"password"}, .api_scopes = scopes};
  const auto id = org.create_app(app);
  if (!id) co_return from_okta(id);
  program.app = *id;
  co_return from_okta(org.assign_group(*id, org.everyone()));
}

base::Task<Performed> perform(Cast& cast, OktaFetchToken verb) {
  auto& program = cast.okta_program();
  const auto& person = cast.person(verb.user);
  const auto* user = person.okta_id ? cast.okta().find(*person.okta_id) : nullptr;
  if (user == nullptr) co_return refused(person.name + " has no account in the org");
  if (!program.app) co_return refused("the program has been granted no scopes");
  const auto& client = *cast.okta().find(*program.app)->oidc;
  std::string scope = "openid";
  for (const auto& granted : client.api_scopes) scope += " " + granted;
  auto request = Cast::okta_request("POST", "/oauth2/v1/token");
  request.headers.add("Authorization", "Basic " + base::to_base64(client.client_id + ":" + client.client_secret.reveal()));
  request.headers.add("Accept", "application/json");
  request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  const auto password = cast.secrets().value(verb.password);
  request.body = fakes::oidc::form_text({{"grant_type", "password"}, {"username", user->login()}, {"password", password.reveal()}, {"scope", scope}});
  const auto answer = co_await cast.world().network().transport(cast.program()).send(std::move(request), longest_wait);
  if (!answer || !answer->ok()) co_return from_response(answer);
  const auto body = base::parse_json(answer->body);
  program.access_token = base::Secret(body ? base::string_or(*body, "access_token", "") : std::string());
  co_return program.access_token.empty() ? refused("the answer has no access token") : Performed{};
}

base::Task<Performed> perform(Cast& cast, OktaRequest verb) {
  ApiRequest step{verb.method, verb.path, verb.query, verb.body, verb.answer, verb.expect};
  Addressing to{&cast.program(), "application/json", {}};
  to.address = [&cast, credentials = verb.credentials](const std::string& method, const std::string& path) {
    auto request = Cast::okta_request(method, "/api/v1" + path);
    add_okta_token(cast, request, credentials);
    return request;
  };
  auto performed = co_await send_request(cast, std::move(step), std::move(to));
  co_return performed;
}

}  // namespace scenarios
