#include "directory/server/directory_server.h"

#include "base/task.h"
#include "directory/admin_api/administrators_api.h"
#include "directory/admin_api/associations_api.h"
#include "directory/admin_api/bulk_users_api.h"
#include "directory/admin_api/cloud_directories_api.h"
#include "directory/admin_api/events_api.h"
#include "directory/admin_api/groups_api.h"
#include "directory/admin_api/identity_providers_api.h"
#include "directory/admin_api/imports_api.h"
#include "directory/admin_api/integrations_api.h"
#include "directory/admin_api/organizations_api.h"
#include "directory/admin_api/policies_api.h"
#include "directory/admin_api/systems_api.h"
#include "directory/admin_api/user_states_api.h"
#include "directory/admin_api/users_api.h"
#include "directory/admins/api_keys.h"
#include "directory/cloud_sync/cloud_sync.h"
#include "directory/cloud_sync/tenant_authorization.h"
#include "directory/cloud_sync/tenant_paces.h"
#include "directory/cloud_sync/user_imports.h"
#include "directory/devices/agent_api.h"
#include "directory/devices/provisioning_api.h"
#include "directory/federation/federated_login.h"
#include "directory/mail/outbox.h"
#include "directory/organization/settings_store.h"
#include "directory/portal/password_pages.h"
#include "directory/portal/portal.h"
#include "directory/scim/provider.h"
#include "directory/server/due_work.h"
#include "directory/server/responses.h"
#include "directory/server/router.h"

namespace directory {
namespace {

/// The last address in the header: a client may send what it likes, but the proxy appends what it saw.
RequestOrigin origin_of(const base::HttpRequest& request, const std::string& address_header) {
  RequestOrigin origin{{}, std::string(request.headers.find("User-Agent").value_or(""))};
  if (address_header.empty()) return origin;
  auto addresses = request.headers.find(address_header).value_or("");
  if (const auto comma = addresses.rfind(','); comma != std::string_view::npos) addresses.remove_prefix(comma + 1);
  while (addresses.starts_with(' ')) addresses.remove_prefix(1);
  origin.client_ip = addresses.substr(0, 64);
  return origin;
}

}  // namespace

struct DirectoryServer::Parts {
  Parts(Ports ports, Options options, std::unique_ptr<Database> database)
      : core(std::move(ports), std::move(options), std::move(database)),
        scim(core),
        users(core),
        bulk_users(core),
        user_states(core),
        organizations(core),
        systems(core),
        policies(core),
        user_groups(core, GraphType::user_group),
        system_groups(core, GraphType::system_group),
        associations(core),
        events(core),
        administrators(core),
        integrations(core),
        identity_providers(core),
        portal(core),
        provider_client(core),
        federated_login(core, provider_client),
        password_pages(core),
        agents(core),
        provisioning(core, provider_client),
        cloud_directories(core),
        cloud_authorization(core),
        tenant_paces(core.options.microsoft),
        cloud_sync(core, tenant_paces),
        imports(core, tenant_paces),
        user_imports(core, tenant_paces) {
    scim.add_routes(router);
    users.add_routes(router);
    bulk_users.add_routes(router);
    user_states.add_routes(router);
    organizations.add_routes(router);
    systems.add_routes(router);
    policies.add_routes(router);
    user_groups.add_routes(router);
    system_groups.add_routes(router);
    associations.add_routes(router);
    events.add_routes(router);
    administrators.add_routes(router);
    integrations.add_routes(router);
    identity_providers.add_routes(router);
    portal.add_routes(router);
    federated_login.add_routes(router);
    password_pages.add_routes(router);
    agents.add_routes(router);
    provisioning.add_routes(router);
    cloud_directories.add_routes(router);
    cloud_authorization.add_routes(router);
    imports.add_routes(router);
  }

