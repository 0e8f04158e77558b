#include "reports/sample_session.h"

#include <fmt/format.h>

#include <array>

#include "reports/sample_screens.h"

namespace reports {
namespace {

using namespace std::chrono_literals;
using scenarios::ExchangeRecord;
using scenarios::RunRecord;
using scenarios::Verdict;

/// 2026-01-05T08:00:00Z
constexpr base::Instant session_start{std::chrono::seconds{1'767'600'000}};

const std::vector<std::pair<std::string, std::string>> scim_headers{
    {"Authorization", "Bearer [redacted]"}, {"Content-Type", "application/scim+json"}};
const std::vector<std::pair<std::string, std::string>> scim_answer_headers{
    {"Content-Type", "application/scim+json"}, {"ETag", "W/\"1\""}};

constexpr auto anna_as_scim =
    R"({"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"anna@example.test","active":true,)"
    R"("externalId":"anna","name":{"givenName":"Anna","familyName":"Lindqvist"},"emails":[{"type":"work",)"
    R"("value":"anna@example.test","primary":true}]})";

ExchangeRecord exchange(std::uint64_t id, std::string from, std::string to, base::Duration sent,
                        base::Duration there, base::Duration back) {
  ExchangeRecord record;
  record.id = id;
  record.from = std::move(from);
  record.to = std::move(to);
  record.sent = session_start + sent;
  record.delivered = session_start + sent + there;
  record.concluded = session_start + sent + there + back;
  return record;
}

ExchangeRecord look_up(std::uint64_t id, base::Duration sent) {
  auto record = exchange(id, "entra", "directory", sent, 42ms, 61ms);
  record.method = "GET";
  record.target = "/scim/v2/Users?filter=userName%20eq%20%22anna%40example.test%22";
  record.request_headers = scim_headers;
  record.status = 200;
  record.response_headers = scim_answer_headers;
  record.response_body =
      R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"Resources":[]})";
  return record;
}

ExchangeRecord create(std::uint64_t id, base::Duration sent) {
  auto record = exchange(id, "entra", "directory", sent, 40ms, 75ms);
  record.method = "POST";
  record.target = "/scim/v2/Users";
  record.request_headers = scim_headers;
  record.request_body = anna_as_scim;
  record.status = 201;
  record.response_headers = scim_answer_headers;
  record.response_headers.emplace_back("Location", "https://directory.example.test/scim/v2/Users/u1");
  record.response_body =
      R"({"id":"u1","userName":"anna@example.test","active":true,"meta":{"version":"W/\"1\""}})";
  return record;
}

ExchangeRecord send_mail(std::uint64_t id, base::Duration sent) {
  auto record = exchange(id, "directory", "mail", sent, 35ms, 35ms);
  record.method = "POST";
  record.target = "/mails";
  record.request_headers = {{"Content-Type", "application/json"}};
  record.request_body = R"({"to":"anna@example.test","kind":"activation"})";
  record.status = 202;
  return record;
}

RunRecord conforming_run() {
  RunRecord run;
  run.script = "scenarios/library/entra/new_hire_gets_activation_mail.yaml";
  run.title = "A new hire of Entra gets the activation mail";
  run.about = "Anna is created in Entra. The next cycle brings her to the directory, which mails her.";
  run.covers = {"R5", "R11"};
  run.seed = 7;
  run.arm = "sim";
  run.target = "core";
  run.started = session_start;
  run.virtual_time = 41min + 250ms;
  run.fingerprint = 0x0123456789abcdefULL;
  run.events = 1'482;
  run.parties = {"entra", "directory", "mail", "browsers"};
  run.steps = {{.at = session_start + 1min, .line = 12, .what = "entra.create_user: {user: anna}", .outcome = "ok"}};
  run.judgements = {{.at = session_start + 40min + 230ms,
                     .line = 18,
                     .rules = {"R5"},
                     .what = "directory.user: {user: anna, state: STAGED}",
                     .when = "within 1m",
                     .expected = "state is STAGED",
                     .found = "state is STAGED",
                     .exchanges = {}},
                    {.at = session_start + 41min + 250ms,
                     .line = 21,
                     .rules = {"R11"},
                     .what = "mail.received: {user: anna, kind: activation, count: 1}",
                     .when = "always",
                     .expected = "1 mail of kind activation",
                     .found = "1 mail of kind activation",
                     .exchanges = {}}};
  run.exchanges = {look_up(1, 40min), create(2, 40min + 103ms), send_mail(3, 40min + 218ms)};
  run.notes = {
      {.at = session_start + 40min, .party = "entra", .text = "initial cycle begins"},
      {.at = session_start + 40min + 218ms, .party = "entra", .text = "initial cycle ends: 1 user exported"}};
  run.replay = "lockstep run scenarios/library/entra/new_hire_gets_activation_mail.yaml --seed 7";
  run.measured.wall = 3'412'345ns;
  return run;
}

