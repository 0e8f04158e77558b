#include "reports/sample_conformance.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <utility>

namespace reports {
namespace {

using namespace std::chrono_literals;
using scenarios::CaseRecord;
using scenarios::ClauseRecord;
using scenarios::ConformanceRecord;
using scenarios::ExchangeRecord;
using scenarios::Level;
using scenarios::Severity;
using scenarios::Verdict;

/// 2026-01-05T08:00:00Z
constexpr base::Instant start{std::chrono::seconds{1'767'600'000}};

/// What a page, a terminal, a spreadsheet or a Markdown renderer could take for its own.
constexpr std::string_view hostile =
    "</script><script>alert(1)</script><img src=x onerror=\"alert('2')\"> \x1b[31mred\x1b[0m "
    "\xE2\x80\xAEtxt.exe "
    "\xff&amp; ]]> `code` **bold** | @octocat #1 [x](javascript:alert(3)) \xEF\xBF\xBF";

constexpr auto anna =
    R"({"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"anna-7f3a@example.test","active":true,)"
    R"("name":{"givenName":"Anna","familyName":"Lindqvist"},"emails":[{"type":"work","value":"anna-7f3a@example.test",)"
    R"("primary":true}]})";

constexpr auto anna_as_stored =
    R"({"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"2819c223","userName":"anna-7f3a@example.test",)"
    R"("active":true,"name":{"givenName":"Anna","familyName":"Lindqvist"},"emails":[{"type":"work",)"
    R"("value":"anna-7f3a@example.test","primary":"true"}],"meta":{"resourceType":"User",)"
    R"("location":"https://scim.contoso.example/scim/v2/Users/2819c223"}})";

struct ClauseRow {
  const char* id;
  const char* area;
  const char* level;
  const char* title;
  const char* law;
};

/// The sentences are made up for the sample; the catalogue's are better.
constexpr std::array clause_rows{
    ClauseRow{"P-2-2", "Authentication", "must", "No data without a credential",
              "A request with a wrong or a missing credential gets no data."},
    ClauseRow{"P-2-4", "Authentication", "implied", "401 and 403",
              "A credential that is wrong is answered with 401, one that does not suffice with 403."},
    ClauseRow{"P-3.3-1", "Create", "must", "201 for a new resource",
              "A create that succeeds is answered with 201."},
    ClauseRow{"P-3.3-3", "Create", "must", "Location of a new resource",
              "The header and meta.location give the same URI, at which the resource can be read."},
    ClauseRow{"P-3.3-7", "Create", "must", "Unique values are unique",
              "A second resource with the value of a unique attribute is refused with 409 and scimType "
              "uniqueness."},
    ClauseRow{"P-3.3-12", "Create", "implied", "A refused create leaves nothing",
              "After a create was refused no search finds the resource."},
    ClauseRow{"P-3.4.2-2", "Query", "must", "totalResults", "Each list has totalResults, a number."},
    ClauseRow{"P-3.4.2-5", "Query", "should", "Unknown parameters",
              "Parameters that are not known are ignored."},
    ClauseRow{"P-3.4.2.2-1", "Query: filters", "must", "eq", "The operator eq finds exactly what is equal."},
    ClauseRow{"P-3.4.2.2-9", "Query: filters", "must", "Letter case",
              "Attributes that are not caseExact compare without regard to letter case."},
    ClauseRow{"P-3.5.2-1", "Patch", "must", "Operations in order", "Operations apply one after another."},
    ClauseRow{"P-3.5.2-14", "Patch", "must", "200 or 204",
              "A patch that succeeds is answered with 200 or 204."},
    ClauseRow{"P-3.5.2.3-4", "Patch", "must", "Replace by a value filter",
              "Replace with a filter that matches nothing is refused with 400 and scimType noTarget."},
    ClauseRow{"P-3.6-1", "Delete", "must", "204 for a delete", "A delete is answered with 204."},
    ClauseRow{"P-3.6-2", "Delete", "must", "Gone is gone", "What was deleted is answered with 404."},
    ClauseRow{"P-3.7-1", "Bulk", "must", "Bulk where it is announced",
              "A product that announces bulk answers it."},
    ClauseRow{"P-3.12-1", "Errors", "must", "Errors have a body",
              "An error has the schema of errors and a status."},
    ClauseRow{"S-2.4-1", "Attributes", "must", "One primary value",
              "At most one value of a list is primary."},
    ClauseRow{"S-2.3.1-1", "Attributes", "must", "Booleans are booleans",
              "A boolean is true or false without quotes."},
    ClauseRow{"S-7-3", "Attributes", "should", "Canonical values",
              "Canonical values are used where they are listed."},
    ClauseRow{"X-4", "Entra", "field", "Add by a filter path",
              "An add whose path filters a value that is missing makes that value."}};

std::vector<ClauseRecord> clauses() {
  std::vector<ClauseRecord> out;
  for (const auto& row : clause_rows) {
    const std::string id = row.id;
    const auto section = id.substr(2, id.rfind('-') - 2);
    const auto* const number = id.starts_with("S") ? "7643" : "7644";
    const bool field = id.starts_with("X");
    out.push_back(
        {.id = id,
         .title = row.title,
         .law = row.law,
         .why = "Clients rely on it.",
         .level = row.level,
         .source = field ? "Microsoft Entra, tutorial" : fmt::format("RFC {}, {}", number, section),
         .link = field ? "https://learn.microsoft.example/entra"
                       : fmt::format("https://www.rfc-editor.org/rfc/rfc{}#section-{}", number, section),
         .area = row.area});
  }
  // What no case looks at, and a link that is none.
  out.push_back({.id = "P-3.14-1",
                 .title = "Versions <b>of</b> resources",
                 .law = "A version is sent as ETag & in meta.",
                 .why = "Lost updates.",
                 .level = "must",
                 .source = "RFC 7644, 3.14",
                 .link = "javascript:alert(1)",
                 .area = "Versions"});
  return out;
}

ExchangeRecord exchange(std::uint64_t id, std::string method, std::string target, int status) {
  ExchangeRecord record;
  record.id = id;
  record.from = "lockstep";
  record.to = "scim.contoso.example";
  record.sent = start + std::chrono::milliseconds{id * 120};
  record.delivered = record.sent + 14ms;
  record.concluded = record.sent + 41ms;
  record.method = std::move(method);
  record.target = "/scim/v2" + std::move(target);
  record.request_headers = {{"Host", "scim.contoso.example"},
                            {"Accept", "application/scim+json"},
                            {"Authorization", "Bearer " + std::string(forgotten_token)}};
  record.status = status;
  record.response_headers = {{"Content-Type", "application/scim+json"},
                             {"Set-Cookie", std::string(forgotten_token)}};
  return record;
}

ExchangeRecord create(std::uint64_t id, int status) {
  auto record = exchange(id, "POST", "/Users", status);
  record.request_headers.emplace_back("Content-Type", "application/scim+json");
  record.request_body = anna;
  record.response_headers.emplace_back("Location", "https://scim.contoso.example/scim/v2/Users/2819c223");
  record.response_body = anna_as_stored;
  return record;
}

CaseRecord holding(std::string id, std::string title, std::vector<std::string> covers) {
  CaseRecord one;
  one.id = std::move(id);
  one.title = std::move(title);
  one.covers = std::move(covers);
  one.why = "A client that meets another answer stops provisioning.";
  one.fix = "Answer as the clause says.";
  one.replay =
      "lockstep conform scim --target https://scim.contoso.example/scim/v2 --only " + one.id + " --seed 7";
  one.checks = {{.line = 9,
                 .what = "POST /Users",
                 .expected = "status is 201",
                 .differences = {},
                 .says = "",
                 .verdict = Verdict::conforms,
                 .exchanges = {1}}};
  one.exchanges = {create(1, 201)};
  one.measured.wall = 41ms + 500us;
  return one;
}

/// A case whose last exchange shows what is wrong.
CaseRecord failing(CaseRecord one, Verdict verdict, std::string summary,
                   std::vector<scenarios::Difference> differences) {
  one.verdict = verdict;
  one.summary = std::move(summary);
  auto& check = one.checks.back();
  check.verdict = verdict;
  check.differences = std::move(differences);
  return one;
}

CaseRecord duplicate_user() {
  auto one = holding("scim/create/duplicate_user_name", "A second user of the same userName is refused",
                     {"P-3.3-7"});
  one.severity = Severity::critical;
  one.tags = {"users", "entra", "okta"};
  one.why = "Two accounts of one person: the client updates one, the person signs in with the other.";
  one.fix =
      "Put a unique index on the lower-cased userName and answer its violation with 409 and scimType "
      "uniqueness.";
  one.exchanges = {create(1, 201), create(2, 201)};
  one.checks.push_back({.line = 14,
                        .what = "POST /Users, userName of the first",
                        .expected = "status is 409, and the error's scimType is uniqueness",
                        .differences = {},
                        .says = "The product made a second user of the same name.",
                        .verdict = Verdict::violates,
                        .exchanges = {1, 2}});
  one.regressed = true;
  return failing(
      std::move(one), Verdict::violates, "status: 409 was expected, 201 was found",
      {{"status", "409", "201"},
       {"body scimType", "\"uniqueness\"", "nothing"},
       {"body",
        R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"409","scimType":"uniqueness"})",
        anna_as_stored}});
}