  Core core;
  scim::Provider scim;
  UsersApi users;
  BulkUsersApi bulk_users;
  UserStatesApi user_states;
  OrganizationsApi organizations;
  SystemsApi systems;
  PoliciesApi policies;
  GroupsApi user_groups;
  GroupsApi system_groups;
  AssociationsApi associations;
  EventsApi events;
  AdministratorsApi administrators;
  IntegrationsApi integrations;
  IdentityProvidersApi identity_providers;
  Portal portal;
  ProviderClient provider_client;
  FederatedLogin federated_login;
  PasswordPages password_pages;
  AgentApi agents;
  ProvisioningApi provisioning;
  CloudDirectoriesApi cloud_directories;
  TenantAuthorization cloud_authorization;
  TenantPaces tenant_paces;
  CloudSync cloud_sync;
  ImportsApi imports;
  UserImports user_imports;
  Router router;
};

base::Result<std::unique_ptr<DirectoryServer>> DirectoryServer::start(Ports ports, Options options, const InitialKeys& keys) {
  if (ports.defects != nullptr && ports.defects->contains(Defect::answers_precede_commits)) options.commits = Commits::grouped;
  const bool had_log = ports.disk->exists(log_file);
  auto database = Database::open(*ports.disk, ports.rng.fork("store"));
  if (!database) return std::unexpected(database.error());
  if (options.page_cache > 0) (*database)->keep_in_memory(options.page_cache);
  auto parts = std::make_unique<Parts>(std::move(ports), std::move(options), std::move(*database));
  auto& core = parts->core;
  core.db().begin();
  store_initial_keys(core, keys);
  load_settings(core);
  core.cloud_in_use = !list_cloud_directories(core.db()).empty();
  core.probes.sometimes(Probe::start_finds_a_log, had_log);
  core.probes.sometimes(Probe::start_finds_tenants, core.cloud_in_use);
  if (!core.db().commit()) return base::fail("the first settings and keys cannot be stored: " + core.db().failure());
  base::spawn(*core.ports.scheduler, core.ports.scope, "sends mail", send_queued_mail(core));
  if (core.options.commits == Commits::grouped) {
    base::spawn(*core.ports.scheduler, core.ports.scope, "commits", commit_groups(core));
  }
  base::spawn(*core.ports.scheduler, core.ports.scope, "does what is due", do_due_work(core));
  base::spawn(*core.ports.scheduler, core.ports.scope, "syncs tenants", parts->cloud_sync.run());
  base::spawn(*core.ports.scheduler, core.ports.scope, "imports users", parts->user_imports.run());
  // Nobody is answered before the start is over: what it cost the disk delays no answer.
  static_cast<void>(core.ports.disk->take_cost());
  return std::unique_ptr<DirectoryServer>(new DirectoryServer(std::move(parts)));
}

DirectoryServer::DirectoryServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

DirectoryServer::~DirectoryServer() = default;

std::vector<std::string> DirectoryServer::routes() const {
  return parts_->router.routes();
}

base::Result<void> DirectoryServer::adopt(const FileKeys& keys, IntegrationKind kind) {
  auto& core = parts_->core;
  const auto stored = core.transact([&] {
    adopt_file_keys(core, keys, kind);
    return base::HttpResponse(204);
  });
  if (!stored.ok()) return base::fail("the keys cannot be stored: " + core.db().failure());
  return {};
}

void DirectoryServer::end_waiting() { parts_->core.end_waiting(); }

const std::string& DirectoryServer::failure() const { return parts_->core.db().failure(); }

base::Task<base::HttpResponse> DirectoryServer::handle(base::HttpRequest request) {
  auto& core = parts_->core;
  auto target = base::parse_target(request.target);
  if (!target) co_return parts_->router.error(request.target, 400, "the request target cannot be read");
  const auto path = target->path;
  base::HttpResponse response;
  auto waiting = parts_->router.begin(request, *target);
  if (waiting) {
    response = co_await std::move(*waiting);
  } else {
    const auto context = core.events.during(origin_of(request, core.options.client_address_header));
    response = core.in_group([&] { return parts_->router.route(request, *target); });
  }
  const auto seen = core.has(Defect::answers_precede_commits) ? 0 : core.group.latest();
  while (!core.group.is_settled(seen)) co_await core.group.committed.wait("the commit of a group");
  // A store that failed while reading gave empty results; they must not pass for the truth.
  if (!core.db().failure().empty()) {
    core.probes.reached(Probe::store_is_not_there);
    response = parts_->router.error(path, 503, "the store is not available");
  }
  const auto cost = core.ports.disk->take_cost();
  if (cost > base::Duration::zero()) co_await core.ports.clock->sleep_for(cost);
  if (core.fires(FaultPoint::answer_is_slow)) co_await core.ports.clock->sleep_for(std::chrono::seconds{2});
  co_return response;
}

}  // namespace directory
