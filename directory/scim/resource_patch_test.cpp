// PATCH to the letter of RFC 7644 section 3.5.2: its own examples, its refusals, and that a refusal changes
// nothing.
#include "directory/scim/resource_patch.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "directory/scim/language_fixture.h"

namespace directory::scim {
namespace resource_patch_test {

using base::Json;
using base::JsonObject;

JsonObject body(std::string_view operations) {
  return object(fmt::format(
      R"({{"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{}]}})", operations));
}

/// The resource after the operations.
JsonObject patched(JsonObject resource, std::string_view operations, const ResourceSchema& schema = users()) {
  const auto done = apply_patch(resource, body(operations), schema, rfc_rules);
  EXPECT_TRUE(done.has_value()) << operations << ": " << (done ? "" : done.error().detail);
  return resource;
}

/// The scimType with which the operations are refused; the resource is checked to be as it was.
std::string refusal(const JsonObject& resource, std::string_view operations,
                    const ResourceSchema& schema = users()) {
  auto after = resource;
  const auto done = apply_patch(after, body(operations), schema, rfc_rules);
  EXPECT_EQ(after, resource) << operations;
  if (done) return "accepted";
  EXPECT_FALSE(done.error().detail.empty());
  return done.error().scim_type;
}

std::string refusal(std::string_view operations) {
  return refusal(barbara(), operations);
}

Json json(std::string_view text) {
  return base::parse_json(text).value();
}

/// `barbara` with one member replaced, or removed where the text is empty.
JsonObject barbara_with(std::string_view member, std::string_view text) {
  auto user = barbara();
  if (text.empty()) {
    user.erase(base::json_key(member));
  } else {
    user[base::json_key(member)] = json(text);
  }
  return user;
}

const std::string enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

// add

// [RFC7644 3.5.2.1]: the examples of the section.
TEST(ResourcePatch, adds_as_in_the_examples_of_the_rfc) {
  const auto group = patched(tour_guides(), R"({"op": "add", "path": "members", "value": [
      {"display": "James", "$ref": "https://example.com/v2/Users/08e1d05d", "value": "08e1d05d"}]})",
                             groups());
  EXPECT_EQ(group.at("members").as_array().size(), 4U);
  EXPECT_EQ(
      group.at("members").as_array().at(3),
      json(R"({"display": "James", "$ref": "https://example.com/v2/Users/08e1d05d", "value": "08e1d05d"})"));

  const auto user = patched(barbara(), R"({"op": "add", "value": {
      "emails": [{"value": "babs@work.example", "type": "other"}], "nickName": "Babs"}})");
  EXPECT_EQ(user.at("nickName"), Json("Babs"));
  EXPECT_EQ(user.at("emails").as_array().size(), 3U);
}

// [RFC7644 3.5.2.1]
TEST(ResourcePatch, add_sets_what_is_unset_and_replaces_a_single_value) {
  EXPECT_EQ(patched(barbara(), R"({"op": "add", "path": "nickName", "value": "Babs"})"),
            barbara_with("nickName", R"("Babs")"));
  EXPECT_EQ(patched(barbara(), R"({"op": "add", "path": "title", "value": "Vice President"})"),
            barbara_with("title", R"("Vice President")"));
  EXPECT_EQ(patched(barbara(),
                    R"({"op": "add", "path": "phoneNumbers", "value": [{"value": "+1", "type": "work"}]})"),
            barbara_with("phoneNumbers", R"([{"value": "+1", "type": "work"}])"));
  EXPECT_EQ(
      patched(barbara(), R"({"op": "add", "path": "name.middleName", "value": "Jane"})"),
      barbara_with("name", R"({"familyName": "Jensen", "givenName": "Barbara", "middleName": "Jane"})"));
}

// [RFC7644 3.5.2.1]
TEST(ResourcePatch, add_to_a_complex_attribute_leaves_the_other_sub_attributes) {
  EXPECT_EQ(
      patched(barbara(),
              R"({"op": "add", "path": "name", "value": {"givenName": "Babs", "honorificPrefix": "Ms."}})"),
      barbara_with("name", R"({"familyName": "Jensen", "givenName": "Babs", "honorificPrefix": "Ms."})"));
}

