// Users of the SCIM interface against the model: whatever a client sends, answers and what is there afterwards are those of the
// model. [RFC7643] [RFC7644]
#include <array>

#include "properties/models/scim_client.h"
#include "properties/models/scim_filter.h"

namespace properties::models {
namespace scim_users_test {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using Fields = directory::ServerBench::Fields;
using Command = rc::state::Command<ScimProvider, ScimClient>;

constexpr int slots = 3;
constexpr std::array<std::string_view, 6> names{"amy", "AMY", "bob", "Bob.Lee", "cid", "dee"};
const std::array<std::string, 8> attributes{"title",    "displayName", "name.givenName", "name.familyName",
                                            "nickName", "externalId",  "userType",       std::string(enterprise_user) + ":department"};
constexpr std::array<std::string_view, 6> texts{"Amy", "amy lee", "Zoë", "O'Neil", "a\"b\\c", "山田"};

int any_slot() { return below(slots); }
std::string any_name() { return std::string(one_of(names)); }
std::string any_attribute() { return one_of(attributes); }
std::string any_text() { return std::string(one_of(texts)); }

/// Each attribute with a value or without one.
ScimValues any_values() {
  ScimValues values;
  for (const auto& attribute : attributes) values[attribute] = std::nullopt;
  const auto given = below(4);
  for (int i = 0; i < given; ++i) {
    const auto attribute = any_attribute();
    values[attribute] = any_text();
  }
  return values;
}
/// Addresses follow the letters of the name, which tells a clash of one from a clash of the other.
std::string mail_of(const std::string& name) { return name + "@example.test"; }

JsonObject resource_of(const std::string& name, const std::string& mail, const ScimValues& values) {
  JsonObject body{{"schemas", JsonArray{base::json_text(core_user)}},
                  {"emails", JsonArray{JsonObject{{"value", mail}, {"type", "work"}, {"primary", true}}}}};
  if (!name.empty()) body["userName"] = name;
  for (const auto& [attribute, value] : values) {
    if (value) put_value(body, attribute, base::json_text(*value));
  }
  return body;
}

std::string shown(const ScimValues& values) {
  std::string text;
  for (const auto& [attribute, value] : values) {
    if (value) text += fmt::format(" {}='{}'", attribute, *value);
  }
  return text;
}

/// A condition on the version, and whether it holds by what the client has seen. [RFC7644 3.14]
enum class Condition { none, current, earlier, never_was };
struct Conditioned {
  Fields fields{};
  bool holds = true;
};
Conditioned conditioned(Condition condition, const ScimClient& client, int slot) {
  switch (condition) {
    case Condition::none: return {};
    case Condition::current:
      if (client.current_tag(slot).empty()) return {};
      return {{{"If-Match", client.current_tag(slot)}}, true};
    case Condition::earlier:
      if (client.earlier_tag(slot).empty()) return {};
      return {{{"If-Match", client.earlier_tag(slot)}}, false};
    case Condition::never_was: return {{{"If-Match", "W/\"never\""}}, false};
  }
  return {};
}
std::string_view text_of(Condition condition) {
  constexpr std::array<std::string_view, 4> words{"", " if current", " if as earlier", " if as it never was"};
  return words[static_cast<std::size_t>(condition)];
}
Condition any_condition() {
  return *rc::gen::weightedElement<Condition>({{6, Condition::none}, {2, Condition::current}, {1, Condition::earlier}, {1, Condition::never_was}});
}

/// Sends a change, and holds the answer and what is there afterwards against the model.
void change(ScimClient& client, const ScimProvider& before, int slot, Condition condition, const std::string& method, const std::string& body, int done,
            const std::function<ScimOutcome(ScimProvider&)>& in_model) {
  client.begin();
  const auto given = conditioned(condition, client, slot);
  const auto answer = client.ask(method, client.path(slot), body, given.fields);
  auto after = before;
  if (!given.holds && before.user(slot).exists) {
    ScimClient::expect_status(answer, 412);
  } else {
    const auto outcome = in_model(after);
    ScimClient::expect_status(answer, status_of(outcome, done));
    if (outcome == ScimOutcome::done && done == 200) client.expect_user(ScimClient::read(answer), slot, after.user(slot));
  }
  client.look(after);
}

/// Conditions are the system's: the model follows what will come of them only where they are certain.
struct Change : Command {
  int slot = any_slot();
};

struct Create : Change {
  std::string name = any_name();
  bool is_nameless = once_in(10);
  ScimValues values = any_values();

