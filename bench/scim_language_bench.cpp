// SCIM's own language in the directory: a filter read and held against a user, a user posted, a PATCH in Entra's dialect applied.
#include <benchmark/benchmark.h>

#include "base/json.h"
#include "bench/sample_user.h"
#include "directory/scim/filter_evaluation.h"
#include "directory/scim/resource_patch.h"

namespace bench {
namespace {

namespace scim = directory::scim;

constexpr std::string_view filter_text =
    R"(userName sw "chloe" and (emails[type eq "work" and value co "@example.test"] or name.familyName eq "Lee") and not (active eq false))";

constexpr std::string_view patch_text = R"({
  "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
  "Operations": [
    {"op": "Replace", "path": "displayName", "value": "Chloë Lee"},
    {"op": "Replace", "path": "name.familyName", "value": "Lee"},
    {"op": "Add", "path": "emails[type eq \"work\"].value", "value": "chloe.lee@example.test"},
    {"op": "Replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "value": "Sales"},
    {"op": "Replace", "path": "active", "value": "False"}]
})";

const base::JsonObject& user() {
  static const auto object = base::parse_json(sample_user).value().as_object();
  return object;
}
const scim::ResourceSchema& schema() {
  static const auto users = scim::user_resource_schema();
  return users;
}

void scim_filter_parse(benchmark::State& state) {
  for (auto _ : state) {
    const auto filter = scim::parse_filter(filter_text);
    if (!filter || !scim::check_filter(*filter, schema())) state.SkipWithError("refused");
  }
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(filter_text.size()));
}
BENCHMARK(scim_filter_parse);

void scim_filter_match(benchmark::State& state) {
  const auto filter = scim::parse_filter(filter_text).value();
  for (auto _ : state) {
    if (!scim::matches(filter, user(), schema())) state.SkipWithError("no match");
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(scim_filter_match);

void scim_patch_apply(benchmark::State& state) {
  const auto patch = base::parse_json(patch_text).value().as_object();
  for (auto _ : state) {
    auto changed = user();
    if (!scim::apply_patch(changed, patch, schema(), scim::vendor_rules)) state.SkipWithError("refused");
    benchmark::DoNotOptimize(changed);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(scim_patch_apply);

void scim_posted_user(benchmark::State& state) {
  for (auto _ : state) {
    const auto read = scim::canonical_resource(user(), schema(), scim::vendor_rules);
    if (!read) state.SkipWithError("refused");
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(scim_posted_user);

}  // namespace
}  // namespace bench
