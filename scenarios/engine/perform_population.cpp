// How people of a population are onboarded and go about their days. Whatever somebody does is a task of its own, made of the verbs that a
// script would name: none waits for another's, and nobody does two things at once.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <tuple>

#include "base/wait.h"
#include "scenarios/engine/perform.h"
#include "scenarios/engine/population.h"

namespace scenarios {
namespace {

/// A cycle of Entra's that fails is followed by the next 40 minutes later.
constexpr base::Duration longest_arrival = std::chrono::hours{6};
constexpr base::Duration between_looks_at_mail = std::chrono::minutes{1};
constexpr base::Duration longest_handoff = std::chrono::minutes{10};
constexpr base::Duration between_looks_at_device = std::chrono::seconds{5};
constexpr int daily_tries = 5;
constexpr base::Duration before_the_next_try = std::chrono::minutes{1};

constexpr std::array<std::string_view, 7> names_of_weekdays{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};
constexpr std::array<std::string_view, 6> departments_of_companies{"Sales", "Support", "Engineering", "Finance", "Legal", "Operations"};
constexpr std::array<std::string_view, 6> titles_of_jobs{"Clerk", "Engineer", "Manager", "Analyst", "Director", "Assistant"};

/// What is under way, and whoever waits for the last of it.
struct Round {
  explicit Round(base::Scheduler& scheduler) : over(scheduler) {}
  std::int64_t under_way = 0;
  base::Event over;
};

/// One of them; it ends with whoever holds it, also when that is destroyed half-way.
class Turn {
 public:
  explicit Turn(std::shared_ptr<Round> round) : round_(std::move(round)) { ++round_->under_way; }
  Turn(Turn&&) noexcept = default;
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  Turn& operator=(Turn&&) = delete;
  ~Turn() {
    if (round_ && --round_->under_way == 0) round_->over.notify_all();
  }

