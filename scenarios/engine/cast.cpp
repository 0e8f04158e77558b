#include "scenarios/engine/cast.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "fakes/devices/macos.h"
#include "fakes/devices/windows.h"
#include "fakes/entra/guid.h"
#include "scenarios/engine/directory_program.h"
#include "scenarios/engine/okta_setup.h"
#include "scenarios/engine/population.h"
#include "scenarios/engine/tenant_setup.h"
#include "scenarios/probe/names.h"

namespace scenarios {
namespace {

constexpr std::string_view directory_name = "directory.example.test";
constexpr std::string_view login_name = "login.example.test";
constexpr std::string_view graph_name = "graph.example.test";
constexpr std::string_view office_name = "office.example.test";
constexpr std::string_view okta_name = "okta.example.test";
constexpr base::Duration request_timeout = std::chrono::seconds{30};

class AgentProgram final : public sim::Program {
 public:
  explicit AgentProgram(Cast::DeviceParty& party) : party_(&party) { party_->device->set_powered(true); }
  ~AgentProgram() override {
    party_->agent = nullptr;
    party_->agents.clear();
    party_->device->set_powered(false);
  }

 private:
  Cast::DeviceParty* party_;
};

/// By which the budget grows with a population and a fleet: a cycle has twenty events of each person, a poll about as many.
constexpr std::uint64_t events_of_each = 1'000;

sim::WorldOptions world_options(const WorldSpec& spec, const CastOptions& options) {
  sim::WorldOptions out;
  out.seed = options.seed;
  out.start = spec.start;
  out.shuffle_ties = options.shuffle_ties;
  const auto people = spec.users ? static_cast<std::uint64_t>(spec.users->generate) : 0;
  const auto computers = spec.fleet ? static_cast<std::uint64_t>(spec.fleet->generate) : 0;
  const auto more = (people + computers) * events_of_each;
  out.event_budget = options.event_budget > UINT64_MAX - more ? UINT64_MAX : options.event_budget + more;
  out.recorder = options.recorder;
  return out;
}

base::Uri https(std::string_view host) {
  base::Uri uri;
  uri.scheme = "https";
  uri.host = host;
  return uri;
}

fakes::devices::Edition edition_of(std::string_view word) {
  if (word == "home") return fakes::devices::Edition::home;
  return word == "server" ? fakes::devices::Edition::server : fakes::devices::Edition::pro;
}

fakes::devices::Membership membership_of(std::string_view word) {
  if (word == "domain") return fakes::devices::Membership::domain;
  return word == "entra" ? fakes::devices::Membership::entra : fakes::devices::Membership::none;
}

fakes::devices::AccountKind kind_of(std::string_view word) {
  if (word == "domain") return fakes::devices::AccountKind::domain;
  return word == "microsoft" ? fakes::devices::AccountKind::microsoft : fakes::devices::AccountKind::local;
}

directory::Options directory_options(const WorldSpec& world) {
  const auto& spec = world.directory;
  directory::Options options;
  if (world.fleet) {
    options.longest_poll = std::max(options.longest_poll, world.fleet->poll);
    options.held_polls += static_cast<std::size_t>(world.fleet->generate);
  }
  // The script's default is of users who come through SCIM; those whom an admin enters stay activated.
  options.settings.scim_default = directory::ScimDefault::application_import;
  options.settings.new_user_states.application_import =
      spec.default_state == "staged" ? directory::UserState::staged : directory::UserState::activated;
  options.settings.activation_mail = spec.activation_mail == "on_request" ? directory::ActivationMail::on_request
                                                                          : directory::ActivationMail::on_create;
  options.settings.password_policy.max_login_attempts = {true, static_cast<int>(spec.login_attempts)};
  if (spec.empty_groups == "create") options.cloud_empty_groups = directory::CloudEmptyGroups::create;
  if (spec.first_password == "at_login") options.cloud_first_password = directory::CloudFirstPassword::at_portal_login;
  if (spec.scim_expiry == "active") options.scim_expiry = directory::ScimExpiry::active;
  if (spec.scim_deletion == "by_verb") options.scim_deletion = directory::ScimDeletion::by_verb;
  if (spec.username_dots == "refused") options.username_dots = directory::UsernameDots::refused;
  if (spec.shared_accounts == "kept") options.cloud_shared_accounts = directory::CloudSharedAccounts::kept;
  auto& policy = options.settings.password_policy;
  if (spec.password_expires) policy.expiration_days = {true, static_cast<int>(*spec.password_expires)};
  for (const auto& [name, asked] : {std::pair{"lower", &policy.needs_lowercase}, {"upper", &policy.needs_uppercase},
                                    {"digit", &policy.needs_numeric}, {"symbol", &policy.needs_symbolic}}) {
    *asked = std::ranges::find(spec.password_classes, name) != spec.password_classes.end();
  }
  options.licensed_users = spec.licences;
  options.password_cost = base::PasswordCost::simulated();
  return options;
}

/// What listens at Graph's host: Graph, and the one endpoint of sign-in that is there. [Graph I2]
class GraphHost final : public base::HttpService {
 public:
  GraphHost(fakes::graph::Service& graph, const fakes::entra::sign_in::SignInService& sign_in) : graph_(&graph), sign_in_(&sign_in) {}

