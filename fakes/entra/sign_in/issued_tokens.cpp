#include "fakes/entra/sign_in/issued_tokens.h"

#include <algorithm>

namespace fakes::entra::sign_in {
namespace {

/// Expired tokens are known this much longer.
constexpr base::Duration remembered = std::chrono::hours{24};

}  // namespace

void IssuedTokens::add(const base::Secret& text, AccessToken token, base::Instant now) {
  while (!ends_.empty() && ends_.begin()->first + remembered < now) {
    by_text_.erase(ends_.begin()->second);
    shown_.erase(ends_.begin()->second);
    ends_.erase(ends_.begin());
  }
  ends_.emplace(token.expires, text.reveal());
  by_text_.insert_or_assign(text.reveal(), std::move(token));
}

void IssuedTokens::end_all() {
  // In `ends_` they stay where they are: until then they are known.
  for (auto& [text, token] : by_text_) token.expires = std::min(token.expires, token.issued);
}

std::optional<AccessToken> IssuedTokens::find_token(std::string_view text) const {
  const auto found = by_text_.find(text);
  if (found == by_text_.end()) return std::nullopt;
  auto token = found->second;
  if (quirks_->has(Quirk::valid_token_rejected_once) && shown_.insert(std::string(text)).second) token.expires = token.issued;
  return token;
}

}  // namespace fakes::entra::sign_in
