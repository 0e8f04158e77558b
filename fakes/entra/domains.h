// The domains of a tenant. [Graph O3] [Graph O4]
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/encoding.h"
#include "base/instant.h"

namespace fakes::entra {

/// A validity of passwords that stands for none.
inline constexpr int passwords_never_expire = 2'147'483'647;

struct Domain {
  std::string name;
  bool verified = true;
  bool federated = false;  ///< authenticationType Federated; passwords live elsewhere
  bool initial = false;    ///< the one below onmicrosoft.com
  bool is_default = false;
  /// Until when a verified domain does not serve for user principal names yet. [Graph C9]
  std::optional<base::Instant> usable_from{};
  int password_validity_days = 90;       ///< where it is not set [Graph U22]
  int password_notification_days = 14;
};

class Domains {
 public:
  explicit Domains(std::vector<Domain> domains) : domains_(std::move(domains)) {}

  [[nodiscard]] const std::vector<Domain>& all() const { return domains_; }
  [[nodiscard]] const Domain* find(std::string_view name) const {
    const auto found = std::ranges::find_if(
        domains_, [&](const Domain& domain) { return base::equals_ignoring_case(domain.name, name); });
    return found == domains_.end() ? nullptr : &*found;
  }
  [[nodiscard]] Domain* find(std::string_view name) { return const_cast<Domain*>(std::as_const(*this).find(name)); }
  void add(Domain domain) { domains_.push_back(std::move(domain)); }
  [[nodiscard]] const Domain& default_domain() const {
    const auto found = std::ranges::find(domains_, true, &Domain::is_default);
    return found == domains_.end() ? domains_.front() : *found;
  }

 private:
  std::vector<Domain> domains_;
};

}  // namespace fakes::entra