  ScimOutcome in(ScimProvider& model) const { return model.create(slot, is_nameless ? "" : name, mail_of(name), values); }
  void checkPreconditions(const ScimProvider& model) const override { RC_PRE(!model.user(slot).exists); }
  void apply(ScimProvider& model) const override { in(model); }
  void run(const ScimProvider& before, ScimClient& client) const override {
    client.begin();
    auto after = before;
    const auto outcome = in(after);
    const auto answer = client.ask("POST", "/Users", base::to_text(Json(resource_of(is_nameless ? "" : name, mail_of(name), values))));
    ScimClient::expect_status(answer, status_of(outcome, 201));
    if (outcome == ScimOutcome::done) {
      client.created(slot, answer);
      client.expect_user(ScimClient::read(answer), slot, after.user(slot));
    }
    client.look(after);
  }
  void show(std::ostream& out) const override { out << "create " << slot << (is_nameless ? " without a name" : " as " + name) << shown(values); }
};

/// Several operations, each in one of the ways in which clients write them.
struct Patch : Change {
  enum class Way { path, capital_path, whole, dotted, add };
  struct Operation {
    ScimOperation change;
    Way way = Way::path;
  };
  std::vector<Operation> operations;
  bool has_stray = once_in(10);  ///< ends with an attribute that nobody knows

  Patch() {
    const auto count = 1 + below(3);
    for (int i = 0; i < count; ++i) {
      Operation operation;
      operation.change.attribute = any_attribute();
      const auto way = below(6);
      operation.way = static_cast<Way>(way % 5);
      if (way < 5) operation.change.value = any_text();
      operations.push_back(std::move(operation));
    }
  }
  /// Only what is there is removed: of the rest two readings are possible. [RFC7644 3.5.2.2]
  void checkPreconditions(const ScimProvider& model) const override {
    auto values = model.user(slot).values;
    for (const auto& [change, way] : operations) {
      if (!change.value && model.user(slot).exists) {
        const auto known = values.find(change.attribute);
        RC_PRE((known != values.end() && known->second));
      }
      values[change.attribute] = change.value;
    }
  }
  ScimOutcome in(ScimProvider& model) const {
    if (has_stray && model.user(slot).exists) return ScimOutcome::invalid;
    std::vector<ScimOperation> changes;
    for (const auto& operation : operations) changes.push_back(operation.change);
    return model.patch(slot, changes);
  }
  void apply(ScimProvider& model) const override { in(model); }
  static JsonObject written(const Operation& operation) {
    const auto& [attribute, value] = operation.change;
    if (!value) return {{"op", operation.way == Way::capital_path ? "Remove" : "remove"}, {"path", attribute}};
    JsonObject whole;
    switch (operation.way) {
      case Way::path: return {{"op", "replace"}, {"path", attribute}, {"value", *value}};
      case Way::capital_path: return {{"op", "Replace"}, {"path", attribute}, {"value", *value}};
      case Way::add: return {{"op", "add"}, {"path", attribute}, {"value", *value}};
      case Way::whole: put_value(whole, attribute, base::json_text(*value)); break;
      case Way::dotted: whole[base::json_key(attribute)] = *value; break;
    }
    return {{"op", "replace"}, {"value", std::move(whole)}};
  }
  void run(const ScimProvider& before, ScimClient& client) const override {
    JsonArray list;
    for (const auto& operation : operations) list.push_back(written(operation));
    if (has_stray) list.push_back(JsonObject{{"op", "replace"}, {"path", "noSuchAttribute"}, {"value", "x"}});
    change(client, before, slot, Condition::none, "PATCH", patch_text(std::move(list)), 200, [&](ScimProvider& model) { return in(model); });
  }
  void show(std::ostream& out) const override {
    out << "patch " << slot;
    for (const auto& operation : operations) out << " " << base::to_text(Json(written(operation)));
    if (has_stray) out << " and an unknown attribute";
  }
};

/// One attribute on a condition.
struct PatchOn : Change {
  Condition condition = any_condition();
  std::string value = any_text();

