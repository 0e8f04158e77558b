// Why the tenant refuses a change. Graph turns these into its error bodies, the portal shows the text.
#pragma once

#include <cstdint>
#include <expected>
#include <string>

namespace fakes::entra {

enum class Refusal : std::uint8_t {
  not_found,
  unknown_property,
  read_only,
  wrong_type,
  required,          ///< a property that a creation needs, or that cannot be cleared
  invalid,           ///< malformed
  too_long,
  taken,             ///< another object has this value
  foreign_domain,    ///< no verified domain of this tenant
  no_password,
  weak_password,
  federated_domain,  ///< passwords of federated users live elsewhere
  already_linked,
  not_linked,
  dynamic_members,   ///< a rule chooses the members
  cannot_nest,
  no_mail_groups     ///< a kind of group that only Exchange makes
};

struct TenantError {
  Refusal refusal = Refusal::invalid;
  std::string property;  ///< or the relationship; empty where none is to blame
  std::string text;      ///< a sentence for a person

  bool operator==(const TenantError&) const = default;
};

template <class T>
using Outcome = std::expected<T, TenantError>;

[[nodiscard]] inline std::unexpected<TenantError> refuse(Refusal refusal, std::string property, std::string text) {
  return std::unexpected(TenantError{refusal, std::move(property), std::move(text)});
}

}  // namespace fakes::entra