  base::Task<base::HttpResponse> handle(base::HttpRequest request) override {
    const auto path = std::string_view(request.target).substr(0, request.target.find('?'));
    if (path == "/oidc/userinfo") co_return sign_in_->user_info(request);
    auto response = co_await graph_->handle(std::move(request));
    co_return response;
  }

 private:
  fakes::graph::Service* graph_;
  const fakes::entra::sign_in::SignInService* sign_in_;
};

/// Microsoft 365 as far as a person sees it: the page behind the sign-in.
class OfficePage final : public base::HttpService {
 public:
  base::Task<base::HttpResponse> handle(base::HttpRequest) override {
    co_return base::HttpResponse(200, "text/html", "<!doctype html><title>Microsoft 365</title><p>Welcome</p>");
  }
};

}  // namespace

Cast::Cast(const WorldSpec& spec, const CastOptions& options)
    : spec_(spec),
      laws_(options.laws),
      world_(world_options(spec, options), options.carriage != nullptr ? *options.carriage : direct_),
      secrets_(world_.rng("secrets"), world_.recorder()),
      defects_(options.defects) {
  world_.network().set_profile({spec.network.latency.low, spec.network.latency.high, spec.network.loss});
  probes_->tell_time([&scheduler = world_.scheduler()] { return scheduler.now(); });
  auto keys = world_.rng("keys");
  for (auto* key : {&admin_key_, &scim_token_, &connect_key_, &okta_token_}) {
    *key = base::Secret(keys.hex(24));
    world_.recorder().witness(*key);
  }
  vault_key_ = base::Secret(*base::from_hex(keys.hex(32)));
  auto registration = world_.rng("microsoft app");
  microsoft_app_.id = fakes::entra::make_guid(registration);
  microsoft_app_.secret = base::Secret(registration.hex(20));
  office_app_ = fakes::entra::make_guid(registration);
  world_.recorder().witness(microsoft_app_.secret);
  world_.recorder().witness(vault_key_);
  add_directory(spec, options);
  auto& mail_host = world_.add_host("mail", "mail.example.test");
  mail_ = std::make_unique<fakes::mail::MailRelay>(mail_host.clock());
  mail_host.install([this](sim::Host&) { return std::make_unique<sim::ServiceProgram>(mail_.get()); });
  mail_host.start();
  add_entra(spec, options);
  add_graph();
  add_okta(spec, options);
  for (auto* host : {&browsers_, &inspector_}) {
    const auto* name = host == &browsers_ ? "people" : "inspector";
    *host = &world_.add_host(name, fmt::format("{}.example.test", name));
    (*host)->install([](sim::Host&) { return std::make_unique<sim::ServiceProgram>(); });
    (*host)->start();
  }
  if (spec.users && problem_.empty()) problem_ = settle_population(*this, *spec.users);
  if (spec.groups && problem_.empty()) problem_ = settle_groups(*this, *spec.groups, *spec.users);
  for (const auto& device : spec.devices) add_device(device);
  if (spec.fleet) {
    for (const auto& device : fleet_of(*spec.fleet, world_.rng("fleet"))) add_device(device).of_fleet = true;
  }
  scim_answers_ = std::make_unique<probe::Names>("run" + world_.rng("scim requests").hex(4), "010101001010101011001010101011", scim_url_.text());
  scim_answers_->set_value("domain", "example.test");
}

Cast::~Cast() {
  // Coroutines hold references to the fakes: end them before the fakes go.
  for (const auto& name : world_.host_names()) world_.find_host(name)->crash();
}

void Cast::add_directory(const WorldSpec& spec, const CastOptions& options) {
  auto& host = world_.add_host("directory", std::string(directory_name));
  scim_url_ = https(directory_name);
  scim_url_.path = "/scim/v2";
  if (options.external != nullptr) {
    external_ = true;
    target_api_ = &options.external->api;
    scim_url_ = options.external->scim_url;
    scim_token_ = options.external->scim_token;
    world_.recorder().witness(scim_token_);
    world_.network().bind(scim_url_.authority(), host);
    host.install([service = options.external->service](sim::Host&) {
      return std::make_unique<sim::ServiceProgram>(service);
    });
    host.start();
    return;
  }
  if (options.store != nullptr) host.disk().load(options.store->files);
  if (spec.fault_points) activate_fault_points(*spec.fault_points);
  auto settings = directory_options(spec);
  settings.microsoft.login = https(login_name);
  settings.microsoft.graph = https(graph_name);
  settings.microsoft.graph.path = "/v1.0";
  settings.microsoft.client_id = microsoft_app_.id;
  settings.microsoft.client_secret = microsoft_app_.secret;
  settings.locations_follow_requests = options.behind_edge;
  host.install([this, settings = std::move(settings)](sim::Host& self) {
    return start_directory(world_, self, settings, {admin_key_, scim_token_, connect_key_, okta_token_}, vault_key_, &defects_.directory, &probes_->directory,
                           fault_points_ ? &*fault_points_ : nullptr);
  });
  host.start();
}

void Cast::activate_fault_points(const FaultPointsSpec& spec) {
  fault_points_.emplace(world_.rng("fault points"), spec.fires);
  const auto rows = directory::fault_point_rows();
  for (const auto& name : spec.points) {
    const auto row = std::ranges::find(rows, name, &directory::FaultPointRow::name);
    if (row != rows.end()) fault_points_->activate(*row);
    if (row == rows.end() && problem_.empty()) problem_ = fmt::format("there is no fault point '{}'; 'lockstep list fault-points' lists them", name);
  }
}

void Cast::add_entra(const WorldSpec& spec, const CastOptions& options) {
  auto& host = world_.add_host("entra", "entra.example.test");
  fakes::entra::TenantOptions tenant;
  tenant.defects = defects_.entra;
  if (spec.entra.initial_domain) tenant.domains.back().name = *spec.entra.initial_domain;
  for (const auto& domain : spec.entra.domains) {
    tenant.domains.push_back({.name = domain, .password_validity_days = fakes::entra::passwords_never_expire});
  }
  tenant_ = std::make_unique<fakes::entra::Tenant>(host.clock(), world_.rng("entra"), std::move(tenant));
  provisioned_app_ = &tenant_->applications().register_app("Directory");
  // Consent comes with the authorisation; its page is not modelled. [rule R136]
  auto& app = tenant_->applications().consent_to(microsoft_app_.id, "Directory for Microsoft 365", microsoft_app_.secret,
                                                 world_.scheduler().now() + std::chrono::years{10});
  app.redirect_uris = {fmt::format("https://{}/oauth/office365/callback", directory_request("GET", "/").host())};
  app.delegated = {"User.ReadWrite.All", "Group.ReadWrite.All", "Directory.AccessAsUser.All"};
  auto& office = tenant_->applications().consent_to(office_app_, "Microsoft 365", {}, {});
  office.redirect_uris = {fmt::format("https://{}/landing", office_name)};
  office.delegated = {"User.Read"};
  office_page_ = std::make_unique<OfficePage>();
  auto& office_host = world_.add_host("office", std::string(office_name));
  office_host.install([this](sim::Host&) { return std::make_unique<sim::ServiceProgram>(office_page_.get()); });
  office_host.start();
  auto settings = provisioning_settings(spec.entra);
  if (!settings) problem_ = settings.error();
  auto chosen = settings ? *std::move(settings) : fakes::entra::provisioning::Settings{};
  chosen.defects = defects_.entra;
  chosen.probing = fakes::Probing(&probes_->fakes);
  chosen.app_id = provisioned_app_->app_id;
  chosen.tenant_url = scim_url_;
  chosen.token = scim_token_;
  chosen.mail_relay = https("mail.example.test");
  chosen.mail_relay.path = "/messages";
  if (auto added = add_tenant_users(spec.entra, *tenant_, *provisioned_app_, world_.rng("downloaded users"), world_.recorder()); !added) problem_ = added.error();
  auto& sign_in_host = world_.add_host("login", std::string(login_name));
  fakes::entra::sign_in::SignInOptions sign_in;
  sign_in.authority = https(login_name);
  sign_in.key_length = options.signing_keys;
  sign_in.defects = defects_.entra;
  sign_in.userinfo_endpoint = fmt::format("https://{}/oidc/userinfo", graph_name);
  entra_sign_in_ = std::make_unique<fakes::entra::sign_in::SignInService>(
      fakes::entra::sign_in::SignInPorts{tenant_.get(), &entra_sign_in_log_, &world_.recorder()}, world_.rng("sign-in"), std::move(sign_in));
  sign_in_host.install([this](sim::Host&) { return std::make_unique<sim::ServiceProgram>(entra_sign_in_.get()); });
  sign_in_host.start();
  provisioning_ = std::make_unique<fakes::entra::provisioning::Service>(
      fakes::entra::provisioning::Ports{tenant_.get(), &host.scheduler(), &host.clock(), &world_.network().transport(host), entra_sign_in_.get(), &world_.recorder()},
      world_.rng("provisioning"), std::move(chosen));
  if (!spec.entra.job) provisioning_->stop();
  host.install([this](sim::Host& self) {
    self.spawn("provisions", provisioning_->run_job());
    return std::make_unique<sim::ServiceProgram>();
  });
  host.start();
}

fakes::entra::Application* Cast::registered_app(const std::string& name) {
  const auto found = registered_apps_.find(name);
  return found == registered_apps_.end() ? nullptr : tenant_->applications().find(found->second);
}

std::string Cast::sign_in_callback() const { return fmt::format("https://{}/oauth/callback", directory_request("GET", "/").host()); }

base::Uri Cast::microsoft_sign_in(bool silently) const {
  auto address = https(login_name);
  address.path = fmt::format("/{}/oauth2/v2.0/authorize", tenant_->id());
  const auto redirect = base::percent_encode(fmt::format("https://{}/landing", office_name));
  address.query = fmt::format("client_id={}&response_type=code&redirect_uri={}&scope=openid%20User.Read&state=office&nonce=office{}", office_app_,
                              redirect, silently ? "&prompt=none" : "");
  return address;
}

std::string Cast::entra_issuer() const { return fmt::format("https://{}/{}/v2.0", login_name, tenant_->id()); }

void Cast::add_graph() {
  auto& host = world_.add_host("graph", std::string(graph_name));
  fakes::graph::GraphOptions options;
  options.probing = fakes::Probing(&probes_->fakes);
  graph_ = std::make_unique<fakes::graph::Service>(host.clock(), world_.rng("graph"), *tenant_, entra_sign_in_->access_tokens(),
                                                   &entra_sign_in_log_, std::move(options), &world_.network().transport(host));
  graph_host_ = std::make_unique<GraphHost>(*graph_, *entra_sign_in_);
  host.install([this](sim::Host& self) {
    self.spawn("tells subscribers", graph_->run_notifications(&self.scheduler()));
    return std::make_unique<sim::ServiceProgram>(graph_host_.get());
  });
  host.start();

  auto& app = tenant_->applications().register_app("Program");
  app.permissions = {"User.ReadWrite.All", "User-PasswordProfile.ReadWrite.All", "User.DeleteRestore.All", "Group.ReadWrite.All",
                     "Directory.ReadWrite.All", "AuditLog.Read.All"};
  const auto& secret = tenant_->applications().add_secret(app, "program", world_.scheduler().now() + std::chrono::years{2});
  world_.recorder().witness(secret.value);
  base::OauthClient client;
  client.token_url = https(login_name);
  client.token_url.path = "/" + tenant_->id() + "/oauth2/v2.0/token";
  client.id = app.app_id;
  client.secret = secret.value;
  client.scope = std::string(fakes::entra::graph_audience) + "/.default";
  client.style = base::OauthClient::Style::post;
  auto& program = world_.add_host("program", "program.example.test");
  program_ = &program;
  graph_program_ = std::make_unique<GraphProgram>(world_.network().transport(program), program.scheduler(), program.clock(),
                                                  https(graph_name), std::move(client), https("program.example.test"));
  program.install([this](sim::Host& self) {
    self.spawn("reads what it was told of", graph_program_->run());
    return std::make_unique<sim::ServiceProgram>(graph_program_.get());
  });
  program.start();
}

void Cast::add_okta(const WorldSpec& spec, const CastOptions& options) {
  auto& host = world_.add_host("okta", std::string(okta_name));
  okta_ = std::make_unique<fakes::okta::Org>(host.clock(), world_.rng("okta"), fakes::okta::OrgOptions{}, &world_.recorder());
  fakes::okta::NewApp app{.label = "Directory", .can_provision = true};
  app.connection = {.auth_scheme = fakes::okta::ProvisioningConnection::AuthScheme::token, .enabled = true};
  app.connection.base_url = scim_url_.text();
  app.connection.token = external_ ? scim_token_ : okta_token_;
  app.provisioning = fakes::okta::ProvisioningSettings::all();
  app.made_from = spec.okta.made_from == "wizard" ? fakes::okta::AppTemplate::wizard : fakes::okta::AppTemplate::catalogue;
  if (spec.okta.password_seed == "random") app.provisioning.password = false;
  okta_app_ = okta_->create_app(app).value();
  fakes::okta::scim_client::Settings settings;
  settings.app = okta_app_;
  settings.delay = spec.okta.delay;
  settings.defects = defects_.okta;
  settings.probing = fakes::Probing(&probes_->fakes);
  const auto quirks = okta_quirks(spec.okta.quirks);
  if (!quirks && problem_.empty()) problem_ = quirks.error();
  const auto chosen = quirks.value_or(OktaQuirks{});
  settings.quirks = chosen.client;
  if (external_) {
    // A provider outside may be reached without TLS, and nobody here unpacks what it packs.
    settings.endpoint = scim_url_;
    settings.transport_headers = fakes::okta::scim_client::TransportHeaders::left_out;
  }
  okta_client_ = std::make_unique<fakes::okta::scim_client::Client>(
      fakes::okta::scim_client::Ports{okta_.get(), &host.scheduler(), &host.clock(), &world_.network().transport(host), &world_.recorder(), &world_.recorder()},
      world_.rng("okta client"), std::move(settings));
  fakes::okta::sign_in::SignInOptions sign_in;
  sign_in.org_url = https(okta_name);
  sign_in.key_length = options.signing_keys;
  sign_in.quirks = chosen.sign_in;
  sign_in.defects = defects_.okta;
  okta_sign_in_ = std::make_unique<fakes::okta::sign_in::SignInService>(
      fakes::okta::sign_in::SignInPorts{okta_.get(), &world_.recorder()}, world_.rng("okta sign-in"), std::move(sign_in));
  add_okta_api(host, chosen.api);
  host.install([this](sim::Host& self) {
    self.spawn("pushes", okta_client_->run());
    self.spawn("tells event hooks", okta_api_->run_event_hooks(&self.scheduler()));
    return std::make_unique<sim::ServiceProgram>(okta_host_.get());
  });
  host.start();
}

void Cast::add_okta_api(sim::Host& host, const fakes::okta::api::Quirks& quirks) {
  okta_api_tokens_ = std::make_unique<fakes::okta::api::TokenBook>(world_.rng("okta api tokens"));
  okta_api_token_ = okta_api_tokens_->add_api_token("Program", {});
  world_.recorder().witness(okta_api_token_);
  okta_api_callers_ = std::make_unique<fakes::okta::sign_in::ApiCallers>(okta_sign_in_->api_callers(*okta_api_tokens_));
  okta_api_ = std::make_unique<fakes::okta::api::Service>(host.clock(), world_.rng("okta api"), *okta_, *okta_api_callers_, fakes::okta::api::ApiOptions{.quirks = quirks},
                                                          &world_.network().transport(host), okta_client_.get());
  okta_host_ = std::make_unique<OktaHost>(*okta_sign_in_, *okta_api_);
}

base::HttpRequest Cast::okta_request(std::string method, std::string target) {
  base::HttpRequest request(std::move(method), https(okta_name));
  request.target = std::move(target);
  return request;
}

const fakes::okta::App* Cast::okta_sign_in_app(const std::string& name) const {
  const auto found = okta_sign_in_apps_.find(name);
  return found == okta_sign_in_apps_.end() ? nullptr : okta_->find(found->second);
}

std::string Cast::okta_issuer(std::string_view server) {
  return server == "org" ? fmt::format("https://{}", okta_name) : fmt::format("https://{}/oauth2/{}", okta_name, server);
}

Cast::DeviceParty& Cast::add_device(const DeviceSpec& spec) {
  auto& host = world_.add_host(spec.name, spec.name + ".devices.example.test");
  host.clock().set_skew(spec.clock_ahead - spec.clock_behind);
  auto& party = devices_[spec.name];
  party.host = &host;
  const auto cost = base::PasswordCost::simulated();
  auto rng = world_.rng("device").fork(spec.name);
  if (spec.os == "macos") {
    auto mac = std::make_unique<fakes::devices::Macos>(spec.name, host.clock(), rng, world_.recorder(), cost);
    mac->begin_as({.set_up = spec.set_up,
                   .file_vault = spec.file_vault,
                   .bootstrap_token = spec.bootstrap_token,
                   .password_policy_of_another_mdm = spec.mdm_password_policy,
                   .wifi = spec.wifi});
    party.device = std::move(mac);
  } else {
    auto windows = std::make_unique<fakes::devices::Windows>(spec.name, host.clock(), rng, world_.recorder(), cost);
    windows->set_edition(edition_of(spec.edition));
    party.device = std::move(windows);
  }
  party.device->join(membership_of(spec.joined));
  party.device->seed(defects_.devices);
  party.config.defects = defects_.devices;
  party.config.probing = fakes::Probing(&probes_->fakes);
  party.device->probe_with(party.config.probing);
  for (const auto& name : spec.quirks) {
    const auto quirk = fakes::devices::device_quirk_named(name);
    if (quirk) party.device->add_quirk(*quirk);
    if (!quirk && problem_.empty()) problem_ = fmt::format("a device has no quirk '{}'; 'lockstep list quirks' lists them", name);
  }
  for (const auto& account : spec.accounts) add_account(*party.device, account);
  party.config.directory_url = https(directory_name);
  party.config.connect_key = connect_key_;
  party.config.poll = spec.poll;
  party.has_agent = spec.agent;
  host.install([this, &party](sim::Host& self) {
    if (party.has_agent) start_agent(party, self);
    return std::make_unique<AgentProgram>(party);
  });
  host.start();
  return party;
}

void Cast::add_account(fakes::devices::Device& device, const AccountSpec& account) {
  fakes::devices::Account local;
  local.name = account.name;
  local.full_name = account.name;
  local.admin = account.admin;
  local.enabled = account.enabled;
  local.files = account.files;
  local.kind = kind_of(account.kind);
  device.add_account(std::move(local), secrets_.value(account.password));
  if (auto* windows = dynamic_cast<fakes::devices::Windows*>(&device)) {
    if (account.pin) windows->begin_with_pin(account.name, secrets_.value(*account.pin));
    if (!account.secrets.empty()) windows->begin_with_secrets(account.name, {account.secrets.begin(), account.secrets.end()});
    return;
  }
  if ((account.pin || !account.secrets.empty()) && problem_.empty())
    problem_ = fmt::format("{} of {} has a PIN or secrets of DPAPI, which only Windows has", account.name, device.name());
  auto* mac = dynamic_cast<fakes::devices::Macos*>(&device);
  if (mac != nullptr && account.secure_token) mac->set_secure_token(account.name, *account.secure_token);
}

const fakes::okta::Group* Cast::okta_group(std::string_view name) const {
  const auto& groups = okta_->groups();
  const auto found = std::ranges::find_if(groups, [&](const auto& entry) { return entry.second.profile.name == name; });
  return found == groups.end() ? nullptr : &found->second;
}

const fakes::okta::PushMapping* Cast::okta_push(std::string_view group) const {
  const auto* source = okta_group(group);
  const auto* app = okta_->find(okta_app_);
  if (source == nullptr || app == nullptr) return nullptr;
  const auto found = std::ranges::find_if(app->push_mappings, [&](const auto& entry) { return entry.second.group == source->id; });
  return found == app->push_mappings.end() ? nullptr : &found->second;
}

void Cast::start_agent(DeviceParty& party, sim::Host& host) {
  const fakes::devices::AgentPorts ports{host.scheduler(), host.clock(), world_.network().transport(host), world_.recorder(),
                                         world_.recorder()};
  party.agents.push_back(std::make_unique<fakes::devices::Agent>(*party.device, party.memory, ports, host.rng("agent"), party.config));
  party.agent = party.agents.back().get();
  if (external_) return;
  host.spawn("agent", party.agent->run());
  host.spawn("agent reports", party.agent->run_reports());
  host.spawn("agent reminders", party.agent->run_reminders());
}

void Cast::reinstall_agent(DeviceParty& party) {
  party.has_agent = true;
  if (party.agent != nullptr) party.agent->retire();
  fakes::devices::reinstall_agent(*party.device, party.memory);
  start_agent(party, *party.host);
}

Person& Cast::add_person(Person person) {
  auto name = person.name;
  return people_.insert_or_assign(std::move(name), std::move(person)).first->second;
}

base::HttpRequest Cast::directory_request(std::string method, std::string path) const {
  base::HttpRequest request(std::move(method), external_ ? scim_url_ : https(directory_name));
  // Scripts write SCIM paths under /scim/v2; an external provider has its own base.
  if (external_) path = target_path(scim_url_, std::move(path));
  request.target = std::move(path);
  return request;
}

void Cast::add_credentials(base::HttpRequest& request, Credentials credentials, const Person* person) const {
  switch (credentials) {
    case Credentials::none:
      break;
    case Credentials::admin:
      request.headers.add("x-api-key", admin_key_.reveal());
      break;
    case Credentials::scim:
      request.headers.add("Authorization", "Bearer " + scim_token_.reveal());
      break;
    case Credentials::okta:
      request.headers.add("Authorization", "Bearer " + (external_ ? scim_token_ : okta_token_).reveal());
      break;
    case Credentials::stranger: {
      const bool scim = request.target.starts_with("/scim/");
      request.headers.add(scim ? "Authorization" : "x-api-key", (scim ? "Bearer " : "") + std::string(stranger_key));
      break;
    }
    case Credentials::portal:
      if (person != nullptr && person->portal_session) {
        request.headers.add("Cookie", "session=" + person->portal_session->reveal());
      }
      break;
  }
}

base::Task<base::HttpResult> Cast::ask_directory(sim::Host& from, std::string method, std::string path,
                                                 std::optional<base::Json> body, Credentials credentials,
                                                 const Person* person) {
  auto request = directory_request(std::move(method), std::move(path));
  add_credentials(request, credentials, person);
  if (body) {
    request.headers.add("Content-Type",
                        credentials == Credentials::scim ? "application/scim+json" : "application/json");
    request.body = base::to_text(*body);
  }
  auto result = co_await world_.network().transport(from).send(std::move(request), request_timeout);
  co_return result;
}

}  // namespace scenarios