  /// What an earlier version is only the client knows: the model follows where both say the same.
  void run(const ScimProvider& before, ScimClient& client) const override {
    Json operation = JsonObject{{"op", "replace"}, {"path", "title"}, {"value", value}};
    change(client, before, slot, condition, "PATCH", patch_text({std::move(operation)}), 200, [&](ScimProvider& model) { return in(model); });
  }
  ScimOutcome in(ScimProvider& model) const { return model.patch(slot, {{"title", value}}); }
  void apply(ScimProvider& model) const override {
    if (condition == Condition::none || condition == Condition::current) in(model);
  }
  /// Somebody with one version has no earlier one.
  void checkPreconditions(const ScimProvider& model) const override { RC_PRE((condition != Condition::earlier || !model.user(slot).exists)); }
  void show(std::ostream& out) const override { out << "title " << slot << " '" << value << "'" << text_of(condition); }
};

/// Two clients who have read the same version: the second is refused.
struct LateWriter : Change {
  void checkPreconditions(const ScimProvider& model) const override { RC_PRE(model.user(slot).exists); }
  void apply(ScimProvider& model) const override {
    const auto& title = model.user(slot).values.find("title");
    const bool same = title != model.user(slot).values.end() && title->second == "first";
    model.patch(slot, {{"title", same ? "another" : "first"}});
  }
  void run(const ScimProvider& before, ScimClient& client) const override {
    client.begin();
    auto after = before;
    apply(after);
    const auto tag = client.current_tag(slot);
    const auto write = [&](const std::string& value) {
      Json operation = JsonObject{{"op", "replace"}, {"path", "title"}, {"value", value}};
      return client.ask("PATCH", client.path(slot), patch_text({std::move(operation)}), {{"If-Match", tag}});
    };
    ScimClient::expect_status(write(*after.user(slot).values.at("title")), 200);
    ScimClient::expect_status(write("second"), 412);
    client.look(after);
  }
  void show(std::ostream& out) const override { out << "two writers of one version of " << slot; }
};

struct SwitchActive : Change {
  bool active = once_in(2);
  int way = below(3);

  ScimOutcome in(ScimProvider& model) const { return model.switch_active(slot, active); }
  void apply(ScimProvider& model) const override { in(model); }
  [[nodiscard]] JsonObject written() const {
    if (way == 0) return {{"op", "replace"}, {"path", "active"}, {"value", active}};
    if (way == 1) return {{"op", "replace"}, {"value", JsonObject{{"active", active}}}};
    return {{"op", "Replace"}, {"path", "active"}, {"value", active ? "True" : "False"}};  // [Entra provisioning-clients 2.7-02]
  }
  void run(const ScimProvider& before, ScimClient& client) const override {
    change(client, before, slot, Condition::none, "PATCH", patch_text({Json(written())}), 200, [&](ScimProvider& model) { return in(model); });
  }
  void show(std::ostream& out) const override { out << "patch " << slot << " " << base::to_text(Json(written())); }
};

struct Rename : Change {
  std::string name = any_name();

  ScimOutcome in(ScimProvider& model) const { return model.rename(slot, name); }
  void apply(ScimProvider& model) const override { in(model); }
  void run(const ScimProvider& before, ScimClient& client) const override {
    Json operation = JsonObject{{"op", "replace"}, {"path", "userName"}, {"value", name}};
    change(client, before, slot, Condition::none, "PATCH", patch_text({std::move(operation)}), 200, [&](ScimProvider& model) { return in(model); });
  }
  void show(std::ostream& out) const override { out << "rename " << slot << " to " << name; }
};

struct Replace : Change {
  std::string name = any_name();
  ScimValues values = any_values();

