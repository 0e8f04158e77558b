// Who is signed in at a computer. At most one person is in front, perhaps behind the lock screen; the others' programs go on behind
// the login screen until they come back or the session ends.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace fakes::devices {

struct Sessions {
  std::set<std::string, std::less<>> open{};
  std::optional<std::string> front{};  ///< one of `open`
  bool locked = false;                 ///< of the one in front

  [[nodiscard]] bool has(std::string_view account) const { return open.contains(account); }
  [[nodiscard]] bool at_desktop() const { return front.has_value() && !locked; }
  [[nodiscard]] bool in_front(std::string_view account) const { return front && *front == account; }

  /// To the desktop, with a new session where there is none; whoever was in front goes on behind.
  void bring_to_front(std::string_view account);
  void lock() { locked = front.has_value(); }
  /// The login screen comes up; the session goes on.
  void send_behind();
  /// False where there is none.
  bool end(std::string_view account);
  void end_all() { *this = {}; }

  bool operator==(const Sessions&) const = default;
};

}  // namespace fakes::devices
