#include "scenarios/run_record.h"

#include <fmt/format.h>

namespace scenarios {

std::string_view to_text(Verdict verdict) {
  switch (verdict) {
    case Verdict::conforms:
      return "conforms";
    case Verdict::deviates:
      return "deviates";
    case Verdict::violates:
      return "violates";
    case Verdict::refused:
      return "refused";
    case Verdict::not_applicable:
      return "not applicable";
    case Verdict::blocked:
      return "blocked";
    case Verdict::unclear:
      return "unclear";
    case Verdict::error:
      return "error";
  }
  return "";
}

std::string_view to_text(ScreenRecord::Kind kind) {
  switch (kind) {
    case ScreenRecord::Kind::off:
      return "off";
    case ScreenRecord::Kind::setup:
      return "setup";
    case ScreenRecord::Kind::preboot:
      return "preboot";
    case ScreenRecord::Kind::login:
      return "login";
    case ScreenRecord::Kind::locked:
      return "locked";
    case ScreenRecord::Kind::desktop:
      return "desktop";
    case ScreenRecord::Kind::web_view:
      return "web view";
  }
  return "";
}

std::string fingerprint_text(std::uint64_t fingerprint) {
  return fmt::format("{:016x}", fingerprint);
}

int exit_code(const Session& session) {
  bool violated = false;
  bool conclusive = session.runs.empty();
  for (const auto& run : session.runs) {
    if (run.verdict == Verdict::error) return 70;
    if (run.verdict == Verdict::violates) violated = true;
    if (run.verdict == Verdict::conforms || run.verdict == Verdict::deviates ||
        run.verdict == Verdict::refused)
      conclusive = true;
  }
  if (violated) return 1;
  return conclusive ? 0 : 2;
}

}  // namespace scenarios