/// What a page or a terminal could take for its own.
constexpr std::string_view hostile_markup =
    "</script><script>alert(1)</script><img src=x onerror=\"alert('2')\"> \x1b[31mred\x1b[0m "
    "\xE2\x80\xAEtxt.exe \xff&amp;";

ExchangeRecord refused_suspension(std::uint64_t id, base::Duration sent) {
  auto record = exchange(id, "entra", "directory", sent, 44ms, 52ms);
  record.method = "PATCH";
  record.target = "/scim/v2/Users/u1";
  record.request_headers = scim_headers;
  record.request_headers.emplace_back("If-Match", "W/\"1\"");
  record.request_body =
      R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"Replace","path":"active","value":"False"}]})";
  record.status = 412;
  record.response_headers = scim_answer_headers;
  record.response_body = R"({"status":"412","detail":"</script><img src=x onerror=alert(4)>","seen":[]})";
  return record;
}

std::vector<ExchangeRecord> troubled_exchanges() {
  std::vector<ExchangeRecord> exchanges{look_up(1, 40min), create(2, 40min + 103ms),
                                        send_mail(3, 40min + 218ms)};

  auto lost = exchange(4, "entra", "directory", 80min, 40ms, 0ms);
  lost.method = "PATCH";
  lost.target = "/scim/v2/Users/u1";
  lost.request_headers = scim_headers;
  lost.request_body =
      R"({"Operations":[{"op":"Replace","path":"title","value":"Lead"}],"Operations":[1.50,1e2]})";
  lost.delivered.reset();
  lost.concluded = session_start + 80min + 30s;
  lost.failure = "no answer within the time-out";
  exchanges.push_back(lost);

  exchanges.push_back(refused_suspension(5, 80min + 31s));

  auto unanswered = exchange(6, "windows-1", "directory", 81min, 38ms, 0ms);
  unanswered.method = "GET";
  unanswered.target = "/agent/v1/state?known=17";
  unanswered.concluded = session_start + 81min + 1s;
  unanswered.failure = "connection reset";
  exchanges.push_back(unanswered);

  auto hostile_post = exchange(7, "browsers", "directory", 82min, 20ms, 25ms);
  hostile_post.method = "POST";
  hostile_post.target = "/portal/login?next=\"><svg onload=alert(3)>";
  hostile_post.request_headers = {{"Content-Type", "text/plain"}, {"X-Note", "two\nlines"}};
  hostile_post.request_body = std::string(hostile_markup);
  hostile_post.status = 400;
  hostile_post.response_headers = {{"Content-Type", "text/html"}};
  hostile_post.response_body = "<!--" + std::string(hostile_markup) + "-->";
  exchanges.push_back(hostile_post);

  auto to_itself = exchange(8, "directory", "directory", 82min + 100ms, 1ms, 4ms);
  to_itself.method = "GET";
  to_itself.target = "/health";
  to_itself.status = 200;
  exchanges.push_back(to_itself);

  auto under_way = exchange(9, "windows-1", "directory", 83min, 39ms, 0ms);
  under_way.method = "GET";
  under_way.target = "/agent/v1/state?known=17";
  under_way.concluded.reset();
  under_way.failure = "under way";
  exchanges.push_back(under_way);
  return exchanges;
}

