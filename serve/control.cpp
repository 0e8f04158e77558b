#include "serve/control.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <expected>
#include <map>
#include <optional>
#include <utility>

#include "base/duration_text.h"
#include "base/encoding.h"
#include "base/uri.h"
#include "scenarios/engine/state_view.h"
#include "scenarios/script/decode.h"
#include "scenarios/script/given_fields.h"
#include "serve/console.h"
#include "serve/embedded.h"
#include "serve/history.h"
#include "serve/problem.h"
#include "serve/quirk_switch.h"
#include "serve/saved_script.h"

namespace serve {
namespace {

using base::Json;
using base::json_text;
using base::JsonArray;
using base::JsonObject;

constexpr std::size_t most_steps_remembered = 1'000;
/// Longer than Okta waits before it pushes a change.
constexpr base::Duration quiet_by_default = std::chrono::seconds{10};
constexpr base::Duration longest_until_quiet = std::chrono::hours{1};

/// A request, read.
struct Ask {
  std::string method;
  std::vector<std::string> wildcards{};
  base::Target target{};
  JsonObject body{};
};

std::optional<std::uint64_t> number_in(std::string_view text) {
  std::uint64_t number = 0;
  const auto [stopped, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || stopped != text.data() + text.size()) return std::nullopt;
  return number;
}

/// The wildcards' segments where the path is as the pattern has it.
std::optional<std::vector<std::string>> matched(std::string_view pattern, const std::vector<std::string>& segments) {
  std::vector<std::string> wildcards;
  const auto wanted = base::Target{std::string(pattern), {}}.segments();
  if (wanted.size() != segments.size()) return std::nullopt;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] == "{}") {
      wildcards.push_back(segments[i]);
    } else if (wanted[i] != segments[i]) {
      return std::nullopt;
    }
  }
  return wildcards;
}

/// `entra.create_user: {user: ann}` as text, or the same as JSON.
std::string step_text(const Json& step) { return step.is_string() ? std::string(base::as_text(step.get_string())) : base::to_text(step); }

std::vector<std::string> verb_names() {
  std::vector<std::string> names;
  for (const auto& shape : scenarios::verb_shapes("")) names.emplace_back(shape.name);
  return names;
}

JsonArray texts_of(const std::vector<std::string>& values) {
  JsonArray out;
  for (const auto& value : values) out.push_back(json_text(value));
  return out;
}

}  // namespace

std::string objection_to(const base::HttpRequest& request) {
  const auto names_host = [](const auto& field) { return base::equals_ignoring_case(field.name, "Host"); };
  if (std::ranges::count_if(request.headers, names_host) > 1) return "a request has one Host field";
  const auto host = base::parse_uri("http://" + request.host());
  if (!host || host->path != "/" || host->query || !is_loopback(host->host)) return "the control port is asked as localhost or 127.0.0.1";
  const auto origin = request.headers.find("Origin");
  if (origin && *origin != "http://" + request.host()) return "pages of the web may not use the control port";
  const auto site = request.headers.find("Sec-Fetch-Site");
  if (site && *site != "same-origin" && *site != "none") return "pages of the web may not use the control port";
  return {};
}

struct Control::Parts {
  /// An answer, or none where it comes later.
  using Reply = std::optional<base::HttpResponse>;
  using Handler = Reply (Parts::*)(RequestId, const Ask&);
  struct Route {
    ControlOperation operation;
    Handler handler;
  };
  static const std::vector<Route>& routes();

