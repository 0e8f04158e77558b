#include "properties/models/scim_resource.h"

#include <fmt/format.h>

#include <chrono>

namespace properties::models {
namespace {

bool is_done(int status) { return status / 100 == 2; }

ScimResource absent() { return {}; }

/// With what the call writes; whoever is told the tag is told it by the answer.
ScimResource written(ScimResource resource, const ScimCall& call) {
  for (const auto& [attribute, value] : call.sets) resource.values[attribute] = value;
  resource.tag = call.tag;
  return resource;
}

bool shows(const ScimCall& call, const ScimResource& resource) {
  for (const auto& [attribute, value] : call.shown) {
    const auto known = resource.values.find(attribute);
    if (known != resource.values.end() && known->second != value) return false;
  }
  return true;
}

std::vector<ScimResource> after_creation(const ScimResource& before, const ScimCall& call) {
  if (call.status == 409) return before.exists ? std::vector{before} : std::vector<ScimResource>{};  // [RFC7644 3.3]
  if (before.exists) return call.status == 0 ? std::vector{before} : std::vector<ScimResource>{};
  ScimResource fresh{.exists = true, .id = call.id, .tag = {}, .values = {}};
  fresh = written(std::move(fresh), call);
  return is_done(call.status) && !shows(call, fresh) ? std::vector<ScimResource>{} : std::vector{fresh};
}

std::vector<ScimResource> after_read(const ScimResource& before, const ScimCall& call) {
  if (call.status == 0) return {before};
  if (!before.exists || before.id != call.id) return call.status == 404 ? std::vector{before} : std::vector<ScimResource>{};
  if (call.status == 404 || !shows(call, before)) return {};
  if (!before.tag.empty() && !call.tag.empty() && before.tag != call.tag) return {};
  auto seen = before;
  seen.tag = call.tag;
  return {seen};
}

/// A change or a removal. [RFC7644 3.5.1] [RFC7644 3.5.2] [RFC7644 3.6] [RFC7644 3.14]
std::vector<ScimResource> after_change(const ScimResource& before, const ScimCall& call) {
  const bool is_there = before.exists && before.id == call.id;
  const bool may_match = call.if_match.empty() || before.tag.empty() || before.tag == call.if_match;
  const bool may_differ = !call.if_match.empty() && before.tag != call.if_match;
  if (call.status == 404) return is_there ? std::vector<ScimResource>{} : std::vector{before};
  if (call.status == 412) return is_there && may_differ ? std::vector{before} : std::vector<ScimResource>{};
  if (!is_there || !may_match) return call.status == 0 ? std::vector{before} : std::vector<ScimResource>{};
  if (call.kind == ScimCall::Kind::remove) return {absent()};
  auto next = written(before, call);
  if (call.status == 0) return {next};
  if (!shows(call, next)) return {};
  // What has another content has another version.
  if (!call.tag.empty() && call.tag == before.tag && next.values != before.values) return {};
  return {next};
}

std::int64_t milliseconds_of(base::Instant at) { return std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count(); }

}  // namespace

std::string text_of(const ScimCall& call) {
  constexpr std::string_view kinds[] = {"create", "read", "change", "remove"};
  std::string text = fmt::format("client {} {} {}", call.client, kinds[static_cast<std::size_t>(call.kind)], call.user_name);
  for (const auto& [attribute, value] : call.sets) text += fmt::format(" {}='{}'", attribute, value.value_or(""));
  if (!call.if_match.empty()) text += " if " + call.if_match;
  text += fmt::format(" [{}..", milliseconds_of(call.when.invoked));
  text += call.when.returned ? fmt::format("{}]", milliseconds_of(*call.when.returned)) : "]";
  text += fmt::format(" -> {}", call.status == 0 ? "no answer" : std::to_string(call.status));
  if (!call.tag.empty()) text += " " + call.tag;
  for (const auto& [attribute, value] : call.shown) text += fmt::format(" {}='{}'", attribute, value.value_or(""));
  return text;
}

ScimResourceSequence::ScimResourceSequence(const std::vector<ScimCall>& calls) : calls_(&calls) { number_of(absent()); }

Sequential::State ScimResourceSequence::number_of(const ScimResource& resource) {
  const auto [place, is_new] = numbers_.emplace(resource, states_.size());
  if (is_new) states_.push_back(resource);
  return place->second;
}

std::vector<Sequential::State> ScimResourceSequence::after(State state, std::size_t operation) {
  const auto& call = (*calls_)[operation];
  const auto before = states_[state];
  std::vector<State> numbers;
  const auto next = call.kind == ScimCall::Kind::create ? after_creation(before, call)
                    : call.kind == ScimCall::Kind::read ? after_read(before, call)
                                                        : after_change(before, call);
  for (const auto& resource : next) numbers.push_back(number_of(resource));
  return numbers;
}

std::string disorder_of(const std::vector<ScimCall>& calls) {
  std::map<std::string, std::vector<ScimCall>> by_user;
  for (const auto& call : calls) {
    if (call.kind == ScimCall::Kind::read && call.status == 0) continue;
    by_user[call.user_name].push_back(call);
  }
  for (const auto& [name, own] : by_user) {
    std::vector<Interval> intervals;
    for (const auto& call : own) intervals.push_back(call.when);
    ScimResourceSequence thing(own);
    const auto found = find_order(intervals, thing);
    if (found.verdict != Linearization::Verdict::impossible) continue;
    std::string text = fmt::format("the calls about {} have no order:\n", name);
    for (const auto& call : own) text += "  " + text_of(call) + "\n";
    text += "nothing can follow\n";
    for (const auto index : found.order) text += "  " + text_of(own[index]) + "\n";
    return text;
  }
  return {};
}

}  // namespace properties::models
