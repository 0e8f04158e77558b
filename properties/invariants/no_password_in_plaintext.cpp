#include <fmt/format.h>

#include <set>

#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"
#include "scenarios/leak_search.h"

namespace properties {

/// On the directory's disk, free pages and logs included.
std::optional<Violation> judge_no_password_in_plaintext(const FinalView& view) {
  std::set<std::string, std::less<>> passwords;
  for (const auto& set : passwords_set(view)) {
    if (set.password.size() >= 8) passwords.insert(set.password);
  }
  if (passwords.empty()) return std::nullopt;
  for (const auto& [name, content] : view.cast->world().find_host("directory")->disk().contents()) {
    const auto leaks = scenarios::find_leaks(passwords, {{name, content}});
    if (!leaks.empty()) return breach_of("no-password-in-plaintext", fmt::format("a password lies in {}", name));
  }
  return std::nullopt;
}

}  // namespace properties
