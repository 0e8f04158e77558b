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
  const scenarios::LeakSearch search(passwords);
  const auto& disk = view.cast->world().find_host("directory")->disk();
  for (const auto& name : disk.names()) {
    if (search.next(disk.bytes_of(name))) return breach_of("no-password-in-plaintext", fmt::format("a password lies in {}", name));
  }
  return std::nullopt;
}

}  // namespace properties
