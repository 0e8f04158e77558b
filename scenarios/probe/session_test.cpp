#include "scenarios/probe/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <span>

#include "scenarios/probe/decode_probe.h"
#include "scenarios/probe/discovery.h"
#include "scenarios/probe/fake_session.h"

namespace scenarios::probe {
namespace session_test {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string cases = std::string(LOCKSTEP_SOURCE_DIR) + "/scenarios/conformance";

Suite suite_of(const std::string& name) {
  auto suite = load_suite(cases, name);
  EXPECT_TRUE(suite) << suite.error().text;
  return std::move(*suite);
}

/// Where the core does what a client would rather have otherwise, for a reason.
const std::set<std::string> accepted_deviations{
    "scim/discovery/config_without_a_token",  // every route of an integration asks for its token, discovery too
    "okta/assign/placeholder_password",  // the password policy refuses it; taking the account without one would lose real passwords
};

SessionOptions options_for(std::string_view target) {
  SessionOptions options;
  options.target.name = options.target.text = target;
  options.run_mark = "t";
  return options;
}

const CaseRecord& case_of(const ConformanceRecord& record, std::string_view id) {
  const auto found = std::ranges::find(record.cases, id, &CaseRecord::id);
  EXPECT_NE(found, record.cases.end()) << id;
  return *found;
}

/// Answers everything alike.
class Always final : public base::HttpService {
 public:
  explicit Always(base::HttpResponse response) : response_(std::move(response)) {}
  base::Task<base::HttpResponse> handle(base::HttpRequest) override { co_return response_; }

 private:
  base::HttpResponse response_;
};

/// A provider with a fault: every POST is answered as if it had created the same user, with the status given.
class CreatesNothingNew final : public base::HttpService {
 public:
  base::Task<base::HttpResponse> handle(base::HttpRequest request) override {
    methods.push_back(request.method + " " + request.target);
    if (request.method == "DELETE") co_return base::HttpResponse(204);
    if (request.method == "POST")
      co_return base::HttpResponse(200, "application/scim+json",
                                   R"({"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"1","userName":"a"})");
    co_return base::HttpResponse(200, "application/scim+json",
                                 R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0})");
  }

  std::vector<std::string> methods;
};

class Borrowed final : public base::HttpService {
 public:
  explicit Borrowed(base::HttpService& service) : service_(&service) {}
  base::Task<base::HttpResponse> handle(base::HttpRequest request) override {
    auto response = co_await service_->handle(std::move(request));
    co_return response;
  }

 private:
  base::HttpService* service_;
};

class SuiteOfTheCore : public ::testing::TestWithParam<std::string> {};

TEST_P(SuiteOfTheCore, finds_no_violation_and_twice_the_same) {
  const auto suite = suite_of(GetParam());
  const auto catalog = Catalog::load();
  const auto first = judge_core(suite, *catalog, options_for("core"));
  // What the core does not offer, or declines as the texts ask, is no fault of it.
  const auto no_fault = AnyOf(Verdict::conforms, Verdict::refused, Verdict::not_applicable);
  for (const auto& one : first.record.cases) {
    if (accepted_deviations.contains(one.id)) {
      EXPECT_EQ(one.verdict, Verdict::deviates) << one.id;
    } else {
      EXPECT_THAT(one.verdict, no_fault) << one.id << ": " << one.summary;
    }
  }
  EXPECT_EQ(exit_code(first.record, false), 0);
  EXPECT_THAT(first.record.left_behind, IsEmpty());
  EXPECT_EQ(first.record, judge_core(suite, *catalog, options_for("core")).record);
}

INSTANTIATE_TEST_SUITE_P(Conform, SuiteOfTheCore, ::testing::ValuesIn(suite_names(cases)), [](const auto& info) { return info.param; });

