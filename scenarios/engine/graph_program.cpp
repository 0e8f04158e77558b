#include "scenarios/engine/graph_program.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

#include "base/encoding.h"
#include "base/json.h"
#include "fakes/graph/subscriptions.h"

namespace scenarios {
namespace {

constexpr base::Duration graph_timeout = std::chrono::seconds{30};
constexpr base::Duration again_after = std::chrono::minutes{1};
constexpr base::Duration margin = std::chrono::minutes{10};  ///< clocks may differ
constexpr std::string_view notifications_path = "/notifications";
constexpr std::string_view client_state = "copies of the tenant";

base::Uri below(base::Uri root, std::string_view path) {
  while (root.path.ends_with('/')) root.path.pop_back();
  const auto question = path.find('?');
  root.path += "/v1.0";
  root.path += path.substr(0, question);
  if (question != std::string_view::npos) root.query = std::string(path.substr(question + 1));
  return root;
}

}  // namespace

GraphProgram::GraphProgram(base::HttpTransport& transport, base::Scheduler& scheduler, base::Clock& clock, base::Uri graph,
                           base::OauthClient client, base::Uri own)
    : transport_(&transport),
      clock_(&clock),
      graph_(std::move(graph)),
      own_(std::move(own)),
      tokens_(transport, scheduler, std::move(client), graph_timeout),
      users_(transport, clock, below(graph_, fmt::format("/users/delta?$select={}", fmt::join(copied_properties, ",")))),
      groups_(transport, clock, below(graph_, "/groups/delta?$select=displayName,members")),
      told_(scheduler) {}

base::Task<base::Result<base::HttpResult>> GraphProgram::send(std::string method, std::string path, std::string body, bool eventual) {
  const auto token = co_await tokens_.token();
  if (!token) co_return std::unexpected(token.error());
  base::HttpRequest request(std::move(method), below(graph_, path));
  request.headers.add("Authorization", "Bearer " + token->reveal());
  request.headers.add("Accept", "application/json");
  if (eventual) request.headers.add("ConsistencyLevel", "eventual");
  if (!body.empty()) {
    request.headers.add("Content-Type", "application/json");
    request.body = std::move(body);
  }
  auto result = co_await transport_->send(std::move(request), graph_timeout);
  co_return result;
}

base::Task<base::Result<void>> GraphProgram::read_delta(std::string collection) {
  const auto token = co_await tokens_.token();
  if (!token) co_return std::unexpected(token.error());
  auto& reader = collection == "groups" ? groups_ : users_;
  auto result = co_await reader.read(*token);
  co_return result;
}

base::Task<base::Result<base::HttpResult>> GraphProgram::subscribe(std::string collection) {
  auto url = own_;
  url.path = notifications_path;
  const auto until = clock_->now() + std::chrono::minutes{fakes::graph::longest_subscription} - margin;
  const base::JsonObject body{{"changeType", "updated,deleted"},
                              {"notificationUrl", url.text()},
                              {"resource", collection},
                              {"expirationDateTime", base::to_rfc3339(until)},
                              {"clientState", base::json_text(client_state)}};
  auto result = co_await send("POST", "/subscriptions", base::to_text(body), false);
  co_return result;
}

base::Task<base::HttpResponse> GraphProgram::handle(base::HttpRequest request) {
  const auto target = base::parse_target(request.target);
  if (!target || target->path != notifications_path) co_return base::HttpResponse(404);
  if (request.method != "POST") co_return base::HttpResponse(405);
  if (const auto token = target->parameter("validationToken")) {
    base::HttpResponse response(200);
    response.headers.add("Content-Type", "text/plain");
    response.body = *token;
    co_return response;
  }
  const auto body = base::parse_json(request.body);
  const auto* value = body ? base::member(*body, "value") : nullptr;
  if (value == nullptr || !value->is_array()) co_return base::HttpResponse(400);
  for (const auto& notification : value->get_array()) {
    if (base::string_member(notification, "clientState") != client_state) continue;
    const auto resource = base::to_lower(base::string_or(notification, "resource", ""));
    const auto collection = resource.substr(0, resource.find('/'));
    if (collection != "users" && collection != "groups") continue;
    ++changes_[collection];
    unread_.insert(collection);
  }
  told_.notify_all();
  co_return base::HttpResponse(202);
}

base::Task<void> GraphProgram::run() {
  for (;;) {
    if (unread_.empty()) co_await told_.wait("a notification of Graph");
    for (const auto& collection : std::exchange(unread_, {})) {
      const auto read = co_await read_delta(collection);
      if (read) continue;
      unread_.insert(collection);
      co_await clock_->sleep_for(again_after);
    }
  }
}

std::int64_t GraphProgram::told_of(std::string_view collection) const {
  const auto found = changes_.find(collection);
  return found == changes_.end() ? 0 : found->second;
}

const fakes::graph::DeltaReader& GraphProgram::copy_of(std::string_view collection) const {
  return collection == "groups" ? groups_ : users_;
}

}  // namespace scenarios
