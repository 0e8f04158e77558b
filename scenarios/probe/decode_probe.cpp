#include "scenarios/probe/decode_probe.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>

#include "scenarios/probe/check.h"
#include "scenarios/probe/strict_reader.h"

namespace scenarios::probe {
namespace {

const std::vector<std::pair<std::string_view, Verdict>>& verdict_words() {
  static const std::vector<std::pair<std::string_view, Verdict>> words{
      {"conforms", Verdict::conforms}, {"deviates", Verdict::deviates},           {"violates", Verdict::violates},
      {"refused", Verdict::refused},   {"not_applicable", Verdict::not_applicable}, {"unclear", Verdict::unclear}};
  return words;
}

StatusSet read_status(StrictReader& in, const YamlNode& node) {
  StatusSet out{in.texts(node)};
  for (const auto& word : out.allowed) {
    const bool digits = word.size() == 3 && word[0] >= '1' && word[0] <= '5' &&
                        (word.substr(1) == "xx" || std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; }));
    if (!digits) in.fail(node, fmt::format("'{}' is no status; write 201 or 2xx", shown_word(word)));
  }
  return out;
}

/// A check stands on the right of each path: its operators are looked at here, so that a typo is an error of the script.
Pairs read_checks(StrictReader& in, const YamlNode& node) {
  auto out = in.pairs(node);
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (const auto wrong = wrong_check(out[i].second)) in.fail(node.members[i].second, *wrong);
  }
  return out;
}

void read_same(StrictReader& in, const YamlNode& node, Pattern& out) {
  if (node.kind == YamlNode::Kind::scalar) {
    out.same_as = node.scalar;
    return;
  }
  in.members(node, {{"as", [&](const YamlNode& value) { out.same_as = in.text(value); }},
                    {"but", [&](const YamlNode& value) { out.but = in.texts(value); }}});
}

Pattern read_pattern(StrictReader& in, const YamlNode& node) {
  Pattern out;
  in.members(node, {{"status", [&](const YamlNode& value) { out.status = read_status(in, value); }},
                    {"error", [&](const YamlNode& value) { out.error = in.texts(value); }},
                    {"headers", [&](const YamlNode& value) { out.headers = read_checks(in, value); }},
                    {"body", [&](const YamlNode& value) { out.body = read_checks(in, value); }},
                    {"empty", [&](const YamlNode& value) { out.empty = in.boolean(value); }},
                    {"finds", [&](const YamlNode& value) { out.finds = in.texts(value); }},
                    {"includes", [&](const YamlNode& value) { out.includes = in.texts(value); }},
                    {"excludes", [&](const YamlNode& value) { out.excludes = in.texts(value); }},
                    {"in_order", [&](const YamlNode& value) { out.in_order = in.texts(value); }},
                    {"same", [&](const YamlNode& value) { read_same(in, value, out); }},
                    {"within", [&](const YamlNode& value) { out.within = in.duration(value); }}});
  return out;
}

Reading read_reading(StrictReader& in, const YamlNode& node) {
  Reading out;
  bool chosen = false;
  StrictReader::Fields fields{{"says", [&](const YamlNode& value) { out.says = in.text(value); }},
                        {"readings", [&](const YamlNode& value) { out.readings = in.texts(value); }}};
  for (const auto& [name, verdict] : verdict_words()) {
    fields[name] = [&, verdict](const YamlNode& value) {
      if (chosen) in.fail(value, "one verdict a reading");
      chosen = true;
      out.verdict = verdict;
      out.pattern = read_pattern(in, value);
    };
  }
  in.members(node, fields);
  if (!chosen) in.fail(node, "a reading names its verdict, such as conforms: {status: 200}");
  if (out.verdict == Verdict::unclear && out.readings.size() != 2)
    in.fail(node, "what is unclear names the two readings: readings: [ONE, OTHER]");
  return out;
}

Judged read_judged(StrictReader& in, const YamlNode& node) {
  Judged out;
  out.source.place = node.place;
  if (node.kind == YamlNode::Kind::map) {
    out.readings.push_back({Verdict::conforms, read_pattern(in, node), {}, {}});
    return out;
  }
  if (node.kind != YamlNode::Kind::sequence || node.items.empty())
    in.fail(node, "a pattern, or a list of readings is expected here");
  for (const auto& item : node.items) out.readings.push_back(read_reading(in, item));
  return out;
}

Together read_together(StrictReader& in, const YamlNode& node) {
  Together out;
  in.members(node, {{"status", [&](const YamlNode& value) { out.status = read_status(in, value); }},
                    {"times", [&](const YamlNode& value) { out.times = in.number(value, 0, 1000); }},
                    {"others", [&](const YamlNode& value) { out.others = read_status(in, value); }}});
  return out;
}

