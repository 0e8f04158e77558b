#include "directory/cloud_sync/tenant_comparison.h"

#include <algorithm>

namespace directory {
namespace {

/// A tenant that never comes to an end of its pages is left alone until the next round.
constexpr int most_pages = 100'000;
constexpr int most_failures = 5;

}  // namespace

std::optional<CloudDirectory> TenantComparison::current() {
  auto directory = find_cloud_directory(core_->db(), id_);
  const bool serves = directory && directory->authorization == CloudAuthorization::valid && core_->db().failure().empty();
  return serves ? std::move(directory) : std::nullopt;
}

std::optional<base::Instant> TenantComparison::due(const CloudDirectory& directory) {
  if (under_way_ || core_->has(Defect::drift_is_not_noticed)) return std::nullopt;
  if (directory.next_comparison != base::Instant{}) return directory.next_comparison;
  if (!core_->db().exists("SELECT 1 FROM cloud_accounts WHERE directory_id = ?1 AND object_id IS NOT NULL", id_.text())) return std::nullopt;
  conclude();
  return core_->now() + core_->options.microsoft.comparison_interval;
}

TenantComparison::Round TenantComparison::first_page(const CloudDirectory& directory) {
  Round round;
  if (!core_->fires(FaultPoint::comparison_forgets_its_link)) round.path = directory.delta_link;
  if (core_->probes.sometimes(Probe::comparison_goes_on_from_its_link, !round.path.empty())) return round;
  round.path = first_delta_path(attribute_choices(core_->db(), id_));
  round.tells_everything = true;
  round.untold = accounts_to_be_told(*core_, id_);
  return round;
}

base::Task<bool> TenantComparison::may_send() {
  for (;;) {
    if (!current()) co_return false;
    const auto until = pace_->blocked_until();
    if (until > core_->now()) {
      const auto deadline = core_->ports.clock->to_world(until);
      co_await core_->cloud_changed.wait_until(deadline, "a tenant to be compared with");
      continue;
    }
    const auto ready = co_await session_->prepare();
    if (!ready) co_return false;
    // Signing in has taken its time.
    if (pace_->paused_until() > core_->now()) continue;
    if (pace_->take(core_->now(), TenantPace::Effect::read)) co_return true;
  }
}

base::Task<void> TenantComparison::run() {
  Round round;
  if (const auto directory = current()) round = first_page(*directory);
  for (int pages = 0; !round.path.empty() && pages < most_pages; ++pages) {
    const bool may = co_await may_send();
    if (!may) break;
    const auto asked = core_->now();
    GraphCall call{"GET", round.path};
    const auto answer = co_await session_->send_one(std::move(call));
    if (answer.done()) {
      take_page(round, answer, asked);
    } else if (answer.kind == GraphAnswer::Kind::refused || answer.kind == GraphAnswer::Kind::missing) {
      begin_anew(round, answer.location);
    } else {
      fail(round, answer, asked);
    }
    const auto cost = core_->ports.disk->take_cost();
    if (cost > base::Duration::zero()) co_await core_->ports.clock->sleep_for(cost);
  }
  if (current()) conclude();
  under_way_ = false;
  core_->cloud_changed.notify_all();
}

void TenantComparison::take_page(Round& round, const GraphAnswer& answer, base::Instant asked) {
  pace_->went_well(asked);
  const auto page = read_delta_page(answer.body, core_->options.microsoft.graph.text());
  // Without a way on, it is asked for once more.
  if (page.next.empty() && page.delta.empty()) return fail(round, answer, asked);
  round.failures = 0;
  static_cast<void>(core_->transact([&]() -> Decided {
    auto directory = find_cloud_directory(core_->db(), id_);
    if (!directory) return base::HttpResponse(204);
    const auto tenant = tenant_context(*core_, *directory);
    for (const auto& object : page.objects) round.untold.tell(object.id);
    bool has_seen_all = notice_drift(*core_, tenant, page.objects, asked, disputes_);
    const bool is_last = !page.delta.empty();
    if (is_last && round.tells_everything) has_seen_all = notice_missing(*core_, id_, round.untold) && has_seen_all;
    if (core_->probes.sometimes(Probe::comparison_is_to_be_repeated, !has_seen_all)) round.to_be_repeated = true;
    if (!is_last) return base::HttpResponse(204);
    // The next round begins where this one has, so that what it has passed over is told of again.
    if (!round.to_be_repeated) directory->delta_link = page.delta;
    update_cloud_directory(core_->db(), *directory);
    return base::HttpResponse(204);
  }));
  round.path = core_->probes.sometimes(Probe::comparison_has_a_second_page, page.delta.empty()) ? page.next : std::string();
}

void TenantComparison::begin_anew(Round& round, const std::string& location) {
  core_->probes.reached(Probe::comparison_begins_anew);
  // The same round is begun anew once: what is refused then as well is refused for another reason.
  const bool knows_no_better = round.begun_anew || (round.tells_everything && round.path == first_delta_path(attribute_choices(core_->db(), id_)));
  static_cast<void>(core_->transact([&]() -> Decided {
    auto directory = find_cloud_directory(core_->db(), id_);
    if (!directory) return base::HttpResponse(204);
    directory->delta_link.clear();
    update_cloud_directory(core_->db(), *directory);
    round = first_page(*directory);
    return base::HttpResponse(204);
  }));
  round.begun_anew = true;
  if (auto path = path_below(location, core_->options.microsoft.graph.text()); !path.empty()) round.path = std::move(path);
  if (knows_no_better) round.path.clear();
}

void TenantComparison::fail(Round& round, const GraphAnswer& answer, base::Instant sent) {
  if (answer.status == 429) {
    core_->probes.reached(Probe::comparison_is_throttled);
    pace_->postponed(sent, core_->now(), answer.wait);
    pace_->throttled(sent, core_->now(), TenantPace::Effect::read);
    return note_pause();
  }
  ++round.failures;
  core_->probes.reached(Probe::comparison_fails);
  if (round.failures >= most_failures) {
    core_->probes.reached(Probe::comparison_gives_up);
    round.path.clear();  // what has been read so far is read again; nothing is lost
    return;
  }
  // A good token may be refused once. [Graph F8]
  if (answer.kind == GraphAnswer::Kind::unauthorized && round.failures % 2 == 0) session_->drop_token();
  if (answer.kind == GraphAnswer::Kind::unauthorized && round.failures <= 2) return;
  pace_->postponed(sent, core_->now(), answer.wait);
  note_pause();
}

void TenantComparison::note_pause() {
  static_cast<void>(core_->transact([&] {
    keep_pause(core_->db(), id_, pace_->paused_until());
    return base::HttpResponse(204);
  }));
}

void TenantComparison::conclude() {
  static_cast<void>(core_->transact([&]() -> Decided {
    auto directory = find_cloud_directory(core_->db(), id_);
    if (!directory) return base::HttpResponse(204);
    const bool sooner = core_->fires(FaultPoint::comparison_comes_sooner);
    directory->next_comparison = core_->now() + (sooner ? base::Duration{std::chrono::minutes{1}} : core_->options.microsoft.comparison_interval);
    update_cloud_directory(core_->db(), *directory);
    if (core_->has(Defect::everything_is_written_again)) {
      core_->db().run("UPDATE cloud_accounts SET written = '{}', revision = revision + 1, next_attempt = ?2 WHERE directory_id = ?1 AND connected = 1", id_.text(),
                      core_->now());
      core_->signal_cloud();
    }
    return base::HttpResponse(204);
  }));
}

}  // namespace directory
