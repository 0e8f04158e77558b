// Two histories are equal, or the difference is named. What a real connection adds is forgiven, nothing else.
#include "scenarios/history.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace scenarios {
namespace history_test {

using ::testing::HasSubstr;
using ::testing::Optional;
using ::testing::StartsWith;
using namespace std::chrono_literals;

base::Instant at(base::Duration offset) {
  return base::Instant{1'767'600'000s} + offset;
}

ExchangeRecord exchange(std::uint64_t id, std::string target) {
  ExchangeRecord out;
  out.id = id;
  out.from = "entra";
  out.to = "directory";
  out.sent = at(1s);
  out.delivered = at(2s);
  out.concluded = at(3s);
  out.method = "POST";
  out.target = std::move(target);
  out.request_headers = {{"Host", "directory.example.test"}, {"Accept", "application/json"}};
  out.request_body = "{\"a\":1}";
  out.status = 201;
  out.response_headers = {{"Content-Type", "application/json"}, {"Location", "/1"}};
  out.response_body = "{\"id\":1}";
  return out;
}

RunRecord history() {
  RunRecord record;
  record.exchanges = {exchange(1, "/one"), exchange(2, "/two"), exchange(3, "/three")};
  record.notes = {{at(1s), "entra", "begins"}, {at(2s), "mac-1", "follows"}};
  record.steps = {{at(1s), 4, "wait: {for: 1s}", "ok", Verdict::conforms}};
  record.judgements = {
      {at(3s), 7, {"R1"}, "directory.user_count: {count: 1}", "at once", "1", "1", Verdict::conforms, {}}};
  return record;
}

TEST(History, a_history_equals_itself) {
  EXPECT_EQ(first_difference(history(), history()), std::nullopt);
  EXPECT_EQ(first_difference(RunRecord{}, RunRecord{}), std::nullopt);
}

struct Planted {
  std::string_view named;  ///< what the difference is called
  std::function<void(RunRecord&)> plant;
};

const std::vector<Planted>& planted() {
  static const std::vector<Planted> differences{
      {"the status", [](RunRecord& r) { r.exchanges[1].status = 200; }},
      {"the status", [](RunRecord& r) { r.exchanges[1].failure = "reset"; }},
      {"another message", [](RunRecord& r) { r.exchanges[1].id = 9; }},
      {"another message", [](RunRecord& r) { r.exchanges[1].from = "okta"; }},
      {"another message", [](RunRecord& r) { r.exchanges[1].to = "mail"; }},
      {"another message", [](RunRecord& r) { r.exchanges[1].method = "PUT"; }},
      {"another message", [](RunRecord& r) { r.exchanges[1].target += "?"; }},
      {"another time", [](RunRecord& r) { r.exchanges[1].sent += 1ns; }},
      {"another time", [](RunRecord& r) { *r.exchanges[1].delivered += 1ns; }},
      {"another time", [](RunRecord& r) { r.exchanges[1].concluded.reset(); }},
      {"the request's headers", [](RunRecord& r) { r.exchanges[1].request_headers[1].second += " "; }},
      {"the request's headers", [](RunRecord& r) { r.exchanges[1].request_headers.pop_back(); }},
      {"the request's headers",
       [](RunRecord& r) { r.exchanges[1].request_headers.emplace_back("X-Request-Id", "1"); }},
      {"the request's headers",
       [](RunRecord& r) { std::swap(r.exchanges[1].request_headers[0], r.exchanges[1].request_headers[1]); }},
      {"the request's body", [](RunRecord& r) { r.exchanges[1].request_body[0] = '['; }},
      {"the request's body", [](RunRecord& r) { r.exchanges[1].request_body += '\0'; }},
      {"the response's headers", [](RunRecord& r) { r.exchanges[1].response_headers[1].second = "/2"; }},
      {"the response's headers", [](RunRecord& r) { r.exchanges[1].response_headers[1].first = "LOCATION"; }},
      {"the response's body", [](RunRecord& r) { r.exchanges[1].response_body.back() = ']'; }},
      {"3 exchanges against 2", [](RunRecord& r) { r.exchanges.pop_back(); }},
      {"3 exchanges against 4", [](RunRecord& r) { r.exchanges.push_back(exchange(4, "/four")); }},
      {"note 'mac-1: follows' at 2026-01-05T08:00:02.000Z against note 'mac-1: leads'",
       [](RunRecord& r) { r.notes[1].text = "leads"; }},
      {"note 'mac-1: follows' at 2026-01-05T08:00:02.000Z against note 'mac-2: follows'",
       [](RunRecord& r) { r.notes[1].party = "mac-2"; }},
      {"note 'mac-1: follows' at 2026-01-05T08:00:02.000Z against note 'mac-1: follows'",
       [](RunRecord& r) { r.notes[1].at += 1ns; }},
      {"2 notes against 3",
       [](RunRecord& r) {
         r.notes.push_back({at(9s), "entra", "planted"});
       }},
      {"note 'entra: begins' at 2026-01-05T08:00:01.000Z against note 'mac-1: follows'",
       [](RunRecord& r) { r.notes.erase(r.notes.begin()); }},
      {"step 'wait: {for: 1s}'", [](RunRecord& r) { r.steps[0].outcome = "refused: no"; }},
      {"step 'wait: {for: 1s}'", [](RunRecord& r) { r.steps[0].at += 1ns; }},
      {"1 steps against 0", [](RunRecord& r) { r.steps.clear(); }},
      {"expectation 'directory.user_count: {count: 1}'", [](RunRecord& r) { r.judgements[0].found = "2"; }},
      {"expectation 'directory.user_count: {count: 1}'",
       [](RunRecord& r) { r.judgements[0].verdict = Verdict::violates; }},
      {"1 expectations against 2", [](RunRecord& r) { r.judgements.push_back(r.judgements[0]); }},
      {"conforms against error", [](RunRecord& r) { r.verdict = Verdict::error; }},
  };
  return differences;
}

TEST(History, finds_and_names_each_difference) {
  for (const auto& [named, plant] : planted()) {
    auto other = history();
    plant(other);
    EXPECT_THAT(first_difference(history(), other), Optional(HasSubstr(std::string(named))));
    EXPECT_NE(first_difference(other, history()), std::nullopt) << named;
  }
}

TEST(History, names_the_exchange_that_differs) {
  auto other = history();
  other.exchanges[1].status = 404;
  EXPECT_EQ(first_difference(history(), other),
            "exchange 2 entra -> directory: POST /two -> 201 differs in the status; "
            "the other has exchange 2 entra -> directory: POST /two -> 404");
  other.exchanges[1].status = 0;
  other.exchanges[1].failure = "connection reset";
  EXPECT_THAT(first_difference(other, history()),
              Optional(StartsWith("exchange 2 entra -> directory: POST /two -> connection reset differs")));
}

TEST(History, tells_the_first_of_two_differences) {
  auto other = history();
  other.exchanges[0].response_body += " ";
  other.exchanges[2].status = 500;
  EXPECT_THAT(first_difference(history(), other), Optional(StartsWith("exchange 1 ")));
}

TEST(History, finds_a_swapped_pair_of_exchanges) {
  auto other = history();
  std::swap(other.exchanges[1], other.exchanges[2]);
  EXPECT_THAT(first_difference(history(), other),
              Optional(HasSubstr("POST /two -> 201 differs in another message")));
  // Also where each has the other's number, as when two senders race.
  std::swap(other.exchanges[1].id, other.exchanges[2].id);
  EXPECT_THAT(first_difference(history(), other),
              Optional(HasSubstr("POST /two -> 201 differs in another message")));
}

TEST(History, finds_two_swapped_notes) {
  auto other = history();
  std::swap(other.notes[0], other.notes[1]);
  EXPECT_THAT(first_difference(history(), other), Optional(StartsWith("note 'entra: begins' at")));
}

// What is forgiven
// ----------------------------------------------------------------------------------------------------

TEST(History, forgives_the_five_headers_of_a_connection_wherever_they_stand) {
  for (const auto* name : {"Date", "Connection", "Keep-Alive", "Content-Length", "Transfer-Encoding", "date",
                           "CONTENT-LENGTH"}) {
    auto other = history();
    other.exchanges[0].request_headers.emplace_back(name, "1");
    auto& headers = other.exchanges[2].response_headers;
    headers.emplace(headers.begin() + 1, name, "2");
    EXPECT_EQ(first_difference(history(), other), std::nullopt) << name;
    EXPECT_EQ(first_difference(other, history()), std::nullopt) << name;
  }
  EXPECT_EQ(dropped_headers.size(), 5U);
}

TEST(History, forgives_no_other_header) {
  for (const auto* name : {"Host", "Server", "Via", "Trailer", "TE", "Upgrade", "ETag", "Content-Type", "Age",
                           "Proxy-Connection", "Content-Encoding", "Set-Cookie", "Date ", "X-Date", ""}) {
    auto other = history();
    other.exchanges[0].response_headers.emplace_back(name, "1");
    EXPECT_THAT(first_difference(history(), other), Optional(HasSubstr("the response's headers"))) << name;
    other = history();
    other.exchanges[0].request_headers.emplace_back(name, "1");
    EXPECT_THAT(first_difference(history(), other), Optional(HasSubstr("the request's headers"))) << name;
  }
}

TEST(History, a_forgiven_header_does_not_hide_what_stands_beside_it) {
  auto other = history();
  auto& headers = other.exchanges[0].response_headers;
  headers.insert(headers.begin(), {"Date", "now"});
  std::swap(headers[1], headers[2]);
  EXPECT_THAT(first_difference(history(), other), Optional(HasSubstr("the response's headers")));
}

TEST(History, forgives_what_a_run_has_measured_and_how_it_was_made) {
  auto other = history();
  other.measured.wall = 5s;
  other.arm = "live";
  other.replay = "./lockstep run x --arm live";
  EXPECT_EQ(first_difference(history(), other), std::nullopt);
}

}  // namespace history_test
}  // namespace scenarios
