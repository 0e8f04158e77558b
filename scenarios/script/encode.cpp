#include "scenarios/script/encode.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/script/field_list.h"
#include "scenarios/script/fields.h"
#include "scenarios/script/scalars.h"

namespace scenarios {
namespace {

/// Text that YAML reads back as this very string without quotes, also inside `{}` and `[]`.
bool is_plain(std::string_view text) {
  if (text.empty() || text.size() > 200) return false;
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (!is_letter(text.front())) return false;
  for (const char c : text) {
    if (!is_letter(c) && !(c >= '0' && c <= '9') &&
        std::string_view("._-/@ ").find(c) == std::string_view::npos)
      return false;
  }
  static constexpr std::array<std::string_view, 8> words{"true", "false", "null", "yes",
                                                         "no",   "on",    "off",  "y"};
  const bool is_word = std::ranges::any_of(words, [&](std::string_view word) {
    return text.size() == word.size() &&
           std::ranges::equal(text, word, [](char a, char b) { return (a | 0x20) == b; });
  });
  return !is_word && text.back() != ' ';
}

std::string double_quoted(std::string_view text) {
  // A script may hold this character only as an escape.
  static constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at).starts_with(byte_order_mark)) {
      out += "\\uFEFF";
      at += byte_order_mark.size() - 1;
      continue;
    }
    const char c = text[at];
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
          out += fmt::format("\\x{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        } else {
          out += c;
        }
    }
  }
  return out + "\"";
}

std::string scalar_text(const ScalarText& scalar) {
  return !scalar.is_string || is_plain(scalar.text) ? scalar.text : double_quoted(scalar.text);
}

/// Writes one struct as a flow map, leaving out what has its default value.
class FlowWriter {
 public:
  template <class T>
  static std::string value(const T& value) {
    if constexpr (IsOptional<T>::value) {
      return FlowWriter::value(*value);
    } else if constexpr (IsVector<T>::value) {
      std::string out;
      for (const auto& item : value) out += (out.empty() ? "" : ", ") + FlowWriter::value(item);
      return "[" + out + "]";
    } else if constexpr (Described<T>) {
      return map(value);
    } else {
      return scalar_text(write_scalar(value));
    }
  }

  template <class T>
  static std::string map(const T& described) {
    static const T defaults{};
    Collect actual;
    Collect standard;
    T::describe(described, actual);
    T::describe(defaults, standard);
    return text(actual, standard);
  }

  static std::string map(const ConstFieldList& fields, const ConstFieldList& defaults) {
    Collect actual;
    Collect standard;
    tell(fields, actual);
    tell(defaults, standard);
    return text(actual, standard);
  }

 private:
  /// The fields of a value; those of one with its defaults are collected beside it.
  struct Collect {
    std::vector<std::string> texts;
    std::vector<std::string_view> keys;
    std::vector<bool> mandatory;
    template <class Field>
    void required(std::string_view key, const Field& field, std::string_view) {
      add(key, field, true);
    }
    template <class Field>
    void optional(std::string_view key, const Field& field, std::string_view) {
      add(key, field, false);
    }
    template <class Field>
    void choice(std::string_view key, const Field& field, std::span<const std::string_view>, std::string_view) {
      add(key, field, false);
    }
    template <class Field>
    void add(std::string_view key, const Field& field, bool is_mandatory) {
      keys.push_back(key);
      mandatory.push_back(is_mandatory);
      if constexpr (IsOptional<Field>::value) {
        texts.push_back(field ? value(field) : std::string{});
      } else {
        texts.push_back(value(field));
      }
    }
  };

  static std::string text(const Collect& actual, const Collect& standard) {
    std::string out;
    for (std::size_t i = 0; i < actual.keys.size(); ++i) {
      if (!actual.mandatory[i] && actual.texts[i] == standard.texts[i]) continue;
      out += fmt::format("{}{}: {}", out.empty() ? "" : ", ", actual.keys[i], actual.texts[i]);
    }
    return "{" + out + "}";
  }
};

template <class Action>
std::string action_text(const Action& action) {
  const auto& type = type_of(action);
  const auto defaults = type.make();
  return fmt::format("{}: {}", type.name, FlowWriter::map(fields_of(action), fields_of(defaults)));
}

