#include "fakes/scim/provider.h"

#include <fmt/format.h>

#include <utility>

#include "fakes/scim/context.h"
#include "fakes/scim/races.h"

namespace fakes::scim {

struct Provider::State {
  base::Clock& clock;
  base::Rng rng;
  ProviderOptions options;
  Store store{};
  Store graveyard{};
  Cursors cursors{};
  Traffic traffic{};
};

Provider::Provider(base::Clock& clock, base::Rng rng, ProviderOptions options)
    : state_(std::make_unique<State>(State{clock, rng, std::move(options)})) {}

Provider::~Provider() = default;

base::Task<base::HttpResponse> Provider::handle(base::HttpRequest request) {
  auto& state = *state_;
  const Context context{state.options, state.options.quirks, state.store, state.graveyard, state.cursors,
                        state.rng,     state.clock.now()};
  auto response = co_await respond_in_races(context, state.clock, state.traffic, std::move(request));
  co_return response;
}

std::string Provider::dump() const {
  return state_->store.dump();
}

void Provider::populate(std::size_t users, std::size_t groups) {
  constexpr std::size_t members_of_a_group = 10;
  const auto now = state_->clock.now();
  for (std::size_t i = 0; i < users; ++i) {
    const auto name = fmt::format("user{:06}", i);
    state_->store.insert(
        {&user_type(),
         state_->rng.hex(16),
         {{"schemas", {base::json_text(user_schema().id)}},
          {"userName", base::json_text(name)},
          {"displayName", base::json_text(fmt::format("User {}", i))},
          {"emails",
           {{{"value", base::json_text(name + "@example.com")}, {"type", "work"}, {"primary", true}}}},
          {"active", true}},
         now,
         now});
  }
  const auto serials = state_->store.all(&user_type());
  for (std::size_t i = 0; i < groups; ++i) {
    base::JsonArray members;
    for (std::size_t j = 0; j < members_of_a_group && j < serials.size(); ++j) {
      const auto serial = serials[(i * members_of_a_group + j) % serials.size()];
      members.push_back(base::JsonObject{{"value", base::json_text(state_->store.find(serial)->id)}});
    }
    base::JsonObject group{{"schemas", {base::json_text(group_schema().id)}},
                           {"displayName", base::json_text(fmt::format("Group {}", i))}};
    if (!members.empty()) group["members"] = std::move(members);
    state_->store.insert({&group_type(), state_->rng.hex(16), std::move(group), now, now});
  }
}

}  // namespace fakes::scim
