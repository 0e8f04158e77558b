#include "scenarios/probe/player.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>

#include "base/encoding.h"
#include "scenarios/probe/check.h"
#include "scenarios/probe/json_path.h"

namespace scenarios::probe {
namespace {

/// The clause that is to blame where a step that is not judged fails.
std::string_view clause_behind(const Answer& answer) {
  if (answer.method == "POST") return answer.path.find("/.search") == std::string::npos ? "P-3.3-1" : "P-3.4.3-1";
  if (answer.method == "PUT") return "P-3.5-1";
  if (answer.method == "PATCH") return "P-3.5.2.3-2";
  if (answer.method == "DELETE") return "P-3.6-1";
  const auto end = answer.path.find('?');
  const bool one = std::string_view(answer.path).substr(0, end).find('/', 1) != std::string::npos;
  return one ? "P-3.4.1-1" : "P-3.4.2-1";
}

std::string outcome_text(const Answer& answer) {
  if (answer.status == 0) return answer.failure;
  const auto* detail = find_one(answer.body, "detail");
  return detail != nullptr && detail->is_string() ? fmt::format("{}, {}", answer.status, shown(detail))
                                                  : std::to_string(answer.status);
}

/// Whether the product said that it does not support the filter, as it may [RFC7644 3.4.2.2, 3.12].
bool declines_filter(const Answer& answer) {
  const bool asks = answer.path.find("filter=") != std::string::npos || find_one(answer.sent, "filter") != nullptr;
  const auto* type = find_one(answer.body, "scimType");
  return asks && answer.status == 400 && type != nullptr && *type == "invalidFilter";
}

std::string summary_of(const CheckRecord& check) {
  if (!check.says.empty()) return check.says;
  if (check.differences.empty()) return check.what;
  const auto& first = check.differences.front();
  return fmt::format("{}: {} instead of {}", first.where, first.found, first.expected);
}

void take_over(Played& played, CheckRecord check, std::vector<std::string> readings) {
  const bool worse = weight(check.verdict) > weight(played.verdict) || played.checks.empty();
  if (worse) {
    played.verdict = check.verdict;
    if (check.verdict != Verdict::conforms) played.summary = summary_of(check);
    played.readings = std::move(readings);
  }
  played.checks.push_back(std::move(check));
}

void fail_case(Played& played, std::string why) {
  played.verdict = Verdict::error;
  played.summary = std::move(why);
}

bool fits(const std::vector<std::string>& words, std::string_view word) {
  return words.empty() || std::ranges::any_of(words, [&](const std::string& one) { return base::equals_ignoring_case(one, word); });
}

bool fits(const EachAttribute& each, const Attribute& attribute) {
  const auto agrees = [](const std::optional<bool>& wanted, bool found) { return !wanted || *wanted == found; };
  // Nobody knows what a value would be made of.
  if (attribute.type == "complex" && attribute.sub_attributes.empty()) return false;
  return fits(each.type, attribute.type) && fits(each.mutability, attribute.mutability) &&
         fits(each.returned, attribute.returned) && fits(each.uniqueness, attribute.uniqueness) &&
         agrees(each.multi_valued, attribute.multi_valued) && agrees(each.required, attribute.required) &&
         agrees(each.case_exact, attribute.case_exact) && agrees(each.extension, attribute.path.starts_with("urn:")) &&
         agrees(each.canonical, !attribute.canonical_values.empty()) &&
         (each.but.empty() || !fits(each.but, attribute.path)) && !base::equals_ignoring_case(attribute.name, "schemas");
}

/// Sets `with` and takes out `without`. An extension's attribute has its URN in front and names its schema.
base::Result<void> change(Value& resource, const std::vector<std::pair<std::string, Value>>& with,
                          const std::vector<std::string>& without, const Names& names) {
  for (const auto& [path, value] : with) {
    const auto where = names.fill_text(path);
    if (!where) return std::unexpected(where.error());
    auto filled = names.fill(value);
    if (!filled) return std::unexpected(filled.error());
    if (where->starts_with("urn:")) {
      const auto urn = where->substr(0, where->rfind(':'));
      name_schema(resource, urn);
      set_at(resource[urn], where->substr(urn.size() + 1), std::move(*filled));
    } else {
      set_at(resource, *where, std::move(*filled));
    }
  }
  for (const auto& path : without) {
    const auto where = names.fill_text(path);
    if (!where) return std::unexpected(where.error());
    remove_at(resource, *where);
  }
  return {};
}

Value attribute_value(const Attribute& attribute, const std::string& run, const DataRules& rules) {
  return Value{{"path", attribute.path},
               {"name", attribute.name},
               {"schema", attribute.schema},
               {"type", attribute.type},
               {"value", sample_value(attribute, run + "-v", rules)},
               {"other", sample_value(attribute, run + "-v", rules, true)}};
}

/// Where a value was seen first.
struct Seen {
  std::string request;
  std::uint64_t exchange;
};

/// A check that fails where an earlier answer has the same value; keeps the value otherwise.
std::optional<CheckRecord> repeats(const Watch& watch, const Answer& answer, Level level, std::map<std::string, Seen>& seen) {
  const auto* value = find_one(answer.body, watch.distinct);
  if (!is_present(value)) return std::nullopt;
  auto request = fmt::format("{} {}", answer.method, answer.path);
  auto text = value->dump(-1, ' ', false, Value::error_handler_t::replace);
  const auto [first, is_new] = seen.try_emplace(std::move(text), Seen{request, answer.exchange});
  if (is_new) return std::nullopt;
  CheckRecord check;
  check.what = std::move(request);
  check.expected = fmt::format("{}: one that no other answer has", watch.distinct);
  check.verdict = otherwise_of(level);
  check.exchanges = {first->second.exchange, answer.exchange};
  check.differences.push_back({fmt::format("body {}", watch.distinct), "one that no other answer has",
                               fmt::format("{}, as in the answer to {}", shown(value), first->second.request)});
  return check;
}

Value type_value(const ResourceType& type) {
  return Value{{"name", type.name},     {"id", type.id},           {"endpoint", type.endpoint},
               {"schema", type.schema}, {"schemas", type.schemas()}, {"members", type.members()}};
}

/// An answer as if the resource alone had come.
Answer of_resource(const Answer& answer, const Value& resource) {
  Answer one;
  one.method = answer.method;
  one.path = answer.path;
  one.status = answer.status;
  one.headers = answer.headers;
  one.body = resource;
  one.is_json = answer.is_json;
  one.took = answer.took;
  one.exchange = answer.exchange;
  return one;
}

}  // namespace

Player::Player(Client& client, const Product& product, const SessionOptions& options)
    : client_(&client), product_(&product), options_(&options) {}

std::vector<Player::Turn> Player::turns_of(const Probe& probe, const std::string& run) const {
  std::vector<Turn> out;
  if (const auto* each = std::get_if<EachAttribute>(&probe.each)) {
    const bool leaves = each->sub_attributes.value_or(true);
    for (const auto& attribute : leaves ? product_->leaves(each->of) : product_->attributes(each->of)) {
      if (fits(*each, attribute))
        out.push_back({attribute.path, {{"attribute", attribute_value(attribute, run, options_->data)}}});
    }
  } else if (const auto* typed = std::get_if<EachResourceType>(&probe.each)) {
    for (const auto& type : product_->resource_types()) {
      if (fits(typed->only, type.name)) out.push_back({type.name, {{"resource_type", type_value(type)}}});
    }
  } else if (const auto* extended = std::get_if<EachExtension>(&probe.each)) {
    for (const auto& type : product_->resource_types()) {
      for (const auto& extension : type.extensions) {
        if (extended->required && *extended->required != extension.required) continue;
        out.push_back({fmt::format("{}: {}", type.name, extension.schema),
                       {{"resource_type", type_value(type)},
                        {"extension", Value{{"schema", extension.schema}, {"required", extension.required}}}}});
      }
    }
  } else if (std::holds_alternative<EachSchema>(probe.each)) {
    for (const auto& id : product_->schema_ids()) out.push_back({id, {{"schema", id}}});
  } else if (const auto* values = std::get_if<EachValue>(&probe.each)) {
    for (const auto& value : values->values) out.push_back({shown(&value), {{"value", value}}});
  } else {
    out.push_back({});
  }
  return out;
}

base::Task<Played> Player::play(const Probe& probe, std::string run) {
  Played played;
  const auto turns = turns_of(probe, run);
  if (turns.empty()) {
    played.verdict = Verdict::not_applicable;
    played.summary = "the product lists nothing that this case asks of";
    co_return played;
  }
  std::size_t number = 0;
  for (const auto& turn : turns) {
    const auto mark = turns.size() == 1 ? run : fmt::format("{}-{}", run, ++number);
    const auto unknown = fmt::format("no-such-{}", mark);
    client_->allow_unknown(unknown);
    Names names(mark, unknown, client_->base().text());
    names.set_value("domain", options_->data.domain);
    names.set_value("login", options_->data.user_name_is_mail ? fmt::format("{}@{}", mark, options_->data.domain) : mark);
    for (const auto& [name, value] : turn.values) names.set_value(name, value);
    Played one;
    static_cast<void>(co_await play_steps(probe.steps, probe, names, one));
    for (auto& check : one.checks) {
      if (!turn.label.empty()) check.what = fmt::format("{} ({})", check.what, turn.label);
      played.checks.push_back(std::move(check));
    }
    if (&turn == &turns.front() || weight(one.verdict) > weight(played.verdict)) {
      played.verdict = one.verdict;
      played.summary = turn.label.empty() || one.summary.empty() ? one.summary : fmt::format("{}: {}", turn.label, one.summary);
      played.needs_clause = one.needs_clause;
      played.readings = one.readings;
    }
    if (one.verdict == Verdict::error) break;
  }
  co_return played;
}

base::Task<Player::Go> Player::play_steps(const std::vector<Step>& steps, const Probe& probe, Names& names, Played& played) {
  for (const auto& step : steps) {
    const auto go = co_await play_step(step, probe, names, played);
    if (go == Go::stop) co_return Go::stop;
  }
  co_return Go::on;
}

base::Result<Client::Request> Player::request_of(const Send& send, const Names& names) const {
  Client::Request out;
  out.method = send.method;
  out.credentials = send.credentials;
  const auto path = names.fill_text(send.path);
  if (!path) return std::unexpected(path.error());
  out.path = *path;
  char separator = out.path.find('?') == std::string::npos ? '?' : '&';
  for (const auto& [name, value] : send.query) {
    const auto filled = names.fill(value);
    if (!filled) return std::unexpected(filled.error());
    const auto text = filled->is_string() ? filled->get<std::string>() : filled->dump();
    out.path += fmt::format("{}{}={}", separator, base::percent_encode(name), base::percent_encode(text));
    separator = '&';
  }
  for (const auto& [name, value] : send.headers) {
    auto filled = names.fill_text(value);
    if (!filled) return std::unexpected(filled.error());
    out.headers.add(name, std::move(*filled));
  }
  if (send.text) {
    auto filled = names.fill_text(*send.text);
    if (!filled) return std::unexpected(filled.error());
    out.body = std::move(*filled);
  } else if (!send.body.is_null()) {
    auto filled = names.fill(send.body);
    if (!filled) return std::unexpected(filled.error());
    out.json = std::move(*filled);
    if (auto done = change(out.json, send.with, send.without, names); !done) return std::unexpected(done.error());
    out.body = out.json.dump(-1, ' ', false, Value::error_handler_t::replace);
  }
  return out;
}

base::Result<Client::Request> Player::request_of(const Create& create, const std::string& unique, const Names& names) const {
  Client::Request out;
  out.method = "POST";
  const auto* type = product_->resource_type(create.type);
  out.path = type != nullptr ? type->endpoint : fmt::format("/{}s", create.type);
  out.json = minimal_resource(*product_, create.type, unique, options_->data);
  if (auto done = change(out.json, create.with, create.without, names); !done) return std::unexpected(done.error());
  out.body = out.json.dump(-1, ' ', false, Value::error_handler_t::replace);
  return out;
}

Player::Go Player::block_by_lack(const Step& step, std::string_view what, Played& played) {
  played.verdict = Verdict::blocked;
  played.summary = fmt::format("line {}: {}", step.source.place.line, what);
  played.needs_clause = step.needs_clause.empty() ? "S-3.1-1" : step.needs_clause;
  return Go::stop;
}

Player::Go Player::conclude(const Step& step, const Answer& answer, const Probe& probe, const Names& names,
                            Played& played) const {
  if (!client_->held_back().empty()) {
    fail_case(played, "the case would write to what it did not create: " + client_->held_back());
    return Go::stop;
  }
  if (options_->plan && answer.status == 0) return Go::on;
  if (step.judged) {
    auto judged = judge(*step.judged, answer, names, otherwise_of(probe.level));
    if (!judged) return block_by_lack(step, judged.error().message, played);
    const bool holds = judged->check.verdict == Verdict::conforms;
    take_over(played, std::move(judged->check), std::move(judged->readings));
    return holds ? Go::on : Go::stop;
  }
  if (answer.status >= 200 && answer.status < 300) return Go::on;
  CheckRecord check;
  check.line = step.source.place.line;
  check.what = fmt::format("{} {}", answer.method, answer.path);
  check.expected = "a success, to go on from";
  if (answer.exchange != 0) check.exchanges.push_back(answer.exchange);
  check.differences.push_back({"status", "2xx", outcome_text(answer)});
  if (declines_filter(answer)) {
    check.verdict = Verdict::refused;
    check.says = "The product does not support a filter that the case needs.";
  } else {
    check.verdict = Verdict::blocked;
    check.says = fmt::format("{} {}: {}", answer.method, answer.path, outcome_text(answer));
    played.needs_clause = step.needs_clause.empty() ? std::string(clause_behind(answer)) : step.needs_clause;
  }
  take_over(played, std::move(check), {});
  return Go::stop;
}

base::Task<Player::Go> Player::play_step(const Step& step, const Probe& probe, Names& names, Played& played) {
  if (options_->stop()) {
    played.verdict = Verdict::not_applicable;
    played.summary = "interrupted";
    co_return Go::stop;
  }
  if (const auto* pause = std::get_if<Pause>(&step.action)) {
    auto& scheduler = *options_->target.scheduler;
    if (!options_->plan) co_await base::Sleep(scheduler, scheduler.now() + pause->span);
    co_return Go::on;
  }
  if (std::holds_alternative<Create>(step.action)) {
    const auto go = co_await play_create(step, probe, names, played);
    co_return go;
  }
  if (std::holds_alternative<Compose>(step.action)) co_return play_compose(step, names, played);
  if (std::holds_alternative<Walk>(step.action)) {
    const auto go = co_await play_walk(step, probe, names, played);
    co_return go;
  }
  if (std::holds_alternative<Parallel>(step.action)) {
    const auto go = co_await play_parallel(step, probe, names, played);
    co_return go;
  }
  auto request = request_of(std::get<Send>(step.action), names);
  if (!request) {
    // What an earlier answer lacks makes the rest impossible; in a plan nothing has been answered.
    co_return options_->plan ? Go::on : block_by_lack(step, request.error().message, played);
  }
  const auto answer = co_await client_->send(std::move(*request));
  const auto go = conclude(step, answer, probe, names, played);
  if (!step.name.empty()) names.set(step.name, answer);
  co_return go;
}

base::Task<Player::Go> Player::play_create(const Step& step, const Probe& probe, Names& names, Played& played) {
  const auto& create = std::get<Create>(step.action);
  std::vector<std::string> members;
  for (std::int64_t i = 1; i <= create.count; ++i) {
    const auto name = create.count == 1 ? step.name : fmt::format("{}{}", step.name, i);
    auto request = request_of(create, fmt::format("{}-{}", names.run(), name), names);
    if (!request) co_return options_->plan ? Go::on : block_by_lack(step, request.error().message, played);
    const auto answer = co_await client_->send(std::move(*request));
    const auto go = conclude(step, answer, probe, names, played);
    names.set(name, answer);
    members.push_back(name);
    if (go == Go::stop) co_return go;
  }
  if (create.count > 1) names.set_group(step.name, std::move(members));
  co_return Go::on;
}

Player::Go Player::play_compose(const Step& step, Names& names, Played& played) const {
  auto request = request_of(std::get<Compose>(step.action).resource, fmt::format("{}-{}", names.run(), step.name), names);
  if (!request) return options_->plan ? Go::on : block_by_lack(step, request.error().message, played);
  Answer composed;
  composed.method = std::move(request->method);
  composed.path = std::move(request->path);
  composed.body = std::move(request->json);
  composed.is_json = true;
  names.set(step.name, std::move(composed));
  return Go::on;
}

base::Task<Player::Go> Player::play_walk(const Step& step, const Probe& probe, Names& names, Played& played) {
  constexpr int most_pages = 500;
  const auto& walk = std::get<Walk>(step.action);
  Answer all;
  all.method = "GET";
  all.is_json = true;
  all.body = Value{{"totalResults", 0}, {"Resources", Value::array()}, {"pages", Value::array()}};
  std::int64_t start = 1;
  std::string cursor;
  for (int page = 0; page < most_pages; ++page) {
    Send send;
    send.method = "GET";
    send.path = walk.path;
    send.query = walk.query;
    if (walk.by_cursor) {
      send.query.emplace_back("cursor", cursor);
    } else {
      send.query.emplace_back("startIndex", start);
    }
    if (walk.count > 0) send.query.emplace_back("count", walk.count);
    auto request = request_of(send, names);
    if (!request) co_return options_->plan ? Go::on : block_by_lack(step, request.error().message, played);
    auto answer = co_await client_->send(std::move(*request));
    Step unjudged;
    unjudged.source = step.source;
    unjudged.needs_clause = step.needs_clause.empty() ? "P-3.4.2-1" : step.needs_clause;
    if (conclude(unjudged, answer, probe, names, played) == Go::stop) co_return Go::stop;
    all.path = answer.path;
    all.status = answer.status;
    all.exchange = answer.exchange;
    const auto* resources = find_one(answer.body, "Resources");
    const auto size = resources != nullptr && resources->is_array() ? resources->size() : 0;
    for (std::size_t i = 0; i < size; ++i) all.body["Resources"].push_back((*resources)[i]);
    all.body["pages"].push_back(size);
    const auto* total = find_one(answer.body, "totalResults");
    if (total != nullptr) all.body["totalResults"] = *total;
    if (page == 0 && !walk.between.empty()) {
      const auto go = co_await play_steps(walk.between, probe, names, played);
      if (go == Go::stop) co_return go;
    }
    const auto* next = find_one(answer.body, "nextCursor");
    cursor = next != nullptr && next->is_string() ? next->get<std::string>() : std::string{};
    start += static_cast<std::int64_t>(size);
    const auto known = total != nullptr && total->is_number_integer() ? total->get<std::int64_t>() : 0;
    if (walk.by_cursor ? cursor.empty() : size == 0 || start > known) break;
  }
  const auto go = step.judged ? conclude(step, all, probe, names, played) : Go::on;
  if (!step.name.empty()) names.set(step.name, std::move(all));
  co_return go;
}

base::Task<void> Player::run_in_parallel(Client& client, Client::Request request, Answer& into, int& left, base::Event& done) {
  into = co_await client.send(std::move(request));
  if (--left == 0) done.notify_all();
}

base::Task<Player::Go> Player::play_parallel(const Step& step, const Probe& probe, Names& names, Played& played) {
  const auto& parallel = std::get<Parallel>(step.action);
  auto& scheduler = *options_->target.scheduler;
  std::vector<Client::Request> requests;
  for (std::int64_t turn = 0; turn < parallel.times; ++turn) {
    for (const auto& one : parallel.steps) {
      auto request = std::holds_alternative<Create>(one.action)
                         ? request_of(std::get<Create>(one.action), fmt::format("{}-{}", names.run(), one.name), names)
                         : request_of(std::get<Send>(one.action), names);
      if (!request) co_return options_->plan ? Go::on : block_by_lack(one, request.error().message, played);
      requests.push_back(std::move(*request));
    }
  }
  std::deque<Answer> answers(requests.size());
  base::Event done(scheduler);
  auto left = static_cast<int>(requests.size());
  const auto began = scheduler.now();
  const auto scope = scheduler.make_scope("parallel");
  for (std::size_t i = 0; i < requests.size(); ++i) {
    base::spawn(scheduler, scope, "asks at the same time",
                run_in_parallel(*client_, std::move(requests[i]), answers[i], left, done));
  }
  // NOLINTNEXTLINE(bugprone-infinite-loop): run_in_parallel counts down.
  while (left > 0) co_await done.wait("answers of requests at the same time");
  Answer all;
  all.method = "parallel";
  all.path = fmt::format("{} requests", answers.size());
  all.status = 200;
  all.is_json = true;
  all.took = scheduler.now() - began;
  all.body = Value{{"answers", Value::array()}};
  CheckRecord check;
  check.line = step.source.place.line;
  check.what = all.path + " at the same time";
  std::int64_t fitting = 0;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const auto& answer = answers[i];
    all.exchange = answer.exchange;
    all.body["answers"].push_back(Value{{"status", answer.status}, {"body", answer.is_json ? answer.body : Value(nullptr)}});
    if (answer.exchange != 0) check.exchanges.push_back(answer.exchange);
    const auto& name = parallel.steps[i % parallel.steps.size()].name;
    if (!name.empty()) names.set(name, answer);
    if (!step.together) continue;
    if (step.together->status.contains(answer.status)) {
      ++fitting;
    } else if (!step.together->others.allowed.empty() && !step.together->others.contains(answer.status)) {
      check.differences.push_back({fmt::format("answer {}", i + 1), step.together->others.text(), outcome_text(answer)});
    }
  }
  if (!step.name.empty()) names.set(step.name, all);
  if (options_->plan) co_return Go::on;
  if (step.together) {
    check.expected = fmt::format("{} times status {}", step.together->times, step.together->status.text());
    if (fitting != step.together->times)
      check.differences.insert(check.differences.begin(), {"answers", check.expected, fmt::format("{} times", fitting)});
    check.verdict = check.differences.empty() ? Verdict::conforms : otherwise_of(probe.level);
    const bool holds = check.differences.empty();
    take_over(played, std::move(check), {});
    if (!holds) co_return Go::stop;
  }
  co_return step.judged ? conclude(step, all, probe, names, played) : Go::on;
}

