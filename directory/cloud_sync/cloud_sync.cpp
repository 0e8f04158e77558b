#include "directory/cloud_sync/cloud_sync.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "directory/cloud_sync/account_sync.h"
#include "directory/cloud_sync/group_sync.h"
#include "directory/cloud_sync/tenant_comparison.h"
#include "directory/cloud_sync/tenant_paces.h"
#include "directory/cloud_sync/tenant_session.h"

namespace directory {
namespace {

/// Of fault points.
constexpr base::Duration short_while = std::chrono::milliseconds{200};

/// Of the first page; later ones come by Microsoft's own links.
std::string with_pages_of_one(std::string path) {
  constexpr std::string_view largest = "$top=999";
  if (path.ends_with(largest)) path.replace(path.size() - largest.size(), largest.size(), "$top=1");
  return path;
}

/// A step on its way, and for whom.
struct Sent {
  CloudAccountId account = 0;
  PlannedStep step;
};
struct SentGroup {
  CloudGroupId group = 0;
  PlannedGroupStep step;
};

TenantPace::Effect effect_of(const GraphCall& call) {
  return call.method == "GET" ? TenantPace::Effect::read : TenantPace::Effect::write;
}

/// What goes together; the calls for accounts come first.
struct Batch {
  std::vector<Sent> accounts;
  std::vector<SentGroup> groups;

  [[nodiscard]] std::size_t size() const { return accounts.size() + groups.size(); }
  [[nodiscard]] const GraphCall& call(std::size_t i) const {
    return i < accounts.size() ? accounts[i].step.call : groups[i - accounts.size()].step.call;
  }
};

}  // namespace

class CloudSync::Worker {
 public:
  Worker(Core& core, CloudDirectoryId id, TenantPace& pace)
      : core_(core),
        id_(id),
        session_(core, std::move(id)),
        pace_(pace),
        comparison_(core, id_, session_, pace_) {}

  [[nodiscard]] bool has_ended() const { return ended_; }

  base::Task<void> run() {
    if (const auto directory = current()) {
      core_.probes.sometimes(Probe::tenant_pause_outlives_the_process, directory->paused_until > core_.now());
      pace_.pause_until(directory->paused_until);
      static_cast<void>(core_.transact([&] {
        doubt_unfinished_groups(core_.db(), id_);
        return base::HttpResponse(204);
      }));
    }
    if (core_.has(Defect::pending_writes_end_with_the_process)) {
      static_cast<void>(core_.transact([&] {
        core_.db().run("UPDATE cloud_accounts SET synced = revision WHERE directory_id = ?1", id_.text());
        return base::HttpResponse(204);
      }));
    }
    while (const auto directory = current()) {
      const auto until = std::max(pace_.blocked_until(), paused_until_);
      if (until > core_.now()) {
        core_.probes.reached(Probe::tenant_is_left_alone);
        co_await wait_until(until, "a tenant to take requests again");
        continue;
      }
      const auto comparison = comparison_.due(*directory);
      const bool compares = comparison && *comparison <= core_.now();
      const auto next = pace_.allows_beside(batches_) ? next_due(*directory) : std::nullopt;
      const bool syncs = next && *next <= core_.now();
      if (!compares && !syncs) {
        co_await wait_for_work(next && comparison ? std::min(next, comparison) : (next ? next : comparison));
        continue;
      }
      const auto ready = co_await session_.prepare();
      if (!ready) {
        if (core_.probes.sometimes(Probe::sign_in_to_tenant_fails, !ready.error().for_good)) pause_sign_in();
        continue;
      }
      sign_in_failures_ = 0;
      if (compares) {
        comparison_.begin();
        base::spawn(*core_.ports.scheduler, core_.ports.scope, "compares a tenant", comparison_.run());
      }
      if (core_.fires(FaultPoint::tenant_worker_yields)) co_await core_.ports.clock->sleep_for(short_while);
      // Signing in takes its time, in which the tenant may have asked for a pause, or the instance have changed.
      const auto now_there = current();
      core_.probes.sometimes(Probe::tenant_changes_while_signing_in, !now_there || pace_.paused_until() > core_.now());
      if (!syncs || !now_there || pace_.paused_until() > core_.now()) continue;
      auto batch = plan(*now_there);
      const auto cost = core_.ports.disk->take_cost();
      if (cost > base::Duration::zero()) co_await core_.ports.clock->sleep_for(cost);
      if (!store_is_sound()) break;
      if (core_.probes.sometimes(Probe::nothing_left_to_send, batch.size() == 0)) continue;
      ++batches_;
      core_.probes.sometimes(Probe::batches_overlap, batches_ > 1);
      core_.probes.always(Probe::batch_fits_its_limit, batch.size() <= largest_batch);
      base::spawn(*core_.ports.scheduler, core_.ports.scope, "syncs a tenant", send(std::move(batch)));
    }
    while (batches_ > 0 || comparison_.is_under_way()) co_await core_.cloud_changed.wait("the last answers of a tenant");
    ended_ = true;
    core_.cloud_changed.notify_all();
  }

