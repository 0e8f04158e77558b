#include "scenarios/engine/population.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string_view>

#include "base/wait.h"
#include "scenarios/engine/perform.h"
#include "scenarios/engine/perform_okta.h"

namespace scenarios {
namespace {

// Names of many lands: letters beyond ASCII and beyond Latin, apostrophes, hyphens, blanks, one letter, long ones.
constexpr std::array<std::string_view, 36> given_names{
    "Amy",     "Bo",       "Chloë",   "Dário",   "Éloïse",  "Fatima", "Grzegorz", "Håkon",    "Ines",   "Jürgen",       "Kübra",    "Luís",
    "Márta",   "Nikolás",  "Øyvind",  "Padma",   "Quỳnh",   "Řehoř",  "Søren",    "Þóra",     "Uğur",   "Věra",         "Walid",    "Xóchitl",
    "Yến",     "Zoë",      "Алексей", "Δέσποινα", "美咲",    "지우",   "D'Andre",  "Jean-Luc", "Mary Jo", "J.",          "Ana María", "Maximiliana"};
constexpr std::array<std::string_view, 36> surnames{
    "Lee",       "O'Hara",    "D'Angelo",  "van der Berg", "García Márquez", "Müller",   "Nguyễn",  "Kowalczyk", "Łukasiewicz", "Ångström",  "Çelik",     "Dvořák",
    "Ó Súilleabháin", "Smith-Jones", "Ng", "Sørensen",     "Jónsdóttir",     "Ionescu",  "Petrović", "Šimić",    "Žižka",       "Nuñez",     "de la Cruz", "St. John",
    "Иванова",   "Παππάς",    "佐藤",      "김",           "Al-Farsi",       "N'Diaye",  "Öztürk",  "Brandão",   "Groß",        "Fitzwilliam-Featherstonehaugh", "X", "Tāne"};

constexpr std::size_t people_a_request = 200;
constexpr int tries = 20;

std::string settle_in_tenant(Cast& cast, const UsersSpec& spec, const Inhabitant& one, Person& person, const base::Secret& password) {
  auto& tenant = cast.tenant();
  // Whoever has users of a domain has verified it.
  if (tenant.domains().find(spec.domain) == nullptr) tenant.domains().add({.name = spec.domain});
  base::JsonObject properties{{"userPrincipalName", one.address},
                              {"mailNickname", one.name},
                              {"displayName", one.given_name + " " + one.surname},
                              {"givenName", one.given_name},
                              {"surname", one.surname},
                              {"accountEnabled", true},
                              {"passwordProfile", base::JsonObject{{"password", password.reveal()}}}};
  if (!one.department.empty()) properties["department"] = one.department;
  const auto id = tenant.create(fakes::entra::ObjectKind::user, properties);
  if (!id) return id.error().text;
  person.entra_id = *id;
  if (!spec.assigned) return {};
  const auto assigned = tenant.assign(cast.provisioned_app(), *id);
  return assigned ? std::string{} : assigned.error().text;
}

std::string settle_in_org(Cast& cast, const UsersSpec& spec, const Inhabitant& one, Person& person, const base::Secret& password) {
  fakes::okta::NewUser user;
  user.profile = {{"login", one.address}, {"email", one.address}, {"firstName", one.given_name}, {"lastName", one.surname}};
  if (!one.department.empty()) user.profile["department"] = one.department;
  // With it they are active at once, and pushed.
  user.password = password;
  user.activate = true;
  const auto id = cast.okta().create_user(user);
  if (!id) return from_okta(id).detail;
  person.okta_id = *id;
  return spec.assigned ? from_okta(cast.okta().assign(cast.okta_app(), *id)).detail : std::string{};
}

base::Json as_admin_enters(const Inhabitant& one) {
  base::JsonObject user{{"username", one.name},         {"email", one.address}, {"firstname", one.given_name},
                        {"lastname", one.surname}, {"state", "ACTIVATED"}};
  if (!one.department.empty()) user["department"] = one.department;
  return user;
}

std::vector<Inhabitant> people_in_world(Cast& cast, const UsersSpec& spec) { return population_of(spec, cast.world().rng("population")); }

}  // namespace

Inhabitant inhabitant_of(const UsersSpec& spec, std::string name, const base::Rng& rng) {
  Inhabitant one;
  one.name = std::move(name);
  auto drawn = rng.fork(one.name);
  one.given_name = drawn.pick(std::span<const std::string_view>(given_names));
  one.surname = drawn.pick(std::span<const std::string_view>(surnames));
  if (!spec.departments.empty()) one.department = drawn.pick(std::span(spec.departments));
  one.address = fmt::format("{}@{}", one.name, spec.domain);
  return one;
}

std::vector<Inhabitant> population_of(const UsersSpec& spec, const base::Rng& rng) {
  std::vector<Inhabitant> people;
  for (std::int64_t number = 1; number <= spec.generate; ++number) people.push_back(inhabitant_of(spec, generated_name(spec, number), rng));
  return people;
}

std::vector<DeviceSpec> fleet_of(const FleetSpec& spec, const base::Rng& rng) {
  std::vector<DeviceSpec> devices;
  for (std::int64_t number = 1; number <= spec.generate; ++number) {
    DeviceSpec device;
    device.name = generated_name(spec, number);
    device.os = spec.os == "mixed" ? std::string(operating_systems[rng.fork(device.name).below(operating_systems.size())]) : spec.os;
    device.agent = spec.agent;
    device.poll = spec.poll;
    devices.push_back(std::move(device));
  }
  return devices;
}

std::vector<std::int64_t> members_of(const GroupsSpec& spec, std::string_view group, std::int64_t people, const base::Rng& rng) {
  auto drawn = rng.fork(group);
  const auto most = std::min(spec.members.high, people);
  const auto least = std::min(spec.members.low, most);
  const auto count = least + static_cast<std::int64_t>(drawn.below(static_cast<std::uint64_t>(most - least) + 1));
  // Floyd's: as many draws as members, however many people there are.
  std::set<std::int64_t> members;
  for (auto last = people - count + 1; last <= people; ++last) {
    const auto one = 1 + static_cast<std::int64_t>(drawn.below(static_cast<std::uint64_t>(last)));
    members.insert(members.contains(one) ? last : one);
  }
  return {members.begin(), members.end()};
}

std::string settle_population(Cast& cast, const UsersSpec& spec) {
  const auto passwords = cast.world().rng("passwords of the population");
  for (const auto& one : people_in_world(cast, spec)) {
    Person person;
    person.name = one.name;
    person.username = one.name;
    person.email = one.address;
    auto drawn = passwords.fork(one.name);
    const base::Secret password("Aa1-" + drawn.hex(6));
    cast.world().recorder().witness(password);
    std::string problem;
    if (spec.in == "entra") problem = settle_in_tenant(cast, spec, one, person, password);
    if (spec.in == "okta") problem = settle_in_org(cast, spec, one, person, password);
    if (!problem.empty()) return fmt::format("world.users: {}: {}", one.name, problem);
    cast.add_person(std::move(person));
  }
  return {};
}

std::string settle_groups(Cast& cast, const GroupsSpec& spec, const UsersSpec& users) {
  auto& tenant = cast.tenant();
  const auto rng = cast.world().rng("groups");
  std::vector<const fakes::entra::ObjectId*> people;
  for (std::int64_t number = 1; number <= users.generate; ++number) people.push_back(&*cast.person(PersonRef(generated_name(users, number))).entra_id);
  for (std::int64_t number = 1; number <= spec.generate; ++number) {
    const auto name = generated_name(spec, number);
    const base::JsonObject properties{{"displayName", name}, {"mailEnabled", false}, {"mailNickname", name}, {"securityEnabled", true}};
    const auto id = tenant.create(fakes::entra::ObjectKind::group, properties);
    if (!id) return fmt::format("world.groups: {}: {}", name, id.error().text);
    cast.groups_of_entra().insert(*id);
    cast.tenant_groups()[name] = *id;
    for (const auto member : members_of(spec, name, users.generate, rng)) {
      const auto added = tenant.add_member(*id, *people[static_cast<std::size_t>(member - 1)]);
      if (!added) return fmt::format("world.groups: {}: {}", name, added.error().text);
    }
    if (!spec.assigned) continue;
    if (const auto assigned = tenant.assign(cast.provisioned_app(), *id); !assigned) return fmt::format("world.groups: {}: {}", name, assigned.error().text);
  }
  return {};
}

base::Task<std::string> import_population(Cast& cast, const UsersSpec& spec) {
  if (spec.in != "directory") co_return std::string{};
  const auto people = people_in_world(cast, spec);
  for (std::size_t from = 0; from < people.size(); from += people_a_request) {
    base::JsonArray users;
    for (std::size_t i = from; i < std::min(people.size(), from + people_a_request); ++i) users.push_back(as_admin_enters(people[i]));
    Performed outcome;
    // An import whose answer is lost is sent again: whoever is there by then is refused and stays as they are.
    for (int attempt = 0; attempt < tries; ++attempt) {
      const auto answer = co_await cast.ask_directory(cast.browsers(), "POST", "/api/v2/bulk/users", users, Cast::Credentials::admin);
      outcome = from_response(answer);
      if (outcome.kind == Performed::Kind::ok) break;
      co_await base::Sleep(cast.scheduler(), cast.scheduler().now() + std::chrono::seconds{1});
    }
    if (outcome.kind != Performed::Kind::ok) co_return fmt::format("world.users: the directory does not take them: {}", outcome.detail);
  }
  co_return std::string{};
}

}  // namespace scenarios