  Reply show_index(RequestId, const Ask&);
  Reply show_openapi(RequestId, const Ask&);
  Reply show_console(RequestId, const Ask&);
  Reply show_console_style(RequestId, const Ask&);
  Reply show_console_script(RequestId, const Ask&);
  Reply show_settings(RequestId, const Ask&);
  Reply show_world(RequestId, const Ask&);
  Reply show_clock(RequestId, const Ask&);
  Reply set_clock(RequestId, const Ask&);
  Reply advance(RequestId, const Ask&);
  Reply run_until_quiet(RequestId, const Ask&);
  Reply play(RequestId, const Ask&);
  Reply show_step(RequestId, const Ask&);
  Reply show_state(RequestId, const Ask&);
  Reply show_screens(RequestId, const Ask&);
  Reply show_script(RequestId, const Ask&);
  Reply show_secret(RequestId, const Ask&);
  Reply show_faults(RequestId, const Ask&);
  Reply inject(RequestId, const Ask&);
  Reply mend(RequestId, const Ask&);
  Reply show_quirks(RequestId, const Ask&);
  Reply set_quirks(RequestId, const Ask&);
  Reply show_history(RequestId, const Ask&);
  Reply show_har(RequestId, const Ask&);
  Reply show_snapshots(RequestId, const Ask&);
  Reply take_snapshot(RequestId, const Ask&);
  Reply delete_snapshot(RequestId, const Ask&);
  Reply restore(RequestId, const Ask&);
  Reply reset(RequestId, const Ask&);

  void take(RequestId id, const base::HttpRequest& request);
  Reply answer_to(RequestId id, const base::HttpRequest& request);
  Reply begin_step(RequestId id, const std::string& text);
  [[nodiscard]] JsonObject clock_json();
  [[nodiscard]] JsonObject step_json(std::uint64_t id) const;
  [[nodiscard]] static JsonObject snapshot_json(const Snapshot& snapshot);
  [[nodiscard]] std::expected<HistoryQuery, base::HttpResponse> read_history_query(const Ask& ask);
  void settle_steps();
  void settle_move();

  ServedWorld* world = nullptr;
  Clockwork* clockwork = nullptr;
  std::function<Settings()> settings;
  std::string version;
  Respond respond;
  std::map<std::uint64_t, std::optional<StepOutcome>> steps{};  ///< by number; none while it is under way
  std::map<std::uint64_t, RequestId> awaiting{};                ///< steps whose sender is waiting
  std::optional<RequestId> mover{};                             ///< who has moved the clock
};

const std::vector<Control::Parts::Route>& Control::Parts::routes() {
  static const std::vector<Route> table{
      {{"GET", "/"}, &Parts::show_index},
      {{"GET", "/openapi.json"}, &Parts::show_openapi},
      {{"GET", "/console"}, &Parts::show_console},
      {{"GET", "/console.css"}, &Parts::show_console_style},
      {{"GET", "/console.js"}, &Parts::show_console_script},
      {{"GET", "/settings"}, &Parts::show_settings},
      {{"GET", "/world"}, &Parts::show_world},
      {{"GET", "/clock"}, &Parts::show_clock},
      {{"PUT", "/clock"}, &Parts::set_clock},
      {{"POST", "/clock/advance"}, &Parts::advance},
      {{"POST", "/clock/run-until-quiet"}, &Parts::run_until_quiet},
      {{"POST", "/steps"}, &Parts::play},
      {{"GET", "/steps/{}"}, &Parts::show_step},
      {{"GET", "/state"}, &Parts::show_state},
      {{"GET", "/screens"}, &Parts::show_screens},
      {{"GET", "/scenario.yaml"}, &Parts::show_script},
      {{"GET", "/secrets/{}"}, &Parts::show_secret},
      {{"GET", "/faults"}, &Parts::show_faults},
      {{"POST", "/faults"}, &Parts::inject},
      {{"DELETE", "/faults"}, &Parts::mend},
      {{"GET", "/quirks"}, &Parts::show_quirks},
      {{"PUT", "/quirks/{}"}, &Parts::set_quirks},
      {{"GET", "/history"}, &Parts::show_history},
      {{"GET", "/history.har"}, &Parts::show_har},
      {{"GET", "/snapshots"}, &Parts::show_snapshots},
      {{"POST", "/snapshots"}, &Parts::take_snapshot},
      {{"DELETE", "/snapshots/{}"}, &Parts::delete_snapshot},
      {{"POST", "/restore"}, &Parts::restore},
      {{"POST", "/reset"}, &Parts::reset},
  };
  return table;
}