 private:
  [[nodiscard]] bool store_is_sound() const { return core_.database->failure().empty(); }

  /// The instance while it is authorised; what is under way at its end comes to its own end.
  std::optional<CloudDirectory> current() {
    auto directory = find_cloud_directory(core_.db(), id_);
    if (!store_is_sound() || !directory || directory->authorization != CloudAuthorization::valid) return std::nullopt;
    return directory;
  }

  /// Groups are left alone while they are not managed. [rule D65] [rule D76]
  [[nodiscard]] bool manages_groups(const CloudDirectory& directory) const {
    return directory.groups_enabled || core_.has(Defect::disabled_groups_go_on);
  }

  std::optional<base::Instant> next_due(const CloudDirectory& directory) {
    const auto account = next_account_due();
    const auto group = manages_groups(directory) ? next_group_due() : std::nullopt;
    return account && group ? std::min(account, group) : (account ? account : group);
  }

  std::optional<base::Instant> next_group_due() {
    for (const auto& row : due_cloud_groups(core_.db(), id_, core_.now(), static_cast<std::int64_t>(groups_in_flight_.size()) + 1)) {
      if (!groups_in_flight_.contains(row.id)) return row.next_attempt;
    }
    const auto next = next_cloud_group_due(core_.db(), id_);
    return next && *next > core_.now() ? next : std::nullopt;
  }

  std::optional<base::Instant> next_account_due() {
    // Those in flight are due as well, and are passed over.
    const auto rows = due_cloud_accounts(core_.db(), id_, core_.now(), static_cast<std::int64_t>(in_flight_.size()) + 1);
    for (const auto& row : rows) {
      if (!in_flight_.contains(row.id)) return row.next_attempt;
    }
    const auto next = next_cloud_account_due(core_.db(), id_);
    return next && *next > core_.now() ? next : std::nullopt;
  }

  base::Task<void> wait_until(base::Instant instant, std::string_view what) {
    const auto deadline = core_.ports.clock->to_world(instant);
    co_await core_.cloud_changed.wait_until(deadline, what);
  }

  base::Task<void> wait_for_work(std::optional<base::Instant> next) {
    if (next) {
      if (core_.fires(FaultPoint::tenant_worker_wakes_early)) next = std::min(*next, core_.now() + std::chrono::seconds{1});
      co_await wait_until(*next, "an account to become due in a tenant");
    } else {
      co_await core_.cloud_changed.wait("something to do in a tenant");
    }
  }

  void pause_sign_in() {
    ++sign_in_failures_;
    paused_until_ = core_.now() + pause_after(sign_in_failures_);
  }

