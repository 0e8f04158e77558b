// The password of one user, and who gets in with it, under an organisation's rules: set over a link, by an admin, by its owner; expired,
// locked, kept from being used again. Requests take no time here. [rule D14] [rule D15] [rule D18] [rule D110] [rule D111] [rule D112]
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace properties::models {

/// What the rules of these tests are.
struct PasswordRules {
  std::size_t shortest = 12;  ///< characters
  bool needs_digit = true;
  std::size_t remembered = 3;  ///< the present one too
  int most_failures = 3;
  std::chrono::minutes locked_for{5};
  std::chrono::days lasts{30};
  std::chrono::hours session_lasts{12};          ///< Assumed: no document says
  std::chrono::days activation_link_lasts{7};    ///< Assumed
  std::chrono::hours reset_link_lasts{24};       ///< Assumed
};

enum class PasswordOutcome {
  done,
  bad_password,  ///< one that the rules do not allow, and nothing is done
  wrong,         ///< whoever asks is not let in, and is not told why
  locked,
  expired,
  refused,    ///< to a user in that state
  no_such_link
};

struct PasswordModel {
  PasswordRules rules{};
  std::chrono::minutes now{0};
  bool suspended = false;
  bool expired = false;
  bool locked = false;
  bool never_expires = false;
  int failures = 0;
  std::vector<std::string> passwords{};  ///< the newest last
  std::chrono::minutes set_at{0};
  std::chrono::minutes locked_at{0};
  std::optional<std::chrono::minutes> activation_link{std::chrono::minutes{0}};  ///< when it was sent; nothing: none that is of use
  std::optional<std::chrono::minutes> reset_link{};
  std::vector<std::optional<std::chrono::minutes>> sessions{};  ///< since when each is open

  [[nodiscard]] bool has_password() const { return !passwords.empty(); }
  [[nodiscard]] bool is_open(std::size_t session) const;
  [[nodiscard]] bool is_right(const std::string& password) const { return has_password() && passwords.back() == password; }

  PasswordOutcome log_in(const std::string& password);
  PasswordOutcome change(const std::string& old_password, const std::string& fresh);
  PasswordOutcome set_by_admin(const std::string& fresh);
  PasswordOutcome use_activation_link(const std::string& fresh);
  PasswordOutcome use_reset_link(const std::string& fresh);
  void ask_for_reset();
  PasswordOutcome unlock();
  PasswordOutcome expire();
  void suspend();
  void reactivate();
  void set_never_expires(bool never);
  void wait(std::chrono::minutes span);

 private:
  /// Why nobody gets in with that password; nothing: they do.
  std::optional<PasswordOutcome> try_password(const std::string& password);
  PasswordOutcome set(const std::string& fresh);
  [[nodiscard]] bool is_allowed(const std::string& fresh) const;
  /// What time has brought.
  void catch_up();
};

}  // namespace properties::models
