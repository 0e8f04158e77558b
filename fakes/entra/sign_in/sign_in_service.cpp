#include "fakes/entra/sign_in/sign_in_service.h"

#include <fmt/format.h>

#include <algorithm>

#include "fakes/entra/sign_in/discovery.h"
#include "fakes/entra/sign_in/pages.h"
#include "fakes/entra/sign_in/sign_out.h"
#include "fakes/entra/sign_in/tokens.h"
#include "fakes/entra/sign_in/user_info.h"
#include "fakes/oidc/form.h"

namespace fakes::entra::sign_in {

using oidc::json_answer;
using oidc::wrong_method;

namespace {

using enum Fidelity;

constexpr std::size_t longest_body = std::size_t{64} * 1024;
constexpr std::size_t longest_target = std::size_t{16} * 1024;

constexpr Operation table[] = {
    {"GET /{tenant}/v2.0/.well-known/openid-configuration"},
    {"GET /{tenant}/discovery/v2.0/keys"},
    {"GET /common/discovery/instance"},
    {"GET /{tenant}/oauth2/v2.0/authorize", partial, "response_type token; consent by users; prompt=consent asks for none"},
    {"POST /{tenant}/login", partial, "passwords only: no second factor, no federated domains, no guests"},
    {"POST /{tenant}/oauth2/v2.0/token", partial,
     "authorization_code, refresh_token, client_credentials and password; no client_assertion, no on-behalf-of"},
    {"GET /{tenant}/oauth2/v2.0/logout"},
    {"GET /oidc/userinfo"},
    {"POST /{tenant}/oauth2/v2.0/devicecode", absent},
    {"POST /{tenant}/oauth2/token", absent},
    {"GET /{tenant}/oauth2/authorize", absent},
    {"GET /{tenant}/oauth2/logout", absent},
    {"GET /{tenant}/.well-known/openid-configuration", absent},
    {"GET /{tenant}/discovery/keys", absent},
    {"POST /{tenant}/kerberos", absent},
    {"POST /{tenant}/saml2", absent},
    {"GET /{tenant}/federationmetadata/2007-06/federationmetadata.xml", absent},
};

/// The path behind the tenant.
std::string_view below_tenant(std::string_view path) {
  const auto slash = path.find('/', 1);
  return slash == std::string_view::npos ? std::string_view() : path.substr(slash);
}

const Operation* find_absent(std::string_view path) {
  const auto found = std::ranges::find_if(table, [&](const auto& operation) {
    const auto name = operation.name.substr(operation.name.find('/'));
    return operation.fidelity == absent && below_tenant(name) == path;
  });
  return found == std::end(table) ? nullptr : &*found;
}

}  // namespace

SignInService::SignInService(SignInPorts ports, base::Rng rng, SignInOptions options)
    : desk_(ports, rng, std::move(options)), authorize_(desk_), token_endpoint_(desk_) {}

base::Task<base::HttpResponse> SignInService::handle(base::HttpRequest request) { co_return answer(request); }

base::HttpResponse SignInService::user_info(const base::HttpRequest& request) const { return sign_in::user_info(desk_, request); }

base::HttpResponse SignInService::answer(const base::HttpRequest& request) {
  if (request.body.size() > longest_body) return base::HttpResponse(413);
  if (request.target.size() > longest_target) return base::HttpResponse(414);
  desk_.reached_by(request);
  const auto asked = desk_.read(request);
  if (!asked) return error_page("The request cannot be read.", {});
  const auto path = below_tenant(asked->query.path);
  const bool gets = request.method == "GET";
  const bool posts = request.method == "POST";
  if (desk_.is_behind_edge() && asked->query.path == "/oidc/userinfo") return gets || posts ? user_info(request) : wrong_method("GET, POST");
  if (path == "/oauth2/v2.0/token") return posts ? token_endpoint_.handle(*asked) : wrong_method("POST");
  if (path == "/oauth2/v2.0/authorize") return gets || posts ? authorize_.begin(*asked) : wrong_method("GET, POST");
  if (path == "/login") return posts ? authorize_.go_on(*asked) : wrong_method("POST");
  if (path == "/oauth2/v2.0/logout") return gets || posts ? sign_out(desk_, *asked) : wrong_method("GET, POST");
  if (path == "/discovery/instance") return gets ? json_answer(200, instance_document(desk_)) : wrong_method("GET");
  const bool describes = path == "/v2.0/.well-known/openid-configuration";
  if (describes || path == "/discovery/v2.0/keys") {
    if (!gets) return wrong_method("GET");
    if (auto error = desk_.check_tenant_name(asked->tenant_name)) {
      error->error = "invalid_tenant";
      return desk_.refuse(*error, asked->ids);
    }
    return json_answer(200, describes ? discovery_document(desk_, asked->tenant_name) : key_set(desk_, asked->tenant_name));
  }
  if (const auto* operation = find_absent(path))
    return json_answer(501, {{"error", "server_error"}, {"error_description", fmt::format("{} is not modelled", operation->name)}});
  return base::HttpResponse(404);
}

base::Secret SignInService::service_token() {
  constexpr base::Duration before_it_expires = std::chrono::minutes{5};
  const auto now = desk_.now();
  const auto& key = desk_.keys.signing(now).public_key().id;
  if (!service_token_ || now >= service_token_->renewed || service_token_->key_id != key)
    service_token_ = KeptToken{make_service_token(desk_), key, now + desk_.options().app_token_lifetime - before_it_expires};
  return service_token_->token;
}

std::span<const Operation> operations() { return table; }

}  // namespace fakes::entra::sign_in
