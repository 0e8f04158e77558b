// What holds for every PATCH and every posted resource, over operations made of names and values that a user
// has, of ones that it has not, and of anything else.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "directory/scim/filter_evaluation.h"
#include "directory/scim/language_fixture.h"
#include "directory/scim/resource_patch.h"
#include "directory/scim/value_list.h"

namespace directory::scim {
namespace patch_law_test {

using base::Json;
using base::JsonArray;
using base::JsonObject;

const std::string enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

rc::Gen<std::string> any_target() {
  return rc::gen::oneOf(
      rc::gen::element<std::string>(
          "userName", "title", "nickName", "active", "name", "name.givenName", "name.familyName", "emails",
          "emails.value", R"(emails[type eq "work"])", R"(emails[type eq "work"].value)",
          R"(emails[type eq "work"].primary)", R"(emails[value pr].display)", R"(emails[primary eq true])",
          "addresses", R"(addresses[type eq "home"].region)", "roles", R"(roles[primary eq "True"].value)"),
      rc::gen::element<std::string>(
          "costCenter", enterprise, enterprise + ":department", enterprise + ".employeeNumber", "manager",
          "manager.value", enterprise + ":manager.displayName", "id", "meta.created", "groups", "schemas"),
      rc::gen::element<std::string>("noSuch", "name.noSuch", "emails[noSuch pr]", "emails[", "a..b", "", ".",
                                    "urn:x:y", "title.x", R"(title[value eq "x"])"));
}

rc::Gen<Json> any_scalar() {
  return rc::gen::oneOf(
      rc::gen::map(rc::gen::element<std::string>("", "x", "y", "True", "false", "work", "home", "a@b", "A@B",
                                                 "2026-01-05T08:00:00Z"),
                   [](const std::string& text) { return Json(text); }),
      rc::gen::map(rc::gen::arbitrary<bool>(), [](bool value) { return Json(value); }),
      rc::gen::map(rc::gen::arbitrary<std::int16_t>(), [](std::int16_t value) { return Json(value); }),
      rc::gen::just(Json(nullptr)), rc::gen::just(Json(0.5)));
}

rc::Gen<std::string> any_key() {
  return rc::gen::oneOf(
      rc::gen::element<std::string>("value", "type", "primary", "display", "Value", "$ref", "givenName",
                                    "familyName", "region", "formatted", "manager", "department"),
      any_target());
}

/// JSON of up to `depth` levels with the keys of a user.
rc::Gen<Json> any_json(int depth) {
  if (depth == 0) return any_scalar();
  const auto inner = any_json(depth - 1);
  const auto few = [](auto gen) { return rc::gen::resize(4, std::move(gen)); };
  return rc::gen::weightedOneOf<Json>(
      {{3, any_scalar()},
       {2, rc::gen::map(few(rc::gen::container<std::vector<Json>>(inner)),
                        [](const std::vector<Json>& values) {
                          return Json(JsonArray(values.begin(), values.end()));
                        })},
       {3, rc::gen::map(few(rc::gen::container<std::vector<std::pair<std::string, Json>>>(
                            rc::gen::pair(any_key(), inner))),
                        [](const std::vector<std::pair<std::string, Json>>& members) {
                          JsonObject object;
                          for (const auto& [key, value] : members) object[base::json_key(key)] = value;
                          return Json(object);
                        })}});
}

/// A value that has a chance at the path, more often than not.
rc::Gen<Json> any_value() {
  const auto mail = rc::gen::map(
      rc::gen::tuple(rc::gen::element<std::string>("a@b", "A@B", "c@d"),
                     rc::gen::element<std::string>("work", "home", ""), rc::gen::arbitrary<bool>()),
      [](const std::tuple<std::string, std::string, bool>& parts) {
        JsonObject value{{"value", std::get<0>(parts)}};
        if (!std::get<1>(parts).empty()) value["type"] = std::get<1>(parts);
        if (std::get<2>(parts)) value["primary"] = true;
        return Json(value);
      });
  const auto mails = rc::gen::map(
      rc::gen::resize(3, rc::gen::container<std::vector<Json>>(mail)),
      [](const std::vector<Json>& values) { return Json(JsonArray(values.begin(), values.end())); });
  return rc::gen::weightedOneOf<Json>({{3, any_scalar()}, {1, mail}, {2, mails}, {2, any_json(3)}});
}

rc::Gen<Json> any_operation() {
  return rc::gen::map(
      rc::gen::tuple(rc::gen::element<std::string>("add", "Replace", "remove", "replace", "move"),
                     rc::gen::weightedElement<bool>({{5, true}, {1, false}}), any_target(), any_value()),
      [](const std::tuple<std::string, bool, std::string, Json>& parts) {
        JsonObject operation{{"op", std::get<0>(parts)}};
        if (std::get<1>(parts)) operation["path"] = std::get<2>(parts);
        if (std::get<0>(parts) != "remove") operation["value"] = std::get<3>(parts);
        return Json(operation);
      });
}

JsonObject body_of(const std::vector<Json>& operations) {
  return JsonObject{{"schemas", JsonArray{"urn:ietf:params:scim:api:messages:2.0:PatchOp"}},
                    {"Operations", JsonArray(operations.begin(), operations.end())}};
}

rc::Gen<PatchRules> any_rules() {
  return rc::gen::element(rfc_rules, vendor_rules);
}

/// A user as it comes out of some operations on `barbara`.
rc::Gen<JsonObject> any_user() {
  return rc::gen::map(rc::gen::resize(6, rc::gen::container<std::vector<Json>>(any_operation())),
                      [](const std::vector<Json>& operations) {
                        auto user = barbara();
                        for (const auto& operation : operations)
                          (void)apply_patch(user, body_of({operation}), users(), vendor_rules);
                        return user;
                      });
}

void show(const JsonObject& user, const Json& operations) {
  RC_LOG() << base::to_text(user) << "\n" << base::to_text(operations);
}

/// A resource without what only the directory writes.
JsonObject writable_part(JsonObject user) {
  for (const auto* name : {"id", "meta", "groups"}) user.erase(name);
  return user;
}

bool is_scim_type(const std::string& type) {
  constexpr std::array<std::string_view, 8> types{"invalidFilter", "tooMany",       "uniqueness",
                                                  "mutability",    "invalidSyntax", "invalidPath",
                                                  "noTarget",      "invalidValue"};
  return std::ranges::find(types, type) != types.end();
}

RC_GTEST_PROP(PatchLaw, a_patch_is_applied_whole_or_refused_with_a_reason, ()) {
  const auto before = *any_user();
  const auto operations = *rc::gen::container<std::vector<Json>>(any_operation());
  RC_PRE(!operations.empty());
  auto after = before;
  const auto done = apply_patch(after, body_of(operations), users(), *any_rules());
  show(before, Json(body_of(operations)));
  if (done) return;
  RC_ASSERT(after == before);
  RC_ASSERT(is_scim_type(done.error().scim_type));
  RC_ASSERT(!done.error().detail.empty());
}

RC_GTEST_PROP(PatchLaw, any_body_is_applied_or_refused_with_a_reason, ()) {
  const auto body = JsonObject{{"Operations", *any_json(3)}};
  auto user = barbara();
  const auto done = apply_patch(user, body, users(), vendor_rules);
  RC_ASSERT((done.has_value() || is_scim_type(done.error().scim_type)));
}

/// What PATCH leaves behind is what reading it as a posted resource would make of it.
RC_GTEST_PROP(PatchLaw, a_patched_resource_is_canonical, ()) {
  const auto user = writable_part(*any_user());
  show(user, nullptr);
  const auto canonical = canonical_resource(user, users(), rfc_rules);
  RC_ASSERT(canonical.has_value());
  RC_ASSERT(canonical->resource == user);
}

RC_GTEST_PROP(PatchLaw, reading_a_canonical_resource_changes_nothing, ()) {
  const auto posted = *any_json(4);
  RC_PRE(posted.is_object());
  auto body = posted.get_object();
  body["userName"] = "amy";
  const auto canonical = canonical_resource(body, users(), vendor_rules);
  RC_PRE(canonical.has_value());
  const auto again = canonical_resource(canonical->resource, users(), rfc_rules);
  show(body, Json(canonical->resource));
  RC_ASSERT(again.has_value());
  RC_ASSERT(again->resource == canonical->resource);
  RC_ASSERT(again->ignored.empty());
}

// [RFC7643 2.4]
RC_GTEST_PROP(PatchLaw, one_value_of_a_list_is_primary_at_most, ()) {
  const auto user = *any_user();
  for (const auto& attribute : users().core().attributes) {
    const auto* value = base::member(user, attribute.name);
    if (value != nullptr && value->is_array()) RC_ASSERT(count_primaries(value->get_array()) <= 1U);
  }
}

/// A path that names the same values whatever they are.
rc::Gen<std::string> any_stable_target() {
  return rc::gen::suchThat(any_target(), [](const std::string& path) {
    return path.find('[') == std::string::npos && path != "emails.value";
  });
}

// [RFC7644 3.5.2.1]
RC_GTEST_PROP(PatchLaw, to_write_twice_is_to_write_once, ()) {
  const auto before = *any_user();
  JsonObject operation{{"op", *rc::gen::element<std::string>("add", "replace")}};
  operation["path"] = *any_stable_target();
  operation["value"] = *any_value();
  const auto rules = *any_rules();
  auto once = before;
  RC_PRE(apply_patch(once, body_of({operation}), users(), rules).has_value());
  auto twice = once;
  show(before, Json(operation));
  RC_ASSERT(apply_patch(twice, body_of({operation}), users(), rules).has_value());
  RC_ASSERT(twice == once);
}

// [RFC7644 3.5.2.2]
RC_GTEST_PROP(PatchLaw, what_was_removed_is_not_present, ()) {
  auto user = *any_user();
  const auto text = *any_target();
  const auto path = parse_target_path(text);
  RC_PRE((path.has_value() && users().find(path->attribute).has_value()));
  JsonObject operation{{"op", "remove"}, {"path", text}};
  RC_PRE(apply_patch(user, body_of({operation}), users(), rfc_rules).has_value());
  const auto present = parse_filter(text.ends_with(']') ? text : text + " pr").value();
  RC_LOG() << text << "\n" << base::to_text(user);
  RC_ASSERT(!matches(present, user, users()));
}

// [RFC7644 3.5.2.3]
RC_GTEST_PROP(PatchLaw, what_was_replaced_is_what_was_given, ()) {
  auto user = *any_user();
  const auto path =
      *rc::gen::element<std::string>("userName", "title", "name.givenName", "costCenter",
                                     enterprise + ":manager.value", R"(emails[type eq "work"].value)");
  const auto given = *rc::gen::element<std::string>("x", "y z", "\"", "Zo\xC3\xAB");
  JsonObject operation{{"op", "replace"}, {"path", path}, {"value", given}};
  RC_ASSERT(apply_patch(user, body_of({operation}), users(), vendor_rules).has_value());
  RC_ASSERT(matches(parse_filter(path + " eq " + base::to_text(Json(given))).value(), user, users()));
}

/// Operations that none of the others makes impossible.
rc::Gen<Json> any_sound_operation() {
  const auto text = rc::gen::element<std::string>(
      R"({"op": "add", "path": "nickName", "value": "Babs"})", R"({"op": "remove", "path": "nickName"})",
      R"({"op": "replace", "path": "name", "value": {"givenName": "B", "middleName": "J"}})",
      R"({"op": "remove", "path": "name.givenName"})",
      R"({"op": "add", "path": "emails", "value": [{"value": "c@d", "primary": true}, {"value": "babs@jensen.org", "type": "home"}]})",
      R"({"op": "remove", "path": "emails[type eq \"work\" or primary eq true]"})",
      R"({"op": "replace", "path": "emails", "value": {"value": "e@f"}})",
      R"({"op": "remove", "path": "emails.display"})",
      R"({"op": "replace", "value": {"title": "x", "emails": []}})",
      R"({"op": "remove", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"})",
      R"({"op": "add", "path": "costCenter", "value": "7"})",
      R"({"op": "replace", "path": "manager", "value": {"value": "m"}})");
  return rc::gen::map(text, [](const std::string& operation) { return base::parse_json(operation).value(); });
}

// [RFC7644 3.5.2]
RC_GTEST_PROP(PatchLaw, operations_in_one_patch_are_patches_one_by_one, ()) {
  const auto operations =
      *rc::gen::resize(8, rc::gen::nonEmpty(rc::gen::container<std::vector<Json>>(any_sound_operation())));
  show(barbara(), Json(body_of(operations)));
  auto together = barbara();
  RC_ASSERT(apply_patch(together, body_of(operations), users(), rfc_rules).has_value());
  auto apart = barbara();
  for (const auto& operation : operations)
    RC_ASSERT(apply_patch(apart, body_of({operation}), users(), rfc_rules).has_value());
  RC_ASSERT(apart == together);
}

}  // namespace patch_law_test
}  // namespace directory::scim
