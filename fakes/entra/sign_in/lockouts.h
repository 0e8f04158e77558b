// Smart lockout: after ten wrong passwords an account is locked for a minute, and for longer after each further one. A wrong
// password that was among the last three does not count again. [Graph U23]
#pragma once

#include <deque>
#include <map>
#include <string>

#include "base/instant.h"
#include "base/secret.h"
#include "fakes/entra/directory_object.h"
#include "fakes/entra/sign_in/options.h"

namespace fakes::entra::sign_in {

class Lockouts {
 public:
  [[nodiscard]] bool is_locked(const ObjectId& user, base::Instant now) const;
  void failed(const ObjectId& user, const base::Secret& password, const SignInOptions& options, base::Instant now);
  void succeeded(const ObjectId& user) { accounts_.erase(user); }

 private:
  struct Account {
    int failures = 0;
    std::deque<std::string> last_bad{};  ///< digests
    base::Instant locked_until{};
    base::Duration next_lock{};
  };

  std::map<ObjectId, Account> accounts_;
};

}  // namespace fakes::entra::sign_in
