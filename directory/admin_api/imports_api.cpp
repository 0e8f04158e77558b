#include "directory/admin_api/imports_api.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "directory/admin_api/guarded.h"
#include "directory/cloud_sync/import_job.h"
#include "directory/cloud_sync/import_listing.h"
#include "directory/cloud_sync/import_mail.h"
#include "directory/cloud_sync/tenant_session.h"
#include "directory/server/responses.h"

namespace directory {
namespace {

using base::HttpResponse;
using base::JsonArray;
using base::JsonObject;

constexpr std::size_t longest_object_id = 64;

/// What a tenant's ids are made of; nothing that could lead a request elsewhere.
bool is_object_id(std::string_view text) {
  const auto plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  };
  return !text.empty() && text.size() <= longest_object_id && std::ranges::all_of(text, plain);
}

/// The accounts that were chosen, each once.
std::expected<std::vector<std::string>, HttpResponse> read_chosen_accounts(const JsonObject& body) {
  const auto bad = [] {
    return std::unexpected(error_response(400, fmt::format("users is a list of 1 to {} ids of accounts", most_import_accounts)));
  };
  const auto* list = base::member(body, "users");
  if (list == nullptr || !list->is_array() || list->get_array().empty() || list->get_array().size() > most_import_accounts) return bad();
  std::vector<std::string> chosen;
  std::set<std::string, std::less<>> seen;
  for (const auto& entry : list->get_array()) {
    if (!entry.is_string() || !is_object_id(base::as_text(entry.get_string()))) return bad();
    std::string id(base::as_text(entry.get_string()));
    if (seen.insert(id).second) chosen.push_back(std::move(id));
  }
  return chosen;
}

HttpResponse no_such_import() { return error_response(404, "there is no such import, or its results are not kept any more"); }

std::optional<ImportJob> job_of(Core& core, const RoutedRequest& request) {
  auto job = find_import(core.db(), ImportJobId{request.wildcards[1]});
  if (job && job->directory.text() != request.wildcards[0]) job.reset();
  return job;
}

JsonObject to_json(const ImportEntry& entry) {
  return {{"accountId", entry.object_id},
          {"userPrincipalName", entry.upn},
          {"username", entry.username},
          {"status", base::json_text(status_name(entry.status))},
          {"message", entry.message},
          {"systemUserId", entry.user.text()}};
}

/// `{jobId, directory{id, name}, status, total, imported, notImported, message, createdAt, finishedAt, resultsUntil, resultsLink}`.
JsonObject to_json(Core& core, const ImportJob& job, const ImportCounts& counts) {
  JsonObject out{{"jobId", job.id.text()},
                 {"directory", JsonObject{{"id", job.directory.text()}, {"name", job.directory_name}}},
                 {"status", job.finished ? "finished" : "running"},
                 {"total", counts.total},
                 {"imported", counts.imported},
                 {"notImported", counts.refused},
                 {"message", job.limit_reached ? "the limit of licensed users is reached; contact your provider" : ""},  // [rule R80]
                 {"createdAt", base::to_rfc3339(job.created)},
                 {"finishedAt", nullptr},
                 {"resultsUntil", nullptr},
                 {"resultsLink", import_results_link(core, job)}};
  if (job.finished) {
    out["finishedAt"] = base::to_rfc3339(*job.finished);
    out["resultsUntil"] = base::to_rfc3339(*job.finished + import_results_are_kept);
  }
  return out;
}

HttpResponse not_authorized() { return error_response(409, "the directory is not authorised at Microsoft"); }

HttpResponse busy_tenant(base::Duration wait) {
  auto response = error_response(503, "Microsoft asks for a pause");
  response.headers.add("Retry-After", std::to_string(std::chrono::ceil<std::chrono::seconds>(wait).count()));
  return response;
}

/// An answer that is no page of accounts. Where the tenant asks for a pause, its other requests wait as well.
HttpResponse no_page(Core& core, const CloudDirectoryId& id, const GraphAnswer& answer) {
  using Kind = GraphAnswer::Kind;
  if (answer.kind == Kind::refused && answer.status == 400) return error_response(400, "Microsoft refused: " + answer.message);
  if (answer.kind != Kind::postponed) {
    return error_response(502, fmt::format("Microsoft does not list accounts: {} {}", answer.code, answer.message));
  }
  const auto wait = answer.wait.value_or(std::chrono::seconds{5});
  const auto stored = core.transact([&] {
    if (auto directory = find_cloud_directory(core.db(), id)) {
      directory->paused_until = std::max(directory->paused_until, core.now() + wait);
      update_cloud_directory(core.db(), *directory);
    }
    return HttpResponse(204);
  });
  return stored.ok() ? busy_tenant(wait) : stored;
}

}  // namespace

