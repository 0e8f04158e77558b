// Any JSON object as the body of a PATCH and as a posted resource, by both sets of rules; what is accepted
// has to be canonical, what is refused has to leave the resource alone.
#include "base/encoding.h"
#include "base/fuzz/fuzz_target.h"
#include "directory/scim/language_fixture.h"
#include "directory/scim/resource_patch.h"

namespace {

namespace scim = directory::scim;

void judge_error(const scim::ScimError& error) {
  base::require(!error.scim_type.empty() && !error.detail.empty() && base::is_utf8(error.detail),
                "a refusal says why, in text");
}

void judge_canonical(base::JsonObject resource, const scim::ResourceSchema& schema) {
  for (const auto* name : {"id", "meta", "groups"}) resource.erase(name);
  const auto canonical = scim::canonical_resource(resource, schema, scim::rfc_rules);
  base::require(canonical.has_value(), "a resource that was accepted can be posted");
  base::require(canonical->resource == resource, "a resource that was accepted is canonical");
}

void patch(const base::JsonObject& body, const base::JsonObject& before, const scim::ResourceSchema& schema,
           const scim::PatchRules& rules) {
  auto after = before;
  if (const auto done = scim::apply_patch(after, body, schema, rules)) {
    judge_canonical(after, schema);
  } else {
    judge_error(done.error());
    base::require(after == before, "a refused patch changes nothing");
  }
}

void post(const base::JsonObject& body, const scim::ResourceSchema& schema, const scim::PatchRules& rules) {
  if (const auto canonical = scim::canonical_resource(body, schema, rules)) {
    judge_canonical(canonical->resource, schema);
  } else {
    judge_error(canonical.error());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto json = base::parse_json(base::fuzz_text(data, size));
  if (!json || !json->is_object()) return 0;
  const auto& body = json->get_object();
  static const auto user = scim::barbara();
  static const auto group = scim::tour_guides();
  for (const auto& rules : {scim::rfc_rules, scim::vendor_rules}) {
    patch(body, user, scim::users(), rules);
    patch(body, group, scim::groups(), rules);
    post(body, scim::users(), rules);
    post(body, scim::groups(), rules);
  }
  return 0;
}
