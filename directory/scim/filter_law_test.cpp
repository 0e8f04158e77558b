// What holds for every filter: it comes back from its text, it means what a naive reading of the RFC says,
// and no text breaks the parser.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/encoding.h"
#include "directory/scim/filter_evaluation.h"
#include "directory/scim/filter_fixture.h"
#include "directory/scim/language_fixture.h"

namespace directory::scim {
namespace filter_law_test {

using base::Json;
using base::JsonObject;

const std::string enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

// Text

rc::Gen<std::string> any_name() {
  return rc::gen::element<std::string>("a", "userName", "not", "and", "pr", "$ref", "x-1_", "TRUE");
}

rc::Gen<AttributePath> any_path() {
  return rc::gen::map(rc::gen::tuple(rc::gen::element<std::string>("", "", "urn:x", enterprise), any_name(),
                                     rc::gen::arbitrary<bool>(), any_name()),
                      [](const std::tuple<std::string, std::string, bool, std::string>& parts) {
                        return AttributePath{std::get<0>(parts), std::get<1>(parts),
                                             std::get<2>(parts) ? std::get<3>(parts) : std::string()};
                      });
}

rc::Gen<Filter> any_leaf() {
  const auto comparison =
      rc::gen::map(rc::gen::tuple(any_path(), any_operator(), any_filter_value()), [](const auto& parts) {
        return Filter{Comparison{std::get<0>(parts), std::get<1>(parts), std::get<2>(parts)}};
      });
  const auto presence =
      rc::gen::map(any_path(), [](const AttributePath& path) { return Filter{Presence{path}}; });
  return rc::gen::weightedOneOf<Filter>({{3, comparison}, {1, presence}});
}

rc::Gen<Filter> any_filter() {
  const auto within = FilterTrees(any_leaf(), any_leaf()).tree(1);
  const auto value_path =
      rc::gen::map(rc::gen::pair(any_path(), within), [](const std::pair<AttributePath, Filter>& parts) {
        auto path = parts.first;
        path.sub_attribute.clear();
        return make_value_path(path, parts.second);
      });
  return FilterTrees(any_leaf(), value_path).tree(3);
}

// [RFC7644 3.4.2.2]
RC_GTEST_PROP(FilterLaw, a_filter_comes_back_from_its_text, ()) {
  const auto filter = *any_filter();
  const auto text = to_text(filter);
  RC_PRE((text.size() <= longest_filter && count_leaves(filter) <= most_comparisons));
  const auto parsed = parse_filter(text);
  RC_LOG() << text;
  RC_ASSERT(parsed.has_value());
  RC_ASSERT(*parsed == filter);
}

// [RFC7644 3.5.2]
RC_GTEST_PROP(FilterLaw, a_path_comes_back_from_its_text, ()) {
  TargetPath path{*any_path(), std::nullopt};
  if (*rc::gen::arbitrary<bool>()) path.filter = *FilterTrees(any_leaf(), any_leaf()).tree(1);
  const auto text = to_text(path);
  RC_PRE(text.size() <= longest_filter);
  const auto parsed = parse_target_path(text);
  RC_LOG() << text;
  RC_ASSERT(parsed.has_value());
  RC_ASSERT(parsed->attribute == path.attribute);
  RC_ASSERT(parsed->filter == path.filter);
}

void judge(const std::string& text) {
  const auto filter = parse_filter(text);
  if (!filter) {
    RC_ASSERT(!filter.error().message.empty());
    RC_ASSERT(base::is_utf8(filter.error().message));
    return;
  }
  RC_ASSERT(count_leaves(*filter) >= 1U);
  RC_ASSERT(count_leaves(*filter) <= most_comparisons);
  const auto again = parse_filter(to_text(*filter));
  RC_ASSERT(again.has_value());
  RC_ASSERT(*again == *filter);
}

RC_GTEST_PROP(FilterLaw, any_text_is_read_or_refused_with_a_reason, ()) {
  judge(*rc::gen::container<std::string>(
      rc::gen::map(rc::gen::inRange(0, 256), [](int byte) { return static_cast<char>(byte); })));
}

RC_GTEST_PROP(FilterLaw, any_mixture_of_its_own_pieces_is_read_or_refused_with_a_reason, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "userName", " eq ", " and ", " or ", "not", " ", "\"", "\"x\"", "\\", "\\\"", "true", "null", "-1",
      "1e9", "emails", "[", "]", "type eq \"work\"", ".value", "(", ")", " pr", "\t", "\xC3",
      "urn:x:", "$ref", std::string(1, '\0')));
  std::string text;
  for (const auto& piece : pieces) text += piece;
  judge(text);
}

RC_GTEST_PROP(FilterLaw, a_filter_with_one_byte_changed_is_read_or_refused_with_a_reason, ()) {
  auto text = to_text(*any_filter());
  text[*rc::gen::inRange<std::size_t>(0, text.size())] = static_cast<char>(*rc::gen::inRange(0, 256));
  judge(text);
}

// Meaning, against a model: attributes are lists of texts under their lower-case names.

struct Named {
  const char* path;
  enum class Kind { folded, exact, boolean, instant } kind;
  bool many;
};