// [RFC7644 3.5.2.1]: a list or one value of it alike.
TEST(ResourcePatch, add_appends_to_a_list) {
  const auto expected =
      barbara_with("emails", R"([{"value": "bjensen@example.com", "type": "work", "primary": true},
      {"value": "babs@jensen.org", "type": "home"}, {"value": "x@y.z"}])");
  EXPECT_EQ(patched(barbara(), R"({"op": "add", "path": "emails", "value": [{"value": "x@y.z"}]})"),
            expected);
  EXPECT_EQ(patched(barbara(), R"({"op": "add", "path": "emails", "value": {"value": "x@y.z"}})"), expected);
}

// [RFC7644 3.5.2.1]: what is there already is not added again.
TEST(ResourcePatch, add_of_what_is_there_changes_nothing) {
  EXPECT_EQ(patched(barbara(), R"({"op": "add", "path": "title", "value": "Tour Guide"})"), barbara());
  EXPECT_EQ(
      patched(barbara(),
              R"({"op": "add", "path": "emails", "value": [{"value": "BABS@jensen.org", "type": "home"}]})"),
      barbara_with("emails", R"([{"value": "bjensen@example.com", "type": "work", "primary": true},
                {"value": "BABS@jensen.org", "type": "home"}])"));
  EXPECT_EQ(
      patched(
          tour_guides(),
          R"({"op": "add", "path": "members", "value": [{"value": "u1"}, {"value": "u2", "display": "B"}]})",
          groups()),
      patched(tour_guides(),
              R"({"op": "add", "path": "members", "value": [{"value": "u2", "display": "B"}]})", groups()));
  EXPECT_EQ(patched(tour_guides(),
                    R"({"op": "add", "path": "members", "value": [{"value": "u1", "display": "Other"}]})",
                    groups()),
            tour_guides());
  const auto twice =
      patched(tour_guides(),
              R"({"op": "add", "path": "members", "value": [{"value": "u9"}, {"value": "u9"}]})", groups());
  EXPECT_EQ(twice.at("members").as_array().size(), 4U);
  EXPECT_EQ(
      patched(
          barbara(),
          R"({"op": "add", "path": "addresses", "value": {"type": "home", "streetAddress": "456 Hollywood Blvd"}})"),
      barbara());
}

TEST(ResourcePatch, one_value_may_be_kept_for_two_purposes) {
  const auto user =
      patched(barbara(),
              R"({"op": "add", "path": "emails", "value": [{"value": "babs@jensen.org", "type": "other"}]})");
  EXPECT_EQ(user.at("emails").as_array().size(), 3U);
}

TEST(ResourcePatch, add_works_on_the_value_that_a_filter_selects) {
  EXPECT_EQ(
      patched(barbara(), R"({"op": "add", "path": "emails[type eq \"home\"].display", "value": "Home"})")
          .at("emails"),
      json(R"([{"value": "bjensen@example.com", "type": "work", "primary": true},
                     {"value": "babs@jensen.org", "type": "home", "display": "Home"}])"));
  EXPECT_EQ(
      patched(barbara(), R"({"op": "add", "path": "addresses[type eq \"home\"]", "value": {"region": "CA"}})")
          .at("addresses"),
      json(R"([{"type": "work", "streetAddress": "100 Universal City Plaza", "locality": "Hollywood"},
                     {"type": "home", "streetAddress": "456 Hollywood Blvd", "region": "CA"}])"));
}

// [RFC7644 3.5.2]
TEST(ResourcePatch, adding_by_urn_adds_the_schema) {
  auto plain = barbara_with(enterprise, "");
  plain["schemas"] = json(R"(["urn:ietf:params:scim:schemas:core:2.0:User"])");
  const auto user = patched(
      plain, fmt::format(R"({{"op": "add", "path": "{}:employeeNumber", "value": "7"}})", enterprise));
  EXPECT_EQ(user.at(enterprise), json(R"({"employeeNumber": "7"})"));
  EXPECT_EQ(user.at("schemas"), barbara().at("schemas"));
  const auto whole = patched(
      plain, fmt::format(R"({{"op": "add", "value": {{"{}": {{"employeeNumber": "7"}}}}}})", enterprise));
  EXPECT_EQ(whole, user);
}

// remove