std::string rules_line(const std::vector<std::string>& rules, std::string_view indent) {
  return rules.empty() ? std::string() : fmt::format("{}rules: {}\n", indent, FlowWriter::value(rules));
}

std::string modifiers(const Expectation& expectation, std::string_view indent) {
  std::string out;
  if (expectation.within) out += fmt::format("{}within: {}\n", indent, base::to_text(*expectation.within));
  return out + rules_line(expectation.rules, indent);
}

void encode_step(std::string& out, const Step& step) {
  std::string lines;
  const std::string_view indent = "    ";
  if (step.at) lines += fmt::format("{}at: {}\n", indent, base::to_text(*step.at));
  if (step.after) lines += fmt::format("{}after: {}\n", indent, base::to_text(*step.after));
  if (const auto* verb = std::get_if<VerbStep>(&step.action)) {
    lines += fmt::format("{}{}\n", indent, action_text(verb->verb));
    if (verb->outcome != Outcome::ok) {
      lines += fmt::format("{}outcome: {}\n", indent, verb->outcome == Outcome::refused ? "refused" : "any");
    }
    lines += rules_line(verb->rules, indent);
  } else {
    const auto& expectation = std::get<Expectation>(step.action);
    lines += fmt::format("{}expect: {{{}}}\n", indent, action_text(expectation.observation));
    lines += modifiers(expectation, indent);
  }
  lines[2] = '-';
  out += lines;
}

void encode_world(std::string& out, const WorldSpec& world) {
  const WorldSpec standard;
  if (world == standard) return;
  out += "world:\n";
  if (world.start != standard.start) out += fmt::format("  start: {}\n", write_scalar(world.start).text);
  if (world.network != standard.network)
    out += fmt::format("  network: {}\n", FlowWriter::value(world.network));
  if (world.users) out += fmt::format("  users: {}\n", FlowWriter::value(world.users));
  if (world.fleet) out += fmt::format("  fleet: {}\n", FlowWriter::value(world.fleet));
  if (world.groups) out += fmt::format("  groups: {}\n", FlowWriter::value(world.groups));
  if (world.directory != standard.directory)
    out += fmt::format("  directory: {}\n", FlowWriter::value(world.directory));
  if (world.entra != standard.entra) out += fmt::format("  entra: {}\n", FlowWriter::value(world.entra));
  if (world.okta != standard.okta) out += fmt::format("  okta: {}\n", FlowWriter::value(world.okta));
  if (world.fault_points) out += fmt::format("  fault_points: {}\n", FlowWriter::value(*world.fault_points));
  if (world.devices.empty()) return;
  out += "  devices:\n";
  for (const auto& device : world.devices) out += fmt::format("    - {}\n", FlowWriter::value(device));
}

}  // namespace

std::string encode_scenario(const Scenario& scenario) {
  std::string out =
      fmt::format("lockstep: {}\ntitle: {}\n", script_version, scalar_text({scenario.title, true}));
  if (!scenario.about.empty()) out += fmt::format("about: {}\n", scalar_text({scenario.about, true}));
  if (!scenario.covers.empty()) out += fmt::format("covers: {}\n", FlowWriter::value(scenario.covers));
  if (!scenario.needs.empty()) out += fmt::format("needs: {}\n", FlowWriter::value(scenario.needs));
  if (scenario.replay != ReplaySpec{}) out += fmt::format("replay: {}\n", FlowWriter::value(scenario.replay));
  encode_world(out, scenario.world);
  if (!scenario.timeline.empty()) out += "timeline:\n";
  for (const auto& step : scenario.timeline) encode_step(out, step);
  if (scenario.settle != base::Duration::zero())
    out += fmt::format("settle: {}\n", base::to_text(scenario.settle));
  if (!scenario.expect.empty()) out += "expect:\n";
  for (const auto& expectation : scenario.expect) {
    out += fmt::format("  - {}\n", action_text(expectation.observation));
    if (expectation.hold != Hold::once)
      out += fmt::format("    hold: {}\n", expectation.hold == Hold::always ? "always" : "never");
    out += modifiers(expectation, "    ");
  }
  return out;
}

std::string encode_verb(const Verb& verb) {
  return action_text(verb);
}
std::string encode_observation(const Observation& observation) {
  return action_text(observation);
}

}  // namespace scenarios
