#include "scenarios/probe/profiles.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace scenarios::probe {
namespace {

struct Profile {
  std::string_view name;   ///< as reports show it
  std::string_view suite;  ///< and tag
  std::string_view ready;
  std::string_view not_ready;
  std::string_view open;  ///< what is said where nothing stands against it, and not all has been looked at
};
constexpr std::array profiles{
    Profile{"RFC", "scim", "holds to RFC 7643 and RFC 7644", "does not hold to RFC 7643 and RFC 7644",
            "nothing found against RFC 7643 and RFC 7644"},
    Profile{"Entra", "entra", "ready for Entra", "not ready for Entra", "nothing found against Entra"},
    Profile{"Okta", "okta", "ready for Okta", "not ready for Okta", "nothing found against Okta"},
    Profile{"JumpCloud", "jumpcloud", "offers what the articles promise", "does not offer what the articles promise",
            "nothing found against what the articles promise"}};

std::string ready_text(const Profile& profile, const ConformanceRecord& record) {
  if (record.left_out > 0) return fmt::format("{} in the cases that were chosen", profile.open);
  if (record.suite != profile.suite) return fmt::format("{}; the suite {} asks the rest", profile.open, profile.suite);
  return std::string(profile.ready);
}

bool belongs(const CaseRecord& one, const Profile& profile) {
  return one.id.starts_with(fmt::format("{}/", profile.suite)) ||
         std::ranges::find(one.tags, profile.suite) != one.tags.end();
}

}  // namespace

std::vector<ProfileRecord> profiles_of(const ConformanceRecord& record) {
  std::vector<ProfileRecord> out;
  const bool unreachable = std::ranges::any_of(record.cases, [](const CaseRecord& one) {
    return one.id.starts_with("target/") && one.verdict == Verdict::violates;
  });
  for (const auto& profile : profiles) {
    if (record.suite != profile.suite && record.suite != "scim") continue;
    ProfileRecord entry;
    entry.name = profile.name;
    std::size_t judged = 0;
    std::size_t blocked = 0;
    bool spoken_of = false;
    for (const auto& one : record.cases) {
      if (!belongs(one, profile)) continue;
      spoken_of = true;
      if (one.verdict == Verdict::violates) entry.because.push_back(one.id);
      if (one.verdict == Verdict::blocked || one.verdict == Verdict::error) ++blocked;
      if (one.verdict != Verdict::not_applicable && one.verdict != Verdict::blocked) ++judged;
    }
    if (!spoken_of) continue;
    if (!entry.because.empty()) {
      entry.verdict = Verdict::violates;
      entry.text = fmt::format("{}: {} {}", profile.not_ready, entry.because.size(),
                               entry.because.size() == 1 ? "finding" : "findings");
    } else if (unreachable || judged == 0 || blocked > 0) {
      entry.verdict = Verdict::blocked;
      entry.text = blocked > 0 && judged > 0 ? fmt::format("undecided: {} {} not be judged", blocked, blocked == 1 ? "case could" : "cases could") : "undecided";
    } else {
      entry.verdict = Verdict::conforms;
      entry.text = ready_text(profile, record);
    }
    out.push_back(std::move(entry));
  }
  return out;
}

}  // namespace scenarios::probe