// [RFC7644 3.5.2.2]: the examples of the section.
TEST(ResourcePatch, removes_as_in_the_examples_of_the_rfc) {
  EXPECT_EQ(patched(tour_guides(), R"({"op": "remove", "path": "members[value eq \"u2\"]"})", groups())
                .at("members"),
            json(R"([{"value": "u1", "display": "Babs", "type": "User"}, {"value": "u3"}])"));
  EXPECT_FALSE(
      patched(tour_guides(), R"({"op": "remove", "path": "members"})", groups()).contains("members"));
  EXPECT_EQ(patched(barbara(),
                    R"({"op": "remove", "path": "emails[type eq \"work\" and value ew \"example.com\"]"})")
                .at("emails"),
            json(R"([{"value": "babs@jensen.org", "type": "home"}])"));
  EXPECT_EQ(patched(tour_guides(), R"({"op": "remove", "path": "members[value eq \"u1\" or value eq \"u2\"]"},
                {"op": "add", "path": "members", "value": [{"value": "u4"}]})",
                    groups())
                .at("members"),
            json(R"([{"value": "u3"}, {"value": "u4"}])"));
}

// [RFC7644 3.5.2.2]
TEST(ResourcePatch, what_is_removed_is_unassigned) {
  EXPECT_EQ(patched(barbara(), R"({"op": "remove", "path": "title"})"), barbara_with("title", ""));
  EXPECT_EQ(patched(barbara(), R"({"op": "remove", "path": "name"})"), barbara_with("name", ""));
  EXPECT_EQ(patched(barbara(), R"({"op": "remove", "path": "name.givenName"})"),
            barbara_with("name", R"({"familyName": "Jensen"})"));
  EXPECT_EQ(
      patched(barbara(),
              R"({"op": "remove", "path": "name.givenName"}, {"op": "remove", "path": "name.familyName"})"),
      barbara_with("name", ""));
  EXPECT_EQ(patched(barbara(), R"({"op": "remove", "path": "emails[type eq \"work\"].primary"})")
                .at("emails")
                .as_array()
                .at(0),
            json(R"({"value": "bjensen@example.com", "type": "work"})"));
  EXPECT_EQ(patched(barbara(), R"({"op": "remove", "path": "nickName"})"), barbara());
}

// [RFC7644 3.5.2.2]: with its last value the attribute is unassigned.
TEST(ResourcePatch, the_last_value_takes_the_attribute_with_it) {
  EXPECT_EQ(patched(barbara(), R"({"op": "remove", "path": "emails[value pr]"})"),
            barbara_with("emails", ""));
  EXPECT_FALSE(patched(tour_guides(), R"({"op": "remove", "path": "members[value sw \"u\"]"})", groups())
                   .contains("members"));
}

TEST(ResourcePatch, removing_a_value_that_is_not_there_changes_nothing) {
  EXPECT_EQ(patched(tour_guides(), R"({"op": "remove", "path": "members[value eq \"stranger\"]"})", groups()),
            tour_guides());
  EXPECT_EQ(patched(barbara(), R"({"op": "remove", "path": "phoneNumbers[type eq \"work\"]"})"), barbara());
}

TEST(ResourcePatch, an_extension_goes_with_its_last_attribute_or_as_a_whole) {
  auto without = barbara_with(enterprise, "");
  without["schemas"] = json(R"(["urn:ietf:params:scim:schemas:core:2.0:User"])");
  EXPECT_EQ(patched(barbara(), fmt::format(R"({{"op": "remove", "path": "{}"}})", enterprise)), without);
  EXPECT_EQ(patched(barbara(), fmt::format(R"({{"op": "remove", "path": "{0}:employeeNumber"}},
                {{"op": "remove", "path": "{0}:department"}}, {{"op": "remove", "path": "{0}:manager"}})",
                                           enterprise)),
            without);
}

// replace