void ImportsApi::add_routes(Router& router) {
  router.add_waiting("GET", "/api/v2/office365s/*/import/users", [this](RoutedRequest request) { return list_accounts(std::move(request)); });
  const auto route = guarded_routes(router, *core_, *this);
  route("POST", "/api/v2/office365s/*/import/jobs", Permission::manage_users, &ImportsApi::start_job);
  route("GET", "/api/v2/office365s/*/import/jobs", Permission::read, &ImportsApi::list_jobs);
  route("GET", "/api/v2/office365s/*/import/jobs/*", Permission::read, &ImportsApi::read_job);
  route("GET", "/api/v2/office365s/*/import/jobs/*/results.csv", Permission::read, &ImportsApi::download_results);
}

base::Task<HttpResponse> ImportsApi::list_accounts(RoutedRequest request) {
  const auto administrator = authorize_admin(*core_, request.http, Permission::manage_users);
  if (!administrator) co_return administrator.error();
  const auto directory = find_cloud_directory(core_->db(), CloudDirectoryId{request.wildcards[0]});
  if (!directory) co_return error_response(404, "there is no such directory");
  const auto query = read_import_query(request.target);
  if (!query) co_return error_response(400, query.error().message);
  if (directory->authorization != CloudAuthorization::valid) co_return not_authorized();
  if (directory->paused_until > core_->now()) co_return busy_tenant(directory->paused_until - core_->now());
  TenantSession session(*core_, directory->id);
  const auto ready = co_await session.prepare();
  if (!ready) co_return ready.error().for_good ? not_authorized() : error_response(502, ready.error().message);
  const auto candidates = core_->has(Defect::import_lists_everybody) ? ImportCandidates::all : ImportCandidates::active;
  auto call = import_listing(*query, candidates);
  // Somebody is looking: it does not wait for room, but it counts.
  static_cast<void>(paces_->of(directory->tenant).take(core_->now(), TenantPace::Effect::read));
  const auto answer = co_await session.send_one(std::move(call));
  if (!answer.done()) co_return no_page(*core_, directory->id, answer);
  co_return json_response(200, import_page(answer.body, candidates));
}

HttpResponse ImportsApi::start_job(const RoutedRequest& request, const Actor& actor) {
  const auto body = read_object(request.http);
  if (!body) return body.error();
  const auto chosen = read_chosen_accounts(*body);
  return core_->transact([&]() -> Decided {
    const auto directory = find_cloud_directory(core_->db(), CloudDirectoryId{request.wildcards[0]});
    if (!directory) return error_response(404, "there is no such directory");
    if (!chosen) return chosen.error();
    if (directory->authorization != CloudAuthorization::valid) return not_authorized();
    if (count_imports(core_->db()) >= most_import_jobs) return error_response(409, "there are too many imports; wait until results are not kept any more");
    ImportJob job{ImportJobId{core_->new_id()}, directory->id, directory->name, actor.id, actor.name, core_->now()};
    job.next_attempt = job.created;
    insert_import(core_->db(), job, *chosen);
    core_->signal_cloud();
    return json_response(201, to_json(*core_, job, import_counts(core_->db(), job.id)));
  });
}

HttpResponse ImportsApi::list_jobs(const RoutedRequest& request, const Actor&) {
  JsonArray list;
  const auto jobs = list_imports(core_->db(), CloudDirectoryId{request.wildcards[0]});
  for (const auto& job : jobs) list.push_back(to_json(*core_, job, import_counts(core_->db(), job.id)));
  return json_response(200, std::move(list));
}

HttpResponse ImportsApi::read_job(const RoutedRequest& request, const Actor&) {
  const auto job = job_of(*core_, request);
  if (!job) return no_such_import();
  const auto counts = import_counts(core_->db(), job->id);
  auto out = to_json(*core_, *job, counts);
  if (counts.total <= most_shown_results) {
    JsonArray results;
    const auto entries = import_entries(core_->db(), job->id, 0, most_shown_results);
    for (const auto& entry : entries) results.push_back(to_json(entry));
    out["results"] = std::move(results);
  }
  return json_response(200, std::move(out));
}

HttpResponse ImportsApi::download_results(const RoutedRequest& request, const Actor&) {
  const auto job = job_of(*core_, request);
  if (!job) return no_such_import();
  return HttpResponse(200, "text/csv; charset=utf-8", import_results_table(core_->db(), job->id));
}

}  // namespace directory
