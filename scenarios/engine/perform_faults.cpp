// Faults of single exchanges, of clocks and of whole hosts.
#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "base/duration_text.h"
#include "base/http_date.h"
#include "scenarios/engine/perform.h"
#include "sim/network_faults.h"

namespace scenarios {
namespace {

static_assert(exchange_faults == sim::network_fault_names);

/// `7`, `0.5`, or a date, which names whole seconds alone and is rounded up. [RFC9110 10.2.3]
std::string retry_after_text(const NetworkInject& verb, base::Instant now) {
  const auto wait = *verb.retry_after;
  if (verb.retry_after_form == "date") return base::to_http_date(std::chrono::ceil<std::chrono::seconds>(now + wait));
  const auto whole = std::chrono::floor<std::chrono::seconds>(wait);
  const auto rest = std::chrono::floor<std::chrono::milliseconds>(wait - whole);
  if (rest == rest.zero()) return std::to_string(whole.count());
  return fmt::format("{}.{:03}", whole.count(), rest.count());
}

base::HttpResponse answer_in_between(const NetworkInject& verb, base::Instant now) {
  const auto status = static_cast<int>(verb.status.value_or(503));
  const auto page = fmt::format("<html><body><h1>{} {}</h1></body></html>", status, base::reason_phrase(status));
  const bool is_json = verb.body && verb.body->starts_with('{');
  base::HttpResponse answer(status, is_json ? "application/json" : "text/html", verb.body.value_or(page));
  if (verb.retry_after) answer.headers.add("Retry-After", retry_after_text(verb, now));
  return answer;
}

std::uint64_t counted(std::int64_t value) { return static_cast<std::uint64_t>(std::max<std::int64_t>(value, 0)); }

std::vector<std::string> hosts_to_swizzle(Cast& cast, const NetworkSwizzle& verb) {
  std::vector<std::string> names;
  for (const auto& host : verb.hosts) names.push_back(host.name);
  if (!names.empty()) return names;
  for (const auto* name : {"directory", "entra", "graph", "okta", "mail"}) {
    if (cast.world().find_host(name) != nullptr) names.emplace_back(name);
  }
  for (const auto& [name, party] : cast.devices()) names.push_back(name);
  return names;
}

/// Each comes and goes at an instant of its own, drawn from an even share of half the time.
base::Task<void> swizzle(Cast& cast, std::vector<std::string> names, base::Duration window, base::Rng rng) {
  auto& scheduler = cast.scheduler();
  const auto begin = scheduler.now();
  const auto share = window / 2 / static_cast<std::int64_t>(names.size());
  for (const bool cut_off : {true, false}) {
    rng.shuffle(std::span(names));
    auto at = cut_off ? begin : begin + window / 2;
    for (const auto& name : names) {
      const auto delay = rng.between(base::Duration{0}, share);
      co_await base::Sleep(scheduler, at + delay);
      cast.world().network().isolate(name, cut_off);
      cast.world().recorder().note(name, cut_off ? "is cut off" : "is back on the network");
      at += share;
    }
  }
}

}  // namespace

base::Task<Performed> perform(Cast& cast, NetworkInject verb) {
  const auto now = cast.scheduler().now();
  if (verb.ratio.part == 0) co_return refused("a ratio of 0 befalls nothing");
  sim::FaultRule rule;
  rule.fault = static_cast<sim::NetworkFault>(std::ranges::find(exchange_faults, verb.fault) - exchange_faults.begin());
  if (verb.from) rule.from = verb.from->name;
  if (verb.to) rule.to = verb.to->name;
  rule.match = verb.match.value_or("");
  rule.skip = counted(verb.skip.value_or(0));
  if (verb.count) rule.count = counted(*verb.count);
  rule.ratio = verb.ratio;
  if (verb.window) rule.until = now + *verb.window;
  const auto delay = verb.delay.value_or(DurationRange{std::chrono::seconds{30}, std::chrono::seconds{30}});
  rule.delay_low = delay.low;
  rule.delay_high = delay.high;
  rule.answer = [verb](base::Instant then) { return answer_in_between(verb, then); };
  cast.world().network().inject(std::move(rule));
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, NetworkMend) {
  cast.world().network().mend();
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, NetworkSwizzle verb) {
  auto names = hosts_to_swizzle(cast, verb);
  const auto at = static_cast<std::uint64_t>(cast.scheduler().now().time_since_epoch().count());
  cast.inspector().spawn("swizzles", swizzle(cast, std::move(names), verb.window, cast.world().rng("swizzle").fork("at", at)));
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, HostPause verb) {
  auto& host = *cast.world().find_host(verb.host.name);
  if (!host.up()) co_return refused("the host is down");
  if (host.paused()) co_return refused("the host stands still already");
  cast.world().recorder().note(host.name(), "stands still");
  host.pause();
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, HostResume verb) {
  auto& host = *cast.world().find_host(verb.host.name);
  if (!host.paused()) co_return refused("the host does not stand still");
  cast.world().recorder().note(host.name(), "goes on");
  host.resume();
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, HostSetClock verb) {
  using std::chrono::days;
  auto& host = *cast.world().find_host(verb.host.name);
  const auto skew = verb.ahead.value_or(base::Duration{0}) - verb.behind.value_or(base::Duration{0});
  const auto a_day = verb.gains.value_or(base::Duration{0}) - verb.loses.value_or(base::Duration{0});
  if (a_day >= days{1} || a_day <= -days{1}) co_return refused("a clock gains or loses less than a day in a day");
  host.clock().set(skew, a_day);
  cast.world().recorder().note(host.name(), fmt::format("its clock is off by {} and gains {} a day", base::to_text(skew), base::to_text(a_day)));
  co_return Performed{};
}

}  // namespace scenarios