// [RFC7644 3.5.2.3]: the examples of the section.
TEST(ResourcePatch, replaces_as_in_the_examples_of_the_rfc) {
  EXPECT_EQ(patched(tour_guides(),
                    R"({"op": "replace", "path": "members", "value": [{"value": "u7"}, {"value": "u8"}]})",
                    groups())
                .at("members"),
            json(R"([{"value": "u7"}, {"value": "u8"}])"));
  const auto user = patched(
      barbara(), R"({"op": "replace", "value": {"emails": [{"value": "bjensen@example.com", "type": "work",
      "primary": true}, {"value": "babs@jensen.org", "type": "home"}], "nickName": "Babs"}})");
  EXPECT_EQ(user, barbara_with("nickName", R"("Babs")"));
  EXPECT_EQ(
      patched(barbara(), R"({"op": "replace", "path": "addresses[type eq \"work\"]", "value": {"type": "work",
                "streetAddress": "911 Universal City Plaza", "country": "US"}})")
          .at("addresses")
          .as_array()
          .at(0),
      json(R"({"type": "work", "streetAddress": "911 Universal City Plaza", "country": "US"})"));
  EXPECT_EQ(patched(barbara(), R"({"op": "replace", "path": "addresses[type eq \"work\"].streetAddress",
                "value": "1010 Broadway Ave"})")
                .at("addresses")
                .as_array()
                .at(0),
            json(R"({"type": "work", "streetAddress": "1010 Broadway Ave", "locality": "Hollywood"})"));
}

// [RFC7644 3.5.2.3]
TEST(ResourcePatch, replace_sets_single_values_and_leaves_what_it_does_not_name) {
  EXPECT_EQ(patched(barbara(), R"({"op": "replace", "path": "active", "value": false})"),
            barbara_with("active", "false"));
  EXPECT_EQ(patched(barbara(), R"({"op": "replace", "path": "nickName", "value": "Babs"})"),
            barbara_with("nickName", R"("Babs")"));
  EXPECT_EQ(patched(barbara(), R"({"op": "replace", "path": "name", "value": {"givenName": "Babs"}})"),
            barbara_with("name", R"({"familyName": "Jensen", "givenName": "Babs"})"));
  EXPECT_EQ(patched(barbara(), R"({"op": "replace", "path": "emails", "value": [{"value": "x@y.z"}]})"),
            barbara_with("emails", R"([{"value": "x@y.z"}])"));
  EXPECT_EQ(
      patched(barbara(),
              fmt::format(R"({{"op": "replace", "path": "{}:manager.value", "value": "x"}})", enterprise))
          .at(enterprise),
      json(R"({"employeeNumber": "701984", "department": "Tour Operations", "manager": {"value": "x"}})"));
}

// [RFC7644 3.5.2.3]: all values that match.
TEST(ResourcePatch, replace_changes_every_value_that_a_filter_selects) {
  EXPECT_EQ(patched(barbara(), R"({"op": "replace", "path": "emails[value pr].display", "value": "x"})")
                .at("emails"),
            json(R"([{"value": "bjensen@example.com", "type": "work", "primary": true, "display": "x"},
                     {"value": "babs@jensen.org", "type": "home", "display": "x"}])"));
}

// [RFC7643 2.5]
TEST(ResourcePatch, null_and_empty_lists_unassign) {
  EXPECT_EQ(patched(barbara(), R"({"op": "replace", "path": "title", "value": null})"),
            barbara_with("title", ""));
  EXPECT_EQ(patched(barbara(), R"({"op": "replace", "path": "name", "value": null})"),
            barbara_with("name", ""));
  EXPECT_EQ(patched(barbara(), R"({"op": "replace", "path": "name", "value": {"givenName": null}})"),
            barbara_with("name", R"({"familyName": "Jensen"})"));
  EXPECT_EQ(patched(barbara(), R"({"op": "replace", "path": "emails", "value": []})"),
            barbara_with("emails", ""));
  EXPECT_EQ(patched(barbara(), R"({"op": "replace", "path": "emails", "value": null})"),
            barbara_with("emails", ""));
  EXPECT_EQ(patched(barbara(), R"({"op": "add", "path": "emails", "value": []})"), barbara());
  EXPECT_EQ(patched(barbara(), R"({"op": "replace", "path": "emails[type eq \"work\"]", "value": null})")
                .at("emails"),
            json(R"([{"value": "babs@jensen.org", "type": "home"}])"));
}

