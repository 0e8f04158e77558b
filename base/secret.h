// A password, token or key. It prints as [redacted]; code that must send or check the real value says so by
// calling reveal().
#pragma once

#include <iosfwd>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace base {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}
  Secret(const Secret&) = default;
  Secret(Secret&& other) noexcept;
  Secret& operator=(const Secret& other);
  Secret& operator=(Secret&& other) noexcept;
  /// Overwrites the memory it held.
  ~Secret();

  [[nodiscard]] const std::string& reveal() const { return value_; }
  [[nodiscard]] bool empty() const { return value_.empty(); }

  /// Takes time that depends on the lengths alone.
  friend bool operator==(const Secret& left, const Secret& right);

 private:
  void wipe() noexcept;

  std::string value_;
};

std::ostream& operator<<(std::ostream& out, const Secret& secret);

/// Told of every secret that a party mints or decodes, so that exported text can be redacted and a run can be
/// searched for leaks. A production process passes one that forgets.
class SecretWitness {
 public:
  virtual ~SecretWitness() = default;
  virtual void witness(const Secret& secret) = 0;
};

class ForgetfulWitness final : public SecretWitness {
 public:
  void witness(const Secret&) override {}
};

}  // namespace base

template <>
struct fmt::formatter<base::Secret> : fmt::formatter<std::string_view> {
  auto format(const base::Secret&, fmt::format_context& context) const {
    return fmt::formatter<std::string_view>::format("[redacted]", context);
  }
};
