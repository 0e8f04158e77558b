#include "fakes/entra/sign_in/lockouts.h"

#include <algorithm>

#include "base/crypto.h"

namespace fakes::entra::sign_in {
namespace {

constexpr std::size_t bad_passwords_remembered = 3;

}  // namespace

bool Lockouts::is_locked(const ObjectId& user, base::Instant now) const {
  const auto found = accounts_.find(user);
  return found != accounts_.end() && now < found->second.locked_until;
}

void Lockouts::failed(const ObjectId& user, const base::Secret& password, const SignInOptions& options, base::Instant now) {
  auto& account = accounts_[user];
  auto digest = base::sha256(password.reveal());
  if (std::ranges::find(account.last_bad, digest) != account.last_bad.end()) return;
  account.last_bad.push_back(std::move(digest));
  if (account.last_bad.size() > bad_passwords_remembered) account.last_bad.pop_front();
  if (++account.failures < options.failures_until_lock) return;
  const auto lock = account.next_lock == base::Duration{} ? options.first_lock : account.next_lock;
  account.locked_until = now + lock;
  account.next_lock = std::min(lock * 2, options.longest_lock);
}

}  // namespace fakes::entra::sign_in