Step read_step(StrictReader& in, const YamlNode& node);

std::vector<Step> read_steps(StrictReader& in, const YamlNode& node) {
  std::vector<Step> out;
  if (node.kind != YamlNode::Kind::sequence) in.fail(node, "a list of steps is expected here");
  for (const auto& item : node.items) {
    if (in.error) break;
    out.push_back(read_step(in, item));
  }
  return out;
}

const std::vector<std::pair<std::string_view, Credentials>>& credential_words() {
  static const std::vector<std::pair<std::string_view, Credentials>> words{
      {"usual", Credentials::usual}, {"none", Credentials::none},         {"wrong", Credentials::wrong},
      {"empty", Credentials::empty}, {"trailing", Credentials::trailing}, {"scheme", Credentials::scheme},
      {"second", Credentials::second}};
  return words;
}

/// `operations: […]` is short for a whole PatchOp message.
Value patch_message(Value operations) {
  return Value{{"schemas", {"urn:ietf:params:scim:api:messages:2.0:PatchOp"}}, {"Operations", std::move(operations)}};
}

Step read_send(StrictReader& in, const YamlNode& node, std::string_view method) {
  Step step;
  Send send;
  std::string upper(method);
  std::ranges::transform(upper, upper.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; });
  send.method = upper;
  StrictReader::Fields fields{
      {"query", [&](const YamlNode& value) { send.query = in.pairs(value); }},
      {"headers",
       [&](const YamlNode& value) {
         for (auto& [name, text] : in.pairs(value))
           send.headers.emplace_back(name, text.is_string() ? text.get<std::string>() : text.dump());
       }},
      {"body", [&](const YamlNode& value) { send.body = to_value(value); }},
      {"operations", [&](const YamlNode& value) { send.body = patch_message(to_value(value)); }},
      {"with", [&](const YamlNode& value) { send.with = in.pairs(value); }},
      {"without", [&](const YamlNode& value) { send.without = in.texts(value); }},
      {"text", [&](const YamlNode& value) { send.text = in.text(value); }},
      {"credentials", [&](const YamlNode& value) { send.credentials = in.word(value, credential_words()); }},
      {"as", [&](const YamlNode& value) { step.name = in.text(value); }},
      {"else", [&](const YamlNode& value) { step.needs_clause = in.text(value); }},
      {"expect", [&](const YamlNode& value) { step.judged = read_judged(in, value); }}};
  fields[method] = [&](const YamlNode& value) {
    send.path = in.text(value);
    if (method == "send") {
      const auto space = send.path.find(' ');
      if (space == std::string::npos) return in.fail(value, "send: METHOD PATH");
      send.method = send.path.substr(0, space);
      send.path.erase(0, space + 1);
    }
    if (!send.path.starts_with('/') && !send.path.starts_with("${")) in.fail(value, "a path begins with /");
  };
  in.members(node, fields);
  if (send.body.is_null() && !(send.with.empty() && send.without.empty())) in.fail(node, "with and without change a body:");
  step.action = std::move(send);
  return step;
}

