#include "scenarios/client/decode_pattern.h"

#include <algorithm>
#include <array>

#include "scenarios/probe/check.h"

namespace scenarios::client {
namespace {

using probe::StrictReader;

struct LawRow {
  std::string_view name;
  std::string_view help;
  Law (*read)(StrictReader&, const YamlNode&);
};

probe::StatusSet read_statuses(StrictReader& in, const YamlNode& node) {
  probe::StatusSet out{in.texts(node)};
  for (const auto& word : out.allowed) {
    const bool digits = word.size() == 3 && word[0] >= '1' && word[0] <= '5' &&
                        (word.substr(1) == "xx" || std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; }));
    if (!digits) in.fail(node, fmt::format("'{}' is no status; write 201 or 2xx", shown_word(word)));
  }
  return out;
}

Checks read_pattern_checks(StrictReader& in, const YamlNode& node) {
  auto out = in.pairs(node);
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (const auto wrong = probe::wrong_check(out[i].second)) in.fail(node.members[i].second, *wrong);
  }
  return out;
}

Law read_waits(StrictReader& in, const YamlNode& node) {
  Waits out;
  in.members(node, {{"after", [&](const YamlNode& value) { out.after = read_exchange_pattern(in, value); }},
                    {"for",
                     [&](const YamlNode& value) {
                       if (in.text(value) != "retry_after") out.span = in.duration(value);
                     }},
                    {"with", [&](const YamlNode& value) {
                       out.scope = in.word<Waits::Scope>(value, {{"everything", Waits::Scope::same_party}, {"the_same_request", Waits::Scope::same_request}});
                     }}});
  return out;
}

Law read_sends(StrictReader& in, const YamlNode& node) {
  Sends out;
  in.members(node, {{"of", [&](const YamlNode& value) { out.of = read_exchange_pattern(in, value); }},
                    {"times",
                     [&](const YamlNode& value) {
                       out.least = in.number(value, 0, 1'000'000);
                       out.most = out.least;
                     }},
                    {"least", [&](const YamlNode& value) { out.least = in.number(value, 0, 1'000'000); }},
                    {"most", [&](const YamlNode& value) { out.most = in.number(value, 0, 1'000'000); }}});
  return out;
}

Law read_each_law(StrictReader& in, const YamlNode& node) {
  Each out;
  in.members(node, {{"of", [&](const YamlNode& value) { out.of = read_exchange_pattern(in, value); }},
                    {"has", [&](const YamlNode& value) { out.has = read_exchange_pattern(in, value); }}});
  return out;
}

Law read_follows(StrictReader& in, const YamlNode& node) {
  Follows out;
  out.link = in.word<Follows::Link>(node, {{"next_link", Follows::Link::next}, {"delta_link", Follows::Link::delta}, {"location", Follows::Link::location}});
  return out;
}

Law read_once(StrictReader& in, const YamlNode& node) {
  Once out;
  in.members(node, {{"of", [&](const YamlNode& value) { out.of = read_exchange_pattern(in, value); }},
                    {"by", [&](const YamlNode& value) { out.by = in.text(value); }}});
  return out;
}

Law read_order(StrictReader& in, const YamlNode& node) {
  Order out;
  in.members(node, {{"of", [&](const YamlNode& value) {
                       if (value.kind != YamlNode::Kind::sequence || value.items.empty()) in.fail(value, "a list of patterns is expected here");
                       for (const auto& item : value.items) out.of.push_back(read_exchange_pattern(in, item));
                     }}});
  return out;
}

