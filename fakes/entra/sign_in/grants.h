// What a client may turn into tokens: authorisation codes, which work once and for a short time, and refresh tokens, which
// are replaced when they are used while the old one goes on to work. [Graph I15] [Graph K20]
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/secret.h"
#include "fakes/entra/sign_in/scopes.h"
#include "fakes/entra/sign_in/standing.h"

namespace fakes::entra::sign_in {

/// How the challenge of a code was made. [RFC7636 4.2]
enum class ChallengeMethod : std::uint8_t { plain, s256 };

struct Grant {
  Proof proof{};
  std::string app_id{};
  Scopes scopes{};
  std::string nonce{};
  bool single_page = false;  ///< for an app of the platform SPA
};

struct Code {
  Grant grant{};
  std::string redirect_uri{};
  std::string challenge{};  ///< empty: none
  ChallengeMethod method = ChallengeMethod::plain;
  base::Instant ends{};
  bool redeemed = false;
};

struct RefreshToken {
  Grant grant{};
  base::Instant issued{};
  base::Instant ends{};
};

/// Kept by their text; what has ended long ago is forgotten.
template <class T>
class Vouchers {
 public:
  void add(const base::Secret& text, T voucher, base::Instant now) {
    while (!ends_.empty() && ends_.begin()->first + remembered < now) {
      by_text_.erase(ends_.begin()->second);
      ends_.erase(ends_.begin());
    }
    ends_.emplace(voucher.ends, text.reveal());
    by_text_.insert_or_assign(text.reveal(), std::move(voucher));
  }
  /// Also one that has ended.
  [[nodiscard]] T* find(std::string_view text) {
    const auto found = by_text_.find(text);
    return found == by_text_.end() ? nullptr : &found->second;
  }

 private:
  static constexpr base::Duration remembered = std::chrono::hours{24};

  std::map<std::string, T, std::less<>> by_text_;
  std::multimap<base::Instant, std::string> ends_;
};

}  // namespace fakes::entra::sign_in
