// A provider and a client that talk in one process, for the tests of what it answers.
#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/json.h"
#include "fakes/scim/provider.h"
#include "sim/host.h"

namespace fakes::scim {

inline base::Json json(const base::HttpResponse& response) {
  return base::parse_json(response.body).value_or(base::Json());
}

/// The text at a way of members and indices, such as `/Resources/0/id`; JSON for other values, `none` for
/// nothing.
inline std::string at(const base::Json& json, std::string_view way) {
  boost::system::error_code error;
  const auto* found = json.find_pointer(base::json_key(way), error);
  if (found == nullptr) return "none";
  return found->is_string() ? std::string(base::as_text(found->get_string())) : base::to_text(*found);
}

inline std::string user(std::string_view name, std::string_view more = "") {
  return R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": ")" + std::string(name) +
         "\"" + std::string(more) + "}";
}
inline std::string group(std::string_view name, std::string_view members = "[]") {
  return R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": ")" +
         std::string(name) + R"(", "members": )" + std::string(members) + "}";
}
inline std::string patch(std::string_view operations) {
  return R"({"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": )" +
         std::string(operations) + "}";
}

inline base::Task<void> ask(Provider& provider, base::HttpRequest request, base::HttpResponse& into) {
  into = co_await provider.handle(std::move(request));
}

class ProviderTest : public ::testing::Test {
 protected:
  ProviderTest() { scheduler_.advance_to(base::Instant{std::chrono::seconds{1'767'600'000}}); }

  static ProviderOptions options(Quirks quirks = {}) {
    ProviderOptions options;
    options.quirks = std::move(quirks);
    options.base = {"https", "scim.example.test", 0, "/scim/v2", std::nullopt};
    options.token = base::Secret("all");
    options.reader_token = base::Secret("groups");
    options.bulk_operations = 4;
    return options;
  }

  base::HttpResponse send(std::string method, const std::string& place, std::string body = "",
                          std::initializer_list<base::Header> headers = {},
                          const std::string& token = "all") {
    base::HttpRequest request(std::move(method), "/scim/v2" + place);
    request.body = std::move(body);
    if (!request.body.empty()) request.headers.set("Content-Type", "application/scim+json");
    if (!token.empty()) request.headers.set("Authorization", "Bearer " + token);
    for (const auto& header : headers) request.headers.set(header.name, header.value);
    base::HttpResponse response;
    base::spawn(scheduler_, scope_, "asks", ask(provider_, std::move(request), response));
    scheduler_.run_until(scheduler_.now() + std::chrono::seconds{1});
    return response;
  }

  base::Json get(const std::string& place) { return json(send("GET", place)); }

  /// The id of a new resource.
  std::string made(const std::string& place, const std::string& body) {
    const auto response = send("POST", place, body);
    EXPECT_EQ(response.status, 201) << response.body;
    return at(json(response), "/id");
  }
  /// Status and scimType of an answer: `409 uniqueness`.
  static std::string outcome(const base::HttpResponse& response) {
    const auto type = at(json(response), "/scimType");
    return std::to_string(response.status) + (type == "none" ? "" : " " + type);
  }

  base::Scheduler scheduler_;
  std::shared_ptr<base::Scope> scope_ = scheduler_.make_scope("client");
  sim::HostClock clock_{scheduler_, {}};
  Provider provider_{clock_, base::Rng(1), options()};
};

}  // namespace fakes::scim
