#include "directory/devices/provisioning_api.h"

#include "directory/devices/account_provisioning.h"
#include "directory/devices/agent_report.h"
#include "directory/devices/agent_requests.h"
#include "directory/devices/federated_provisioning.h"
#include "directory/federation/departure.h"
#include "directory/federation/routing_policy.h"
#include "directory/server/responses.h"
#include "directory/users/user_store.h"

namespace directory {
namespace {

using base::HttpResponse;
using base::JsonObject;

/// The provider that signs the person in; nothing for strangers and for those who have a password here.
std::optional<IdentityProvider> provider_of(Core& core, const std::optional<User>& user) {
  if (!user || !signs_in_at_provider(core.db(), user->id)) return std::nullopt;
  return find_identity_provider(core.db());
}

}  // namespace

void ProvisioningApi::add_routes(Router& router) {
  router.add("POST", "/agent/v1/provision", bound(*this, &ProvisioningApi::provision));
  router.add_waiting("POST", "/agent/v1/provision/begin",
                     [this](RoutedRequest request) { return begin(std::move(request)); });
  router.add("POST", "/agent/v1/provision/complete", bound(*this, &ProvisioningApi::complete));
}

HttpResponse ProvisioningApi::provision(const RoutedRequest& request) {
  auto body = read_object(request.http, largest_report);
  if (!body) return body.error();
  return core_->transact([&]() -> Decided {
    const auto system = system_asking(*core_, request.http);
    if (!system) return unknown_system(*core_, request.http);
    const auto wanted = read_provisioning(*body);
    if (!wanted) return error_response(400, wanted.error());
    const auto user = provision_account(*core_, *system, *wanted);
    if (!user) return user.error();
    return json_response(201, provisioned_json(*user));
  });
}

base::Task<HttpResponse> ProvisioningApi::begin(RoutedRequest request) {
  auto system = system_asking(*core_, request.http);
  if (!system) co_return unknown_system(*core_, request.http);
  const auto body = read_object(request.http, largest_report);
  if (!body) co_return body.error();
  const auto wanted = read_provisioning(*body);
  if (!wanted) co_return error_response(400, wanted.error());
  if (const auto why = why_not_offered(*core_, *system); !why.empty()) co_return error_response(409, why);
  const auto provider = provider_of(*core_, find_user_by_username(core_->db(), wanted->username));
  if (!provider || core_->has(Defect::login_window_ignores_routing)) co_return json_response(200, JsonObject{{"method", "password"}});
  const auto departure = co_await prepare_departure(core_, client_, *provider);
  if (!departure) co_return error_response(502, departure.error().message);
  auto answer = core_->transact([&]() -> Decided {
    // Much may have changed while the provider was asked.
    system = system_asking(*core_, request.http);
    if (!system) return unknown_system(*core_, request.http);
    const auto user = find_user_by_username(core_->db(), wanted->username);
    const auto still = provider_of(*core_, user);
    if (!still || still->id != provider->id) return json_response(200, JsonObject{{"method", "password"}});
    if (auto refusal = refuse_account(*core_, *system, *user, wanted->local_accounts, wanted->password_sync)) return *refusal;
    if (!begin_sign_in(*core_, departure->sign_in, provider->id, SignInPurpose::provisioning)) {
      return error_response(503, "too many people are signing in");
    }
    const ProvisioningTicket ticket{core_->new_token(), wanted->password_sync};
    begin_device_sign_in(*core_, *system, *user, ticket, departure->sign_in.state());
    return json_response(200, JsonObject{{"method", "federated"},
                                         {"ticket", ticket.ticket.reveal()},
                                         {"location", departure->location},
                                         {"cookie", departure->set_cookie}});
  });
  co_return answer;
}

HttpResponse ProvisioningApi::complete(const RoutedRequest& request) {
  const auto body = read_object(request.http, largest_report);
  if (!body) return body.error();
  return core_->transact([&]() -> Decided {
    const auto system = system_asking(*core_, request.http);
    if (!system) return unknown_system(*core_, request.http);
    const auto wanted = read_provisioning(*body);
    if (!wanted) return error_response(400, wanted.error());
    const base::Secret ticket(base::string_or(*body, "ticket", ""));
    return complete_device_sign_in(*core_, *system, ticket, wanted->local_accounts);
  });
}

}  // namespace directory
