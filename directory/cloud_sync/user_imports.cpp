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
  auto& pace = paces_->of(directory->tenant);
  pace.pause_until(directory->paused_until);
  if (pace.paused_until() > core_->now()) {
    postpone(std::move(job), pace.paused_until());
    co_return;
  }
  auto& session = sessions_.try_emplace(job.directory, *core_, job.directory).first->second;
  const auto ready = co_await session.prepare();
  if (!ready) {
    const auto pause = cloud_pause(++job.attempts);
    if (!ready.error().for_good) postpone(std::move(job), core_->now() + pause);
    co_return;
  }
  // Signing in takes its time, in which the tenant may have asked for a pause.
  auto entries = pace.paused_until() > core_->now() ? std::vector<ImportEntry>{}
                                                    : pending_entries(core_->db(), job.id, static_cast<std::int64_t>(pace.batch_limit()));
  std::size_t granted = 0;
  while (granted < entries.size() && pace.take(core_->now(), TenantPace::Effect::read)) ++granted;
  entries.resize(granted);
  if (entries.empty()) {
    postpone(std::move(job), pace.blocked_until());
    co_return;
  }
  const auto selection = imported_selection(choices_for_import(*core_, job.directory));
  std::vector<GraphCall> calls;
  for (const auto& entry : entries) calls.push_back({"GET", fmt::format("/users/{}?$select={}", entry.object_id, selection)});
  const auto sent = core_->now();
  const auto answers = co_await session.send(std::move(calls));
  heed_answers(pace, answers, std::vector(answers.size(), TenantPace::Effect::read), sent, core_->now());
  settle(std::move(job), std::move(entries), answers, pace.paused_until());
}

void UserImports::postpone(ImportJob job, base::Instant until) {
  static_cast<void>(core_->transact([&] {
    job.next_attempt = until;
    update_import(core_->db(), job);
    return base::HttpResponse(204);
  }));
}

void UserImports::settle(ImportJob job, std::vector<ImportEntry> entries, const std::vector<GraphAnswer>& answers,
                         base::Instant paused_until) {
  bool refused_token = false;
  static_cast<void>(core_->transact([&] {
    if (!find_cloud_directory(core_->db(), job.directory)) return base::HttpResponse(204);  // deactivated meanwhile: nobody is tied to an account of it
    const auto correlated = core_->events.during(Correlation{job.id.text(), "user_import"});  // [rule DI26]
    const auto choices = choices_for_import(*core_, job.directory);
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
        continue;
      }
      progress = true;
      update_entry(core_->db(), job.id, entries[i]);
    }
    keep_pause(core_->db(), job.directory, paused_until);  // the tenant's other requests wait as well
    if (pending_entries(core_->db(), job.id, 1).empty()) {
      finish(job);
      return base::HttpResponse(204);
    }
    job.attempts = progress ? 0 : job.attempts + 1;
    const auto pause = progress ? base::Duration::zero() : cloud_pause(job.attempts);
    job.next_attempt = std::max(core_->now() + pause, paused_until);
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
