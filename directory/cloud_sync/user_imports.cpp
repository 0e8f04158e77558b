#include "directory/cloud_sync/user_imports.h"

#include <fmt/format.h>

#include <algorithm>

#include "directory/cloud_sync/account_sync.h"
#include "directory/cloud_sync/import_mail.h"
#include "directory/cloud_sync/user_import.h"
#include "directory/mail/outbox.h"

namespace directory {
namespace {

AttributeChoices choices_for_import(Core& core, const CloudDirectoryId& directory) {
  if (core.has(Defect::import_takes_every_attribute)) return {};
  return attribute_choices(core.db(), directory);
}

std::string refusal_of(const GraphAnswer& answer) {
  if (answer.kind == GraphAnswer::Kind::missing) return "there is no such account at Microsoft any more";
  return fmt::format("Microsoft refused: {}", answer.message.empty() ? answer.code : answer.message);
}

}  // namespace

base::Task<void> UserImports::run() {
  for (;;) {
    if (!core_->db().failure().empty()) co_return;  // the store is gone; a restart goes on
    const auto job = next_import(core_->db());
    if (!job) {
      sessions_.clear();
      co_await core_->cloud_changed.wait("an import of users");
      continue;
    }
    if (job->next_attempt > core_->now()) {
      const auto deadline = core_->ports.clock->to_world(job->next_attempt);
      co_await core_->cloud_changed.wait_until(deadline, "an import of users to go on");
      continue;
    }
    co_await advance(*job);
    const auto cost = core_->ports.disk->take_cost();
    if (cost > base::Duration::zero()) co_await core_->ports.clock->sleep_for(cost);
  }
}

base::Task<void> UserImports::advance(ImportJob job) {
  const auto directory = find_cloud_directory(core_->db(), job.directory);
  if (!directory) {
    give_up(std::move(job), "the directory was deactivated before it was this account's turn");
    co_return;
  }
  if (directory->authorization != CloudAuthorization::valid) {
    give_up(std::move(job), "the authorisation at Microsoft has ended; authorise anew, then import once more");
    co_return;
  }
  if (core_->now() - job.created >= longest_import) {
    give_up(std::move(job), "Microsoft did not answer for a day; import once more");
    co_return;
  }
  if (directory->paused_until > core_->now()) {
    postpone(std::move(job), directory->paused_until);
    co_return;
  }
  auto& session = sessions_.try_emplace(job.directory, *core_, job.directory).first->second;
  const auto ready = co_await session.prepare();
  if (!ready) {
    const auto pause = cloud_pause(job.attempts + 1);
    if (!ready.error().for_good) postpone(std::move(job), core_->now() + pause);
    co_return;
  }
  auto entries = pending_entries(core_->db(), job.id, largest_batch);
  const auto selection = imported_selection(choices_for_import(*core_, job.directory));
  std::vector<GraphCall> calls;
  for (const auto& entry : entries) calls.push_back({"GET", fmt::format("/users/{}?$select={}", entry.object_id, selection)});
  const auto answers = co_await session.send(std::move(calls));
  settle(std::move(job), std::move(entries), answers);
}

void UserImports::postpone(ImportJob job, base::Instant until) {
  static_cast<void>(core_->transact([&] {
    ++job.attempts;
    job.next_attempt = until;
    update_import(core_->db(), job);
    return base::HttpResponse(204);
  }));
}

void UserImports::settle(ImportJob job, std::vector<ImportEntry> entries, const std::vector<GraphAnswer>& answers) {
  bool refused_token = false;
  static_cast<void>(core_->transact([&] {
    auto directory = find_cloud_directory(core_->db(), job.directory);
    if (!directory) return base::HttpResponse(204);  // deactivated meanwhile: nobody is tied to an account of it
    const auto correlated = core_->events.during(Correlation{job.id.text(), "user_import"});  // [rule DI26]
    const auto choices = choices_for_import(*core_, job.directory);
    std::optional<base::Duration> wait;
    bool progress = false;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const auto& answer = answers[i];
      using Kind = GraphAnswer::Kind;
      if (answer.kind == Kind::done) {
        job.limit_reached |= import_account(*core_, job, choices, answer.body, entries[i]);
      } else if (answer.kind == Kind::missing || answer.kind == Kind::refused) {
        entries[i].status = ImportStatus::refused;
        entries[i].message = refusal_of(answer);
      } else {
        refused_token |= answer.kind == Kind::unauthorized;
        if (answer.kind == Kind::postponed) wait = std::max(wait.value_or(base::Duration::zero()), answer.wait.value_or(cloud_pause(job.attempts + 1)));
        continue;
      }
      progress = true;
      update_entry(core_->db(), job.id, entries[i]);
    }
    if (wait) {
      // The tenant's other requests wait as well.
      directory->paused_until = std::max(directory->paused_until, core_->now() + *wait);
      update_cloud_directory(core_->db(), *directory);
    }
    if (pending_entries(core_->db(), job.id, 1).empty()) {
      finish(job);
      return base::HttpResponse(204);
    }
    job.attempts = progress ? 0 : job.attempts + 1;
    const auto pause = progress ? base::Duration::zero() : cloud_pause(job.attempts);
    job.next_attempt = core_->now() + std::max(pause, wait.value_or(base::Duration::zero()));
    update_import(core_->db(), job);
    return base::HttpResponse(204);
  }));
  if (!refused_token) return;
  if (const auto session = sessions_.find(job.directory); session != sessions_.end()) session->second.drop_token();
}

void UserImports::give_up(ImportJob job, std::string_view why) {
  static_cast<void>(core_->transact([&] {
    refuse_pending_entries(core_->db(), job.id, why);
    finish(job);
    return base::HttpResponse(204);
  }));
}

void UserImports::finish(ImportJob job) {
  job.finished = core_->now();
  update_import(core_->db(), job);
  core_->signal_agenda();  // the results are forgotten one day
  const auto counts = import_counts(core_->db(), job.id);
  if (core_->has(Defect::small_imports_are_not_mailed) && counts.total <= most_shown_results) return;
  queue_notice(*core_, MailKind::import_complete, job.admin_email, import_mail(*core_, job, counts));
}

}  // namespace directory
