#include "directory/cloud_sync/graph_answer.h"

#include <gtest/gtest.h>

namespace directory {
namespace graph_answer_test {

using Kind = GraphAnswer::Kind;
using std::chrono::milliseconds;
using std::chrono::seconds;

const base::Instant now = *base::parse_rfc3339("2026-01-05T08:00:00Z");

GraphAnswer read(int status, std::string body = {}, std::optional<std::string> retry_after = {}) {
  base::HttpResponse response(status, "application/json", std::move(body));
  if (retry_after) response.headers.add("Retry-After", *retry_after);
  return read_graph_answer(response, now);
}

TEST(GraphAnswer, GraphE40_waits_are_seconds_with_or_without_a_fraction_or_a_date) {
  EXPECT_EQ(graph_wait("3", now), seconds{3});
  EXPECT_EQ(graph_wait("2.128", now), milliseconds{2128});
  EXPECT_EQ(graph_wait("0.0001", now), milliseconds{1}) << "never earlier than asked";
  EXPECT_EQ(graph_wait("Mon, 05 Jan 2026 08:00:07 GMT", now), seconds{7});
  EXPECT_EQ(graph_wait("Mon, 05 Jan 2026 07:00:00 GMT", now), seconds{0});
  EXPECT_EQ(graph_wait("99999999999", now), std::chrono::hours{24});
  for (const auto* text : {"", "soon", "-1", "1e3", "nan", "3 s"}) EXPECT_EQ(graph_wait(text, now), std::nullopt) << text;
  EXPECT_EQ(graph_wait(std::nullopt, now), std::nullopt);
}

TEST(GraphAnswer, statuses_become_what_a_client_must_tell_apart) {
  EXPECT_EQ(read(204).kind, Kind::done);
  EXPECT_EQ(read(404).kind, Kind::missing);
  EXPECT_EQ(read(401).kind, Kind::unauthorized);
  EXPECT_EQ(read(400).kind, Kind::refused);
  EXPECT_EQ(read(403).kind, Kind::refused);
  EXPECT_EQ(read(429).kind, Kind::postponed);
  EXPECT_EQ(read(503, "", "5").kind, Kind::postponed);
  EXPECT_EQ(read(503).kind, Kind::unknown) << "nobody says that nothing was done";
  EXPECT_EQ(read(500).kind, Kind::unknown);
  EXPECT_EQ(read_graph_answer(std::unexpected(base::TransportFailure{}), now).kind, Kind::unknown);
}

TEST(GraphAnswer, errors_are_shown_in_the_services_words) {
  const auto answer = read(400, R"({"error": {"code": "Request_BadRequest", "message": "No such domain."}})");
  EXPECT_EQ(answer.code, "Request_BadRequest");
  EXPECT_EQ(answer.message, "No such domain.");
  EXPECT_EQ(read(502, "<html>").code, "502");
}

TEST(GraphAnswer, GraphB9_items_of_a_batch_have_waits_of_their_own) {
  const auto item = base::parse_json(R"({"id": "1", "status": 429, "headers": {"retry-after": "1.5"},
                                         "body": {"error": {"code": "TooManyRequests", "message": "later"}}})");
  const auto answer = read_batch_item(*item, now);
  EXPECT_EQ(answer.kind, Kind::postponed);
  EXPECT_EQ(answer.wait, milliseconds{1500});
  EXPECT_EQ(answer.code, "TooManyRequests");
}

}  // namespace graph_answer_test
}  // namespace directory