  /// The next batch, as large as the quota allows; accounts that need nothing are concluded on the way.
  Batch plan(const CloudDirectory& directory) {
    Batch batch;
    static_cast<void>(core_.transact([&] {
      if (manages_groups(directory) && !plan_groups(batch)) return base::HttpResponse(204);
      const auto tenant = tenant_context(core_, directory);
      const auto most = static_cast<std::int64_t>(in_flight_.size() + largest_batch);
      const auto limit = core_.fires(FaultPoint::batch_is_one_request) ? 1 : pace_.batch_limit();
      for (auto& account : due_cloud_accounts(core_.db(), id_, core_.now(), most)) {
        if (batch.size() >= limit || in_flight_.contains(account.id)) continue;
        const auto wanted = wanted_account(core_, tenant, account);
        const auto password = waiting_password(core_, account);
        const auto placeholder = account.object_id.empty() && account.known_absent ? new_placeholder() : base::Secret();
        auto step = next_step(account, wanted, password, placeholder, core_.options.microsoft.graph.text());
        if (!step) {
          conclude_account(core_, account, wanted);
          continue;
        }
        if (!pace_.take(core_.now(), effect_of(step->call))) {
          core_.probes.reached(Probe::quota_of_tenant_is_used_up);
          break;
        }
        if (step->step == AccountStep::create) note_create_sent(core_, account, wanted);
        if (step->step == AccountStep::update) seed_defects(account, wanted, *step);
        step->password_revision = account.password_revision;
        core_.probes.always(Probe::account_is_sent_once_at_a_time, in_flight_.insert(account.id).second);
        batch.accounts.push_back({account.id, std::move(*step)});
      }
      return base::HttpResponse(204);
    }));
    return batch;
  }

  void seed_defects(const CloudAccount& account, const WantedAccount& wanted, PlannedStep& step) {
    if (core_.has(Defect::watermark_is_stored_first)) core_.db().run("UPDATE cloud_accounts SET synced = revision WHERE id = ?1", account.id);
    if (account.user_gone && !wanted.enabled && core_.has(Defect::users_are_deleted_at_microsoft)) step.call = {"DELETE", step.call.path, {}};
  }

  /// Groups go before accounts: there are few, and a request brings many members. Whether the quota had room for all.
  bool plan_groups(Batch& batch) {
    const auto graph = core_.options.microsoft.graph.text();
    const auto most = static_cast<std::int64_t>(groups_in_flight_.size() + largest_batch);
    for (auto& group : due_cloud_groups(core_.db(), id_, core_.now(), most)) {
      if (batch.size() == largest_batch || groups_in_flight_.contains(group.id)) continue;
      const auto wanted = wanted_group(core_, group);
      auto step = next_group_step(group, wanted, graph);
      if (!step) {
        conclude_group(core_, group, wanted);
        continue;
      }
      if (!pace_.take(core_.now(), effect_of(step->call))) return false;
      if (step->step == GroupStep::create) note_create_sent(core_, group);
      if (step->step == GroupStep::rename) note_rename_sent(core_, group);
      if (step->step == GroupStep::read_members && core_.fires(FaultPoint::members_come_one_by_one)) step->call.path = with_pages_of_one(std::move(step->call.path));
      groups_in_flight_.insert(group.id);
      batch.groups.push_back({group.id, std::move(*step)});
    }
    return true;
  }

  /// A password that nobody knows, of the strength that Microsoft asks for. [Graph U21]
  base::Secret new_placeholder() {
    base::Secret placeholder("Aa1!" + core_.ports.rng.hex(16));
    core_.ports.witness->witness(placeholder);
    return placeholder;
  }

  base::Task<void> send(Batch batch) {
    std::vector<GraphCall> calls;
    for (const auto& sent : batch.accounts) calls.push_back(sent.step.call);
    for (const auto& sent : batch.groups) calls.push_back(sent.step.call);
    if (core_.fires(FaultPoint::batch_leaves_late)) co_await core_.ports.clock->sleep_for(short_while);
    const auto at = core_.now();
    std::vector<GraphAnswer> answers;
    if (pace_.paused_until() > at) {
      core_.probes.reached(Probe::plan_waits_out_a_pause);
      // Another answer has asked for a pause since this was planned; by its end something else may have to be sent.
      answers.assign(batch.size(), GraphAnswer{});
      for (auto& answer : answers) answer.kind = GraphAnswer::Kind::not_sent;
    } else {
      answers = co_await session_.send(std::move(calls));
    }
    if (core_.has(Defect::retry_after_is_ignored)) {
      for (auto& answer : answers) answer.wait.reset();
    }
    core_.probes.always(Probe::answers_match_their_requests, answers.size() == batch.size());
    settle(batch, answers, at);
    const auto cost = core_.ports.disk->take_cost();
    if (cost > base::Duration::zero()) co_await core_.ports.clock->sleep_for(cost);
    for (const auto& sent : batch.accounts) in_flight_.erase(sent.account);
    for (const auto& sent : batch.groups) groups_in_flight_.erase(sent.group);
    --batches_;
    core_.cloud_changed.notify_all();
  }