TEST(Session, a_body_is_changed_before_it_is_sent) {
  const auto changing = decode_probe(
      "probe: 1\ntitle: T\ncovers: [P-3.5-1]\nwhy: W\nfix: F\nsteps:\n"
      "  - create: amy\n    with: {nickName: Am}\n"
      "  - put: \"${amy.path}\"\n    body: \"${amy.sent}\"\n    with: {displayName: \"${run}@${domain}\"}\n    without: [nickName]\n"
      "    as: now\n    expect: {status: 200, body: {displayName: {ends: \"@example.com\"}, nickName: {absent: true}}}\n",
      "scim/changing");
  ASSERT_TRUE(changing) << changing.error().message;
  const Suite suite{"scim", {*changing}, 0};
  const auto record = judge_core(suite, *Catalog::load(), options_for("core")).record;
  EXPECT_EQ(case_of(record, "scim/changing").verdict, Verdict::conforms) << case_of(record, "scim/changing").summary;
}

TEST(Session, a_composed_body_is_whole_and_sent_by_nobody) {
  const auto composing = decode_probe(
      "probe: 1\ntitle: T\ncovers: [P-3.7-1]\nwhy: W\nfix: F\nsteps:\n"
      "  - compose: amy\n    with: {nickName: \"${run}\"}\n"
      "  - get: /Users\n    query: {filter: 'userName eq \"${amy.userName}\"'}\n    expect: {status: 200, finds: []}\n"
      "  - post: /Users\n    body: \"${amy}\"\n"
      "    expect: {status: 201, body: {userName: \"${amy.userName}\", nickName: \"${run}\"}}\n",
      "scim/composing");
  ASSERT_TRUE(composing) << composing.error().message;
  const Suite suite{"scim", {*composing}, 0};
  const auto record = judge_core(suite, *Catalog::load(), options_for("core")).record;
  const auto& played = case_of(record, "scim/composing");
  EXPECT_EQ(played.verdict, Verdict::conforms) << played.summary;
  EXPECT_EQ(played.exchanges.size(), 2U);
}

/// The case also says what else may come, such as a refusal: the finding must not speak of that.
TEST(Session, a_password_that_is_shown_is_named) {
  auto suite = suite_of("scim");
  std::erase_if(suite.cases, [](const Probe& one) { return one.id != "scim/users/password_is_never_shown"; });
  FakeProduct product;
  product.quirks.add(fakes::scim::Quirk::password_returned);
  const auto record = judge_fake(suite, *Catalog::load(), product, options_for("fake")).result.record;
  const auto& shown = case_of(record, "scim/users/password_is_never_shown");
  EXPECT_EQ(shown.verdict, Verdict::violates);
  EXPECT_THAT(shown.summary, AllOf(HasSubstr("body password: "), HasSubstr(" instead of not present")));
}

TEST(Session, a_target_that_is_no_scim_is_one_finding) {
  const auto suite = suite_of("scim");
  const auto catalog = Catalog::load();
  const auto judged = judge_service(suite, *catalog, options_for("odd"), [](base::Clock&, base::Rng) {
    return std::make_unique<Always>(base::HttpResponse(200, "text/html", "<h1>Hello</h1>"));
  });
  const auto& record = judged.record;
  EXPECT_EQ(record.cases.front().id, "target/reach");
  EXPECT_EQ(record.cases.front().verdict, Verdict::violates);
  EXPECT_THAT(record.cases.front().summary, HasSubstr("text/html"));
  for (std::size_t i = 1; i < record.cases.size(); ++i) {
    EXPECT_EQ(record.cases[i].verdict, Verdict::blocked);
    EXPECT_EQ(record.cases[i].blocked_by, "target/reach");
  }
  EXPECT_EQ(exit_code(record, false), 1);
}

TEST(Session, a_redirect_is_named_with_its_place) {
  const auto suite = suite_of("scim");
  const auto catalog = Catalog::load();
  const auto judged = judge_service(suite, *catalog, options_for("moved"), [](base::Clock&, base::Rng) {
    base::HttpResponse response(301);
    response.headers.add("Location", "https://elsewhere.test/scim");
    return std::make_unique<Always>(response);
  });
  EXPECT_THAT(judged.record.cases.front().summary, HasSubstr("https://elsewhere.test/scim"));
}