constexpr std::array named{
    Named{"userName", Named::Kind::folded, false},        Named{"externalId", Named::Kind::exact, false},
    Named{"title", Named::Kind::folded, false},           Named{"active", Named::Kind::boolean, false},
    Named{"name.familyName", Named::Kind::folded, false}, Named{"emails.value", Named::Kind::folded, true},
    Named{"emails.type", Named::Kind::folded, true},      Named{"emails.primary", Named::Kind::boolean, true},
    Named{"emails", Named::Kind::folded, true},           Named{"department", Named::Kind::folded, false},
    Named{"meta.created", Named::Kind::instant, false},
};

/// Three instants, each in two spellings; texts of the first column are ordered as the instants are.
constexpr std::array<std::pair<const char*, const char*>, 3> instants{{
    {"2026-01-05T08:00:00.000Z", "2026-01-05T09:00:00+01:00"},
    {"2026-01-05T08:30:00.000Z", "2026-01-05T03:30:00-05:00"},
    {"2026-01-06T08:00:00.000Z", "2026-01-06T08:00:00Z"},
}};

rc::Gen<std::string> word() {
  return rc::gen::element<std::string>("a", "A", "ab", "b", "Ba");
}

rc::Gen<Json> value_of(Named::Kind kind) {
  if (kind == Named::Kind::boolean)
    return rc::gen::map(rc::gen::arbitrary<bool>(), [](bool value) { return Json(value); });
  if (kind == Named::Kind::instant) {
    return rc::gen::map(rc::gen::pair(rc::gen::inRange(0, 3), rc::gen::arbitrary<bool>()),
                        [](const std::pair<int, bool>& chosen) {
                          const auto& pair = instants[static_cast<std::size_t>(chosen.first)];
                          return Json(chosen.second ? pair.first : pair.second);
                        });
  }
  return rc::gen::map(word(), [](const std::string& text) { return Json(text); });
}

/// A comparison that the type allows.
rc::Gen<Filter> known_comparison(const Named& attribute, const std::string& path) {
  const auto equality = rc::gen::element(Operator::eq, Operator::ne);
  auto op = attribute.kind == Named::Kind::boolean ? equality : any_operator();
  if (attribute.kind == Named::Kind::instant) {
    op = rc::gen::element(Operator::eq, Operator::ne, Operator::gt, Operator::lt, Operator::ge, Operator::le);
  }
  const auto compared = rc::gen::map(
      rc::gen::pair(op, value_of(attribute.kind)), [path](const std::pair<Operator, Json>& parts) {
        return Filter{Comparison{parse_attribute_path(path).value(), parts.first, parts.second}};
      });
  const auto with_null = rc::gen::map(equality, [path](Operator chosen) {
    return Filter{Comparison{parse_attribute_path(path).value(), chosen, Json(nullptr)}};
  });
  const auto present = rc::gen::just(Filter{Presence{parse_attribute_path(path).value()}});
  return rc::gen::weightedOneOf<Filter>({{6, compared}, {1, with_null}, {1, present}});
}

rc::Gen<Filter> known_leaf() {
  return rc::gen::mapcat(rc::gen::elementOf(named), [](const Named& attribute) {
    return known_comparison(
        attribute, attribute.path == std::string("department") ? enterprise + ":department" : attribute.path);
  });
}

rc::Gen<Filter> known_filter() {
  const auto part = rc::gen::mapcat(rc::gen::element<std::size_t>(5, 6, 7), [](std::size_t at) {
    return known_comparison(named[at], std::string(named[at].path).substr(std::string("emails.").size()));
  });
  const auto value_path = rc::gen::map(FilterTrees(part, part).tree(1), [](const Filter& inner) {
    return make_value_path({{}, "emails", {}}, inner);
  });
  return FilterTrees(known_leaf(), value_path).tree(2);
}

rc::Gen<JsonObject> known_user() {
  return rc::gen::exec([] {
    JsonObject user{{"userName", *word()}};
    const auto maybe = [] { return *rc::gen::arbitrary<bool>(); };
    if (maybe()) user["externalId"] = *word();
    if (maybe()) user["title"] = *word();
    if (maybe()) user["active"] = maybe();
    if (maybe()) user["name"] = JsonObject{{"familyName", *word()}};
    if (maybe()) user[base::json_key(enterprise)] = JsonObject{{"department", *word()}};
    if (maybe()) user["meta"] = JsonObject{{"created", *value_of(Named::Kind::instant)}};
    base::JsonArray emails;
    for (int left = *rc::gen::inRange(0, 4); left > 0; --left) {
      JsonObject email;
      if (maybe()) email["value"] = *word();
      if (maybe()) email["type"] = *word();
      if (maybe()) email["primary"] = maybe();
      if (!email.empty()) emails.push_back(email);
    }
    if (!emails.empty()) user["emails"] = emails;
    return user;
  });
}