Played Player::watch(const Probe& probe) const {
  constexpr std::size_t most_shown = 3;
  Played played;
  const auto& watch = *probe.watch;
  const Names names("", "", "");
  std::size_t looked_at = 0;
  std::size_t wrong = 0;
  std::map<std::string, Seen> seen;
  const auto look_at = [&](const Answer& answer) {
    ++looked_at;
    if (!watch.distinct.empty()) {
      auto repeated = repeats(watch, answer, probe.level, seen);
      if (repeated && ++wrong <= most_shown) take_over(played, std::move(*repeated), {});
    }
    if (watch.judged.readings.empty()) return;
    auto judged = judge(watch.judged, answer, names, otherwise_of(probe.level));
    if (!judged) return fail_case(played, judged.error().message);
    if (judged->check.verdict == Verdict::conforms || ++wrong > most_shown) return;
    take_over(played, std::move(judged->check), std::move(judged->readings));
  };
  for (const auto& answer : client_->answers()) {
    if (answer.status == 0 || !fits(watch.methods, answer.method)) continue;
    if (!watch.status.allowed.empty() && !watch.status.contains(answer.status)) continue;
    if (!watch.resources_only) {
      look_at(answer);
      continue;
    }
    if (answer.status > 299) continue;
    const auto* resources = find_one(answer.body, "Resources");
    const bool list = resources != nullptr && resources->is_array();
    if (!list && answer.id().empty()) continue;
    for (std::size_t i = 0; i < (list ? resources->size() : 1); ++i) {
      if (list) look_at(of_resource(answer, (*resources)[i]));
      else look_at(answer);
    }
  }
  if (looked_at == 0) {
    played.verdict = Verdict::not_applicable;
    played.summary = "the run saw no such answer";
  } else if (wrong > most_shown) {
    played.summary += fmt::format(" (and {} more of {})", wrong - 1, looked_at);
  }
  return played;
}

}  // namespace scenarios::probe