/// Discovery for everybody, and nobody's credential is good for more.
class OpenDiscovery final : public base::HttpService {
 public:
  base::Task<base::HttpResponse> handle(base::HttpRequest request) override {
    if (request.target.starts_with("/Users"))
      co_return base::HttpResponse(401, "application/scim+json",
                                   R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"401"})");
    co_return base::HttpResponse(200, "application/scim+json",
                                 R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"Resources":[]})");
  }
};

void expect_only_cause(const ConformanceRecord& record, const std::string& cause) {
  EXPECT_EQ(record.cases.front().id, reach_case);
  EXPECT_EQ(record.cases.front().verdict, Verdict::violates);
  EXPECT_THAT(record.cases.front().summary, HasSubstr(cause));
  for (const auto& one : std::span(record.cases).subspan(1)) EXPECT_EQ(one.blocked_by, reach_case) << one.id;
}

TEST(Session, a_wrong_credential_is_one_finding) {
  const auto suite = suite_of("scim");
  const auto catalog = Catalog::load();
  const auto refused = base::HttpResponse(
      401, "application/scim+json", R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"401"})");
  expect_only_cause(judge_service(suite, *catalog, options_for("shut"),
                                  [&](base::Clock&, base::Rng) { return std::make_unique<Always>(refused); })
                        .record,
                    "refuses the credentials: GET /ServiceProviderConfig");
  expect_only_cause(judge_service(suite, *catalog, options_for("half open"),
                                  [](base::Clock&, base::Rng) { return std::make_unique<OpenDiscovery>(); })
                        .record,
                    "refuses the credentials: GET /Users?count=1");
}

TEST(Session, a_target_that_takes_no_requests_says_for_how_long) {
  const auto suite = suite_of("scim");
  base::HttpResponse response(429);
  response.headers.add("Retry-After", "3600");
  expect_only_cause(judge_service(suite, *Catalog::load(), options_for("busy"),
                                  [&](base::Clock&, base::Rng) { return std::make_unique<Always>(response); })
                        .record,
                    "Retry-After: 3600");
}

TEST(Session, one_defect_is_one_finding_and_what_was_made_is_removed) {
  const auto suite = suite_of("scim");
  const auto catalog = Catalog::load();
  CreatesNothingNew product;
  const auto judged = judge_service(suite, *catalog, options_for("faulty"), [&](base::Clock&, base::Rng) {
    return std::make_unique<Borrowed>(product);
  });
  EXPECT_EQ(case_of(judged.record, "scim/create/answers_201").verdict, Verdict::violates);
  const auto& duplicate = case_of(judged.record, "scim/create/duplicate_user_name");
  EXPECT_EQ(duplicate.verdict, Verdict::blocked);
  EXPECT_EQ(duplicate.blocked_by, "scim/create/answers_201");
  EXPECT_THAT(product.methods, ::testing::Contains("DELETE /Users/1"));
  EXPECT_THAT(judged.record.left_behind, IsEmpty());
}

TEST(Session, an_answer_without_an_id_blocks_and_is_no_error_of_the_bench) {
  const auto suite = suite_of("scim");
  const auto catalog = Catalog::load();
  const auto judged = judge_service(suite, *catalog, options_for("mute"), [](base::Clock&, base::Rng) {
    return std::make_unique<Always>(base::HttpResponse(
        201, "application/scim+json", R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"Resources":[]})"));
  });
  for (const auto& one : judged.record.cases) EXPECT_NE(one.verdict, Verdict::error) << one.id << ": " << one.summary;
  EXPECT_EQ(case_of(judged.record, "scim/concurrency/deletes_at_once").verdict, Verdict::blocked);
}