Control::Control(ServedWorld& world, Clockwork& clockwork, std::function<Settings()> settings, std::string version, Respond respond)
    : parts_(std::make_unique<Parts>()) {
  parts_->world = &world;
  parts_->clockwork = &clockwork;
  parts_->settings = std::move(settings);
  parts_->version = std::move(version);
  parts_->respond = std::move(respond);
}

Control::~Control() = default;

void Control::take(RequestId id, const base::HttpRequest& request) { parts_->take(id, request); }

void Control::settle() {
  parts_->settle_steps();
  parts_->settle_move();
}

std::vector<ControlOperation> Control::operations() {
  std::vector<ControlOperation> out;
  for (const auto& route : Parts::routes()) out.push_back(route.operation);
  return out;
}

void Control::Parts::take(RequestId id, const base::HttpRequest& request) {
  if (auto reply = answer_to(id, request)) respond(id, *reply);
}

Control::Parts::Reply Control::Parts::answer_to(RequestId id, const base::HttpRequest& request) {
  if (const auto objection = objection_to(request); !objection.empty()) return problem(403, objection);
  auto target = base::parse_target(request.target);
  if (!target) return problem(400, "the target cannot be read");
  const auto segments = target->segments();
  std::string allowed;
  for (const auto& route : routes()) {
    auto wildcards = matched(route.operation.path, segments);
    if (!wildcards) continue;
    if (route.operation.method != request.method) {
      allowed += (allowed.empty() ? "" : ", ") + std::string(route.operation.method);
      continue;
    }
    Ask ask{request.method, *std::move(wildcards), *std::move(target), {}};
    if (!request.body.empty()) {
      auto body = base::parse_json(request.body);
      if (!body) return problem(400, "the body is no JSON: " + body.error().message);
      if (!body->is_object()) return problem(400, "the body is to be an object");
      ask.body = std::move(body->get_object());
    }
    return (this->*route.handler)(id, ask);
  }
  if (allowed.empty()) return problem(404, "there is nothing at that path; /openapi.json says what there is");
  auto refused = problem(405, fmt::format("{} is not for that path", request.method));
  refused.headers.add("Allow", std::move(allowed));
  return refused;
}

// What there is

Control::Parts::Reply Control::Parts::show_index(RequestId, const Ask&) {
  JsonArray all;
  for (const auto& route : routes()) all.push_back(json_text(fmt::format("{} {}", route.operation.method, route.operation.path)));
  return json_answer(200, {{"openapi", "/openapi.json"}, {"operations", std::move(all)}});
}

Control::Parts::Reply Control::Parts::show_openapi(RequestId, const Ask&) {
  return base::HttpResponse(200, "application/json", std::string(embedded_text("control")));
}

Control::Parts::Reply Control::Parts::show_console(RequestId, const Ask&) { return console_file("page"); }

Control::Parts::Reply Control::Parts::show_console_style(RequestId, const Ask&) { return console_file("style"); }

Control::Parts::Reply Control::Parts::show_console_script(RequestId, const Ask&) { return console_file("script"); }

Control::Parts::Reply Control::Parts::show_screens(RequestId, const Ask&) { return base::HttpResponse(200, "application/json", screens_json(*world)); }

Control::Parts::Reply Control::Parts::show_script(RequestId, const Ask&) {
  base::HttpResponse response(200, "application/yaml", saved_script(*world));
  response.headers.add("Content-Disposition", "attachment; filename=\"scenario.yaml\"");
  return response;
}

Control::Parts::Reply Control::Parts::show_settings(RequestId, const Ask&) { return json_answer(200, to_json(settings())); }

Control::Parts::Reply Control::Parts::show_world(RequestId, const Ask&) {
  return json_answer(200, {{"title", json_text(world->scenario().title)},
                           {"about", json_text(world->scenario().about)},
                           {"seed", world->seed()},
                           {"started", base::to_rfc3339(world->started())},
                           {"hosts", texts_of(world->cast().world().host_names())},
                           {"verbs", texts_of(verb_names())},
                           {"version", json_text(version)}});
}