// [RFC7643 2.4]: a value is there once.
TEST(ResourcePatch, values_that_became_the_same_are_one) {
  EXPECT_EQ(
      patched(barbara(), R"({"op": "replace", "path": "emails[type eq \"home\"]", "value": {"type": "work",
      "value": "bjensen@example.com", "display": "B"}})")
          .at("emails"),
      json(R"([{"value": "bjensen@example.com", "type": "work", "primary": true, "display": "B"}])"));
  const auto twofold =
      barbara_with("emails", R"([{"value": "a", "type": "work"}, {"value": "a", "type": "home"}])");
  EXPECT_EQ(patched(twofold, R"({"op": "remove", "path": "emails.type"})").at("emails"),
            json(R"([{"value": "a"}])"));
}

// One primary

// [RFC7644 3.5.2]: the server makes the former primary value secondary.
TEST(ResourcePatch, a_new_primary_value_is_the_only_one) {
  EXPECT_EQ(
      patched(barbara(), R"({"op": "add", "path": "emails", "value": [{"value": "x@y.z", "primary": true}]})")
          .at("emails"),
      json(R"([{"value": "bjensen@example.com", "type": "work", "primary": false},
                     {"value": "babs@jensen.org", "type": "home"}, {"value": "x@y.z", "primary": true}])"));
  EXPECT_EQ(
      patched(barbara(), R"({"op": "replace", "path": "emails[type eq \"home\"].primary", "value": true})")
          .at("emails"),
      json(R"([{"value": "bjensen@example.com", "type": "work", "primary": false},
                     {"value": "babs@jensen.org", "type": "home", "primary": true}])"));
  EXPECT_EQ(
      patched(barbara(),
              R"({"op": "add", "path": "emails", "value": [{"value": "babs@jensen.org", "primary": true}]})")
          .at("emails"),
      json(R"([{"value": "bjensen@example.com", "type": "work", "primary": false},
                     {"value": "babs@jensen.org", "type": "home", "primary": true}])"));
}

// [RFC7643 2.4]
TEST(ResourcePatch, two_primary_values_at_once_are_refused) {
  for (const auto* op : {"add", "replace"}) {
    EXPECT_EQ(
        refusal(fmt::format(R"({{"op": "{}", "path": "emails", "value": [{{"value": "a", "primary": true}},
                                     {{"value": "b", "primary": true}}]}})",
                            op)),
        "invalidValue");
  }
  EXPECT_EQ(refusal(R"({"op": "replace", "path": "emails[value pr].primary", "value": true})"),
            "invalidValue");
}

// Order and atomicity

// [RFC7644 3.5.2]: each operation works on the result of the one before.
TEST(ResourcePatch, operations_apply_in_order) {
  EXPECT_EQ(
      patched(
          barbara(),
          R"({"op": "add", "path": "nickName", "value": "a"}, {"op": "replace", "path": "nickName", "value": "b"},
                {"op": "remove", "path": "nickName"})"),
      barbara());
  EXPECT_EQ(
      patched(
          tour_guides(),
          R"({"op": "remove", "path": "members"}, {"op": "add", "path": "members", "value": [{"value": "n"}]})",
          groups())
          .at("members"),
      json(R"([{"value": "n"}])"));
}

// [RFC7644 3.5.2]: a failed operation undoes all; refusal() compares.
TEST(ResourcePatch, a_failed_operation_leaves_nothing_of_the_others) {
  EXPECT_EQ(
      refusal(
          R"({"op": "replace", "path": "title", "value": "x"}, {"op": "replace", "path": "id", "value": "x"})"),
      "mutability");
  EXPECT_EQ(
      refusal(
          R"({"op": "remove", "path": "emails"}, {"op": "replace", "path": "emails[type eq \"x\"].value", "value": "x"})"),
      "noTarget");
}

// Refusals

// [RFC7644 3.5.2]
TEST(ResourcePatch, refuses_bodies_that_are_no_patch) {
  const auto refused = [](std::string_view text) {
    auto user = barbara();
    const auto done = apply_patch(user, object(text), users(), rfc_rules);
    return done ? "accepted" : done.error().scim_type;
  };
  const std::string schemas = R"("schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"])";
  for (const auto& text :
       {std::string("{}"), "{" + schemas + "}", "{" + schemas + R"(, "Operations": []})",
        "{" + schemas + R"(, "Operations": {"op": "remove", "path": "title"}})",
        "{" + schemas + R"(, "Operations": ["remove"]})", "{" + schemas + R"(, "Operations": null})",
        std::string(R"({"Operations": [{"op": "remove", "path": "title"}]})"),
        std::string(R"({"schemas": ["urn:x"], "Operations": [{"op": "remove", "path": "title"}]})")}) {
    EXPECT_EQ(refused(text), "invalidSyntax") << text;
  }
}

