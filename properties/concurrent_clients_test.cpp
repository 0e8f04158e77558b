// Several clients at once, over a network that is slow, loses messages and breaks connections: what the directory answers them about a
// user could have been answered one request at a time.
#include <array>
#include <map>
#include <set>

#include "properties/models/scim_client.h"
#include "properties/models/scim_resource.h"

namespace properties {
namespace concurrent_clients_test {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using directory::Defect;
using directory::ServerBench;
using models::ScimCall;
using models::ScimValues;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::array<std::string_view, 2> names{"amy", "bob"};
constexpr std::array<std::string_view, 3> attributes{"title", "displayName", "nickName"};
constexpr std::array<std::string_view, 4> texts{"one", "two", "three", "four"};
/// After so long without an answer a client does something else.
constexpr auto patience = seconds{3};

/// What a client does next, so long after its last answer.
struct Act {
  enum class Kind { create, read, patch, put, remove };
  int client = 0;
  Kind kind{};
  int name = 0;
  int attribute = 0;
  int text = 0;
  bool conditioned = false;  ///< on the version that this client saw last
  milliseconds pause{};
};

void showValue(const Act& act, std::ostream& out) {
  constexpr std::array<std::string_view, 5> words{"create", "read", "patch", "put", "remove"};
  out << fmt::format("client {} after {} ms: {} {} {}={}{}", act.client, act.pause.count(), words[static_cast<std::size_t>(act.kind)], names[static_cast<std::size_t>(act.name)],
                     attributes[static_cast<std::size_t>(act.attribute)], texts[static_cast<std::size_t>(act.text)], act.conditioned ? " if unchanged" : "");
}

struct Setting {
  directory::Defects defects{};
  int clients = 3;
  bool removes = true;
  bool has_cache = false;  ///< something in between answers some reads with what it saw first
};

std::vector<Act> any_acts(const Setting& setting) {
  const auto act = rc::gen::exec([setting] {
    Act one;
    one.client = models::below(setting.clients);
    one.kind = *rc::gen::weightedElement<Act::Kind>(
        {{2, Act::Kind::create}, {5, Act::Kind::read}, {6, Act::Kind::patch}, {2, Act::Kind::put}, {2, setting.removes ? Act::Kind::remove : Act::Kind::read}});
    one.name = setting.removes ? models::below(static_cast<int>(names.size())) : 0;
    one.attribute = models::below(static_cast<int>(attributes.size()));
    one.text = models::below(static_cast<int>(texts.size()));
    one.conditioned = models::once_in(2);
    one.pause = milliseconds{models::below(400)};
    return one;
  });
  return *rc::gen::container<std::vector<Act>>(act);
}

class Clients {
 public:
  Clients(const Setting& setting, std::uint64_t seed, models::CommandCount& count) : setting_(setting), count_(&count), bench_(options_of(setting, seed)) {
    auto& network = bench_.world().network();
    network.set_profile({.latency_low = milliseconds{1}, .latency_high = milliseconds{300}, .loss = {setting.has_cache ? 0U : 1U, 25}});
    if (setting.has_cache) {
      network.inject({.fault = sim::NetworkFault::answer_instead,
                      .from = "client",
                      .to = "directory",
                      .match = "GET /scim/v2/Users/*",
                      .skip = 1,
                      .ratio = {1, 2},
                      .answer = [this](base::Instant) { return cached_ ? *cached_ : base::HttpResponse(503); }});
      return;
    }
    inject(sim::NetworkFault::reset_after, 20);
    inject(sim::NetworkFault::reset_before, 20);
    inject(sim::NetworkFault::delay_request, 15);
    inject(sim::NetworkFault::delay_response, 15);
  }

  /// Plays the acts, each client its own in their order, and looks at everybody when all is quiet.
  void play(const std::vector<Act>& acts) {
    for (const auto& act : acts) plans_[act.client].push_back(act);
    while (go_on()) bench_.run_for(milliseconds{10});
    bench_.run_for(seconds{30});
    bench_.world().network().mend();
    bench_.world().network().set_profile({.latency_low = milliseconds{1}, .latency_high = milliseconds{2}, .loss = {0, 1}});
    for (const auto& [name, id] : ids_) {
      busy_[looker] = begin({.client = looker, .kind = Act::Kind::read, .name = name});
      bench_.run_for(seconds{1});
      conclude(looker);
    }
  }
  [[nodiscard]] const std::vector<ScimCall>& calls() const { return calls_; }

