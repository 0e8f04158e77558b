#include "directory/cloud_sync/cloud_sync.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "directory/cloud_sync/account_sync.h"
#include "directory/cloud_sync/group_sync.h"
#include "directory/cloud_sync/quota.h"
#include "directory/cloud_sync/tenant_session.h"

namespace directory {
namespace {

/// Batches under way at a time: enough to use what a tenant grants when an answer takes half a second.
constexpr std::size_t most_batches = 8;
/// Of what a tenant grants, in percent: answers come at uneven times, and a request too many counts as well.
constexpr std::int64_t prudence = 95;
constexpr base::Duration first_pause = std::chrono::seconds{5};
constexpr base::Duration longest_pause = std::chrono::minutes{10};

base::Duration pause_after(int failures) {
  auto pause = first_pause;
  for (int i = 1; i < failures && pause < longest_pause; ++i) pause *= 2;
  return std::min(pause, longest_pause);
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

/// What goes together; the calls for accounts come first.
struct Batch {
  std::vector<Sent> accounts;
  std::vector<SentGroup> groups;

  [[nodiscard]] std::size_t size() const { return accounts.size() + groups.size(); }
};

}  // namespace

class CloudSync::Worker {
 public:
  Worker(Core& core, CloudDirectoryId id)
      : core_(core),
        id_(id),
        session_(core, std::move(id)),
        requests_(core.options.microsoft.requests.amount * prudence / 100, core.options.microsoft.requests.window),
        writes_(core.options.microsoft.writes.amount * prudence / 100, core.options.microsoft.writes.window) {}

  [[nodiscard]] bool has_ended() const { return ended_; }