Control::Parts::Reply Control::Parts::show_state(RequestId, const Ask&) {
  const auto state = scenarios::look_at_state(world->cast());
  if (!state) return problem(500, "the state cannot be looked at");
  JsonObject out;
  for (const auto& [thing, facts] : *state) {
    JsonObject shown;
    for (const auto& [field, value] : facts) shown[base::json_key(field)] = json_text(value);
    out[base::json_key(thing)] = std::move(shown);
  }
  return json_answer(200, {{"at", base::to_rfc3339(world->now())}, {"things", std::move(out)}});
}

Control::Parts::Reply Control::Parts::show_secret(RequestId, const Ask& ask) {
  const scenarios::SecretName name(ask.wildcards.front());
  return json_answer(200, {{"name", json_text(name.name)}, {"value", json_text(world->cast().secrets().value(name).reveal())}});
}

std::expected<HistoryQuery, base::HttpResponse> Control::Parts::read_history_query(const Ask& ask) {
  HistoryQuery query;
  for (const auto& [name, value] : ask.target.query) {
    const auto number = number_in(value);
    if (name == "party") {
      query.party = value;
    } else if ((name != "after" && name != "limit") || !number) {
      return std::unexpected(problem(400, "a history is asked for with after=NUMBER, limit=NUMBER and party=HOST"));
    } else if (name == "after") {
      query.after = *number;
    } else {
      query.most = *number;
    }
  }
  return query;
}

Control::Parts::Reply Control::Parts::show_history(RequestId, const Ask& ask) {
  const auto query = read_history_query(ask);
  if (!query) return query.error();
  return base::HttpResponse(200, "application/json", history_json(*world, *query));
}

Control::Parts::Reply Control::Parts::show_har(RequestId, const Ask& ask) {
  const auto query = read_history_query(ask);
  if (!query) return query.error();
  return base::HttpResponse(200, "application/json", history_har(*world, *query, version));
}

// Time

JsonObject Control::Parts::clock_json() {
  return {{"now", base::to_rfc3339(world->now())},
          {"mode", to_text(clockwork->mode())},
          {"started", base::to_rfc3339(world->started())},
          {"events", world->position().events},
          {"digest", fmt::format("{:016x}", world->position().digest)}};
}

Control::Parts::Reply Control::Parts::show_clock(RequestId, const Ask&) { return json_answer(200, clock_json()); }

Control::Parts::Reply Control::Parts::set_clock(RequestId, const Ask& ask) {
  const auto text = base::string_or(Json(ask.body), "mode", "");
  const auto mode = parse_clock_mode(text);
  if (!mode) return problem(422, "mode: " + mode.error().message);
  clockwork->set_mode(*mode);
  return json_answer(200, clock_json());
}

Control::Parts::Reply Control::Parts::advance(RequestId id, const Ask& ask) {
  if (clockwork->moving()) return problem(409, "the clock is being moved already");
  const auto by = base::string_member(Json(ask.body), "for");
  const auto until = base::string_member(Json(ask.body), "until");
  const auto place = base::string_member(Json(ask.body), "to");
  if (by.has_value() + until.has_value() + place.has_value() != 1)
    return problem(422, R"(one of 'for', such as "40m", 'until', such as "2026-01-05T09:00:00Z", and 'to', which is "next-event")");
  auto to = world->now();
  if (place) {
    if (*place != "next-event") return problem(422, R"(to: only "next-event")");
    to = std::min(world->next_due().value_or(to), last_instant);
  } else if (by) {
    const auto span = base::parse_duration(*by);
    if (!span) return problem(422, "for: " + span.error().message);
    if (*span > last_instant - to) return problem(422, "for: the world ends in the year 2200");
    to += *span;
  } else {
    const auto instant = base::parse_rfc3339(*until);
    if (!instant) return problem(422, "until: " + instant.error().message);
    if (*instant < to) return problem(422, "until: time does not go back; a snapshot can be restored");
    to = *instant;
  }
  clockwork->advance_to(to);
  mover = id;
  return std::nullopt;
}

