#include "scenarios/client/decode_client_case.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "scenarios/client/decode_pattern.h"
#include "scenarios/probe/strict_reader.h"
#include "scenarios/script/decode.h"

namespace scenarios::client {
namespace {

using probe::StrictReader;

/// Hosts that steps of cases name beside those of every world.
constexpr std::array case_hosts{product_placeholder};

const std::vector<std::pair<std::string_view, Ends>>& ends_words() {
  static const std::vector<std::pair<std::string_view, Ends>> words{{"done", Ends::done}, {"refused", Ends::refused}, {"any", Ends::any}};
  return words;
}

std::vector<ScriptStep> read_script_steps(StrictReader& in, const YamlNode& node) {
  std::vector<ScriptStep> out;
  if (node.kind != YamlNode::Kind::sequence) in.fail(node, "a list of steps is expected here");
  for (const auto& item : node.items) out.push_back({probe::to_value(item), {item.place}});
  return out;
}

/// `sync`, or `{create_user: {…}}`.
Task read_task(StrictReader& in, const YamlNode& node, const SuiteInfo& suite) {
  Task out;
  const YamlNode* name = &node;
  if (node.kind == YamlNode::Kind::map) {
    if (node.members.size() != 1) {
      in.fail(node, "one task is expected here");
      return out;
    }
    name = &node.members.front().first;
    out.data = probe::to_value(node.members.front().second);
    if (!out.data.is_object()) in.fail(node.members.front().second, "a map is expected here");
  }
  out.name = in.text(*name);
  std::vector<std::string_view> known;
  for (const auto& task : suite.tasks) known.push_back(task.name);
  if (std::ranges::find(known, out.name) == known.end()) in.fail(*name, unknown_key_message(out.name, known));
  return out;
}

During read_during(StrictReader& in, const YamlNode& node) {
  During out;
  in.members(node, {{"when", [&](const YamlNode& value) { out.when = read_exchange_pattern(in, value); }},
                    {"nth", [&](const YamlNode& value) { out.nth = in.number(value, 1, 10'000); }},
                    {"steps", [&](const YamlNode& value) { out.steps = read_script_steps(in, value); }}});
  return out;
}

Phase read_phase(StrictReader& in, const YamlNode& node, const SuiteInfo& suite) {
  Phase out;
  out.place.place = node.place;
  in.members(node, {{"name", [&](const YamlNode& value) { out.name = in.text(value); }},
                    {"given", [&](const YamlNode& value) { out.given = read_script_steps(in, value); }},
                    {"ask", [&](const YamlNode& value) { out.ask = read_task(in, value, suite); }},
                    {"tries", [&](const YamlNode& value) { out.tries = in.number(value, 1, 3); }},
                    {"when",
                     [&](const YamlNode& value) {
                       const auto items = value.kind == YamlNode::Kind::sequence ? value.items : std::vector<YamlNode>{value};
                       for (const auto& item : items) out.when.push_back(read_exchange_pattern(in, item));
                     }},
                    {"during",
                     [&](const YamlNode& value) {
                       for (const auto& item : value.items) out.during.push_back(read_during(in, item));
                     }},
                    {"ends", [&](const YamlNode& value) { out.ends = in.word(value, ends_words()); }},
                    {"says", [&](const YamlNode& value) { out.ends_says = in.text(value); }},
                    {"source", [&](const YamlNode& value) { out.ends_sources = in.texts(value); }}});
  if (out.ends && *out.ends != Ends::any && (out.ends_says.empty() || out.ends_sources.empty()))
    in.fail(node, "a phase whose end is judged says why, and names its source: says, source");
  return out;
}

Expect read_expect(StrictReader& in, const YamlNode& node) {
  Expect out;
  out.place.place = node.place;
  bool chosen = false;
  StrictReader::Fields fields{{"in", [&](const YamlNode& value) { out.phases = in.texts(value); }},
                              {"when", [&](const YamlNode& value) { out.when = read_exchange_pattern(in, value); }},
                              {"says", [&](const YamlNode& value) { out.says = in.text(value); }},
                              {"source", [&](const YamlNode& value) { out.sources = in.texts(value); }},
                              {"level", [&](const YamlNode& value) { out.level = in.level(value); }}};
  for (const auto name : law_names()) {
    fields[name] = [&, name](const YamlNode& value) {
      if (chosen) in.fail(value, "one law an expectation");
      chosen = true;
      out.law = read_law(in, name, value);
    };
  }
  in.members(node, fields);
  if (!chosen) in.fail(node, fmt::format("an expectation has one of: {}", fmt::join(law_names(), ", ")));
  if (out.says.empty() || out.sources.empty()) in.fail(node, "an expectation says what is right, and names its source: says, source");
  return out;
}

Case read_case(StrictReader& in, const YamlNode& root, const SuiteInfo& suite) {
  Case out;
  in.members(root, {{"client_case", [&](const YamlNode& value) { (void)in.number(value, 1, 1); }},
                    {"title", [&](const YamlNode& value) { out.title = in.text(value); }},
                    {"covers", [&](const YamlNode& value) { out.covers = in.texts(value); }},
                    {"level", [&](const YamlNode& value) { out.level = in.level(value); }},
                    {"severity", [&](const YamlNode& value) { out.severity = in.severity(value); }},
                    {"why", [&](const YamlNode& value) { out.why = in.text(value); }},
                    {"fix", [&](const YamlNode& value) { out.fix = in.text(value); }},
                    {"tags", [&](const YamlNode& value) { out.tags = in.texts(value); }},
                    {"world", [&](const YamlNode& value) { out.world = probe::to_value(value); }},
                    {"setup", [&](const YamlNode& value) { out.setup = read_script_steps(in, value); }},
                    {"phases",
                     [&](const YamlNode& value) {
                       for (const auto& item : value.items) out.phases.push_back(read_phase(in, item, suite));
                     }},
                    {"expect", [&](const YamlNode& value) {
                       for (const auto& item : value.items) out.expect.push_back(read_expect(in, item));
                     }}});
  if (out.title.empty() || out.covers.empty() || out.why.empty() || out.fix.empty() || out.phases.empty())
    in.fail(root, "a case has title, covers, why, fix and phases");
  return out;
}

/// Names of phases that stand twice or that nobody has.
void check_phases(StrictReader& in, const YamlNode& root, const Case& one) {
  std::set<std::string> names;
  for (const auto& phase : one.phases) {
    if (!phase.name.empty() && !names.insert(phase.name).second) in.fail(root, fmt::format("two phases are called '{}'", phase.name));
  }
  for (const auto& expect : one.expect) {
    for (const auto& name : expect.phases) {
      if (!names.contains(name)) in.fail(root, fmt::format("no phase is called '{}'", name));
    }
  }
  const bool judged = std::ranges::any_of(one.phases, [](const Phase& phase) { return phase.ends.has_value(); });
  if (one.expect.empty() && !judged) in.fail(root, "a case expects something");
}

/// What the product is asked to make: whom later steps and observations may speak of.
std::set<std::string> people_of_tasks(const Case& one) {
  std::set<std::string> out;
  for (const auto& phase : one.phases) {
    if (!phase.ask || !phase.ask->name.starts_with("create_user")) continue;
    const auto& data = phase.ask->data;
    if (data.contains("user") && data["user"].is_string()) out.insert(data["user"].get<std::string>());
    if (!data.contains("users")) continue;
    for (const auto& user : data["users"]) {
      if (user.is_object() && user.contains("user") && user["user"].is_string()) out.insert(user["user"].get<std::string>());
    }
  }
  return out;
}

/// Whom a step introduces; empty: nobody.
std::string introduced_by(const ScriptStep& step) {
  if (!step.step.is_object()) return {};
  for (const auto& [key, value] : step.step.items()) {
    if (key.ends_with(".create_user") && value.is_object() && value.contains("user") && value["user"].is_string()) return value["user"].get<std::string>();
  }
  return {};
}

std::expected<void, ScriptError> add_step(Scenario& script, const ScriptStep& step) {
  auto read = decode_step(step.step.dump());
  if (!read) return std::unexpected(ScriptError{step.place.place, read.error().message});
  read->source = step.place;
  script.timeline.push_back(*std::move(read));
  return {};
}

/// The suite's world with the case's over it, map by map.
Value laid_over(Value below, const Value& above) {
  if (!below.is_object() || !above.is_object()) return above;
  for (const auto& [key, value] : above.items()) below[key] = below.contains(key) ? laid_over(below[key], value) : value;
  return below;
}

}  // namespace

std::expected<Case, ScriptError> decode_client_case(std::string_view text, std::string id, const SuiteInfo& suite) {
  const auto root = read_yaml(text);
  if (!root) return std::unexpected(root.error());
  StrictReader in;
  if (root->member("client_case") == nullptr) in.fail(*root, "a case begins with client_case: 1");
  auto out = read_case(in, *root, suite);
  out.id = std::move(id);
  if (!in.error) check_phases(in, *root, out);
  if (in.error) return std::unexpected(*in.error);
  if (auto script = script_of(out, suite); !script) return std::unexpected(script.error());
  return out;
}

std::expected<Scenario, ScriptError> script_of(const Case& one, const SuiteInfo& suite) {
  auto world = laid_over(Value::parse(suite.world), one.world);
  const Value document{{"lockstep", 1}, {"title", one.title.empty() ? "a case" : one.title}, {"world", std::move(world)}};
  auto script = decode_scenario(document.dump());
  if (!script) return std::unexpected(ScriptError{{1, 1}, "world: " + script.error().message});
  std::vector<ScriptStep> played;
  for (const auto& phase : one.phases) {
    played.insert(played.end(), phase.given.begin(), phase.given.end());
    for (const auto& during : phase.during) played.insert(played.end(), during.steps.begin(), during.steps.end());
  }
  auto people = people_of_tasks(one);
  for (const auto* list : {&one.setup, &std::as_const(played)}) {
    for (const auto& step : *list) people.erase(introduced_by(step));
  }
  std::vector<ScriptStep> steps = one.setup;
  for (const auto& user : people) steps.push_back({Value{{"admin.create_user", {{"user", user}}}}, {}});
  steps.insert(steps.end(), played.begin(), played.end());
  for (const auto& expect : one.expect) {
    if (const auto* state = std::get_if<State>(&expect.law)) steps.push_back({Value{{"expect", state->observation}}, expect.place});
  }
  for (const auto& step : steps) {
    if (auto added = add_step(*script, step); !added) return std::unexpected(added.error());
  }
  if (auto checked = check_references(*script, case_hosts); !checked) return std::unexpected(checked.error());
  // What is played before the product is asked for anything.
  script->timeline.resize(one.setup.size());
  return *std::move(script);
}

}  // namespace scenarios::client
