// Judging inside a world: the core, and fakes.
#include "base/carriage.h"
#include "base/encoding.h"
#include "scenarios/engine/directory_program.h"
#include "scenarios/probe/session.h"
#include "sim/tripwire.h"
#include "sim/world.h"

namespace scenarios::probe {
namespace {

constexpr base::Instant world_start{std::chrono::seconds{1'767'600'000}};

base::Task<void> judge_into(const Suite& suite, const Catalog& catalog, const SessionOptions& options,
                            SessionResult& into, base::Scheduler& scheduler) {
  into = co_await judge_product(suite, catalog, options);
  scheduler.stop();
}

using MakeProgram = std::function<std::unique_ptr<sim::Program>(sim::World&, sim::Host&)>;

SessionResult judge_in_world(const Suite& suite, const Catalog& catalog, SessionOptions options, const MakeProgram& make) {
  base::DirectCarriage carriage;
  sim::WorldOptions world_options;
  world_options.seed = options.seed;
  world_options.start = world_start;
  world_options.recorder.exchanges_kept = 100;
  sim::World world(world_options, carriage);
  world.network().set_profile({std::chrono::milliseconds{1}, std::chrono::milliseconds{3}, {}});
  auto& product = world.add_host("product", std::string(product_host));
  product.install([&](sim::Host& self) { return make(world, self); });
  product.start();
  auto& bench = world.add_host("lockstep", "lockstep.example.test");
  bench.install([](sim::Host&) { return std::make_unique<sim::ServiceProgram>(); });
  bench.start();
  options.target.scheduler = &world.scheduler();
  options.target.transport = &world.network().transport(bench);
  options.target.base.scheme = "https";
  options.target.base.host = product_host;
  options.started = world_start;
  SessionResult result;
  const auto scope = world.scheduler().make_scope("session");
  base::spawn(world.scheduler(), scope, "judges", judge_into(suite, catalog, options, result, world.scheduler()));
  const sim::TripwireGuard guard;
  world.scheduler().run_until(world_start + std::chrono::days{365});
  world.scheduler().kill(*scope);
  for (const auto& name : world.host_names()) world.find_host(name)->crash();
  return result;
}

Integration integration_of(std::string_view suite) {
  if (suite == "okta") return Integration::okta;
  return suite == "entra" || suite == "jumpcloud" ? Integration::entra : Integration::generic;
}

}  // namespace

SessionResult judge_core(const Suite& suite, const Catalog& catalog, SessionOptions options) {
  // An e-mail address is no username for Entra's integration [rule R44]; Okta's takes logins that are one [rule R61], and
  // Microsoft's validator makes up such [Entra provisioning-clients 2.1-20].
  options.data.user_name_is_mail = suite.name == "okta" || suite.name == "validator";
  return judge_core(suite, catalog, std::move(options), integration_of(suite.name));
}

SessionResult judge_core(const Suite& suite, const Catalog& catalog, SessionOptions options, Integration integration) {
  base::Rng rng(options.seed);
  auto keys = rng.fork("keys");
  std::array<base::Secret, 3> tokens;  // generic, Entra, Okta
  for (auto& token : tokens) token = base::Secret(keys.hex(24));
  const base::Secret admin_key(keys.hex(24));
  const base::Secret connect_key(keys.hex(24));
  const base::Secret vault_key(*base::from_hex(keys.hex(32)));
  options.target.authorization.credential = tokens.at(static_cast<std::size_t>(integration));
  options.target.base.path = "/scim/v2";
  directory::Options settings;
  settings.password_cost = base::PasswordCost::simulated();
  return judge_in_world(suite, catalog, std::move(options), [&](sim::World& world, sim::Host& self) {
    return start_directory(world, self, settings, {admin_key, tokens[1], connect_key, tokens[2], tokens[0]}, vault_key);
  });
}

SessionResult judge_service(const Suite& suite, const Catalog& catalog, SessionOptions options,
                            const std::function<std::unique_ptr<base::HttpService>(base::Clock&, base::Rng)>& make) {
  return judge_in_world(suite, catalog, std::move(options), [&](sim::World&, sim::Host& self) {
    return std::make_unique<sim::OwningProgram>(make(self.clock(), self.rng("product")));
  });
}

}  // namespace scenarios::probe