Step read_create(StrictReader& in, const YamlNode& node) {
  Step step;
  Create create;
  in.members(node, {{"create", [&](const YamlNode& value) { step.name = in.text(value); }},
                    {"type", [&](const YamlNode& value) { create.type = in.text(value); }},
                    {"with", [&](const YamlNode& value) { create.with = in.pairs(value); }},
                    {"without", [&](const YamlNode& value) { create.without = in.texts(value); }},
                    {"count", [&](const YamlNode& value) { create.count = in.number(value, 1, 10'000); }},
                    {"else", [&](const YamlNode& value) { step.needs_clause = in.text(value); }},
                    {"expect", [&](const YamlNode& value) { step.judged = read_judged(in, value); }}});
  step.action = std::move(create);
  return step;
}

Step read_compose(StrictReader& in, const YamlNode& node) {
  Step step;
  Compose compose;
  in.members(node, {{"compose", [&](const YamlNode& value) { step.name = in.text(value); }},
                    {"type", [&](const YamlNode& value) { compose.resource.type = in.text(value); }},
                    {"with", [&](const YamlNode& value) { compose.resource.with = in.pairs(value); }},
                    {"without", [&](const YamlNode& value) { compose.resource.without = in.texts(value); }}});
  step.action = std::move(compose);
  return step;
}

Step read_walk(StrictReader& in, const YamlNode& node) {
  Step step;
  Walk walk;
  in.members(node, {{"walk", [&](const YamlNode& value) { walk.path = in.text(value); }},
                    {"query", [&](const YamlNode& value) { walk.query = in.pairs(value); }},
                    {"count", [&](const YamlNode& value) { walk.count = in.number(value, 0, 10'000); }},
                    {"by",
                     [&](const YamlNode& value) {
                       walk.by_cursor = in.word<bool>(value, {{"index", false}, {"cursor", true}});
                     }},
                    {"between", [&](const YamlNode& value) { walk.between = read_steps(in, value); }},
                    {"as", [&](const YamlNode& value) { step.name = in.text(value); }},
                    {"else", [&](const YamlNode& value) { step.needs_clause = in.text(value); }},
                    {"expect", [&](const YamlNode& value) { step.judged = read_judged(in, value); }}});
  step.action = std::move(walk);
  return step;
}

Step read_parallel(StrictReader& in, const YamlNode& node) {
  Step step;
  Parallel parallel;
  in.members(node, {{"parallel", [&](const YamlNode& value) { parallel.steps = read_steps(in, value); }},
                    {"times", [&](const YamlNode& value) { parallel.times = in.number(value, 1, 1'000); }},
                    {"as", [&](const YamlNode& value) { step.name = in.text(value); }},
                    {"together", [&](const YamlNode& value) { step.together = read_together(in, value); }},
                    {"expect", [&](const YamlNode& value) { step.judged = read_judged(in, value); }}});
  step.action = std::move(parallel);
  return step;
}

Step read_pause(StrictReader& in, const YamlNode& node) {
  Step step;
  Pause pause;
  in.members(node, {{"pause", [&](const YamlNode& value) { pause.span = in.duration(value); }}});
  step.action = pause;
  return step;
}

Step read_step(StrictReader& in, const YamlNode& node) {
  static constexpr std::array<std::string_view, 11> verbs{"create", "compose", "get",      "post",  "put", "patch",
                                                          "delete", "send",    "parallel", "pause", "walk"};
  if (node.kind != YamlNode::Kind::map || node.members.empty()) {
    in.fail(node, "a step is a map that begins with its verb, such as get: /Users");
    return {};
  }
  const auto& verb = node.members.front().first;
  Step step;
  if (verb.scalar == "create") {
    step = read_create(in, node);
  } else if (verb.scalar == "compose") {
    step = read_compose(in, node);
  } else if (verb.scalar == "walk") {
    step = read_walk(in, node);
  } else if (verb.scalar == "parallel") {
    step = read_parallel(in, node);
  } else if (verb.scalar == "pause") {
    step = read_pause(in, node);
  } else if (std::ranges::find(verbs, verb.scalar) != verbs.end()) {
    step = read_send(in, node, verb.scalar);
  } else {
    in.fail(verb, unknown_key_message(verb.scalar, verbs));
  }
  step.source.place = node.place;
  return step;
}

EachAttribute read_each_attribute(StrictReader& in, const YamlNode& node) {
  EachAttribute out;
  in.members(node, {{"of", [&](const YamlNode& value) { out.of = in.text(value); }},
                    {"type", [&](const YamlNode& value) { out.type = in.texts(value); }},
                    {"multi_valued", [&](const YamlNode& value) { out.multi_valued = in.boolean(value); }},
                    {"mutability", [&](const YamlNode& value) { out.mutability = in.texts(value); }},
                    {"returned", [&](const YamlNode& value) { out.returned = in.texts(value); }},
                    {"uniqueness", [&](const YamlNode& value) { out.uniqueness = in.texts(value); }},
                    {"required", [&](const YamlNode& value) { out.required = in.boolean(value); }},
                    {"case_exact", [&](const YamlNode& value) { out.case_exact = in.boolean(value); }},
                    {"canonical", [&](const YamlNode& value) { out.canonical = in.boolean(value); }},
                    {"extension", [&](const YamlNode& value) { out.extension = in.boolean(value); }},
                    {"sub_attributes", [&](const YamlNode& value) { out.sub_attributes = in.boolean(value); }},
                    {"but", [&](const YamlNode& value) { out.but = in.texts(value); }}});
  return out;
}

Each read_each(StrictReader& in, const YamlNode& node) {
  Each out;
  in.members(node, {{"attribute", [&](const YamlNode& value) { out = read_each_attribute(in, value); }},
                    {"resource_type",
                     [&](const YamlNode& value) {
                       EachResourceType each;
                       in.members(value, {{"only", [&](const YamlNode& names) { each.only = in.texts(names); }}});
                       out = std::move(each);
                     }},
                    {"extension",
                     [&](const YamlNode& value) {
                       EachExtension each;
                       in.members(value, {{"required", [&](const YamlNode& flag) { each.required = in.boolean(flag); }}});
                       out = each;
                     }},
                    {"schema", [&](const YamlNode&) { out = EachSchema{}; }},
                    {"value", [&](const YamlNode& value) {
                       EachValue each;
                       for (const auto& item : value.items) each.values.push_back(to_value(item));
                       out = std::move(each);
                     }}});
  return out;
}

Watch read_watch(StrictReader& in, const YamlNode& node) {
  Watch out;
  in.members(node, {{"methods", [&](const YamlNode& value) { out.methods = in.texts(value); }},
                    {"status", [&](const YamlNode& value) { out.status = read_status(in, value); }},
                    {"resources", [&](const YamlNode& value) { out.resources_only = in.boolean(value); }},
                    {"distinct", [&](const YamlNode& value) { out.distinct = in.text(value); }},
                    {"expect", [&](const YamlNode& value) { out.judged = read_judged(in, value); }}});
  if (out.judged.readings.empty() && out.distinct.empty()) in.fail(node, "a watch needs an expect, or distinct");
  return out;
}

void read_head(StrictReader& in, StrictReader::Fields& fields, Probe& out) {
  fields["title"] = [&](const YamlNode& value) { out.title = in.text(value); };
  fields["covers"] = [&](const YamlNode& value) { out.covers = in.texts(value); };
  fields["level"] = [&](const YamlNode& value) { out.level = in.level(value); };
  fields["severity"] = [&](const YamlNode& value) { out.severity = in.severity(value); };
  fields["why"] = [&](const YamlNode& value) { out.why = in.text(value); };
  fields["fix"] = [&](const YamlNode& value) { out.fix = in.text(value); };
  fields["tags"] = [&](const YamlNode& value) { out.tags = in.texts(value); };
  fields["needs"] = [&](const YamlNode& value) { out.needs = in.texts(value); };
  fields["after"] = [&](const YamlNode& value) { out.after = in.texts(value); };
}

/// Text without the line breaks at its end that a YAML block leaves.
void trim_end(std::string& text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
}

}  // namespace

bool StatusSet::contains(int status) const {
  const auto text = std::to_string(status);
  return std::ranges::any_of(allowed, [&](const std::string& word) {
    return word == text || (word.ends_with("xx") && word[0] == text[0]);
  });
}

std::string StatusSet::text() const { return fmt::format("{}", fmt::join(allowed, " or ")); }

bool Probe::writes() const {
  const std::function<bool(const Step&)> step_writes = [&](const Step& step) {
    if (std::holds_alternative<Create>(step.action)) return true;
    if (const auto* send = std::get_if<Send>(&step.action))
      return send->method != "GET" && send->method != "HEAD" && !send->path.ends_with("/.search");
    if (const auto* walk = std::get_if<Walk>(&step.action)) return std::ranges::any_of(walk->between, step_writes);
    if (const auto* parallel = std::get_if<Parallel>(&step.action))
      return std::ranges::any_of(parallel->steps, step_writes);
    return false;
  };
  return std::ranges::any_of(steps, step_writes);
}

std::expected<Pattern, ScriptError> decode_pattern(const YamlNode& node) {
  StrictReader in;
  auto out = read_pattern(in, node);
  if (in.error) return std::unexpected(*in.error);
  return out;
}

std::expected<Probe, ScriptError> decode_probe(std::string_view yaml, std::string id) {
  const auto root = read_yaml(yaml);
  if (!root) return std::unexpected(root.error());
  StrictReader in;
  Probe out;
  out.id = std::move(id);
  bool versioned = false;
  StrictReader::Fields fields{{"probe", [&](const YamlNode& value) { versioned = in.number(value, 1, 1) == probe_version; }},
                        {"each", [&](const YamlNode& value) { out.each = read_each(in, value); }},
                        {"steps", [&](const YamlNode& value) { out.steps = read_steps(in, value); }},
                        {"watch", [&](const YamlNode& value) { out.watch = read_watch(in, value); }}};
  read_head(in, fields, out);
  in.members(*root, fields);
  if (!versioned) in.fail(*root, "a case begins with 'probe: 1'");
  for (auto* text : {&out.title, &out.why, &out.fix}) trim_end(*text);
  if (out.title.empty() || out.why.empty() || out.fix.empty() || out.covers.empty())
    in.fail(*root, "a case has a title, what it covers, a why and a fix");
  const bool judges = out.watch || std::ranges::any_of(out.steps, [](const Step& step) {
    return step.judged || step.together;
  });
  if (!judges) in.fail(*root, "a case needs an expect: without one it cannot fail");
  if (in.error) return std::unexpected(*in.error);
  return out;
}

}  // namespace scenarios::probe
