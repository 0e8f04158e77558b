#include "fakes/okta/org/refusal.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace fakes::okta {

std::string text_of(ErrorCode code) { return fmt::format("E{:07}", static_cast<int>(code)); }

std::string sentence_of(const Refusal& refusal) {
  auto text = text_of(refusal.code);
  if (!refusal.subject.empty()) text += ": " + refusal.subject;
  if (!refusal.causes.empty()) text += fmt::format(": {}", fmt::join(refusal.causes, "; "));
  return text;
}

}  // namespace fakes::okta
