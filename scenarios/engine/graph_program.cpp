#include "scenarios/engine/graph_program.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

namespace scenarios {
namespace {

constexpr base::Duration request_timeout = std::chrono::seconds{30};

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
                           base::OauthClient client)
    : transport_(&transport),
      graph_(std::move(graph)),
      tokens_(transport, scheduler, std::move(client), request_timeout),
      users_(transport, clock, below(graph_, fmt::format("/users/delta?$select={}", fmt::join(copied_properties, ",")))),
      groups_(transport, clock, below(graph_, "/groups/delta?$select=displayName,members")) {}

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
  auto result = co_await transport_->send(std::move(request), request_timeout);
  co_return result;
}

base::Task<base::Result<void>> GraphProgram::read_delta(std::string collection) {
  const auto token = co_await tokens_.token();
  if (!token) co_return std::unexpected(token.error());
  auto& reader = collection == "groups" ? groups_ : users_;
  auto result = co_await reader.read(*token);
  co_return result;
}

const fakes::graph::DeltaReader& GraphProgram::copy_of(std::string_view collection) const {
  return collection == "groups" ? groups_ : users_;
}

}  // namespace scenarios
