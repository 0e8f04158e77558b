// Laws over histories, each with what keeps it and what breaks it.
#include "scenarios/client/judge_history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "base/http_date.h"

namespace scenarios::client {
namespace judge_history_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr base::Instant start{seconds{1'767'600'000}};
const std::vector<std::size_t> all_phases{0};

Witnessed exchange(std::uint64_t id, base::Duration at, std::string method, std::string target, int status, std::string body = {}, std::string answer = {}) {
  Witnessed out;
  out.id = id;
  out.to = "graph";
  out.request = base::HttpRequest(std::move(method), std::move(target));
  out.request.body = std::move(body);
  out.sent = start + at;
  out.answered = out.sent + milliseconds{10};
  if (status == 0) {
    out.answered.reset();
    out.result = std::unexpected(base::TransportFailure{base::TransportFailure::Kind::reset, "lost"});
  } else {
    out.result = base::HttpResponse(status, "application/json", std::move(answer));
  }
  return out;
}

Witnessed with_header(Witnessed one, const std::string& name, const std::string& value) {
  (*one.result)->headers.add(name, value);
  return one;
}

Judgement judged_by(const Law& law, const std::vector<Witnessed>& exchanges) { return judge(law, history_of(exchanges), all_phases, {}); }

Pattern answered(std::string status) {
  Pattern out;
  out.status.allowed = {std::move(status)};
  return out;
}

TEST(RetryAfter, is_read_in_each_of_its_forms) {
  const auto after = [](const std::string& text) {
    base::Headers headers;
    headers.add("Retry-After", text);
    return retry_after_of(headers, start);
  };
  EXPECT_EQ(after("3"), base::Duration(seconds{3}));
  EXPECT_EQ(after("2.128"), base::Duration(milliseconds{2'128}));
  EXPECT_EQ(after("0"), base::Duration{0});
  EXPECT_EQ(after(base::to_http_date(start + seconds{60})), base::Duration(seconds{60}));
  EXPECT_EQ(after(base::to_http_date(start - seconds{60})), base::Duration{0});
  EXPECT_EQ(after("soon"), std::nullopt);
  EXPECT_EQ(after("-1"), std::nullopt);
  EXPECT_EQ(after("3 seconds"), std::nullopt);
  EXPECT_EQ(retry_after_of({}, start), std::nullopt);
}

TEST(Waits, holds_where_nothing_is_sent_until_the_time_is_over) {
  const Law law = Waits{answered("429"), std::nullopt, Waits::Scope::same_party};
  const auto throttled = with_header(exchange(1, {}, "GET", "/v1.0/users", 429), "Retry-After", "3");
  EXPECT_THAT(judged_by(law, {throttled, exchange(2, milliseconds{3'010}, "GET", "/v1.0/users", 200)}).differences, IsEmpty());
  const auto early = judged_by(law, {throttled, exchange(2, seconds{1}, "GET", "/v1.0/groups", 200)});
  ASSERT_THAT(early.differences, SizeIs(1));
  EXPECT_THAT(early.exchanges, ElementsAre(1U, 2U));
}

TEST(Waits, may_be_about_the_same_request_alone) {
  const Law law = Waits{answered("429"), base::Duration(seconds{3}), Waits::Scope::same_request};
  const auto throttled = exchange(1, {}, "GET", "/v1.0/users", 429);
  EXPECT_THAT(judged_by(law, {throttled, exchange(2, seconds{1}, "GET", "/v1.0/groups", 200)}).differences, IsEmpty());
  EXPECT_THAT(judged_by(law, {throttled, exchange(2, seconds{1}, "GET", "/v1.0/users", 200)}).differences, SizeIs(1));
}

TEST(Waits, knows_a_request_that_is_sent_again_by_what_it_asks) {
  const Law law = Waits{answered("429"), base::Duration(seconds{3}), Waits::Scope::same_request};
  const auto read = exchange(1, {}, "GET", "/v1.0/users?$filter=a", 429);
  EXPECT_THAT(judged_by(law, {read, exchange(2, seconds{1}, "GET", "/v1.0/users?$filter=b", 200)}).differences, IsEmpty());
  const auto create = [](std::uint64_t id, base::Duration at, const std::string& name, const std::string& password) {
    return exchange(id, at, "POST", "/v1.0/users", id == 1 ? 429 : 201, R"({"userPrincipalName": ")" + name + R"(", "passwordProfile": {"password": ")" + password + R"("}})");
  };
  const auto refused = create(1, {}, "amy@example.test", "one");
  EXPECT_THAT(judged_by(law, {refused, create(2, seconds{1}, "bob@example.test", "one")}).differences, IsEmpty());
  EXPECT_THAT(judged_by(law, {refused, create(2, seconds{1}, "AMY@example.test", "two")}).differences, SizeIs(1)) << "with a new password it is still the same person's";
}

TEST(Waits, forgives_what_is_under_way_to_others_when_one_is_throttled) {
  const Law law = Waits{answered("429"), base::Duration(seconds{3}), Waits::Scope::same_party};
  const auto throttled = exchange(1, {}, "GET", "/v1.0/users", 429);
  EXPECT_THAT(judged_by(law, {throttled, exchange(2, milliseconds{40}, "GET", "/v1.0/groups", 200)}).differences, IsEmpty());
  EXPECT_THAT(judged_by(law, {throttled, exchange(2, milliseconds{40}, "GET", "/v1.0/users", 200)}).differences, SizeIs(1)) << "the same is no other work";
  EXPECT_THAT(judged_by(law, {throttled, exchange(2, milliseconds{400}, "GET", "/v1.0/groups", 200)}).differences, SizeIs(1));
}

TEST(Waits, does_not_apply_where_nothing_was_throttled) {
  const Law law = Waits{answered("429"), std::nullopt, Waits::Scope::same_party};
  EXPECT_FALSE(judged_by(law, {exchange(1, {}, "GET", "/v1.0/users", 200)}).applies);
  EXPECT_FALSE(judged_by(law, {exchange(1, {}, "GET", "/v1.0/users", 429)}).applies) << "it does not say when";
}

TEST(Follows, takes_a_link_that_is_encoded_otherwise_for_the_same) {
  const Law law = Follows{Follows::Link::next};
  const auto page = exchange(1, {}, "GET", "/v1.0/users", 200, {}, R"({"value": [], "@odata.nextLink": "https://graph.example.test/v1.0/users?$skiptoken=a%3Db"})");
  EXPECT_THAT(judged_by(law, {page, exchange(2, seconds{1}, "GET", "/v1.0/users?%24skiptoken=a%3Db", 200)}).differences, IsEmpty());
  const auto changed = judged_by(law, {page, exchange(2, seconds{1}, "GET", "/v1.0/users?$skiptoken=a%3Db&$select=id", 200)});
  ASSERT_THAT(changed.differences, SizeIs(1));
  EXPECT_THAT(changed.differences.front().found, HasSubstr("$select"));
  const auto stopped = judged_by(law, {page});
  ASSERT_THAT(stopped.differences, SizeIs(1));
  EXPECT_EQ(stopped.differences.front().found, "nothing");
}

/// A page of the tenant's users; without `next` the last.
Witnessed page(std::uint64_t id, const std::string& query, const std::string& next = {}) {
  const auto link = next.empty() ? std::string() : R"(, "@odata.nextLink": "https://graph.example.test/v1.0/users?$skiptoken=)" + next + "\"";
  return exchange(id, seconds{id}, "GET", "/v1.0/users" + query, 200, {}, R"({"value": [])" + link + "}");
}

TEST(Follows, forgives_a_walk_that_was_broken_off_where_all_is_read_besides) {
  const Law law = Follows{Follows::Link::next};
  const auto broken_off = page(1, "?$top=1", "a");
  EXPECT_THAT(judged_by(law, {broken_off}).differences, SizeIs(1));
  const auto again = judged_by(law, {broken_off, page(2, "", "b"), page(3, "?$skiptoken=b")});
  EXPECT_TRUE(again.applies);
  EXPECT_THAT(again.differences, IsEmpty());
  EXPECT_THAT(judged_by(law, {broken_off, page(2, "?$filter=displayName%20eq%20'Ann'")}).differences, SizeIs(1)) << "one person is not everybody";
  EXPECT_THAT(judged_by(law, {page(1, "", "a"), page(2, "?$skiptoken=made_up")}).differences, SizeIs(1)) << "a token of one's own leads nowhere";
}

TEST(Follows, is_about_nothing_where_there_is_one_page) { EXPECT_FALSE(judged_by(Follows{Follows::Link::next}, {page(1, "")}).applies); }

TEST(Once, counts_what_took_effect_and_not_what_was_refused) {
  Pattern creates;
  creates.methods = {"POST"};
  const Law law = Once{creates, "userPrincipalName"};
  const std::string body = R"({"userPrincipalName": "amy@example.test"})";
  const auto lost = exchange(1, {}, "POST", "/v1.0/users", 0, body);
  EXPECT_THAT(judged_by(law, {lost, exchange(2, seconds{1}, "POST", "/v1.0/users", 400, body)}).differences, IsEmpty());
  EXPECT_THAT(judged_by(law, {lost, exchange(2, seconds{1}, "POST", "/v1.0/users", 201, body)}).differences, SizeIs(1));
  auto never_arrived = lost;
  never_arrived.took_effect = false;
  EXPECT_THAT(judged_by(law, {never_arrived, exchange(2, seconds{1}, "POST", "/v1.0/users", 201, body)}).differences, IsEmpty());
}

TEST(History, unfolds_batches_by_the_ids_of_their_answers) {
  const auto batch = exchange(1, {}, "POST", "/v1.0/$batch", 200,
                              R"({"requests": [{"id": "1", "method": "POST", "url": "/users", "body": {"userPrincipalName": "a@x"}}, {"id": "2", "method": "POST", "url": "/users", "body": {"userPrincipalName": "b@x"}}]})",
                              R"({"responses": [{"id": "2", "status": 201}, {"id": "1", "status": 429, "headers": {"Retry-After": "2"}}]})");
  const auto history = history_of({batch});
  ASSERT_THAT(history, SizeIs(3));
  EXPECT_TRUE(history[1].in_batch);
  EXPECT_EQ(history[1].path, "/v1.0/users");
  EXPECT_EQ(history[1].status, 429);
  EXPECT_EQ(history[2].status, 201);
}

TEST(MendsBatches, wants_again_what_failed_and_nothing_else) {
  const auto batch = [](std::uint64_t id, base::Duration at, const std::string& requests, const std::string& responses) {
    return exchange(id, at, "POST", "/v1.0/$batch", 200, R"({"requests": [)" + requests + "]}", R"({"responses": [)" + responses + "]}");
  };
  const std::string one = R"({"id": "1", "method": "POST", "url": "/users", "body": {"n": 1}})";
  const std::string two = R"({"id": "2", "method": "POST", "url": "/users", "body": {"n": 2}})";
  const auto first = batch(1, {}, one + "," + two, R"({"id": "2", "status": 201}, {"id": "1", "status": 429})");
  EXPECT_THAT(judged_by(MendsBatches{}, {first, batch(2, seconds{3}, one, R"({"id": "1", "status": 201})")}).differences, IsEmpty());
  EXPECT_THAT(judged_by(MendsBatches{}, {first}).differences, SizeIs(1));
  EXPECT_THAT(judged_by(MendsBatches{}, {first, batch(2, seconds{3}, two, R"({"id": "2", "status": 400})")}).differences, SizeIs(2));
  EXPECT_THAT(judged_by(MendsBatches{}, {first, batch(2, seconds{3}, one + "," + two, R"({"id": "1", "status": 201}, {"id": "2", "status": 400})")}).differences, SizeIs(1));
}

TEST(Differs, tells_what_is_missing_short_or_the_same) {
  const Law law = Differs{{}, "state", 8};
  EXPECT_THAT(judged_by(law, {exchange(1, {}, "GET", "/authorize?state=12345678", 200), exchange(2, seconds{1}, "GET", "/authorize?state=12345679", 200)}).differences, IsEmpty());
  EXPECT_THAT(judged_by(law, {exchange(1, {}, "GET", "/authorize", 200)}).differences, SizeIs(1));
  EXPECT_THAT(judged_by(law, {exchange(1, {}, "GET", "/authorize?state=1234567", 200)}).differences, SizeIs(1));
  EXPECT_THAT(judged_by(law, {exchange(1, {}, "GET", "/authorize?state=12345678", 200), exchange(2, seconds{1}, "GET", "/authorize?state=12345678", 200)}).differences, SizeIs(1));
}

TEST(Paces, counts_in_any_span_of_that_length) {
  const Law law = Paces{{}, 2, seconds{2}};
  const auto at = [](std::uint64_t id, base::Duration when) { return exchange(id, when, "GET", "/v1.0/users", 200); };
  EXPECT_THAT(judged_by(law, {at(1, seconds{0}), at(2, seconds{1}), at(3, seconds{2})}).differences, IsEmpty());
  EXPECT_THAT(judged_by(law, {at(1, seconds{0}), at(2, seconds{1}), at(3, milliseconds{1'900})}).differences, SizeIs(1));
  EXPECT_THAT(judged_by(law, {at(1, seconds{0}), exchange(2, seconds{0}, "GET", "/v1.0/groups", 200), at(3, milliseconds{1'900})}).differences, IsEmpty()) << "what asks for something else is no repetition";
}

TEST(Patterns, match_paths_with_stars_and_queries_by_their_decoded_names) {
  const auto history = history_of({exchange(1, {}, "GET", "/v1.0/users?%24filter=displayName%20eq%20'O''Neil'", 200)});
  Pattern pattern;
  pattern.paths = {"*/users*"};
  pattern.query = {{"$filter", Value{{"contains", "O''Neil"}}}};
  EXPECT_TRUE(fits(pattern, history.front()));
  pattern.paths = {"*/groups"};
  EXPECT_FALSE(fits(pattern, history.front()));
}

}  // namespace judge_history_test
}  // namespace scenarios::client
