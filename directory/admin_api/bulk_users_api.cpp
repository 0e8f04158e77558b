#include "directory/admin_api/bulk_users_api.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "directory/admin_api/guarded.h"
#include "directory/admin_api/paging.h"
#include "directory/admin_api/user_json.h"
#include "directory/server/responses.h"
#include "directory/users/user_changes.h"

namespace directory {
namespace {

using base::HttpResponse;
using base::Json;
using base::JsonArray;
using base::JsonObject;

// Hashing that many passwords at full cost still takes seconds, not minutes.
constexpr std::size_t most_users = 200;
constexpr std::size_t largest_body = 4 << 20;
constexpr base::Duration results_are_kept = std::chrono::days{30};

constexpr std::string_view default_source = "jumpcloud:bulk";
constexpr std::array<std::string_view, 6> sources{"jumpcloud:gapps",   "jumpcloud:o365",
                                                  "jumpcloud:workday", "jumpcloud:scim",
                                                  default_source,      "jumpcloud:custom_integration"};

/// [rule D5a]
std::expected<std::string_view, HttpResponse> read_source(const base::HttpRequest& request) {
  const auto given = request.headers.find("creation-source");
  if (!given) return default_source;
  const auto* known = std::ranges::find(sources, *given);
  if (known != sources.end()) return *known;
  return std::unexpected(error_response(400, "creation-source is not one of those that there are"));
}

std::expected<JsonArray, HttpResponse> read_users(const base::HttpRequest& request) {
  if (request.body.size() > largest_body) {
    return std::unexpected(error_response(413, fmt::format("a body has at most {} bytes", largest_body)));
  }
  auto json = base::parse_json(request.body);
  if (!json) return std::unexpected(error_response(400, json.error().message));
  auto* list = json->if_array();
  if (list == nullptr || list->empty() || list->size() > most_users) {
    return std::unexpected(
        error_response(400, fmt::format("the body is a list of 1 to {} users", most_users)));
  }
  return std::move(*list);
}

/// The user, or why there is none.
Change<User> create_one(Core& core, const Json& entry, UserState fallback, std::string_view source,
                        const Actor& actor) {
  const auto* body = entry.if_object();
  if (body == nullptr) return std::unexpected(Refusal{Refusal::Kind::invalid, "", "a user is an object"});
  auto fresh = read_new_user(core, *body, fallback, source);
  if (!fresh) return std::unexpected(std::move(fresh.error()));
  return create_user(core, std::move(*fresh), actor);
}

JsonObject result_json(Core& core, const Json& entry, const Change<User>& outcome) {
  const auto at = base::to_rfc3339(core.now());
  JsonObject fields{{"username", base::string_or(entry, "username", "")},
                    {"email", base::string_or(entry, "email", "")}};
  JsonObject meta;
  if (outcome) meta["systemUserId"] = outcome->id.text();
  return {{"id", core.new_id()},
          {"status", outcome ? "finished" : "failed"},
          {"statusMsg", outcome ? "" : outcome.error().message},
          {"persistedFields", std::move(fields)},
          {"meta", std::move(meta)},
          {"createdAt", at},
          {"updatedAt", at}};
}

}  // namespace

void BulkUsersApi::add_routes(Router& router) {
  router.add("POST", "/api/v2/bulk/users",
             guarded(*core_, *this, Permission::manage_users, &BulkUsersApi::create_users));
  router.add("GET", "/api/v2/bulk/users/*/results",
             guarded(*core_, *this, Permission::read, &BulkUsersApi::read_results));
}

HttpResponse BulkUsersApi::create_users(const RoutedRequest& request, const Actor& actor) {
  const auto source = read_source(request.http);
  if (!source) return source.error();
  const auto users = read_users(request.http);
  if (!users) return users.error();
  const auto& defaults = core_->settings.new_user_states;
  const auto state =
      *source == default_source ? defaults.csv_import : defaults.application_import;  // [rule D5]
  return core_->transact([&]() -> Decided {
    const auto job = core_->new_id();
    const auto correlated = core_->events.during(Correlation{job, "user_import"});  // [rule DI26]
    core_->db().run("DELETE FROM bulk_results WHERE created < ?1", core_->now() - results_are_kept);
    std::int64_t number = 0;
    for (const auto& entry : *users) {
      const auto outcome = create_one(*core_, entry, state, *source, actor);
      core_->db().run("INSERT INTO bulk_results (job_id, number, created, body) VALUES (?1, ?2, ?3, ?4)", job,
                      ++number, core_->now(), base::to_text(result_json(*core_, entry, outcome)));
    }
    return json_response(201, JsonObject{{"jobId", job}});
  });
}

HttpResponse BulkUsersApi::read_results(const RoutedRequest& request, const Actor&) {
  const auto& job = request.wildcards[0];
  if (!core_->db().exists("SELECT 1 FROM bulk_results WHERE job_id = ?1", job)) {
    return error_response(404, "there is no such job");
  }
  JsonArray results;
  core_->db().query(
      "SELECT body FROM bulk_results WHERE job_id = ?1 ORDER BY number LIMIT ?3 OFFSET ?2",
      [&](Row row) {
        if (auto result = base::parse_json(row.text(0))) results.push_back(std::move(*result));
      },
      job, page_parameter(request.target, "skip", 0, INT64_MAX),
      page_parameter(request.target, "limit", default_page, largest_page));
  return json_response(200, results);
}

}  // namespace directory
