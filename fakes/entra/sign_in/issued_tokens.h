// The access tokens that were handed out, known again by their text: what Graph asks. [Graph K8]
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/secret.h"
#include "fakes/entra/access_token.h"
#include "fakes/entra/sign_in/quirks.h"

namespace fakes::entra::sign_in {

class IssuedTokens final : public AccessTokens {
 public:
  /// With Quirk::valid_token_rejected_once, which may come and go, a token looks expired the first time that it is shown. The quirks
  /// outlive it. [Graph F8]
  explicit IssuedTokens(const Quirks& quirks) : quirks_(&quirks) {}

  void add(const base::Secret& text, AccessToken token, base::Instant now);
  /// All that were handed out so far look expired from now on, before their time: what apps and people have goes on giving others.
  /// [Graph E29]
  void end_all();
  [[nodiscard]] std::optional<AccessToken> find_token(std::string_view text) const override;

 private:
  const Quirks* quirks_;
  std::map<std::string, AccessToken, std::less<>> by_text_;
  std::multimap<base::Instant, std::string> ends_;
  mutable std::set<std::string, std::less<>> shown_;
};

}  // namespace fakes::entra::sign_in