  base::Task<void> run() {
    while (const auto directory = current()) {
      const auto until = blocked_until(*directory);
      if (until > core_.now()) {
        co_await wait_until(until, "a tenant to take requests again");
        continue;
      }
      const auto next = next_due(*directory);
      if (!next || *next > core_.now() || batches_ >= most_batches) {
        co_await wait_for_work(batches_ >= most_batches ? std::nullopt : next);
        continue;
      }
      const auto ready = co_await session_.prepare();
      if (!ready) {
        if (!ready.error().for_good) pause_sign_in();
        continue;
      }
      sign_in_failures_ = 0;
      auto batch = plan(*directory);
      const auto cost = core_.ports.disk->take_cost();
      if (cost > base::Duration::zero()) co_await core_.ports.clock->sleep_for(cost);
      if (!store_is_sound()) break;
      if (batch.size() == 0) continue;
      ++batches_;
      base::spawn(*core_.ports.scheduler, core_.ports.scope, "syncs a tenant", send(std::move(batch)));
    }
    while (batches_ > 0) co_await core_.cloud_changed.wait("the last answers of a tenant");
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

  [[nodiscard]] base::Instant blocked_until(const CloudDirectory& directory) const {
    return std::max({directory.paused_until, paused_until_, quota_until_});
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
      for (auto& account : due_cloud_accounts(core_.db(), id_, core_.now(), most)) {
        if (batch.size() == largest_batch || in_flight_.contains(account.id)) continue;
        const auto wanted = wanted_account(core_, tenant, account);
        const auto password = waiting_password(core_, account);
        const auto placeholder = account.object_id.empty() && account.known_absent ? new_placeholder() : base::Secret();
        auto step = next_step(account, wanted, password, placeholder, core_.options.microsoft.graph.text());
        if (!step) {
          conclude_account(core_, account, wanted);
          continue;
        }
        if (!grants(step->step != AccountStep::look_up)) break;
        if (step->step == AccountStep::create) note_create_sent(core_, account, wanted);
        step->password_revision = account.password_revision;
        in_flight_.insert(account.id);
        batch.accounts.push_back({account.id, std::move(*step)});
      }
      return base::HttpResponse(204);
    }));
    return batch;
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
      if (!grants(step->call.method != "GET")) return false;
      if (step->step == GroupStep::create) note_create_sent(core_, group);
      groups_in_flight_.insert(group.id);
      batch.groups.push_back({group.id, std::move(*step)});
    }
    return true;
  }

  /// Whether the tenant's quota has room for a request, which it takes then; else nothing is sent until there is room for
  /// a batch again.
  bool grants(bool writes) {
    if (requests_.left(core_.now()) < 1 || (writes && writes_.left(core_.now()) < 1)) {
      constexpr auto batch = static_cast<std::int64_t>(largest_batch);
      quota_until_ = std::max(requests_.when(core_.now(), batch), writes ? writes_.when(core_.now(), batch) : core_.now());
      return false;
    }
    requests_.take(core_.now(), 1);
    if (writes) writes_.take(core_.now(), 1);
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
    const auto answers = co_await session_.send(std::move(calls));
    settle(batch, answers);
    const auto cost = core_.ports.disk->take_cost();
    if (cost > base::Duration::zero()) co_await core_.ports.clock->sleep_for(cost);
    for (const auto& sent : batch.accounts) in_flight_.erase(sent.account);
    for (const auto& sent : batch.groups) groups_in_flight_.erase(sent.group);
    --batches_;
    core_.cloud_changed.notify_all();
  }

  void settle(const Batch& batch, const std::vector<GraphAnswer>& answers) {
    std::optional<base::Duration> wait;
    bool refused_token = false;
    static_cast<void>(core_.transact([&]() -> Decided {
      auto directory = find_cloud_directory(core_.db(), id_);
      if (!directory) return base::HttpResponse(204);
      const auto tenant = tenant_context(core_, *directory);
      for (std::size_t i = 0; i < batch.size(); ++i) {
        const auto& answer = answers[i];
        if (i < batch.accounts.size()) {
          apply_answer(core_, tenant, batch.accounts[i].account, batch.accounts[i].step, answer);
        } else {
          const auto& sent = batch.groups[i - batch.accounts.size()];
          apply_answer(core_, *directory, sent.group, sent.step, answer);
        }
        refused_token |= answer.kind == GraphAnswer::Kind::unauthorized;
        if (answer.kind != GraphAnswer::Kind::postponed) continue;
        wait = std::max(wait.value_or(base::Duration::zero()), answer.wait.value_or(pause_after(throttled_ + 1)));
      }
      if (wait) {
        directory->paused_until = std::max(directory->paused_until, core_.now() + *wait);
        update_cloud_directory(core_.db(), *directory);
      }
      return base::HttpResponse(204);
    }));
    throttled_ = wait ? throttled_ + 1 : 0;
    if (refused_token) session_.drop_token();
  }

  Core& core_;
  CloudDirectoryId id_;
  TenantSession session_;
  Quota requests_;
  Quota writes_;
  std::set<CloudAccountId> in_flight_;
  std::set<CloudGroupId> groups_in_flight_;
  std::size_t batches_ = 0;
  base::Instant paused_until_{};  ///< after sign-in failed
  base::Instant quota_until_{};
  int sign_in_failures_ = 0;
  int throttled_ = 0;  ///< how often in a row
  bool ended_ = false;
};

CloudSync::CloudSync(Core& core) : core_(&core) {}

CloudSync::~CloudSync() = default;

base::Task<void> CloudSync::run() {
  for (;;) {
    if (!core_->db().failure().empty()) co_return;  // the store is gone; a restart goes on
    std::erase_if(workers_, [](const auto& entry) { return entry.second->has_ended(); });
    for (const auto& directory : list_cloud_directories(core_->db())) {
      if (directory.authorization != CloudAuthorization::valid || workers_.contains(directory.id)) continue;
      auto& worker = workers_[directory.id];
      worker = std::make_unique<Worker>(*core_, directory.id);
      base::spawn(*core_->ports.scheduler, core_->ports.scope, "syncs a tenant", worker->run());
    }
    co_await core_->cloud_changed.wait("a tenant to be authorised");
  }
}

}  // namespace directory