/// What of a value the model compares: folded text, or the first spelling of an instant.
std::string modelled(const Json& value, Named::Kind kind) {
  if (value.is_bool()) return value.get_bool() ? "true" : "false";
  const std::string text(value.get_string());
  if (kind == Named::Kind::folded) return base::to_lower(text);
  for (const auto& [first, second] : instants) {
    if (text == first || text == second) return first;
  }
  return text;
}

/// The texts at a dotted path below `json`, through every element of a list.
std::vector<std::string> leaves(const Json& json, const std::string& path, Named::Kind kind) {
  std::vector<std::string> found;
  if (const auto* array = json.if_array()) {
    for (const auto& one : *array) {
      for (auto& leaf : leaves(one, path, kind)) found.push_back(std::move(leaf));
    }
    return found;
  }
  if (path.empty()) return {modelled(json, kind)};
  const auto dot = path.find('.');
  const auto* next = base::member(json, path.substr(0, dot));
  if (next == nullptr) return found;
  return leaves(*next, dot == std::string::npos ? "" : path.substr(dot + 1), kind);
}

bool compares(Operator op, const std::string& left, const std::string& right) {
  switch (op) {
    case Operator::eq:
      return left == right;
    case Operator::ne:
      return left != right;
    case Operator::co:
      return left.find(right) != std::string::npos;
    case Operator::sw:
      return left.rfind(right, 0) == 0;
    case Operator::ew:
      return left.size() >= right.size() && left.substr(left.size() - right.size()) == right;
    case Operator::gt:
      return left > right;
    case Operator::lt:
      return left < right;
    case Operator::ge:
      return left >= right;
    case Operator::le:
      return left <= right;
  }
  return false;
}

/// `prefix` is "emails." within square brackets, where `json` is one value.
bool model(const Filter& filter, const Json& json, const std::string& prefix) {
  const auto find = [&](const AttributePath& path) -> std::pair<const Named*, std::vector<std::string>> {
    const auto bare = AttributePath{{}, path.attribute, path.sub_attribute}.text();
    const auto* attribute =
        &*std::ranges::find_if(named, [&](const Named& one) { return prefix + bare == one.path; });
    auto place = bare == "emails" ? "emails.value" : bare;
    const auto* base = bare == "department" ? base::member(json, enterprise) : &json;
    return {attribute, base == nullptr ? std::vector<std::string>{} : leaves(*base, place, attribute->kind)};
  };
  if (const auto* all = std::get_if<All>(&filter.node)) {
    return std::ranges::all_of(all->parts, [&](const Filter& part) { return model(part, json, prefix); });
  }
  if (const auto* any = std::get_if<Any>(&filter.node)) {
    return std::ranges::any_of(any->parts, [&](const Filter& part) { return model(part, json, prefix); });
  }
  if (const auto* negation = std::get_if<Not>(&filter.node))
    return !model(negation->part.front(), json, prefix);
  if (const auto* value_path = std::get_if<ValuePath>(&filter.node)) {
    const auto* emails = base::member(json, "emails");
    if (emails == nullptr) return false;
    return std::ranges::any_of(emails->get_array(), [&](const Json& one) {
      return model(value_path->filter.front(), one, "emails.");
    });
  }
  if (const auto* presence = std::get_if<Presence>(&filter.node)) {
    // A list of mails is there if anything of one is.
    if (presence->path.text() == "emails") return base::member(json, "emails") != nullptr;
    return !find(presence->path).second.empty();
  }
  const auto& comparison = std::get<Comparison>(filter.node);
  const auto [attribute, texts] = find(comparison.path);
  if (comparison.value.is_null()) {
    const bool there =
        comparison.path.text() == "emails" ? base::member(json, "emails") != nullptr : !texts.empty();
    return there == (comparison.op == Operator::ne);
  }
  if (texts.empty()) return comparison.op == Operator::ne;
  const auto wanted = modelled(comparison.value, attribute->kind);
  return std::ranges::any_of(texts,
                             [&](const std::string& text) { return compares(comparison.op, text, wanted); });
}

// [RFC7644 3.4.2.2]
RC_GTEST_PROP(FilterLaw, a_filter_means_what_the_model_says, ()) {
  const auto user = *known_user();
  const auto filter = *known_filter();
  RC_LOG() << base::to_text(user) << "\n" << to_text(filter);
  RC_ASSERT(check_filter(filter, users()).has_value());
  RC_ASSERT(matches(filter, user, users()) == model(filter, user, ""));
}

RC_GTEST_PROP(FilterLaw, not_is_the_opposite, ()) {
  const auto user = *known_user();
  const auto filter = *known_filter();
  Not negation;
  negation.part.push_back(filter);
  RC_ASSERT(matches(Filter{negation}, user, users()) != matches(filter, user, users()));
}

/// Whatever a filter names and a resource holds, there is an answer.
RC_GTEST_PROP(FilterLaw, any_filter_is_checked_and_evaluated, ()) {
  const auto filter = *any_filter();
  const auto user = *known_user();
  const auto checked = check_filter(filter, users());
  RC_ASSERT((checked.has_value() || !checked.error().message.empty()));
  const bool one = matches(filter, user, users());
  RC_ASSERT(matches(filter, user, users()) == one);
}

}  // namespace filter_law_test
}  // namespace directory::scim
