// The access tokens that were handed out, known again by their text: what Graph asks. [Graph K8]
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/secret.h"
#include "fakes/entra/access_token.h"

namespace fakes::entra::sign_in {

class IssuedTokens final : public AccessTokens {
 public:
  /// With `reject_once` a token looks expired the first time that it is shown. [Graph F8]
  explicit IssuedTokens(bool reject_once) : reject_once_(reject_once) {}

  void add(const base::Secret& text, AccessToken token, base::Instant now);
  [[nodiscard]] std::optional<AccessToken> find_token(std::string_view text) const override;

 private:
  bool reject_once_;
  std::map<std::string, AccessToken, std::less<>> by_text_;
  std::multimap<base::Instant, std::string> ends_;
  mutable std::set<std::string, std::less<>> shown_;
};

}  // namespace fakes::entra::sign_in