Control::Parts::Reply Control::Parts::run_until_quiet(RequestId id, const Ask& ask) {
  if (clockwork->moving()) return problem(409, "the clock is being moved already");
  auto quiet_for = quiet_by_default;
  auto at_most = longest_until_quiet;
  for (const auto& [name, span] : {std::pair{"quiet_for", &quiet_for}, {"at_most", &at_most}}) {
    const auto text = base::string_member(Json(ask.body), name);
    if (!text) continue;
    const auto read = base::parse_duration(*text);
    if (!read) return problem(422, fmt::format("{}: {}", name, read.error().message));
    *span = *read;
  }
  const auto left = last_instant - world->now();
  clockwork->run_until_quiet(std::min(quiet_for, left), world->now() + std::min(at_most, left));
  mover = id;
  return std::nullopt;
}

void Control::Parts::settle_move() {
  const auto end = clockwork->take_move_end();
  if (!end || !mover) return;
  const auto id = *std::exchange(mover, std::nullopt);
  if (end->cut_off) return respond(id, problem(409, "the world was taken back meanwhile"));
  auto body = clock_json();
  if (end->quiet) body["quiet"] = *end->quiet;
  respond(id, json_answer(200, std::move(body)));
}

// What happens

Control::Parts::Reply Control::Parts::begin_step(RequestId id, const std::string& text) {
  auto step = scenarios::decode_step(text);
  if (!step) return problem(422, step.error().message);
  if (step->at) return problem(422, "a step is played now; 'after' delays it, and /clock/advance moves the clock");
  const auto number = world->play(*std::move(step));
  if (!number) return problem(422, number.error().message);
  clockwork->begun(*number);
  steps.emplace(*number, std::nullopt);
  if (steps.size() > most_steps_remembered) steps.erase(steps.begin());
  awaiting.emplace(*number, id);
  return std::nullopt;
}

Control::Parts::Reply Control::Parts::play(RequestId id, const Ask& ask) {
  const auto* step = base::member(ask.body, "step");
  if (step == nullptr || ask.body.size() != 1 || (!step->is_string() && !step->is_object()))
    return problem(422, R"(a step is given as in a script, {"step": "entra.create_user: {user: ann}"}, or as JSON, {"step": {"entra.create_user": {"user": "ann"}}})");
  return begin_step(id, step_text(*step));
}

JsonObject Control::Parts::step_json(std::uint64_t id) const {
  const auto& outcome = steps.at(id);
  if (!outcome) return {{"id", id}, {"outcome", "under way"}};
  return {{"id", id}, {"outcome", json_text(to_text(outcome->kind))}, {"detail", json_text(outcome->detail)}, {"at", base::to_rfc3339(outcome->at)}};
}

Control::Parts::Reply Control::Parts::show_step(RequestId, const Ask& ask) {
  const auto id = number_in(ask.wildcards.front());
  if (!id || !steps.contains(*id)) return problem(404, "there is no such step");
  return json_answer(200, step_json(*id));
}

void Control::Parts::settle_steps() {
  for (auto& outcome : world->take_outcomes()) {
    const auto id = outcome.id;
    clockwork->concluded(id);
    if (const auto found = steps.find(id); found != steps.end()) found->second = std::move(outcome);
    const auto waiting = awaiting.find(id);
    if (waiting == awaiting.end()) continue;
    if (steps.contains(id)) respond(waiting->second, json_answer(200, step_json(id)));
    awaiting.erase(waiting);
  }
  std::erase_if(awaiting, [&](const auto& entry) {
    if (!clockwork->is_overdue(entry.first)) return false;
    if (!steps.contains(entry.first)) steps.emplace(entry.first, std::nullopt);  // so many have come after it
    auto answer = json_answer(202, step_json(entry.first));
    answer.headers.add("Location", fmt::format("/steps/{}", entry.first));
    respond(entry.second, answer);
    return true;
  });
}

Control::Parts::Reply Control::Parts::inject(RequestId id, const Ask& ask) {
  return begin_step(id, base::to_text(Json(JsonObject{{"network.inject", ask.body}})));
}

Control::Parts::Reply Control::Parts::mend(RequestId id, const Ask&) { return begin_step(id, "network.mend:"); }