// [RFC7644 3.5.2]
TEST(ResourcePatch, refuses_operations_that_are_none) {
  EXPECT_EQ(refusal(R"({"op": "move", "path": "title", "value": "x"})"), "invalidSyntax");
  EXPECT_EQ(refusal(R"({"path": "title", "value": "x"})"), "invalidSyntax");
  EXPECT_EQ(refusal(R"({"op": 1, "path": "title"})"), "invalidSyntax");
  EXPECT_EQ(refusal(R"({"op": "add", "path": "title"})"), "invalidValue");
  EXPECT_EQ(refusal(R"({"op": "replace", "path": "title"})"), "invalidValue");
  EXPECT_EQ(refusal(R"({"op": "add", "value": "x"})"), "invalidValue");
  EXPECT_EQ(refusal(R"({"op": "remove"})"), "noTarget");
  EXPECT_EQ(refusal(R"({"op": "remove", "path": "emails", "value": [{"value": "x"}]})"), "invalidValue");
}

// [RFC7644 3.5.2]
TEST(ResourcePatch, refuses_paths_that_are_malformed_or_unknown) {
  for (const auto* path : {"a..b", "a[", R"([x eq \"1\"])", R"(emails[type eq])", "noSuch", "name.noSuch",
                           "userName.x", "urn:ietf:params:scim:schemas:core:2.0:Group:displayName", "",
                           R"(name[familyName eq \"Jensen\"].givenName)", R"(userName[value eq \"x\"])"}) {
    EXPECT_EQ(refusal(fmt::format(R"({{"op": "replace", "path": "{}", "value": "x"}})", path)), "invalidPath")
        << path;
  }
  EXPECT_EQ(refusal(R"({"op": "replace", "path": 5, "value": "x"})"), "invalidPath");
  EXPECT_EQ(refusal(R"({"op": "remove", "path": "noSuch"})"), "invalidPath");
  EXPECT_EQ(refusal(R"({"op": "replace", "value": {"noSuch": "x"}})"), "invalidSyntax");
  EXPECT_EQ(refusal(R"({"op": "replace", "value": {"name": {"noSuch": "x"}}})"), "invalidSyntax");
}

// [RFC7644 3.12]: invalidFilter is also for the filter of a path.
TEST(ResourcePatch, refuses_filters_that_the_attribute_cannot_answer) {
  EXPECT_EQ(refusal(R"({"op": "remove", "path": "emails[primary gt true]"})"), "invalidFilter");
  EXPECT_EQ(refusal(R"({"op": "replace", "path": "emails[noSuch eq \"x\"].value", "value": "x"})"),
            "invalidFilter");
}

// [RFC7644 3.5.2]
TEST(ResourcePatch, read_only_attributes_stay) {
  for (const auto* path :
       {"id", "meta", "meta.created", "groups", R"(groups[value eq \"e9e30dba\"])",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.displayName"}) {
    EXPECT_EQ(refusal(fmt::format(R"({{"op": "replace", "path": "{}", "value": "x"}})", path)), "mutability")
        << path;
    EXPECT_EQ(refusal(fmt::format(R"({{"op": "remove", "path": "{}"}})", path)), "mutability") << path;
  }
}

// [RFC7644 3.5.2.2]
TEST(ResourcePatch, required_attributes_stay) {
  EXPECT_EQ(refusal(R"({"op": "remove", "path": "userName"})"), "mutability");
  EXPECT_EQ(refusal(tour_guides(), R"({"op": "remove", "path": "displayName"})", groups()), "mutability");
  EXPECT_EQ(refusal(R"({"op": "replace", "path": "userName", "value": null})"), "invalidValue");
  EXPECT_EQ(refusal(R"({"op": "replace", "path": "userName", "value": ""})"), "invalidValue");
}

// [RFC7643 4.2]: members come and go; what a member is does not change.
TEST(ResourcePatch, immutable_sub_attributes_are_set_once) {
  EXPECT_EQ(
      refusal(tour_guides(), R"({"op": "replace", "path": "members[value eq \"u1\"].value", "value": "u9"})",
              groups()),
      "mutability");
  EXPECT_EQ(
      refusal(tour_guides(), R"({"op": "remove", "path": "members[value eq \"u1\"].display"})", groups()),
      "mutability");
  const auto group =
      patched(tour_guides(), R"({"op": "add", "path": "members[value eq \"u3\"].display", "value": "Cy"},
      {"op": "add", "path": "members[value eq \"u1\"].display", "value": "Babs"})",
              groups());
  EXPECT_EQ(group.at("members").as_array().at(2), json(R"({"value": "u3", "display": "Cy"})"));
}

