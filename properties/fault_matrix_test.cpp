// The matrix of operations, faults and phases: names are those of `list operations`, and what an exchange has met is counted once.
#include "properties/fault_matrix.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "fakes/graph/routes.h"
#include "properties/exploration.h"
#include "properties/operation.h"

namespace properties {
namespace fault_matrix_test {

using scenarios::FaultCell;
using scenarios::FaultPhase;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;
using enum scenarios::FaultPhase;

sim::Exchange exchange(std::string method, std::string target, int status, std::string_view fault = {}, std::string to = "graph") {
  sim::Exchange out;
  out.from = "directory";
  out.to = std::move(to);
  out.request = base::HttpRequest(std::move(method), base::Uri{});
  out.request.target = std::move(target);
  out.concluded = base::Instant{};
  out.fault = fault;
  if (status > 0) out.result = base::HttpResult(base::HttpResponse(status));
  if (status == 0) out.result = base::HttpResult(std::unexpected(base::TransportFailure{base::TransportFailure::Kind::timed_out, ""}));
  return out;
}

TEST(OperationName, is_that_of_the_list_of_operations) {
  for (const auto& route : fakes::graph::all_routes()) {
    std::string path(route.path);
    for (auto at = path.find("{}"); at != std::string::npos; at = path.find("{}")) path.replace(at, 2, "5f0c7a52-9f0e-4d3c-8a55-0123456789ab");
    EXPECT_EQ(operation_of("graph", route.method, "/v1.0" + path + "?$select=id"), fmt::format("graph: {} {}", route.method, route.path));
  }
}

TEST(OperationName, has_no_ids) {
  EXPECT_EQ(operation_of("directory", "PUT", "/api/systemusers/65f0c2a7b1d2e3f405162738"), "directory: PUT /api/systemusers/{}");
  EXPECT_EQ(operation_of("directory", "GET", "/scim/v2/Users?filter=a"), "directory: GET /scim/v2/Users");
  EXPECT_EQ(operation_of("graph", "GET", "/v1.0/users/amy@example.test"), "graph: GET /users/{}");
  EXPECT_EQ(operation_of("directory", "POST", "/api/v2/office365s/65f0c2a7b1d2e3f405162738/authorize"), "directory: POST /api/v2/office365s/{}/authorize");
}

TEST(FaultMatrix, tells_when_a_fault_has_met_an_operation_and_that_it_went_well_afterwards) {
  const std::string user = "/v1.0/users/5f0c7a52-9f0e-4d3c-8a55-0123456789ab";
  const std::string name = "graph: PATCH /users/{}";
  auto lost_answer = exchange("PATCH", user, 0, "loss");
  lost_answer.delivered = base::Instant{};
  const auto cells = fault_cells({exchange("PATCH", user, 204), exchange("PATCH", user, 0, "reset_before"), exchange("PATCH", user, 0, "lose_response"),
                                  lost_answer, exchange("PATCH", user, 0, "down"), exchange("PATCH", user, 0), exchange("PATCH", user, 429),
                                  exchange("PATCH", user, 503), exchange("PATCH", user, 204)});
  for (const auto* fault : {"reset_before", "lose_response", "loss_of_answer", "down", "time_out", "status_429", "status_5xx"})
    EXPECT_THAT(cells, Contains(FaultCell{name, fault, healed})) << fault;
  EXPECT_THAT(cells, Contains(FaultCell{name, "", sent}));
  EXPECT_THAT(cells, Contains(FaultCell{name, "reset_before", before}));
  EXPECT_THAT(cells, Contains(FaultCell{name, "lose_response", after}));
  EXPECT_THAT(cells, Contains(FaultCell{name, "loss_of_answer", after}));
  EXPECT_THAT(cells, Contains(FaultCell{name, "down", outage}));
  EXPECT_THAT(cells, Contains(FaultCell{name, "time_out", outage}));
  EXPECT_THAT(cells, Contains(FaultCell{name, "status_429", before}));
  EXPECT_EQ(cells.size(), 15U);
}

TEST(FaultMatrix, heals_nothing_of_another_operation_or_before_the_fault) {
  const auto cells = fault_cells({exchange("GET", "/v1.0/users", 200), exchange("GET", "/v1.0/users", 0, "refuse"), exchange("POST", "/v1.0/users", 201)});
  EXPECT_THAT(cells, ElementsAre(FaultCell{"graph: GET /users", "", sent}, FaultCell{"graph: GET /users", "refuse", before},
                                 FaultCell{"graph: POST /users", "", sent}));
}

TEST(FaultMatrix, looks_into_batches) {
  auto batch = exchange("POST", "/v1.0/$batch", 200);
  batch.request.body = R"({"requests": [{"id": "0", "method": "PATCH", "url": "/users/5f0c7a52-9f0e-4d3c-8a55-0123456789ab"}, {"id": "1", "method": "POST", "url": "/groups"}]})";
  batch.result = base::HttpResult(base::HttpResponse(200, "application/json", R"({"responses": [{"id": "1", "status": 429}, {"id": "0", "status": 204}]})"));
  auto lost = batch;
  lost.fault = "lose_response";
  lost.result = base::HttpResult(std::unexpected(base::TransportFailure{base::TransportFailure::Kind::timed_out, ""}));
  const auto cells = fault_cells({lost, batch});
  EXPECT_THAT(cells, Contains(FaultCell{"graph: PATCH /users/{}", "lose_response", after}));
  EXPECT_THAT(cells, Contains(FaultCell{"graph: PATCH /users/{}", "lose_response", healed}));
  EXPECT_THAT(cells, Contains(FaultCell{"graph: POST /groups", "status_429", before}));
  EXPECT_THAT(cells, Not(Contains(FaultCell{"graph: POST /groups", "lose_response", healed})));
}

TEST(FaultMatrix, leaves_out_what_the_bench_asks) {
  auto own = exchange("GET", "/api/systemusers", 200, {}, "directory");
  own.from = "inspector";
  EXPECT_TRUE(fault_cells({own}).empty());
}

TEST(Exploration, comes_back_as_a_worker_has_told_it) {
  scenarios::Exploration told;
  told.probes = {1, 0, 1};
  told.cells[{"graph: PATCH /users/{}", "loss", healed}] = 1;
  told.cells[{"graph: PATCH /users/{}", "", sent}] = 1;
  EXPECT_EQ(decode_exploration(base::Json(encode_exploration(told))), told);
}

}  // namespace fault_matrix_test
}  // namespace properties