  /// What is left out is not known afterwards.
  ScimOutcome in(ScimProvider& model) const {
    ScimValues given;
    for (const auto& [attribute, value] : values) {
      if (value) given[attribute] = value;
    }
    return model.replace(slot, name, given);
  }
  void apply(ScimProvider& model) const override { in(model); }
  void run(const ScimProvider& before, ScimClient& client) const override {
    auto body = resource_of(name, before.user(slot).exists ? before.user(slot).mail : mail_of(name), values);
    if (before.user(slot).exists) body["active"] = before.user(slot).active;
    change(client, before, slot, Condition::none, "PUT", base::to_text(Json(std::move(body))), 200, [&](ScimProvider& model) { return in(model); });
  }
  void show(std::ostream& out) const override { out << "put " << slot << " as " << name << shown(values); }
};

struct AddMail : Change {
  void checkPreconditions(const ScimProvider& model) const override { RC_PRE(model.user(slot).exists); }
  void apply(ScimProvider& model) const override { model.users[slot].has_second_mail = true; }
  void run(const ScimProvider& before, ScimClient& client) const override {
    Json mail = JsonObject{{"value", "home." + before.user(slot).mail}, {"type", "home"}};
    Json operation = JsonObject{{"op", "add"}, {"path", "emails"}, {"value", JsonArray{std::move(mail)}}};
    change(client, before, slot, Condition::none, "PATCH", patch_text({std::move(operation)}), 200, [&](ScimProvider& model) {
      apply(model);
      return ScimOutcome::done;
    });
  }
  void show(std::ostream& out) const override { out << "second mail of " << slot; }
};

struct RemoveMail : Change {
  void checkPreconditions(const ScimProvider& model) const override { RC_PRE((model.user(slot).exists && model.user(slot).has_second_mail)); }
  void apply(ScimProvider& model) const override { model.users[slot].has_second_mail = false; }
  void run(const ScimProvider& before, ScimClient& client) const override {
    Json operation = JsonObject{{"op", "remove"}, {"path", "emails[type eq \"home\"]"}};
    change(client, before, slot, Condition::none, "PATCH", patch_text({std::move(operation)}), 200, [&](ScimProvider& model) {
      apply(model);
      return ScimOutcome::done;
    });
  }
  void show(std::ostream& out) const override { out << "no second mail of " << slot; }
};

struct Delete : Change {
  Condition condition = any_condition();

  void checkPreconditions(const ScimProvider& model) const override { RC_PRE((condition != Condition::earlier || !model.user(slot).exists)); }
  void apply(ScimProvider& model) const override {
    if (condition == Condition::none || condition == Condition::current) model.remove(slot);
  }
  void run(const ScimProvider& before, ScimClient& client) const override {
    change(client, before, slot, condition, "DELETE", "", 204, [&](ScimProvider& model) { return model.remove(slot); });
    ScimClient::expect_status(client.ask("GET", client.path(slot)), nextState(before).user(slot).exists ? 200 : 404);
  }
  void show(std::ostream& out) const override { out << "delete " << slot << text_of(condition); }
};

/// A reader who has the version is not sent it once more. [RFC7644 3.14]
struct ReadAgain : Change {
  void checkPreconditions(const ScimProvider& model) const override { RC_PRE(model.user(slot).exists); }
  void run(const ScimProvider& before, ScimClient& client) const override {
    client.begin();
    ScimClient::expect_status(client.ask("GET", client.path(slot), "", {{"If-None-Match", client.current_tag(slot)}}), 304);
    const auto answer = client.ask("GET", client.path(slot), "", {{"If-None-Match", "W/\"never\""}});
    ScimClient::expect_status(answer, 200);
    client.expect_user(ScimClient::read(answer), slot, before.user(slot));
  }
  void show(std::ostream& out) const override { out << "read " << slot << " again"; }
};

struct Find : Command {
  ScimFilter filter;
  int page = 1 + below(3);  ///< users a page