// [RFC7644 3.5.2.3]
TEST(ResourcePatch, a_filter_that_selects_nothing_has_no_target) {
  EXPECT_EQ(refusal(R"({"op": "replace", "path": "emails[type eq \"nope\"].value", "value": "x"})"),
            "noTarget");
  EXPECT_EQ(
      refusal(R"({"op": "replace", "path": "phoneNumbers[type eq \"work\"]", "value": {"value": "x"}})"),
      "noTarget");
}

// [RFC7644 3.5.2] [RFC7643 2.3]
TEST(ResourcePatch, values_are_of_the_type_of_the_attribute) {
  for (const auto* operation :
       {R"("path": "active", "value": "maybe")", R"("path": "active", "value": "False")",
        R"("path": "active", "value": 1)", R"("path": "title", "value": 5)",
        R"("path": "title", "value": ["x"])", R"("path": "title", "value": {"value": "x"})",
        R"("path": "name", "value": "x")", R"("path": "name", "value": [])",
        R"("path": "emails", "value": "x")", R"("path": "emails", "value": ["x"])",
        R"("path": "emails", "value": [{"value": "x", "primary": "yes"}])",
        R"("path": "emails[type eq \"work\"]", "value": "x")",
        R"("path": "x509Certificates", "value": [{"value": "no base64"}])",
        R"("path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", "value": "x")",
        R"("path": "manager", "value": "26118915")"}) {
    EXPECT_EQ(refusal(fmt::format(R"({{"op": "replace", {}}})", operation)), "invalidValue") << operation;
  }
}

TEST(ResourcePatch, a_sub_attribute_of_many_values_needs_a_filter) {
  EXPECT_EQ(patched(barbara(), R"({"op": "replace", "path": "emails.value", "value": "new@example.com"})")
                .at("emails")
                .as_array()
                .at(0),
            json(R"({"value": "new@example.com", "type": "work", "primary": true})"));
  const auto secondary = barbara_with("emails", R"([{"value": "a"}, {"value": "b"}])");
  EXPECT_EQ(refusal(secondary, R"({"op": "replace", "path": "emails.value", "value": "x"})"), "invalidPath");
  EXPECT_EQ(refusal(R"({"op": "replace", "path": "phoneNumbers.value", "value": "x"})"), "noTarget");
}

TEST(ResourcePatch, has_a_thousand_operations_at_most) {
  const auto many = [](std::size_t count) {
    std::string operations;
    for (std::size_t i = 0; i < count; ++i)
      operations += std::string(i == 0 ? "" : ",") + R"({"op": "remove", "path": "title"})";
    return operations;
  };
  ASSERT_EQ(most_patch_operations, 1000U);
  EXPECT_EQ(refusal(barbara_with("title", ""), many(1000)), "accepted");
  EXPECT_EQ(refusal(many(1001)), "tooMany");
}

TEST(ResourcePatch, a_detail_quotes_only_well_formed_text) {
  auto user = barbara();
  const auto done = apply_patch(user, body(R"({"op": "replace", "path": "\u00e9\u00e9", "value": "x"})"),
                                users(), rfc_rules);
  ASSERT_FALSE(done.has_value());
  EXPECT_TRUE(base::parse_json(base::to_text(Json(done.error().detail))).has_value());
  EXPECT_EQ(excerpt("\xC3\xA9\xC3\xA9", 3), "\xC3\xA9");
  EXPECT_EQ(excerpt("a\xFFz"), "a?z");
}

}  // namespace resource_patch_test
}  // namespace directory::scim
