#include "properties/exploration.h"

#include "scenarios/engine/probe_logs.h"

namespace properties {

scenarios::Exploration exploration_of(scenarios::Cast& cast) {
  scenarios::Exploration out;
  const auto hits = cast.probes().hits();
  for (const bool hit : hits) out.probes.push_back(hit ? 1 : 0);
  return out;
}

base::JsonObject encode_exploration(const scenarios::Exploration& explored) {
  std::string hits;
  for (const auto worlds : explored.probes) hits += worlds > 0 ? '1' : '0';
  return {{"probes", hits}};
}

scenarios::Exploration decode_exploration(const base::Json& json) {
  scenarios::Exploration out;
  const auto hits = base::string_or(json, "probes", "");
  for (const char hit : hits) out.probes.push_back(hit == '1' ? 1 : 0);
  return out;
}

ProbeCount probes_hit(const scenarios::Exploration& explored) {
  ProbeCount out;
  const auto& all = scenarios::all_probes();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!all[i].is_to_be_hit()) continue;
    ++out.all;
    if (i < explored.probes.size() && explored.probes[i] > 0) ++out.hit;
  }
  return out;
}

}  // namespace properties