CaseRecord quoted_boolean() {
  auto one = holding("scim/attributes/boolean_is_boolean", "Booleans come back without quotes",
                     {"S-2.3.1-1", "S-2.4-1"});
  one.severity = Severity::high;
  one.tags = {"users", "types"};
  one.fix = "Write booleans as JSON booleans.";
  return failing(std::move(one), Verdict::violates,
                 "body emails[0].primary: true was expected, \"true\" was found",
                 {{"body emails[0].primary", "true", "\"true\""},
                  {"header Location", "is present", "is present twice"}});
}

CaseRecord hostile_answer() {
  auto one = holding("scim/errors/hostile_<script>", "Errors have a body <script>alert(0)</script>",
                     {"P-3.12-1", "P-0-0"});
  one.severity = Severity::low;
  one.tags = {"errors", "<tag>"};
  one.why = "=HYPERLINK(\"http://evil.example\",\"click\")";
  auto bad = exchange(3, "GET", "/Users?filter=userName%20eq%20\"><svg onload=alert(3)>", 400);
  bad.response_headers.emplace_back("X-Note", "two\r\nlines");
  bad.request_headers.emplace_back("X-Empty", "");
  bad.response_body = "<!--" + std::string(hostile) + "-->" + std::string(30'000, 'w');
  auto none = exchange(4, "DELETE", "/Users/[x]/../y", 0);
  none.request_body = std::string(hostile);
  none.failure = "connection reset by \x1b[1mpeer";
  none.concluded.reset();
  one.exchanges = {bad, none};
  one.checks.back().exchanges = {3, 4, 99};
  one.checks.back().what = "GET /Users?filter=" + std::string(hostile);
  return failing(std::move(one), Verdict::violates, std::string(hostile),
                 {{"body", "an error", "<!--" + std::string(hostile)},
                  {"header X-Note", "no line feed", "two\r\nlines"}});
}

std::vector<CaseRecord> other_verdicts() {
  std::vector<CaseRecord> out;
  auto deviates = holding("scim/query/unknown_parameter", "Unknown parameters are ignored", {"P-3.4.2-5"});
  deviates.level = Level::should;
  deviates.severity = Severity::low;
  deviates.exchanges = {exchange(1, "GET", "/Users?foo=bar", 400)};
  deviates.exchanges[0].response_body = R"({"schemas":[],"status":"400","detail":"foo?"})";
  out.push_back(failing(deviates, Verdict::deviates, "status: 200 was expected, 400 was found",
                        {{"status", "200", "400"}}));

  auto unclear =
      holding("scim/patch/value_filter_without_match", "Replace where nothing matches", {"P-3.5.2.3-4"});
  unclear.readings = {
      "The text asks for 400 with noTarget whenever the filter matches nothing.",
      "A filter that selects nothing selects no target, so that the request changes nothing: 204."};
  unclear.checks.back().says = "The product answered 204.";
  out.push_back(
      failing(unclear, Verdict::unclear, "two readings: 400 noTarget, or 204", {{"status", "400", "204"}}));

  auto refused = holding("scim/query/sorting", "Sorting", {"P-3.4.2-2"});
  refused.level = Level::may;
  refused.verdict = Verdict::refused;
  refused.summary = "declined with 501";
  out.push_back(refused);

  auto absent = holding("scim/bulk/create_many", "Many creates in one request", {"P-3.7-1"});
  absent.verdict = Verdict::not_applicable;
  absent.summary = "the product does not announce bulk";
  absent.checks.clear();
  absent.exchanges.clear();
  out.push_back(absent);

  auto broken = holding("scim/errors/too_deep", "Deep nesting is refused", {"P-3.12-1"});
  out.push_back(failing(broken, Verdict::error, "the script asks for more than 32 levels", {}));

  auto known = holding("entra/patch/add_by_filter_path", "Entra's add by a filter path", {"X-4"});
  known.severity = Severity::high;
  known.tags = {"entra"};
  known.known = "CON-1234: waits for the rewrite of patch";
  out.push_back(failing(known, Verdict::violates, "status: 200 was expected, 400 was found",
                        {{"status", "200", "400"}}));

  auto stale = holding("scim/delete/gone_is_gone", "What was deleted is gone", {"P-3.6-2"});
  stale.known = "CON-99: deleted users stay for a day";
  stale.stale = true;
  out.push_back(stale);
  return out;
}

/// A chain: the third is blocked by the second, which is blocked by the first violation. The last one's cause
/// is nowhere.
std::vector<CaseRecord> blocked_cases() {
  std::vector<CaseRecord> out;
  const auto blocked = [&](std::string id, std::string title, std::vector<std::string> covers,
                           std::string by) {
    auto one = holding(std::move(id), std::move(title), std::move(covers));
    one.verdict = Verdict::blocked;
    one.summary = "cannot be judged while " + by + " is violated";
    one.blocked_by = std::move(by);
    one.checks.clear();
    one.exchanges.clear();
    out.push_back(std::move(one));
  };
  blocked("scim/create/refused_leaves_nothing", "A refused create leaves nothing", {"P-3.3-12"},
          "scim/create/duplicate_user_name");
  blocked("scim/create/duplicate_in_other_case", "A userName in other letter case is refused", {"P-3.3-7"},
          "scim/create/refused_leaves_nothing");
  blocked("scim/query/after_a_refusal", "A search after a refusal", {"P-3.4.2.2-1"}, "scim/nowhere");
  return out;
}

constexpr std::array ordinary{std::pair("authentication/no_credential", "P-2-2"),
                              std::pair("authentication/wrong_credential", "P-2-4"),
                              std::pair("create/created", "P-3.3-1"),
                              std::pair("create/location", "P-3.3-3"),
                              std::pair("query/total_results", "P-3.4.2-2"),
                              std::pair("filters/eq", "P-3.4.2.2-1"),
                              std::pair("filters/letter_case", "P-3.4.2.2-9"),
                              std::pair("patch/in_order", "P-3.5.2-1"),
                              std::pair("patch/answer", "P-3.5.2-14"),
                              std::pair("delete/deleted", "P-3.6-1"),
                              std::pair("attributes/canonical", "S-7-3"),
                              std::pair("attributes/one_primary", "S-2.4-1")};

std::string capitalised(std::string text) {
  std::ranges::replace(text, '_', ' ');
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::vector<CaseRecord> ordinary_cases() {
  std::vector<CaseRecord> out;
  for (const auto* kind : {"users", "groups", "extension", "unicode"}) {
    for (const auto& [place, clause] : ordinary) {
      const std::string name = place;
      auto one = holding(fmt::format("scim/{}_{}", name, kind),
                         fmt::format("{}: {}", capitalised(name.substr(name.find('/') + 1)), kind), {clause});
      one.tags = {kind};
      if (out.size() % 5 == 1) one.level = Level::should;
      out.push_back(std::move(one));
    }
  }
  return out;
}

template <class Cases>
void append(std::vector<CaseRecord>& to, Cases cases) {
  for (auto& one : cases) to.push_back(std::move(one));
}

}  // namespace

ConformanceRecord sample_conformance() {
  ConformanceRecord record;
  record.version = "0.1.0";
  record.suite = "scim";
  record.target = "https://scim.contoso.example/scim/v2";
  record.product = "Contoso Directory";
  record.seed = 18'446'744'073'709'551'615ULL;
  record.started = start;
  record.announced = {"patch", "filter, at most 200 results", "resource type User", "resource type Group"};
  record.clauses = clauses();
  record.cases = {duplicate_user(), quoted_boolean(), hostile_answer()};
  append(record.cases, other_verdicts());
  append(record.cases, blocked_cases());
  append(record.cases, ordinary_cases());
  record.profiles = {
      {"RFC",
       Verdict::violates,
       "does not follow the RFCs: 3 findings",
       {"scim/create/duplicate_user_name", "scim/attributes/boolean_is_boolean", "scim/gone"}},
      {"Entra", Verdict::violates, "not ready for Entra: 1 finding", {"scim/create/duplicate_user_name"}},
      {"Okta", Verdict::conforms, "ready for Okta", {}}};
  record.left_out = 4;
  record.left_behind = {"/Users/2819c223", "/Groups/<b>7</b>"};
  record.requests = 214;
  record.baseline = "0.0.9, 2025-12-22T08:00:00.000Z";
  record.replay =
      "lockstep conform scim --target https://scim.contoso.example/scim/v2 --seed 18446744073709551615";
  record.measured.wall = 9s + 812ms + 345us;
  return record;
}

std::vector<ConformanceRecord> earlier_conformance() {
  auto older = sample_conformance();
  older.version = "0.0.8";
  older.started = start - 28 * 24h;
  older.baseline = "";
  for (auto& one : older.cases) one.regressed = false;
  older.cases.pop_back();
  for (auto& one : older.cases) {
    if (one.id == "scim/filters/eq_users") one.verdict = Verdict::violates;
  }
  auto newer = older;
  newer.version = "0.0.9";
  newer.started = start - 14 * 24h;
  for (auto& one : newer.cases) {
    if (one.id == "scim/filters/eq_users") one.verdict = Verdict::conforms;
    if (one.id == "scim/create/duplicate_user_name") one.verdict = Verdict::conforms;
  }
  return {older, newer};
}

ConformanceRecord other_conformance() {
  auto record = sample_conformance();
  record.product = "Fabrikam | <i>Identity</i>";
  record.target = "core";
  record.baseline = "";
  for (auto& one : record.cases) {
    one.regressed = false;
    if (one.id == "scim/create/duplicate_user_name") one.verdict = Verdict::conforms;
    if (one.id == "scim/filters/letter_case_users") one.verdict = Verdict::deviates;
    if (one.id == "scim/delete/deleted_groups") one.verdict = Verdict::violates;
  }
  record.cases.pop_back();
  record.profiles.pop_back();
  return record;
}

std::vector<ComparedReport> compared_conformance() {
  auto before = earlier_conformance().front();
  before.problem = "interrupted <b>by hand</b>";
  for (auto& one : before.cases) {
    if (one.id == "scim/create/duplicate_user_name") one.verdict = Verdict::conforms;
    if (one.id == "scim/patch/answer_groups") one.verdict = Verdict::blocked;
  }
  before.cases.push_back(holding("scim/delete/gone", "Was asked <once>", {"P-3.6-2"}));
  auto other = other_conformance();
  auto extra = holding("scim/errors/" + std::string(120, 'w'), std::string(hostile), {"P-3.12-1"});
  extra.verdict = Verdict::unclear;
  other.cases.push_back(std::move(extra));
  return {{before, "reports/last <1>", "last%20%3C1%3E/index.html"},
          {sample_conformance(), "reports/now", "now/index.html"},
          {other, "\" onclick=alert(1) | **other**", ""}};
}

CaseRecord case_of(std::string id, Verdict verdict, std::string blocked_by) {
  CaseRecord one;
  one.id = std::move(id);
  one.verdict = verdict;
  one.blocked_by = std::move(blocked_by);
  return one;
}

ConformanceRecord large_conformance(std::size_t cases) {
  auto record = sample_conformance();
  record.cases.clear();
  for (std::size_t i = 0; i < cases; ++i) {
    auto one = i % 10 == 0 ? quoted_boolean() : holding("", "An ordinary case", {"P-3.3-1"});
    one.id = fmt::format("scim/create/case_{}", i);
    one.covers = {clause_rows[i % clause_rows.size()].id};
    one.exchanges = {create(1, 201), create(2, 201), create(3, 201), create(4, 200)};
    record.cases.push_back(std::move(one));
  }
  return record;
}

}  // namespace reports
