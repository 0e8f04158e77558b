// What a SCIM service provider has to answer one client who is alone with it, by RFC 7643 and 7644 and the directory's own rules
// for users. Users are known by the client's slots.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "properties/models/scim_user.h"

namespace properties::models {

/// What a request comes to.
enum class ScimOutcome {
  done,
  not_found,
  taken,    ///< a unique value of another user
  invalid,  ///< and nothing of it is done
};

/// One operation of a PATCH: an attribute gets a value, or loses the one that it has.
struct ScimOperation {
  std::string attribute;
  std::optional<std::string> value{};

  bool operator==(const ScimOperation&) const = default;
};

struct ScimProvider {
  std::map<int, ScimUser> users{};

  /// Never null: a slot that was never used is a user who does not exist.
  [[nodiscard]] const ScimUser& user(int slot) const;

  /// userName is there and nobody has it, in whichever letters, nor the address. [RFC7643 4.1.1] [RFC7644 3.3] [rule D21] [rule R47]
  ScimOutcome create(int slot, const std::string& user_name, const std::string& mail, const ScimValues& given);
  /// All of the operations, or none. [RFC7644 3.5.2]
  ScimOutcome patch(int slot, const std::vector<ScimOperation>& operations);
  ScimOutcome rename(int slot, const std::string& user_name);
  ScimOutcome switch_active(int slot, bool active);
  ScimOutcome replace(int slot, const std::string& user_name, const ScimValues& given);
  ScimOutcome remove(int slot);

 private:
  [[nodiscard]] bool has_another(int slot, const std::string& user_name) const;
  [[nodiscard]] bool has_another_mail(int slot, const std::string& mail) const;
};

}  // namespace properties::models