 private:
  static constexpr int looker = 99;

  struct Busy {
    ScimCall call;
    int name = 0;
    std::shared_ptr<directory::Pending> pending;
  };

  static directory::BenchOptions options_of(const Setting& setting, std::uint64_t seed) {
    directory::BenchOptions options;
    options.seed = seed;
    options.defects = setting.defects;
    return options;
  }
  void inject(sim::NetworkFault fault, std::uint32_t once_in) {
    bench_.world().network().inject({.fault = fault,
                                     .from = "client",
                                     .to = "directory",
                                     .match = {},
                                     .ratio = {1, once_in},
                                     .delay_low = milliseconds{200},
                                     .delay_high = milliseconds{6'000}});
  }

  /// Whether any client has something to do.
  bool go_on() {
    bool any = false;
    for (auto& [client, plan] : plans_) {
      const auto busy = busy_.find(client);
      if (busy != busy_.end()) {
        any = true;
        if (!busy->second.pending->result && bench_.now() < busy->second.call.when.invoked + patience) continue;
        conclude(client);
      }
      if (plan.empty()) continue;
      any = true;
      if (bench_.now() < free_from_[client] + plan.front().pause) continue;
      busy_[client] = begin(plan.front());
      free_from_[client] = bench_.now();
      plan.erase(plan.begin());
    }
    return any;
  }

  /// Whom nobody has created yet is created, whatever was meant.
  Busy begin(const Act& act) {
    ++count_->played;
    Busy busy;
    busy.name = act.name;
    auto& call = busy.call;
    call.client = act.client;
    call.user_name = std::string(names[static_cast<std::size_t>(act.name)]);
    call.when.invoked = bench_.now();
    const auto text = std::string(texts[static_cast<std::size_t>(act.text)]);
    const auto attribute = std::string(attributes[static_cast<std::size_t>(act.attribute)]);
    const auto known = ids_.find(act.name);
    if (act.kind == Act::Kind::create || known == ids_.end()) {
      call.kind = ScimCall::Kind::create;
      for (const auto one : attributes) call.sets[std::string(one)] = std::nullopt;
      call.sets[attribute] = text;
      busy.pending = bench_.send("POST", "/scim/v2/Users", fields({}), resource(call));
      return busy;
    }
    call.id = known->second;
    const auto path = "/scim/v2/Users/" + call.id;
    if (act.conditioned && act.kind != Act::Kind::read) call.if_match = tags_[{act.client, act.name}];
    switch (act.kind) {
      case Act::Kind::read:
        call.kind = ScimCall::Kind::read;
        busy.pending = bench_.send("GET", path, fields({}));
        break;
      case Act::Kind::remove:
        call.kind = ScimCall::Kind::remove;
        busy.pending = bench_.send("DELETE", path, fields(call.if_match));
        break;
      case Act::Kind::put:
        call.kind = ScimCall::Kind::change;
        for (const auto one : attributes) call.sets[std::string(one)] = text;
        busy.pending = bench_.send("PUT", path, fields(call.if_match), resource(call));
        break;
      default: {
        call.kind = ScimCall::Kind::change;
        call.sets[attribute] = text;
        Json operation = JsonObject{{"op", "replace"}, {"path", attribute}, {"value", text}};
        busy.pending = bench_.send("PATCH", path, fields(call.if_match), models::patch_text({std::move(operation)}));
      }
    }
    return busy;
  }

  void conclude(int client) {
    const auto found = busy_.find(client);
    auto busy = std::move(found->second);
    busy_.erase(found);
    free_from_[client] = bench_.now();
    auto& call = busy.call;
    const auto& result = busy.pending->result;
    // An error of the server may have come from in between, and says nothing.
    if (result && *result && (*result)->status < 500) {
      call.status = (*result)->status;
      call.when.returned = busy.pending->concluded;
      read(**result, busy);
    }
    calls_.push_back(std::move(call));
  }

  void read(const base::HttpResponse& answer, Busy& busy) {
    if (answer.status != 200 && answer.status != 201) return;
    const auto body = base::parse_json(answer.body);
    RC_ASSERT(body.has_value());
    const auto* meta = base::member(*body, "meta");
    busy.call.tag = meta == nullptr ? "" : base::string_or(*meta, "version", "");
    for (const auto one : attributes) busy.call.shown[std::string(one)] = base::string_member(*body, one);
    if (busy.call.kind == ScimCall::Kind::create) busy.call.id = base::string_or(*body, "id", "");
    if (busy.call.kind == ScimCall::Kind::create) ids_[busy.name] = busy.call.id;
    if (busy.call.kind == ScimCall::Kind::read && !cached_) cached_ = answer;
    tags_[{busy.call.client, busy.name}] = busy.call.tag;
  }

  [[nodiscard]] ServerBench::Fields fields(const std::string& if_match) const {
    auto out = ServerBench::bearer(bench_.keys.generic_token);
    if (!if_match.empty()) out.push_back({"If-Match", if_match});
    return out;
  }
  static std::string resource(const ScimCall& call) {
    JsonObject body{{"schemas", JsonArray{base::json_text(models::core_user)}},
                    {"userName", call.user_name},
                    {"emails", JsonArray{JsonObject{{"value", call.user_name + "@example.test"}, {"type", "work"}, {"primary", true}}}}};
    for (const auto& [attribute, value] : call.sets) {
      if (value) body[base::json_key(attribute)] = *value;
    }
    return base::to_text(Json(std::move(body)));
  }

  Setting setting_;
  models::CommandCount* count_;
  ServerBench bench_;
  std::map<int, std::vector<Act>> plans_;
  std::map<int, Busy> busy_;
  std::map<int, base::Instant> free_from_;
  std::map<int, std::string> ids_;                     ///< by name; what somebody was told last
  std::map<std::pair<int, int>, std::string> tags_;    ///< by client and name
  std::optional<base::HttpResponse> cached_;
  std::vector<ScimCall> calls_;
};

/// `seen`: in how many sequences each status came; 0: no answer.
models::SequenceCheck check(const Setting& setting, const models::SequencePlan& plan, std::map<int, int>& seen) {
  return models::check_sequences("ConcurrentClients", plan, [&](models::CommandCount& count) {
    const auto seed = static_cast<std::uint64_t>(1 + models::below(1'000'000));
    const auto acts = any_acts(setting);
    Clients clients(setting, seed, count);
    clients.play(acts);
    std::set<int> statuses;
    for (const auto& call : clients.calls()) statuses.insert(call.status);
    for (const int status : statuses) seen[status] += 1;
    if (const auto disorder = models::disorder_of(clients.calls()); !disorder.empty()) RC_FAIL(disorder);
  });
}

models::SequenceCheck check(const Setting& setting, const models::SequencePlan& plan) {
  std::map<int, int> seen;
  return check(setting, plan, seen);
}

TEST(ConcurrentClients, could_have_come_one_after_the_other) {
  std::map<int, int> seen;
  models::expect_kept(check({}, {.sequences = 120, .longest = 40}, seen));
  // Each way in which a call can end came about.
  for (const int status : {0, 200, 201, 204, 404, 409, 412}) EXPECT_GT(seen[status], 0) << status;
  for (const auto& [status, times] : seen) RecordProperty(fmt::format("status_{}", status), times);
}

// A lost update: a change that was acknowledged is undone.
TEST(ConcurrentClients, a_lost_update_is_noticed) {
  models::expect_noticed("answer_before_commit", check({.defects = directory::Defects{Defect::answer_before_commit}}, {.sequences = 200, .longest = 40}), 25);
}

// A lost update: two who have read the same version both write.
TEST(ConcurrentClients, two_writers_of_one_version_are_noticed) {
  models::expect_noticed("versions_stay", check({.defects = directory::Defects{Defect::versions_stay}}, {.sequences = 200, .longest = 40}), 6);
}

TEST(ConcurrentClients, an_answer_from_before_the_change_is_noticed) {
  models::expect_noticed("answers_are_stale", check({.defects = directory::Defects{Defect::answers_are_stale}}, {.sequences = 200, .longest = 40}), 6);
}

TEST(ConcurrentClients, a_stale_read_is_noticed) {
  models::expect_noticed("a cache in between", check({.removes = false, .has_cache = true}, {.sequences = 200, .longest = 40}), 8);
}

}  // namespace concurrent_clients_test
}  // namespace properties
