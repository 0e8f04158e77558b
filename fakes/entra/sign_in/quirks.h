// What sign-in does now and then, or did at one time, each as a named switch with its default and where that is written.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "fakes/quirk_set.h"

namespace fakes::entra::sign_in {

enum class Quirk : std::uint8_t {
  common_issuer_is_template,
  descriptions_in_lines,
  valid_token_rejected_once,
  key_set_lags,
  not_before_in_the_future,
  preferred_name_is_mail,
  revocation_lags,
  admin_reset_revokes_all,
  throttled_once,
  unavailable_once
};

struct QuirkInfo {
  Quirk quirk;
  std::string_view name;    ///< as on a command line
  std::string_view what;    ///< what sign-in does, for people
  std::string_view source;  ///< the fact
  std::string_view date;    ///< when it was so; empty: no date is known
  bool on;                  ///< by default
};

/// In the order of the enumeration.
[[nodiscard]] std::span<const QuirkInfo> all_quirks();
[[nodiscard]] std::optional<Quirk> find_quirk(std::string_view name);

class Quirks : public QuirkSet<Quirk> {
 public:
  /// Those that are on by default.
  Quirks();
};

}  // namespace fakes::entra::sign_in