 private:
  std::shared_ptr<Round> round_;
};

base::Task<void> all_over(std::shared_ptr<Round> round) {
  // NOLINTNEXTLINE(bugprone-infinite-loop): turns end while this waits.
  while (round->under_way > 0) co_await round->over.wait("what people are about");
}

void count(DailyCount& counted, Cast& cast, std::string_view who, const Performed& outcome) {
  if (outcome.kind == Performed::Kind::ok) {
    ++counted.done;
    return;
  }
  ++counted.failed;
  if (counted.first_failure.empty()) counted.first_failure = fmt::format("{} at {}: {}", who, base::to_rfc3339(cast.scheduler().now()), outcome.detail);
}

SecretName password_of(const Employee& who, std::int64_t number) { return SecretName(fmt::format("{}.{}", who.name, number)); }
SecretName entra_password_of(const Employee& who) { return SecretName(who.name + ".entra"); }

/// Asks again where no answer came. What is refused then had come about before.
base::Task<Performed> patiently(Cast& cast, Verb verb) {
  Performed outcome;
  for (int attempt = 0; attempt < daily_tries; ++attempt) {
    outcome = co_await perform(cast, verb);
    if (outcome.kind == Performed::Kind::refused && attempt > 0) co_return Performed{};
    if (outcome.kind != Performed::Kind::no_answer) break;
    co_await base::Sleep(cast.scheduler(), cast.scheduler().now() + before_the_next_try);
  }
  co_return outcome;
}

/// The present password is on its way to the device.
base::Task<Performed> device_follows(Cast& cast, const Employee& who) {
  const auto& device = *cast.device(DeviceRef(who.device)).device;
  const auto account = cast.person(PersonRef(who.name)).username;
  const auto password = cast.secrets().value(password_of(who, who.password));
  const auto give_up = cast.scheduler().now() + longest_handoff;
  while (!device.opens(account, password)) {
    if (cast.scheduler().now() >= give_up) co_return refused(fmt::format("{} does not take the password", who.device));
    co_await base::Sleep(cast.scheduler(), cast.scheduler().now() + between_looks_at_device);
  }
  co_return Performed{};
}

base::Task<Performed> open_mail(Cast& cast, PersonRef person) {
  const UserOpenActivationMail open{{person}};
  const auto give_up = cast.scheduler().now() + longest_arrival;
  auto outcome = co_await perform(cast, open);
  while (outcome.kind != Performed::Kind::ok && cast.scheduler().now() < give_up) {
    co_await base::Sleep(cast.scheduler(), cast.scheduler().now() + between_looks_at_mail);
    outcome = co_await perform(cast, open);
  }
  co_return outcome;
}

base::Task<Performed> onboard(Cast& cast, Employee& who) {
  const PersonRef person(who.name);
  auto outcome = co_await open_mail(cast, person);
  if (outcome.kind != Performed::Kind::ok) co_return outcome;
  who.password = 1;
  outcome = co_await patiently(cast, UserSetPassword{person, password_of(who, 1)});
  if (outcome.kind != Performed::Kind::ok || who.device.empty()) co_return outcome;
  outcome = co_await patiently(cast, AdminBindDevice{person, DeviceRef(who.device)});
  if (outcome.kind != Performed::Kind::ok) co_return outcome;
  outcome = co_await device_follows(cast, who);
  co_return outcome;
}

/// Whoever was not onboarded takes no part in what comes.
void conclude_onboarding(Cast& cast, Employee& who, const Performed& outcome) {
  count(cast.daily_life().onboarding, cast, who.name, outcome);
  who.busy = false;
  who.left = outcome.kind != Performed::Kind::ok;
}

base::Task<void> onboard_at(Cast& cast, Turn turn, Employee& who, base::Instant at) {
  co_await base::Sleep(cast.scheduler(), at);
  const auto outcome = co_await onboard(cast, who);
  conclude_onboarding(cast, who, outcome);
}

base::Task<Performed> federate(Cast& cast, Employee& who) {
  const PersonRef person(who.name);
  auto outcome = co_await patiently(cast, EntraSetPassword{person, entra_password_of(who)});
  if (outcome.kind == Performed::Kind::ok) outcome = co_await patiently(cast, AdminRouteUser{{person}});
  who.federated = outcome.kind == Performed::Kind::ok;
  co_return outcome;
}

/// The computer of the fleet with that number; empty where there is none that an agent could make accounts on.
std::string device_numbered(const Cast& cast, std::int64_t number) {
  const auto& fleet = cast.spec().fleet;
  return fleet && fleet->agent && number <= fleet->generate ? generated_name(*fleet, number) : std::string{};
}

// What somebody does
// ---------------------------------------------------------------------------------------------------------------------

/// Whoever was signed in, since yesterday perhaps, signs out first.
base::Task<Performed> sign_in(Cast& cast, const Employee& who) {
  const DeviceRef device(who.device);
  if (cast.device(device).device->session()) {
    const auto ended = co_await perform(cast, DeviceSignOut{device});
    if (ended.kind != Performed::Kind::ok) co_return ended;
  }
  auto outcome = co_await perform(cast, DeviceSignIn{device, cast.person(PersonRef(who.name)).username, password_of(who, who.password)});
  co_return outcome;
}

base::Task<Performed> change_at_device(Cast& cast, Employee& who) {
  auto outcome = co_await sign_in(cast, who);
  if (outcome.kind != Performed::Kind::ok) co_return outcome;
  const auto account = cast.person(PersonRef(who.name)).username;
  outcome = co_await patiently(cast, DeviceChangePassword{DeviceRef(who.device), account, password_of(who, who.password), password_of(who, who.password + 1)});
  if (outcome.kind == Performed::Kind::ok) ++who.password;
  co_return outcome;
}

base::Task<Performed> change_in_portal(Cast& cast, Employee& who) {
  const PersonRef person(who.name);
  auto outcome = co_await patiently(cast, UserLogIn{person, password_of(who, who.password)});
  if (outcome.kind != Performed::Kind::ok) co_return outcome;
  outcome = co_await patiently(cast, UserChangePassword{person, password_of(who, who.password), password_of(who, who.password + 1)});
  if (outcome.kind != Performed::Kind::ok) co_return outcome;
  ++who.password;
  if (!who.device.empty()) outcome = co_await device_follows(cast, who);
  co_return outcome;
}

/// The portal does not let in with a password whom it sends to the identity provider.
base::Task<Performed> change_password(Cast& cast, Employee& who, base::Rng drawn) {
  const bool at_device = who.federated || (!who.device.empty() && drawn.below(2) == 0);
  return at_device ? change_at_device(cast, who) : change_in_portal(cast, who);
}

base::Task<Performed> log_in_federated(Cast& cast, const Employee& who) {
  const PersonRef ref(who.name);
  auto& person = cast.person(ref);
  person.portal_session.reset();
  auto outcome = co_await perform(cast, UserOpenSignIn{{ref}});
  // Where the provider knows the browser still, no page is shown.
  const bool asked = outcome.kind == Performed::Kind::ok && !person.portal_session;
  if (asked) outcome = co_await perform(cast, UserEnterPassword{ref, entra_password_of(who)});
  if (outcome.kind == Performed::Kind::ok && !person.portal_session) co_return refused("the portal opens no session");
  co_return outcome;
}

/// Another than `present`, drawn.
std::string another(std::vector<std::string> values, std::string_view present, base::Rng& drawn) {
  std::erase(values, present);
  return values.empty() ? std::string(present) : drawn.pick(std::span(values));
}

base::Task<Performed> change_attribute(Cast& cast, const Employee& who, base::Rng drawn) {
  const auto& person = cast.person(PersonRef(who.name));
  const auto* user = person.entra_id ? cast.tenant().find(*person.entra_id) : nullptr;
  if (user == nullptr) co_return refused(fmt::format("{} has no account in the tenant", who.name));
  EntraUpdateUser change{PersonRef(who.name)};
  auto departments = cast.spec().users->departments;
  if (departments.empty()) departments.assign(departments_of_companies.begin(), departments_of_companies.end());
  if (drawn.below(2) == 0) change.department = another(std::move(departments), user->text("department"), drawn);
  if (!change.department) change.job_title = another({titles_of_jobs.begin(), titles_of_jobs.end()}, user->text("jobTitle"), drawn);
  auto outcome = co_await perform(cast, change);
  co_return outcome;
}

base::Task<Performed> leave(Cast& cast, Employee& who, base::Rng drawn) {
  const PersonRef person(who.name);
  who.left = true;
  switch (drawn.below(3)) {
    case 0:
      return perform(cast, EntraDisableUser{{person}});
    case 1:
      return perform(cast, EntraUnassignUser{{person}});
    default:
      return perform(cast, EntraDeleteUser{{person}});
  }
}

base::Task<Performed> join(Cast& cast, Employee& who, base::Rng drawn) {
  const auto one = inhabitant_of(*cast.spec().users, who.name, cast.world().rng("population"));
  EntraCreateUser create{NewPerson(who.name)};
  create.upn = one.address;
  create.given_name = one.given_name;
  create.surname = one.surname;
  if (!one.department.empty()) create.department = one.department;
  create.job_title = drawn.pick(std::span<const std::string_view>(titles_of_jobs));
  auto outcome = co_await perform(cast, create);
  if (outcome.kind == Performed::Kind::ok) outcome = co_await onboard(cast, who);
  conclude_onboarding(cast, who, outcome);
  co_return outcome;
}

/// Somebody new, whom nothing else in the script is called like.
Employee& newcomer(Cast& cast) {
  auto& life = cast.daily_life();
  std::string name;
  do {
    name = fmt::format("joiner{:04}", ++life.joined);
  } while (cast.people().contains(name));
  const auto after = cast.spec().users->generate;
  auto device = device_numbered(cast, after + life.devices_given + 1);
  if (!device.empty()) ++life.devices_given;
  return life.employees.emplace_back(Employee{.name = std::move(name), .device = std::move(device)});
}

bool can_do(DailyAct act, const Employee& who) {
  if (who.busy || who.left) return false;
  switch (act) {
    case DailyAct::sign_in:
      return !who.device.empty();
    case DailyAct::federated_login:
      return who.federated;
    case DailyAct::password_change:
      return !who.federated || !who.device.empty();
    case DailyAct::attribute_change:
    case DailyAct::leaver:
    case DailyAct::joiner:
      return true;
  }
  return false;
}

/// Somebody who can do that now, drawn; null where nobody can.
Employee* pick(DailyLife& life, DailyAct act, base::Rng& drawn) {
  constexpr int draws = 100;
  const auto all = life.employees.size();
  if (all == 0) return nullptr;
  for (int attempt = 0; attempt < draws; ++attempt) {
    auto& who = life.employees[drawn.below(all)];
    if (can_do(act, who)) return &who;
  }
  // Few can: the first behind whoever is drawn.
  const auto first = drawn.below(all);
  for (std::size_t i = 0; i < all; ++i) {
    auto& who = life.employees[(first + i) % all];
    if (can_do(act, who)) return &who;
  }
  return nullptr;
}

base::Task<Performed> act_of(Cast& cast, DailyAct act, Employee& who, base::Rng drawn) {
  switch (act) {
    case DailyAct::sign_in:
      return sign_in(cast, who);
    case DailyAct::attribute_change:
      return change_attribute(cast, who, drawn);
    case DailyAct::joiner:
      return join(cast, who, drawn);
    case DailyAct::leaver:
      return leave(cast, who, drawn);
    case DailyAct::password_change:
      return change_password(cast, who, drawn);
    case DailyAct::federated_login:
      return log_in_federated(cast, who);
  }
  return sign_in(cast, who);
}

base::Task<void> go_about(Cast& cast, Turn turn, DailyAct act, base::Rng drawn) {
  auto& counted = cast.daily_life().counts[static_cast<std::size_t>(act)];
  auto* who = act == DailyAct::joiner ? &newcomer(cast) : pick(cast.daily_life(), act, drawn);
  if (who == nullptr) {
    count(counted, cast, "nobody", refused("nobody can do that now"));
    co_return;
  }
  who->busy = true;
  const auto outcome = co_await act_of(cast, act, *who, drawn);
  who->busy = false;
  count(counted, cast, who->name, outcome);
}

// Days
// ---------------------------------------------------------------------------------------------------------------------

struct PlannedAct {
  base::Instant at;
  DailyAct act;
  std::uint64_t index;
};

std::array<std::int64_t, daily_acts> asked_for(const PopulationLive& verb) {
  return {verb.sign_ins, verb.attribute_changes, verb.joiners, verb.leavers, verb.password_changes, verb.federated_logins};
}

/// What is done on a day, in order. It depends on the seed and the date, not on what else there is.
std::vector<PlannedAct> plan_of_day(const PopulationLive& verb, base::Instant day, DurationRange hours, const base::Rng& of_day) {
  std::vector<PlannedAct> plan;
  for (std::size_t act = 0; act < daily_acts; ++act) {
    auto drawn = of_day.fork(daily_act_names[act]);
    for (std::int64_t index = 0; index < asked_for(verb)[act]; ++index)
      plan.push_back({day + drawn.between(hours.low, hours.high), static_cast<DailyAct>(act), static_cast<std::uint64_t>(index)});
  }
  std::ranges::sort(plan, {}, [](const PlannedAct& one) { return std::tuple(one.at, one.act, one.index); });
  return plan;
}

std::string_view weekday_of(base::Instant day) {
  const std::chrono::weekday weekday(std::chrono::sys_days(std::chrono::floor<std::chrono::days>(day.time_since_epoch())));
  return names_of_weekdays[weekday.c_encoding()];
}

/// Why nobody can live so; empty: they can.
std::string objection_to(Cast& cast, const PopulationLive& verb) {
  for (const auto& day : verb.days) {
    if (std::ranges::find(names_of_weekdays, day) == names_of_weekdays.end()) return fmt::format("'{}' is none of: {}", day, fmt::join(names_of_weekdays, ", "));
  }
  if (verb.hours && verb.hours->high > std::chrono::days{1}) return "a day has 24 hours";
  if (cast.daily_life().employees.empty()) return "nobody has been onboarded; population.onboard does it";
  return {};
}

/// What has been counted since `before`, and the first failure of each kind.
Performed summed_up(const DailyLife& before, const DailyLife& life, const PopulationLive& verb, std::int64_t cycles) {
  std::vector<std::string> counts;
  std::vector<std::string> failures;
  for (std::size_t act = 0; act < daily_acts; ++act) {
    const auto done = life.counts[act].done - before.counts[act].done;
    const auto failed = life.counts[act].failed - before.counts[act].failed;
    if (asked_for(verb)[act] != 0) counts.push_back(fmt::format("{} {}", done, daily_act_names[act]));
    if (failed != 0) failures.push_back(fmt::format("{} {} failed, the first of {}", failed, daily_act_names[act], life.counts[act].first_failure));
  }
  counts.push_back(fmt::format("{} Entra cycles", cycles));
  auto text = fmt::format("{} working days: {}", life.working_days - before.working_days, fmt::join(counts, ", "));
  if (failures.empty()) return {Performed::Kind::ok, std::move(text)};
  return refused(fmt::format("{}; {}", fmt::join(failures, "; "), text));
}

}  // namespace

base::Task<Performed> perform(Cast& cast, PopulationOnboard verb) {
  const auto& users = cast.spec().users;
  auto& life = cast.daily_life();
  if (!users || users->in != "entra") co_return refused("there are no people of world.users in Entra");
  if (!life.employees.empty()) co_return refused("they have been onboarded already");
  const auto round = std::make_shared<Round>(cast.scheduler());
  const auto rng = cast.world().rng("onboarding");
  const auto begin = cast.scheduler().now();
  for (std::int64_t number = 1; number <= users->generate; ++number) {
    auto& who = life.employees.emplace_back(Employee{.name = generated_name(*users, number), .device = device_numbered(cast, number), .busy = true});
    auto drawn = rng.fork(who.name);
    cast.browsers().spawn("onboarding", onboard_at(cast, Turn(round), who, begin + drawn.between(base::Duration{0}, verb.over)));
  }
  co_await all_over(round);
  std::int64_t federated = 0;
  Performed routed;
  for (auto& who : life.employees) {
    if (federated >= verb.federated || routed.kind != Performed::Kind::ok) break;
    if (who.left) continue;
    routed = co_await federate(cast, who);
    ++federated;
  }
  const auto& [done, failed, first_failure] = life.onboarding;
  if (failed != 0) co_return refused(fmt::format("{} of {} people were not onboarded, the first of them {}", failed, done + failed, first_failure));
  if (routed.kind != Performed::Kind::ok) co_return routed;
  co_return Performed{Performed::Kind::ok, fmt::format("{} people onboarded, {} of them sign in to the portal at the identity provider", done, federated)};
}

base::Task<Performed> perform(Cast& cast, PopulationLive verb) {
  if (auto objection = objection_to(cast, verb); !objection.empty()) co_return refused(std::move(objection));
  constexpr std::array<std::string_view, 5> standard_days{"monday", "tuesday", "wednesday", "thursday", "friday"};
  if (verb.days.empty()) verb.days.assign(standard_days.begin(), standard_days.end());
  const auto hours = verb.hours.value_or(DurationRange{std::chrono::hours{8}, std::chrono::hours{18}});
  auto& life = cast.daily_life();
  // Of employees nothing is compared.
  const DailyLife before{.employees = {}, .counts = life.counts, .onboarding = life.onboarding, .working_days = life.working_days};
  const auto cycles_before = cast.provisioning().cycles_completed();
  const auto begin = cast.scheduler().now();
  const auto end = begin + verb.span;
  const auto round = std::make_shared<Round>(cast.scheduler());
  const auto rng = cast.world().rng("daily life");
  for (base::Instant day = std::chrono::floor<std::chrono::days>(begin); day < end; day += std::chrono::days{1}) {
    if (day + hours.low < begin || day + hours.high > end) continue;
    if (std::ranges::find(verb.days, weekday_of(day)) == verb.days.end()) continue;
    ++life.working_days;
    const auto of_day = rng.fork(base::to_rfc3339(day));
    const auto plan = plan_of_day(verb, day, hours, of_day);
    for (const auto& [at, act, index] : plan) {
      co_await base::Sleep(cast.scheduler(), at);
      cast.browsers().spawn("daily life", go_about(cast, Turn(round), act, of_day.fork(daily_act_names[static_cast<std::size_t>(act)], index)));
    }
  }
  co_await base::Sleep(cast.scheduler(), end);
  const auto cycles = static_cast<std::int64_t>(cast.provisioning().cycles_completed() - cycles_before);
  life.entra_cycles += cycles;
  co_await all_over(round);
  co_return summed_up(before, life, verb, cycles);
}

}  // namespace scenarios
