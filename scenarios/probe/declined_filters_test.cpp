// A provider may refuse the filters that it does not support, each with 400 and invalidFilter [RFC7644 3.4.2.2, 3.12]. Here it
// refuses one kind of filter after the other, or all of them, and conforms in everything else: no case may blame it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "base/encoding.h"
#include "fakes/scim/provider.h"
#include "scenarios/probe/json_path.h"
#include "scenarios/probe/session.h"

namespace scenarios::probe {
namespace declined_filters_test {

using ::testing::AnyOf;

/// The filter of a request to a list, in small letters; empty where there is none.
std::string filter_of(const base::HttpRequest& request) {
  for (const std::string discovery : {"/Schemas", "/ResourceTypes", "/ServiceProviderConfig"}) {
    if (request.target.find(discovery) != std::string::npos) return {};
  }
  std::string found;
  if (request.method == "GET") {
    const auto begin = request.target.find("filter=");
    if (begin == std::string::npos) return {};
    const auto text = request.target.substr(begin + 7, request.target.find('&', begin) - begin - 7);
    found = base::percent_decode(text).value_or("");
  } else if (request.target.find("/.search") != std::string::npos) {
    const auto body = Value::parse(request.body, nullptr, false);
    const auto* filter = find_one(body, "filter");
    if (filter != nullptr && filter->is_string()) found = filter->get<std::string>();
  }
  for (auto& c : found) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return found;
}

/// What a provider does not support: filters in which one of these texts stands.
struct Unsupported {
  std::string name;
  std::vector<std::string> texts;
};

class Declines final : public base::HttpService {
 public:
  Declines(std::unique_ptr<base::HttpService> inner, Unsupported what) : inner_(std::move(inner)), what_(std::move(what)) {}

  base::Task<base::HttpResponse> handle(base::HttpRequest request) override {
    const auto filter = filter_of(request);
    for (const auto& text : what_.texts) {
      if (filter.empty() || filter.find(text) == std::string::npos || !request.headers.find("Authorization")) continue;
      co_return base::HttpResponse(
          400, "application/scim+json",
          R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"400","scimType":"invalidFilter",)"
          R"("detail":"This filter is not supported."})");
    }
    auto response = co_await inner_->handle(std::move(request));
    co_return response;
  }

 private:
  std::unique_ptr<base::HttpService> inner_;
  Unsupported what_;
};

class DeclinedFilters : public ::testing::TestWithParam<Unsupported> {};

TEST_P(DeclinedFilters, are_no_fault_of_the_product) {
  const auto suite = load_suite(std::string(LOCKSTEP_SOURCE_DIR) + "/scenarios/conformance", "scim");
  ASSERT_TRUE(suite) << suite.error().text;
  fakes::scim::ProviderOptions settings;
  settings.token = base::Secret("the-token");
  settings.base = {"https", std::string(product_host), 0, "/scim/v2", std::nullopt};
  SessionOptions options;
  options.target.name = options.target.text = "declining";
  options.run_mark = "t";
  options.target.base.path = settings.base.path;
  options.target.authorization.credential = settings.token;
  const auto judged = judge_service(*suite, *Catalog::load(), std::move(options), [&](base::Clock& clock, base::Rng rng) {
    return std::make_unique<Declines>(std::make_unique<fakes::scim::Provider>(clock, rng, settings), GetParam());
  });
  std::size_t declined = 0;
  for (const auto& one : judged.record.cases) {
    EXPECT_THAT(one.verdict, AnyOf(Verdict::conforms, Verdict::refused, Verdict::not_applicable)) << one.id << ": " << one.summary;
    if (one.verdict == Verdict::refused) ++declined;
  }
  EXPECT_GT(declined, 0U);
}

INSTANTIATE_TEST_SUITE_P(
    Conform, DeclinedFilters,
    ::testing::Values(Unsupported{"any", {" ", "("}}, Unsupported{"eq", {" eq "}}, Unsupported{"ne", {" ne "}}, Unsupported{"co", {" co "}},
                      Unsupported{"sw", {" sw "}}, Unsupported{"ew", {" ew "}}, Unsupported{"pr", {" pr"}},
                      Unsupported{"order", {" gt ", " ge ", " lt ", " le "}}, Unsupported{"and", {" and "}}, Unsupported{"or", {" or "}},
                      Unsupported{"not", {"not "}}, Unsupported{"round", {"("}}, Unsupported{"square", {"["}},
                      Unsupported{"user_name", {"username "}}, Unsupported{"display_name", {"displayname "}},
                      Unsupported{"external_id", {"externalid "}}, Unsupported{"id", {"id eq "}}, Unsupported{"active", {"active "}},
                      Unsupported{"emails", {"emails"}}, Unsupported{"name", {"name."}}, Unsupported{"meta", {"meta."}},
                      Unsupported{"members", {"members"}}, Unsupported{"extensions", {"urn:"}}),
    [](const auto& info) { return info.param.name; });

}  // namespace declined_filters_test
}  // namespace scenarios::probe
