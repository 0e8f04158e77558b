#include "scenarios/script/decode.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <span>
#include <utility>

#include "scenarios/script/field_list.h"
#include "scenarios/script/fields.h"
#include "scenarios/script/nearest.h"
#include "scenarios/script/scalars.h"

namespace scenarios {
namespace {

class FieldReader;

/// Collects the first error; everything after it is skipped.
class Decoder {
 public:
  [[nodiscard]] const std::optional<ScriptError>& error() const { return error_; }
  [[nodiscard]] bool failed() const { return error_.has_value(); }

  void fail(Place place, std::string message) {
    if (!error_) error_ = ScriptError{place, std::move(message)};
  }

  bool expect_kind(const YamlNode& node, YamlNode::Kind kind, std::string_view what) {
    if (node.kind == kind) return true;
    fail(node.place, fmt::format("{} is expected here", what));
    return false;
  }

  template <class T>
  void read(const YamlNode& node, T& out) {
    if (failed()) return;
    if constexpr (IsOptional<T>::value) {
      read(node, out.emplace());
    } else if constexpr (IsVector<T>::value) {
      if (!expect_kind(node, YamlNode::Kind::sequence, "a list")) return;
      for (const auto& item : node.items) read(item, out.emplace_back());
    } else if constexpr (Described<T>) {
      read_fields(node, out);
    } else {
      if (auto result = read_scalar(node, out); !result) fail(node.place, result.error().message);
    }
  }

  template <class T>
  void read_fields(const YamlNode& node, T& out);
  /// Reads a map; `tell` tells of its fields.
  void read_map(const YamlNode& node, const std::function<void(FieldReader&)>& tell);

 private:
  std::optional<ScriptError> error_;
};

/// Visits the fields of one struct with the members of one map.
class FieldReader {
 public:
  FieldReader(Decoder& decoder, const YamlNode& node)
      : decoder_(&decoder), node_(&node), used_(node.members.size()) {}

  template <class Field>
  void required(std::string_view key, Field& field, std::string_view help) {
    known_.push_back(key);
    if (const auto* value = take(key)) {
      decoder_->read(*value, field);
    } else {
      missing_.push_back({key, help});
    }
  }

  template <class Field>
  void optional(std::string_view key, Field& field, std::string_view) {
    known_.push_back(key);
    if (const auto* value = take(key)) decoder_->read(*value, field);
  }

  template <class Field>
  void choice(std::string_view key, Field& field, std::span<const std::string_view> words, std::string_view) {
    known_.push_back(key);
    const auto* value = take(key);
    if (value == nullptr) return;
    decoder_->read(*value, field);
    if (std::ranges::find(words, field) == words.end()) {
      decoder_->fail(value->place,
                     fmt::format("'{}' is none of: {}", shown_word(field), fmt::join(words, ", ")));
    }
  }

  /// Unknown keys first: a typo in a required key should be shown as the typo.
  void finish() {
    for (std::size_t i = 0; i < node_->members.size(); ++i) {
      const auto& key = node_->members[i].first;
      if (!used_[i]) decoder_->fail(key.place, unknown_key_message(key.scalar, known_));
    }
    for (const auto& [key, help] : missing_) {
      decoder_->fail(node_->place, fmt::format("the key '{}' is missing here: {}", key, help));
    }
  }

 private:
  const YamlNode* take(std::string_view key) {
    for (std::size_t i = 0; i < node_->members.size(); ++i) {
      if (node_->members[i].first.scalar == key) {
        used_[i] = true;
        return &node_->members[i].second;
      }
    }
    return nullptr;
  }