Law read_paces(StrictReader& in, const YamlNode& node) {
  Paces out;
  in.members(node, {{"of", [&](const YamlNode& value) { out.of = read_exchange_pattern(in, value); }},
                    {"most", [&](const YamlNode& value) { out.most = in.number(value, 1, 100'000); }},
                    {"in", [&](const YamlNode& value) { out.span = in.duration(value); }}});
  return out;
}

Law read_differs(StrictReader& in, const YamlNode& node) {
  Differs out;
  in.members(node, {{"of", [&](const YamlNode& value) { out.of = read_exchange_pattern(in, value); }},
                    {"parameter", [&](const YamlNode& value) { out.in = in.text(value); }},
                    {"least", [&](const YamlNode& value) { out.least = in.number(value, 0, 1'000); }}});
  return out;
}

Law read_mends_batches(StrictReader& in, const YamlNode& node) {
  if (!in.boolean(node)) in.fail(node, "true is expected here");
  return MendsBatches{};
}

Law read_state(StrictReader&, const YamlNode& node) { return State{probe::to_value(node), true}; }
Law read_no_state(StrictReader&, const YamlNode& node) { return State{probe::to_value(node), false}; }

Law read_result(StrictReader& in, const YamlNode& node) { return Result{read_pattern_checks(in, node)}; }

constexpr std::array law_rows{
    LawRow{"waits", "after each exchange that fits `after`, nothing is sent to that service (`with: the_same_request`: not the same again) `for: retry_after`, or for a duration", read_waits},
    LawRow{"sends", "as many exchanges fit `of` as `times`, or `least` and `most`, say", read_sends},
    LawRow{"each", "each exchange that fits `of` fits `has` too", read_each_law},
    LawRow{"follows", "`next_link` (or what is walked over is read whole besides), `delta_link` (of the last round, in a later phase) or `location` (of a 410) is asked for as it was given", read_follows},
    LawRow{"once", "of those that fit `of` and took effect, no two have the same value `by` that path of the body", read_once},
    LawRow{"order", "there is an exchange for each pattern of the list `of`, each after the one before", read_order},
    LawRow{"paces", "of those that fit `of` the same is asked no more than `most` times `in` any such time", read_paces},
    LawRow{"differs", "the `parameter` of those that fit `of` is another one each time, of at `least` so many characters", read_differs},
    LawRow{"mends_batches", "`true`: what a batch was refused for now comes again, and what was done does not", read_mends_batches},
    LawRow{"state", "an observation of scripts holds once all phases are over", read_state},
    LawRow{"no_state", "it does not", read_no_state},
    LawRow{"result", "what the product says it knows, at the end of each phase, by paths", read_result},
};

constexpr auto names_of_laws = [] {
  std::array<std::string_view, law_rows.size()> out{};
  for (std::size_t i = 0; i < law_rows.size(); ++i) out[i] = law_rows[i].name;
  return out;
}();

}  // namespace

std::span<const std::string_view> law_names() { return names_of_laws; }

std::string_view law_help(std::string_view name) {
  const auto found = std::ranges::find(law_rows, name, &LawRow::name);
  return found == law_rows.end() ? std::string_view() : found->help;
}

Pattern read_exchange_pattern(StrictReader& in, const YamlNode& node) {
  Pattern out;
  in.members(node, {{"method", [&](const YamlNode& value) { out.methods = in.texts(value); }},
                    {"path", [&](const YamlNode& value) { out.paths = in.texts(value); }},
                    {"to", [&](const YamlNode& value) { out.party = in.text(value); }},
                    {"status", [&](const YamlNode& value) { out.status = read_statuses(in, value); }},
                    {"answered", [&](const YamlNode& value) { out.answered = in.boolean(value); }},
                    {"in_batch", [&](const YamlNode& value) { out.in_batch = in.boolean(value); }},
                    {"query", [&](const YamlNode& value) { out.query = read_pattern_checks(in, value); }},
                    {"headers", [&](const YamlNode& value) { out.headers = read_pattern_checks(in, value); }},
                    {"body", [&](const YamlNode& value) { out.body = read_pattern_checks(in, value); }},
                    {"form", [&](const YamlNode& value) { out.form = read_pattern_checks(in, value); }},
                    {"answer_headers", [&](const YamlNode& value) { out.answer_headers = read_pattern_checks(in, value); }},
                    {"answer", [&](const YamlNode& value) { out.answer = read_pattern_checks(in, value); }}});
  return out;
}

Law read_law(StrictReader& in, std::string_view name, const YamlNode& node) {
  const auto found = std::ranges::find(law_rows, name, &LawRow::name);
  if (found != law_rows.end()) return found->read(in, node);
  in.fail(node, "there is no such law");
  return Sends{};
}

}  // namespace scenarios::client