Control::Parts::Reply Control::Parts::show_faults(RequestId, const Ask&) {
  JsonArray befallen;
  for (const auto& [what, count] : world->cast().world().network().befallen())
    befallen.push_back(JsonObject{{"fault", json_text(sim::name_of(what.fault))}, {"from", json_text(what.from)}, {"to", json_text(what.to)}, {"count", count}});
  return json_answer(200, {{"befallen", std::move(befallen)}});
}

Control::Parts::Reply Control::Parts::show_quirks(RequestId, const Ask&) {
  JsonObject out;
  for (const auto part : parts_with_quirks()) {
    JsonArray all;
    for (const auto& quirk : quirks_of(world->cast(), part))
      all.push_back(JsonObject{{"name", json_text(quirk.name)}, {"what", json_text(quirk.what)}, {"on", quirk.on}});
    out[base::json_key(part)] = std::move(all);
  }
  return json_answer(200, std::move(out));
}

Control::Parts::Reply Control::Parts::set_quirks(RequestId id, const Ask& ask) {
  const auto* names = base::member(ask.body, "quirks");
  if (names == nullptr || !names->is_array()) return problem(422, R"(quirks are named as {"quirks": ["NAME"]}; those that are not named are off)");
  std::vector<std::string> quirks;
  for (const auto& name : names->get_array()) {
    if (!name.is_string()) return problem(422, "a quirk is named by a string");
    quirks.emplace_back(base::as_text(name.get_string()));
  }
  if (auto done = world->switch_quirks(ask.wildcards.front(), std::move(quirks)); !done) return problem(422, done.error().message);
  return show_quirks(id, ask);
}

// There and back

JsonObject Control::Parts::snapshot_json(const Snapshot& snapshot) {
  return {{"name", json_text(snapshot.name)},
          {"at", base::to_rfc3339(snapshot.position.at)},
          {"seed", snapshot.seed},
          {"events", snapshot.position.events},
          {"digest", fmt::format("{:016x}", snapshot.position.digest)}};
}

Control::Parts::Reply Control::Parts::show_snapshots(RequestId, const Ask&) {
  JsonArray all;
  for (const auto& [name, snapshot] : world->snapshots())
    all.push_back(snapshot_json(snapshot));
  return json_answer(200, {{"snapshots", std::move(all)}});
}

Control::Parts::Reply Control::Parts::take_snapshot(RequestId, const Ask& ask) {
  constexpr std::size_t longest_name = 100;
  const auto name = base::string_or(Json(ask.body), "name", "");
  if (name.empty() || name.size() > longest_name || name.find('/') != std::string::npos)
    return problem(422, "name: 1 to 100 characters without a slash");
  const auto taken = world->take_snapshot(name);
  if (!taken) return problem(409, taken.error().message);
  return json_answer(201, snapshot_json(world->snapshots().find(name)->second));
}

Control::Parts::Reply Control::Parts::delete_snapshot(RequestId, const Ask& ask) {
  if (!world->forget_snapshot(ask.wildcards.front())) return problem(404, "there is no such snapshot");
  return base::HttpResponse(204);
}

Control::Parts::Reply Control::Parts::restore(RequestId, const Ask& ask) {
  const auto name = base::string_or(Json(ask.body), "snapshot", "");
  if (!world->snapshots().contains(name)) return problem(404, fmt::format("there is no snapshot '{}'", name));
  if (auto done = world->restore(name); !done) return problem(500, done.error().message);
  clockwork->world_taken_back();
  return json_answer(200, clock_json());
}

Control::Parts::Reply Control::Parts::reset(RequestId, const Ask& ask) {
  const auto* given = base::member(ask.body, "seed");
  std::optional<std::uint64_t> seed;
  if (given != nullptr) {
    const auto number = base::integer_member(Json(ask.body), "seed");
    if (!number || *number < 0) return problem(422, "seed: a whole number from 0 on");
    seed = static_cast<std::uint64_t>(*number);
  }
  if (auto done = world->reset(seed); !done) return problem(500, done.error().message);
  clockwork->world_taken_back();
  return json_answer(200, clock_json());
}

}  // namespace serve
