// Random scenarios for RapidCheck, of the kind that passes the checks: every verb and observation, names that
// are there, and texts that YAML would rather read as something else. A struct is filled through its
// describe(), so a new verb or field is generated without a line here.
#pragma once

#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "base/duration_text.h"
#include "scenarios/script/encode.h"
#include "scenarios/script/fields.h"
#include "scenarios/script/scenario.h"

namespace scenarios {

/// How RapidCheck prints a counterexample.
inline void showValue(const Scenario& scenario, std::ostream& out) {
  out << "\n" << encode_scenario(scenario);
}

namespace generated {

/// From all of the range, also in the first cases of a property, which RapidCheck keeps small.
template <class T>
rc::Gen<T> below(T bound) {
  return rc::gen::resize(rc::kNominalSize, rc::gen::inRange<T>(0, bound));
}

/// The parties that a scenario has introduced so far.
struct KnownNames {
  std::vector<std::string> people{};
  std::vector<std::string> devices{};
  std::vector<std::string> hosts{"directory", "entra", "mail"};
};

inline const std::vector<std::string>& hostile_texts() {
  static const std::vector<std::string> texts{"",
                                              " ",
                                              "true",
                                              "null",
                                              "NULL",
                                              "~",
                                              "yes",
                                              "1h",
                                              "42",
                                              "1/50",
                                              "2026-01-05T08:00:00Z",
                                              "- x",
                                              "-",
                                              "? y",
                                              ": z",
                                              "a: b",
                                              "a #b",
                                              "#",
                                              " leading",
                                              "trailing ",
                                              "\"quoted\"",
                                              "it's",
                                              "back\\slash",
                                              "\\n",
                                              "two\nlines",
                                              "\n",
                                              "three\r\n",
                                              "\t",
                                              "a\tb",
                                              "{a: 1}",
                                              "[a, b]",
                                              "a, b",
                                              "]",
                                              "}",
                                              "&a",
                                              "*a",
                                              "!a",
                                              "%a",
                                              "@a",
                                              "`a`",
                                              "|",
                                              ">",
                                              "---",
                                              "...",
                                              "<<",
                                              "\xEF\xBB\xBF",
                                              "gr\xC3\xBC\xC3\x9F"
                                              "e",
                                              "\xF0\x9F\x98\x80"};
  return texts;
}

inline std::string to_utf8(const std::vector<char32_t>& characters) {
  std::string out;
  const auto add = [&](char32_t bits) { out += static_cast<char>(static_cast<unsigned char>(bits)); };
  for (const char32_t c : characters) {
    if (c < 0x80) {
      add(c);
    } else if (c < 0x800) {
      add(0xC0 | c >> 6), add(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      add(0xE0 | c >> 12), add(0x80 | (c >> 6 & 0x3F)), add(0x80 | (c & 0x3F));
    } else {
      add(0xF0 | c >> 18), add(0x80 | (c >> 12 & 0x3F)), add(0x80 | (c >> 6 & 0x3F)), add(0x80 | (c & 0x3F));
    }
  }
  return out;
}

/// Controls, line and paragraph separators, byte order marks, non-characters; no surrogates.
inline rc::Gen<char32_t> any_character() {
  return rc::gen::weightedOneOf<char32_t>(
      {{6, rc::gen::inRange<char32_t>(0, 0x80)},
       {2, rc::gen::inRange<char32_t>(0x80, 0x800)},
       {2, rc::gen::elementOf(std::vector<char32_t>{0x85, 0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF})},
       {1, rc::gen::inRange<char32_t>(0x800, 0xD800)},
       {1, rc::gen::inRange<char32_t>(0xE000, 0x110000)}});
}

inline rc::Gen<std::string> any_text() {
  return rc::gen::weightedOneOf<std::string>(
      {{8, rc::gen::elementOf(hostile_texts())},
       {4, rc::gen::map(rc::gen::container<std::vector<char32_t>>(any_character()), to_utf8)},
       {1, rc::gen::map(rc::gen::elementOf(hostile_texts()),
                        [](const std::string& unit) { return std::string(1000, 'x') + unit; })}});
}

/// Names that a YAML reader could take for something else are names all the same.
inline std::string any_name(const std::vector<std::string>& taken) {
  static const std::vector<std::string> pool{"amy",           "bo.lee", "c_d-e", "true", "null",
                                             "yes",           "n",      "No",    "NULL", "e1",
                                             "X............", "at",     "to",    "user"};
  auto name = *rc::gen::elementOf(pool);
  if (*below(20) == 0) name = std::string(64, 'n');
  for (int number = 2; std::ranges::find(taken, name) != taken.end(); ++number) {
    name = "p" + std::to_string(number);
  }
  return name;
}

/// Whether a struct can be filled: what it refers to must have been introduced.
class Needs {
 public:
  template <class T>
  static bool are_met(const KnownNames& names) {
    Needs needs;
    T value{};
    T::describe(value, needs);
    return !(needs.person_ && names.people.empty()) && !(needs.device_ && names.devices.empty());
  }

  template <class Field>
  void required(std::string_view, Field&, std::string_view) {
    person_ = person_ || std::is_same_v<Field, PersonRef>;
    device_ = device_ || std::is_same_v<Field, DeviceRef>;
  }
  template <class Field>
  void optional(std::string_view, Field&, std::string_view) {}
  template <class Field, std::size_t size>
  void choice(std::string_view, Field&, const std::array<std::string_view, size>&, std::string_view) {}

 private:
  bool person_ = false;
  bool device_ = false;
};

/// Visits the fields of a struct and gives each a value.
class Filler {
 public:
  explicit Filler(KnownNames& names) : names_(&names) {}

  template <class T>
  void fill_fields(T& described) {
    T::describe(described, *this);
  }

  template <class Field>
  void required(std::string_view, Field& field, std::string_view) {
    fill(field);
  }
  template <class Field>
  void optional(std::string_view, Field& field, std::string_view) {
    if (*rc::gen::arbitrary<bool>()) fill(field);
  }
  template <class Field, std::size_t size>
  void choice(std::string_view, Field& field, const std::array<std::string_view, size>& words,
              std::string_view) {
    field = std::string(words[*below(size)]);
  }

  void fill(std::string& out) { out = *any_text(); }
  void fill(bool& out) { out = *rc::gen::arbitrary<bool>(); }
  void fill(std::int64_t& out) {
    const auto extremes = rc::gen::elementOf(std::vector<std::int64_t>{0, 1, INT64_MIN, INT64_MAX});
    out = *rc::gen::oneOf(rc::gen::arbitrary<std::int64_t>(), extremes);
  }
  void fill(std::uint64_t& out) { out = *rc::gen::oneOf(rc::gen::arbitrary<std::uint64_t>(), rc::gen::just<std::uint64_t>(UINT64_MAX)); }
  void fill(base::Duration& out) {
    constexpr auto longest = base::longest_duration.count();
    const auto nanoseconds = below<std::int64_t>(longest + 1);
    const auto minutes =
        rc::gen::map(below<std::int64_t>(1440), [](std::int64_t n) { return n * 60'000'000'000; });
    const auto ends = rc::gen::elementOf(std::vector<std::int64_t>{0, 1, 999, longest});
    out = base::Duration{*rc::gen::oneOf(nanoseconds, minutes, ends)};
  }
  void fill(base::Instant& out) {
    constexpr auto latest = latest_start.time_since_epoch().count();
    out = base::Instant{base::Duration{*below<std::int64_t>(latest + 1)}};
  }
  void fill(base::Ratio& out) {
    const auto whole = 1 + *below<std::uint64_t>(UINT32_MAX);
    const auto part = *below(whole + 1);
    out = {static_cast<std::uint32_t>(part), static_cast<std::uint32_t>(whole)};
    if (part == 0) out = {0, 1};
    if (part == whole) out = {1, 1};
  }
  void fill(DurationRange& out) {
    fill(out.low);
    fill(out.high);
    if (out.high < out.low) std::swap(out.low, out.high);
  }
  void fill(CountRange& out) {
    out.low = *below<std::int64_t>(1000);
    out.high = out.low + *below<std::int64_t>(1000);
  }
  void fill(SecretName& out) { out.name = any_name({}); }
  void fill(InputFile& out) { fill(out.path); }
  void fill(JsonText& out) {
    static const std::vector<std::string> texts{R"({"a":1,"b":[true,null,"x: y"]})", "[]", "\"text\"", R"({"${amy.id}":{"present":true}})"};
    out.text = *rc::gen::elementOf(texts);
  }
  void fill(AnswerPattern& out) {
    static const std::vector<std::string> texts{R"({"status":200})", R"({"status":["2xx",404],"body":{"id":{"present":true}}})"};
    out.json.text = *rc::gen::elementOf(texts);
  }
  void fill(NewPerson& out) {
    out.name = any_name(names_->people);
    names_->people.push_back(out.name);
  }
  void fill(PersonRef& out) { out.name = *rc::gen::elementOf(names_->people); }
  void fill(DeviceRef& out) { out.name = *rc::gen::elementOf(names_->devices); }
  void fill(HostRef& out) { out.name = *rc::gen::elementOf(names_->hosts); }

  template <class T>
  void fill(std::optional<T>& out) {
    if (nobody_to_name<T>()) return;
    fill(out.emplace());
  }
  template <class T>
  void fill(std::vector<T>& out) {
    if (nobody_to_name<T>()) return;
    const auto size = *below(4);
    for (int i = 0; i < size; ++i) fill(out.emplace_back());
  }
  template <Described T>
  void fill(T& out) {
    fill_fields(out);
  }

 private:
  template <class T>
  [[nodiscard]] bool nobody_to_name() const {
    return (std::is_same_v<T, PersonRef> && names_->people.empty()) || (std::is_same_v<T, DeviceRef> && names_->devices.empty());
  }

  KnownNames* names_;
};

/// Fills the alternative; false where it refers to what is not there.
template <class Action, class T>
bool make_alternative(KnownNames& names, Action& out) {
  if (!Needs::are_met<T>(names)) return false;
  T value;
  Filler(names).fill_fields(value);
  out = std::move(value);
  return true;
}

/// The alternative at `index` with every field filled, or the next one that can be.
template <class Action>
Action alternative(std::size_t index, KnownNames& names) {
  std::vector<bool (*)(KnownNames&, Action&)> makers;
  Action::for_each_type([&]<class T>() { makers.push_back(&make_alternative<Action, T>); });
  Action out;
  while (!makers[index](names, out)) index = (index + 1) % makers.size();
  return out;
}

template <class Action>
Action any_alternative(KnownNames& names) {
  return alternative<Action>(*below(Action::size), names);
}

inline Expectation any_expectation(KnownNames& names, bool at_the_end) {
  Expectation out;
  out.observation = any_alternative<Observation>(names);
  if (at_the_end) out.hold = *rc::gen::elementOf(std::vector{Hold::once, Hold::always, Hold::never});
  Filler filler(names);
  if (out.hold == Hold::once) filler.optional("within", out.within, "");
  filler.optional("rules", out.rules, "");
  return out;
}

inline Step any_step(KnownNames& names) {
  Step out;
  Filler filler(names);
  if (*rc::gen::arbitrary<bool>()) {
    filler.optional("at", out.at, "");
  } else {
    filler.optional("after", out.after, "");
  }
  if (*below(3) == 0) {
    out.action = any_expectation(names, false);
  } else {
    VerbStep verb;
    verb.verb = any_alternative<Verb>(names);
    verb.outcome = *rc::gen::elementOf(std::vector{Outcome::ok, Outcome::refused, Outcome::any});
    out.action = std::move(verb);
  }
  return out;
}

inline WorldSpec any_world(KnownNames& names) {
  WorldSpec out;
  Filler filler(names);
  filler.optional("start", out.start, "");
  filler.optional("network", out.network, "");
  if (*below(3) == 0) {
    auto& users = out.users.emplace();
    filler.fill(users);
    users.generate = 1 + *below<std::int64_t>(12);
    users.prefix = *rc::gen::elementOf(std::vector<std::string>{"user", "no", "e1.", "X-"});
    users.domain = "a-1.example.test";
    for (std::int64_t number = 1; number <= users.generate; ++number) names.people.push_back(generated_name(users, number));
  }
  if (*below(3) == 0) {
    auto& fleet = out.fleet.emplace();
    filler.fill(fleet);
    fleet.generate = 1 + *below<std::int64_t>(12);
    fleet.prefix = *rc::gen::elementOf(std::vector<std::string>{"device", "null", "d1.", "Y-"});
    for (std::int64_t number = 1; number <= fleet.generate; ++number) {
      names.devices.push_back(generated_name(fleet, number));
      names.hosts.push_back(names.devices.back());
    }
  }
  if (out.users && out.users->in == "entra" && *below(3) == 0) {
    auto& groups = out.groups.emplace();
    filler.fill(groups);
    groups.generate = 1 + *below<std::int64_t>(12);
    groups.prefix = *rc::gen::elementOf(std::vector<std::string>{"group", "yes"});
  }
  filler.optional("directory", out.directory, "");
  filler.optional("entra", out.entra, "");
  filler.optional("fault_points", out.fault_points, "");
  const auto devices = *below(4);
  for (int i = 0; i < devices; ++i) {
    auto& device = out.devices.emplace_back();
    filler.fill(device);
    device.name = any_name(names.hosts);
    names.hosts.push_back(device.name);
    names.devices.push_back(device.name);
    for (std::size_t account = 1; account < device.accounts.size(); ++account) {
      device.accounts[account].name += std::to_string(account);
    }
    // Two names that differ by more than their number may have become one.
    std::ranges::sort(device.accounts, {}, &AccountSpec::name);
    const auto repeated = std::ranges::unique(device.accounts, {}, &AccountSpec::name);
    device.accounts.erase(repeated.begin(), repeated.end());
  }
  return out;
}

inline Scenario make_scenario() {
  Scenario out;
  KnownNames names;
  Filler filler(names);
  filler.fill(out.title);
  if (out.title.empty()) out.title = "untitled";
  filler.optional("about", out.about, "");
  filler.optional("covers", out.covers, "");
  const auto needs = *below(3);
  for (int i = 0; i < needs; ++i) {
    out.needs.emplace_back(capabilities[*below(capabilities.size())]);
  }
  if (*below(3) == 0) filler.fill_fields(out.replay);
  out.world = any_world(names);
  // Without people most verbs have nothing to act on.
  const auto people = *below(4);
  for (int i = 0; i < people; ++i) {
    EntraCreateUser create;
    filler.fill_fields(create);
    out.timeline.push_back({{}, {}, VerbStep{std::move(create)}, {}});
  }
  const auto steps = *below(8);
  for (int i = 0; i < steps; ++i) out.timeline.push_back(any_step(names));
  filler.optional("settle", out.settle, "");
  const auto expectations = *below(5);
  for (int i = 0; i < expectations; ++i) out.expect.push_back(any_expectation(names, true));
  return out;
}

}  // namespace generated

[[nodiscard]] inline rc::Gen<Scenario> any_scenario() {
  return rc::gen::exec(generated::make_scenario);
}

}  // namespace scenarios
