// What the client asks of the endpoint itself: whether it is there, and which roles and entitlements it knows.
#include <array>
#include <string_view>

#include "fakes/okta/scim_client/client.h"
#include "fakes/okta/scim_client/requests.h"

namespace fakes::okta::scim_client {
namespace {

base::Result<void> untested(const std::string& why) {
  return base::fail("E0000059: connector configuration could not be tested: " + why);  // [Okta provisioning-clients 4.2-03]
}

/// Roles first, in the order of the answer. [Okta provisioning-clients 4.1-11]
bool is_of_entitlements(const base::JsonObject& resource_type) {
  constexpr std::array<std::string_view, 2> schemas{"urn:okta:scim:schemas:core:1.0:Role", "urn:okta:scim:schemas:core:1.0:Entitlement"};
  const auto schema = text_in(resource_type, "schema");
  return schema == schemas[0] || schema == schemas[1];
}

}  // namespace

base::Task<base::Result<void>> Client::test_connection() {
  const auto* to = app();
  if (to == nullptr) co_return untested("the app is gone");
  auto connection = to->connection;
  auto reached = co_await reach(std::move(connection));
  co_return reached ? reached : untested(reached.error().message);
}

base::Task<base::Result<void>> Client::test(AppId of, ProvisioningConnection connection) {
  if (of != settings_.app) co_return base::Result<void>();
  auto reached = co_await reach(std::move(connection));
  co_return reached;
}

base::Task<base::Result<void>> Client::reach(ProvisioningConnection connection) {
  const auto* to = app();
  if (to == nullptr) co_return base::fail("the app is gone");
  if (auto checked = connection_of(connection, to->made_from, settings_); !checked) co_return std::unexpected(checked.error());
  const auto users_path = page_path(Collection::users, 1, test_page_size);
  const auto users = co_await caller_.call_once("GET", users_path, std::nullopt, connection);
  if (const auto page = page_of(users); !page) co_return base::fail(page.error().detail);
  if (settings_.quirks.has(ClientQuirk::groups_not_tested)) co_return base::Result<void>();
  const auto groups_path = page_path(Collection::groups, 1);
  const auto groups = co_await caller_.call_once("GET", groups_path, std::nullopt, connection);
  if (const auto page = page_of(groups); !page) co_return base::fail(page.error().detail);
  co_return base::Result<void>();
}

base::Task<std::optional<Failure>> Client::discover() {
  const auto types = co_await caller_.call("GET", "/ResourceTypes");
  const auto listed = page_of(types);
  if (!listed) co_return listed.error();
  const auto schemas = co_await caller_.call("GET", "/Schemas");
  if (auto failure = failure_of(schemas)) co_return failure;
  for (const auto& type : listed->resources) {
    auto endpoint = text_in(type, "endpoint");
    if (!is_of_entitlements(type) || endpoint.empty()) continue;
    if (!endpoint.starts_with('/')) endpoint.insert(0, 1, '/');
    const auto answer = co_await caller_.call("GET", endpoint);
    auto page = page_of(answer);
    if (!page) co_return page.error();
    entitlements_[endpoint] = std::move(page->resources);
  }
  co_return std::nullopt;
}

}  // namespace fakes::okta::scim_client