RunRecord violating_run() {
  RunRecord run;
  run.script = "scenarios/library/faults/suspension_survives_a_lost_answer.yaml";
  run.title = "A suspension survives a lost answer <script>alert(0)</script>";
  run.about =
      "The request that suspends Anna is lost once. Entra sends it again, and her account on the laptop "
      "closes.";
  run.covers = {"R2", "R11", "V10", "V4"};
  run.seed = 18'446'744'073'709'551'615ULL;
  run.arm = "sim";
  run.target = "core";
  run.verdict = Verdict::violates;
  run.started = session_start;
  run.virtual_time = 30h * 24 + 83min + 4s;
  run.fingerprint = 0xfedcba9876543210ULL;
  run.events = 20'714;
  run.parties = {"entra", "directory", "mail", "windows-1", "browsers"};
  run.steps = {{.at = session_start + 1min, .line = 14, .what = "entra.create_user: {user: anna}", .outcome = "ok"},
               {.at = session_start + 79min, .line = 19, .what = "entra.disable_user: {user: anna}", .outcome = "ok"},
               {.at = session_start + 82min,
                .line = 27,
                .what = "user.sign_in: {user: anna, next: '\"><svg onload=alert(3)>'}",
                .outcome = "the portal answered 400",
                .verdict = Verdict::blocked}};
  run.judgements = {
      {.at = session_start + 40min + 218ms,
       .line = 31,
       .rules = {"R11"},
       .what = "mail.received: {user: anna, kind: activation}",
       .when = "within 1m",
       .expected = "at least 1 mail of kind activation",
       .found = "1",
       .exchanges = {}},
      {.at = session_start + 82min,
       .line = 35,
       .rules = {"R2", "V4"},
       .what = "device.account: {device: windows-1, account: anna, enabled: false}",
       .when = "within 2m",
       .expected = "enabled is false",
       .found = "enabled is true: the directory answered 412 and the agent never heard of the change",
       .verdict = Verdict::violates,
       .exchanges = {0, 4, 5, 6}},
      {.at = session_start + 82min + 30s,
       .line = 39,
       .rules = {"V10"},
       .what = "directory.events: {user: anna, type: user_suspended}",
       .when = "at once",
       .expected = "at least 1 event",
       .found = "none",
       .verdict = Verdict::deviates,
       .exchanges = {7}},
      {.at = session_start + 82min + 40s,
       .line = 41,
       .rules = {"V28"},
       .what = "device.screen: {device: windows-1, shows: Please see your system administrator}",
       .when = "at once",
       .expected = "shows 'Please see your system administrator'",
       .found = "desktop of anna",
       .verdict = Verdict::violates,
       .exchanges = {6},
       .screen = sample_screens(session_start + 82min)[5]}};
  run.screens = sample_screens(session_start + 82min);
  run.exchanges = troubled_exchanges();
  run.exchanges_forgotten = 1;
  run.notes = {{.at = session_start + 80min + 30s,
                .party = "entra",
                .text = "export of anna failed: no answer; quarantine in 3"},
               {.at = session_start + 81min, .party = "network", .text = "windows-1 is cut off for 1s"},
               {.at = session_start + 82min, .party = "browsers", .text = std::string(hostile_markup)}};
  run.pending = {"entra.export waits for the next cycle until 2026-01-05T10:00:00.000Z",
                 "windows-1: agent waits for an HTTP answer of #9"};
  run.replay =
      "lockstep run scenarios/library/faults/suspension_survives_a_lost_answer.yaml --seed "
      "18446744073709551615";
  run.measured.wall = 48'700'000ns;
  return run;
}

RunRecord inapplicable_run() {
  RunRecord run;
  run.script = "scenarios/library/devices/takeover.yaml";
  run.title = "Binding takes over a local account";
  run.seed = 7;
  run.arm = "live";
  run.target = "https://scim.vendor.example/scim/v2";
  run.verdict = Verdict::not_applicable;
  run.problem = "the script needs devices, and the target has none";
  run.started = session_start;
  run.replay =
      "lockstep conform https://scim.vendor.example/scim/v2 scenarios/library/devices/takeover.yaml --seed 7";
  return run;
}

}  // namespace

scenarios::Session sample_session() {
  return {.version = "0.1.0", .runs = {conforming_run(), violating_run(), inapplicable_run()}};
}

std::string sample_rule_text(std::string_view id) {
  if (id == "R2") return "A suspended person cannot sign in to a managed device.";
  if (id == "R5") {
    return "SCIM provisioning from Entra into the directory must be in place for this onboarding path, since "
           "Entra is "
           "where the people come from.";
  }
  if (id == "R11") {
    return "A person sets the directory password by following the activation email. Admins are able to send "
           "activation "
           "to many people at once.";
  }
  if (id == "V4")
    return "From the takeover on, password, admin flag, state and name follow the directory <always>.";
  return "";
}

RunRecord busy_run(std::size_t exchanges) {
  static constexpr std::array parties{"entra",     "directory", "mail",  "windows-1",
                                      "windows-2", "mac-1",     "mac-2", "browsers"};
  RunRecord run;
  run.script = "scenarios/library/busy.yaml";
  run.title = "Much traffic";
  run.seed = 3;
  run.arm = "sim";
  run.target = "core";
  run.verdict = Verdict::violates;
  run.started = session_start;
  run.parties = {parties.begin(), parties.end()};
  for (std::size_t i = 0; i < exchanges; ++i) {
    const auto at = std::chrono::seconds{i} + (i % 50 == 0 ? 40ms : 0ms);
    auto record = exchange(i + 1, parties[i * 3 % 8 == 1 ? 0 : i * 3 % 8], "directory", at, 30ms, 800ms);
    record.method = i % 2 == 0 ? "GET" : "PATCH";
    record.target = fmt::format("/scim/v2/Users/u{}", i);
    record.request_headers = scim_headers;
    record.request_body = anna_as_scim;
    record.status = i % 7 == 0 ? 429 : 200;
    record.response_body = anna_as_scim;
    run.exchanges.push_back(std::move(record));
  }
  run.virtual_time = std::chrono::seconds{exchanges};
  run.judgements = {{.at = session_start + std::chrono::seconds{exchanges / 2},
                     .line = 9,
                     .rules = {"R2"},
                     .what = "directory.user_count: {count: 1}",
                     .when = "at once",
                     .expected = "1",
                     .found = "2",
                     .verdict = Verdict::violates,
                     .exchanges = {exchanges / 2}}};
  run.replay = "lockstep run scenarios/library/busy.yaml --seed 3";
  return run;
}

}  // namespace reports