TEST(Session, a_known_finding_that_no_longer_happens_fails) {
  const auto suite = suite_of("scim");
  const auto catalog = Catalog::load();
  auto options = options_for("core");
  options.known.push_back({"P-3.3-7", "duplicates are allowed until release 5"});
  const auto judged = judge_core(suite, *catalog, options);
  EXPECT_TRUE(case_of(judged.record, "scim/create/duplicate_user_name").stale);
  EXPECT_EQ(exit_code(judged.record, false), 1);
}

/// Users with a badge that is said to be required, one of whom has none; what it creates always has the same id.
class Badges final : public base::HttpService {
 public:
  base::Task<base::HttpResponse> handle(base::HttpRequest request) override {
    if (request.method == "DELETE") co_return base::HttpResponse(204);
    if (request.method == "POST") {
      sent = request.body;
      co_return base::HttpResponse(201, "application/scim+json", R"({"schemas":["urn:x:2.0:User"],"id":"7"})");
    }
    co_return base::HttpResponse(200, "application/scim+json", std::string(body_of(request.target)));
  }

  std::string sent;

 private:
  static std::string_view body_of(std::string_view target) {
    if (target.starts_with("/ResourceTypes"))
      return R"({"Resources":[{"id":"u1","name":"User","endpoint":"/Users","schema":"urn:x:2.0:User",
        "schemaExtensions":[{"schema":"urn:badge:2.0:User","required":true},{"schema":"urn:car:2.0:User","required":false}]}]})";
    if (target.starts_with("/Schemas"))
      return R"({"Resources":[{"id":"urn:x:2.0:User","attributes":[{"name":"userName","required":true}]}]})";
    return R"({"totalResults":2,"Resources":[
      {"schemas":["urn:x:2.0:User","URN:badge:2.0:User"],"id":"1","userName":"amy","urn:badge:2.0:User":{"number":1}},
      {"schemas":["urn:x:2.0:User"],"id":"2","username":"bob"}]})";
  }
};

CaseRecord judge_badges(Badges& product, const std::string& rest) {
  const auto probe = decode_probe("probe: 1\ntitle: T\ncovers: [S-6-3]\nwhy: W\nfix: F\n" + rest, "scim/badges");
  EXPECT_TRUE(probe) << probe.error().message;
  const Suite suite{"scim", {*probe}, 0};
  const auto judged = judge_service(suite, *Catalog::load(), options_for("badges"), [&](base::Clock&, base::Rng) {
    return std::make_unique<Borrowed>(product);
  });
  return case_of(judged.record, "scim/badges");
}

TEST(Session, plays_the_steps_for_each_extension) {
  Badges product;
  const std::string steps =
      "steps:\n  - get: \"${resource_type.endpoint}\"\n"
      "    expect: {body: {\"Resources[*].schemas\": {some: {same_word: \"${extension.schema}\"}}}}\n";
  const auto all = judge_badges(product, "each: {extension: {}}\n" + steps);
  EXPECT_EQ(all.checks.size(), 2U);
  const auto required = judge_badges(product, "each: {extension: {required: true}}\n" + steps);
  ASSERT_EQ(required.checks.size(), 1U);
  EXPECT_EQ(required.verdict, Verdict::violates) << "bob has no badge";
  EXPECT_THAT(required.summary, AllOf(HasSubstr("User: urn:badge:2.0:User"), HasSubstr("Resources[1].schemas")));
}

