// Seeded defects of the core: each is a realistic bug that some scenario or property must catch. They are chosen
// when a world is built, by tests and by `fuzz --planted`; a served directory is never given any.
#pragma once

#include <set>
#include <string_view>

namespace directory {

enum class Defect {
  suspend_forgets_sessions,    ///< suspension leaves portal sessions open
  suspend_forgets_one_device,  ///< suspension reaches only the first of a user's devices
  answer_before_commit,        ///< now and then a change is acknowledged and then rolled back
};

using Defects = std::set<Defect>;

struct DefectName {
  Defect defect;
  std::string_view name;
};

inline constexpr DefectName defect_names[] = {
    {Defect::suspend_forgets_sessions, "suspend_forgets_sessions"},
    {Defect::suspend_forgets_one_device, "suspend_forgets_one_device"},
    {Defect::answer_before_commit, "answer_before_commit"},
};

}  // namespace directory
