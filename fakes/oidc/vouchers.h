// What a client or a browser may show again for some time: codes, refresh tokens, cookies, open pages.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/instant.h"
#include "base/secret.h"

namespace fakes::oidc {

/// Kept by their text; what has ended long ago is forgotten. A `T` has an instant `ends`.
template <class T>
class Vouchers {
 public:
  void add(const base::Secret& text, T voucher, base::Instant now) {
    while (!ends_.empty() && ends_.begin()->first + remembered < now) {
      // One that has been added again may end later by now.
      const auto old = by_text_.find(ends_.begin()->second);
      if (old != by_text_.end() && old->second.ends + remembered < now) by_text_.erase(old);
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
  [[nodiscard]] const T* find(std::string_view text) const {
    const auto found = by_text_.find(text);
    return found == by_text_.end() ? nullptr : &found->second;
  }
  /// `change` is called with each one that is remembered.
  template <class Change>
  void for_each(Change change) {
    for (auto& entry : by_text_) change(entry.second);
  }

 private:
  static constexpr base::Duration remembered = std::chrono::hours{24};

  std::map<std::string, T, std::less<>> by_text_;
  std::multimap<base::Instant, std::string> ends_;
};

}  // namespace fakes::oidc