  Find() {
    const auto terms = *rc::gen::weightedElement<int>({{4, 1}, {2, 2}, {1, 3}});
    for (int i = 0; i < terms; ++i) {
      ScimFilter::Term term;
      const bool by_name = once_in(3);
      term.test.attribute = by_name ? "userName" : any_attribute();
      term.test.op = static_cast<ScimTest::Op>(*rc::gen::weightedElement<int>({{4, 0}, {1, 1}, {1, 2}, {1, 3}, {1, 4}}));
      const auto value = by_name ? any_name() : any_text();
      // A byte of another letter is no part of it.
      const bool in_part = term.test.op != ScimTest::Op::eq && !value.empty() && static_cast<unsigned char>(value.back()) < 0x80;
      term.test.value = !in_part ? value : term.test.op == ScimTest::Op::ew ? value.substr(value.size() - 1) : value.substr(0, 1);
      if (in_part && static_cast<unsigned char>(value.front()) >= 0x80) term.test.value = value;
      term.test.negated = once_in(5);
      term.is_or = once_in(2);
      filter.terms.push_back(std::move(term));
    }
  }
  [[nodiscard]] std::optional<std::set<int>> wanted(const ScimProvider& model) const {
    std::set<int> found;
    for (const auto& [slot, user] : model.users) {
      if (!user.exists) continue;
      const auto selected = selects(filter, user);
      if (!selected) return std::nullopt;
      if (*selected) found.insert(slot);
    }
    return found;
  }
  void checkPreconditions(const ScimProvider& model) const override { RC_PRE(wanted(model).has_value()); }
  void run(const ScimProvider& before, ScimClient& client) const override {
    client.begin();
    const auto expected = *wanted(before);
    std::set<int> found;
    for (std::size_t start = 1; start == 1 || start <= expected.size(); start += static_cast<std::size_t>(page)) {
      const auto answer = client.ask("GET", fmt::format("/Users?filter={}&startIndex={}&count={}", base::percent_encode(models::text_of(filter)), start, page));
      ScimClient::expect_status(answer, 200);
      const auto body = ScimClient::read(answer);
      RC_ASSERT(base::integer_member(body, "totalResults") == static_cast<std::int64_t>(expected.size()));
      const auto* resources = base::member(body, "Resources");
      if (resources == nullptr) continue;
      RC_ASSERT(std::cmp_less_equal(resources->get_array().size(), page));
      for (const auto& resource : resources->get_array()) {
        const auto slot = client.slot_of(base::string_or(resource, "id", ""));
        RC_ASSERT(slot.has_value());
        RC_ASSERT(found.insert(*slot).second);
      }
    }
    RC_ASSERT(found == expected);
  }
  void show(std::ostream& out) const override { out << "find " << models::text_of(filter) << ", " << page << " a page"; }
};

SequenceCheck check(const directory::Defects& defects, const SequencePlan& plan) {
  return check_sequences("ScimUsers", plan, [&](CommandCount& count) {
    ScimClient client(defects, count);
    rc::state::check(ScimProvider{}, client,
                     rc::state::gen::execOneOfWithArgs<Create, Create, Create, Patch, Patch, Patch, PatchOn, LateWriter, SwitchActive, SwitchActive, SwitchActive, Rename, Replace,
                                                       AddMail, RemoveMail, Delete, ReadAgain, Find, Find>());
  });
}

TEST(ScimUsersModel, whatever_a_client_sends_is_answered_as_the_model_says) { expect_kept(check({}, {.sequences = 150, .longest = 40})); }

class ScimUsersDefect : public testing::TestWithParam<directory::Defect> {};

TEST_P(ScimUsersDefect, is_noticed) { expect_noticed(defect_name(GetParam()), check(directory::Defects{GetParam()}, {.sequences = 200, .longest = 35}), 3); }

using directory::Defect;
INSTANTIATE_TEST_SUITE_P(Directory, ScimUsersDefect,
                         testing::Values(Defect::versions_stay, Defect::answers_are_stale, Defect::capital_operations_are_dropped,
                                         Defect::dotted_names_are_dropped, Defect::text_booleans_are_true, Defect::only_the_first_operation_counts,
                                         Defect::unknown_resources_are_errors, Defect::names_match_by_case, Defect::okta_cannot_suspend,
                                         Defect::okta_cannot_reactivate),
                         [](const auto& info) { return std::string(defect_name(info.param)); });

}  // namespace scim_users_test
}  // namespace properties::models