  void settle(const Batch& batch, const std::vector<GraphAnswer>& answers, base::Instant sent) {
    static_cast<void>(core_.transact([&]() -> Decided {
      const auto directory = find_cloud_directory(core_.db(), id_);
      if (core_.probes.sometimes(Probe::instance_is_gone_before_the_answer, !directory)) return base::HttpResponse(204);
      const auto tenant = tenant_context(core_, *directory);
      for (std::size_t i = 0; i < batch.accounts.size(); ++i) {
        apply_answer(core_, tenant, batch.accounts[i].account, batch.accounts[i].step, answers[i]);
      }
      for (std::size_t i = 0; i < batch.groups.size(); ++i) {
        apply_answer(core_, *directory, batch.groups[i].group, batch.groups[i].step, answers[batch.accounts.size() + i]);
      }
      heed(batch, answers, sent);
      keep_pause(core_.db(), id_, pace_.paused_until());
      return base::HttpResponse(204);
    }));
  }

  /// What the answers say of the tenant as a whole.
  void heed(const Batch& batch, const std::vector<GraphAnswer>& answers, base::Instant sent) {
    using Kind = GraphAnswer::Kind;
    std::vector<TenantPace::Effect> effects;
    for (std::size_t i = 0; i < batch.size(); ++i) effects.push_back(effect_of(batch.call(i)));
    heed_answers(pace_, answers, effects, sent, core_.now());
    const auto is = [](Kind kind) { return [kind](const GraphAnswer& answer) { return answer.kind == kind; }; };
    if (std::ranges::any_of(answers, is(Kind::unauthorized))) {
      core_.probes.reached(Probe::token_is_refused);
      // A good token may be refused once. One that is refused again has ended, and where the next one is no better, it takes time.
      // [Graph F8]
      if (core_.probes.sometimes(Probe::token_is_refused_twice, ++token_refusals_ % 2 == 0)) session_.drop_token();
      if (token_refusals_ >= 4) pause_sign_in();
    } else if (!std::ranges::all_of(answers, is(Kind::not_sent))) {
      token_refusals_ = 0;
    }
  }

  Core& core_;
  CloudDirectoryId id_;
  TenantSession session_;
  TenantPace& pace_;  ///< of the tenant, whatever else is sent there
  TenantComparison comparison_;
  std::set<CloudAccountId> in_flight_;
  std::set<CloudGroupId> groups_in_flight_;
  std::size_t batches_ = 0;
  base::Instant paused_until_{};  ///< after sign-in failed
  int sign_in_failures_ = 0;
  int token_refusals_ = 0;  ///< in a row
  bool ended_ = false;
};

CloudSync::CloudSync(Core& core, TenantPaces& paces) : core_(&core), paces_(&paces) {}

CloudSync::~CloudSync() = default;

base::Task<void> CloudSync::run() {
  for (;;) {
    if (!core_->db().failure().empty()) co_return;  // the store is gone; a restart goes on
    std::erase_if(workers_, [](const auto& entry) { return entry.second->has_ended(); });
    for (const auto& directory : list_cloud_directories(core_->db())) {
      if (directory.authorization != CloudAuthorization::valid || workers_.contains(directory.id)) continue;
      auto& worker = workers_[directory.id];
      worker = std::make_unique<Worker>(*core_, directory.id, paces_->of(directory.tenant));
      base::spawn(*core_->ports.scheduler, core_->ports.scope, "syncs a tenant", worker->run());
    }
    co_await core_->cloud_changed.wait("a tenant to be authorised");
  }
}

}  // namespace directory