  Decoder* decoder_;
  const YamlNode* node_;
  std::vector<bool> used_;
  std::vector<std::string_view> known_;
  std::vector<std::pair<std::string_view, std::string_view>> missing_;
};

void Decoder::read_map(const YamlNode& node, const std::function<void(FieldReader&)>& tell) {
  static const YamlNode empty_map = [] {
    YamlNode map;
    map.kind = YamlNode::Kind::map;
    return map;
  }();
  // `entra.test_connection:` with nothing behind it is a verb without arguments.
  const YamlNode& map = node.kind == YamlNode::Kind::null ? empty_map : node;
  if (!expect_kind(map, YamlNode::Kind::map, "a map of keys and values")) return;
  FieldReader reader(*this, map);
  tell(reader);
  if (&map == &empty_map && !failed()) {
    FieldReader check(*this, node);
    tell(check);
    check.finish();
    return;
  }
  reader.finish();
}

template <class T>
void Decoder::read_fields(const YamlNode& node, T& out) {
  if constexpr (requires { out.source; }) out.source.place = node.place;
  read_map(node, [&](FieldReader& reader) { T::describe(out, reader); });
}

/// Reads `name: {…}` into the alternative of that name; false where no alternative has it.
template <class Action>
bool read_alternative(Decoder& decoder, std::string_view name, const YamlNode& node, Action& out) {
  const auto types = action_types<Action>();
  const auto type = std::ranges::find(types, name, &ActionType<Action>::name);
  if (type == types.end()) return false;
  out = type->make();
  const auto fields = fields_of(out);
  decoder.read_map(node, [&](FieldReader& reader) { tell(fields, reader); });
  return true;
}

template <class Action>
std::vector<std::string_view> names_of() {
  std::vector<std::string_view> names;
  for (const auto& type : action_types<Action>()) names.push_back(type.name);
  return names;
}

/// One member of a step or expectation that is not its action.
bool read_modifier(Decoder& decoder, std::string_view key, const YamlNode& value, Expectation& out) {
  if (key == "within") {
    decoder.read(value, out.within);
  } else if (key == "rules") {
    decoder.read(value, out.rules);
  } else {
    return false;
  }
  return true;
}

void read_hold(Decoder& decoder, const YamlNode& value, Hold& out) {
  std::string word;
  decoder.read(value, word);
  if (word == "once") {
    out = Hold::once;
  } else if (word == "always") {
    out = Hold::always;
  } else if (word == "never") {
    out = Hold::never;
  } else {
    decoder.fail(value.place, fmt::format("'{}' is none of: once, always, never", shown_word(word)));
  }
}

void read_outcome(Decoder& decoder, const YamlNode& value, Outcome& out) {
  std::string word;
  decoder.read(value, word);
  if (word == "ok") {
    out = Outcome::ok;
  } else if (word == "refused") {
    out = Outcome::refused;
  } else if (word == "any") {
    out = Outcome::any;
  } else {
    decoder.fail(value.place, fmt::format("'{}' is none of: ok, refused, any", shown_word(word)));
  }
}

/// `expect: {device.session: {…}}` inside a step.
void read_single_observation(Decoder& decoder, const YamlNode& node, Observation& out) {
  if (!decoder.expect_kind(node, YamlNode::Kind::map, "one observation")) return;
  if (node.members.size() != 1) {
    decoder.fail(node.place, "exactly one observation is expected here");
    return;
  }
  const auto& [key, value] = node.members.front();
  if (!read_alternative(decoder, key.scalar, value, out)) {
    decoder.fail(key.place, unknown_key_message(key.scalar, names_of<Observation>()));
  }
}

Step read_step(Decoder& decoder, const YamlNode& node) {
  Step step;
  step.source.place = node.place;
  if (!decoder.expect_kind(node, YamlNode::Kind::map, "a step")) return step;
  std::optional<VerbStep> verb;
  std::optional<Expectation> expectation;
  Expectation modifiers;
  std::optional<Place> within_place;
  std::optional<Outcome> outcome;
  Place outcome_place;
  for (const auto& [key, value] : node.members) {
    const std::string_view name = key.scalar;
    VerbStep candidate;
    if (name == "at") {
      decoder.read(value, step.at);
    } else if (name == "after") {
      decoder.read(value, step.after);
    } else if (name == "outcome") {
      outcome_place = key.place;
      read_outcome(decoder, value, outcome.emplace());
    } else if (name == "expect") {
      read_single_observation(decoder, value, expectation.emplace().observation);
    } else if (read_modifier(decoder, name, value, modifiers)) {
      if (name == "within") within_place = key.place;
    } else if (read_alternative(decoder, name, value, candidate.verb)) {
      if (verb) decoder.fail(key.place, "a step does one thing; begin another step for this");
      verb = std::move(candidate);
    } else {
      auto known = names_of<Verb>();
      for (const auto word : {"at", "after", "expect", "within", "rules", "outcome"}) known.push_back(word);
      decoder.fail(key.place, unknown_key_message(name, known));
    }
  }
  if (step.at && step.after) decoder.fail(node.place, "a step has 'at' or 'after', not both");
  if (verb && expectation) decoder.fail(node.place, "a step does something or expects something, not both");
  if (!verb && !expectation) decoder.fail(node.place, "a step needs a verb or 'expect'");
  if (verb && within_place) decoder.fail(*within_place, "this belongs to an expectation");
  if (expectation && outcome) decoder.fail(outcome_place, "this belongs to a verb");
  if (verb) {
    verb->outcome = outcome.value_or(Outcome::ok);
    verb->rules = std::move(modifiers.rules);
    step.action = std::move(*verb);
  } else if (expectation) {
    modifiers.observation = std::move(expectation->observation);
    modifiers.source.place = node.place;
    step.action = std::move(modifiers);
  }
  return step;
}

Expectation read_expectation(Decoder& decoder, const YamlNode& node) {
  Expectation out;
  out.source.place = node.place;
  if (!decoder.expect_kind(node, YamlNode::Kind::map, "an expectation")) return out;
  bool observed = false;
  for (const auto& [key, value] : node.members) {
    const std::string_view name = key.scalar;
    if (name == "hold") {
      read_hold(decoder, value, out.hold);
    } else if (read_modifier(decoder, name, value, out)) {
    } else if (read_alternative(decoder, name, value, out.observation)) {
      if (observed) decoder.fail(key.place, "an expectation has one observation; begin another for this");
      observed = true;
    } else {
      auto known = names_of<Observation>();
      for (const auto word : {"hold", "within", "rules"}) known.push_back(word);
      decoder.fail(key.place, unknown_key_message(name, known));
    }
  }
  if (!observed) decoder.fail(node.place, "an expectation needs an observation");
  if (out.within && out.hold != Hold::once)
    decoder.fail(node.place, "'within' goes with expectations that hold once");
  return out;
}

void read_version(Decoder& decoder, const YamlNode& root) {
  if (root.members.empty() || root.members.front().first.scalar != "lockstep") {
    decoder.fail(root.place, "a script begins with 'lockstep: 1'");
    return;
  }
  const auto& version = root.members.front().second;
  if (version.quoted || version.scalar != std::to_string(script_version)) {
    decoder.fail(version.place,
                 fmt::format("version '{}' of scripts is not known; this program reads version {}",
                             shown_word(version.scalar), script_version));
  }
}

Scenario read_scenario(Decoder& decoder, const YamlNode& root) {
  static constexpr std::array<std::string_view, 10> known{"lockstep", "title", "about",    "covers", "needs",
                                                          "replay",   "world", "timeline", "settle", "expect"};
  Scenario scenario;
  if (!decoder.expect_kind(root, YamlNode::Kind::map, "a script, which begins with 'lockstep: 1',"))
    return scenario;
  read_version(decoder, root);
  for (const auto& [key, value] : root.members) {
    if (decoder.failed()) break;
    const std::string_view name = key.scalar;
    if (name == "lockstep") {
    } else if (name == "title") {
      decoder.read(value, scenario.title);
    } else if (name == "about") {
      decoder.read(value, scenario.about);
    } else if (name == "covers") {
      scenario.covers_source.place = value.place;
      decoder.read(value, scenario.covers);
    } else if (name == "needs") {
      decoder.read(value, scenario.needs);
      for (const auto& need : scenario.needs) {
        if (std::ranges::find(capabilities, need) == capabilities.end()) {
          decoder.fail(value.place,
                       fmt::format("'{}' is none of: {}", shown_word(need), fmt::join(capabilities, ", ")));
        }
      }
    } else if (name == "replay") {
      decoder.read(value, scenario.replay);
    } else if (name == "world") {
      decoder.read(value, scenario.world);
    } else if (name == "settle") {
      decoder.read(value, scenario.settle);
    } else if (name == "timeline") {
      if (!decoder.expect_kind(value, YamlNode::Kind::sequence, "a list of steps")) break;
      for (const auto& item : value.items) scenario.timeline.push_back(read_step(decoder, item));
    } else if (name == "expect") {
      if (!decoder.expect_kind(value, YamlNode::Kind::sequence, "a list of expectations")) break;
      for (const auto& item : value.items) scenario.expect.push_back(read_expectation(decoder, item));
    } else {
      decoder.fail(key.place, unknown_key_message(name, known));
    }
  }
  if (scenario.title.empty())
    decoder.fail(root.place, "the key 'title' is missing: one line that says what the script shows");
  return scenario;
}

}  // namespace

std::expected<Step, ScriptError> decode_step(std::string_view text) {
  const auto root = read_yaml(text);
  if (!root) return std::unexpected(root.error());
  Decoder decoder;
  auto step = read_step(decoder, *root);
  if (decoder.failed()) return std::unexpected(*decoder.error());
  return step;
}

std::expected<Scenario, ScriptError> decode_scenario(std::string_view text) {
  const auto root = read_yaml(text);
  if (!root) return std::unexpected(root.error());
  Decoder decoder;
  auto scenario = read_scenario(decoder, *root);
  if (decoder.failed()) return std::unexpected(*decoder.error());
  if (const auto checked = check_references(scenario); !checked) return std::unexpected(checked.error());
  return scenario;
}

}  // namespace scenarios