TEST(Session, a_case_knows_the_schemas_and_members_of_a_resource_type) {
  Badges product;
  const auto verdict = [&](const std::string& path, const std::string& check) {
    return judge_badges(product, "each: {resource_type: {}}\nsteps:\n  - get: /Users\n    expect: {body: {\"" + path +
                                     "\": " + check + "}}\n")
        .verdict;
  };
  EXPECT_EQ(verdict("Resources[*].schemas[*]", R"({same_word: "${resource_type.schemas}"})"), Verdict::conforms);
  EXPECT_EQ(verdict("Resources[*].schemas[*]", R"({one_of: "${resource_type.schemas}"})"), Verdict::violates);
  EXPECT_EQ(verdict("Resources[*]", R"({keys: "${resource_type.members}"})"), Verdict::conforms);
  EXPECT_EQ(verdict("", R"({keys: "${resource_type.members}"})"), Verdict::violates);
  EXPECT_EQ(verdict("Resources[0].id", R"({is: "${resource_type.id}"})"), Verdict::violates);
  const auto only = [&](const std::string& name) {
    return judge_badges(product, "each: {resource_type: {only: [" + name +
                                     "]}}\nsteps:\n  - get: \"${resource_type.endpoint}\"\n    expect: {status: 200}\n")
        .verdict;
  };
  EXPECT_EQ(only("user"), Verdict::conforms);
  EXPECT_EQ(only("Group"), Verdict::not_applicable);
}

TEST(Session, what_is_created_names_the_extensions_that_are_required) {
  Badges product;
  judge_badges(product, "steps:\n  - create: amy\n    expect: {status: 201}\n");
  EXPECT_THAT(product.sent, HasSubstr(R"("schemas":["urn:x:2.0:User","urn:badge:2.0:User"])"));
}

TEST(Session, a_value_that_no_two_answers_may_share) {
  Badges product;
  const auto watch = [&](const std::string& text) {
    const auto creating = decode_probe(
        "probe: 1\ntitle: T\ncovers: [P-3.3-1]\nwhy: W\nfix: F\nsteps:\n  - create: amy\n  - create: bob\n"
        "    expect: {status: 201}\n",
        "scim/creates");
    const auto watching = decode_probe("probe: 1\ntitle: T\ncovers: [S-3.1-2]\nwhy: W\nfix: F\nwatch: " + text + "\n", "scim/w");
    EXPECT_TRUE(creating && watching);
    const Suite suite{"scim", {*creating, *watching}, 0};
    const auto judged = judge_service(suite, *Catalog::load(), options_for("badges"), [&](base::Clock&, base::Rng) {
      return std::make_unique<Borrowed>(product);
    });
    return case_of(judged.record, "scim/w");
  };
  const auto same = watch("{methods: [POST], distinct: id}");
  EXPECT_EQ(same.verdict, Verdict::violates);
  EXPECT_THAT(same.summary, HasSubstr(R"("7", as in the answer to POST /Users)"));
  EXPECT_EQ(same.exchanges.size(), 2U) << "both are shown";
  EXPECT_EQ(watch("{methods: [POST], distinct: meta.location}").verdict, Verdict::conforms) << "none has one";
}

TEST(Session, a_plan_sends_no_write) {
  const auto suite = suite_of("scim");
  const auto catalog = Catalog::load();
  CreatesNothingNew product;
  auto options = options_for("planned");
  options.plan = true;
  const auto judged = judge_service(suite, *catalog, options, [&](base::Clock&, base::Rng) {
    return std::make_unique<Borrowed>(product);
  });
  EXPECT_FALSE(judged.planned.empty());
  for (const auto& method : product.methods) EXPECT_TRUE(method.starts_with("GET ")) << method;
}

TEST(Selection, takes_clauses_sections_folders_and_tags) {
  Probe probe;
  probe.id = "scim/create/duplicate_user_name";
  probe.covers = {"P-3.3-7"};
  probe.tags = {"entra"};
  for (const auto* word : {"P-3.3-7", "P-3.3", "P-3", "scim/create", "scim", "entra", "scim/create/duplicate_user_name"})
    EXPECT_TRUE(selects(probe, word)) << word;
  for (const auto* word : {"P-3.3-77", "P-3.3-", "P-3.", "scim/crea", "okta"}) EXPECT_FALSE(selects(probe, word)) << word;
}

}  // namespace session_test
}  // namespace scenarios::probe
