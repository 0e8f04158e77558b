#include "directory/cloud_sync/tenant_paces.h"

#include <algorithm>

namespace directory {

void heed_answers(TenantPace& pace, const std::vector<GraphAnswer>& answers,
                  const std::vector<TenantPace::Effect>& effects, base::Instant sent, base::Instant now) {
  using Kind = GraphAnswer::Kind;
  for (const auto& answer : answers) {
    if (answer.kind == Kind::postponed) pace.postponed(sent, now, answer.wait);
  }
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (answers[i].status == 429) pace.throttled(sent, now, effects[i]);
  }
  // No answer, or none from the service itself, to any of them: it is in trouble, and not an account.
  const bool in_trouble = std::ranges::all_of(answers, [](const GraphAnswer& answer) {
    return answer.kind == Kind::unknown && answer.status != 500;
  });
  const bool refused_whole = in_trouble && answers.front().status == 424;
  if (refused_whole) pace.refused_as_a_whole(sent, now);
  if (in_trouble && !refused_whole) pace.postponed(sent, now, std::nullopt);
  if (!in_trouble && std::ranges::none_of(answers, &GraphAnswer::is_put_off)) pace.went_well(sent);
}

}  // namespace directory
